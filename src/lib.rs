//! Safe Rust for Mbed TLS.
#![no_std]

#[cfg(feature = "std")]
extern crate std;

pub mod sys;
