//! The decoder: every code, every form, any input.
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use mbedtls_diag::explain::{Domain, Options, Platform, Reading, Report, Version, explain};
use proptest::prelude::*;
use serde_json::Value;

/// A code of some version.
struct Code {
    name: String,
    value: i64,
    versions: BTreeSet<String>,
    is_alias: bool,
    is_private: bool,
}

fn codes() -> Vec<Code> {
    let rows: Vec<Value> = serde_json::from_str(include_str!("../data/error_codes.json")).unwrap();
    let codes: Vec<Code> = rows
        .iter()
        .map(|row| Code {
            name: row["name"].as_str().unwrap().to_owned(),
            value: row["value"].as_i64().unwrap(),
            versions: row["versions"]
                .as_str()
                .unwrap()
                .split(' ')
                .map(str::to_owned)
                .collect(),
            is_alias: row.get("alias_of").is_some(),
            is_private: row.get("private").is_some(),
        })
        .collect();
    assert!(codes.len() > 400);
    codes
}

fn plain(text: &str) -> Report<'_> {
    explain(text, &Options::default())
}

fn first(text: &str) -> Reading {
    plain(text)
        .findings
        .first()
        .unwrap_or_else(|| panic!("nothing in {text:?}"))
        .readings[0]
        .clone()
}

/// Whether some reading of the only thing in the text has this value and these names.
fn reads(text: &str, value: i64, names: &[&str]) -> bool {
    let report = plain(text);
    let readings = report.findings.iter().flat_map(|finding| &finding.readings);
    let mut fitting = readings.filter(|r| r.value == value);
    fitting.any(|r| names.iter().all(|name| r.names.contains(name)))
}

/// The ways in which a negative value is printed.
fn notations(value: i64) -> Vec<String> {
    let magnitude = -value;
    let mut notations = vec![
        format!("{value}"),
        format!("-0x{magnitude:04x}"),
        format!("-0x{magnitude:X}"),
        format!("{:#010x}", value & 0xFFFF_FFFF),
        format!("{}", value & 0xFFFF_FFFF),
        format!("{:X}", value & 0xFFFF_FFFF),
        format!("{:#06X}", value & 0xFFFF).replace("0X", "0x"),
        format!("{:#018x}", value),
    ];
    if magnitude >= 0x100 {
        notations.push(format!("0x{magnitude:04X}"));
        notations.push(format!("-{magnitude:x}"));
    }
    notations
}

#[test]
fn every_code_of_every_version_is_found_in_every_notation() {
    for code in codes().iter().filter(|code| code.value < 0) {
        for text in notations(code.value) {
            // `-86` for -0x86: two digits are never taken for hexadecimal.
            assert!(
                reads(&text, code.value, &[&code.name]),
                "{text} {}",
                code.name
            );
        }
    }
}

#[test]
fn every_name_of_every_version_has_its_value() {
    for code in codes() {
        assert!(
            reads(&code.name, code.value, &[&code.name]),
            "{}",
            code.name
        );
        let short = code
            .name
            .replace("MBEDTLS_ERR_", "")
            .replace("PSA_ERROR_", "");
        if short != code.name && short.contains('_') {
            assert!(reads(&short, code.value, &[&code.name]), "{short}");
        }
    }
}

#[test]
fn every_pair_of_codes_up_to_3_6_comes_apart_and_together_again() {
    let codes = codes();
    let mbedtls: Vec<&Code> = codes
        .iter()
        .filter(|code| code.name.starts_with("MBEDTLS_") && !code.is_alias && !code.is_private)
        .collect();
    let mut pairs = 0;
    for high in mbedtls.iter().filter(|code| code.value <= -0x1000) {
        for low in mbedtls.iter().filter(|code| code.value > -0x80) {
            let both = high.versions.intersection(&low.versions);
            let up_to_3_6 = ["2.16", "2.28", "3.6"];
            if !both
                .into_iter()
                .any(|version| up_to_3_6.contains(&version.as_str()))
            {
                continue;
            }
            pairs += 1;
            let value = high.value + low.value;
            let names = [high.name.as_str(), low.name.as_str()];
            assert!(reads(&names.join(" + "), value, &names[..1]), "{names:?}");
            if high.value == -0x7780 {
                continue;
            }
            let all = notations(value);
            // Every notation for each code and for each pair in turn, to keep the test short.
            for text in [&all[0], &all[1], &all[pairs % all.len()]] {
                assert!(reads(text, value, &names), "{text} {names:?}");
            }
        }
    }
    assert!(pairs > 15_000, "{pairs}");
}

#[test]
fn a_number_of_two_owners_names_both_and_the_likelier_one_first() {
    let domains = |text: &str| -> Vec<Domain> {
        let report = plain(text);
        assert!(!report.findings[0].notes.is_empty(), "{text}");
        report.findings[0]
            .readings
            .iter()
            .map(|reading| reading.domain)
            .collect()
    };
    let near_the_network = domains("NetRead: error -116");
    assert_eq!(near_the_network[0], Domain::Errno);
    assert!(near_the_network.contains(&Domain::Mbedtls));
    let near_the_library = domains("mbedtls_sha256_starts returned -116");
    assert_eq!(near_the_library[0], Domain::Mbedtls);
    assert!(near_the_library.contains(&Domain::Errno));
}

#[test]
fn a_number_that_changed_its_meaning_says_which_version_means_what() {
    let report = plain("mbedtls_ssl_handshake returned -0x7A00");
    let finding = &report.findings[0];
    assert_eq!(
        finding.readings[0].names,
        ["MBEDTLS_ERR_SSL_BAD_CERTIFICATE"]
    );
    assert_eq!(
        finding.readings[1].names,
        ["MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE"]
    );
    assert!(finding.notes[0].contains("2.28") && finding.notes[0].contains("3.6"));

    let old = explain("-0x7A00", &Options::default().mbedtls(Version::V2_28));
    assert_eq!(old.findings[0].readings.len(), 1);
    assert_eq!(
        old.findings[0].readings[0].names,
        ["MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE"]
    );

    let file = first("ssl_cli.c:3384: mbedtls_ssl_read_record() returned -31232 (-0x7a00)");
    assert_eq!(file.names, ["MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE"]);
    let said = first("Mbed TLS 2.28.3: handshake error -0x7A00");
    assert_eq!(said.names, ["MBEDTLS_ERR_SSL_BAD_HS_CERTIFICATE"]);
}

#[test]
fn the_system_decides_how_errno_is_numbered() {
    let name = |platform| {
        let report = explain("socket: -110", &Options::default().platform(platform));
        report.findings[0].readings[0].names[0]
    };
    assert_eq!(name(Platform::Linux), "ETIMEDOUT");
    assert_eq!(name(Platform::Zephyr), "ESHUTDOWN");
}

#[test]
fn digits_without_0x_show_both_readings() {
    let report = plain("-4290");
    let values: Vec<i64> = report.findings[0]
        .readings
        .iter()
        .map(|r| r.value)
        .collect();
    assert!(
        values.contains(&-0x4290) && values.contains(&-4290),
        "{values:?}"
    );
    assert_eq!(values[0], -0x4290);
}

#[test]
fn a_name_beside_another_codes_number_is_believed_as_little_as_the_number() {
    let report = plain("failed: -135 (PSA_ERROR_NOT_SUPPORTED)");
    let finding = &report.findings[0];
    let psa: BTreeSet<_> = finding.readings.iter().filter_map(|r| r.psa).collect();
    assert!(psa.contains("PSA_ERROR_NOT_SUPPORTED") && psa.contains("PSA_ERROR_INVALID_ARGUMENT"));
    assert!(finding.notes[0].contains("contradict"));
    assert!(
        finding
            .readings
            .iter()
            .all(|r| r.certainty.name() != "certain")
    );
}

#[test]
fn a_log_yields_its_codes_and_nothing_else() {
    let log = "\
[00:00:00.257,263] <inf> fs_nvs: 8 Sectors of 4096 bytes\n\
I (474) heap_init: At 3FFB8298 len 00027D68 (159 KiB): DRAM\n\
*** Booting Zephyr OS build v4.1.0-rc2-86-g384fe7a05d7d ***\n\
[00:00:05.109,000] <inf> net_dhcpv4: Received: 10.5.1.157\n\
[00:00:05.209,000] <inf> http_get: addrinfo @0x300247a8: ai_family=1, ai_socktype=1, sin_port=1bb\n\
ssl_tls.c:3425: |4| 0180:  02 03 02 01 00 0a 00 18 00 16 00 19 00 1c 00 18  ................\n\
Date: 2024-05-01 12:30:45, rssi -67, 3.6.2\n\
[00:00:08.217,000] <err> net_sock_tls: TLS handshake error: -0x7200\n";
    let report = plain(log);
    let texts: Vec<&str> = report.findings.iter().map(|finding| finding.text).collect();
    assert_eq!(texts, ["-0x7200"]);
}

#[test]
fn repeated_codes_are_counted() {
    let report = plain("mbedtls_ssl_read returned -0x7280\nmbedtls_ssl_read returned -0x7280\n");
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].count, 2);
}

#[test]
fn an_alert_in_the_log_explains_the_fatal_alert() {
    let report = plain(
        "is a fatal alert message (msg 48)\nmbedtls_ssl_handshake() returned -30592 (-0x7780)",
    );
    let causes = &report.findings[0].readings[0].causes;
    assert!(causes[0].contains("unknown_ca"), "{causes:?}");
}

/// A mebibyte of a pattern.
fn mebibyte(pattern: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    let mut i = 0;
    while text.len() < 1 << 20 {
        text.push_str(&pattern(i));
        i += 1;
    }
    text
}

#[test]
fn a_mebibyte_takes_bounded_time_and_memory() {
    // Without optimisation everything takes some twenty times as long, and tests run side by side.
    let limit = if cfg!(debug_assertions) { 20_000 } else { 200 };
    let mixed = |i: usize| i.wrapping_mul(2_654_435_761) % 65_536;
    let logs = [
        mebibyte(|i| {
            let code = mixed(i) / 2;
            format!("[{i:05}] mbedtls: ssl_tls.c:{i}: mbedtls_ssl_read() returned -{code} (-0x{code:04x})
")
        }),
        mebibyte(|i| format!("-{} ", mixed(i))),
        mebibyte(|i| format!("0x{:04x},", mixed(i))),
        mebibyte(|_| "MBEDTLS_ERR_X509_INVALID_FORMAT + ".to_owned()),
        mebibyte(|_| "UNKNOWN ERROR CODE (0080) : ".to_owned()),
        mebibyte(|_| "-".to_owned()),
        mebibyte(|_| "7".to_owned()),
        mebibyte(|_| "error (".to_owned()),
    ];
    for log in logs {
        let start = Instant::now();
        let report = plain(&log);
        let time = start.elapsed();
        assert!(
            time < Duration::from_millis(limit),
            "{time:?} for {:?}",
            &log[..40]
        );
        assert!(report.findings.len() <= 500);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_accepted(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        check(&text);
    }

    #[test]
    fn any_text_of_its_own_words_is_accepted(pieces in proptest::collection::vec(piece(), 0..24)) {
        check(&pieces.concat());
    }

    #[test]
    fn any_number_is_accepted(number: i64, unsigned: u64) {
        for text in [format!("{number}"), format!("{unsigned}"), format!("-0x{unsigned:x}"), format!("{unsigned:X}")] {
            check(&text);
        }
    }
}

/// What holds for every text.
fn check(text: &str) {
    for finding in plain(text).findings {
        assert!(text.contains(finding.text));
        assert!(!finding.readings.is_empty());
        for reading in &finding.readings {
            assert!(!reading.meaning.is_empty());
            let names = [reading.high, reading.low, reading.psa];
            assert!(
                names
                    .into_iter()
                    .flatten()
                    .all(|name| reading.names.contains(&name))
            );
        }
    }
}

/// A piece that the decoder knows, or a bit of punctuation.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        (-0x9000..0x9000_i64).prop_map(|n| n.to_string()),
        (0..0x1_0000_u32).prop_map(|n| format!("0x{n:x}")),
        (0..=u32::MAX).prop_map(|n| format!("-0x{n:x}")),
        prop::sample::select(vec![
            " ",
            ": ",
            "(",
            ")",
            " + ",
            " : ",
            " - ",
            "\n",
            "-",
            "\u{2212}",
            "0x",
            "é",
            "X509 - Certificate verification failed",
            "UNKNOWN ERROR CODE (",
            "UNKNOWN ERROR CODE (C680)",
            "UNKNOWN ERROR CODE (1000)",
            " : BIGNUM - The input arguments are not acceptable",
            "MBEDTLS_ERR_X509_INVALID_FORMAT",
            "MBEDTLS_ERR_ASN1_UNEXPECTED_TAG",
            "PSA_ERROR_NOT_SUPPORTED",
            "+CME ERROR: ",
            "returned ",
            "error ",
            "mbedtls_ssl_read",
            "psa_connect",
            "errno",
            "wolfSSL",
            "alert message (msg ",
            "ssl_tls.c:12",
            "Mbed TLS 2.28",
        ])
        .prop_map(str::to_owned),
    ]
}
