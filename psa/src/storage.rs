//! Where persistent keys are kept.

#[cfg(all(feature = "storage", feature = "mbedtls", not(feature = "tfm")))]
mod local;

#[cfg(all(feature = "storage", feature = "mbedtls", not(feature = "tfm")))]
pub use local::*;
