#![doc = include_str!("../README.md")]
#![no_std]
#![deny(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
// On a device there is none, and the feature then is `alloc`.
#[cfg(all(feature = "std", not(target_os = "none")))]
extern crate std;

/// Opens an example with algorithms that `full` brings: without it the example is compiled, not run.
#[cfg(feature = "full")]
macro_rules! example_of_full {
    () => {
        "```"
    };
}
#[cfg(not(feature = "full"))]
macro_rules! example_of_full {
    () => {
        "```no_run"
    };
}

mod algorithm;
pub mod api_index;
#[cfg(any(feature = "tfm", feature = "attestation-claims", zephyr))]
pub mod attestation;
mod csr;
mod ecosystem;
mod error;
mod ffi;
mod format;
mod key;
mod operation;
mod random;
mod secret;
pub mod sizes;
#[cfg(any(feature = "storage", not(provider = "mbedtls")))]
pub mod storage;

pub use algorithm::{
    Aead, AeadKind, Algorithm, AsymmetricEncryption, Cipher, Hash, KeyAgreement, KeyDerivation,
    Mac, MacKind, Pake, Sign, SignAnyHash, TagLength,
};
pub use csr::{AltName, Csr, ExtendedKeyUsage, KeyUsage, Subject, SubjectError, SubjectErrorKind};
#[cfg(feature = "aead")]
pub use ecosystem::aead;
#[cfg(feature = "digest")]
pub use ecosystem::digest;
#[cfg(feature = "rand_core")]
pub use ecosystem::rand_core;
#[cfg(feature = "rcgen")]
pub use ecosystem::rcgen;
#[cfg(feature = "rustls")]
pub use ecosystem::rustls;
#[cfg(feature = "signature")]
pub use ecosystem::signature;
pub use error::{Error, Result};
pub use key::{
    Attributes, Curve, CustomKeyParameters, DhFamily, EccFamily, Key, KeyId, KeyType, Lifetime,
    Location, Persistence, Policy, Usage,
};
pub use operation::{
    AeadOperation, Agreement, CipherOperation, DerivationPassword, DerivationSecret, HashOperation,
    Hkdf, HkdfExpand, HkdfExtract, InterruptibleSign, InterruptibleVerify, Jpake, JpakeRole,
    JpakeRoundTwo, JpakeSecret, JpakeShare, KeyDerivationOperation, KeyDerivationOutput,
    KeyDerivationStep, MacSignOperation, MacVerifyOperation, Pbkdf2AesCmacPrf128, Pbkdf2Hmac,
    Tls12EcjpakeToPms, Tls12Prf, Tls12PskToMs, interruptible_get_max_ops,
    interruptible_set_max_ops,
    state::{self, Decrypt, Direction, Encrypt},
};
pub use random::generate_random;
pub use secret::Secret;
#[cfg(feature = "alloc")]
pub use secret::{SecretString, SecretVec};

/// Starts the provider (`psa_crypto_init`); again is harmless.
///
/// # Errors
/// [`Error::InsufficientEntropy`] without a random source, and what the provider answers.
///
/// ```
/// psa::init()?;
/// psa::init()?;
/// # Ok::<(), psa::Error>(())
/// ```
pub fn init() -> Result<()> {
    ffi::init()
}
