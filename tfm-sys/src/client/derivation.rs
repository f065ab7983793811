//! Key derivation: PSA Crypto API 1.2, "Key derivation".

use super::call::{as_u32, crypto, input, output};
use super::ids::Function;
use super::keys::{from_attributes, is_usual, made};
use super::operation;
use crate::*;
use core::mem::{MaybeUninit, size_of};

client! { super::status_for_c;
    /// Begins a derivation.
    pub unsafe fn psa_key_derivation_setup(
        operation: *mut psa_key_derivation_operation_t,
        alg: psa_algorithm_t,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe {
            operation::setup(Function::key_derivation_setup, handle!(operation), PSA_KEY_ID_NULL, alg)
        }
    }

    /// How many bytes the derivation can still give.
    pub unsafe fn psa_key_derivation_get_capacity(
        operation: *const psa_key_derivation_operation_t,
        capacity: *mut usize,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        let mut value: u32 = 0;
        // SAFETY: operation and capacity are the caller's promise.
        unsafe {
            let handle = &raw const (*operation).handle;
            let pack = operation::pack(&mut slot, Function::key_derivation_get_capacity, handle);
            let vector = output(&raw mut value, size_of::<u32>());
            let status = crypto(&[pack.vector()], &mut [vector]);
            *capacity = if status == PSA_SUCCESS { value as usize } else { 0 };
            status
        }
    }

    /// Limits how many bytes the derivation can give.
    pub unsafe fn psa_key_derivation_set_capacity(
        operation: *mut psa_key_derivation_operation_t,
        capacity: usize,
    ) -> psa_status_t {
        let Ok(capacity) = as_u32(capacity) else { return PSA_ERROR_INVALID_ARGUMENT };
        let mut slot = MaybeUninit::uninit();
        // SAFETY: the operation is the caller's promise.
        unsafe {
            let pack =
                operation::pack(&mut slot, Function::key_derivation_set_capacity, handle!(operation));
            pack.value = u64::from(capacity);
            crypto(&[pack.vector()], &mut [])
        }
    }

    /// Gives the derivation bytes.
    pub unsafe fn psa_key_derivation_input_bytes(
        operation: *mut psa_key_derivation_operation_t,
        step: psa_key_derivation_step_t,
        data: *const u8,
        data_length: usize,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        // SAFETY: operation and data are the caller's promise.
        unsafe {
            let pack =
                operation::pack(&mut slot, Function::key_derivation_input_bytes, handle!(operation));
            pack.step = step;
            crypto(&[pack.vector(), input(data, data_length)], &mut [])
        }
    }

    /// Gives the derivation a number.
    pub unsafe fn psa_key_derivation_input_integer(
        operation: *mut psa_key_derivation_operation_t,
        step: psa_key_derivation_step_t,
        value: u64,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        // SAFETY: the operation is the caller's promise.
        unsafe {
            let pack =
                operation::pack(&mut slot, Function::key_derivation_input_integer, handle!(operation));
            pack.step = step;
            pack.value = value;
            crypto(&[pack.vector()], &mut [])
        }
    }

    /// Gives the derivation a key.
    pub unsafe fn psa_key_derivation_input_key(
        operation: *mut psa_key_derivation_operation_t,
        step: psa_key_derivation_step_t,
        key: psa_key_id_t,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        // SAFETY: the operation is the caller's promise.
        unsafe {
            let pack =
                operation::pack(&mut slot, Function::key_derivation_input_key, handle!(operation));
            pack.key_id = key;
            pack.step = step;
            crypto(&[pack.vector()], &mut [])
        }
    }

    /// Gives the derivation a shared secret.
    pub unsafe fn psa_key_derivation_key_agreement(
        operation: *mut psa_key_derivation_operation_t,
        step: psa_key_derivation_step_t,
        private_key: psa_key_id_t,
        peer_key: *const u8,
        peer_key_length: usize,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        // SAFETY: operation and peer key are the caller's promise.
        unsafe {
            let pack =
                operation::pack(&mut slot, Function::key_derivation_key_agreement, handle!(operation));
            pack.key_id = private_key;
            pack.step = step;
            crypto(&[pack.vector(), input(peer_key, peer_key_length)], &mut [])
        }
    }

    /// Takes bytes of the derivation.
    pub unsafe fn psa_key_derivation_output_bytes(
        operation: *mut psa_key_derivation_operation_t,
        output: *mut u8,
        output_length: usize,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        // SAFETY: operation and output are the caller's promise.
        unsafe {
            let pack =
                operation::pack(&mut slot, Function::key_derivation_output_bytes, handle!(operation));
            crypto(&[pack.vector()], &mut [self::output(output, output_length)])
        }
    }

    /// Makes a key of the derivation.
    pub unsafe fn psa_key_derivation_output_key(
        attributes: *const psa_key_attributes_t,
        operation: *mut psa_key_derivation_operation_t,
        key: *mut psa_key_id_t,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        // SAFETY: attributes, operation and key are the caller's promise.
        unsafe {
            let pack =
                operation::pack(&mut slot, Function::key_derivation_output_key, handle!(operation));
            from_attributes(pack, attributes, key)
        }
    }

    /// Makes a key of the derivation in a custom way; TF-M knows only the usual one, which `custom` asks for with no
    /// flags.
    pub unsafe fn psa_key_derivation_output_key_custom(
        attributes: *const psa_key_attributes_t,
        operation: *mut psa_key_derivation_operation_t,
        custom: *const psa_custom_key_parameters_t,
        _custom_data: *const u8,
        custom_data_length: usize,
        key: *mut psa_key_id_t,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe {
            if is_usual(custom, custom_data_length) {
                psa_key_derivation_output_key(attributes, operation, key)
            } else {
                made(PSA_ERROR_NOT_SUPPORTED, key)
            }
        }
    }

    /// Ends a derivation.
    pub unsafe fn psa_key_derivation_abort(
        operation: *mut psa_key_derivation_operation_t,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::abort(Function::key_derivation_abort, handle!(operation)) }
    }
}
