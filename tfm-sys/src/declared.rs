//! The functions of the PSA APIs as an environment provides them that has TF-M's client in C, or one with the same types.
//!
//! Only declarations: whoever calls one links that environment. The operations of Mbed TLS with a PSA core of its own are
//! larger than these types: only functions that take none may be called there.

#[cfg(not(zephyr))]
mod crypto;
pub(crate) mod services;

#[cfg(not(zephyr))]
pub use crypto::*;
#[cfg(not(zephyr))]
pub use services::*;

/// The client's functions have the prototypes that an environment's have, so that a caller compiles against either.
#[cfg(client)]
macro_rules! same_prototypes {
    ($($name:ident)*) => {$(
        const _: () = {
            let _ = [self::$name, crate::client::$name];
        };
    )*};
}

#[cfg(client)]
same_prototypes! {
    psa_crypto_init
    psa_get_key_attributes
    psa_reset_key_attributes
    psa_purge_key
    psa_copy_key
    psa_destroy_key
    psa_import_key
    psa_export_key
    psa_export_public_key
    psa_hash_compute
    psa_hash_compare
    psa_hash_setup
    psa_hash_update
    psa_hash_finish
    psa_hash_verify
    psa_hash_abort
    psa_hash_clone
    psa_mac_compute
    psa_mac_verify
    psa_mac_sign_setup
    psa_mac_verify_setup
    psa_mac_update
    psa_mac_sign_finish
    psa_mac_verify_finish
    psa_mac_abort
    psa_cipher_encrypt
    psa_cipher_decrypt
    psa_cipher_encrypt_setup
    psa_cipher_decrypt_setup
    psa_cipher_generate_iv
    psa_cipher_set_iv
    psa_cipher_update
    psa_cipher_finish
    psa_cipher_abort
    psa_aead_encrypt
    psa_aead_decrypt
    psa_aead_encrypt_setup
    psa_aead_decrypt_setup
    psa_aead_generate_nonce
    psa_aead_set_nonce
    psa_aead_set_lengths
    psa_aead_update_ad
    psa_aead_update
    psa_aead_finish
    psa_aead_verify
    psa_aead_abort
    psa_sign_message
    psa_verify_message
    psa_sign_hash
    psa_verify_hash
    psa_asymmetric_encrypt
    psa_asymmetric_decrypt
    psa_key_derivation_setup
    psa_key_derivation_get_capacity
    psa_key_derivation_set_capacity
    psa_key_derivation_input_bytes
    psa_key_derivation_input_integer
    psa_key_derivation_input_key
    psa_key_derivation_key_agreement
    psa_key_derivation_output_bytes
    psa_key_derivation_output_key
    psa_key_derivation_output_key_custom
    psa_key_derivation_verify_bytes
    psa_key_derivation_verify_key
    psa_key_derivation_abort
    psa_raw_key_agreement
    psa_generate_random
    psa_generate_key
    psa_generate_key_custom
    psa_interruptible_set_max_ops
    psa_interruptible_get_max_ops
    psa_sign_hash_get_num_ops
    psa_verify_hash_get_num_ops
    psa_sign_hash_start
    psa_sign_hash_complete
    psa_sign_hash_abort
    psa_verify_hash_start
    psa_verify_hash_complete
    psa_verify_hash_abort
    psa_open_key
    psa_close_key
    psa_can_do_hash
    psa_can_do_cipher
    psa_pake_setup
    psa_pake_set_password_key
    psa_pake_set_user
    psa_pake_set_peer
    psa_pake_set_role
    psa_pake_output
    psa_pake_input
    psa_pake_get_implicit_key
    psa_pake_abort
    psa_framework_version
    psa_version
    psa_connect
    psa_call
    psa_close
    psa_its_set
    psa_its_get
    psa_its_get_info
    psa_its_remove
    psa_ps_set
    psa_ps_get
    psa_ps_get_info
    psa_ps_remove
    psa_ps_get_support
    psa_ps_create
    psa_ps_set_extended
    psa_initial_attest_get_token
    psa_initial_attest_get_token_size
    tfm_platform_system_reset
    tfm_platform_nv_counter_increment
    tfm_platform_nv_counter_read
    tfm_platform_ioctl
}
