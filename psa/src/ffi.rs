//! The one module with `unsafe`: calls of the PSA Crypto API, each with slices instead of pointers.
//!
//! The provider is chosen here and nowhere else.
#![allow(unsafe_code)]

#[cfg(operations = "structs")]
mod abandoned;
pub(crate) mod aead;
pub(crate) mod agreement;
#[cfg(any(feature = "tfm", zephyr))]
pub(crate) mod attestation;
pub(crate) mod cipher;
pub(crate) mod derivation;
pub(crate) mod encryption;
pub(crate) mod hash;
pub(crate) mod interruptible;
pub(crate) mod key;
pub(crate) mod mac;
pub(crate) mod operation;
pub(crate) mod pake;
pub(crate) mod random;
pub(crate) mod sign;
#[cfg(any(feature = "storage", not(provider = "mbedtls")))]
pub(crate) mod storage;
pub(crate) mod text;

#[cfg(provider = "mbedtls")]
use mbedtls_psa::sys as c;
#[cfg(not(provider = "mbedtls"))]
use tfm_sys as c;

use crate::{Attributes, Error, Result};
use zeroize::Zeroize;

/// Makes one call of the API and turns its status into a result.
///
/// Mbed TLS without threads, which is the one on bare metal, must not be entered twice: a second context gets
/// [`Error::Busy`]. The lock is the one of the crate below, whose keys and certificates share that library; a call never
/// comes back to either crate. With threads the library has mutexes of its own, and so has TF-M's client. In an environment
/// the rules are that one's: `tfm_sys::within` knows them.
#[inline]
fn check(call: impl FnOnce() -> i32) -> Result<()> {
    #[cfg(provider = "mbedtls")]
    let status =
        mbedtls_psa::exclusive(|| entered(call)).map_err(|mbedtls_psa::Busy| Error::Busy)?;
    #[cfg(provider = "tfm")]
    let status = call();
    #[cfg(provider = "environment")]
    let status = tfm_sys::within(|| entered(call)).unwrap_or_else(|refused| refused);
    succeeded(status)
}

/// Makes one call that writes to what no mutex of the provider guards. In Mbed TLS nobody else is inside meanwhile. What an
/// environment brings is its own to guard against other calls; against another of these, which is [`Error::Busy`], it is
/// guarded here.
fn check_alone(call: impl FnOnce() -> i32) -> Result<()> {
    #[cfg(provider = "mbedtls")]
    return succeeded(
        mbedtls_psa::alone(|| entered(call)).map_err(|mbedtls_psa::Busy| Error::Busy)?,
    );
    #[cfg(not(provider = "mbedtls"))]
    check(|| {
        use core::sync::atomic::{AtomicBool, Ordering};
        static TAKEN: AtomicBool = AtomicBool::new(false);
        if TAKEN.swap(true, Ordering::Acquire) {
            return tfm_sys::STATUS_BUSY;
        }
        let status = call();
        TAKEN.store(false, Ordering::Release);
        status
    })
}

/// The call, after what was left for it.
#[cfg(not(provider = "tfm"))]
#[inline]
fn entered(call: impl FnOnce() -> i32) -> i32 {
    // SAFETY: this is called with the lock, so nobody else is inside unless the library has threads, and then every thread
    // may end what another has left.
    #[cfg(operations = "structs")]
    unsafe {
        abandoned::end_all();
    };
    call()
}

#[inline]
const fn succeeded(status: i32) -> Result<()> {
    if status == 0 {
        Ok(())
    } else {
        Err(Error::from_status(status))
    }
}

/// A length that C reports, which is never more than there is room for.
#[inline]
const fn confirmed(len: usize, output: &[u8]) -> Result<usize> {
    if len <= output.len() {
        Ok(len)
    } else {
        Err(Error::CorruptionDetected)
    }
}

/// Makes one call that may reach persistent storage.
///
/// Where that is this image's, it knows better than the status why it failed: Mbed TLS answers that a key exists when it
/// could not find out, and that data is invalid when it could not write them.
fn check_stored(call: impl FnOnce() -> i32) -> Result<()> {
    #[cfg(all(feature = "storage", provider = "mbedtls"))]
    {
        let mut failure = None;
        let answer = check(|| {
            let _ = mbedtls_psa::storage::take_failure();
            let status = call();
            failure = mbedtls_psa::storage::take_failure();
            status
        });
        answer.map_err(|error| failure.map_or(error, Error::from))
    }
    #[cfg(not(all(feature = "storage", provider = "mbedtls")))]
    check(call)
}

/// Makes one call that writes at most the whole of `output` and says how much it wrote: pointer, size, pointer to the
/// length. The answer is never more than there is room for.
#[inline]
fn written(
    output: &mut [u8],
    call: impl FnOnce(*mut u8, usize, *mut usize) -> i32,
) -> Result<usize> {
    let mut len = 0;
    check(|| call(output.as_mut_ptr(), output.len(), &raw mut len))?;
    confirmed(len, output)
}

/// Leaves nothing in `output` when `write` fails: no plaintext that was not authenticated or whose padding is wrong,
/// whatever a provider wrote before it failed.
#[inline]
fn wiped_on_failure(
    output: &mut [u8],
    write: impl FnOnce(&mut [u8]) -> Result<usize>,
) -> Result<usize> {
    let answer = write(output);
    if answer.is_err() {
        output.zeroize();
    }
    answer
}

/// Makes one call that answers the identifier of a new key: pointer to the attributes, pointer to the identifier.
#[inline]
fn new_key(
    attributes: &Attributes,
    call: impl FnOnce(*const c::psa_key_attributes_t, *mut u32) -> i32,
) -> Result<u32> {
    let mut id = 0;
    let attributes = attributes.for_new_key();
    check_stored(|| call(key::attributes_in(&attributes), &raw mut id))?;
    Ok(id)
}

pub(crate) fn init() -> Result<()> {
    // SAFETY: the function takes no arguments and may be called at any time, also repeatedly.
    check(|| unsafe { c::psa_crypto_init() })
}
