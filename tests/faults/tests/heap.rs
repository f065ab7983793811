//! A heap that has no memory at the Nth call, once or from then on.
#![cfg(target_os = "linux")]

mod campaign;

use psa_faults::{Fault, Point, Work};

/// What Mbed TLS 3.6.5 answers instead of "no memory". Errors they are, and nothing is left of what failed.
const INSTEAD: &[&str] = &[
    // `psa_crypto_pake.c` has no status for what EC J-PAKE answers then.
    "GenericError",
    // `mbedtls_rsa_parse_pubkey` and `_parse_key` answer it for whatever fails below them, also through PK.
    "InvalidArgument",
    "MBEDTLS_ERR_RSA_BAD_INPUT_DATA",
    "MBEDTLS_ERR_RSA_KEY_CHECK_FAILED",
    "MBEDTLS_ERR_PK_INVALID_PUBKEY",
    "MBEDTLS_ERR_PK_INVALID_ALG",
    // `mbedtls_pk_parse_key` tries one format after the other and answers for the last one.
    "MBEDTLS_ERR_PK_KEY_INVALID_FORMAT",
    // `mbedtls_pk_check_pair` answers it for whatever fails below it.
    "MBEDTLS_ERR_PK_BAD_INPUT_DATA",
    // A signature that could not be verified is not trusted.
    "MBEDTLS_ERR_X509_CERT_VERIFY_FAILED (-0x2700, -9984): NOT_TRUSTED",
];

fn is_no_memory(error: &str) -> bool {
    error == "InsufficientMemory"
        || error.contains("(PSA status -141)")
        || error.contains("-141)")
        || error.contains("_ALLOC_FAILED (")
        || INSTEAD.iter().any(|instead| error.starts_with(instead))
}

#[test]
fn every_operation_ends_with_an_error_and_leaves_nothing() {
    let work = Work::or(20_000);
    campaign::run(Point::Heap, &[(Fault::Fails, is_no_memory)], work);
}
