//! Random numbers.

use crate::{Result, ffi};

/// Fills the buffer with random bytes of the provider (`psa_generate_random`).
///
/// # Errors
/// [`Error::InsufficientEntropy`](crate::Error::InsufficientEntropy) when there is no random source or it failed,
/// [`Error::BadState`](crate::Error::BadState) before [`init`](crate::init).
///
/// ```
/// psa::init()?;
/// let mut nonce = [0; 16];
/// psa::generate_random(&mut nonce)?;
/// assert_ne!(nonce, [0; 16]);
/// # Ok::<(), psa::Error>(())
/// ```
pub fn generate_random(buffer: &mut [u8]) -> Result<()> {
    ffi::random::generate(buffer)
}
