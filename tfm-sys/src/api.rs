//! The PSA Crypto API 1.2 as Mbed TLS 3.6 has it: types, constants, and its computing macros as const functions.
//!
//! Nothing here needs a symbol of another library.

pub mod algorithm;
pub mod algorithm_asymmetric;
pub mod framework;
pub mod key;
pub mod key_type;
pub mod pake;
#[allow(
    clippy::wildcard_imports,
    reason = "computes on nearly every name of its neighbours"
)]
pub mod sizes;
#[allow(
    clippy::wildcard_imports,
    reason = "computes on nearly every name of its neighbours"
)]
pub mod sizes_asymmetric;
pub mod status;
pub mod types;
