//! How long a key lives, and where.

use tfm_sys as raw;

/// How long a key lives, and where it is kept (PSA Crypto API, "Key lifetimes").
///
/// ```
/// use psa::{Lifetime, Location, Persistence};
///
/// assert!(Lifetime::VOLATILE.is_volatile());
/// const IN_THE_CHIP: Lifetime = Lifetime::new(Persistence::Default, Location::PrimarySecureElement);
/// assert_eq!(IN_THE_CHIP.to_raw(), 0x0000_0101);
/// assert_eq!(IN_THE_CHIP.location(), Location::PrimarySecureElement);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Lifetime(u32);

impl Lifetime {
    /// Until it is destroyed or the device restarts, with no protection of its own.
    pub const VOLATILE: Self = Self(raw::PSA_KEY_LIFETIME_VOLATILE);
    /// Until it is destroyed, with no protection of its own.
    pub const PERSISTENT: Self = Self(raw::PSA_KEY_LIFETIME_PERSISTENT);

    /// A lifetime of this persistence at this location.
    #[must_use]
    pub const fn new(persistence: Persistence, location: Location) -> Self {
        Self(raw::PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
            persistence.to_raw(),
            location.to_raw(),
        ))
    }

    /// How long.
    ///
    /// ```
    /// # use psa::{Lifetime, Persistence};
    /// assert_eq!(Lifetime::PERSISTENT.persistence(), Persistence::Default);
    /// ```
    #[must_use]
    pub const fn persistence(self) -> Persistence {
        Persistence::from_raw(raw::PSA_KEY_LIFETIME_GET_PERSISTENCE(self.0))
    }

    /// Where.
    #[must_use]
    pub const fn location(self) -> Location {
        Location::from_raw(raw::PSA_KEY_LIFETIME_GET_LOCATION(self.0))
    }

    /// Whether the key is gone after a restart.
    #[must_use]
    pub const fn is_volatile(self) -> bool {
        raw::PSA_KEY_LIFETIME_IS_VOLATILE(self.0)
    }

    /// The number in the PSA Crypto API.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        self.0
    }

    /// The lifetime with this number, vendors' included.
    ///
    /// ```
    /// assert_eq!(psa::Lifetime::from_raw(1), psa::Lifetime::PERSISTENT);
    /// ```
    #[must_use]
    pub const fn from_raw(number: u32) -> Self {
        Self(number)
    }
}

/// How long a key lives.
///
/// ```
/// assert_eq!(psa::Persistence::from_raw(0xff), psa::Persistence::ReadOnly);
/// assert_eq!(psa::Persistence::Raw(7).to_raw(), 7);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Persistence {
    /// Until the device restarts.
    Volatile,
    /// Until the application destroys it.
    Default,
    /// For good: it cannot be destroyed.
    ReadOnly,
    /// Any other, by its number.
    Raw(u8),
}

impl Persistence {
    /// The number in the PSA Crypto API.
    #[must_use]
    pub const fn to_raw(self) -> u8 {
        match self {
            Self::Volatile => raw::PSA_KEY_PERSISTENCE_VOLATILE,
            Self::Default => raw::PSA_KEY_PERSISTENCE_DEFAULT,
            Self::ReadOnly => raw::PSA_KEY_PERSISTENCE_READ_ONLY,
            Self::Raw(number) => number,
        }
    }

    /// The persistence with this number.
    #[must_use]
    pub const fn from_raw(number: u8) -> Self {
        match number {
            raw::PSA_KEY_PERSISTENCE_VOLATILE => Self::Volatile,
            raw::PSA_KEY_PERSISTENCE_DEFAULT => Self::Default,
            raw::PSA_KEY_PERSISTENCE_READ_ONLY => Self::ReadOnly,
            number => Self::Raw(number),
        }
    }
}

/// Where a key is kept.
///
/// ```
/// assert_eq!(psa::Location::from_raw(0), psa::Location::LocalStorage);
/// assert_eq!(psa::Location::Raw(0x80_0001).to_raw(), 0x80_0001);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Location {
    /// In the provider's own memory and storage.
    LocalStorage,
    /// In the secure element of the device.
    PrimarySecureElement,
    /// Any other, by its number of 24 bits; vendors' locations have bit 23 set.
    Raw(u32),
}

impl Location {
    const PRIMARY_SECURE_ELEMENT: u32 = 1;

    /// The number in the PSA Crypto API.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        match self {
            Self::LocalStorage => raw::PSA_KEY_LOCATION_LOCAL_STORAGE,
            Self::PrimarySecureElement => Self::PRIMARY_SECURE_ELEMENT,
            Self::Raw(number) => number,
        }
    }

    /// The location with this number.
    #[must_use]
    pub const fn from_raw(number: u32) -> Self {
        match number {
            raw::PSA_KEY_LOCATION_LOCAL_STORAGE => Self::LocalStorage,
            Self::PRIMARY_SECURE_ELEMENT => Self::PrimarySecureElement,
            number => Self::Raw(number),
        }
    }
}
