//! The readers of other people's configurations, on files as they stand in real builds.

use proptest::prelude::*;

use mbedtls_config::readers::{Build, FileKind, Line, ReadError, Source, System};

fn read(files: &[(&str, &str)]) -> Build {
    let sources: Vec<Source<'_>> = files
        .iter()
        .map(|&(name, text)| Source { name, text })
        .collect();
    Build::read(&sources, None).unwrap()
}

fn lines(build: &Build, options: &[&str], function: &str) -> Vec<String> {
    build
        .lines_for(options, &|build| build.defines(function) == Some(true))
        .unwrap_or_else(|| panic!("{function} cannot be had"))
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// An application that talks to a TF-M on an nRF9160: the curve is there, the elliptic-curve module is not.
const NCS: &str = "\
#
# Automatically generated file; DO NOT EDIT.
# Zephyr Kernel Configuration
#
CONFIG_BUILD_WITH_TFM=y
CONFIG_NRF_SECURITY=y
CONFIG_MBEDTLS=y
CONFIG_MBEDTLS_PK_C=y
CONFIG_MBEDTLS_PK_WRITE_C=y
CONFIG_MBEDTLS_PEM_WRITE_C=y
CONFIG_MBEDTLS_BASE64_C=y
CONFIG_MBEDTLS_OID_C=y
CONFIG_MBEDTLS_MD_C=y
# CONFIG_MBEDTLS_LEGACY_CRYPTO_C is not set
# CONFIG_MBEDTLS_DEBUG is not set
CONFIG_PSA_WANT_ECC_SECP_R1_256=y
CONFIG_PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_GENERATE=y
";

#[test]
fn an_nrf_connect_build_over_tf_m_is_understood() {
    let build = read(&[(".config", NCS)]);
    assert_eq!(build.system(), System::Ncs);
    assert!(build.is_whole());
    assert_eq!(build.files(), [(".config".to_owned(), FileKind::DotConfig)]);
    assert!(build.is_on("MBEDTLS_PSA_CRYPTO_CLIENT"));
    assert!(!build.is_on("MBEDTLS_PSA_CRYPTO_C"));
    assert!(build.is_on("PSA_WANT_ECC_SECP_R1_256"));
    assert!(!build.is_on("MBEDTLS_ECP_C"));
    assert_eq!(build.defines("mbedtls_pk_write_key_pem"), Some(true));
    assert_eq!(build.defines("mbedtls_strerror"), Some(false));
    assert_eq!(
        lines(&build, &["MBEDTLS_ERROR_C"], "mbedtls_strerror"),
        ["CONFIG_MBEDTLS_DEBUG=y"]
    );
    let place = build.place("CONFIG_MBEDTLS_DEBUG").unwrap();
    assert_eq!((place.line, place.value.as_str()), (15, "n"));
}

#[test]
fn a_fragment_is_completed_as_kconfig_completes_it() {
    let build = read(&[(
        "prj.conf",
        "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_ENABLE_HEAP=y\nCONFIG_MBEDTLS_TLS_VERSION_1_2=y\nCONFIG_MBEDTLS_SHA256=y\n",
    )]);
    assert_eq!(build.port().unwrap().name, "Zephyr 3.7 to 4.3");
    assert!(!build.is_whole());
    assert!(build.is_on("CONFIG_MBEDTLS_CIPHER"), "selected by TLS 1.2");
    assert!(build.is_on("MBEDTLS_MD_C"));
    assert!(build.is_on("MBEDTLS_SSL_CLI_C"));
    assert_eq!(build.defines("mbedtls_ssl_cookie_write"), Some(false));
    assert_eq!(
        lines(
            &build,
            &["MBEDTLS_SSL_COOKIE_C"],
            "mbedtls_ssl_cookie_write"
        ),
        ["CONFIG_MBEDTLS_DTLS=y"]
    );
}

#[test]
fn eras_of_zephyr_are_told_apart() {
    for (text, name) in [
        (
            "CONFIG_MBEDTLS_CFG_FILE=\"config-tls-generic.h\"\n",
            "Zephyr 3.4 to 3.6",
        ),
        (
            "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_MAC_SHA1_ENABLED=y\nCONFIG_MBEDTLS_ENTROPY_ENABLED=y\n",
            "Zephyr 3.4 to 3.6",
        ),
        (
            "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_SHA1=y\n",
            "Zephyr 3.7 to 4.3",
        ),
        ("CONFIG_MBEDTLS=y\n", "Zephyr 3.7 to 4.3"),
        (
            "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_PEM_WRITE_C=y\nCONFIG_MBEDTLS_MD_C=y\n",
            "Zephyr 4.4 on",
        ),
    ] {
        let build = read(&[("prj.conf", text)]);
        assert_eq!(build.port().unwrap().name, name, "{text}");
    }
}

#[test]
fn an_option_of_a_later_era_is_a_line_for_the_users_header() {
    let build = read(&[(
        "prj.conf",
        "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_CFG_FILE=\"config-tls-generic.h\"\nCONFIG_MBEDTLS_MD=y\n",
    )]);
    let found = build
        .lines_for(&["MBEDTLS_HKDF_C"], &|build| {
            build.defines("mbedtls_hkdf") == Some(true)
        })
        .unwrap();
    assert_eq!(found, [Line::UserHeader("MBEDTLS_HKDF_C".to_owned())]);
    let place = found[0].place(System::Zephyr).unwrap();
    assert!(place.contains("CONFIG_MBEDTLS_USER_CONFIG_FILE"));
    let later = read(&[(
        "prj.conf",
        "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_CFG_FILE=\"config-mbedtls.h\"\nCONFIG_MBEDTLS_MD=y\n",
    )]);
    assert_eq!(
        lines(&later, &["MBEDTLS_HKDF_C"], "mbedtls_hkdf"),
        ["CONFIG_MBEDTLS_HKDF_C=y"]
    );
}

#[test]
fn esp_idf_starts_from_the_defaults_of_mbed_tls() {
    let text = "#\n# Automatically generated file. DO NOT EDIT.\n# Espressif IoT Development Framework (ESP-IDF) 5.3.1 Project Configuration\n#\n\
        CONFIG_IDF_TARGET=\"esp32\"\nCONFIG_MBEDTLS_TLS_ENABLED=y\nCONFIG_MBEDTLS_AES_C=y\n# CONFIG_MBEDTLS_HKDF_C is not set\n# CONFIG_MBEDTLS_ERROR_STRINGS is not set\n";
    let build = read(&[("sdkconfig", text)]);
    assert_eq!(build.port().unwrap().name, "ESP-IDF 5.x");
    assert_eq!(build.defines("mbedtls_pk_write_key_der"), Some(true));
    assert_eq!(build.defines("mbedtls_hkdf"), Some(false));
    assert_eq!(
        lines(&build, &["MBEDTLS_HKDF_C"], "mbedtls_hkdf"),
        ["CONFIG_MBEDTLS_HKDF_C=y"]
    );
}

#[test]
fn headers_are_run_as_the_preprocessor_runs_them() {
    let config = "#ifndef C_H\n#define C_H\n#define MBEDTLS_BIGNUM_C\n#include \"more.h\"\n#if !defined(MBEDTLS_ECP_C)\n#define MBEDTLS_ERROR_C\n#endif\n//#define MBEDTLS_MD_C\n#undef MBEDTLS_BIGNUM_C\n#include \"other.h\"\n#endif\n";
    let more = "#define MBEDTLS_ECP_C /* x */\n#define MBEDTLS_BASE64_C\n";
    let build = read(&[("inc/mbedtls_config.h", config), ("more.h", more)]);
    assert_eq!(build.system(), System::Plain);
    assert!(build.is_on("MBEDTLS_ECP_C") && build.is_on("MBEDTLS_BASE64_C"));
    assert!(!build.is_on("MBEDTLS_ERROR_C") && !build.is_on("MBEDTLS_MD_C"));
    assert!(!build.is_on("MBEDTLS_BIGNUM_C"));
    assert_eq!(build.missing_includes(), ["other.h"]);
    let refusals: Vec<&str> = build.refusals().collect();
    assert!(
        refusals
            .iter()
            .any(|refusal| refusal.starts_with("MBEDTLS_ECP_C needs")
                && refusal.contains("MBEDTLS_BIGNUM_C")),
        "{refusals:?}"
    );
}

#[test]
fn a_crypto_config_counts_only_when_it_is_asked_for() {
    let crypto = "#define PSA_WANT_ALG_SHA_256 1\n#define PSA_WANT_ECC_SECP_R1_256 1\n";
    let without = read(&[
        (
            "mbedtls_config.h",
            "#define MBEDTLS_SHA256_C\n#define MBEDTLS_MD_C\n",
        ),
        ("crypto_config.h", crypto),
    ]);
    assert!(!without.is_on("PSA_WANT_ECC_SECP_R1_256"));
    let with = read(&[
        (
            "mbedtls_config.h",
            "#define MBEDTLS_PSA_CRYPTO_CONFIG\n#define MBEDTLS_PSA_CRYPTO_CLIENT\n#define MBEDTLS_MD_C\n",
        ),
        ("crypto_config.h", crypto),
    ]);
    assert!(with.is_on("PSA_WANT_ECC_SECP_R1_256"));
    assert!(
        !with.is_on("PSA_WANT_ALG_GCM"),
        "not the file that Mbed TLS ships"
    );
}

#[test]
fn a_plain_header_gets_lines_of_c_and_no_more_than_it_needs() {
    let build = read(&[(
        "mbedtls_config.h",
        "#define MBEDTLS_BASE64_C\n#define MBEDTLS_PEM_WRITE_C\n",
    )]);
    let needed = Build::requirements("mbedtls_pk_write_key_pem").unwrap();
    let mut options: Vec<&str> = needed.iter().map(String::as_str).collect();
    options.extend(["MBEDTLS_HKDF_C", "MBEDTLS_MD_C", "MBEDTLS_SHA256_C"]);
    let found = lines(&build, &options, "mbedtls_pk_write_key_pem");
    assert!(found.contains(&"#define MBEDTLS_PK_WRITE_C".to_owned()));
    assert!(
        !found.contains(&"#define MBEDTLS_HKDF_C".to_owned()),
        "{found:?}"
    );
    for left_out in &found {
        let rest: Vec<Line> = found
            .iter()
            .filter(|line| *line != left_out)
            .map(|line| Line::Define(line.trim_start_matches("#define ").to_owned()))
            .collect();
        let build = build.with(&rest);
        assert!(
            build.defines("mbedtls_pk_write_key_pem") == Some(false)
                || build.refusals().next().is_some(),
            "{left_out} is not needed"
        );
    }
}

#[test]
fn a_body_that_somebody_else_brings_is_named() {
    let build = read(&[(
        "mbedtls_config.h",
        "#define MBEDTLS_AES_C\n#define MBEDTLS_AES_ALT\n",
    )]);
    assert_eq!(build.defines("mbedtls_aes_init"), Some(false));
    assert_eq!(build.alternatives("mbedtls_aes_init"), ["MBEDTLS_AES_ALT"]);
}

#[test]
fn a_setting_without_effect_is_found() {
    let build = read(&[(
        "prj.conf",
        "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_SHA256=y\nCONFIG_MBEDTLS_ECDSA_C=y\n",
    )]);
    let found = build.without_effect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "CONFIG_MBEDTLS_ECDSA_C");
    assert_eq!(found[0].1.to_string(), "CONFIG_MBEDTLS_ECP_C");
    assert!(!build.is_on("MBEDTLS_ECDSA_C"));
}

#[test]
fn what_cannot_be_read_is_refused() {
    let error = |name: &str, text: &str| Build::read(&[Source { name, text }], None).unwrap_err();
    assert!(matches!(error("x.c", "int x;"), ReadError::Nothing { .. }));
    assert!(matches!(
        error("a.h", "#define MBEDTLS_A\n#endif\n"),
        ReadError::Line { line: 2, .. }
    ));
    let deep = format!(
        "#define MBEDTLS_A\n#if {}1{}\n#endif\n",
        "(".repeat(10_000),
        ")".repeat(10_000)
    );
    assert!(matches!(
        error("a.h", &deep),
        ReadError::Line { line: 2, .. }
    ));
    let nested = format!(
        "#define MBEDTLS_A\n{}{}",
        "#if 1\n".repeat(10_000),
        "#endif\n".repeat(10_000)
    );
    assert!(matches!(error("a.h", &nested), ReadError::Line { .. }));
    assert!(matches!(
        error("a.h", &" ".repeat(5 << 20)),
        ReadError::TooLong { .. }
    ));
}

#[test]
fn requirements_are_what_a_person_would_write() {
    for (function, expected) in [
        ("mbedtls_strerror", &["MBEDTLS_ERROR_C"][..]),
        (
            "mbedtls_hkdf",
            &["MBEDTLS_HKDF_C", "MBEDTLS_MD_C", "MBEDTLS_SHA256_C"],
        ),
        (
            "mbedtls_md_info_from_type",
            &["MBEDTLS_MD_C", "MBEDTLS_SHA256_C"],
        ),
        ("mbedtls_gcm_setkey", &["MBEDTLS_GCM_C", "MBEDTLS_AES_C"]),
        (
            "mbedtls_platform_set_printf",
            &["MBEDTLS_PLATFORM_C", "MBEDTLS_PLATFORM_PRINTF_ALT"],
        ),
        ("mbedtls_ct_memcmp", &[]),
    ] {
        assert_eq!(
            Build::requirements(function).unwrap(),
            expected,
            "{function}"
        );
    }
    assert_eq!(
        Build::requirements("mbedtls_hardware_poll"),
        None,
        "the application brings it"
    );
    assert_eq!(Build::requirements("mbedtls_no_such_function"), None);
}

#[test]
fn a_large_file_is_read_in_bounded_time() {
    let started = std::time::Instant::now();
    let settings = "CONFIG_MBEDTLS_SOMETHING_LONG_ENOUGH=y\n".repeat(60_000);
    let defines =
        "#if defined(A) && !defined(B)\n#define MBEDTLS_A ((B)+(B))\n#endif\n".repeat(40_000);
    read(&[("prj.conf", &settings)]);
    read(&[("a.h", &defines)]);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[A-Z_# a-z0-9=\"()!&|\n]{0,300}", name in "(x.h|prj.conf|.config)") {
        let _ = Build::read(&[Source { name: &name, text: &text }], None);
    }

    #[test]
    fn any_directives_are_read_or_refused(
        lines in proptest::collection::vec("(#define MBEDTLS_[A-C](_C)? ?[A-C(+]{0,3}|#if[n]?def [A-C]|#if [!A-C()&| ]{0,8}|#else|#endif|#include \"[ab].h\"|CONFIG_[A-C]=[yn])", 0..20),
    ) {
        let text = lines.join("\n");
        let other = "#define MBEDTLS_B\n#include \"a.h\"\n";
        let _ = Build::read(&[Source { name: "a.h", text: &text }, Source { name: "b.h", text: other }], None);
    }
}
