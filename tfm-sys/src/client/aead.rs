//! Authenticated encryption: PSA Crypto API 1.2, "Authenticated encryption with associated data (AEAD)".

use super::call::{Pack, as_u32, crypto, crypto_two, input, output, report};
use super::ids::Function;
use super::operation;
use crate::*;
use core::mem::MaybeUninit;

/// Encryption or decryption in one call; empty additional data are left out.
///
/// # Safety
/// The vectors are valid, `output_length` may be written.
#[expect(clippy::too_many_arguments, reason = "the PSA function has eleven")]
#[expect(
    clippy::inline_always,
    reason = "as a function it would hand ten words on through the stack"
)]
#[inline(always)]
unsafe fn crypt(
    function: Function,
    key: psa_key_id_t,
    alg: psa_algorithm_t,
    nonce: psa_invec,
    additional_data: psa_invec,
    text: psa_invec,
    output: psa_outvec,
    output_length: *mut usize,
) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    let pack = Pack::start(&mut slot, function);
    pack.key_id = key;
    pack.alg = alg;
    let mut out_vec = [output];
    // SAFETY: nonce, inputs, output and its length are the caller's promise.
    unsafe {
        let status = if pack.set_nonce(nonce.base.cast(), nonce.len).is_err() {
            PSA_ERROR_INVALID_ARGUMENT
        } else if additional_data.len == 0 {
            crypto(&[pack.vector(), text], &mut out_vec)
        } else if additional_data.base.is_null() {
            PSA_ERROR_INVALID_ARGUMENT
        } else {
            crypto_two(&mut [pack.vector(), text, additional_data], &mut out_vec)
        };
        report(status, &out_vec[0], output_length);
        status
    }
}

client! { super::status_for_c;
    /// Encrypts a message and appends its tag.
    pub unsafe fn psa_aead_encrypt(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        nonce: *const u8,
        nonce_length: usize,
        additional_data: *const u8,
        additional_data_length: usize,
        plaintext: *const u8,
        plaintext_length: usize,
        ciphertext: *mut u8,
        ciphertext_size: usize,
        ciphertext_length: *mut usize,
    ) -> psa_status_t {
        let nonce = input(nonce, nonce_length);
        let data = input(additional_data, additional_data_length);
        let text = input(plaintext, plaintext_length);
        let out = output(ciphertext, ciphertext_size);
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { crypt(Function::aead_encrypt, key, alg, nonce, data, text, out, ciphertext_length) }
    }

    /// Decrypts a message and checks its tag.
    pub unsafe fn psa_aead_decrypt(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        nonce: *const u8,
        nonce_length: usize,
        additional_data: *const u8,
        additional_data_length: usize,
        ciphertext: *const u8,
        ciphertext_length: usize,
        plaintext: *mut u8,
        plaintext_size: usize,
        plaintext_length: *mut usize,
    ) -> psa_status_t {
        let nonce = input(nonce, nonce_length);
        let data = input(additional_data, additional_data_length);
        let text = input(ciphertext, ciphertext_length);
        let out = output(plaintext, plaintext_size);
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { crypt(Function::aead_decrypt, key, alg, nonce, data, text, out, plaintext_length) }
    }

    /// Begins an encryption.
    pub unsafe fn psa_aead_encrypt_setup(
        operation: *mut psa_aead_operation_t,
        key: psa_key_id_t,
        alg: psa_algorithm_t,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::setup(Function::aead_encrypt_setup, handle!(operation), key, alg) }
    }

    /// Begins a decryption.
    pub unsafe fn psa_aead_decrypt_setup(
        operation: *mut psa_aead_operation_t,
        key: psa_key_id_t,
        alg: psa_algorithm_t,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::setup(Function::aead_decrypt_setup, handle!(operation), key, alg) }
    }

    /// Makes a random nonce.
    pub unsafe fn psa_aead_generate_nonce(
        operation: *mut psa_aead_operation_t,
        nonce: *mut u8,
        nonce_size: usize,
        nonce_length: *mut usize,
    ) -> psa_status_t {
        let vector = output(nonce, nonce_size);
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe {
            operation::draw(Function::aead_generate_nonce, handle!(operation), vector, nonce_length)
        }
    }

    /// Sets the nonce.
    pub unsafe fn psa_aead_set_nonce(
        operation: *mut psa_aead_operation_t,
        nonce: *const u8,
        nonce_length: usize,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::feed(Function::aead_set_nonce, handle!(operation), nonce, nonce_length) }
    }

    /// Says how long additional data and message will be.
    pub unsafe fn psa_aead_set_lengths(
        operation: *mut psa_aead_operation_t,
        ad_length: usize,
        plaintext_length: usize,
    ) -> psa_status_t {
        let (Ok(ad_length), Ok(plaintext_length)) = (as_u32(ad_length), as_u32(plaintext_length))
        else {
            return PSA_ERROR_INVALID_ARGUMENT;
        };
        let mut slot = MaybeUninit::uninit();
        // SAFETY: the operation is the caller's promise.
        unsafe {
            let pack = operation::pack(&mut slot, Function::aead_set_lengths, handle!(operation));
            pack.ad_length = ad_length;
            pack.plaintext_length = plaintext_length;
            crypto(&[pack.vector()], &mut [])
        }
    }

    /// Takes a part of the additional data.
    pub unsafe fn psa_aead_update_ad(
        operation: *mut psa_aead_operation_t,
        input: *const u8,
        input_length: usize,
    ) -> psa_status_t {
        if input.is_null() && input_length != 0 {
            return PSA_ERROR_INVALID_ARGUMENT;
        }
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::feed(Function::aead_update_ad, handle!(operation), input, input_length) }
    }

    /// Takes a part of the message and writes what is ready.
    pub unsafe fn psa_aead_update(
        operation: *mut psa_aead_operation_t,
        input: *const u8,
        input_length: usize,
        output: *mut u8,
        output_size: usize,
        output_length: *mut usize,
    ) -> psa_status_t {
        if input.is_null() && input_length != 0 {
            return PSA_ERROR_INVALID_ARGUMENT;
        }
        let (input, output) = (self::input(input, input_length), self::output(output, output_size));
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe {
            operation::update(Function::aead_update, handle!(operation), input, output, output_length)
        }
    }

    /// Ends an encryption, writes what is left and the tag; an empty ciphertext buffer is left out.
    pub unsafe fn psa_aead_finish(
        operation: *mut psa_aead_operation_t,
        ciphertext: *mut u8,
        ciphertext_size: usize,
        ciphertext_length: *mut usize,
        tag: *mut u8,
        tag_size: usize,
        tag_length: *mut usize,
    ) -> psa_status_t {
        if ciphertext_size != 0 && (ciphertext.is_null() || ciphertext_length.is_null()) {
            return PSA_ERROR_INVALID_ARGUMENT;
        }
        let mut slot = MaybeUninit::uninit();
        let tag = output(tag, tag_size);
        // SAFETY: operation, outputs and their lengths are the caller's promise.
        unsafe {
            let handle = handle!(operation);
            let pack = operation::pack(&mut slot, Function::aead_finish, handle);
            let handle = operation::handle_vector(handle);
            if ciphertext_size == 0 {
                let mut out_vec = [handle, tag];
                let status = crypto(&[pack.vector()], &mut out_vec);
                report(status, &out_vec[1], tag_length);
                report_nothing(ciphertext_length);
                return status;
            }
            let mut out_vec = [handle, tag, output(ciphertext, ciphertext_size)];
            let status = crypto(&[pack.vector()], &mut out_vec);
            report(status, &out_vec[1], tag_length);
            report(status, &out_vec[2], ciphertext_length);
            status
        }
    }

    /// Ends a decryption, writes what is left and checks the tag; an empty plaintext buffer is left out.
    pub unsafe fn psa_aead_verify(
        operation: *mut psa_aead_operation_t,
        plaintext: *mut u8,
        plaintext_size: usize,
        plaintext_length: *mut usize,
        tag: *const u8,
        tag_length: usize,
    ) -> psa_status_t {
        if plaintext_size != 0 && (plaintext.is_null() || plaintext_length.is_null()) {
            return PSA_ERROR_INVALID_ARGUMENT;
        }
        // SAFETY: operation, tag, output and its length are the caller's promise.
        unsafe {
            if plaintext_size == 0 {
                let status =
                    operation::verify(Function::aead_verify, handle!(operation), tag, tag_length);
                report_nothing(plaintext_length);
                return status;
            }
            let mut slot = MaybeUninit::uninit();
            let handle = handle!(operation);
            let pack = operation::pack(&mut slot, Function::aead_verify, handle);
            let mut out_vec =
                [operation::handle_vector(handle), output(plaintext, plaintext_size)];
            let status = crypto(&[pack.vector(), input(tag, tag_length)], &mut out_vec);
            report(status, &out_vec[1], plaintext_length);
            status
        }
    }

    /// Ends either without a result.
    pub unsafe fn psa_aead_abort(operation: *mut psa_aead_operation_t) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::abort(Function::aead_abort, handle!(operation)) }
    }
}

/// Reports that nothing was written to a buffer that was left out; C callers give no length for one.
///
/// # Safety
/// `length` is NULL or may be written.
unsafe fn report_nothing(length: *mut usize) {
    if !length.is_null() {
        // SAFETY: it is not NULL, so the caller promises that it may be written.
        unsafe { *length = 0 };
    }
}
