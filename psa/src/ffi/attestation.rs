//! Initial attestation.

use super::{c, check, written};
use crate::Result;

pub(crate) fn token(challenge: &[u8], output: &mut [u8]) -> Result<usize> {
    // SAFETY: pointer and length describe `challenge`; `written` gives a pointer with the room that it says, and a length
    // that lives through the call.
    written(output, |data, size, len| unsafe {
        c::psa_initial_attest_get_token(challenge.as_ptr(), challenge.len(), data, size, len)
    })
}

pub(crate) fn token_size(challenge_len: usize) -> Result<usize> {
    let mut size = 0;
    // SAFETY: the size lives through the call.
    check(|| unsafe { c::psa_initial_attest_get_token_size(challenge_len, &raw mut size) })?;
    Ok(size)
}
