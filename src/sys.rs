//! Raw bindings of the Mbed TLS that this crate compiled.
//!
//! It is built with `MBEDTLS_PSA_ASSUME_EXCLUSIVE_BUFFERS`: during a call of the PSA Crypto API nobody else may change a
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
