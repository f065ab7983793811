//! Unauthenticated ciphers: PSA Crypto API 1.2, "Unauthenticated ciphers".

use super::call::{input, output, with_key};
use super::ids::Function;
use super::operation;
use crate::*;

client! { super::status_for_c;
    /// Encrypts a message with a random initialization vector, which comes first in the output.
    pub unsafe fn psa_cipher_encrypt(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        input: *const u8,
        input_length: usize,
        output: *mut u8,
        output_size: usize,
        output_length: *mut usize,
    ) -> psa_status_t {
        let (input, output) = (self::input(input, input_length), self::output(output, output_size));
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { with_key(Function::cipher_encrypt, key, alg, input, output, output_length) }
    }

    /// Decrypts a message that begins with its initialization vector.
    pub unsafe fn psa_cipher_decrypt(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        input: *const u8,
        input_length: usize,
        output: *mut u8,
        output_size: usize,
        output_length: *mut usize,
    ) -> psa_status_t {
        let (input, output) = (self::input(input, input_length), self::output(output, output_size));
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { with_key(Function::cipher_decrypt, key, alg, input, output, output_length) }
    }

    /// Begins an encryption.
    pub unsafe fn psa_cipher_encrypt_setup(
        operation: *mut psa_cipher_operation_t,
        key: psa_key_id_t,
        alg: psa_algorithm_t,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::setup(Function::cipher_encrypt_setup, handle!(operation), key, alg) }
    }

    /// Begins a decryption.
    pub unsafe fn psa_cipher_decrypt_setup(
        operation: *mut psa_cipher_operation_t,
        key: psa_key_id_t,
        alg: psa_algorithm_t,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::setup(Function::cipher_decrypt_setup, handle!(operation), key, alg) }
    }

    /// Makes a random initialization vector.
    pub unsafe fn psa_cipher_generate_iv(
        operation: *mut psa_cipher_operation_t,
        iv: *mut u8,
        iv_size: usize,
        iv_length: *mut usize,
    ) -> psa_status_t {
        let vector = output(iv, iv_size);
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::draw(Function::cipher_generate_iv, handle!(operation), vector, iv_length) }
    }

    /// Sets the initialization vector.
    pub unsafe fn psa_cipher_set_iv(
        operation: *mut psa_cipher_operation_t,
        iv: *const u8,
        iv_length: usize,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::feed(Function::cipher_set_iv, handle!(operation), iv, iv_length) }
    }

    /// Takes a part of the message and writes what is ready.
    pub unsafe fn psa_cipher_update(
        operation: *mut psa_cipher_operation_t,
        input: *const u8,
        input_length: usize,
        output: *mut u8,
        output_size: usize,
        output_length: *mut usize,
    ) -> psa_status_t {
        let (input, output) = (self::input(input, input_length), self::output(output, output_size));
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe {
            operation::update(Function::cipher_update, handle!(operation), input, output, output_length)
        }
    }

    /// Ends the operation and writes what is left.
    pub unsafe fn psa_cipher_finish(
        operation: *mut psa_cipher_operation_t,
        output: *mut u8,
        output_size: usize,
        output_length: *mut usize,
    ) -> psa_status_t {
        let vector = self::output(output, output_size);
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::finish(Function::cipher_finish, handle!(operation), vector, output_length) }
    }

    /// Ends the operation without a result.
    pub unsafe fn psa_cipher_abort(operation: *mut psa_cipher_operation_t) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::abort(Function::cipher_abort, handle!(operation)) }
    }
}
