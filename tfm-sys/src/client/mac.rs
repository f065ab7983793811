//! Message authentication codes: PSA Crypto API 1.2, "Message authentication codes (MAC)".

use super::call::{input, output, verify_with_key, with_key};
use super::ids::Function;
use super::operation;
use crate::*;

client! { super::status_for_c;
    /// Computes the MAC of a message.
    pub unsafe fn psa_mac_compute(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        input: *const u8,
        input_length: usize,
        mac: *mut u8,
        mac_size: usize,
        mac_length: *mut usize,
    ) -> psa_status_t {
        let (input, output) = (self::input(input, input_length), output(mac, mac_size));
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { with_key(Function::mac_compute, key, alg, input, output, mac_length) }
    }

    /// Computes the MAC of a message and compares it.
    pub unsafe fn psa_mac_verify(
        key: psa_key_id_t,
        alg: psa_algorithm_t,
        input: *const u8,
        input_length: usize,
        mac: *const u8,
        mac_length: usize,
    ) -> psa_status_t {
        let (input, mac) = (self::input(input, input_length), self::input(mac, mac_length));
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { verify_with_key(Function::mac_verify, key, alg, input, mac) }
    }

    /// Begins the computation of a MAC.
    pub unsafe fn psa_mac_sign_setup(
        operation: *mut psa_mac_operation_t,
        key: psa_key_id_t,
        alg: psa_algorithm_t,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::setup(Function::mac_sign_setup, handle!(operation), key, alg) }
    }

    /// Begins the comparison of a MAC.
    pub unsafe fn psa_mac_verify_setup(
        operation: *mut psa_mac_operation_t,
        key: psa_key_id_t,
        alg: psa_algorithm_t,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::setup(Function::mac_verify_setup, handle!(operation), key, alg) }
    }

    /// Takes a part of the message.
    pub unsafe fn psa_mac_update(
        operation: *mut psa_mac_operation_t,
        input: *const u8,
        input_length: usize,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::feed(Function::mac_update, handle!(operation), input, input_length) }
    }

    /// Ends the computation and writes the MAC.
    pub unsafe fn psa_mac_sign_finish(
        operation: *mut psa_mac_operation_t,
        mac: *mut u8,
        mac_size: usize,
        mac_length: *mut usize,
    ) -> psa_status_t {
        let vector = output(mac, mac_size);
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::finish(Function::mac_sign_finish, handle!(operation), vector, mac_length) }
    }

    /// Ends the comparison.
    pub unsafe fn psa_mac_verify_finish(
        operation: *mut psa_mac_operation_t,
        mac: *const u8,
        mac_length: usize,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::verify(Function::mac_verify_finish, handle!(operation), mac, mac_length) }
    }

    /// Ends either without a result.
    pub unsafe fn psa_mac_abort(operation: *mut psa_mac_operation_t) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { operation::abort(Function::mac_abort, handle!(operation)) }
    }
}
