//! The table of features agrees with the options of Mbed TLS and with the root package.

use std::fs;
use std::path::Path;

use mbedtls_config::facts::Version;
use mbedtls_config::{Config, FEATURES, Platform, Profile, SecureProfile, Tuning};

/// Without the crates that a feature brings along, and their features: they are none of this table's business.
fn root_manifest() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let mut text = fs::read_to_string(path).unwrap();
    for crates in [", \"dep:", ", \"psa-p256/"] {
        let mut pieces = text.split(crates);
        let first = pieces.next().unwrap().to_owned();
        text = pieces.fold(first, |text, piece| text + piece.split_once('"').unwrap().1);
    }
    text
}

/// The lines that the root package's manifest must have for the table.
fn manifest_lines() -> Vec<String> {
    let lines = FEATURES.iter().map(|feature| {
        let includes: Vec<String> = feature
            .includes
            .iter()
            .map(|name| format!("\"{name}\""))
            .collect();
        format!(
            "## {}\n{} = [{}]\n",
            feature.about,
            feature.name,
            includes.join(", ")
        )
    });
    lines.collect()
}

#[test]
fn the_root_package_has_each_feature_with_its_line() {
    let manifest = root_manifest();
    for lines in &manifest_lines() {
        assert!(
            manifest.contains(lines),
            "Cargo.toml lacks these lines:\n{lines}\nall of them:\n{}",
            manifest_lines().concat()
        );
    }
}

#[test]
fn each_name_in_the_table_is_known() {
    let facts = Version::V3_6.facts();
    for feature in FEATURES {
        for name in feature.includes {
            assert!(
                FEATURES.iter().any(|other| other.name == *name),
                "{} includes {name}",
                feature.name
            );
        }
        for name in feature.options.iter().chain(feature.unix_options) {
            let option = facts
                .option(name)
                .filter(|_| name.starts_with("PSA_WANT_"))
                .or_else(|| facts.option(&format!("MBEDTLS_{name}")));
            let option = option.unwrap_or_else(|| panic!("{} has no option {name}", feature.name));
            assert!(option.example.is_none(), "{name} takes a value");
        }
    }
    for platform in [Platform::Unix, Platform::BareMetal] {
        for name in platform.options() {
            assert!(
                facts.option(name).is_some(),
                "{platform:?} has no option {name}"
            );
        }
        for (name, value) in platform.values() {
            // What a person may write, the table may hold.
            Config::new(platform).set(name, value).unwrap();
        }
    }
}

#[test]
fn each_feature_and_profile_resolves_with_all_that_it_brings() {
    for platform in [Platform::Unix, Platform::BareMetal] {
        for feature in FEATURES {
            let mut config = Config::new(platform);
            let resolved = config.feature(feature.name).unwrap().resolve().unwrap();
            for name in feature.options {
                assert!(
                    resolved.is_enabled(name),
                    "{platform:?} {}: {name} is lost",
                    feature.name
                );
            }
        }
        for profile in [Profile::Provisioning, Profile::Full] {
            assert!(
                FEATURES
                    .iter()
                    .any(|feature| feature.name == profile.feature())
            );
        }
    }
}

#[test]
fn provisioning_brings_the_journey() {
    for platform in [Platform::Unix, Platform::BareMetal] {
        let config = Config::with_profile(platform, Profile::Provisioning);
        let resolved = config.resolve().unwrap();
        for name in [
            "PK_WRITE_C",
            "PEM_WRITE_C",
            "ECP_DP_SECP256R1_ENABLED",
            "ERROR_C",
            "X509_CSR_WRITE_C",
            "PSA_CRYPTO_C",
            "USE_PSA_CRYPTO",
            "ECP_NIST_OPTIM",
        ] {
            assert!(
                resolved
                    .header()
                    .contains(&format!("#define MBEDTLS_{name}\n")),
                "{platform:?}: {name}"
            );
        }
        for function in [
            "mbedtls_strerror",
            "mbedtls_pk_write_key_pem",
            "mbedtls_pk_parse_key",
            "mbedtls_x509write_csr_pem",
            "mbedtls_x509_crt_parse",
            "psa_generate_key",
            "psa_sign_hash",
            "psa_export_key",
        ] {
            assert_eq!(
                config.missing_for(function).unwrap(),
                [],
                "{platform:?}: {function}"
            );
        }
        assert_eq!(
            resolved.is_enabled("THREADING_PTHREAD"),
            platform == Platform::Unix
        );
        assert!(!resolved.is_enabled("PSA_ITS_FILE_C"));
    }
}

/// What only the PSA half of the configuration can ask for brings that half, and takes nothing away from the other.
#[test]
fn pbkdf2_leaves_everything_else_as_it_was() {
    for platform in [Platform::Unix, Platform::BareMetal] {
        for others in [
            &["psa"][..],
            &["provisioning"],
            &["provisioning", "rsa", "ecjpake"],
        ] {
            let mut config = Config::new(platform);
            for name in others {
                config.feature(name).unwrap();
            }
            let without = config.resolve().unwrap();
            assert!(!without.is_enabled("PSA_HAVE_SOFT_PBKDF2"));
            assert!(!without.is_enabled("PSA_CRYPTO_CONFIG"));
            let with = config.feature("pbkdf2").unwrap().resolve().unwrap();
            assert!(with.is_enabled("PSA_HAVE_SOFT_PBKDF2_HMAC"));
            assert!(!with.is_enabled("PSA_HAVE_SOFT_PBKDF2_CMAC"));
            for (name, _) in without.macros() {
                assert!(
                    with.is_enabled(name),
                    "{platform:?} {others:?}: {name} is lost"
                );
            }
            let all = config.feature("pbkdf2-cmac").unwrap().resolve().unwrap();
            assert!(all.is_enabled("PSA_HAVE_SOFT_PBKDF2_CMAC"));
        }
    }
}

#[test]
fn a_core_elsewhere_has_the_pbkdf2_that_its_profile_says() {
    let mut config = Config::new(Platform::BareMetal);
    config.client(SecureProfile::Large.wants()).unwrap();
    let resolved = config.feature("full").unwrap().resolve().unwrap();
    let wanted = SecureProfile::Large
        .wants()
        .any(|name| name == "PSA_WANT_ALG_PBKDF2_HMAC");
    assert_eq!(resolved.is_enabled("PSA_WANT_ALG_PBKDF2_HMAC"), wanted);
    assert!(!resolved.is_enabled("PSA_CRYPTO_C"));
}

#[test]
fn full_has_nothing_deprecated_weak_or_for_tests() {
    for platform in [Platform::Unix, Platform::BareMetal] {
        let resolved = Config::with_profile(platform, Profile::Full)
            .resolve()
            .unwrap();
        for (name, _) in resolved.options() {
            // The hook for the application's own random source is what a bare device lives on.
            let own_entropy = name == "MBEDTLS_ENTROPY_HARDWARE_ALT";
            let bad = [
                "DEPRECATED",
                "NULL_CIPHER",
                "_TEST_",
                "NO_DEFAULT_ENTROPY",
                "WEAK",
                "INJECT",
            ];
            assert!(!bad.iter().any(|word| name.contains(word)), "{name}");
            assert!(own_entropy || !name.ends_with("_ALT"), "{name}");
        }
    }
}

/// Nothing that decrypts blocks loses how; what only encrypts them is smaller on a device.
#[test]
fn a_device_decrypts_blocks_only_where_something_does() {
    let lacks = |feature: &str| {
        let mut config = Config::new(Platform::BareMetal);
        config.feature(feature).unwrap().tune(Tuning::Size);
        let resolved = config.resolve().unwrap();
        resolved.is_enabled("BLOCK_CIPHER_NO_DECRYPT")
    };
    for feature in ["psa", "provisioning"] {
        assert!(lacks(feature), "{feature}");
    }
    for feature in [
        "aes-cbc",
        "aes-modes",
        "nist-kw",
        "des",
        "encrypted-keys",
        "tls",
        "full",
    ] {
        assert!(!lacks(feature), "{feature}");
    }
    // Who asks for a cipher by name, or for a platform alone, has all of it.
    let mut config = Config::new(Platform::BareMetal);
    config.enable("AES_C").unwrap().tune(Tuning::Size);
    let asked = config.resolve().unwrap();
    assert!(!asked.is_enabled("BLOCK_CIPHER_NO_DECRYPT"));
    let mut config = Config::new(Platform::BareMetal);
    let plain = config.feature("provisioning").unwrap().resolve().unwrap();
    assert!(!plain.is_enabled("BLOCK_CIPHER_NO_DECRYPT"));
}

/// What makes a device's library small is no obstacle to what it lacks.
#[test]
fn what_a_small_library_lacks_can_be_named() {
    let mut config = Config::new(Platform::BareMetal);
    config.feature("provisioning").unwrap().tune(Tuning::Size);
    for (function, option) in [
        ("mbedtls_aes_crypt_cbc", "MBEDTLS_CIPHER_MODE_CBC"),
        ("mbedtls_nist_kw_wrap", "MBEDTLS_NIST_KW_C"),
        ("mbedtls_des_setkey_dec", "MBEDTLS_DES_C"),
    ] {
        let missing = config.missing_for(function).unwrap();
        assert!(
            missing.iter().any(|need| need.option == option),
            "{function}: {missing:?}"
        );
    }
}
