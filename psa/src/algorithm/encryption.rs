//! Encryption with a public key.

use super::Hash;
use tfm_sys as raw;

/// Encryption with a public key (PSA Crypto API, "Asymmetric encryption algorithms").
///
/// ```
/// use psa::{AsymmetricEncryption, Hash};
///
/// assert_eq!(AsymmetricEncryption::RsaOaep(Hash::Sha256).to_raw(), 0x0700_0309);
/// assert_eq!(AsymmetricEncryption::from_raw(0x0700_0200), AsymmetricEncryption::RsaPkcs1v15);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AsymmetricEncryption {
    /// RSA PKCS#1 v1.5. Who tells a sender that the padding was wrong gives the message away: prefer OAEP.
    RsaPkcs1v15,
    /// RSA OAEP with this hash, for the label and the mask.
    RsaOaep(Hash),
    /// Any other, by its number.
    Raw(u32),
}

impl AsymmetricEncryption {
    /// The number in the PSA Crypto API.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        match self {
            Self::RsaPkcs1v15 => raw::PSA_ALG_RSA_PKCS1V15_CRYPT,
            Self::RsaOaep(hash) => raw::PSA_ALG_RSA_OAEP(hash.to_raw()),
            Self::Raw(number) => number,
        }
    }

    /// The algorithm with this number.
    #[must_use]
    pub const fn from_raw(number: u32) -> Self {
        if number == raw::PSA_ALG_RSA_PKCS1V15_CRYPT {
            return Self::RsaPkcs1v15;
        }
        if !raw::PSA_ALG_IS_RSA_OAEP(number) {
            return Self::Raw(number);
        }
        match Hash::of(number) {
            Some(hash) => Self::RsaOaep(hash),
            None => Self::Raw(number),
        }
    }
}
