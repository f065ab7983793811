//! Signatures.

use super::Hash;
use tfm_sys as raw;

/// A signature algorithm, complete with its hash (PSA Crypto API, "Asymmetric signature algorithms").
///
/// ```
/// use psa::{Hash, Sign};
///
/// assert_eq!(Sign::Ecdsa(Hash::Sha256).to_raw(), 0x0600_0609);
/// assert_eq!(Sign::from_raw(0x0600_0609), Sign::Ecdsa(Hash::Sha256));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sign {
    /// ECDSA with random nonces. Signatures are `r || s`.
    Ecdsa(Hash),
    /// ECDSA of a hash by whatever algorithm: for hashes only.
    EcdsaAny,
    /// ECDSA with deterministic nonces (RFC 6979). Signatures are `r || s`.
    DeterministicEcdsa(Hash),
    /// RSA PKCS#1 v1.5.
    RsaPkcs1v15(Hash),
    /// RSA PKCS#1 v1.5 over a complete `DigestInfo`: for hashes only.
    RsaPkcs1v15Raw,
    /// RSA PSS with a salt as long as the hash.
    RsaPss(Hash),
    /// RSA PSS; verification accepts any salt.
    RsaPssAnySalt(Hash),
    /// `EdDSA` of messages.
    PureEddsa,
    /// Ed25519ph.
    Ed25519ph,
    /// Ed448ph.
    Ed448ph,
    /// Any other, by its number.
    Raw(u32),
}

impl Sign {
    /// The number in the PSA Crypto API.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        match self {
            Self::Ecdsa(hash) => raw::PSA_ALG_ECDSA(hash.to_raw()),
            Self::EcdsaAny => raw::PSA_ALG_ECDSA_ANY,
            Self::DeterministicEcdsa(hash) => raw::PSA_ALG_DETERMINISTIC_ECDSA(hash.to_raw()),
            Self::RsaPkcs1v15(hash) => raw::PSA_ALG_RSA_PKCS1V15_SIGN(hash.to_raw()),
            Self::RsaPkcs1v15Raw => raw::PSA_ALG_RSA_PKCS1V15_SIGN_RAW,
            Self::RsaPss(hash) => raw::PSA_ALG_RSA_PSS(hash.to_raw()),
            Self::RsaPssAnySalt(hash) => raw::PSA_ALG_RSA_PSS_ANY_SALT(hash.to_raw()),
            Self::PureEddsa => raw::PSA_ALG_PURE_EDDSA,
            Self::Ed25519ph => raw::PSA_ALG_ED25519PH,
            Self::Ed448ph => raw::PSA_ALG_ED448PH,
            Self::Raw(number) => number,
        }
    }

    /// The algorithm with this number.
    #[must_use]
    pub const fn from_raw(number: u32) -> Self {
        match number {
            raw::PSA_ALG_ECDSA_ANY => return Self::EcdsaAny,
            raw::PSA_ALG_RSA_PKCS1V15_SIGN_RAW => return Self::RsaPkcs1v15Raw,
            raw::PSA_ALG_PURE_EDDSA => return Self::PureEddsa,
            raw::PSA_ALG_ED25519PH => return Self::Ed25519ph,
            raw::PSA_ALG_ED448PH => return Self::Ed448ph,
            _ => {}
        }
        let Some(hash) = Hash::of(number) else {
            return Self::Raw(number);
        };
        if raw::PSA_ALG_IS_RANDOMIZED_ECDSA(number) {
            Self::Ecdsa(hash)
        } else if raw::PSA_ALG_IS_DETERMINISTIC_ECDSA(number) {
            Self::DeterministicEcdsa(hash)
        } else if raw::PSA_ALG_IS_RSA_PKCS1V15_SIGN(number) {
            Self::RsaPkcs1v15(hash)
        } else if raw::PSA_ALG_IS_RSA_PSS_STANDARD_SALT(number) {
            Self::RsaPss(hash)
        } else if raw::PSA_ALG_IS_RSA_PSS_ANY_SALT(number) {
            Self::RsaPssAnySalt(hash)
        } else {
            Self::Raw(number)
        }
    }

    /// The hash that belongs to the algorithm, if it names one.
    ///
    /// ```
    /// # use psa::{Hash, Sign};
    /// assert_eq!(Sign::RsaPss(Hash::Sha384).hash(), Some(Hash::Sha384));
    /// assert_eq!(Sign::EcdsaAny.hash(), None);
    /// ```
    #[must_use]
    pub const fn hash(self) -> Option<Hash> {
        match self {
            Self::Ecdsa(hash)
            | Self::DeterministicEcdsa(hash)
            | Self::RsaPkcs1v15(hash)
            | Self::RsaPss(hash)
            | Self::RsaPssAnySalt(hash) => Some(hash),
            _ => None,
        }
    }
}

/// A signature algorithm without its hash: for policies that permit any hash.
///
/// ```
/// use psa::{Algorithm, SignAnyHash};
///
/// assert_eq!(Algorithm::SignAnyHash(SignAnyHash::Ecdsa).to_raw(), 0x0600_06ff);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignAnyHash {
    /// ECDSA with random nonces.
    Ecdsa,
    /// ECDSA with deterministic nonces.
    DeterministicEcdsa,
    /// RSA PKCS#1 v1.5.
    RsaPkcs1v15,
    /// RSA PSS with a salt as long as the hash.
    RsaPss,
    /// RSA PSS; verification accepts any salt.
    RsaPssAnySalt,
}

impl SignAnyHash {
    /// The algorithm with a hash.
    ///
    /// ```
    /// # use psa::{Hash, Sign, SignAnyHash};
    /// assert_eq!(SignAnyHash::Ecdsa.with(Hash::Sha512), Sign::Ecdsa(Hash::Sha512));
    /// ```
    #[must_use]
    pub const fn with(self, hash: Hash) -> Sign {
        match self {
            Self::Ecdsa => Sign::Ecdsa(hash),
            Self::DeterministicEcdsa => Sign::DeterministicEcdsa(hash),
            Self::RsaPkcs1v15 => Sign::RsaPkcs1v15(hash),
            Self::RsaPss => Sign::RsaPss(hash),
            Self::RsaPssAnySalt => Sign::RsaPssAnySalt(hash),
        }
    }
}
