#![doc = include_str!("../README.md")]
#![no_std]
#![deny(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
// On a host keys are kept in files, and a lock that waits is the system's.
#[cfg(all(
    any(
        feature = "std",
        all(mbedtls = "THREADING_C", mbedtls = "ECP_RESTARTABLE"),
        mbedtls = "PSA_CRYPTO_STORAGE_C"
    ),
    not(target_os = "none")
))]
extern crate std;

mod error;
#[cfg(any(
    mbedtls = "USE_PSA_CRYPTO",
    mbedtls = "ERROR_C",
    mbedtls = "PSA_P256M_DRIVER_ENABLED"
))]
mod ffi;
#[cfg(mbedtls = "USE_PSA_CRYPTO")]
pub mod md;
#[cfg(all(mbedtls = "USE_PSA_CRYPTO", mbedtls = "PK_C"))]
pub mod pk;
#[cfg(all(mbedtls = "USE_PSA_CRYPTO", target_os = "none", not(zephyr)))]
pub mod platform;
#[cfg(mbedtls = "PSA_CRYPTO_STORAGE_C")]
pub mod storage;
#[cfg(mbedtls = "ERROR_C")]
mod strerror;
pub mod sys;
#[cfg(all(
    mbedtls = "USE_PSA_CRYPTO",
    any(
        mbedtls = "X509_CRT_PARSE_C",
        mbedtls = "X509_CSR_PARSE_C",
        mbedtls = "X509_CRT_WRITE_C",
        mbedtls = "X509_CSR_WRITE_C"
    )
))]
pub mod x509;

pub use error::{Error, Result};
#[cfg(mbedtls = "USE_PSA_CRYPTO")]
pub use ffi::lock::{Busy, alone, exclusive};
#[cfg(mbedtls = "ERROR_C")]
pub use strerror::{Message, strerror, strerror_high, strerror_low};
