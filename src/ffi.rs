//! The only hand-written code of this crate that talks to C: safe functions and owners for the modules above it.
//!
//! Every call goes through [`enter`]: it makes sure that the PSA core is ready and that, where the library was built
//! without threads, no other context is inside it.
#![allow(unsafe_code)]
// What is used follows from the configuration; the one with everything shows what is not used at all.
#![cfg_attr(not(feature = "full"), allow(dead_code, unused_imports))]

#[cfg(mbedtls = "USE_PSA_CRYPTO")]
mod call;
#[cfg(feature = "tfm")]
mod client;
#[cfg(mbedtls = "PSA_P256M_DRIVER_ENABLED")]
mod driver;
#[cfg(mbedtls = "ERROR_C")]
pub(crate) mod error;
#[cfg(mbedtls = "PSA_CRYPTO_STORAGE_C")]
pub(crate) mod its;
#[cfg(mbedtls = "USE_PSA_CRYPTO")]
pub(crate) mod lock;
#[cfg(mbedtls = "USE_PSA_CRYPTO")]
pub(crate) mod md;
#[cfg(mbedtls = "USE_PSA_CRYPTO")]
pub(crate) mod mem;
#[cfg(all(mbedtls = "USE_PSA_CRYPTO", mbedtls = "PK_C"))]
pub(crate) mod pk;
#[cfg(all(mbedtls = "USE_PSA_CRYPTO", mbedtls = "PK_C"))]
mod pk_type;
#[cfg(all(mbedtls = "USE_PSA_CRYPTO", target_os = "none", not(zephyr)))]
pub(crate) mod platform;
#[cfg(all(
    mbedtls = "USE_PSA_CRYPTO",
    any(
        mbedtls = "X509_CRT_PARSE_C",
        mbedtls = "X509_CSR_PARSE_C",
        mbedtls = "X509_CRT_WRITE_C",
        mbedtls = "X509_CSR_WRITE_C"
    )
))]
pub(crate) mod x509;

#[cfg(mbedtls = "USE_PSA_CRYPTO")]
pub(crate) use call::{Entered, RNG, bounded, check, check_len, enter, fill_random};
