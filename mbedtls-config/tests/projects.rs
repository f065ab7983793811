//! Other people's configurations, of all three versions.

use mbedtls_config::facts::{Kind, Version};
use mbedtls_config::{Config, Platform};

fn shipped(version: Version) -> Config {
    Config::of_project(version, Platform::Unix, version.facts().default_config())
}

#[test]
fn each_version_accepts_the_configuration_that_it_ships() {
    for version in Version::ALL {
        let evaluation = shipped(version).evaluate();
        assert_eq!(evaluation.refusals(), [], "{version:?}");
        // 3.5 ships the key exchanges of TLS 1.3, but not TLS 1.3.
        let expected = if version == Version::V3_5 { 3 } else { 0 };
        assert_eq!(
            evaluation.undone().len(),
            expected,
            "{version:?}: {:?}",
            evaluation.undone()
        );
    }
}

#[test]
fn functions_of_the_shipped_configuration_are_there() {
    for version in Version::ALL {
        let config = shipped(version);
        for function in [
            "mbedtls_strerror",
            "mbedtls_pk_write_key_pem",
            "mbedtls_ssl_init",
            "psa_generate_key",
            "mbedtls_md_info_from_type",
        ] {
            assert_eq!(
                config.missing_for(function).unwrap(),
                [],
                "{version:?} {function}"
            );
        }
    }
}

#[test]
fn versions_differ_where_mbed_tls_changed() {
    let names = |version: Version| {
        version
            .facts()
            .functions
            .iter()
            .filter(|function| function.kind == Kind::Public)
            .map(|function| function.name)
    };
    let has = |version: Version, name: &str| names(version).any(|known| known == name);
    // Removed with 3.0, added with 3.5 and 3.6.
    for (name, known) in [
        ("mbedtls_sha256_ret", [true, false, false]),
        ("mbedtls_pkcs7_parse_der", [false, true, true]),
        ("mbedtls_pk_import_into_psa", [false, false, true]),
        ("psa_generate_key_ext", [false, false, true]),
    ] {
        assert_eq!(
            Version::ALL.map(|version| has(version, name)),
            known,
            "{name}"
        );
    }
}

/// An nRF Connect SDK application of the 3.5 era: keys are in TF-M, the PSA options are set, the legacy ones are not.
#[test]
fn a_client_of_tf_m_learns_what_pem_and_strerror_need() {
    let macros = [
        ("MBEDTLS_PSA_CRYPTO_CLIENT", ""),
        ("MBEDTLS_PSA_CRYPTO_CONFIG", ""),
        (
            "MBEDTLS_PSA_CRYPTO_CONFIG_FILE",
            "\"nrf-psa-crypto-config.h\"",
        ),
        ("MBEDTLS_PLATFORM_C", ""),
        ("MBEDTLS_PLATFORM_MEMORY", ""),
        ("PSA_WANT_ALG_ECDSA", "1"),
        ("PSA_WANT_ALG_SHA_256", "1"),
        ("PSA_WANT_ECC_SECP_R1_256", "1"),
        ("PSA_WANT_KEY_TYPE_ECC_KEY_PAIR", "1"),
    ];
    let config = Config::of_project(Version::V3_5, Platform::BareMetal, macros);
    assert_eq!(config.evaluate().refusals(), []);
    let needs = |function: &str| -> Vec<&str> {
        config
            .missing_for(function)
            .unwrap()
            .into_iter()
            .map(|need| need.option)
            .collect()
    };
    assert_eq!(needs("mbedtls_strerror"), ["MBEDTLS_ERROR_C"]);
    let pem = needs("mbedtls_pk_write_key_pem");
    for option in [
        "MBEDTLS_PK_WRITE_C",
        "MBEDTLS_PEM_WRITE_C",
        "MBEDTLS_PK_C",
        "MBEDTLS_OID_C",
    ] {
        assert!(pem.contains(&option), "{option} is not in {pem:?}");
    }
}

#[test]
fn who_brings_a_function_himself_is_told_so_by_its_kind() {
    let facts = Version::V3_6.facts();
    for (name, kind) in [
        ("mbedtls_hardware_poll", Kind::Declared),
        ("mbedtls_psa_external_get_random", Kind::Declared),
        ("mbedtls_calloc", Kind::Public),
        ("psa_key_id_is_null", Kind::Internal),
        ("mbedtls_mutex_lock", Kind::Data),
        ("psa_set_key_type", Kind::Inline),
    ] {
        let kinds: Vec<Kind> = facts.function(name).map(|function| function.kind).collect();
        if kind == Kind::Internal {
            assert!(!kinds.contains(&Kind::Public), "{name}");
        } else {
            assert!(kinds.contains(&kind), "{name} is {kinds:?}");
        }
    }
}
