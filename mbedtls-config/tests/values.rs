//! No value reaches the preprocessor that could do anything but be a value.

use mbedtls_config::facts::Version;
use mbedtls_config::{Config, Error, Platform};
use proptest::prelude::*;

/// One option of each kind: number, identifier, list, header, string.
const OPTIONS: [&str; 5] = [
    "MPI_MAX_SIZE",
    "PLATFORM_STD_CALLOC",
    "SSL_CIPHERSUITES",
    "PLATFORM_STD_MEM_HDR",
    "PLATFORM_STD_NV_SEED_FILE",
];

fn set(option: &str, value: &str) -> Result<String, Error> {
    let mut config = Config::new(Platform::Unix);
    // What these two need is beside the point.
    config
        .set(option, value)
        .map(|config| format!("{config:?}"))
}

#[test]
fn each_kind_of_value_is_accepted() {
    for (option, values) in [
        ("MPI_MAX_SIZE", &["512", "0x200", "1024u", "16UL"][..]),
        ("PLATFORM_STD_CALLOC", &["calloc", "_my_calloc2"]),
        (
            "SSL_CIPHERSUITES",
            &["MBEDTLS_TLS_A", "MBEDTLS_TLS_A,MBEDTLS_TLS_B"],
        ),
        (
            "PLATFORM_STD_MEM_HDR",
            &["<stdlib.h>", "\"sub-dir/my_mem.h\""],
        ),
        (
            "PLATFORM_STD_NV_SEED_FILE",
            &["\"seedfile\"", "\"/var/lib/seed\""],
        ),
    ] {
        for value in values {
            assert!(set(option, value).is_ok(), "{option} {value}");
        }
    }
}

#[test]
fn each_way_to_leave_the_line_is_refused() {
    let tails = [
        "\n#define X",
        "\r#define X",
        "\\",
        "\\\n",
        "//",
        "/*",
        "*/",
        "??/",
        "??/\n",
        " ",
        "\t",
        "\0",
        "\u{2028}",
        "#",
        "(",
        ")",
        ";",
        "\"",
        "'",
        "<",
        ">",
    ];
    for option in OPTIONS {
        for good in ["1024", "calloc", "A,B", "<a.h>", "\"a.h\"", ""] {
            for tail in tails {
                for value in [format!("{good}{tail}"), format!("{tail}{good}")] {
                    assert!(
                        matches!(set(option, &value), Err(Error::BadValue { .. })),
                        "{option} {value:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_flag_takes_no_value_and_a_file_name_no_comment() {
    assert!(matches!(set("PK_C", "1"), Err(Error::BadValue { .. })));
    assert!(matches!(
        set("PLATFORM_STD_MEM_HDR", "<a//b.h>"),
        Err(Error::BadValue { .. })
    ));
    assert!(matches!(
        set("MPI_MAX_SIZE", "99999999999999999999999"),
        Err(Error::BadValue { .. })
    ));
    assert!(matches!(
        set("MPI_MAX_SIZE", "0x+1"),
        Err(Error::BadValue { .. })
    ));
}

#[test]
fn what_the_build_sets_itself_cannot_be_set() {
    for option in [
        "CONFIG_FILE",
        "USER_CONFIG_FILE",
        "PSA_CRYPTO_CONFIG_FILE",
        "PSA_CRYPTO_USER_CONFIG_FILE",
    ] {
        assert!(
            matches!(set(option, "\"x.h\""), Err(Error::BadValue { .. })),
            "{option}"
        );
        assert!(
            Config::new(Platform::Unix).enable(option).is_err(),
            "{option}"
        );
    }
}

#[test]
fn every_value_that_the_library_shows_is_accepted() {
    for option in &Version::V3_6.facts().options {
        if let Some(example) = option
            .example
            .filter(|_| option.section != "General configuration options")
        {
            set(option.name, example).unwrap();
        }
    }
}

fn any_value() -> impl Strategy<Value = String> {
    // Letters of C that matter here, mixed with anything at all.
    prop_oneof![
        "[a-zA-Z0-9_<>\"/.,*?\\\\\n\r \t#-]{0,24}",
        ".{0,24}",
        "\\PC{0,24}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    /// Whatever is accepted is one line of plain characters without comment, continuation or trigraph.
    #[test]
    fn an_accepted_value_stays_in_its_line(index in 0..OPTIONS.len(), value in any_value()) {
        if set(OPTIONS[index], &value).is_ok() {
            prop_assert!(value.chars().all(|c| c.is_ascii_graphic()), "{value:?}");
            for bad in ["//", "/*", "\\", "??", "'", "#", "(", ")", ";"] {
                prop_assert!(!value.contains(bad), "{value:?}");
            }
            let quotes = value.matches('"').count();
            prop_assert!(quotes == 0 || quotes == 2 && value.starts_with('"') && value.ends_with('"'));
        }
    }

}

proptest! {
    // Fewer, because each of them closes over the dependencies.
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// The header is one `#define` a line, whatever was tried.
    #[test]
    fn the_header_has_no_line_that_nobody_wrote(value in any_value()) {
        let mut config = Config::new(Platform::Unix);
        let _ = config.set("MPI_MAX_SIZE", &value).map(|_| ());
        let _ = config.set("SSL_CIPHERSUITES", &value).map(|_| ());
        let header = config.resolve().unwrap().header();
        for line in header.lines().filter(|line| !line.is_empty()) {
            let plain = ["#define ", "#ifndef ", "#endif", "/* "].iter().any(|start| line.starts_with(start));
            prop_assert!(plain, "{line:?}");
        }
    }
}
