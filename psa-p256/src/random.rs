//! Scalars from a random source.

use crate::public::public;
use crate::{Error, PRIVATE_KEY_SIZE, Result, scalar};
use rand_core::TryCryptoRng;
use zeroize::Zeroize;

/// Draws before a source is given up. One draw in four thousand million is no scalar; only a broken source fails so often.
pub(crate) const MOST_DRAWS: usize = 30;

/// Draws a scalar, by rejection: each is as likely as any other. Without one `output` is zero.
pub(crate) fn scalar<R: TryCryptoRng + ?Sized>(
    output: &mut [u8; PRIVATE_KEY_SIZE],
    rng: &mut R,
) -> Result<()> {
    for _ in 0..MOST_DRAWS {
        if rng.try_fill_bytes(output).is_err() {
            break;
        }
        // That a draw was rejected says nothing about the one that is kept.
        if public(scalar::is_valid(output).into()) {
            return Ok(());
        }
    }
    output.zeroize();
    Err(Error::Random)
}
