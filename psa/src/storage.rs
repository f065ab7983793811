//! Storage: where persistent keys are kept, and items of the application (PSA Secure Storage API 1.0).
//!
//! - [`internal`] is internal trusted storage: TF-M's, or this image's own.
#![cfg_attr(
    not(provider = "mbedtls"),
    doc = "- [`protected`] is protected storage, which the provider encrypts if it lies outside of the chip."
)]
#![cfg_attr(
    all(feature = "storage", provider = "mbedtls"),
    doc = "",
    doc = "With the PSA core in this image the application says where that is, once: with [`set_folder`] on a host, and on",
    doc = "bare metal with [`set_storage`]. Persistent keys and the application's items are kept there under separate names:",
    doc = "neither can reach the other. Before that, nothing is kept, and both are refused with",
    doc = "[`Error::NoStorage`](crate::Error::NoStorage)."
)]
#![cfg_attr(
    all(feature = "storage", provider = "mbedtls", target_os = "none"),
    doc = "",
    doc = "[`set_folder`]: set_storage"
)]
//!
//! Items belong to the application alone: it chooses their identifiers, and TF-M keeps those of each client apart.

#[cfg(all(feature = "storage", provider = "mbedtls"))]
mod local;
mod types;

#[cfg(all(feature = "storage", provider = "mbedtls"))]
pub use local::*;
pub use types::{Flags, Info, Uid};

/// Gives a module the four functions that both storages have, and one more for who has memory to allocate.
macro_rules! items {
    ($ffi:path, $prefix:literal) => {
        use super::{Flags, Info, Uid};
        use crate::{Error, Result};
        use $ffi as ffi;

        #[doc = concat!("Stores an item in the place of an older one (`", $prefix, "_set`).")]
        ///
        /// # Errors
        /// [`Error::NotPermitted`] when the item was stored with [`Flags::WRITE_ONCE`], [`Error::NotSupported`] for
        /// flags that the provider does not have, [`Error::InsufficientStorage`], [`Error::StorageFailure`], and
        /// [`Error::NoStorage`] before this image's storage was named.
        pub fn set(uid: Uid, data: &[u8], flags: Flags) -> Result<()> {
            ffi::set(uid.to_raw(), data, flags.to_raw())
        }

        #[doc = concat!("Copies an item's bytes from `offset` on to the start of `buffer`, as many as it holds or there are,")]
        #[doc = concat!("and answers them (`", $prefix, "_get`).")]
        ///
        /// # Errors
        /// [`Error::DoesNotExist`], [`Error::InvalidArgument`] when the item ends before `offset`,
        /// [`Error::DataCorrupt`], [`Error::StorageFailure`], and [`Error::NoStorage`] before this image's storage was
        /// named.
        pub fn get_into(uid: Uid, offset: usize, buffer: &mut [u8]) -> Result<&mut [u8]> {
            let len = ffi::get(uid.to_raw(), offset, buffer)?;
            buffer.get_mut(..len).ok_or(Error::CorruptionDetected)
        }

        #[doc = concat!("Reads a whole item (`", $prefix, "_get`).")]
        ///
        /// # Errors
        /// As [`get_into`].
        #[cfg(feature = "alloc")]
        pub fn get(uid: Uid) -> Result<alloc::vec::Vec<u8>> {
            let mut buffer = alloc::vec![0; info(uid)?.size];
            let len = get_into(uid, 0, &mut buffer)?.len();
            buffer.truncate(len);
            Ok(buffer)
        }

        #[doc = concat!("What is known of an item (`", $prefix, "_get_info`).")]
        ///
        /// # Errors
        /// [`Error::DoesNotExist`], [`Error::DataCorrupt`], [`Error::StorageFailure`], and [`Error::NoStorage`] before
        /// this image's storage was named.
        pub fn info(uid: Uid) -> Result<Info> {
            ffi::info(uid.to_raw())
        }

        #[doc = concat!("Removes an item (`", $prefix, "_remove`).")]
        ///
        /// # Errors
        /// [`Error::DoesNotExist`], [`Error::NotPermitted`] when the item was stored with [`Flags::WRITE_ONCE`],
        /// [`Error::StorageFailure`], and [`Error::NoStorage`] before this image's storage was named.
        pub fn remove(uid: Uid) -> Result<()> {
            ffi::remove(uid.to_raw())
        }
    };
}

pub mod internal {
    //! Internal trusted storage (`psa_its_...`): small items, inside the chip, or in this image's storage.
    //!
    #![cfg_attr(
        all(feature = "storage", provider = "mbedtls", not(target_os = "none")),
        doc = "```",
        doc = "use psa::storage::{Flags, Uid, internal};",
        doc = "use psa::Error;",
        doc = "",
        doc = "# let home = tempfile::tempdir()?;",
        doc = "# let folder = home.path().join(\"keys\");",
        doc = "psa::storage::set_folder(folder)?;",
        doc = "const NETWORK: Uid = Uid::new(1).unwrap();",
        doc = "assert_eq!(internal::info(NETWORK), Err(Error::DoesNotExist));",
        doc = "internal::set(NETWORK, b\"an access point\", Flags::NONE)?;",
        doc = "let mut buffer = [0; 32];",
        doc = "assert_eq!(internal::get_into(NETWORK, 3, &mut buffer)?, b\"access point\");",
        doc = "assert_eq!(internal::info(NETWORK)?.size, 15);",
        doc = "internal::remove(NETWORK)?;",
        doc = "",
        doc = "const SERIAL: Uid = Uid::new(2).unwrap();",
        doc = "internal::set(SERIAL, b\"0001\", Flags::WRITE_ONCE)?;",
        doc = "assert_eq!(internal::remove(SERIAL), Err(Error::NotPermitted));",
        doc = "# Ok::<(), Box<dyn std::error::Error>>(())",
        doc = "```"
    )]
    items!(crate::ffi::storage::internal, "psa_its");
}

#[cfg(not(provider = "mbedtls"))]
pub mod protected {
    //! Protected storage (`psa_ps_...`): larger items, encrypted and protected against replay if they lie outside of the
    //! chip.
    //!
    #![cfg_attr(
        all(feature = "tfm", not(target_os = "none")),
        doc = "```",
        doc = "use psa::storage::{Flags, Uid, protected};",
        doc = "",
        doc = "# use tfm_sys::recorder::{Answer, Recorder, with};",
        doc = "# fn main() -> Result<(), psa::Error> {",
        doc = "# // On a host there is no secure side: it answers what this says.",
        doc = "# let side = std::sync::Arc::new(Recorder::new());",
        doc = "# side.answer(Answer::new(0));",
        doc = "# side.answer(Answer::new(0).output(b\"calibration\"));",
        doc = "# with(side, || {",
        doc = "const CALIBRATION: Uid = Uid::new(7).unwrap();",
        doc = "protected::set(CALIBRATION, b\"a calibration\", Flags::NO_REPLAY_PROTECTION)?;",
        doc = "let mut buffer = [0; 32];",
        doc = "assert_eq!(protected::get_into(CALIBRATION, 2, &mut buffer)?, b\"calibration\");",
        doc = "# Ok(()) })",
        doc = "# }",
        doc = "```"
    )]
    items!(crate::ffi::storage::protected, "psa_ps");

    /// Whether items can be written in parts (`psa_ps_get_support`); TF-M cannot, and this crate has no functions for it.
    #[must_use]
    pub fn supports_set_extended() -> bool {
        ffi::support() & tfm_sys::PSA_STORAGE_SUPPORT_SET_EXTENDED != 0
    }
}
