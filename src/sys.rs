//! Raw bindings of the Mbed TLS that this crate compiled, or that Zephyr links.
//!
//! Both are built with `MBEDTLS_PSA_ASSUME_EXCLUSIVE_BUFFERS`: during a call of the PSA Crypto API nobody else may change a
//! buffer that was given to it, and one that it writes to must not overlap one that it reads.
#![allow(
    missing_docs,
    unsafe_op_in_unsafe_fn,
    non_camel_case_types,
    non_upper_case_globals,
    non_snake_case
)]
#![allow(
    clippy::pedantic,
    clippy::undocumented_unsafe_blocks,
    clippy::all,
    rustdoc::all,
    unsafe_code,
    unused_qualifications
)]
include!(concat!(env!("OUT_DIR"), "/bindings.rs"));

#[cfg(all(not(zephyr), mbedtls = "PSA_CRYPTO_C"))]
unsafe extern "C" {
    /// Begins the PSA core, with entropy sources that outlive an empty heap (`src/sys/entropy.c`).
    #[link_name = "mbedtls_psa_3_6_crypto_init"]
    pub fn psa_crypto_init() -> psa_status_t;
}

// Static inline functions of C, which Zephyr's build compiles under other names.
#[cfg(all(zephyr, mbedtls = "PK_C", mbedtls = "ECP_C"))]
pub use mbedtls_psa_3_6_pk_ec as mbedtls_pk_ec;
#[cfg(all(zephyr, mbedtls = "PSA_CRYPTO_CLIENT"))]
pub use {
    mbedtls_psa_3_6_get_key_bits as psa_get_key_bits,
    mbedtls_psa_3_6_get_key_type as psa_get_key_type,
    mbedtls_psa_3_6_key_attributes_init as psa_key_attributes_init,
    mbedtls_psa_3_6_md_psa_alg_from_type as mbedtls_md_psa_alg_from_type,
    mbedtls_psa_3_6_set_key_bits as psa_set_key_bits,
    mbedtls_psa_3_6_set_key_type as psa_set_key_type,
    mbedtls_psa_3_6_set_key_usage_flags as psa_set_key_usage_flags,
};
