//! What every call of the library needs.
use core::ffi::{c_int, c_uchar, c_void};

use crate::error::{Error, Result};
use crate::ffi::lock;
use crate::sys;

/// Proof that this context may call the library.
pub(crate) struct Entered {
    /// Given back when this is dropped.
    _lock: lock::Guard,
}

/// Takes the library for this context and initialises the PSA core, which does nothing the second time.
///
/// # Errors
/// The status of `psa_crypto_init`: -148 without a random source. Without threads, -137 while another context is inside.
pub(crate) fn enter() -> Result<Entered> {
    let lock = lock::take().map_err(|lock::Busy| Error::from_code(sys::PSA_ERROR_BAD_STATE))?;
    // SAFETY: takes no arguments, may be called any number of times, and no other context is inside the library unless
    // its own mutexes guard it.
    check(unsafe { sys::psa_crypto_init() })?;
    Ok(Entered { _lock: lock })
}

/// A C result that is 0 or an error.
pub(crate) fn check(result: c_int) -> Result<()> {
    if result == 0 {
        Ok(())
    } else {
        Err(Error::from_code(result))
    }
}

/// A C result that is a length or an error; a length beyond the buffer is an error, too.
pub(crate) fn check_len(result: c_int, size: usize) -> Result<usize> {
    match usize::try_from(result) {
        Ok(len) => bounded(len, size),
        Err(_) => Err(Error::from_code(result)),
    }
}

/// A length that C reported, which must lie within the buffer.
pub(crate) fn bounded(len: usize, size: usize) -> Result<usize> {
    if len <= size {
        Ok(len)
    } else {
        Err(Error::from_code(sys::MBEDTLS_ERR_ERROR_CORRUPTION_DETECTED))
    }
}

/// Fills a buffer from the random source of the PSA core.
pub(crate) fn fill_random(buffer: &mut [u8]) -> Result<()> {
    let _entered = enter()?;
    // SAFETY: a buffer that is writable for its length.
    check(unsafe { sys::psa_generate_random(buffer.as_mut_ptr(), buffer.len()) })
}

/// The random source that every C function gets: that of the PSA core.
pub(crate) const RNG: sys::mbedtls_f_rng_t = Some(random);

unsafe extern "C" fn random(_state: *mut c_void, output: *mut c_uchar, len: usize) -> c_int {
    // SAFETY: the library calls this with `len` writable bytes at `output`, from inside a call that entered.
    match unsafe { sys::psa_generate_random(output, len) } {
        0 => 0,
        _ => sys::MBEDTLS_ERR_ENTROPY_SOURCE_FAILED,
    }
}
