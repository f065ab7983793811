//! Where persistent keys and items of the application are kept: a folder on a host, the application's own storage on a
//! device. Without either, persistent keys are refused and nothing is written anywhere.
//!
//! Keys and the application's items have separate names ([`Kind`]): neither can reach the other, whatever number it
//! chooses. What is stored is wrapped with its length, its flags and a checksum, so that what a medium damages or cuts off
//! is [`Error::Corrupt`] and never a wrong key. That is against accidents: who may write to the storage may replace what is
//! in it, and who may read it may read the keys. Put the folder on an encrypted disk where that matters.
mod error;
#[cfg(not(target_os = "none"))]
mod folder;
mod sealed;

pub use error::{Error, Result};
#[cfg(not(target_os = "none"))]
pub use folder::FolderError;

use crate::exclusive;
use crate::ffi::its;

/// Whose an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A persistent key of the PSA core; the number is the key's identifier.
    Key,
    /// An item of the application.
    Item,
}

/// What an item is stored under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// Whose it is.
    pub kind: Kind,
    /// The number that its owner gave it, never 0.
    pub uid: u64,
}

/// A storage that keeps bytes under names; on a device the application's, for instance over a file system or a key-value
/// store in flash.
///
/// The library calls it with one call at a time. Whatever it stores is already wrapped with a checksum. It runs inside a
/// call of the library: what it calls of this crate is refused as busy on a device, and waits for ever on a host.
///
/// ```
/// use mbedtls_psa::storage::{Error, Kind, Name, Result, Storage};
/// use std::collections::BTreeMap;
/// use std::sync::Mutex;
///
/// /// Forgets everything when the process ends.
/// struct Memory(Mutex<BTreeMap<Name, Vec<u8>>>);
///
/// impl Storage for Memory {
///     fn read(&self, name: Name, offset: usize, buffer: &mut [u8]) -> Result<usize> {
///         let items = self.0.lock().map_err(|_| Error::Failed)?;
///         let item = items.get(&name).ok_or(Error::DoesNotExist)?;
///         let rest = item.get(offset..).unwrap_or_default();
///         let len = rest.len().min(buffer.len());
///         buffer[..len].copy_from_slice(&rest[..len]);
///         Ok(len)
///     }
///
///     fn write(&self, name: Name, parts: &[&[u8]]) -> Result<()> {
///         let mut items = self.0.lock().map_err(|_| Error::Failed)?;
///         items.insert(name, parts.concat());
///         Ok(())
///     }
///
///     fn remove(&self, name: Name) -> Result<()> {
///         let mut items = self.0.lock().map_err(|_| Error::Failed)?;
///         items.remove(&name).map(drop).ok_or(Error::DoesNotExist)
///     }
/// }
///
/// static MEMORY: Memory = Memory(Mutex::new(BTreeMap::new()));
/// mbedtls_psa::storage::set_storage(&MEMORY)?;
/// mbedtls_psa::storage::set(7, b"seven", 0)?;
/// let mut buffer = [0; 8];
/// assert_eq!(mbedtls_psa::storage::get_into(7, 0, &mut buffer)?, b"seven");
/// let name = Name { kind: Kind::Item, uid: 7 };
/// assert!(MEMORY.read(name, 0, &mut buffer).is_ok());
/// # Ok::<(), Error>(())
/// ```
pub trait Storage: Sync {
    /// Copies the item's bytes from `offset` on to the start of `buffer` and answers how many: as many as the buffer
    /// holds, fewer only where the item ends, none at its end and beyond.
    ///
    /// # Errors
    /// [`Error::DoesNotExist`], or [`Error::Failed`] when the medium fails.
    fn read(&self, name: Name, offset: usize, buffer: &mut [u8]) -> Result<usize>;

    /// Writes the item, which is `parts` one after the other, in the place of an older one. Whatever happens in between,
    /// power lost included, the item is afterwards the old or the new one, or, if there was none, not there.
    ///
    /// # Errors
    /// [`Error::Full`], or [`Error::Failed`] when the medium fails.
    fn write(&self, name: Name, parts: &[&[u8]]) -> Result<()>;

    /// Removes the item.
    ///
    /// # Errors
    /// [`Error::DoesNotExist`], or [`Error::Failed`] when the medium fails.
    fn remove(&self, name: Name) -> Result<()>;
}

/// What is known of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// Its size in bytes.
    pub size: usize,
    /// The flags that it was stored with (`PSA_STORAGE_FLAG_...`).
    pub flags: u32,
}

/// Gives the library its storage, once and for good, before the first persistent key is made or opened.
///
/// On a host [`set_folder`] does it with a storage of this crate.
///
/// # Errors
/// [`Error::AlreadySet`] the second time, and after [`set_folder`].
#[cfg_attr(target_os = "none", doc = "", doc = "[`set_folder`]: Storage")]
pub fn set_storage(storage: &'static dyn Storage) -> Result<()> {
    its::set(storage)
}

/// Names the folder for persistent keys and items, once and for good, before the first persistent key is made or opened.
///
/// A folder that does not exist is made, in one that does; on Unix nobody else may read it (mode 0700, files 0600), and one
/// that is there must be this user's, with nobody else allowed to write to it. This
/// process has it for itself until it ends: keys are kept in memory as well, so that two processes would not see what the
/// other changes. Nothing is ever written outside of it. Remains of a write that was cut off are removed.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let home = tempfile::tempdir()?;
/// let folder = home.path().join("keys");
/// mbedtls_psa::storage::set_folder(&folder)?;
/// mbedtls_psa::storage::set(1, b"an item", 0)?;
/// assert!(folder.join("item-0000000000000001").is_file());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// [`FolderError`] says why the folder is none.
#[cfg(not(target_os = "none"))]
pub fn set_folder(path: impl AsRef<std::path::Path>) -> core::result::Result<(), FolderError> {
    folder::set(path.as_ref())
}

/// Whether the library has a storage.
///
/// ```
/// assert!(!mbedtls_psa::storage::is_set());
/// ```
pub fn is_set() -> bool {
    its::get().is_ok()
}

/// Why the storage failed in the last call of the C library, in this thread; asked once, it is forgotten.
///
/// The library answers statuses of its own, which say less: `PSA_ERROR_ALREADY_EXISTS` where it could not ask whether a key
/// is there, `PSA_ERROR_DATA_INVALID` where it could not write one.
///
/// ```
/// use mbedtls_psa::{storage, sys};
///
/// # let mut attributes: sys::psa_key_attributes_t = unsafe { core::mem::zeroed() };
/// # let mut id = 0;
/// # unsafe {
/// # sys::psa_crypto_init();
/// # sys::psa_set_key_type(&mut attributes, 0x1001);
/// # sys::psa_set_key_bits(&mut attributes, 128);
/// sys::psa_set_key_id(&mut attributes, 1);
/// // The key is persistent, and there is no storage yet.
/// assert_eq!(sys::psa_generate_key(&attributes, &mut id), sys::PSA_ERROR_ALREADY_EXISTS);
/// # }
/// assert_eq!(storage::take_failure(), Some(storage::Error::NotSet));
/// assert_eq!(storage::take_failure(), None);
/// ```
pub fn take_failure() -> Option<Error> {
    its::take_failure()
}

/// Stores an item of the application in the place of an older one.
///
/// `flags` are `PSA_STORAGE_FLAG_...` of the PSA Secure Storage API, of which `WRITE_ONCE` (1) makes the item unchangeable.
///
/// # Errors
/// [`Error::WriteOnce`] when it is unchangeable, [`Error::InvalidArgument`] for the number 0, [`Error::UnknownFlags`],
/// [`Error::Full`], [`Error::Failed`], [`Error::NotSet`] without a storage, [`Error::Busy`] inside another call.
pub fn set(uid: u64, data: &[u8], flags: u32) -> Result<()> {
    entered(|| sealed::set(item(uid), data, flags))
}

/// Copies an item's bytes from `offset` on to the start of `buffer` and answers them.
///
/// # Errors
/// [`Error::DoesNotExist`], [`Error::InvalidArgument`] when the item ends before `offset`, [`Error::Corrupt`],
/// [`Error::Failed`], [`Error::NotSet`] without a storage, [`Error::Busy`] inside another call.
pub fn get_into(uid: u64, offset: usize, buffer: &mut [u8]) -> Result<&mut [u8]> {
    let len = entered(|| sealed::get(item(uid), offset, buffer))?;
    buffer.get_mut(..len).ok_or(Error::Failed)
}

/// What is known of an item.
///
/// # Errors
/// [`Error::DoesNotExist`], [`Error::Corrupt`], [`Error::Failed`], [`Error::NotSet`] without a storage, [`Error::Busy`]
/// inside another call.
pub fn info(uid: u64) -> Result<Info> {
    entered(|| sealed::info(item(uid)))
}

/// Removes an item.
///
/// # Errors
/// [`Error::DoesNotExist`], [`Error::WriteOnce`], [`Error::Failed`], [`Error::NotSet`] without a storage,
/// [`Error::Busy`] inside another call.
pub fn remove(uid: u64) -> Result<()> {
    entered(|| sealed::remove(item(uid)))
}

/// Removes what is left of a key that the medium has damaged, so that its identifier can be used again: the library
/// cannot destroy a key that it cannot read.
///
/// # Errors
/// [`Error::NotDamaged`] when the key can be read: destroy it with its owner. [`Error::DoesNotExist`],
/// [`Error::Failed`], [`Error::NotSet`] without a storage, [`Error::Busy`] inside another call.
pub fn remove_damaged_key(id: u32) -> Result<()> {
    entered(|| sealed::remove_damaged(key(id.into())))
}

/// Runs `call` as a call of the library: on a device no other context is inside then.
fn entered<T>(call: impl FnOnce() -> Result<T>) -> Result<T> {
    exclusive(call).unwrap_or(Err(Error::Busy))
}

const fn item(uid: u64) -> Name {
    let kind = Kind::Item;
    Name { kind, uid }
}

pub(crate) const fn key(uid: u64) -> Name {
    let kind = Kind::Key;
    Name { kind, uid }
}

pub(crate) use sealed::{
    get as get_sealed, info as info_sealed, remove as remove_sealed, set as set_sealed,
};
