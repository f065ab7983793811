//! The versions that the facts speak of.
use core::fmt;

/// A version of Mbed TLS or of TF-M whose codes are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Version {
    /// Mbed TLS 2.16.
    V2_16,
    /// Mbed TLS 2.28.
    V2_28,
    /// Mbed TLS 3.6.
    V3_6,
    /// Mbed TLS 4.0 with TF-PSA-Crypto 1.0.
    V4_0,
    /// Mbed TLS 4.1.
    V4_1,
    /// TF-M 1.3.
    TfM1_3,
    /// TF-M 1.8.
    TfM1_8,
    /// TF-M 2.1.
    TfM2_1,
    /// TF-M 2.3.
    TfM2_3,
}

impl Version {
    /// All of them, in the order of their bits in the tables.
    pub const ALL: [Self; 9] = [
        Self::V2_16,
        Self::V2_28,
        Self::V3_6,
        Self::V4_0,
        Self::V4_1,
        Self::TfM1_3,
        Self::TfM1_8,
        Self::TfM2_1,
        Self::TfM2_3,
    ];

    /// The name of the version: `3.6`, `TF-M 2.1`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V2_16 => "2.16",
            Self::V2_28 => "2.28",
            Self::V3_6 => "3.6",
            Self::V4_0 => "4.0",
            Self::V4_1 => "4.1",
            Self::TfM1_3 => "TF-M 1.3",
            Self::TfM1_8 => "TF-M 1.8",
            Self::TfM2_1 => "TF-M 2.1",
            Self::TfM2_3 => "TF-M 2.3",
        }
    }

    /// The version of Mbed TLS that a person names: `2.16`, `2.28`, `3`, `3.6`, `4.0`, `4.1` and
    /// their patch releases.
    ///
    /// ```
    /// use mbedtls_diag::explain::Version;
    ///
    /// assert_eq!(Version::of_mbedtls("3.6.5"), Some(Version::V3_6));
    /// assert_eq!(Version::of_mbedtls("3.1"), Some(Version::V3_6));
    /// assert_eq!(Version::of_mbedtls("1.3"), None);
    /// ```
    pub fn of_mbedtls(text: &str) -> Option<Self> {
        let mut numbers = text.split('.').map(str::parse::<u8>);
        let major = numbers.next()?.ok()?;
        let minor = numbers.next().map_or(Ok(99), |minor| minor).ok()?;
        // Between the lines with long support, the nearest one of the same major version.
        match (major, minor) {
            (2, 0..=16) => Some(Self::V2_16),
            (2, _) => Some(Self::V2_28),
            (3, _) => Some(Self::V3_6),
            (4, 0) => Some(Self::V4_0),
            (4, _) => Some(Self::V4_1),
            _ => None,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of versions.
///
/// ```
/// use mbedtls_diag::explain::{Version, Versions};
///
/// let versions = Versions::from(Version::V2_28).union(Version::V3_6.into());
/// assert_eq!(versions.to_string(), "2.28, 3.6");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Versions(u16);

impl Versions {
    /// Mbed TLS 2.x.
    pub const V2: Self = Self(0b11);
    /// Mbed TLS 3.x.
    pub const V3: Self = Self(0b100);
    /// Mbed TLS 4.x.
    pub const V4: Self = Self(0b1_1000);
    /// Every version of Mbed TLS.
    pub const MBEDTLS: Self = Self(0b1_1111);

    pub(crate) const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// The versions in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The versions in both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the two sets share a version.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The versions, oldest first, those of TF-M last.
    pub fn iter(self) -> impl Iterator<Item = Version> {
        let all = Version::ALL.into_iter();
        all.filter(move |version| self.meets((*version).into()))
    }
}

impl From<Version> for Versions {
    fn from(version: Version) -> Self {
        Self(1 << version as u16)
    }
}

impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, version) in self.iter().enumerate() {
            let comma = if i == 0 { "" } else { ", " };
            write!(f, "{comma}{version}")?;
        }
        Ok(())
    }
}
