//! `config`: what a build can do, on configurations of each kind.

use mbedtls_config::readers::{Build, Line, Source};
use mbedtls_config::source;
use mbedtls_diag::buildconfig::{Report, find, report};

fn judge(name: &str, text: &str, needs: &str) -> Report {
    let build = Build::read(&[Source { name, text }], None).unwrap();
    report(&build, &find(needs).unwrap())
}

/// The `.config` of an nRF Connect SDK application over TF-M, reduced to what concerns Mbed TLS.
const JOURNEY: &str = include_str!("data/ncs-tfm.config");

#[test]
fn the_engineer_of_the_journey_is_served() {
    let report = judge("build/zephyr/.config", JOURNEY, "pk-write-pem,strerror");
    assert_eq!(report.environment, "nRF Connect SDK");
    assert_eq!(report.needs_met, Some(false));
    let [pem, strerror] = report.abilities.as_slice() else {
        panic!("two needs, two answers");
    };
    // The first cause of 0xc680.
    assert!(!pem.met);
    assert_eq!(pem.missing[0], "MBEDTLS_ECP_C");
    assert!(
        pem.notes
            .iter()
            .any(|note| note.contains("0xc680") && note.contains("MBEDTLS_ECP_C is off")),
        "{:?}",
        pem.notes
    );
    // The second.
    assert!(
        pem.notes
            .iter()
            .any(|note| note.contains("0xc680") && note.contains("3.5.2")),
        "{:?}",
        pem.notes
    );
    assert!(!strerror.met);
    assert_eq!(strerror.missing, ["MBEDTLS_ERROR_C"]);
    assert_eq!(strerror.lines, ["CONFIG_MBEDTLS_DEBUG=y"]);
    assert!(report.lines.contains(&"CONFIG_MBEDTLS_DEBUG=y".to_owned()));
    assert!(
        report
            .notes
            .iter()
            .any(|note| note
                .starts_with("PSA_WANT_ECC_SECP_R1_256 alone does not give MBEDTLS_ECP_C")),
        "{:?}",
        report.notes
    );
}

/// Adds the lines for each of some needs, and then all but one of them.
fn lines_are_enough_and_none_is_too_many(name: &str, text: &str, sets: usize) {
    let mut found = 0;
    let build = Build::read(&[Source { name, text }], None).unwrap();
    let refused: Vec<&str> = build.refusals().collect();
    for need in [
        "pk-write-pem",
        "csr",
        "strerror",
        "tls-client",
        "ecdsa",
        "aes-gcm",
    ] {
        let wanted = find(need).unwrap()[0];
        let first = report(&build, &[wanted]);
        if first.needs_met == Some(true) {
            continue;
        }
        assert!(!first.lines.is_empty(), "nothing brings {need}");
        found += 1;
        let lines = lines_of(&build, &first.lines);
        assert!(wanted.is_met(&build.with(&lines)), "{need}");
        for left_out in &lines {
            let fewer: Vec<Line> = lines
                .iter()
                .filter(|line| *line != left_out)
                .cloned()
                .collect();
            let fewer = build.with(&fewer);
            let accepted = fewer.refusals().all(|refusal| refused.contains(&refusal));
            assert!(
                !(wanted.is_met(&fewer) && accepted)
                    || is_the_better_key(need, &left_out.to_string()),
                "{need} does not need {left_out}",
            );
        }
    }
    assert_eq!(found, sets);
}

#[test]
fn the_lines_are_enough_and_none_is_too_many_for_nrf_connect() {
    lines_are_enough_and_none_is_too_many(".config", JOURNEY, 5);
}

#[test]
fn the_lines_are_enough_and_none_is_too_many_for_zephyr() {
    let text = "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_SHA256=y\n";
    lines_are_enough_and_none_is_too_many("prj.conf", text, 6);
}

#[test]
fn the_lines_are_enough_and_none_is_too_many_for_zephyr_with_psa() {
    let text = "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_PSA_CRYPTO_C=y\n";
    lines_are_enough_and_none_is_too_many("prj.conf", text, 6);
}

#[test]
fn the_lines_are_enough_and_none_is_too_many_for_esp_idf() {
    let text = "CONFIG_IDF_TARGET=\"esp32\"\n# CONFIG_MBEDTLS_ERROR_STRINGS is not set\n";
    lines_are_enough_and_none_is_too_many("sdkconfig", text, 3);
}

#[test]
fn the_lines_are_enough_and_none_is_too_many_for_a_header() {
    lines_are_enough_and_none_is_too_many("mbedtls_config.h", "#define MBEDTLS_AES_C\n", 6);
}

/// RSA would do for these, but people mean an EC key.
fn is_the_better_key(need: &str, line: &str) -> bool {
    let brings_ec = line.contains("EC") || line.contains("LEGACY_CRYPTO");
    matches!(need, "pk-write-pem" | "csr") && brings_ec
}

/// The lines as changes, by way of what the report says.
fn lines_of(build: &Build, texts: &[String]) -> Vec<Line> {
    texts
        .iter()
        .map(|text| Line::parse(text, build.system()).unwrap())
        .collect()
}

#[test]
fn what_has_no_effect_is_pointed_out() {
    let report = judge(
        "prj.conf",
        "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_SHA256=y\nCONFIG_MBEDTLS_ECDSA_C=y\nCONFIG_MBEDTLS_ERROR_C=y\n",
        "",
    );
    assert_eq!(report.without_effect[0].setting, "CONFIG_MBEDTLS_ECDSA_C");
    assert_eq!(report.without_effect[0].place, "prj.conf:3");
    assert!(
        report.notes.iter().any(
            |note| note.starts_with("CONFIG_MBEDTLS_ERROR_C is no setting")
                && note.contains("CONFIG_MBEDTLS_DEBUG=y")
        ),
        "{:?}",
        report.notes
    );
}

#[test]
fn a_header_is_checked_as_mbed_tls_checks_it() {
    let report = judge(
        "mbedtls_config.h",
        "#define MBEDTLS_PK_WRITE_C\n#define MBEDTLS_PEM_WRIT_C\n#define PSA_WANT_ALG_ECDSA 1\n",
        "",
    );
    assert!(report.has_problems());
    assert!(
        report
            .refusals
            .iter()
            .any(|refusal| refusal.starts_with("MBEDTLS_PK_WRITE_C needs")),
        "{:?}",
        report.refusals
    );
    let notes = report.notes.join("\n");
    assert!(
        notes.contains("did you mean MBEDTLS_PEM_WRITE_C"),
        "{notes}"
    );
    assert!(
        notes.contains("PSA_WANT_ALG_ECDSA and its like have no effect"),
        "{notes}"
    );
}

#[test]
fn everything_is_there_in_the_configuration_that_mbed_tls_ships() {
    let tree = source::find(&source::Environment::from_build_script()).unwrap();
    let text = std::fs::read_to_string(tree.root.join("include/mbedtls/mbedtls_config.h")).unwrap();
    let report = judge("mbedtls_config.h", &text, "");
    let missing: Vec<&str> = report
        .abilities
        .iter()
        .filter(|ability| !ability.met)
        .map(|ability| ability.name)
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(report.refusals.is_empty(), "{:?}", report.refusals);
}

#[test]
fn the_text_says_what_the_answers_say() {
    let text = judge(".config", JOURNEY, "pk-write-pem,strerror").to_string();
    for part in [
        "nRF Connect SDK",
        "private key as PEM  no, MBEDTLS_ECP_C",
        "strerror            no, MBEDTLS_ERROR_C is off (CONFIG_MBEDTLS_DEBUG=y)",
        "The smallest set of lines to add:",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let text = judge("a.h", "#define MBEDTLS_SHA256_C\n", "sha256").to_string();
    assert!(text.contains("SHA-256  yes\n"), "{text}");
}

#[test]
fn the_form_for_programs_is_stable() {
    let report = judge("a.h", "#define MBEDTLS_SHA256_C\n", "sha256,strerror");
    let value = serde_json::to_value(&report).unwrap();
    assert_eq!(value["schema"], 1);
    assert_eq!(value["needs_met"], false);
    assert_eq!(
        value["lines"],
        serde_json::json!(["#define MBEDTLS_ERROR_C"])
    );
    assert_eq!(
        value["abilities"][1],
        serde_json::json!({
            "name": "strerror",
            "text": "strerror",
            "met": false,
            "only_psa": false,
            "missing": ["MBEDTLS_ERROR_C"],
            "lines": ["#define MBEDTLS_ERROR_C"],
            "notes": [],
        })
    );
}
