//! Random numbers.

use super::{c, check};
use crate::Result;

pub(crate) fn generate(output: &mut [u8]) -> Result<()> {
    // SAFETY: pointer and length describe `output`.
    check(|| unsafe { c::psa_generate_random(output.as_mut_ptr(), output.len()) })
}
