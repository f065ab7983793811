//! What an Mbed TLS, PSA or TF-M status code means.
//!
//! The core has no dependencies and needs no allocator: [`name`] turns a code into the macro that
//! names it, [`high`] and [`low`] take a combined code of Mbed TLS up to 3.6 apart.
//!
//! ```
//! use mbedtls_diag::{high, low, name};
//!
//! assert_eq!(name(-0x3980).unwrap().to_string(), "MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE");
//! assert_eq!(name(-134).unwrap().to_string(), "PSA_ERROR_NOT_SUPPORTED");
//!
//! // -0x21E2 is two codes in one number.
//! assert!(name(-0x21E2).is_none());
//! assert_eq!(high(-0x21E2).unwrap().to_string(), "MBEDTLS_ERR_X509_INVALID_FORMAT");
//! assert_eq!(low(-0x21E2).unwrap().to_string(), "MBEDTLS_ERR_ASN1_UNEXPECTED_TAG");
//! ```
#![cfg_attr(not(feature = "cli"), no_std)]
#![forbid(unsafe_code)]

#[cfg(feature = "explain")]
extern crate alloc;

#[cfg(feature = "cli")]
pub mod buildconfig;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[cfg(feature = "explain")]
pub mod explain;
#[cfg(feature = "cli")]
pub mod modem;
mod name;
mod tables;
#[cfg(feature = "describe")]
mod texts;
#[cfg(feature = "cli")]
pub mod why;
#[cfg(feature = "cli")]
mod wrap;

#[cfg(feature = "describe")]
pub use texts::describe;

pub use name::{Name, Split, high, is_psa_status, low, name, split};

/// The examples of the README, which run as tests.
#[cfg(all(doctest, feature = "explain"))]
#[doc = include_str!("../README.md")]
struct Readme;
