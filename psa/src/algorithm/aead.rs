//! Authenticated encryption with associated data.

use super::TagLength;
use tfm_sys as raw;

/// An authenticated cipher, whatever the length of its tag.
///
/// ```
/// use psa::{Aead, AeadKind, TagLength};
///
/// let eight = TagLength::new(8).unwrap();
/// assert_eq!(Aead::Ccm.with_tag_length(eight), Aead::Shortened(AeadKind::Ccm, eight));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AeadKind {
    /// Counter mode with CBC-MAC.
    Ccm,
    /// Galois/counter mode.
    Gcm,
    /// `ChaCha20` with Poly1305.
    ChaCha20Poly1305,
}

impl AeadKind {
    pub(super) const fn to_raw(self) -> u32 {
        match self {
            Self::Ccm => raw::PSA_ALG_CCM,
            Self::Gcm => raw::PSA_ALG_GCM,
            Self::ChaCha20Poly1305 => raw::PSA_ALG_CHACHA20_POLY1305,
        }
    }

    /// The kind of a cipher whose tag has any length.
    pub(super) const fn of(number: u32) -> Option<Self> {
        match raw::PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(number) {
            raw::PSA_ALG_CCM => Some(Self::Ccm),
            raw::PSA_ALG_GCM => Some(Self::Gcm),
            raw::PSA_ALG_CHACHA20_POLY1305 => Some(Self::ChaCha20Poly1305),
            _ => None,
        }
    }
}

/// Authenticated encryption (PSA Crypto API, "Authenticated encryption with associated data").
///
/// ```
/// use psa::{Aead, TagLength};
///
/// assert_eq!(Aead::Gcm.to_raw(), 0x0550_0200);
/// assert_eq!(Aead::from_raw(0x0550_0100), Aead::Ccm);
///
/// const EIGHT: TagLength = TagLength::new(8).unwrap();
/// assert_eq!(Aead::Ccm.with_tag_length(EIGHT).to_raw(), 0x0548_0100);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Aead {
    /// Counter mode with CBC-MAC and a tag of 16 bytes.
    Ccm,
    /// Galois/counter mode with a tag of 16 bytes.
    Gcm,
    /// `ChaCha20` with Poly1305 and a tag of 16 bytes.
    ChaCha20Poly1305,
    /// A tag of another length.
    Shortened(AeadKind, TagLength),
    /// Any other, by its number.
    Raw(u32),
}

impl Aead {
    /// The number in the PSA Crypto API.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        match self {
            Self::Ccm => raw::PSA_ALG_CCM,
            Self::Gcm => raw::PSA_ALG_GCM,
            Self::ChaCha20Poly1305 => raw::PSA_ALG_CHACHA20_POLY1305,
            Self::Shortened(kind, length) => {
                raw::PSA_ALG_AEAD_WITH_SHORTENED_TAG(kind.to_raw(), length.bytes())
            }
            Self::Raw(number) => number,
        }
    }

    /// The authenticated cipher with this number.
    #[must_use]
    pub const fn from_raw(number: u32) -> Self {
        match number {
            raw::PSA_ALG_CCM => return Self::Ccm,
            raw::PSA_ALG_GCM => return Self::Gcm,
            raw::PSA_ALG_CHACHA20_POLY1305 => return Self::ChaCha20Poly1305,
            _ => {}
        }
        if number & raw::PSA_ALG_AEAD_AT_LEAST_THIS_LENGTH_FLAG != 0 {
            return Self::Raw(number);
        }
        let length = TagLength::new(raw::PSA_ALG_AEAD_GET_TAG_LENGTH(number));
        match (AeadKind::of(number), length) {
            (Some(kind), Some(length)) => Self::Shortened(kind, length),
            _ => Self::Raw(number),
        }
    }

    /// The same cipher with a tag of this length.
    #[must_use]
    pub const fn with_tag_length(self, length: TagLength) -> Self {
        Self::from_raw(raw::PSA_ALG_AEAD_WITH_SHORTENED_TAG(
            self.to_raw(),
            length.bytes(),
        ))
    }
}
