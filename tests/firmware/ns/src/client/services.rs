//! The platform service, and calls that no function of the client would make.

use super::{check, first};
use core::ptr;
use psa::{Error, Result};
#[allow(
    clippy::wildcard_imports,
    reason = "the functions that are called below"
)]
use tfm_sys::*;

/// The value of a counter that only counts up.
///
/// # Errors
/// [`Error::ServiceFailure`] for whatever the platform service answers.
pub fn read_counter(counter: u32) -> Result<u32> {
    let mut value = [0; 4];
    // SAFETY: pointer and length describe the value.
    let result = unsafe { tfm_platform_nv_counter_read(counter, 4, value.as_mut_ptr()) };
    (result == TFM_PLATFORM_ERR_SUCCESS)
        .then_some(u32::from_le_bytes(value))
        .ok_or(Error::ServiceFailure)
}

/// Counts a counter up by one.
///
/// # Errors
/// [`Error::ServiceFailure`] for whatever the platform service answers.
pub fn increment_counter(counter: u32) -> Result<()> {
    // SAFETY: it takes no pointer.
    let result = unsafe { tfm_platform_nv_counter_increment(counter) };
    (result == TFM_PLATFORM_ERR_SUCCESS)
        .then_some(())
        .ok_or(Error::ServiceFailure)
}

/// `psa_export_key`, and then `psa_destroy_key`: of a key that no `psa::Key` owns.
///
/// # Errors
/// What the secure side answers.
pub fn export_and_destroy(key: u32, buffer: &mut [u8]) -> Result<&[u8]> {
    let mut length = 0;
    // SAFETY: pointer and length describe the slice; `length` lives through the call.
    let exported =
        check(unsafe { psa_export_key(key, buffer.as_mut_ptr(), buffer.len(), &raw mut length) });
    // SAFETY: it takes no pointer.
    exported.and(check(unsafe { psa_destroy_key(key) }))?;
    first(buffer, length)
}

/// `psa_connect`
///
/// # Errors
/// What the secure side answers.
pub fn connect(sid: u32) -> Result<()> {
    // SAFETY: it takes numbers.
    check(unsafe { psa_connect(sid, 1) })
}

/// `psa_call` with these vectors, however hostile: addresses as numbers, so that no Rust object is meant by accident.
///
/// # Errors
/// What the secure side answers.
pub fn call(
    service: psa_handle_t,
    call_type: i32,
    (inputs, input_count): (usize, usize),
    (outputs, output_count): (usize, usize),
) -> Result<()> {
    // SAFETY: what the numbers name is either an array that the caller keeps, or nothing that the secure side may touch:
    // that it does not is what the caller tests.
    check(unsafe {
        psa_call(
            service,
            call_type,
            ptr::with_exposed_provenance::<psa_invec>(inputs),
            input_count,
            ptr::with_exposed_provenance_mut::<psa_outvec>(outputs),
            output_count,
        )
    })
}

/// `psa_purge_key` as C code calls it: the symbol, not the Rust function. Its status.
pub fn purge_by_c_symbol(key: u32) -> i32 {
    unsafe extern "C" {
        /// The client's C symbol.
        safe fn psa_purge_key(key: u32) -> i32;
    }
    psa_purge_key(key)
}
