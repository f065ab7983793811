//! The reports: what people really asked, with the right answers.

use mbedtls_diag::why::Cause;
use serde_json::Value;

use crate::bare;

const REPORTS: &str = include_str!("../../data/undefined_symbols.jsonl");

fn names(text: &str, prefix: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.starts_with(prefix))
        .map(|word| {
            word.trim_end_matches("_x")
                .trim_end_matches("_1_x")
                .to_owned()
        })
        .collect()
}

#[test]
fn every_report_gets_the_right_answer() {
    let mut right = 0;
    let mut rows = 0;
    for line in REPORTS.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| row[name].as_str().unwrap_or_default();
        let (id, symbol) = (text("id"), text("symbol"));
        let answer = bare(symbol);
        rows += 1;
        let expected = match text("kind") {
            "config" => Cause::OptionOff,
            "source file not in the build" => Cause::NotInBuild,
            "not mbedtls" => Cause::NotMbedtls,
            other => panic!("{id}: {other}"),
        };
        assert_eq!(answer.cause, expected, "{id} {symbol}");
        let file = text("source_file").split(' ').next().unwrap();
        let defined_in = answer.defined_in.as_deref().unwrap_or_default();
        if file.starts_with("library/") || file.starts_with("components/") {
            assert!(defined_in.starts_with(file), "{id} {symbol}: {defined_in}");
        }
        // What the report names is among what the function needs, or in its condition.
        let condition = answer.condition.clone().unwrap_or_default();
        for option in names(text("required_macro"), "MBEDTLS_") {
            assert!(
                answer.requires.contains(&option) || condition.contains(&option),
                "{id} {symbol}: {option} is not in {:?} or {condition}",
                answer.requires
            );
        }
        for (column, lines) in [
            ("zephyr_kconfig", &answer.zephyr),
            ("nrf_security_kconfig", &answer.ncs),
            ("esp_idf_sdkconfig", &answer.esp_idf),
        ] {
            let said = lines.join("\n");
            for setting in names(text(column), "CONFIG_") {
                assert!(
                    said.contains(&setting),
                    "{id} {symbol}: {setting} is not in\n{said}"
                );
            }
        }
        right += 1;
    }
    println!("{right} of {rows} reports");
    assert_eq!((right, rows), (13, 13));
}

#[test]
fn the_engineer_of_the_journey_is_served() {
    let config = include_str!("../data/ncs-tfm.config");
    let strerror = crate::configured("mbedtls_strerror", &[(".config", config)]);
    assert_eq!(strerror.cause, Cause::OptionOff);
    assert!(strerror.shown);
    assert_eq!(strerror.missing, ["MBEDTLS_ERROR_C"]);
    assert_eq!(strerror.lines, ["CONFIG_MBEDTLS_DEBUG=y"]);
    // The function is there; both causes of 0xc680 are named.
    let pem = crate::configured("mbedtls_pk_write_key_pem", &[(".config", config)]);
    let notes = pem.notes.join("\n");
    assert!(
        notes.contains("0xc680") && notes.contains("MBEDTLS_ECP_C is off"),
        "{notes}"
    );
    assert!(notes.contains("3.5.2"), "{notes}");
}

#[test]
fn the_form_for_programs_is_that_of_the_readme() {
    let answer = serde_json::to_value(bare("mbedtls_strerror")).unwrap();
    for (name, expected) in [
        ("schema", serde_json::json!(1)),
        ("symbol", serde_json::json!("mbedtls_strerror")),
        ("defined_in", serde_json::json!("library/error.c")),
        ("requires", serde_json::json!(["MBEDTLS_ERROR_C"])),
        ("cause", serde_json::json!("option-off")),
        ("zephyr", serde_json::json!(["CONFIG_MBEDTLS_DEBUG=y"])),
        ("ncs", serde_json::json!(["CONFIG_MBEDTLS_DEBUG=y"])),
        (
            "esp_idf",
            serde_json::json!(["CONFIG_MBEDTLS_ERROR_STRINGS=y"]),
        ),
        ("versions", serde_json::json!(["2.28", "3.5", "3.6", "4.0"])),
    ] {
        assert_eq!(answer[name], expected, "{name}");
    }
    assert!(
        answer["actions"]
            .as_array()
            .is_some_and(|actions| !actions.is_empty())
    );
}

#[test]
fn every_function_of_every_version_gets_an_answer() {
    use mbedtls_config::facts::{Kind, Version};
    let mut counted = 0;
    for version in Version::ALL {
        let functions = &version.facts().functions;
        // All of them take minutes without optimization; these are spread over all files.
        for function in functions
            .iter()
            .filter(|function| function.kind == Kind::Public)
            .step_by(37)
        {
            let answer = bare(function.name);
            assert!(answer.is_recognised(), "{}", function.name);
            assert!(answer.defined_in.is_some(), "{}", function.name);
            assert!(!answer.actions.is_empty(), "{}", function.name);
            counted += 1;
        }
    }
    assert!(counted > 60, "{counted}");
}
