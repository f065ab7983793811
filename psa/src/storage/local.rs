//! Storage in this image: a folder on a host, what the application gives on a device.

use crate::key::public::ending;
use crate::{Error, KeyId, Result};
use mbedtls_psa::storage as below;
pub use mbedtls_psa::storage::{Error as StorageError, Kind, Name, Storage, set_storage};
#[cfg(not(target_os = "none"))]
pub use mbedtls_psa::storage::{FolderError, set_folder};

/// Removes what is left of a key that the medium has damaged, so that its identifier can be used again.
///
/// Such a key can neither be opened nor destroyed.
///
/// # Errors
/// [`Error::NotPermitted`] when the key is whole, [`Error::DoesNotExist`], [`Error::StorageFailure`],
/// [`Error::NoStorage`].
///
/// ```
/// use psa::{Attributes, Curve, Error, Key, KeyId};
///
/// # let home = tempfile::tempdir()?;
/// # let folder = home.path().join("keys");
/// psa::storage::set_folder(&folder)?;
/// psa::init()?;
/// const DEVICE_KEY: KeyId = KeyId::user(1).unwrap();
/// let attributes = Attributes::ecc_key_pair(Curve::P256).persistent(DEVICE_KEY);
/// let key = Key::generate(attributes)?;
/// assert_eq!(psa::storage::remove_damaged_key(DEVICE_KEY), Err(Error::NotPermitted));
///
/// // The medium fails.
/// key.purge()?;
/// std::fs::write(folder.join("key-0000000000000001"), "ruins")?;
/// assert_eq!(Key::open(DEVICE_KEY).err(), Some(Error::DataCorrupt));
/// psa::storage::remove_damaged_key(DEVICE_KEY)?;
/// Key::generate(attributes)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn remove_damaged_key(key: KeyId) -> Result<()> {
    Ok(ending(key.to_raw(), || {
        below::remove_damaged_key(key.to_raw())
    })?)
}

impl From<below::Error> for Error {
    fn from(error: below::Error) -> Self {
        match error {
            below::Error::NotSet => Self::NoStorage,
            below::Error::Busy => Self::Busy,
            other => Self::from_status(other.status()),
        }
    }
}
