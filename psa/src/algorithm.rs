//! Algorithms: enumerations whose parameters cannot be combined wrongly.

use crate::{Error, Result, ffi};
use tfm_sys as raw;

macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $raw:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            /// Any other, by its number.
            Raw(u32),
        }

        impl $name {
            /// The number in the PSA Crypto API.
            #[must_use]
            pub const fn to_raw(self) -> u32 {
                match self {
                    $(Self::$variant => raw::$raw,)*
                    Self::Raw(number) => number,
                }
            }

            /// The one with this number.
            #[must_use]
            pub const fn from_raw(number: u32) -> Self {
                match number {
                    $(raw::$raw => Self::$variant,)*
                    _ => Self::Raw(number),
                }
            }
        }
    };
}

numbered! {
    /// A hash algorithm (PSA Crypto API, "Hash algorithms").
    ///
    /// ```
    /// use psa::Hash;
    ///
    /// assert_eq!(Hash::Sha256.to_raw(), 0x0200_0009);
    /// assert_eq!(Hash::Sha256.len(), 32);
    /// ```
    Hash {
        /// MD5: broken, for old formats only.
        Md5 = PSA_ALG_MD5,
        /// RIPEMD-160.
        Ripemd160 = PSA_ALG_RIPEMD160,
        /// SHA-1: broken, for old formats only.
        Sha1 = PSA_ALG_SHA_1,
        /// SHA-224.
        Sha224 = PSA_ALG_SHA_224,
        /// SHA-256.
        Sha256 = PSA_ALG_SHA_256,
        /// SHA-384.
        Sha384 = PSA_ALG_SHA_384,
        /// SHA-512.
        Sha512 = PSA_ALG_SHA_512,
        /// SHA-512/224.
        Sha512_224 = PSA_ALG_SHA_512_224,
        /// SHA-512/256.
        Sha512_256 = PSA_ALG_SHA_512_256,
        /// SHA3-224.
        Sha3_224 = PSA_ALG_SHA3_224,
        /// SHA3-256.
        Sha3_256 = PSA_ALG_SHA3_256,
        /// SHA3-384.
        Sha3_384 = PSA_ALG_SHA3_384,
        /// SHA3-512.
        Sha3_512 = PSA_ALG_SHA3_512,
    }
}

impl Hash {
    /// The length of the hash in bytes; 0 for a [`Hash::Raw`] that the specification does not know.
    #[must_use]
    #[allow(
        clippy::len_without_is_empty,
        reason = "the length of an output, not of a collection"
    )]
    pub const fn len(self) -> usize {
        raw::PSA_HASH_LENGTH(self.to_raw())
    }

    /// Hashes `input` into the start of `output` and answers that part of it.
    ///
    /// # Errors
    /// [`Error::BufferTooSmall`] when `output` is shorter than [`len`](Self::len), [`Error::NotSupported`] when the
    /// provider does not have the algorithm.
    ///
    /// ```
    /// use psa::Hash;
    ///
    /// psa::init()?;
    /// let mut buffer = [0; 32];
    /// assert_eq!(Hash::Sha256.compute(b"abc", &mut buffer)?[..4], [0xba, 0x78, 0x16, 0xbf]);
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn compute<'b>(self, input: &[u8], output: &'b mut [u8]) -> Result<&'b [u8]> {
        let len = ffi::hash_compute(self.to_raw(), input, output)?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }
}

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
        let hash = match number & raw::PSA_ALG_HASH_MASK {
            0 | raw::PSA_ALG_HASH_MASK => return Self::Raw(number),
            hash => Hash::from_raw(raw::PSA_ALG_CATEGORY_HASH | hash),
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

/// The algorithm that a key's policy permits (PSA Crypto API, "Permitted algorithms").
///
/// ```
/// use psa::{Algorithm, Hash, Sign};
///
/// assert_eq!(Algorithm::ecdsa(Hash::Sha256), Algorithm::Sign(Sign::Ecdsa(Hash::Sha256)));
/// assert_eq!(Algorithm::from(Sign::RsaPkcs1v15Raw).to_raw(), 0x0600_0200);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// None: the key can be stored and exported, no more.
    None,
    /// One signature algorithm with one hash.
    Sign(Sign),
    /// One signature algorithm with any hash.
    SignAnyHash(SignAnyHash),
    /// Any other, by its number.
    Raw(u32),
}

impl Algorithm {
    /// ECDSA with random nonces over this hash.
    #[must_use]
    pub const fn ecdsa(hash: Hash) -> Self {
        Self::Sign(Sign::Ecdsa(hash))
    }

    /// ECDSA with random nonces over any hash.
    ///
    /// ```
    /// assert_eq!(psa::Algorithm::ecdsa_any_hash().to_raw(), 0x0600_06ff);
    /// ```
    #[must_use]
    pub const fn ecdsa_any_hash() -> Self {
        Self::SignAnyHash(SignAnyHash::Ecdsa)
    }

    /// The number in the PSA Crypto API.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        match self {
            Self::None => raw::PSA_ALG_NONE,
            Self::Sign(sign) => sign.to_raw(),
            Self::SignAnyHash(sign) => sign.with(Hash::Raw(raw::PSA_ALG_ANY_HASH)).to_raw(),
            Self::Raw(number) => number,
        }
    }

    /// The algorithm with this number.
    ///
    /// ```
    /// # use psa::{Algorithm, Hash, SignAnyHash};
    /// assert_eq!(Algorithm::from_raw(0x0600_0609), Algorithm::ecdsa(Hash::Sha256));
    /// assert_eq!(Algorithm::from_raw(0x0600_02ff), Algorithm::SignAnyHash(SignAnyHash::RsaPkcs1v15));
    /// ```
    #[must_use]
    pub const fn from_raw(number: u32) -> Self {
        if number == raw::PSA_ALG_NONE {
            return Self::None;
        }
        if !raw::PSA_ALG_IS_SIGN(number) {
            return Self::Raw(number);
        }
        if number & raw::PSA_ALG_HASH_MASK != raw::PSA_ALG_HASH_MASK {
            return match Sign::from_raw(number) {
                Sign::Raw(number) => Self::Raw(number),
                sign => Self::Sign(sign),
            };
        }
        Self::SignAnyHash(if raw::PSA_ALG_IS_RANDOMIZED_ECDSA(number) {
            SignAnyHash::Ecdsa
        } else if raw::PSA_ALG_IS_DETERMINISTIC_ECDSA(number) {
            SignAnyHash::DeterministicEcdsa
        } else if raw::PSA_ALG_IS_RSA_PKCS1V15_SIGN(number) {
            SignAnyHash::RsaPkcs1v15
        } else if raw::PSA_ALG_IS_RSA_PSS_STANDARD_SALT(number) {
            SignAnyHash::RsaPss
        } else if raw::PSA_ALG_IS_RSA_PSS_ANY_SALT(number) {
            SignAnyHash::RsaPssAnySalt
        } else {
            return Self::Raw(number);
        })
    }
}

impl From<Sign> for Algorithm {
    fn from(sign: Sign) -> Self {
        Self::Sign(sign)
    }
}
