//! Key agreement.

use super::{c, written};
use crate::Result;

pub(crate) fn raw(id: u32, algorithm: u32, peer_public: &[u8], secret: &mut [u8]) -> Result<usize> {
    // SAFETY: pointer and length describe `peer_public`; `written` gives a pointer with the room that it says, and a
    // length that lives through the call.
    written(secret, |data, size, len| unsafe {
        c::psa_raw_key_agreement(
            algorithm,
            id,
            peer_public.as_ptr(),
            peer_public.len(),
            data,
            size,
            len,
        )
    })
}
