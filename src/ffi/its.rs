//! Internal trusted storage: where the PSA core keeps persistent keys.
//!
//! In this package, like the C that calls it, so that every linker finds it.
use core::cell::UnsafeCell;
use core::ffi::c_void;
use core::sync::atomic::{AtomicU8, Ordering};

use crate::storage::{self, Error, Result, Storage};
use crate::sys;

/// A storage that is set once.
struct Given {
    state: AtomicU8,
    storage: UnsafeCell<Option<&'static dyn Storage>>,
}

const UNSET: u8 = 0;
const BEING_SET: u8 = 1;
const SET: u8 = 2;

// SAFETY: the cell is written once, by who moved the state from UNSET to BEING_SET, and read only after the state was seen
// to be SET, which is stored after that (Release, Acquire). The storage itself is `Sync`.
unsafe impl Sync for Given {}

static GIVEN: Given = Given {
    state: AtomicU8::new(UNSET),
    storage: UnsafeCell::new(None),
};

pub(crate) fn set(storage: &'static dyn Storage) -> Result<()> {
    GIVEN
        .state
        .compare_exchange(UNSET, BEING_SET, Ordering::Relaxed, Ordering::Relaxed)
        .map_err(|_| Error::AlreadySet)?;
    // SAFETY: one caller gets here, once, and nobody reads before SET is stored.
    unsafe { *GIVEN.storage.get() = Some(storage) };
    GIVEN.state.store(SET, Ordering::Release);
    Ok(())
}

pub(crate) fn get() -> Result<&'static dyn Storage> {
    if GIVEN.state.load(Ordering::Acquire) != SET {
        return Err(Error::NotSet);
    }
    // SAFETY: SET was seen, so the cell was written before and never is again.
    unsafe { *GIVEN.storage.get() }.ok_or(Error::NotSet)
}

#[cfg(not(target_os = "none"))]
mod turn {
    use super::{Error, Result, Storage, get};
    use std::cell::Cell;
    use std::sync::{Mutex, PoisonError};

    static TURN: Mutex<()> = Mutex::new(());

    std::thread_local!(static FAILURE: Cell<Option<Error>> = const { Cell::new(None) });

    /// Runs `call` while no other thread uses the storage. The C library's mutexes guard some calls and not others.
    pub(crate) fn alone<T>(call: impl FnOnce(&dyn Storage) -> Result<T>) -> Result<T> {
        let storage = get()?;
        // What it guards has no state that a panic could leave half done.
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        call(storage)
    }

    pub(super) fn keep_failure(error: Error) {
        FAILURE.set(Some(error));
    }

    pub(crate) fn take_failure() -> Option<Error> {
        FAILURE.take()
    }
}

#[cfg(target_os = "none")]
mod turn {
    use super::{Error, Result, Storage, get};
    use core::sync::atomic::{AtomicU8, Ordering};

    const NONE: u8 = u8::MAX;
    static FAILURE: AtomicU8 = AtomicU8::new(NONE);

    /// What is worth to be kept, by its index: the rest C answers as it is.
    const KEPT: [Error; 4] = [Error::NotSet, Error::Full, Error::Corrupt, Error::Failed];

    /// Runs `call` with the storage; whoever gets here has the library's lock.
    pub(crate) fn alone<T>(call: impl FnOnce(&dyn Storage) -> Result<T>) -> Result<T> {
        call(get()?)
    }

    pub(super) fn keep_failure(error: Error) {
        if let Some(index) = (0u8..).zip(KEPT).find(|(_, kept)| *kept == error) {
            FAILURE.store(index.0, Ordering::Relaxed);
        }
    }

    pub(crate) fn take_failure() -> Option<Error> {
        let index = FAILURE.swap(NONE, Ordering::Relaxed);
        KEPT.get(usize::from(index)).copied()
    }
}

pub(crate) use turn::{alone, take_failure};

/// Whether this is the identifier of a key that is never stored: volatile and built-in keys have those from
/// `PSA_KEY_ID_VENDOR_MIN` to `PSA_KEY_ID_VENDOR_MAX`. The library asks for one that is gone; no storage need be there to
/// say so.
fn is_never_stored(uid: sys::psa_storage_uid_t) -> bool {
    (0x4000_0000..=0x7fff_ffff).contains(&uid)
}

/// The status for C, and the reason kept for who asks afterwards.
fn answer(result: Result<()>) -> i32 {
    let Err(error) = result else {
        return 0;
    };
    if error != Error::DoesNotExist {
        turn::keep_failure(error);
    }
    error.status()
}

/// # Safety
/// `p_data` is readable for `data_length` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn psa_its_set(
    uid: sys::psa_storage_uid_t,
    data_length: usize,
    p_data: *const c_void,
    create_flags: sys::psa_storage_create_flags_t,
) -> i32 {
    let data = if data_length == 0 {
        &[]
    } else if p_data.is_null() {
        return sys::PSA_ERROR_INVALID_ARGUMENT;
    } else {
        // SAFETY: the caller's promise; C does not change it during the call.
        unsafe { core::slice::from_raw_parts(p_data.cast::<u8>(), data_length) }
    };
    answer(storage::set_sealed(storage::key(uid), data, create_flags))
}

/// # Safety
/// `p_data` is writable for `data_size` bytes, and `p_data_length` for a length.
#[unsafe(no_mangle)]
unsafe extern "C" fn psa_its_get(
    uid: sys::psa_storage_uid_t,
    data_offset: usize,
    data_size: usize,
    p_data: *mut c_void,
    p_data_length: *mut usize,
) -> i32 {
    if p_data_length.is_null() || (p_data.is_null() && data_size != 0) {
        return sys::PSA_ERROR_INVALID_ARGUMENT;
    }
    if is_never_stored(uid) {
        return sys::PSA_ERROR_DOES_NOT_EXIST;
    }
    let data: &mut [u8] = if data_size == 0 {
        &mut []
    } else {
        // SAFETY: the caller's promise; written first, because a slice has no uninitialised bytes. C does not touch it
        // during the call.
        unsafe {
            p_data.write_bytes(0, data_size);
            core::slice::from_raw_parts_mut(p_data.cast::<u8>(), data_size)
        }
    };
    let read = storage::get_sealed(storage::key(uid), data_offset, data);
    // Mbed TLS compares the length before it looks at the status, and calls what could not be read invalid.
    let length = *read.as_ref().unwrap_or(&data_size);
    // SAFETY: the caller's promise.
    unsafe { p_data_length.write(length) };
    answer(read.map(drop))
}

/// # Safety
/// `p_info` is writable.
#[unsafe(no_mangle)]
unsafe extern "C" fn psa_its_get_info(
    uid: sys::psa_storage_uid_t,
    p_info: *mut sys::psa_storage_info_t,
) -> i32 {
    if p_info.is_null() {
        return sys::PSA_ERROR_INVALID_ARGUMENT;
    }
    if is_never_stored(uid) {
        return sys::PSA_ERROR_DOES_NOT_EXIST;
    }
    answer(storage::info_sealed(storage::key(uid)).map(|info| {
        let info = sys::psa_storage_info_t {
            capacity: info.size,
            size: info.size,
            flags: info.flags,
        };
        // SAFETY: the caller's promise.
        unsafe { p_info.write(info) };
    }))
}

#[unsafe(no_mangle)]
extern "C" fn psa_its_remove(uid: sys::psa_storage_uid_t) -> i32 {
    if is_never_stored(uid) {
        return sys::PSA_ERROR_DOES_NOT_EXIST;
    }
    answer(storage::remove_sealed(storage::key(uid)))
}
