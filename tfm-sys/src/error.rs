//! Errors with names.

use crate::{PSA_ERROR_INVALID_ARGUMENT, PSA_SUCCESS, psa_status_t};
use core::fmt;

/// The status of a call that was not made because an interrupt handler asked for it.
///
/// Only Rust sees it; a C caller gets `PSA_ERROR_BAD_STATE`.
pub const STATUS_CALLED_FROM_HANDLER: psa_status_t = i32::MIN;
/// The status of a call that was not made because another one is in progress.
///
/// Only Rust sees it; a C caller gets `PSA_ERROR_BAD_STATE`.
pub const STATUS_BUSY: psa_status_t = i32::MIN + 1;

/// Why a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Error {
    /// An interrupt handler called: TF-M would reset the system, so it was not asked.
    CalledFromHandler,
    /// Another thread's call is in progress, and no lock to wait on was set.
    Busy,
    /// A parameter is invalid, or two inputs overlap.
    InvalidArgument,
    /// Any other status of the PSA APIs.
    Status(psa_status_t),
}

impl Error {
    /// The error behind a status, or nothing for success.
    ///
    /// ```
    /// use tfm_sys::{Error, PSA_ERROR_NOT_PERMITTED, PSA_SUCCESS, STATUS_BUSY};
    /// assert_eq!(Error::check(PSA_SUCCESS), Ok(()));
    /// assert_eq!(Error::check(STATUS_BUSY), Err(Error::Busy));
    /// assert_eq!(Error::check(PSA_ERROR_NOT_PERMITTED), Err(Error::Status(-133)));
    /// ```
    pub const fn check(status: psa_status_t) -> Result<(), Self> {
        Err(match status {
            PSA_SUCCESS => return Ok(()),
            STATUS_CALLED_FROM_HANDLER => Self::CalledFromHandler,
            STATUS_BUSY => Self::Busy,
            PSA_ERROR_INVALID_ARGUMENT => Self::InvalidArgument,
            other => Self::Status(other),
        })
    }

    /// The status that stands for this error.
    pub const fn status(self) -> psa_status_t {
        match self {
            Self::CalledFromHandler => STATUS_CALLED_FROM_HANDLER,
            Self::Busy => STATUS_BUSY,
            Self::InvalidArgument => PSA_ERROR_INVALID_ARGUMENT,
            Self::Status(status) => status,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CalledFromHandler => f.write_str(
                "called from an interrupt handler: TF-M takes calls from threads only; do the work in a task",
            ),
            Self::Busy => f.write_str(
                "another call into the secure side is in progress: set a lock with `tfm_sys::set_lock`, or call again",
            ),
            Self::InvalidArgument => f.write_str("a parameter is invalid, or two inputs overlap (-135)"),
            Self::Status(status) => write!(f, "PSA status {status}"),
        }
    }
}

impl core::error::Error for Error {}
