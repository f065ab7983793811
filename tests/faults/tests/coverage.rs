//! The cases call each function of C that our modules `ffi` name, and with them each function of the PSA Crypto API that
//! Mbed TLS has.
#![cfg(target_os = "linux")]

mod campaign;

use std::collections::BTreeSet;

use psa_conformance::Provider;
use psa_faults::{FUNCTIONS, Outcome, called_by, cases, caught};

const INDEX: &str = include_str!("../../../psa/docs/api-index.md");

/// How many cases there are, those of vectors aside, which no short campaign goes through. One that is gone is missed here.
const CASES: usize = 246;

/// What no case calls, and why.
const NEVER: [(&str, &[&str]); 4] = [
    (
        "fills a struct of the caller's, which here is zeroed or a constant",
        &[
            "psa_aead_operation_init",
            "psa_cipher_operation_init",
            "psa_hash_operation_init",
            "psa_key_derivation_operation_init",
            "psa_mac_operation_init",
            "psa_pake_cipher_suite_init",
            "psa_pake_cs_get_algorithm",
            "psa_pake_cs_get_primitive",
            "psa_pake_cs_set_algorithm",
            "psa_pake_cs_set_primitive",
            "psa_pake_operation_init",
        ],
    ),
    (
        "a field of attributes, which here are plain data: `psa/src/ffi/key.rs` has a test of their layout",
        &[
            "psa_get_key_algorithm",
            "psa_get_key_bits",
            "psa_get_key_enrollment_algorithm",
            "psa_get_key_id",
            "psa_get_key_lifetime",
            "psa_get_key_type",
            "psa_get_key_usage_flags",
            "psa_set_key_algorithm",
            "psa_set_key_enrollment_algorithm",
            "psa_set_key_id",
            "psa_set_key_lifetime",
        ],
    ),
    (
        "answered or left out here: see the remarks in the index",
        &["psa_interruptible_get_max_ops", "psa_pake_set_role"],
    ),
    (
        "looks a text up",
        &[
            "mbedtls_high_level_strerr",
            "mbedtls_low_level_strerr",
            "mbedtls_strerror",
        ],
    ),
];

/// Of these, what the driver for P-256 reads, where it is linked: with other packages of the workspace it is.
const BY_THE_DRIVER: [&str; 2] = ["psa_get_key_bits", "psa_get_key_type"];

/// The functions of the PSA Crypto API that Mbed TLS has, by the table of what stands for them.
fn of_the_index() -> impl Iterator<Item = String> {
    let rows = INDEX
        .lines()
        .filter_map(|line| line.strip_prefix("| `psa_"));
    rows.filter_map(|row| {
        let cells: Vec<_> = row.split(" | ").map(str::trim).collect();
        (cells[2] == "yes").then(|| format!("psa_{}", cells[0].trim_end_matches('`')))
    })
}

#[test]
fn every_function_that_mbedtls_has_is_called_by_a_case() {
    let _turn = campaign::start();
    let mut called = BTreeSet::new();
    let mut by_psa = BTreeSet::new();
    let mut cases = cases(Provider::named("host-full").unwrap());
    cases.retain(|case| !case.is_of_vectors());
    for case in &cases {
        let (outcome, functions) = called_by(|| caught(case));
        assert_eq!(outcome, Outcome::Passed, "{}", case.name);
        // PK and X.509 call functions of the PSA Crypto API by themselves.
        if !case.is_of_mbedtls() {
            by_psa.extend(functions.iter().copied());
        }
        called.extend(functions);
    }
    let never: BTreeSet<_> = NEVER
        .iter()
        .flat_map(|(_, names)| *names)
        .copied()
        .collect();

    let mut missing: BTreeSet<_> = of_the_index().collect();
    let in_the_index = missing.len();
    for function in FUNCTIONS {
        for caller in function.callers {
            let by = if *caller == "psa" { &by_psa } else { &called };
            if !by.contains(function.name) {
                missing.insert(function.name.to_owned());
            }
        }
    }
    missing.retain(|name| !by_psa.contains(&**name) && !never.contains(&**name));
    println!(
        "{} cases call {} of {} functions; {in_the_index} are in the index",
        cases.len(),
        called.len(),
        FUNCTIONS.len()
    );
    assert_eq!(missing, BTreeSet::new());
    let wrong: Vec<_> = never
        .intersection(&by_psa)
        .filter(|name| !BY_THE_DRIVER.contains(name))
        .collect();
    assert_eq!(wrong, Vec::<&&str>::new(), "are called");
    assert!(in_the_index > 100 && FUNCTIONS.len() > 150);
    assert_eq!(cases.len(), CASES);
}
