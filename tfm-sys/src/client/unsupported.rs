//! Functions that TF-M up to 2.3 does not offer to the non-secure side, for C code that links them.
//!
//! They answer without asking it. What begins an operation answers `PSA_ERROR_NOT_SUPPORTED`, so none is ever active, and
//! aborting one succeeds.

use crate::*;

client! { core::convert::identity;
    /// Compares the next bytes of a derivation: not offered.
    pub unsafe fn psa_key_derivation_verify_bytes(
        _operation: *mut psa_key_derivation_operation_t,
        _expected: *const u8,
        _expected_length: usize,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Compares a key with a derivation: not offered.
    pub unsafe fn psa_key_derivation_verify_key(
        _operation: *mut psa_key_derivation_operation_t,
        _expected: psa_key_id_t,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Limits the work of one step of an interruptible operation; there is none to limit.
    pub unsafe fn psa_interruptible_set_max_ops(_max_ops: u32) -> () {}

    /// The limit of one step of an interruptible operation: none.
    pub unsafe fn psa_interruptible_get_max_ops() -> u32 {
        PSA_INTERRUPTIBLE_MAX_OPS_UNLIMITED
    }

    /// The work that an interruptible signature took: none.
    pub unsafe fn psa_sign_hash_get_num_ops(
        _operation: *const psa_sign_hash_interruptible_operation_t,
    ) -> u32 {
        0
    }

    /// The work that an interruptible verification took: none.
    pub unsafe fn psa_verify_hash_get_num_ops(
        _operation: *const psa_verify_hash_interruptible_operation_t,
    ) -> u32 {
        0
    }

    /// Begins an interruptible signature: not offered.
    pub unsafe fn psa_sign_hash_start(
        _operation: *mut psa_sign_hash_interruptible_operation_t,
        _key: psa_key_id_t,
        _alg: psa_algorithm_t,
        _hash: *const u8,
        _hash_length: usize,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Goes on with an interruptible signature: not offered.
    pub unsafe fn psa_sign_hash_complete(
        _operation: *mut psa_sign_hash_interruptible_operation_t,
        _signature: *mut u8,
        _signature_size: usize,
        _signature_length: *mut usize,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Ends an interruptible signature: none is active.
    pub unsafe fn psa_sign_hash_abort(
        _operation: *mut psa_sign_hash_interruptible_operation_t,
    ) -> psa_status_t {
        PSA_SUCCESS
    }

    /// Begins an interruptible verification: not offered.
    pub unsafe fn psa_verify_hash_start(
        _operation: *mut psa_verify_hash_interruptible_operation_t,
        _key: psa_key_id_t,
        _alg: psa_algorithm_t,
        _hash: *const u8,
        _hash_length: usize,
        _signature: *const u8,
        _signature_length: usize,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Goes on with an interruptible verification: not offered.
    pub unsafe fn psa_verify_hash_complete(
        _operation: *mut psa_verify_hash_interruptible_operation_t,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Ends an interruptible verification: none is active.
    pub unsafe fn psa_verify_hash_abort(
        _operation: *mut psa_verify_hash_interruptible_operation_t,
    ) -> psa_status_t {
        PSA_SUCCESS
    }

    /// Begins a password-authenticated key exchange: not offered.
    pub unsafe fn psa_pake_setup(
        _operation: *mut psa_pake_operation_t,
        _cipher_suite: *const psa_pake_cipher_suite_t,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Sets the password: not offered.
    pub unsafe fn psa_pake_set_password_key(
        _operation: *mut psa_pake_operation_t,
        _password: psa_key_id_t,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Sets our name: not offered.
    pub unsafe fn psa_pake_set_user(
        _operation: *mut psa_pake_operation_t,
        _user_id: *const u8,
        _user_id_len: usize,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Sets the peer's name: not offered.
    pub unsafe fn psa_pake_set_peer(
        _operation: *mut psa_pake_operation_t,
        _peer_id: *const u8,
        _peer_id_len: usize,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Sets our side: not offered.
    pub unsafe fn psa_pake_set_role(
        _operation: *mut psa_pake_operation_t,
        _role: psa_pake_role_t,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Writes a step's message: not offered.
    pub unsafe fn psa_pake_output(
        _operation: *mut psa_pake_operation_t,
        _step: psa_pake_step_t,
        _output: *mut u8,
        _output_size: usize,
        _output_length: *mut usize,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Takes a step's message: not offered.
    pub unsafe fn psa_pake_input(
        _operation: *mut psa_pake_operation_t,
        _step: psa_pake_step_t,
        _input: *const u8,
        _input_length: usize,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Gives the shared secret to a derivation: not offered.
    pub unsafe fn psa_pake_get_implicit_key(
        _operation: *mut psa_pake_operation_t,
        _output: *mut psa_key_derivation_operation_t,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Ends a password-authenticated key exchange: none is active.
    pub unsafe fn psa_pake_abort(_operation: *mut psa_pake_operation_t) -> psa_status_t {
        PSA_SUCCESS
    }
}
