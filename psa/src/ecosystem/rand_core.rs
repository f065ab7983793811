//! The provider's random numbers, for code that knows them by the traits of the crate [`rand_core`](::rand_core).

use crate::{Error, Result, generate_random};
use ::rand_core::{TryCryptoRng, TryRng};

/// The provider's random numbers (`psa_generate_random`).
///
/// A provider can fail, so it is a [`TryCryptoRng`]. Code that wants a `CryptoRng`, which cannot, gets one by
/// [`UnwrapErr`](::rand_core::UnwrapErr), which panics when the provider fails: the choice is the application's.
///
/// ```
/// use rand_core::{Rng, TryRng, UnwrapErr};
///
/// psa::init()?;
/// let mut random = psa::rand_core::Rng;
/// let number = random.try_next_u64()?;
/// assert_ne!(UnwrapErr(random).next_u64(), number);
/// # Ok::<(), psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Rng;

impl TryRng for Rng {
    type Error = Error;

    fn try_next_u32(&mut self) -> Result<u32> {
        let mut bytes = [0; 4];
        generate_random(&mut bytes)?;
        Ok(u32::from_ne_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64> {
        let mut bytes = [0; 8];
        generate_random(&mut bytes)?;
        Ok(u64::from_ne_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<()> {
        generate_random(bytes)
    }
}

impl TryCryptoRng for Rng {}
