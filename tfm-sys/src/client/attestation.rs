//! Initial attestation: PSA Attestation API 1.0.

use super::call::{as_u32, call, input, output, report};
use crate::*;
use core::mem::size_of;

client! { super::status_for_c;
    /// Makes a token over a challenge of 32, 48 or 64 bytes.
    pub unsafe fn psa_initial_attest_get_token(
        auth_challenge: *const u8,
        challenge_size: usize,
        token_buf: *mut u8,
        token_buf_size: usize,
        token_size: *mut usize,
    ) -> psa_status_t {
        let in_vec = [input(auth_challenge, challenge_size)];
        let mut out_vec = [output(token_buf, token_buf_size)];
        // SAFETY: challenge, token and its size are the caller's promise.
        unsafe {
            let status =
                call(handle::ATTESTATION, call_type::ATTEST_GET_TOKEN, &in_vec, &mut out_vec);
            report(status, &out_vec[0], token_size);
            status
        }
    }

    /// The size of the token over a challenge of this size.
    pub unsafe fn psa_initial_attest_get_token_size(
        challenge_size: usize,
        token_size: *mut usize,
    ) -> psa_status_t {
        let Ok(challenge_size) = as_u32(challenge_size) else { return PSA_ERROR_INVALID_ARGUMENT };
        if token_size.is_null() {
            return PSA_ERROR_INVALID_ARGUMENT;
        }
        let mut size: u32 = 0;
        let in_vec = [input(&raw const challenge_size, size_of::<u32>())];
        let mut out_vec = [output(&raw mut size, size_of::<u32>())];
        // SAFETY: the token's size is the caller's promise, the rest is here.
        unsafe {
            let status =
                call(handle::ATTESTATION, call_type::ATTEST_GET_TOKEN_SIZE, &in_vec, &mut out_vec);
            *token_size = if status == PSA_SUCCESS { size as usize } else { 0 };
            status
        }
    }
}
