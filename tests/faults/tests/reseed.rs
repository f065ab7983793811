//! The random source is seeded anew, as it is every ten thousand requests, while there is no memory.
#![cfg(target_os = "linux")]

use psa_faults::{Fault, Mode, Point, with};

/// More requests than `MBEDTLS_CTR_DRBG_RESEED_INTERVAL`.
const REQUESTS: usize = 10_001;

fn requests() -> psa::Result<()> {
    (0..REQUESTS).try_for_each(|_| psa::generate_random(&mut [0; 4]))
}

#[test]
fn a_seed_that_could_not_be_mixed_is_mixed_the_next_time() {
    psa::init().unwrap();
    for at in 1.. {
        let (answer, injected) = with(Point::Heap, Fault::Fails, Mode::Onwards, at, requests);
        // A second time, still without memory: the hash of the entropy is not begun.
        let (again, _) = with(Point::Heap, Fault::Fails, Mode::Onwards, 1, || {
            psa::generate_random(&mut [0; 4])
        });
        if injected.faults == 0 {
            assert!(at > 1, "a request allocates when it seeds anew");
            break;
        }
        assert!(answer.is_err(), "call {at}: {answer:?}");
        assert!(again.is_err(), "call {at}, once more: {again:?}");
        requests().unwrap_or_else(|error| panic!("call {at}, the next time: {error}"));
    }
}
