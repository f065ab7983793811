//! Scalars, and a random source that gives what it is told to.
use psa_p256::rand_core::{TryCryptoRng, TryRng};

/// What the source does after its last bytes.
#[derive(Debug)]
pub struct Empty;

impl core::fmt::Display for Empty {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("no more bytes")
    }
}

impl core::error::Error for Empty {}

/// Gives this, once, and then fails.
pub struct Once<'a>(pub Option<&'a [u8; 32]>);

impl TryRng for Once<'_> {
    type Error = Empty;

    fn try_next_u32(&mut self) -> Result<u32, Empty> {
        Err(Empty)
    }

    fn try_next_u64(&mut self) -> Result<u64, Empty> {
        Err(Empty)
    }

    fn try_fill_bytes(&mut self, output: &mut [u8]) -> Result<(), Empty> {
        output.copy_from_slice(self.0.take().ok_or(Empty)?);
        Ok(())
    }
}

impl TryCryptoRng for Once<'_> {}

/// Fills with numbers that a test can make again: a linear congruential generator, and nothing random.
pub fn fill(output: &mut [u8; 32], seed: u32) {
    let mut state = seed;
    for byte in output {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = (state >> 24) as u8;
    }
}
