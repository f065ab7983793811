//! An environment that this crate does not know.

use crate::psa_status_t;

/// Makes one call of the API by the rules of the environment: where those are unknown, at once.
///
/// # Errors
/// [`crate::STATUS_CALLED_FROM_HANDLER`] in Zephyr, when an interrupt handler asks for it; nothing is called then.
///
/// ```
/// # #[cfg(not(feature = "tfm"))]
/// assert_eq!(tfm_sys::within(|| 7), Ok(7));
/// ```
#[inline]
#[allow(clippy::unnecessary_wraps, reason = "in Zephyr it can fail")]
pub fn within<R>(call: impl FnOnce() -> R) -> Result<R, psa_status_t> {
    Ok(call())
}
