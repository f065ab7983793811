//! The small table against the codes of the headers.
use mbedtls_diag::{high, is_psa_status, low, name, split};
use serde_json::Value;

/// Name and value of each public code of 3.6, and of each PSA status of 3.6 and TF-M 2.1.
fn codes() -> Vec<(String, i32)> {
    let rows: Vec<Value> = serde_json::from_str(include_str!("../data/error_codes.json")).unwrap();
    let codes: Vec<_> = rows
        .iter()
        .filter(|row| row.get("private").is_none())
        .filter_map(|row| {
            let name = row["name"].as_str().unwrap();
            let has = |v| row["versions"].as_str().unwrap().split(' ').any(|x| x == v);
            let wanted = has("3.6") || has("tf-m-2.1") && name.starts_with("PSA_ERROR");
            wanted.then(|| {
                (
                    name.to_owned(),
                    row["value"].as_i64().unwrap().try_into().unwrap(),
                )
            })
        })
        .collect();
    assert!(codes.len() > 250, "{}", codes.len());
    codes
}

#[test]
fn every_code_has_its_name_and_every_name_its_code() {
    for (macro_name, value) in codes() {
        let name = name(value).unwrap();
        assert_eq!(name.to_string(), macro_name);
        assert_eq!(name.code(), value);
        assert_eq!(name, *macro_name);
        assert_ne!(name, macro_name[1..]);
        assert_ne!(name, *format!("{macro_name}X"));
    }
}

#[test]
fn every_pair_of_high_and_low_comes_apart_again() {
    let codes = codes();
    let (psa, codes): (Vec<_>, Vec<_>) = codes.iter().partition(|(_, v)| is_psa_status(*v));
    assert!(psa.iter().all(|(name, _)| name.starts_with("PSA_")));
    assert!(
        codes
            .iter()
            .all(|(name, _)| name.starts_with("MBEDTLS_ERR_"))
    );
    for (high_name, h) in codes.iter().filter(|(_, v)| *v <= -0x1000) {
        for (low_name, l) in codes.iter().filter(|(_, v)| *v > -0x80) {
            let code = h + l;
            assert_eq!(high(code).unwrap(), **high_name);
            if *h == -0x7780 {
                assert_eq!(low(code), None);
            } else {
                assert_eq!(low(code).unwrap(), **low_name);
                assert_eq!(name(code), None);
            }
        }
        assert_eq!((high(*h), low(*h)), (name(*h), None));
    }
}

#[test]
fn a_psa_status_is_never_taken_apart() {
    for code in (-161..=-129).chain([-248, 0, 1, 7, i32::MAX]) {
        assert_eq!(
            (high(code), low(code), split(code)),
            (None, None, None),
            "{code}"
        );
    }
}

#[test]
fn any_number_is_accepted() {
    for code in (i32::from(i16::MIN) * 3..=300).chain([i32::MIN, i32::MIN + 1, i32::MAX]) {
        if let Some(name) = name(code) {
            assert_eq!(name.code(), code);
        }
        let parts = [high(code), low(code)].into_iter().flatten();
        assert!(
            parts
                .map(|name| name.to_string().len())
                .all(|length| length > 8)
        );
    }
}

const _: () = assert!(name(-0x3980).is_some() && high(-134).is_none());
