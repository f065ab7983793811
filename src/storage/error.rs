//! Why a storage did not do what it was asked.
use core::fmt;

use crate::sys;

/// The result of everything in [`storage`](crate::storage).
pub type Result<T> = core::result::Result<T, Error>;

/// Why a storage did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Error {
    /// The application has named no folder and given no storage.
    NotSet,
    /// There is a storage already.
    AlreadySet,
    /// Nothing is stored under this name.
    DoesNotExist,
    /// The item was stored for good: it can be neither changed nor removed.
    WriteOnce,
    /// The storage has no room.
    Full,
    /// What is stored is not what was written.
    Corrupt,
    /// Reading or writing failed.
    Failed,
    /// The number 0, or an offset beyond the end.
    InvalidArgument,
    /// Flags that the PSA Secure Storage API does not have.
    UnknownFlags,
    /// The key can be read.
    NotDamaged,
    /// Another context is inside the library.
    Busy,
}

impl Error {
    /// The status that the functions of the PSA Secure Storage API answer for it.
    ///
    /// ```
    /// assert_eq!(mbedtls_psa::storage::Error::Corrupt.status(), -152);
    /// ```
    pub const fn status(self) -> i32 {
        match self {
            Self::NotSet | Self::Failed => sys::PSA_ERROR_STORAGE_FAILURE,
            Self::DoesNotExist => sys::PSA_ERROR_DOES_NOT_EXIST,
            Self::WriteOnce | Self::NotDamaged => sys::PSA_ERROR_NOT_PERMITTED,
            Self::Full => sys::PSA_ERROR_INSUFFICIENT_STORAGE,
            Self::Corrupt => sys::PSA_ERROR_DATA_CORRUPT,
            Self::InvalidArgument => sys::PSA_ERROR_INVALID_ARGUMENT,
            Self::UnknownFlags => sys::PSA_ERROR_NOT_SUPPORTED,
            Self::AlreadySet | Self::Busy => sys::PSA_ERROR_BAD_STATE,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSet => "there is no storage: call storage::set_folder or set_storage first",
            Self::AlreadySet => "there is a storage already: set it once, at start",
            Self::DoesNotExist => "nothing is stored under this name",
            Self::WriteOnce => "stored for good: it can be neither changed nor removed",
            Self::Full => "the storage is full: remove something",
            Self::Corrupt => "what is stored is damaged: restore it, or remove and recreate it",
            Self::Failed => {
                "reading or writing the storage failed: check the medium and the rights"
            }
            Self::InvalidArgument => "the number is 0, or the offset lies beyond the end",
            Self::UnknownFlags => "flags that the PSA Secure Storage API does not have",
            Self::NotDamaged => "the key can be read: open and destroy it",
            Self::Busy => "another context is inside the library: try again",
        })
    }
}

impl core::error::Error for Error {}
