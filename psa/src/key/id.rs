//! Key identifiers.

/// The identifier of a key in its provider (PSA Crypto API, "Key identifiers").
///
/// ```
/// use psa::{Attributes, Curve, Key};
///
/// psa::init()?;
/// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
/// let number: u32 = key.id().to_raw();
/// # assert_ne!(number, 0);
/// # Ok::<(), psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(u32);

impl KeyId {
    /// The number that the provider has for the key.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        self.0
    }

    pub(crate) const fn from_raw(id: u32) -> Self {
        Self(id)
    }
}
