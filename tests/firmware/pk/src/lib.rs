//! What images with Mbed TLS in them run beside the rest: PK and X.509 of the C library over keys of the PSA core,
//! wherever that is.
#![cfg_attr(target_os = "none", no_std)]
#![forbid(unsafe_code)]

#[cfg(target_os = "none")]
mod journey;
#[cfg(target_os = "none")]
mod tests;

#[cfg(target_os = "none")]
pub use journey::journey;
#[cfg(target_os = "none")]
pub use tests::TESTS;
