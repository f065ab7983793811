//! What every image runs, wherever its PSA core is: the conformance list and the journey.
#![cfg_attr(target_os = "none", no_std)]
#![forbid(unsafe_code)]

#[cfg(target_os = "none")]
mod conformance;
#[cfg(target_os = "none")]
mod journey;

#[cfg(target_os = "none")]
pub use conformance::conformance;
#[cfg(target_os = "none")]
pub use journey::{Store, journey, say_error, wait_for_certificate};
