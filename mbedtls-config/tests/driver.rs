//! The driver for P-256 and the two shapes that a configuration has with it.

mod common;

use std::path::Path;

use mbedtls_config::{Config, Error, Platform, Resolved, SecureProfile, build};

const PLATFORMS: [Platform; 2] = [Platform::Unix, Platform::BareMetal];
const DRIVERS: [&str; 3] = ["p256-driver", "p256-driver-asm", "p256-driver-rust"];

fn config(platform: Platform, features: &[&str]) -> Config {
    let mut config = Config::new(platform);
    for name in features {
        config.feature(name).unwrap();
    }
    config
}

fn resolved(platform: Platform, features: &[&str]) -> Resolved {
    config(platform, features).resolve().unwrap()
}

/// What of curves is compiled, without RSA.
const CURVES: [&str; 6] = [
    "BIGNUM_C",
    "ECP_C",
    "ECP_LIGHT",
    "ECDSA_C",
    "ECDH_C",
    "ECP_DP_SECP256R1_ENABLED",
];

#[test]
fn with_p256_alone_the_driver_does_all_of_it() {
    for platform in PLATFORMS {
        for driver in DRIVERS {
            for more in [
                &["provisioning"][..],
                &["provisioning", "storage", "aes-gcm", "sha512"],
            ] {
                let resolved = resolved(platform, &[more, &[driver]].concat());
                assert!(resolved.is_enabled("PSA_P256M_DRIVER_ENABLED"));
                assert!(resolved.is_enabled("PSA_CRYPTO_CONFIG"));
                for name in CURVES {
                    assert!(!resolved.is_enabled(name), "{more:?}: {name}");
                }
            }
        }
        let rsa = resolved(platform, &["provisioning", "rsa", "p256-driver"]);
        assert!(rsa.is_enabled("BIGNUM_C") && !rsa.is_enabled("ECP_LIGHT"));
    }
}

/// But for keys of the curve that come of a derivation, which no driver makes.
#[test]
fn the_driver_takes_nothing_away_from_the_psa_api() {
    for platform in PLATFORMS {
        for more in [
            "psa",
            "provisioning",
            "hkdf",
            "pbkdf2",
            "pbkdf2-cmac",
            "secp384r1",
            "curve25519",
            "ecjpake",
            "ecdsa-deterministic",
            "restartable",
            "rsa",
            "tls",
            "tls13",
            "full",
        ] {
            let without = resolved(platform, &["psa", "secp256r1", more]);
            let with = resolved(platform, &["psa", "secp256r1", more, "p256-driver"]);
            let small = !with.is_enabled("ECP_LIGHT");
            for (name, _) in without.macros() {
                let of_psa =
                    name.starts_with("PSA_WANT_") || name.starts_with("PSA_HAVE_SOFT_PBKDF2");
                // Of the second no C file knows.
                let derived = small && name == "PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_DERIVE"
                    || name == "PSA_WANT_ALG_RSA_PSS_ANY_SALT";
                assert!(
                    !of_psa || derived || with.is_enabled(name),
                    "{platform:?} {more}: {name} is lost"
                );
            }
        }
    }
}

#[test]
fn what_wants_more_of_curves_has_the_librarys_own_beside_the_driver() {
    for platform in PLATFORMS {
        for more in [
            "secp384r1",
            "secp256k1",
            "brainpool",
            "curve25519",
            "ecjpake",
            "ecdsa-deterministic",
            "restartable",
            "hkdf",
            "pbkdf2",
            "full",
        ] {
            let resolved = resolved(platform, &["provisioning", more, "p256-driver"]);
            assert!(resolved.is_enabled("PSA_P256M_DRIVER_ENABLED"), "{more}");
            assert!(!resolved.is_enabled("PSA_CRYPTO_CONFIG"), "{more}");
            for name in CURVES {
                assert!(resolved.is_enabled(name), "{more}: {name}");
            }
        }
        let asked = config(platform, &["provisioning", "p256-driver"])
            .enable("ECP_C")
            .unwrap()
            .resolve()
            .unwrap();
        assert!(asked.is_enabled("ECP_C") && !asked.is_enabled("PSA_CRYPTO_CONFIG"));
    }
}

#[test]
fn without_the_feature_it_is_plain_mbed_tls() {
    for platform in PLATFORMS {
        let resolved = resolved(platform, &["provisioning"]);
        assert!(!resolved.is_enabled("PSA_P256M_DRIVER_ENABLED"));
        assert!(!resolved.is_enabled("PSA_CRYPTO_CONFIG"));
        assert!(resolved.is_enabled("ECP_DP_SECP256R1_ENABLED"));
    }
}

#[test]
fn a_client_has_no_driver_and_is_the_same_whether_it_is_asked_for() {
    let client = |driver: Option<&str>| {
        let mut config = Config::new(Platform::BareMetal);
        config.client(SecureProfile::Medium.wants()).unwrap();
        config.feature("provisioning").unwrap();
        if let Some(driver) = driver {
            config.feature(driver).unwrap();
        }
        config.resolve().unwrap()
    };
    for driver in DRIVERS {
        let asked = client(Some(driver));
        assert!(!asked.is_enabled("PSA_P256M_DRIVER_ENABLED"));
        assert_eq!(asked.header(), client(None).header());
    }
}

#[test]
fn the_psa_half_with_the_driver_has_one_curve() {
    for second in ["ECP_DP_SECP384R1_ENABLED", "ECP_DP_CURVE25519_ENABLED"] {
        let mut config = config(Platform::BareMetal, &["provisioning", "p256-driver"]);
        config
            .enable("PSA_CRYPTO_CONFIG")
            .unwrap()
            .enable(second)
            .unwrap();
        config.enable("PSA_WANT_ECC_SECP_R1_256").unwrap();
        let error = config.resolve().unwrap_err();
        assert!(matches!(error, Error::Contradiction(_)));
        assert_eq!(
            error.to_string(),
            format!(
                "PSA_P256M_DRIVER_ENABLED with PSA_CRYPTO_CONFIG has no other curve than P-256, and {second} is one: leave \
                 out PSA_CRYPTO_CONFIG, then the driver stands beside the curves of Mbed TLS, or leave out the driver"
            )
        );
    }
}

#[test]
fn the_c_of_the_librarys_own_driver_is_not_compiled() {
    let tree = common::tree();
    let resolved = resolved(Platform::Unix, &["provisioning", "p256-driver"]);
    let files = build::c_files(&tree, &resolved);
    let names: Vec<_> = files
        .iter()
        .filter_map(|file| file.file_name()?.to_str())
        .collect();
    assert!(names.contains(&"psa_crypto_driver_wrappers_no_static.c"));
    for absent in [
        "p256-m.c",
        "p256-m_driver_entrypoints.c",
        "ecp.c",
        "bignum.c",
        "ecdsa.c",
    ] {
        assert!(!names.contains(&absent), "{absent}");
    }
    let has = |folder: &Path| folder.join("p256-m_driver_entrypoints.h").is_file();
    assert!(has(&tree.root.join("3rdparty/p256-m")));
}
