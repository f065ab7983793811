//! The raw non-secure PSA interface: types and constants of the PSA Crypto API, and the functions of whoever implements it.
#![no_std]
#![allow(
    non_snake_case,
    non_camel_case_types,
    reason = "names are those of the C API, so that its reader finds them at once"
)]

mod api;
#[allow(
    missing_docs,
    reason = "declarations of the PSA APIs, which describe them"
)]
#[allow(clippy::wildcard_imports, reason = "every type of the API")]
mod declared;

pub use api::algorithm::*;
pub use api::algorithm_asymmetric::*;
pub use api::key::*;
pub use api::key_type::*;
pub use api::pake::*;
pub use api::sizes::*;
pub use api::sizes_asymmetric::*;
pub use api::status::*;
pub use api::types::*;
pub use declared::*;
