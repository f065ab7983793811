//! The one module with `unsafe`: calls of the PSA Crypto API, each with slices instead of pointers.
//!
//! The provider is chosen here and nowhere else.
#![allow(unsafe_code)]

#[cfg(all(feature = "mbedtls", not(feature = "tfm")))]
use mbedtls_psa::sys as c;
#[cfg(not(all(feature = "mbedtls", not(feature = "tfm"))))]
use tfm_sys as c;

use crate::{Attributes, Error, Result};
#[cfg(all(feature = "mbedtls", not(feature = "tfm")))]
use core::mem::offset_of;
use core::ptr;

// `Attributes` is handed to C as it is.
const _: () = assert!(
    size_of::<Attributes>() == size_of::<c::psa_key_attributes_t>()
        && align_of::<Attributes>() == align_of::<c::psa_key_attributes_t>()
);

/// The same fields at the same places, whatever the configuration and the target: of equal size is not enough.
#[cfg(all(feature = "mbedtls", not(feature = "tfm")))]
const _: () = {
    type Theirs = c::psa_key_attributes_t;
    let theirs = [
        offset_of!(Theirs, private_type),
        offset_of!(Theirs, private_bits),
        offset_of!(Theirs, private_lifetime),
        offset_of!(Theirs, private_policy.private_usage),
        offset_of!(Theirs, private_policy.private_alg),
        offset_of!(Theirs, private_policy.private_alg2),
        offset_of!(Theirs, private_id),
    ];
    let mut field = 0;
    while field < theirs.len() {
        assert!(theirs[field] == Attributes::OFFSETS[field]);
        field += 1;
    }
};

/// Makes one call of the API and turns its status into a result.
///
/// Mbed TLS without threads, which is the one on bare metal, must not be entered twice: a second context gets
/// [`Error::Busy`]. The lock is the one of the crate below, whose keys and certificates share that library; a call never
/// comes back to either crate. With threads there is no lock, and TF-M's client has its own.
#[inline]
fn check(call: impl FnOnce() -> i32) -> Result<()> {
    #[cfg(all(feature = "mbedtls", not(feature = "tfm")))]
    let status = mbedtls_psa::exclusive(call).map_err(|mbedtls_psa::Busy| Error::Busy)?;
    #[cfg(not(all(feature = "mbedtls", not(feature = "tfm"))))]
    let status = call();
    if status == 0 {
        Ok(())
    } else {
        Err(Error::from_status(status))
    }
}

#[inline]
const fn attributes_in(attributes: &Attributes) -> *const c::psa_key_attributes_t {
    ptr::from_ref(attributes).cast()
}

pub(crate) fn init() -> Result<()> {
    // SAFETY: the function takes no arguments and may be called at any time, also repeatedly.
    check(|| unsafe { c::psa_crypto_init() })
}

pub(crate) fn generate_key(attributes: &Attributes) -> Result<u32> {
    let mut id = 0;
    // SAFETY: attributes and id live through the call, and `Attributes` has the layout of the C struct.
    check(|| unsafe { c::psa_generate_key(attributes_in(attributes), &raw mut id) })?;
    Ok(id)
}

pub(crate) fn import_key(attributes: &Attributes, data: &[u8]) -> Result<u32> {
    let mut id = 0;
    // SAFETY: pointer and length describe `data`; attributes and id live through the call.
    check(|| unsafe {
        c::psa_import_key(
            attributes_in(attributes),
            data.as_ptr(),
            data.len(),
            &raw mut id,
        )
    })?;
    Ok(id)
}

pub(crate) fn get_key_attributes(id: u32) -> Result<Attributes> {
    let mut attributes = Attributes::from_file();
    // SAFETY: `Attributes` has the layout of the C struct, every bit pattern is one, and it lives through the call.
    check(|| unsafe { c::psa_get_key_attributes(id, ptr::from_mut(&mut attributes).cast()) })?;
    Ok(attributes)
}

pub(crate) fn destroy_key(id: u32) -> Result<()> {
    // SAFETY: no pointers; an id without a key is answered with an error.
    check(|| unsafe { c::psa_destroy_key(id) })
}

pub(crate) fn export_key(id: u32, output: &mut [u8]) -> Result<usize> {
    let mut len = 0;
    // SAFETY: pointer and length describe `output`; len lives through the call.
    check(|| unsafe { c::psa_export_key(id, output.as_mut_ptr(), output.len(), &raw mut len) })?;
    Ok(len)
}

pub(crate) fn export_public_key(id: u32, output: &mut [u8]) -> Result<usize> {
    let mut len = 0;
    // SAFETY: pointer and length describe `output`; len lives through the call.
    check(|| unsafe {
        c::psa_export_public_key(id, output.as_mut_ptr(), output.len(), &raw mut len)
    })?;
    Ok(len)
}

pub(crate) fn hash_compute(algorithm: u32, input: &[u8], output: &mut [u8]) -> Result<usize> {
    let mut len = 0;
    // SAFETY: each pointer and length describe one slice; len lives through the call.
    check(|| unsafe {
        c::psa_hash_compute(
            algorithm,
            input.as_ptr(),
            input.len(),
            output.as_mut_ptr(),
            output.len(),
            &raw mut len,
        )
    })?;
    Ok(len)
}

macro_rules! signing {
    ($($name:ident, $c_name:ident;)*) => {$(
        #[inline]
        pub(crate) fn $name(id: u32, algorithm: u32, input: &[u8], signature: &mut [u8]) -> Result<usize> {
            let mut len = 0;
            // SAFETY: each pointer and length describe one slice; len lives through the call.
            check(|| unsafe {
                c::$c_name(
                    id,
                    algorithm,
                    input.as_ptr(),
                    input.len(),
                    signature.as_mut_ptr(),
                    signature.len(),
                    &raw mut len,
                )
            })?;
            Ok(len)
        }
    )*};
}

signing! {
    sign_hash, psa_sign_hash;
    sign_message, psa_sign_message;
}

macro_rules! verifying {
    ($($name:ident, $c_name:ident;)*) => {$(
        #[inline]
        pub(crate) fn $name(id: u32, algorithm: u32, input: &[u8], signature: &[u8]) -> Result<()> {
            // SAFETY: each pointer and length describe one slice.
            check(|| unsafe {
                c::$c_name(id, algorithm, input.as_ptr(), input.len(), signature.as_ptr(), signature.len())
            })
        }
    )*};
}

verifying! {
    verify_hash, psa_verify_hash;
    verify_message, psa_verify_message;
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::{Algorithm, Curve, Hash, Usage};
    use std::format;

    #[test]
    fn attributes_have_the_layout_that_the_accessors_of_c_expect() {
        let ours = Attributes::ecc_key_pair(Curve::P521)
            .usage(Usage::SIGN_HASH | Usage::EXPORT)
            .algorithm(Algorithm::ecdsa(Hash::Sha512));
        let theirs = attributes_in(&ours);
        // SAFETY: the pointer is to attributes that live through the block; getters only read.
        unsafe {
            assert_eq!(c::psa_get_key_type(theirs), 0x7112);
            assert_eq!(c::psa_get_key_bits(theirs), 521);
            assert_eq!(
                c::psa_get_key_algorithm(theirs),
                Algorithm::ecdsa(Hash::Sha512).to_raw()
            );
            assert_eq!(
                c::psa_get_key_usage_flags(theirs),
                ours.permitted_usage().to_raw()
            );
            assert_eq!(c::psa_get_key_lifetime(theirs), 0);
            assert_eq!(c::psa_get_key_id(theirs), 0);
        }
    }

    #[test]
    fn each_setter_of_c_sets_the_field_of_that_name() {
        // SAFETY: the attributes live through the block; setters write to them alone, and they have this layout.
        let read = unsafe {
            let mut written = c::psa_key_attributes_init();
            c::psa_set_key_type(&raw mut written, 1);
            c::psa_set_key_bits(&raw mut written, 2);
            // The identifier first: it makes a volatile lifetime persistent.
            c::psa_set_key_id(&raw mut written, 7);
            c::psa_set_key_lifetime(&raw mut written, 3);
            c::psa_set_key_usage_flags(&raw mut written, 4);
            c::psa_set_key_algorithm(&raw mut written, 5);
            c::psa_set_key_enrollment_algorithm(&raw mut written, 6);
            ptr::from_ref(&written).cast::<Attributes>().read()
        };
        assert_eq!(
            format!("{read:?}"),
            "Attributes { key_type: 1, bits: 2, lifetime: 3, usage: 4, algorithm: 5, enrollment_algorithm: 6, id: 7 }"
        );
    }
}
