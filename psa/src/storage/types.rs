//! What items are stored under and with.

use core::num::NonZeroU64;
use core::ops::{BitOr, BitOrAssign};

/// The identifier of an item of the application, which chooses it: any number but 0.
///
/// ```
/// use psa::storage::Uid;
///
/// const NETWORK: Uid = Uid::new(1).unwrap();
/// assert_eq!(Uid::new(0), None);
/// assert_eq!(NETWORK.to_raw(), 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uid(NonZeroU64);

impl Uid {
    /// The identifier with this number, which is not 0.
    #[must_use]
    pub const fn new(number: u64) -> Option<Self> {
        match NonZeroU64::new(number) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// The number.
    #[must_use]
    pub const fn to_raw(self) -> u64 {
        self.0.get()
    }
}

/// How an item is stored.
///
/// ```
/// use psa::storage::Flags;
///
/// let flags = Flags::WRITE_ONCE | Flags::NO_CONFIDENTIALITY;
/// assert!(flags.contains(Flags::WRITE_ONCE));
/// assert_eq!(flags.to_raw(), 3);
/// assert_eq!(Flags::from_raw(3), flags);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags(u32);

impl Flags {
    /// As safe as the provider can.
    pub const NONE: Self = Self(tfm_sys::PSA_STORAGE_FLAG_NONE);
    /// For good: it can be neither changed nor removed.
    pub const WRITE_ONCE: Self = Self(tfm_sys::PSA_STORAGE_FLAG_WRITE_ONCE);
    /// It need not be encrypted.
    pub const NO_CONFIDENTIALITY: Self = Self(tfm_sys::PSA_STORAGE_FLAG_NO_CONFIDENTIALITY);
    /// It need not be protected against somebody who puts an older one in its place.
    pub const NO_REPLAY_PROTECTION: Self = Self(tfm_sys::PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION);

    /// Both, where `|` cannot be used: in constants.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` are set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The flags as the PSA Secure Storage API numbers them.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        self.0
    }

    /// Flags by their number.
    #[must_use]
    pub const fn from_raw(flags: u32) -> Self {
        Self(flags)
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.union(other)
    }
}

impl BitOrAssign for Flags {
    fn bitor_assign(&mut self, other: Self) {
        *self = self.union(other);
    }
}

/// What is known of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// The space set aside for it, in bytes.
    pub capacity: usize,
    /// Its size in bytes.
    pub size: usize,
    /// How it is stored.
    pub flags: Flags,
}
