//! Ciphers without authentication.

use super::operation::{Abort, Operation};
use super::{c, wiped_on_failure, written};
use crate::Result;

#[inline]
pub(crate) fn encrypt(id: u32, algorithm: u32, input: &[u8], output: &mut [u8]) -> Result<usize> {
    // SAFETY: pointer and length describe `input`; `written` gives a pointer with the room that it says, and a length that
    // lives through the call.
    written(output, |data, size, len| unsafe {
        c::psa_cipher_encrypt(id, algorithm, input.as_ptr(), input.len(), data, size, len)
    })
}

#[inline]
pub(crate) fn decrypt(id: u32, algorithm: u32, input: &[u8], output: &mut [u8]) -> Result<usize> {
    wiped_on_failure(output, |output| {
        // SAFETY: as in `encrypt`.
        written(output, |data, size, len| unsafe {
            c::psa_cipher_decrypt(id, algorithm, input.as_ptr(), input.len(), data, size, len)
        })
    })
}

/// Encryption or decryption in progress.
pub(crate) struct Ciphering(Operation<c::psa_cipher_operation_t>);

impl Abort for c::psa_cipher_operation_t {
    unsafe fn abort(operation: *mut Self) -> i32 {
        // SAFETY: the caller promises an operation that was zeroed or set up.
        unsafe { c::psa_cipher_abort(operation) }
    }
}

impl Ciphering {
    pub(crate) fn encrypt(id: u32, algorithm: u32) -> Result<Self> {
        // SAFETY: the operation is zeroed, as setup wants it, and lives through the call.
        Operation::start(|operation| unsafe {
            c::psa_cipher_encrypt_setup(operation, id, algorithm)
        })
        .map(Self)
    }

    pub(crate) fn decrypt(id: u32, algorithm: u32) -> Result<Self> {
        // SAFETY: the operation is zeroed, as setup wants it, and lives through the call.
        Operation::start(|operation| unsafe {
            c::psa_cipher_decrypt_setup(operation, id, algorithm)
        })
        .map(Self)
    }

    pub(crate) fn generate_iv(&mut self, output: &mut [u8]) -> Result<usize> {
        // SAFETY: the pointers are those of `step_into`: an operation of ours alone, room for `size` bytes, a length.
        self.0
            .step_into(output, |operation, data, size, len| unsafe {
                c::psa_cipher_generate_iv(operation, data, size, len)
            })
    }

    pub(crate) fn set_iv(&mut self, iv: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `iv`; the operation is ours alone.
        self.0
            .step(|operation| unsafe { c::psa_cipher_set_iv(operation, iv.as_ptr(), iv.len()) })
    }

    pub(crate) fn update(&mut self, input: &[u8], output: &mut [u8]) -> Result<usize> {
        wiped_on_failure(output, |output| {
            // SAFETY: pointer and length describe `input`; the others are those of `step_into`.
            self.0
                .step_into(output, |operation, data, size, len| unsafe {
                    c::psa_cipher_update(operation, input.as_ptr(), input.len(), data, size, len)
                })
        })
    }

    pub(crate) fn finish(self, output: &mut [u8]) -> Result<usize> {
        wiped_on_failure(output, |output| {
            // SAFETY: the pointers are those of `end_into`: an operation of ours alone, room for `size` bytes, a length.
            self.0
                .end_into(output, |operation, data, size, len| unsafe {
                    c::psa_cipher_finish(operation, data, size, len)
                })
        })
    }
}
