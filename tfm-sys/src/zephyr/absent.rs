//! What some versions of the headers lack: it answers `PSA_ERROR_NOT_SUPPORTED`.

#[allow(unused_imports, reason = "whose headers have all of it")]
use crate::*;

/// The functions that are not there; a number of something is 0.
macro_rules! absent {
    ($($header:literal $name:ident($($arg:ident: $type:ty),* $(,)?) $(-> $result:ident)?;)*) => {$(
        /// # Safety
        /// None: nothing is read or written.
        #[cfg(absent = $header)]
        #[allow(unused_variables, clippy::missing_safety_doc)]
        pub unsafe fn $name($($arg: $type),*) $(-> $result)? {
            $(absent!(answer $result))?
        }
    )*};
    (answer psa_status_t) => { PSA_ERROR_NOT_SUPPORTED };
    (answer u32) => { 0 };
}

absent! {
    "psa_key_derivation_verify_bytes"
    psa_key_derivation_verify_bytes(operation: *mut psa_key_derivation_operation_t, expected: *const u8, expected_length: usize) -> psa_status_t;
    "psa_key_derivation_verify_key"
    psa_key_derivation_verify_key(operation: *mut psa_key_derivation_operation_t, expected: psa_key_id_t) -> psa_status_t;
    "psa_interruptible_set_max_ops"
    psa_interruptible_set_max_ops(max_ops: u32);
    "psa_interruptible_get_max_ops"
    psa_interruptible_get_max_ops() -> u32;
    "psa_sign_hash_get_num_ops"
    psa_sign_hash_get_num_ops(operation: *const psa_sign_hash_interruptible_operation_t) -> u32;
    "psa_verify_hash_get_num_ops"
    psa_verify_hash_get_num_ops(operation: *const psa_verify_hash_interruptible_operation_t) -> u32;
    "psa_sign_hash_start"
    psa_sign_hash_start(operation: *mut psa_sign_hash_interruptible_operation_t, key: mbedtls_svc_key_id_t, alg: psa_algorithm_t, hash: *const u8, hash_length: usize) -> psa_status_t;
    "psa_sign_hash_complete"
    psa_sign_hash_complete(operation: *mut psa_sign_hash_interruptible_operation_t, signature: *mut u8, signature_size: usize, signature_length: *mut usize) -> psa_status_t;
    "psa_sign_hash_abort"
    psa_sign_hash_abort(operation: *mut psa_sign_hash_interruptible_operation_t) -> psa_status_t;
    "psa_verify_hash_start"
    psa_verify_hash_start(operation: *mut psa_verify_hash_interruptible_operation_t, key: mbedtls_svc_key_id_t, alg: psa_algorithm_t, hash: *const u8, hash_length: usize, signature: *const u8, signature_length: usize) -> psa_status_t;
    "psa_verify_hash_complete"
    psa_verify_hash_complete(operation: *mut psa_verify_hash_interruptible_operation_t) -> psa_status_t;
    "psa_verify_hash_abort"
    psa_verify_hash_abort(operation: *mut psa_verify_hash_interruptible_operation_t) -> psa_status_t;
    "psa_pake_setup"
    psa_pake_setup(operation: *mut psa_pake_operation_t, cipher_suite: *const psa_pake_cipher_suite_t) -> psa_status_t;
    "psa_pake_set_password_key"
    psa_pake_set_password_key(operation: *mut psa_pake_operation_t, password: mbedtls_svc_key_id_t) -> psa_status_t;
    "psa_pake_set_user"
    psa_pake_set_user(operation: *mut psa_pake_operation_t, user_id: *const u8, user_id_len: usize) -> psa_status_t;
    "psa_pake_set_peer"
    psa_pake_set_peer(operation: *mut psa_pake_operation_t, peer_id: *const u8, peer_id_len: usize) -> psa_status_t;
    "psa_pake_set_role"
    psa_pake_set_role(operation: *mut psa_pake_operation_t, role: psa_pake_role_t) -> psa_status_t;
    "psa_pake_output"
    psa_pake_output(operation: *mut psa_pake_operation_t, step: psa_pake_step_t, output: *mut u8, output_size: usize, output_length: *mut usize) -> psa_status_t;
    "psa_pake_input"
    psa_pake_input(operation: *mut psa_pake_operation_t, step: psa_pake_step_t, input: *const u8, input_length: usize) -> psa_status_t;
    "psa_pake_get_implicit_key"
    psa_pake_get_implicit_key(operation: *mut psa_pake_operation_t, output: *mut psa_key_derivation_operation_t) -> psa_status_t;
    "psa_pake_abort"
    psa_pake_abort(operation: *mut psa_pake_operation_t) -> psa_status_t;
    "psa_generate_key_custom"
    psa_generate_key_custom(attributes: *const psa_key_attributes_t, custom: *const psa_custom_key_parameters_t, custom_data: *const u8, custom_data_length: usize, key: *mut mbedtls_svc_key_id_t) -> psa_status_t;
    "psa_key_derivation_output_key_custom"
    psa_key_derivation_output_key_custom(attributes: *const psa_key_attributes_t, operation: *mut psa_key_derivation_operation_t, custom: *const psa_custom_key_parameters_t, custom_data: *const u8, custom_data_length: usize, key: *mut mbedtls_svc_key_id_t) -> psa_status_t;
}

/// The operations that are not there.
macro_rules! absent_operations {
    ($($header:literal $name:ident;)*) => {$(
        #[cfg(absent = $header)]
        #[repr(C)]
        #[derive(Debug)]
        pub struct $name {
            handle: u32,
        }
    )*};
}

absent_operations! {
    "psa_sign_hash_interruptible_operation_t" psa_sign_hash_interruptible_operation_t;
    "psa_verify_hash_interruptible_operation_t" psa_verify_hash_interruptible_operation_t;
    "psa_pake_operation_t" psa_pake_operation_t;
}
