//! Permitted uses.

use core::ops::{BitOr, BitOrAssign};
use tfm_sys as raw;

/// What a key's policy permits (PSA Crypto API, "Key usage flags").
///
/// ```
/// use psa::Usage;
///
/// let usage = Usage::SIGN | Usage::EXPORT;
/// assert!(usage.contains(Usage::SIGN_HASH));
/// assert!(!usage.contains(Usage::VERIFY));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Usage(u32);

impl Usage {
    /// Nothing: the public half can still be read.
    pub const NONE: Self = Self(0);
    /// The private or secret key may leave the provider.
    pub const EXPORT: Self = Self(raw::PSA_KEY_USAGE_EXPORT);
    /// The key may be copied.
    pub const COPY: Self = Self(raw::PSA_KEY_USAGE_COPY);
    /// Encrypt.
    pub const ENCRYPT: Self = Self(raw::PSA_KEY_USAGE_ENCRYPT);
    /// Decrypt.
    pub const DECRYPT: Self = Self(raw::PSA_KEY_USAGE_DECRYPT);
    /// Sign messages, or compute their MAC.
    pub const SIGN_MESSAGE: Self = Self(raw::PSA_KEY_USAGE_SIGN_MESSAGE);
    /// Verify the signature or MAC of messages.
    pub const VERIFY_MESSAGE: Self = Self(raw::PSA_KEY_USAGE_VERIFY_MESSAGE);
    /// Sign hashes; brings [`SIGN_MESSAGE`](Self::SIGN_MESSAGE) with it.
    pub const SIGN_HASH: Self = Self(raw::PSA_KEY_USAGE_SIGN_HASH);
    /// Verify signatures of hashes; brings [`VERIFY_MESSAGE`](Self::VERIFY_MESSAGE) with it.
    pub const VERIFY_HASH: Self = Self(raw::PSA_KEY_USAGE_VERIFY_HASH);
    /// Derive keys, or agree on them.
    pub const DERIVE: Self = Self(raw::PSA_KEY_USAGE_DERIVE);
    /// Verify the output of a derivation.
    pub const VERIFY_DERIVATION: Self = Self(raw::PSA_KEY_USAGE_VERIFY_DERIVATION);
    /// Sign messages and hashes.
    pub const SIGN: Self = Self::SIGN_HASH.union(Self::SIGN_MESSAGE);
    /// Verify messages and hashes.
    pub const VERIFY: Self = Self::VERIFY_HASH.union(Self::VERIFY_MESSAGE);

    /// Both, where `|` cannot be used: in constants.
    ///
    /// ```
    /// # use psa::Usage;
    /// const USAGE: Usage = Usage::SIGN.union(Usage::VERIFY);
    /// assert_eq!(USAGE, Usage::SIGN | Usage::VERIFY);
    /// ```
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether everything in `other` is permitted.
    ///
    /// ```
    /// # use psa::Usage;
    /// assert!(Usage::SIGN.contains(Usage::SIGN_MESSAGE));
    /// ```
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The flags as the PSA Crypto API numbers them.
    ///
    /// ```
    /// assert_eq!(psa::Usage::EXPORT.to_raw(), 1);
    /// ```
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        self.0
    }

    /// Flags by their number, vendors' included.
    ///
    /// ```
    /// assert_eq!(psa::Usage::from_raw(3), psa::Usage::EXPORT | psa::Usage::COPY);
    /// ```
    #[must_use]
    pub const fn from_raw(flags: u32) -> Self {
        Self(flags)
    }

    /// The specification's implied flags added: whoever may sign a hash may sign a message.
    pub(crate) const fn extended(self) -> Self {
        let mut flags = self;
        if flags.contains(Self::SIGN_HASH) {
            flags = flags.union(Self::SIGN_MESSAGE);
        }
        if flags.contains(Self::VERIFY_HASH) {
            flags = flags.union(Self::VERIFY_MESSAGE);
        }
        flags
    }
}

impl BitOr for Usage {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.union(other)
    }
}

impl BitOrAssign for Usage {
    fn bitor_assign(&mut self, other: Self) {
        *self = self.union(other);
    }
}
