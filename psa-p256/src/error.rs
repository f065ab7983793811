//! What can go wrong.

use core::fmt;

/// Why a key or a signature is refused, or cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A private key that has not 32 bytes, is zero, or is not below the order of the curve.
    InvalidPrivateKey,
    /// A public key that is no uncompressed point of the curve, or that is infinity.
    InvalidPublicKey,
    /// The signature is not that of this hash by this key.
    InvalidSignature,
    /// The random source failed, or what it gives cannot be random.
    Random,
}

/// An answer or an [`Error`].
pub type Result<T> = core::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::InvalidPrivateKey => "the private key is not 32 bytes in 1..n",
            Self::InvalidPublicKey => "the public key is not an uncompressed point of P-256",
            Self::InvalidSignature => "the signature is not that of this hash by this key",
            Self::Random => "the random source failed",
        })
    }
}

impl core::error::Error for Error {}
