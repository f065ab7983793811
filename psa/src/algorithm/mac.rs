//! Message authentication codes.

use super::{Hash, TagLength};
use tfm_sys as raw;

/// A MAC in its full length.
///
/// ```
/// use psa::{Hash, Mac, MacKind, TagLength};
///
/// let eight = TagLength::new(8).unwrap();
/// assert_eq!(Mac::Cmac.truncated(eight), Mac::Truncated(MacKind::Cmac, eight));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MacKind {
    /// HMAC with this hash.
    Hmac(Hash),
    /// CBC-MAC; only for messages of one fixed length.
    CbcMac,
    /// CMAC.
    Cmac,
}

impl MacKind {
    pub(super) const fn to_raw(self) -> u32 {
        match self {
            Self::Hmac(hash) => raw::PSA_ALG_HMAC(hash.to_raw()),
            Self::CbcMac => raw::PSA_ALG_CBC_MAC,
            Self::Cmac => raw::PSA_ALG_CMAC,
        }
    }

    /// The kind of a MAC whose length bits are clear.
    pub(super) const fn from_full(number: u32) -> Option<Self> {
        match number {
            raw::PSA_ALG_CBC_MAC => return Some(Self::CbcMac),
            raw::PSA_ALG_CMAC => return Some(Self::Cmac),
            _ => {}
        }
        let hash = Hash::from_raw(raw::PSA_ALG_HMAC_GET_HASH(number));
        let kind = Self::Hmac(hash);
        if number & raw::PSA_ALG_HASH_MASK != 0 && kind.to_raw() == number {
            Some(kind)
        } else {
            None
        }
    }
}

/// A message authentication code (PSA Crypto API, "Message authentication codes").
///
/// ```
/// use psa::{Hash, Mac, TagLength};
///
/// assert_eq!(Mac::Hmac(Hash::Sha256).to_raw(), 0x0380_0009);
/// assert_eq!(Mac::from_raw(0x03c0_0200), Mac::Cmac);
///
/// const SIXTEEN: TagLength = TagLength::new(16).unwrap();
/// assert_eq!(Mac::Hmac(Hash::Sha256).truncated(SIXTEEN).to_raw(), 0x0390_0009);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mac {
    /// HMAC with this hash.
    Hmac(Hash),
    /// CBC-MAC; only for messages of one fixed length.
    CbcMac,
    /// CMAC.
    Cmac,
    /// The first bytes of a MAC.
    Truncated(MacKind, TagLength),
    /// Any other, by its number.
    Raw(u32),
}

impl Mac {
    /// The number in the PSA Crypto API.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        match self {
            Self::Hmac(hash) => MacKind::Hmac(hash).to_raw(),
            Self::CbcMac => MacKind::CbcMac.to_raw(),
            Self::Cmac => MacKind::Cmac.to_raw(),
            Self::Truncated(kind, length) => {
                raw::PSA_ALG_TRUNCATED_MAC(kind.to_raw(), length.bytes())
            }
            Self::Raw(number) => number,
        }
    }

    /// The MAC with this number.
    #[must_use]
    pub const fn from_raw(number: u32) -> Self {
        if number & raw::PSA_ALG_MAC_AT_LEAST_THIS_LENGTH_FLAG != 0 {
            return Self::Raw(number);
        }
        let Some(kind) = MacKind::from_full(raw::PSA_ALG_FULL_LENGTH_MAC(number)) else {
            return Self::Raw(number);
        };
        match TagLength::new(raw::PSA_MAC_TRUNCATED_LENGTH(number)) {
            Some(length) => Self::Truncated(kind, length),
            None => Self::full(kind),
        }
    }

    /// The same MAC, of which only the first bytes are used.
    #[must_use]
    pub const fn truncated(self, length: TagLength) -> Self {
        Self::from_raw(raw::PSA_ALG_TRUNCATED_MAC(self.to_raw(), length.bytes()))
    }

    const fn full(kind: MacKind) -> Self {
        match kind {
            MacKind::Hmac(hash) => Self::Hmac(hash),
            MacKind::CbcMac => Self::CbcMac,
            MacKind::Cmac => Self::Cmac,
        }
    }
}
