//! Hashes: PSA Crypto API 1.2, "Message digests".

use super::call::{crypto, input, output, verify_with_key, with_key};
use super::ids::Function;
use super::operation;
use crate::*;
use core::mem::{MaybeUninit, size_of};

client! { super::status_for_c;
    /// Hashes a message.
    pub unsafe fn psa_hash_compute(
        alg: psa_algorithm_t,
        input: *const u8,
        input_length: usize,
        hash: *mut u8,
        hash_size: usize,
        hash_length: *mut usize,
    ) -> psa_status_t {
        let (input, output) = (self::input(input, input_length), output(hash, hash_size));
        // SAFETY: pointers and lengths are the caller's own, unchanged; a hash has no key.
        unsafe {
            with_key(Function::hash_compute, PSA_KEY_ID_NULL, alg, input, output, hash_length)
        }
    }

    /// Hashes a message and compares the hash.
    pub unsafe fn psa_hash_compare(
        alg: psa_algorithm_t,
        input: *const u8,
        input_length: usize,
        hash: *const u8,
        hash_length: usize,
    ) -> psa_status_t {
        let (input, hash) = (self::input(input, input_length), self::input(hash, hash_length));
        // SAFETY: pointers and lengths are the caller's own, unchanged; a hash has no key.
        unsafe { verify_with_key(Function::hash_compare, PSA_KEY_ID_NULL, alg, input, hash) }
    }

    /// Begins a hash.
    pub unsafe fn psa_hash_setup(
        operation: *mut psa_hash_operation_t,
        alg: psa_algorithm_t,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::setup(Function::hash_setup, handle!(operation), PSA_KEY_ID_NULL, alg) }
    }

    /// Hashes a part of a message.
    pub unsafe fn psa_hash_update(
        operation: *mut psa_hash_operation_t,
        input: *const u8,
        input_length: usize,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::feed(Function::hash_update, handle!(operation), input, input_length) }
    }

    /// Ends a hash and writes it.
    pub unsafe fn psa_hash_finish(
        operation: *mut psa_hash_operation_t,
        hash: *mut u8,
        hash_size: usize,
        hash_length: *mut usize,
    ) -> psa_status_t {
        let vector = output(hash, hash_size);
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::finish(Function::hash_finish, handle!(operation), vector, hash_length) }
    }

    /// Ends a hash and compares it.
    pub unsafe fn psa_hash_verify(
        operation: *mut psa_hash_operation_t,
        hash: *const u8,
        hash_length: usize,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::verify(Function::hash_verify, handle!(operation), hash, hash_length) }
    }

    /// Ends a hash without a result.
    pub unsafe fn psa_hash_abort(operation: *mut psa_hash_operation_t) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::abort(Function::hash_abort, handle!(operation)) }
    }

    /// Copies the state of a hash into an operation that is not active.
    pub unsafe fn psa_hash_clone(
        source_operation: *const psa_hash_operation_t,
        target_operation: *mut psa_hash_operation_t,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        // SAFETY: both operations are the caller's promise.
        unsafe {
            let target = handle!(target_operation);
            if *target != 0 {
                return PSA_ERROR_BAD_STATE;
            }
            let source = &raw const (*source_operation).handle;
            let pack = operation::pack(&mut slot, Function::hash_clone, source);
            crypto(
                &[pack.vector(), input(target, size_of::<u32>())],
                &mut [operation::handle_vector(target)],
            )
        }
    }
}
