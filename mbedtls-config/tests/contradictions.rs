//! Configurations that cannot be are refused, and the error names the chain from what was asked for to what is wrong.

use mbedtls_config::{Config, Error, FEATURES, Platform, Profile, Reason, SecureProfile};

/// Options to switch on, options to switch off, the message.
type Case = (
    &'static [&'static str],
    &'static [&'static str],
    &'static str,
);

const CASES: &[Case] = &[
    (
        &["PK_WRITE_C"],
        &["ASN1_WRITE_C"],
        "PK_WRITE_C needs ASN1_WRITE_C, which you switched off",
    ),
    (
        &["X509_CSR_WRITE_C"],
        &["OID_C"],
        "X509_CSR_WRITE_C needs X509_CREATE_C, X509_CREATE_C needs OID_C, which you switched off",
    ),
    (
        &["PEM_WRITE_C"],
        &["BASE64_C"],
        "PEM_WRITE_C needs BASE64_C, which you switched off",
    ),
    (
        &["ECDSA_C"],
        &["BIGNUM_C"],
        "ECDSA_C needs ECP_C, ECP_C needs ECP_LIGHT, ECP_LIGHT needs BIGNUM_C, which you switched off",
    ),
    (
        &["X509_CRT_PARSE_C"],
        &["PK_C"],
        "X509_CRT_PARSE_C needs X509_USE_C, X509_USE_C needs PK_PARSE_C, PK_PARSE_C needs PK_C, which you switched off",
    ),
    (
        &["SSL_CLI_C"],
        &["SSL_TLS_C"],
        "SSL_CLI_C needs SSL_TLS_C, which you switched off",
    ),
    (
        &["SSL_PROTO_DTLS"],
        &["SSL_PROTO_TLS1_2"],
        "SSL_PROTO_DTLS needs SSL_PROTO_TLS1_2, which you switched off",
    ),
    (
        &["ECDSA_DETERMINISTIC"],
        &["HMAC_DRBG_C"],
        "ECDSA_DETERMINISTIC needs HMAC_DRBG_C, which you switched off",
    ),
    (
        &["PKCS5_C"],
        &["MD_C"],
        "PKCS5_C needs MD_C, which you switched off",
    ),
    (
        &["CHACHAPOLY_C"],
        &["POLY1305_C"],
        "CHACHAPOLY_C needs POLY1305_C, which you switched off",
    ),
    (
        &["HAVE_INT32", "HAVE_INT64"],
        &["HAVE_ASM"],
        "HAVE_INT32 cannot be together with HAVE_INT64",
    ),
    (
        &["HAVE_INT64"],
        &[],
        "HAVE_INT64 cannot be together with HAVE_ASM",
    ),
    (
        &["BLOCK_CIPHER_NO_DECRYPT", "CIPHER_MODE_CBC"],
        &[],
        "BLOCK_CIPHER_NO_DECRYPT cannot be together with CIPHER_MODE_CBC",
    ),
    (
        &["PSA_KEY_STORE_DYNAMIC", "PSA_STATIC_KEY_SLOTS"],
        &[],
        "PSA_KEY_STORE_DYNAMIC cannot be together with PSA_STATIC_KEY_SLOTS",
    ),
    (
        &["NIST_KW_C", "BLOCK_CIPHER_NO_DECRYPT"],
        &[],
        "BLOCK_CIPHER_NO_DECRYPT cannot be together with NIST_KW_C",
    ),
    (
        &["THREADING_ALT"],
        &[],
        "THREADING_ALT cannot be together with THREADING_PTHREAD",
    ),
    (
        &["HAVEGE_C"],
        &[],
        "HAVEGE_C is refused here by mbedtls/check_config.h",
    ),
    (
        &["X509_CSR_WRITE_C"],
        &["PK_WRITE_C"],
        "X509_CSR_WRITE_C needs PK_WRITE_C, which you switched off",
    ),
];

fn message(platform: Platform, on: &[&str], off: &[&str]) -> String {
    let mut config = Config::new(platform);
    for name in off {
        config.disable(name).unwrap();
    }
    for name in on {
        config.enable(name).unwrap();
    }
    config
        .resolve()
        .map(|resolved| resolved.header())
        .unwrap_err()
        .to_string()
}

#[test]
fn each_contradiction_is_refused_with_its_chain() {
    let differing = CASES.iter().filter(|(on, off, expected)| {
        let message = message(Platform::Unix, on, off);
        if message != *expected {
            eprintln!("{on:?} without {off:?}: {message}");
        }
        message != *expected
    });
    assert_eq!(differing.count(), 0);
}

#[test]
fn a_bare_device_has_no_network() {
    let message = message(Platform::BareMetal, &["NET_C"], &[]);
    assert_eq!(message, "NET_C is refused here by library/net_sockets.c");
}

#[test]
fn a_profile_does_not_give_way_silently() {
    for (option, chain) in [
        (
            "ASN1_WRITE_C",
            "ECDSA_C needs ASN1_WRITE_C, which you switched off",
        ),
        ("OID_C", "PK_PARSE_C needs OID_C, which you switched off"),
        (
            "BASE64_C",
            "PEM_PARSE_C needs BASE64_C, which you switched off",
        ),
    ] {
        let mut config = Config::with_profile(Platform::Unix, Profile::Provisioning);
        config.disable(option).unwrap();
        assert_eq!(config.resolve().map(|_| ()).unwrap_err().to_string(), chain);
    }
}

#[test]
fn the_chain_is_data_as_well() {
    let mut config = Config::new(Platform::Unix);
    config
        .enable("PK_WRITE_C")
        .unwrap()
        .disable("ASN1_WRITE_C")
        .unwrap();
    let Err(Error::Contradiction(contradiction)) = config.resolve() else {
        panic!("not refused")
    };
    assert_eq!(
        contradiction.chain,
        ["MBEDTLS_PK_WRITE_C", "MBEDTLS_ASN1_WRITE_C"]
    );
    assert_eq!(contradiction.reason, Reason::SwitchedOff);
}

#[test]
fn what_is_unknown_comes_back_with_the_nearest_names() {
    let mut config = Config::new(Platform::Unix);
    assert_eq!(
        config
            .enable("PK_WRIT_C")
            .map(|_| ())
            .unwrap_err()
            .to_string(),
        "Mbed TLS 3.6.5 has no option PK_WRIT_C; did you mean PK_WRITE_C, PEM_WRITE_C?"
    );
    let Err(Error::UnknownFeature { nearest, .. }) = config.feature("secp256") else {
        panic!("known")
    };
    assert_eq!(nearest[0], "secp256k1");
    let Err(Error::UnknownFunction { nearest, .. }) = config.missing_for("mbedtls_str_error")
    else {
        panic!("known")
    };
    assert_eq!(nearest[0], "mbedtls_strerror");
    let Err(Error::Derived { name, from }) = config.enable("MD_LIGHT") else {
        panic!("an option")
    };
    assert_eq!(name, "MBEDTLS_MD_LIGHT");
    assert!(from.contains(&"MBEDTLS_MD_C".to_owned()), "{from:?}");
}

#[test]
fn what_is_added_says_who_asked() {
    let mut config = Config::new(Platform::Unix);
    let resolved = config
        .enable("X509_CSR_WRITE_C")
        .unwrap()
        .resolve()
        .unwrap();
    assert!(
        resolved
            .header()
            .contains("#define MBEDTLS_X509_CREATE_C /* needed by X509_CSR_WRITE_C */\n")
    );
    assert_eq!(
        resolved.why("OID_C").last().unwrap(),
        "MBEDTLS_X509_CSR_WRITE_C"
    );
    assert_eq!(
        resolved.why("ECP_LIGHT").last().unwrap(),
        "MBEDTLS_X509_CSR_WRITE_C"
    );
    assert!(resolved.why("RSA_C").is_empty());
}

#[test]
fn a_header_is_the_same_whatever_the_order() {
    let header = |names: &[&str]| {
        let mut config = Config::new(Platform::BareMetal);
        for name in names {
            config.feature(name).unwrap();
        }
        config.resolve().unwrap().header()
    };
    assert_eq!(
        header(&["rsa", "psa", "pem"]),
        header(&["pem", "rsa", "psa"])
    );
}

#[test]
fn a_function_says_which_options_it_needs() {
    let config = Config::new(Platform::Unix);
    let needs = |function: &str| -> Vec<&str> {
        config
            .missing_for(function)
            .unwrap()
            .iter()
            .map(|need| need.option)
            .collect()
    };
    assert_eq!(needs("mbedtls_strerror"), ["MBEDTLS_ERROR_C"]);
    let pem = needs("mbedtls_pk_write_key_pem");
    for name in [
        "MBEDTLS_PK_WRITE_C",
        "MBEDTLS_PEM_WRITE_C",
        "MBEDTLS_BASE64_C",
        "MBEDTLS_ASN1_WRITE_C",
        "MBEDTLS_OID_C",
        "MBEDTLS_PK_C",
    ] {
        assert!(pem.contains(&name), "{name} is not in {pem:?}");
    }
    assert!(needs("mbedtls_platform_zeroize").is_empty());
}

#[test]
fn each_feature_resolves_in_a_client_of_tf_m() {
    for platform in [Platform::Unix, Platform::BareMetal] {
        for profile in [SecureProfile::Medium, SecureProfile::Large] {
            for feature in FEATURES {
                let mut config = Config::new(platform);
                config.client(profile.wants()).unwrap();
                let resolved = config.feature(feature.name).unwrap().resolve();
                // There is no RSA for a client whose core has none.
                if profile == SecureProfile::Medium && ["full", "rsa"].contains(&feature.name) {
                    let refusal = resolved.unwrap_err().to_string();
                    assert!(refusal.contains("RSA_C needs PSA_WANT"), "{refusal}");
                    continue;
                }
                let resolved = resolved.unwrap_or_else(|error| panic!("{}: {error}", feature.name));
                for name in ["PSA_CRYPTO_C", "ENTROPY_C", "CTR_DRBG_C"] {
                    assert!(!resolved.is_enabled(name), "{}: {name}", feature.name);
                }
            }
        }
    }
}

#[test]
fn a_client_leaves_the_core_to_another() {
    let wants = [
        "PSA_WANT_ALG_ECDSA",
        "PSA_WANT_ALG_SHA_256",
        "PSA_WANT_ECC_SECP_R1_256",
        "PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_BASIC",
    ];
    let mut config = Config::new(Platform::BareMetal);
    let resolved = config
        .client(wants)
        .unwrap()
        .feature("provisioning")
        .unwrap()
        .resolve()
        .unwrap();
    assert!(!resolved.is_enabled("PSA_CRYPTO_C"));
    assert!(!resolved.is_enabled("ENTROPY_C"));
    for name in [
        "PSA_CRYPTO_CLIENT",
        "USE_PSA_CRYPTO",
        "PK_WRITE_C",
        "PSA_WANT_KEY_TYPE_ECC_PUBLIC_KEY",
    ] {
        assert!(resolved.is_enabled(name), "{name}");
    }
}
