//! Client mode: the `psa_*` that the C library calls are TF-M's client, which is Rust and stands in the crate below.
//!
//! The C is compiled against Mbed TLS's own headers, the client speaks TF-M's interface: what both hand over is compared
//! here, field by field where fields are.
use core::mem::{align_of, offset_of, size_of};

use crate::sys;

macro_rules! same_layout {
    ($($name:ident)*) => {$(
        const _: () = assert!(
            size_of::<sys::$name>() == size_of::<tfm_sys::$name>()
                && align_of::<sys::$name>() == align_of::<tfm_sys::$name>()
        );
    )*};
}

same_layout! {
    psa_key_attributes_t psa_key_id_t psa_key_type_t psa_key_usage_t psa_algorithm_t
    psa_hash_operation_t psa_mac_operation_t psa_cipher_operation_t psa_aead_operation_t
    psa_key_derivation_operation_t
}

// The layout that TF-M 2.1 to 2.3 reads, and tfm-sys writes.
const _: () = {
    assert!(offset_of!(sys::psa_key_attributes_s, private_type) == 0);
    assert!(offset_of!(sys::psa_key_attributes_s, private_bits) == 2);
    assert!(offset_of!(sys::psa_key_attributes_s, private_lifetime) == 4);
    let policy = offset_of!(sys::psa_key_attributes_s, private_policy);
    assert!(policy + offset_of!(sys::psa_key_policy_s, private_usage) == 8);
    assert!(policy + offset_of!(sys::psa_key_policy_s, private_alg) == 12);
    assert!(policy + offset_of!(sys::psa_key_policy_s, private_alg2) == 16);
    assert!(offset_of!(sys::psa_key_attributes_s, private_id) == 20);
};
