//! Encryption with a public key.

use super::{c, written};
use crate::Result;

macro_rules! crypting {
    ($($name:ident, $c_name:ident;)*) => {$(
        pub(crate) fn $name(
            id: u32,
            algorithm: u32,
            input: &[u8],
            label: &[u8],
            output: &mut [u8],
        ) -> Result<usize> {
            // SAFETY: each pointer and length describe one slice; `written` gives a pointer with the room that it says,
            // and a length that lives through the call.
            written(output, |data, size, len| unsafe {
                c::$c_name(
                    id,
                    algorithm,
                    input.as_ptr(),
                    input.len(),
                    label.as_ptr(),
                    label.len(),
                    data,
                    size,
                    len,
                )
            })
        }
    )*};
}

crypting! {
    encrypt, psa_asymmetric_encrypt;
    decrypt, psa_asymmetric_decrypt;
}
