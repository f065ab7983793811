//! Raw bindings of the Mbed TLS that this crate compiled.
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
