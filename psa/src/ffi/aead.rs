//! Authenticated encryption with associated data.

use super::operation::{Abort, Operation};
use super::{c, wiped_on_failure, written};
use crate::{Error, Result};

#[inline]
pub(crate) fn encrypt(
    id: u32,
    algorithm: u32,
    nonce: &[u8],
    associated: &[u8],
    plaintext: &[u8],
    output: &mut [u8],
) -> Result<usize> {
    // SAFETY: each pointer and length describe one slice; `written` gives a pointer with the room that it says, and a
    // length that lives through the call.
    written(output, |data, size, len| unsafe {
        c::psa_aead_encrypt(
            id,
            algorithm,
            nonce.as_ptr(),
            nonce.len(),
            associated.as_ptr(),
            associated.len(),
            plaintext.as_ptr(),
            plaintext.len(),
            data,
            size,
            len,
        )
    })
}

#[inline]
pub(crate) fn decrypt(
    id: u32,
    algorithm: u32,
    nonce: &[u8],
    associated: &[u8],
    ciphertext: &[u8],
    output: &mut [u8],
) -> Result<usize> {
    wiped_on_failure(output, |output| {
        // SAFETY: as in `encrypt`.
        written(output, |data, size, len| unsafe {
            c::psa_aead_decrypt(
                id,
                algorithm,
                nonce.as_ptr(),
                nonce.len(),
                associated.as_ptr(),
                associated.len(),
                ciphertext.as_ptr(),
                ciphertext.len(),
                data,
                size,
                len,
            )
        })
    })
}

/// Authenticated encryption or decryption in progress.
pub(crate) struct Sealing(Operation<c::psa_aead_operation_t>);

impl Abort for c::psa_aead_operation_t {
    unsafe fn abort(operation: *mut Self) -> i32 {
        // SAFETY: the caller promises an operation that was zeroed or set up.
        unsafe { c::psa_aead_abort(operation) }
    }
}

impl Sealing {
    pub(crate) fn encrypt(id: u32, algorithm: u32) -> Result<Self> {
        // SAFETY: the operation is zeroed, as setup wants it, and lives through the call.
        Operation::start(|operation| unsafe { c::psa_aead_encrypt_setup(operation, id, algorithm) })
            .map(Self)
    }

    pub(crate) fn decrypt(id: u32, algorithm: u32) -> Result<Self> {
        // SAFETY: the operation is zeroed, as setup wants it, and lives through the call.
        Operation::start(|operation| unsafe { c::psa_aead_decrypt_setup(operation, id, algorithm) })
            .map(Self)
    }

    pub(crate) fn set_lengths(&mut self, associated: usize, plaintext: usize) -> Result<()> {
        // SAFETY: the operation is ours alone; the lengths are numbers.
        self.0
            .step(|operation| unsafe { c::psa_aead_set_lengths(operation, associated, plaintext) })
    }

    pub(crate) fn generate_nonce(&mut self, output: &mut [u8]) -> Result<usize> {
        // SAFETY: the pointers are those of `step_into`: an operation of ours alone, room for `size` bytes, a length.
        self.0
            .step_into(output, |operation, data, size, len| unsafe {
                c::psa_aead_generate_nonce(operation, data, size, len)
            })
    }

    pub(crate) fn set_nonce(&mut self, nonce: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `nonce`; the operation is ours alone.
        self.0.step(|operation| unsafe {
            c::psa_aead_set_nonce(operation, nonce.as_ptr(), nonce.len())
        })
    }

    pub(crate) fn update_ad(&mut self, input: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `input`; the operation is ours alone.
        self.0.step(|operation| unsafe {
            c::psa_aead_update_ad(operation, input.as_ptr(), input.len())
        })
    }

    pub(crate) fn update(&mut self, input: &[u8], output: &mut [u8]) -> Result<usize> {
        wiped_on_failure(output, |output| {
            // SAFETY: pointer and length describe `input`; the others are those of `step_into`.
            self.0
                .step_into(output, |operation, data, size, len| unsafe {
                    c::psa_aead_update(operation, input.as_ptr(), input.len(), data, size, len)
                })
        })
    }

    /// Answers the lengths of the ciphertext and of the tag.
    pub(crate) fn finish(self, ciphertext: &mut [u8], tag: &mut [u8]) -> Result<(usize, usize)> {
        let mut tag_len = 0;
        // SAFETY: pointer and length describe `tag`, and its length lives through the call; the others are those of
        // `end_into`.
        let len = self
            .0
            .end_into(ciphertext, |operation, data, size, len| unsafe {
                c::psa_aead_finish(
                    operation,
                    data,
                    size,
                    len,
                    tag.as_mut_ptr(),
                    tag.len(),
                    &raw mut tag_len,
                )
            })?;
        if tag_len <= tag.len() {
            Ok((len, tag_len))
        } else {
            Err(Error::CorruptionDetected)
        }
    }

    pub(crate) fn verify(self, output: &mut [u8], tag: &[u8]) -> Result<usize> {
        wiped_on_failure(output, |output| {
            // SAFETY: pointer and length describe `tag`; the others are those of `end_into`.
            self.0
                .end_into(output, |operation, data, size, len| unsafe {
                    c::psa_aead_verify(operation, data, size, len, tag.as_ptr(), tag.len())
                })
        })
    }
}
