//! The linked `mbedtls_strerror` and our own names, held against the headers of the C library.
use std::collections::BTreeMap;
use std::fs;

use mbedtls_config::source::{self, Environment};
use mbedtls_psa::{Error, Message, strerror, strerror_high, strerror_low};

/// Each `MBEDTLS_ERR_*` of the public headers: the code, the name, the words of the comment before it.
fn macros() -> BTreeMap<i32, (String, String)> {
    let environment = Environment {
        out_dir: env!("CARGO_TARGET_TMPDIR").into(),
        ..Environment::from_build_script()
    };
    let tree = source::find(&environment).expect("the C sources");
    let mut macros = BTreeMap::new();
    for entry in fs::read_dir(tree.root.join("include/mbedtls")).unwrap() {
        macros.extend(macros_of(
            &fs::read_to_string(entry.unwrap().path()).unwrap(),
        ));
    }
    macros
}

fn macros_of(text: &str) -> Vec<(i32, (String, String))> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("#define MBEDTLS_ERR_") {
        let (before, line) = rest.split_at(at);
        let line_end = line.find('\n').unwrap_or(line.len());
        let mut words = line[..line_end].split_whitespace().skip(1);
        let (name, value) = (words.next().unwrap(), words.next().unwrap_or_default());
        if let Some(digits) = value.strip_prefix("-0x") {
            let code = -i32::from_str_radix(digits, 16).unwrap();
            // The comment stands behind the number or ends just before the line.
            let comment = match line[..line_end].split_once("/**<") {
                Some((_, after)) => after,
                None => before.rsplit_once("/**").map_or("", |(_, comment)| comment),
            };
            found.push((code, (name.to_owned(), plain(comment))));
        }
        rest = &line[line_end..];
    }
    found
}

/// The words of a comment, without what marks it as one.
fn plain(comment: &str) -> String {
    let words: Vec<&str> = comment
        .split_whitespace()
        .filter(|word| !matches!(*word, "*" | "*/"))
        .collect();
    words
        .join(" ")
        .replace("\\c ", "")
        .replace('#', "")
        .trim_end_matches('.')
        .to_owned()
}

/// What the C library has a number, but no words for: `hkdf.h` is missing among the headers of its error.c.
const WITHOUT_WORDS: [&str; 1] = ["MBEDTLS_ERR_HKDF_BAD_INPUT_DATA"];

/// The words of one part of `mbedtls_strerror`'s text, without the module that stands before them.
fn words(description: &str) -> String {
    let (_, words) = description
        .split_once(" - ")
        .unwrap_or_else(|| panic!("no module in {description:?}"));
    plain(words)
}

#[test]
fn strerror_has_the_words_of_the_headers_for_every_macro() {
    let macros = macros();
    assert!(macros.len() > 200, "{} macros", macros.len());
    for (code, (name, comment)) in macros {
        let text = strerror(code);
        if WITHOUT_WORDS.contains(&name.as_str()) {
            assert_eq!(
                &*text,
                format!("UNKNOWN ERROR CODE ({:04X})", -code),
                "{name}"
            );
            continue;
        }
        assert!(text.len() < Message::CAPACITY - 1, "{name} is cut off");
        assert_eq!(words(&text), comment, "{name}");
        let (high, low) = (strerror_high(code), strerror_low(code));
        assert_eq!(high.or(low), Some(&*text), "{name}");
        assert!(high.is_none() || low.is_none(), "{name}");
    }
}

#[test]
fn the_names_of_an_error_are_those_that_strerror_speaks_of() {
    let macros = macros();
    let by_name: BTreeMap<&str, &str> = macros
        .values()
        .map(|(name, comment)| (name.as_str(), comment.as_str()))
        .collect();
    let mut compared = 0;
    // A run under valgrind takes a sample.
    let short = std::env::var_os("PROPTEST_CASES").is_some();
    for code in (-0x7FFF..0).step_by(if short { 61 } else { 1 }) {
        let error = Error::from_code(code);
        if error.psa_status().is_some() || (-0x77FF..=-0x7780).contains(&code) {
            continue;
        }
        let shown = error.to_string();
        let (names, in_numbers) = shown.rsplit_once(" (").unwrap();
        assert_eq!(in_numbers, format!("-0x{:04X}, {code})", -code));
        let whole = strerror(code);
        let descriptions = whole.split(" : ");
        assert_eq!(
            names.split(" + ").count(),
            descriptions.clone().count(),
            "{shown}: {whole}"
        );
        for (name, part) in names.split(" + ").zip(descriptions) {
            if name == "unknown error code" || WITHOUT_WORDS.contains(&name) {
                assert!(part.starts_with("UNKNOWN ERROR CODE ("), "{shown}: {part}");
            } else {
                assert_eq!(words(part), by_name[name], "{shown}");
                compared += 1;
            }
        }
    }
    assert!(short || compared > 10_000, "only {compared} were compared");
}

#[test]
fn a_fatal_alert_has_one_name_whatever_the_alert() {
    for code in -0x77FF..=-0x7780 {
        let error = Error::from_code(code);
        assert_eq!((error.high(), error.low()), (Some(-0x7780), None));
        assert!(
            error
                .to_string()
                .starts_with("MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE ("),
            "{error}"
        );
    }
}

#[test]
fn a_psa_status_is_named_as_such_and_never_as_a_sum() {
    for (status, name) in [
        (-132, "GENERIC_ERROR"),
        (-133, "NOT_PERMITTED"),
        (-149, "INVALID_SIGNATURE"),
    ] {
        let error = Error::from_code(status);
        assert_eq!(
            (error.psa_status(), error.high(), error.low()),
            (Some(status), None, None)
        );
        assert!(
            error
                .to_string()
                .starts_with(&format!("PSA_ERROR_{name} (")),
            "{error}"
        );
    }
}

#[test]
fn every_number_has_a_text_that_ends() {
    for code in [
        0,
        1,
        7,
        0x3980,
        0xC680,
        -0x8680,
        i32::MAX,
        -i32::MAX,
        i32::MIN,
    ] {
        assert!(strerror(code).len() < Message::CAPACITY - 1);
        let _ = (strerror_high(code), strerror_low(code));
        assert!(!Error::from_code(code).to_string().is_empty());
    }
}
