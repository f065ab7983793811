//! What the back ends promise on a device: no more stack is used than is wiped.

use core::cell::Cell;
use firmware_common::{measure, say_number};
use psa_conformance::check::holds;
use psa_conformance::{Ctx, Result, Test};
use psa_p256::Backend;
use psa_p256::rand_core::{TryCryptoRng, TryRng};

pub const TESTS: &[Test] = &[Test::new(
    "P-256: the stack that is used is the stack that is wiped",
    wipes_its_stack,
)];

/// Bytes that are wiped below the function that calls a back end, and bytes of the frames above that.
const fn most(backend: Backend) -> usize {
    const FRAMES: usize = 400;
    match backend {
        Backend::Rust => 4096 + FRAMES,
        _ => 2048 + FRAMES,
    }
}

/// What goes deeper than the wiped bytes shows: those are the most that a call uses.
fn wipes_its_stack(_: &mut Ctx) -> Result<()> {
    let private = [7; 32];
    for backend in Backend::available() {
        let done = Cell::new(true);
        let keep = |result: psa_p256::Result<()>| done.set(done.get() && result.is_ok());
        let mut peer = [0; 65];
        let calls = [
            measure::stack(|| {
                keep(backend.public_key(&private).map(|point| peer = point));
            }),
            measure::stack(|| keep(backend.sign(&private, &[1; 32], &mut Fixed).map(drop))),
            measure::stack(|| keep(backend.agree(&private, &peer).map(drop))),
        ];
        for bytes in calls {
            say_number("stack, in bytes: ", bytes.try_into().unwrap_or(i32::MAX));
            holds(bytes <= most(backend))?;
        }
        holds(done.get())?;
    }
    Ok(())
}

/// Always the same nonce.
struct Fixed;

impl TryRng for Fixed {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> core::result::Result<u32, Self::Error> {
        Ok(3)
    }

    fn try_next_u64(&mut self) -> core::result::Result<u64, Self::Error> {
        Ok(3)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> core::result::Result<(), Self::Error> {
        bytes.fill(3);
        Ok(())
    }
}

impl TryCryptoRng for Fixed {}
