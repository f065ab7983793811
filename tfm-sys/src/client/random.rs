//! Random bytes.

use super::call::{Pack, crypto, output};
use super::ids::Function;
use crate::*;
use core::mem::MaybeUninit;

client! { super::status_for_c;
    /// Fills a buffer with random bytes: PSA Crypto API 1.2, "Random number generation".
    pub unsafe fn psa_generate_random(output: *mut u8, output_size: usize) -> psa_status_t {
        if output_size == 0 {
            return PSA_SUCCESS;
        }
        let mut slot = MaybeUninit::uninit();
        let pack = Pack::start(&mut slot, Function::generate_random);
        // SAFETY: the output is the caller's promise.
        unsafe { crypto(&[pack.vector()], &mut [self::output(output, output_size)]) }
    }
}
