//! Key derivation and key agreement.

use super::{Hash, numbered};
use tfm_sys as raw;

/// Key derivation (PSA Crypto API, "Key derivation algorithms").
///
/// ```
/// use psa::{Hash, KeyDerivation};
///
/// assert_eq!(KeyDerivation::Hkdf(Hash::Sha256).to_raw(), 0x0800_0109);
/// assert_eq!(KeyDerivation::from_raw(0x0880_0109), KeyDerivation::Pbkdf2Hmac(Hash::Sha256));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyDerivation {
    /// HKDF (RFC 5869).
    Hkdf(Hash),
    /// The first step of HKDF.
    HkdfExtract(Hash),
    /// The second step of HKDF.
    HkdfExpand(Hash),
    /// The pseudorandom function of TLS 1.2 (RFC 5246).
    Tls12Prf(Hash),
    /// The master secret of TLS 1.2 from a pre-shared key (RFC 4279, RFC 5489).
    Tls12PskToMs(Hash),
    /// The premaster secret of TLS 1.2 from EC J-PAKE.
    Tls12EcjpakeToPms,
    /// PBKDF2 with HMAC (RFC 8018).
    Pbkdf2Hmac(Hash),
    /// PBKDF2 with AES-CMAC-PRF-128 (RFC 4615).
    Pbkdf2AesCmacPrf128,
    /// Any other, by its number.
    Raw(u32),
}

impl KeyDerivation {
    /// The number in the PSA Crypto API.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        match self {
            Self::Hkdf(hash) => raw::PSA_ALG_HKDF(hash.to_raw()),
            Self::HkdfExtract(hash) => raw::PSA_ALG_HKDF_EXTRACT(hash.to_raw()),
            Self::HkdfExpand(hash) => raw::PSA_ALG_HKDF_EXPAND(hash.to_raw()),
            Self::Tls12Prf(hash) => raw::PSA_ALG_TLS12_PRF(hash.to_raw()),
            Self::Tls12PskToMs(hash) => raw::PSA_ALG_TLS12_PSK_TO_MS(hash.to_raw()),
            Self::Tls12EcjpakeToPms => raw::PSA_ALG_TLS12_ECJPAKE_TO_PMS,
            Self::Pbkdf2Hmac(hash) => raw::PSA_ALG_PBKDF2_HMAC(hash.to_raw()),
            Self::Pbkdf2AesCmacPrf128 => raw::PSA_ALG_PBKDF2_AES_CMAC_PRF_128,
            Self::Raw(number) => number,
        }
    }

    /// The algorithm with this number.
    #[must_use]
    pub const fn from_raw(number: u32) -> Self {
        match number {
            raw::PSA_ALG_TLS12_ECJPAKE_TO_PMS => return Self::Tls12EcjpakeToPms,
            raw::PSA_ALG_PBKDF2_AES_CMAC_PRF_128 => return Self::Pbkdf2AesCmacPrf128,
            _ => {}
        }
        let Some(hash) = Hash::of(number) else {
            return Self::Raw(number);
        };
        if raw::PSA_ALG_IS_HKDF(number) {
            Self::Hkdf(hash)
        } else if raw::PSA_ALG_IS_HKDF_EXTRACT(number) {
            Self::HkdfExtract(hash)
        } else if raw::PSA_ALG_IS_HKDF_EXPAND(number) {
            Self::HkdfExpand(hash)
        } else if raw::PSA_ALG_IS_TLS12_PRF(number) {
            Self::Tls12Prf(hash)
        } else if raw::PSA_ALG_IS_TLS12_PSK_TO_MS(number) {
            Self::Tls12PskToMs(hash)
        } else if raw::PSA_ALG_IS_PBKDF2_HMAC(number) {
            Self::Pbkdf2Hmac(hash)
        } else {
            Self::Raw(number)
        }
    }
}

numbered! {
    /// Key agreement (PSA Crypto API, "Key agreement algorithms").
    ///
    /// ```
    /// assert_eq!(psa::KeyAgreement::Ecdh.to_raw(), 0x0902_0000);
    /// ```
    KeyAgreement {
        /// Diffie-Hellman in a finite field.
        Ffdh = PSA_ALG_FFDH,
        /// Diffie-Hellman on an elliptic curve, X25519 and X448 included.
        Ecdh = PSA_ALG_ECDH,
    }
}

numbered! {
    /// Password-authenticated key exchange, in the form that Mbed TLS 3.6 has.
    ///
    /// ```
    /// assert_eq!(psa::Pake::Jpake.to_raw(), 0x0a00_0100);
    /// ```
    Pake {
        /// EC J-PAKE (RFC 8236), with the parameters of TLS and Thread.
        Jpake = PSA_ALG_JPAKE,
    }
}
