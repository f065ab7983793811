//! Key identifiers.

use tfm_sys as raw;

/// The identifier of a key in its provider (PSA Crypto API, "Key identifiers").
///
/// The application chooses those of persistent keys, with [`user`](Self::user); the provider those of volatile ones.
///
/// ```
/// use psa::{Attributes, Curve, Key, KeyId};
///
/// const DEVICE_KEY: KeyId = KeyId::user(1).unwrap();
/// assert_eq!(KeyId::user(0), None);
/// assert_eq!(KeyId::user(0x4000_0000), None);
///
/// psa::init()?;
/// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
/// let number: u32 = key.id().to_raw();
/// # assert_ne!(number, DEVICE_KEY.to_raw());
/// # Ok::<(), psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(u32);

impl KeyId {
    /// The lowest identifier that an application may choose (`PSA_KEY_ID_USER_MIN`).
    pub const USER_MIN: Self = Self(raw::PSA_KEY_ID_USER_MIN);
    /// The highest identifier that an application may choose (`PSA_KEY_ID_USER_MAX`).
    pub const USER_MAX: Self = Self(raw::PSA_KEY_ID_USER_MAX);

    /// An identifier for a persistent key of the application: 1 to `0x3fff_ffff`.
    #[must_use]
    pub const fn user(number: u32) -> Option<Self> {
        if number >= Self::USER_MIN.0 && number <= Self::USER_MAX.0 {
            Some(Self(number))
        } else {
            None
        }
    }

    /// The identifier with this number, whoever chose it: the provider's own keys have identifiers too.
    ///
    /// ```
    /// # use psa::KeyId;
    /// assert_eq!(KeyId::from_raw(7), KeyId::user(7).unwrap());
    /// ```
    #[must_use]
    pub const fn from_raw(number: u32) -> Self {
        Self(number)
    }

    /// The number that the provider has for the key.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        self.0
    }
}

impl From<KeyId> for u32 {
    fn from(id: KeyId) -> Self {
        id.to_raw()
    }
}
