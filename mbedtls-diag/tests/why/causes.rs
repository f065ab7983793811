//! Every cause, told apart by what was given.

use mbedtls_config::facts::Version;
use mbedtls_config::readers::{Build, Source};
use mbedtls_diag::why::{Answer, Archive, Cause, Evidence, Log, read_log, why};
use proptest::prelude::*;

use crate::{bare, configured};

fn cause(answer: &Answer) -> Cause {
    answer.cause
}

/// The lines for an option are given where an option is the cause, and nowhere else.
fn says_set_an_option(answer: &Answer) -> bool {
    !answer.mbedtls_config.is_empty() || !answer.zephyr.is_empty() || !answer.lines.is_empty()
}

fn archive(objects: &[(&str, &str)]) -> Archive {
    crate::compiled::archive_of(objects)
}

fn with_archive(symbol: &str, config: Option<&str>, objects: &[(&str, &str)], log: &str) -> Answer {
    let build = config.map(|text| {
        let name = if text.starts_with("CONFIG_") {
            ".config"
        } else {
            "mbedtls_config.h"
        };
        Build::read(&[Source { name, text }], None).unwrap()
    });
    let evidence = Evidence {
        build,
        archives: vec![archive(objects)],
        ..Evidence::default()
    };
    why(symbol, &evidence, &read_log(log))
}

#[test]
fn an_option_that_is_off() {
    let answer = configured(
        "mbedtls_strerror",
        &[("mbedtls_config.h", "#define MBEDTLS_SHA256_C\n")],
    );
    assert_eq!(cause(&answer), Cause::OptionOff);
    assert!(answer.shown);
    assert_eq!(answer.lines, ["#define MBEDTLS_ERROR_C"]);
    let answer = configured(
        "mbedtls_ssl_cookie_write",
        &[(
            "prj.conf",
            "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_SHA256=y\nCONFIG_MBEDTLS_TLS_VERSION_1_2=y\n",
        )],
    );
    assert_eq!(answer.lines, ["CONFIG_MBEDTLS_DTLS=y"]);
}

#[test]
fn an_object_that_is_there_and_empty() {
    let objects = [
        ("error.c.obj", "typedef int nothing;"),
        ("sha256.c.obj", "void mbedtls_sha256_init(void) {}"),
    ];
    let answer = with_archive("mbedtls_strerror", None, &objects, "");
    assert_eq!(cause(&answer), Cause::CompiledEmpty);
    assert!(says_set_an_option(&answer));
    assert!(
        answer
            .notes
            .iter()
            .any(|note| note.contains("has the object of library/error.c, and it defines nothing")),
        "{:?}",
        answer.notes
    );
}

#[test]
fn an_object_that_lacks_the_function_only() {
    let objects = [("gcm.c.obj", "void mbedtls_gcm_self_test(void) {}")];
    let answer = with_archive("mbedtls_gcm_setkey", None, &objects, "");
    assert_eq!(cause(&answer), Cause::OptionOff);
    assert!(answer.shown);
}

#[test]
fn a_file_that_the_build_leaves_out() {
    // By nature: only the library itself calls it.
    let answer = bare("mbedtls_pk_ecc_set_pubkey");
    assert_eq!(cause(&answer), Cause::NotInBuild);
    assert!(!says_set_an_option(&answer));
    assert!(
        answer.actions[0].contains("library/pk_ecc.c"),
        "{:?}",
        answer.actions
    );
    // By the archive: others are there, this one is not.
    let objects = [
        ("aes.c.obj", "void mbedtls_aes_init(void) {}"),
        ("md.c.obj", "void mbedtls_md_setup(void) {}"),
        ("pk.c.obj", "void mbedtls_pk_init(void) {}"),
    ];
    let answer = with_archive("mbedtls_hkdf", None, &objects, "");
    assert_eq!(cause(&answer), Cause::NotInBuild);
    assert!(answer.shown);
    // By the linker's words: the caller is the library's, and stands under the same option.
    let log = read_log(
        "ld: libmodules__mbedtls.a(pk.c.obj): in function `mbedtls_pk_setup':\npk.c:1: undefined reference to `mbedtls_pk_get_ec_group_id_x'\nld: libmodules__mbedtls.a(pkwrite.c.obj): in function `f':\npkwrite.c:3: undefined reference to `mbedtls_pem_write_buffer'\n",
    );
    let answer = why("mbedtls_pem_write_buffer", &Evidence::default(), &log);
    assert_eq!(cause(&answer), Cause::NotInBuild);
    assert!(answer.shown);
}

#[test]
fn a_psa_core_that_is_on_the_secure_side() {
    let config = "CONFIG_BUILD_WITH_TFM=y\nCONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_PSA_CRYPTO_CLIENT=y\n";
    for symbol in ["psa_generate_key", "mbedtls_psa_crypto_free"] {
        let answer = configured(symbol, &[(".config", config)]);
        assert_eq!(cause(&answer), Cause::PsaClientOnly, "{symbol}");
        assert!(!says_set_an_option(&answer));
    }
    let log = read_log(
        "ld: tfm/api_ns/interface/lib/s_veneers.o\nmain.c:(.text+0x1): undefined reference to `mbedtls_psa_crypto_free'\n",
    );
    let answer = why("mbedtls_psa_crypto_free", &Evidence::default(), &log);
    assert_eq!(cause(&answer), Cause::PsaClientOnly);
}

#[test]
fn a_body_that_somebody_else_has_to_bring() {
    let config = "#define MBEDTLS_AES_C\n#define MBEDTLS_AES_ALT\n";
    let answer = configured("mbedtls_aes_init", &[("mbedtls_config.h", config)]);
    assert_eq!(cause(&answer), Cause::AltWithoutBody);
    assert!(
        answer.actions[0].contains("MBEDTLS_AES_ALT"),
        "{:?}",
        answer.actions
    );
    assert!(!says_set_an_option(&answer));
}

#[test]
fn two_headers_that_differ() {
    let read = |text| {
        Build::read(
            &[Source {
                name: "config.h",
                text,
            }],
            None,
        )
        .unwrap()
    };
    let evidence = Evidence {
        headers: vec![
            ("app/config.h".to_owned(), read("#define MBEDTLS_ERROR_C\n")),
            (
                "lib/config.h".to_owned(),
                read("#define MBEDTLS_SHA256_C\n"),
            ),
        ],
        ..Evidence::default()
    };
    let answer = why("mbedtls_strerror", &evidence, &Log::default());
    assert_eq!(cause(&answer), Cause::HeadersDiffer);
    assert!(
        answer.actions[0].contains("app/config.h and lib/config.h"),
        "{:?}",
        answer.actions
    );
    assert_ne!(
        cause(&why("mbedtls_sha512_init", &evidence, &Log::default())),
        Cause::HeadersDiffer
    );
}

#[test]
fn a_library_that_is_not_linked() {
    let answer = with_archive(
        "mbedtls_strerror",
        None,
        &[("error.c.o", "void mbedtls_strerror(void) {}")],
        "",
    );
    assert_eq!(cause(&answer), Cause::NotLinked);
    assert!(answer.shown && !says_set_an_option(&answer));
    // Many functions of many files at once.
    let log = [
        "mbedtls_aes_init",
        "mbedtls_md_setup",
        "mbedtls_pk_init",
        "mbedtls_ssl_init",
        "mbedtls_mpi_init",
    ]
    .map(|name| format!("main.c:(.text+0x1): undefined reference to `{name}'\n"))
    .concat();
    let answer = why("mbedtls_aes_init", &Evidence::default(), &read_log(&log));
    assert_eq!(cause(&answer), Cause::NotLinked);
    // Compiled in every configuration.
    assert_eq!(cause(&bare("mbedtls_ct_memcmp")), Cause::NotLinked);
}

#[test]
fn a_library_that_comes_too_early() {
    let log = "cc -o app libmbedcrypto.a main.o -L.\n/usr/bin/ld: main.o: in function `main':\nmain.c:(.text+0x1c): undefined reference to `mbedtls_sha256'\n";
    let answer = why("mbedtls_sha256", &Evidence::default(), &read_log(log));
    assert_eq!(cause(&answer), Cause::LinkOrder);
    // The three libraries of Mbed TLS in the wrong order.
    let log = "cc -o app main.o -lmbedcrypto -lmbedx509 -lmbedtls\n/usr/bin/ld: libmbedx509.a(x509.c.o): in function `mbedtls_x509_get_alg':\nx509.c:(.text+0x1c): undefined reference to `mbedtls_asn1_get_alg'\n";
    let answer = why("mbedtls_asn1_get_alg", &Evidence::default(), &read_log(log));
    assert_eq!(cause(&answer), Cause::LinkOrder);
    // In the right order, or in a group, it is something else.
    for good in [
        "cc -o app main.o libmbedcrypto.a\n",
        "cc -o app -Wl,--start-group libmbedcrypto.a main.o -Wl,--end-group -L.a \n",
    ] {
        let log = format!("{good}main.c:(.text+0x1c): undefined reference to `mbedtls_sha256'\n");
        let answer = why("mbedtls_sha256", &Evidence::default(), &read_log(&log));
        assert_eq!(cause(&answer), Cause::OptionOff, "{good}");
    }
    // With the library at hand.
    let log =
        "cc -o app libx.a main.o\nmain.c:(.text+0x1c): undefined reference to `mbedtls_sha256'\n";
    let answer = with_archive(
        "mbedtls_sha256",
        None,
        &[("sha256.c.o", "void mbedtls_sha256(void) {}")],
        log,
    );
    assert_eq!(cause(&answer), Cause::LinkOrder);
}

#[test]
fn a_library_that_was_built_before() {
    let objects = [
        ("debug.c.obj", "typedef int nothing;"),
        ("ssl_tls.c.obj", "void mbedtls_ssl_init(void) {}"),
    ];
    let config = "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_DEBUG=y\n";
    let answer = with_archive("mbedtls_debug_set_threshold", Some(config), &objects, "");
    assert_eq!(cause(&answer), Cause::StaleBuild);
    assert!(
        answer.actions[0].contains("--pristine"),
        "{:?}",
        answer.actions
    );
    assert!(!says_set_an_option(&answer));
}

#[test]
fn what_4_0_made_private_or_removed() {
    let evidence = Evidence {
        is_4: true,
        ..Evidence::default()
    };
    let later = |symbol| cause(&why(symbol, &evidence, &Log::default()));
    assert_eq!(later("mbedtls_gcm_setkey"), Cause::PrivateIn4);
    assert_eq!(later("mbedtls_hkdf"), Cause::Removed);
    assert_eq!(later("mbedtls_pk_write_key_pem"), Cause::OptionOff);
    // The same, from a configuration and from a log.
    let config = "CONFIG_MBEDTLS=y\nCONFIG_TF_PSA_CRYPTO_CFG_FILE=\"config-tf-psa-crypto.h\"\nCONFIG_MBEDTLS_CFG_FILE=\"config-mbedtls.h\"\n";
    assert_eq!(
        cause(&configured("mbedtls_gcm_setkey", &[(".config", config)])),
        Cause::PrivateIn4
    );
    let log = read_log(
        "ld: modules/tf-psa-crypto/libtfpsacrypto.a\nmain.c:1: undefined reference to `mbedtls_gcm_setkey'\n",
    );
    assert_eq!(
        cause(&why("mbedtls_gcm_setkey", &Evidence::default(), &log)),
        Cause::PrivateIn4
    );
}

#[test]
fn what_goes_by_another_name_or_went_away() {
    for (old, new) in [
        ("mbedtls_sha256_ret", "mbedtls_sha256"),
        ("mbedtls_sha256_starts_ret", "mbedtls_sha256_starts"),
        (
            "mbedtls_ssl_conf_export_keys_cb",
            "mbedtls_ssl_set_export_keys_cb",
        ),
        (
            "mbedtls_cipher_auth_encrypt",
            "mbedtls_cipher_auth_encrypt_ext",
        ),
        ("ssl_set_bio", "mbedtls_ssl_set_bio"),
    ] {
        let answer = bare(old);
        assert_eq!(cause(&answer), Cause::Renamed, "{old}");
        assert_eq!(answer.near, [new], "{old}");
        assert!(!says_set_an_option(&answer), "{old}");
    }
    assert_eq!(cause(&bare("mbedtls_havege_init")), Cause::Removed);
    assert_eq!(cause(&bare("mbedtls_arc4_crypt")), Cause::Removed);
}

#[test]
fn what_cxx_mangles() {
    let answer = bare("_Z16mbedtls_strerroriPcm");
    assert_eq!(cause(&answer), Cause::CxxLinkage);
    assert_eq!(answer.symbol, "mbedtls_strerror");
    let objects = [("error.o", "void _Z16mbedtls_strerroriPcm(void) {}")];
    let answer = with_archive("mbedtls_strerror", None, &objects, "");
    assert_eq!(cause(&answer), Cause::CxxLinkage);
}

#[test]
fn what_is_no_symbol_and_what_the_application_brings() {
    let answer = bare("mbedtls_pk_rsa");
    assert_eq!(cause(&answer), Cause::NotASymbol);
    assert_eq!(answer.defined_in.as_deref(), Some("include/mbedtls/pk.h"));
    for symbol in ["mbedtls_hardware_poll", "mbedtls_psa_external_get_random"] {
        assert_eq!(cause(&bare(symbol)), Cause::ApplicationProvides, "{symbol}");
    }
}

#[test]
fn a_slip_of_the_pen() {
    for (wrong, right) in [
        ("mbedtls_streror", "mbedtls_strerror"),
        ("mbedtls_pk_write_key_pen", "mbedtls_pk_write_key_pem"),
        ("mbedtls_sha256_finsh", "mbedtls_sha256_finish"),
        ("psa_generate_keys", "psa_generate_key"),
    ] {
        let answer = bare(wrong);
        assert_eq!(cause(&answer), Cause::Typo, "{wrong}");
        assert_eq!(answer.near[0], right, "{wrong}");
    }
}

#[test]
fn what_is_not_mbed_tls_is_said_to_be_so() {
    for (symbol, owner) in [
        ("rsa_pub_key", "MCUboot"),
        ("psa_its_set", "storage"),
        ("psa_initial_attest_get_token", "attestation"),
        ("tfm_ns_interface_dispatch", "TF-M"),
        ("wolfSSL_new", "wolfSSL"),
        ("EVP_DigestInit", "OpenSSL"),
        ("ocrypto_sha256", "nrf_oberon"),
        ("nrf_cc3xx_platform_init", "CryptoCell"),
    ] {
        let answer = bare(symbol);
        assert_eq!(cause(&answer), Cause::NotMbedtls, "{symbol}");
        assert!(
            answer.notes[0].contains(owner),
            "{symbol}: {:?}",
            answer.notes
        );
    }
    for (symbol, line) in [
        ("esp_aes_crypt_cbc", "CONFIG_MBEDTLS_HARDWARE_AES=y"),
        (
            "esp_crt_bundle_attach",
            "CONFIG_MBEDTLS_CERTIFICATE_BUNDLE=y",
        ),
    ] {
        assert_eq!(bare(symbol).esp_idf, [line], "{symbol}");
    }
    for symbol in ["main", "foo_bar", "", " ", "printf"] {
        assert_eq!(cause(&bare(symbol)), Cause::Unknown, "{symbol}");
    }
}

#[test]
fn every_answer_says_what_to_do() {
    for symbol in [
        "mbedtls_strerror",
        "mbedtls_pk_ecc_set_group",
        "mbedtls_ct_memcmp",
        "mbedtls_havege_init",
        "mbedtls_sha256_ret",
        "_Z16mbedtls_strerroriPcm",
        "mbedtls_pk_rsa",
        "mbedtls_hardware_poll",
        "mbedtls_streror",
        "wc_InitRng",
        "foo",
    ] {
        let answer = bare(symbol);
        assert!(!answer.actions.is_empty(), "{symbol}");
        let text = answer.to_string();
        let words: Vec<&str> = text.split_whitespace().collect();
        assert!(words.join(" ").contains(&answer.actions[0]), "{text}");
    }
}

proptest! {
    #[test]
    fn any_bytes_as_a_library_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Archive::read("x.a", &bytes);
    }

    #[test]
    fn any_damage_to_a_library_is_read_or_refused(at in 0_usize..2000, byte in any::<u8>(), cut in 0_usize..3000) {
        let mut bytes = crate::compiled::bytes_of(&[("error.c.o", "void mbedtls_strerror(void) {}")]);
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        bytes.truncate(cut.max(8));
        let _ = Archive::read("x.a", &bytes);
    }
}

#[test]
fn a_function_that_only_a_later_version_has() {
    let asked = |symbol: &str, version| {
        let evidence = Evidence {
            version: Some(version),
            ..Evidence::default()
        };
        why(symbol, &evidence, &Log::default())
    };
    let answer = asked("mbedtls_pk_import_into_psa", Version::V2_28);
    assert_eq!(cause(&answer), Cause::NotYet);
    assert!(!says_set_an_option(&answer));
    assert_eq!(answer.near, ["mbedtls_pk_wrap_as_opaque"]);
    assert!(answer.actions[0].contains("3.6"), "{:?}", answer.actions);
    let answer = asked("mbedtls_pk_import_into_psa", Version::V3_6);
    assert_eq!(cause(&answer), Cause::OptionOff);
    let answer = asked("mbedtls_sha256_ret", Version::V2_28);
    assert_eq!(cause(&answer), Cause::OptionOff);
    // The settings of ESP-IDF 4.4 say the version as well as a person does.
    let idf = "CONFIG_IDF_TARGET=\"esp32\"\nCONFIG_IDF_INIT_VERSION=\"4.4.8\"\nCONFIG_MBEDTLS_TLS_ENABLED=y\n";
    let answer = configured("mbedtls_pk_import_into_psa", &[("sdkconfig", idf)]);
    assert_eq!(cause(&answer), Cause::NotYet);
}

#[test]
fn a_library_that_has_the_function_under_its_other_name() {
    let old = [("sha256.o", "int mbedtls_sha256_ret(void) { return 0; }")];
    let new = [("sha256.o", "int mbedtls_sha256(void) { return 0; }")];
    // The headers are newer than the library.
    let answer = with_archive("mbedtls_sha256", None, &old, "");
    assert_eq!(cause(&answer), Cause::Renamed);
    assert_eq!(answer.near, ["mbedtls_sha256_ret"]);
    assert!(answer.shown && answer.actions[0].contains("older than the headers"));
    // The caller is older than the library.
    let answer = with_archive("mbedtls_sha256_ret", None, &new, "");
    assert_eq!(cause(&answer), Cause::Renamed);
    assert_eq!(answer.near, ["mbedtls_sha256"]);
    let notes = answer.notes.join("\n");
    assert!(notes.contains("has mbedtls_sha256, its name in another version"));
    // What the library has, it has.
    let answer = with_archive("mbedtls_sha256_ret", None, &old, "");
    assert_eq!(cause(&answer), Cause::NotLinked);
    assert!(!says_set_an_option(&answer));
}

#[test]
fn the_wrapper_that_bindgen_writes() {
    let answer = bare("mbedtls_pk_ec__extern");
    assert_eq!(cause(&answer), Cause::NotLinked);
    assert_eq!(answer.symbol, "mbedtls_pk_ec__extern");
    assert!(answer.actions[0].contains("wrap_static_fns"));
    assert!(!says_set_an_option(&answer));
}

#[test]
fn a_program_compiled_and_linked_in_one_step() {
    let log = "/tmp/ccPgS6Bt.o: In function `verify':\n\
        open62541.c:(.text+0x5f2b3): undefined reference to `mbedtls_x509_crt_init'\n";
    let answer = why(
        "mbedtls_x509_crt_init",
        &Evidence::default(),
        &read_log(log),
    );
    assert_eq!(cause(&answer), Cause::NotLinked);
    assert!(answer.shown && !says_set_an_option(&answer));
}

#[test]
fn a_non_secure_image_without_the_client() {
    let log = "tfm_ns.axf: undefined reference to `psa_crypto_init'\n";
    let answer = why("psa_crypto_init", &Evidence::default(), &read_log(log));
    assert_eq!(cause(&answer), Cause::PsaClientOnly);
    assert!(
        answer.actions[0].contains("tfm_api"),
        "{:?}",
        answer.actions
    );
}

#[test]
fn functions_of_a_named_type_are_no_inlines() {
    for symbol in ["mbedtls_ssl_cookie_check", "mbedtls_ssl_ticket_write"] {
        let answer = bare(symbol);
        assert_eq!(cause(&answer), Cause::OptionOff, "{symbol}");
        assert!(
            answer.defined_in.unwrap().starts_with("library/"),
            "{symbol}"
        );
    }
}
