//! Signatures.

use super::{c, check, written};
use crate::Result;

macro_rules! signing {
    ($($name:ident, $c_name:ident;)*) => {$(
        #[inline]
        pub(crate) fn $name(id: u32, algorithm: u32, input: &[u8], signature: &mut [u8]) -> Result<usize> {
            // SAFETY: pointer and length describe `input`; `written` gives a pointer with the room that it says, and a
            // length that lives through the call.
            written(signature, |data, size, len| unsafe {
                c::$c_name(id, algorithm, input.as_ptr(), input.len(), data, size, len)
            })
        }
    )*};
}

signing! {
    hash, psa_sign_hash;
    message, psa_sign_message;
}

macro_rules! verifying {
    ($($name:ident, $c_name:ident;)*) => {$(
        #[inline]
        pub(crate) fn $name(id: u32, algorithm: u32, input: &[u8], signature: &[u8]) -> Result<()> {
            // SAFETY: each pointer and length describe one slice.
            check(|| unsafe {
                c::$c_name(id, algorithm, input.as_ptr(), input.len(), signature.as_ptr(), signature.len())
            })
        }
    )*};
}

verifying! {
    verify_hash, psa_verify_hash;
    verify_message, psa_verify_message;
}
