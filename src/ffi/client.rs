//! Client mode: the `psa_*` that the C library calls are TF-M's client, which is Rust and stands in the crate below.
//!
//! The C is compiled against Mbed TLS's own headers, the client speaks TF-M's interface: what both hand over is compared
//! here, field by field where fields are.
use core::ffi::c_int;
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

/// Whether TF-M has a hash, by its profile: md.c asks before it hands one over, and computes it here otherwise.
///
/// Mbed TLS takes it that the core has each hash that is compiled beside its client, such as MD5; TF-M would refuse it.
#[unsafe(no_mangle)]
extern "C" fn mbedtls_psa_core_can_do_hash(alg: tfm_sys::psa_algorithm_t) -> c_int {
    const HASHES: &[tfm_sys::psa_algorithm_t] =
        &include!(concat!(env!("OUT_DIR"), "/core_hashes.rs"));
    HASHES.contains(&alg).into()
}

#[cfg(all(test, mbedtls = "MD5_C"))]
mod tests {
    use std::sync::Arc;
    use std::vec;
    use std::vec::Vec;

    use tfm_sys::recorder::{Output, SecureSide, with};

    use crate::sys;

    /// A TF-M that answers to each hash as if it had it.
    struct Asked;

    impl SecureSide for Asked {
        fn call(&self, _: i32, _: u32, _: &[Vec<u8>], outputs: &mut [Output]) -> i32 {
            for output in outputs {
                output.write(&vec![0xee; output.size()]);
            }
            tfm_sys::PSA_SUCCESS
        }
    }

    fn hash(md: sys::mbedtls_md_type_t) -> [u8; 32] {
        let mut out = [0; 32];
        // SAFETY: the message is three bytes, and no hash here is longer than the output.
        let result = unsafe {
            let info = sys::mbedtls_md_info_from_type(md);
            sys::mbedtls_md(info, b"abc".as_ptr(), 3, out.as_mut_ptr())
        };
        assert_eq!(result, 0);
        out
    }

    #[test]
    fn a_hash_that_only_this_side_has_is_computed_here() {
        // RFC 1321, A.5.
        let md5 = 0x9001_5098_3cd2_4fb0_d696_3f7d_28e1_7f72_u128.to_be_bytes();
        with(Arc::new(Asked), || {
            assert_eq!(hash(sys::MBEDTLS_MD_MD5)[..16], md5);
            assert_eq!(hash(sys::MBEDTLS_MD_SHA256), [0xee; 32], "by TF-M");
        });
    }
}
