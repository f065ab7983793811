//! What the rest of Rust knows a key, a hash or a random source by: the traits of their crates.
//!
//! Each module is a feature and has the name of the crate whose traits it implements.

#[cfg(feature = "aead")]
pub mod aead;
#[cfg(feature = "digest")]
pub mod digest;
#[cfg(feature = "rand_core")]
pub mod rand_core;
#[cfg(feature = "rcgen")]
pub mod rcgen;
#[cfg(feature = "rustls")]
pub mod rustls;
#[cfg(feature = "signature")]
pub mod signature;

#[cfg(feature = "pkcs8")]
mod pkcs8;
#[cfg(feature = "sec1")]
mod sec1;
#[cfg(feature = "spki")]
mod spki;
