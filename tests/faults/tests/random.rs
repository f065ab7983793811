//! A generator of random numbers that fails at the Nth request, once or from then on.
#![cfg(target_os = "linux")]

mod campaign;

use psa_faults::{Fault, Point, Work};

/// What Mbed TLS 3.6.5 answers instead of "no randomness". Errors they are, and nothing is left of what failed.
const INSTEAD: &[&str] = &[
    // `psa_crypto_pake.c` has no status for what EC J-PAKE answers then.
    "GenericError",
    // PK over a key of the PSA core has no code for that status.
    "MBEDTLS_ERR_ERROR_GENERIC_ERROR",
    // `mbedtls_pk_check_pair` answers it for whatever fails below it.
    "MBEDTLS_ERR_PK_BAD_INPUT_DATA",
];

fn is_no_randomness(error: &str) -> bool {
    error == "InsufficientEntropy"
        || error.contains("(PSA status -148)")
        || error.contains("-148)")
        || error.contains("_RANDOM_FAILED (")
        || error.contains("_RNG_FAILED (")
        || error.contains("_ENTROPY_SOURCE_FAILED (")
        || INSTEAD.iter().any(|instead| error.starts_with(instead))
}

#[test]
fn every_operation_ends_with_an_error_and_leaves_nothing() {
    let work = Work::or(20_000);
    campaign::run(Point::Random, &[(Fault::Fails, is_no_randomness)], work);
}
