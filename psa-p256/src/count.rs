//! How often the curve was multiplied on, for tests that promise a number.

#[cfg(feature = "count")]
use core::sync::atomic::{AtomicUsize, Ordering};

#[cfg(feature = "count")]
static MULTIPLICATIONS: AtomicUsize = AtomicUsize::new(0);

/// Multiplications of a point by a scalar in this process so far; a verification is one, of two points.
///
/// ```
/// let before = psa_p256::multiplications();
/// psa_p256::public_key(&[1; 32])?;
/// assert_eq!(psa_p256::multiplications(), before + 1);
/// # Ok::<(), psa_p256::Error>(())
/// ```
#[cfg(feature = "count")]
pub fn multiplications() -> usize {
    MULTIPLICATIONS.load(Ordering::Relaxed)
}

/// There is one now.
#[inline]
pub(crate) fn one() {
    #[cfg(feature = "count")]
    MULTIPLICATIONS.fetch_add(1, Ordering::Relaxed);
}
