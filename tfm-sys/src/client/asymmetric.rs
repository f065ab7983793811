//! Signatures, asymmetric encryption and raw key agreement: PSA Crypto API 1.2.

use super::call::{Pack, crypto_two, input, output, report, verify_with_key, with_key};
use super::ids::Function;
use crate::*;
use core::mem::MaybeUninit;

/// Encryption or decryption; an empty salt is left out.
///
/// # Safety
/// The vectors are valid, `output_length` may be written.
unsafe fn crypt(
    function: Function,
    key: psa_key_id_t,
    alg: psa_algorithm_t,
    input: psa_invec,
    salt: psa_invec,
    output: psa_outvec,
    output_length: *mut usize,
) -> psa_status_t {
    if salt.len == 0 {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        return unsafe { with_key(function, key, alg, input, output, output_length) };
    }
    let mut slot = MaybeUninit::uninit();
    let pack = Pack::start(&mut slot, function);
    pack.key_id = key;
    pack.alg = alg;
    let mut out_vec = [output];
    // SAFETY: inputs, output and its length are the caller's promise.
    unsafe {
        let status = if salt.base.is_null() {
            PSA_ERROR_INVALID_ARGUMENT
        } else {
            crypto_two(&mut [pack.vector(), input, salt], &mut out_vec)
        };
        report(status, &out_vec[0], output_length);
        status
    }
}

client! { super::status_for_c;
    /// Hashes and signs a message.
    pub unsafe fn psa_sign_message(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        input: *const u8,
        input_length: usize,
        signature: *mut u8,
        signature_size: usize,
        signature_length: *mut usize,
    ) -> psa_status_t {
        let (input, output) = (self::input(input, input_length), output(signature, signature_size));
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { with_key(Function::sign_message, key, alg, input, output, signature_length) }
    }

    /// Verifies the signature of a message.
    pub unsafe fn psa_verify_message(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        input: *const u8,
        input_length: usize,
        signature: *const u8,
        signature_length: usize,
    ) -> psa_status_t {
        let (input, signature) =
            (self::input(input, input_length), self::input(signature, signature_length));
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { verify_with_key(Function::verify_message, key, alg, input, signature) }
    }

    /// Signs a hash.
    pub unsafe fn psa_sign_hash(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        hash: *const u8,
        hash_length: usize,
        signature: *mut u8,
        signature_size: usize,
        signature_length: *mut usize,
    ) -> psa_status_t {
        let (hash, output) = (input(hash, hash_length), output(signature, signature_size));
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { with_key(Function::sign_hash, key, alg, hash, output, signature_length) }
    }

    /// Verifies the signature of a hash.
    pub unsafe fn psa_verify_hash(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        hash: *const u8,
        hash_length: usize,
        signature: *const u8,
        signature_length: usize,
    ) -> psa_status_t {
        let (hash, signature) = (input(hash, hash_length), input(signature, signature_length));
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { verify_with_key(Function::verify_hash, key, alg, hash, signature) }
    }

    /// Encrypts a short message with a public key.
    pub unsafe fn psa_asymmetric_encrypt(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        input: *const u8,
        input_length: usize,
        salt: *const u8,
        salt_length: usize,
        output: *mut u8,
        output_size: usize,
        output_length: *mut usize,
    ) -> psa_status_t {
        let (input, salt) = (self::input(input, input_length), self::input(salt, salt_length));
        let output = self::output(output, output_size);
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { crypt(Function::asymmetric_encrypt, key, alg, input, salt, output, output_length) }
    }

    /// Decrypts a short message with a private key.
    pub unsafe fn psa_asymmetric_decrypt(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        input: *const u8,
        input_length: usize,
        salt: *const u8,
        salt_length: usize,
        output: *mut u8,
        output_size: usize,
        output_length: *mut usize,
    ) -> psa_status_t {
        let (input, salt) = (self::input(input, input_length), self::input(salt, salt_length));
        let output = self::output(output, output_size);
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { crypt(Function::asymmetric_decrypt, key, alg, input, salt, output, output_length) }
    }

    /// Computes a shared secret.
    pub unsafe fn psa_raw_key_agreement(
        alg: psa_algorithm_t,
        private_key: psa_key_id_t,
        peer_key: *const u8,
        peer_key_length: usize,
        output: *mut u8,
        output_size: usize,
        output_length: *mut usize,
    ) -> psa_status_t {
        let (peer, output) = (input(peer_key, peer_key_length), self::output(output, output_size));
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { with_key(Function::raw_key_agreement, private_key, alg, peer, output, output_length) }
    }
}
