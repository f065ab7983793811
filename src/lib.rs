//! Safe Rust for Mbed TLS.
#![no_std]
#![deny(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod error;
mod ffi;
pub mod md;
#[cfg(mbedtls = "PK_C")]
pub mod pk;
#[cfg(mbedtls = "ERROR_C")]
mod strerror;
pub mod sys;

pub use error::{Error, Result};
#[cfg(mbedtls = "ERROR_C")]
pub use strerror::{Message, strerror, strerror_high, strerror_low};
