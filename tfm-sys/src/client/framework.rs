//! The PSA Firmware Framework's client side: versions, connections and calls of any service.

use super::call::dispatch;
use super::{lock, veneer};
use crate::*;

/// What the secure side can be asked beside calls of services.
#[derive(Clone, Copy)]
enum Question {
    FrameworkVersion,
    Version(u32),
    Connect(u32, u32),
    Close(psa_handle_t),
}

/// Asks through the gate; one copy of it serves all questions.
#[expect(clippy::cast_sign_loss, reason = "a handle passes through as its bits")]
#[inline(never)]
fn ask(question: Question) -> Result<u32, Error> {
    let answer = lock::pass(|| {
        // SAFETY: these veneers take numbers and touch no memory of ours; the gate lets one call through at a time and
        // only from thread mode.
        unsafe {
            match question {
                Question::FrameworkVersion => veneer::tfm_psa_framework_version_veneer(),
                Question::Version(sid) => veneer::tfm_psa_version_veneer(sid),
                Question::Connect(sid, version) => {
                    veneer::tfm_psa_connect_veneer(sid, version) as u32
                }
                Question::Close(handle) => {
                    veneer::tfm_psa_close_veneer(handle);
                    0
                }
            }
        }
    });
    answer.map_err(|status| {
        if status == STATUS_CALLED_FROM_HANDLER {
            Error::CalledFromHandler
        } else {
            Error::Busy
        }
    })
}

/// The version of the secure side's framework, or why it was not asked.
///
/// ```no_run
/// let version = tfm_sys::framework_version()?;
/// assert_eq!(version, tfm_sys::PSA_FRAMEWORK_VERSION);
/// # Ok::<(), tfm_sys::Error>(())
/// ```
pub fn framework_version() -> Result<u32, Error> {
    ask(Question::FrameworkVersion)
}

/// The version of a service, [`PSA_VERSION_NONE`] when it is absent, or why it was not asked.
///
/// ```no_run
/// let crypto = tfm_sys::service_version(tfm_sys::sid::CRYPTO)?;
/// assert_ne!(crypto, tfm_sys::PSA_VERSION_NONE);
/// # Ok::<(), tfm_sys::Error>(())
/// ```
pub fn service_version(sid: u32) -> Result<u32, Error> {
    ask(Question::Version(sid))
}

client! { core::convert::identity;
    /// The version of the secure side's framework; 0 when it cannot be asked now.
    pub unsafe fn psa_framework_version() -> u32 {
        framework_version().unwrap_or(PSA_VERSION_NONE)
    }

    /// The version of a service; [`PSA_VERSION_NONE`] when it is absent or cannot be asked now.
    pub unsafe fn psa_version(sid: u32) -> u32 {
        service_version(sid).unwrap_or(PSA_VERSION_NONE)
    }

    /// Closes a connection; when it cannot be closed now it stays open.
    pub unsafe fn psa_close(handle: psa_handle_t) -> () {
        let _ = ask(Question::Close(handle));
    }
}

client! { super::status_for_c;
    /// Connects to a service; a negative handle is an error.
    pub unsafe fn psa_connect(sid: u32, version: u32) -> psa_handle_t {
        match ask(Question::Connect(sid, version)) {
            #[expect(clippy::cast_possible_wrap, reason = "the bits of a handle")]
            Ok(handle) => handle as psa_handle_t,
            Err(error) => error.status(),
        }
    }

    /// Calls a service: PSA Firmware Framework 1.1, "Client API".
    pub unsafe fn psa_call(
        handle: psa_handle_t,
        call_type: i32,
        in_vec: *const psa_invec,
        in_len: usize,
        out_vec: *mut psa_outvec,
        out_len: usize,
    ) -> psa_status_t {
        if !(PSA_CALL_TYPE_MIN..=PSA_CALL_TYPE_MAX).contains(&call_type)
            || in_len > PSA_MAX_IOVEC
            || out_len > PSA_MAX_IOVEC
            || in_len + out_len > PSA_MAX_IOVEC
        {
            return PSA_ERROR_PROGRAMMER_ERROR;
        }
        let word = super::call::control_word(call_type, in_len, out_len);
        // SAFETY: the counts are the caller's, and so is what the vectors point to.
        unsafe { dispatch(handle, word, in_vec, out_vec) }
    }
}
