//! The raw client of TF-M with slices instead of pointers: all that is `unsafe` in the images of this package.
#![cfg_attr(target_os = "none", no_std)]

#[cfg(target_os = "none")]
pub mod client;
#[cfg(all(target_os = "none", feature = "tests"))]
pub mod tests;
