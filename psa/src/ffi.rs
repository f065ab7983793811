//! The one module with `unsafe`: calls of the PSA Crypto API, each with slices instead of pointers.
//!
//! The provider is chosen here and nowhere else.
#![allow(unsafe_code)]

#[cfg(all(feature = "mbedtls", not(feature = "tfm")))]
use mbedtls_psa::sys as c;
#[cfg(not(all(feature = "mbedtls", not(feature = "tfm"))))]
use tfm_sys as c;

use crate::{Attributes, Error, Result};
use core::ptr;

// `Attributes` is handed to C as it is.
const _: () = assert!(
    size_of::<Attributes>() == size_of::<c::psa_key_attributes_t>()
        && align_of::<Attributes>() == align_of::<c::psa_key_attributes_t>()
);

#[inline]
const fn check(status: i32) -> Result<()> {
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
    check(unsafe { c::psa_crypto_init() })
}

pub(crate) fn generate_key(attributes: &Attributes) -> Result<u32> {
    let mut id = 0;
    // SAFETY: attributes and id live through the call, and `Attributes` has the layout of the C struct.
    check(unsafe { c::psa_generate_key(attributes_in(attributes), &raw mut id) })?;
    Ok(id)
}

pub(crate) fn import_key(attributes: &Attributes, data: &[u8]) -> Result<u32> {
    let mut id = 0;
    // SAFETY: pointer and length describe `data`; attributes and id live through the call.
    check(unsafe {
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
    check(unsafe { c::psa_get_key_attributes(id, ptr::from_mut(&mut attributes).cast()) })?;
    Ok(attributes)
}

pub(crate) fn destroy_key(id: u32) -> Result<()> {
    // SAFETY: no pointers; an id without a key is answered with an error.
    check(unsafe { c::psa_destroy_key(id) })
}

pub(crate) fn export_key(id: u32, output: &mut [u8]) -> Result<usize> {
    let mut len = 0;
    // SAFETY: pointer and length describe `output`; len lives through the call.
    check(unsafe { c::psa_export_key(id, output.as_mut_ptr(), output.len(), &raw mut len) })?;
    Ok(len)
}

pub(crate) fn export_public_key(id: u32, output: &mut [u8]) -> Result<usize> {
    let mut len = 0;
    // SAFETY: pointer and length describe `output`; len lives through the call.
    check(unsafe {
        c::psa_export_public_key(id, output.as_mut_ptr(), output.len(), &raw mut len)
    })?;
    Ok(len)
}

pub(crate) fn hash_compute(algorithm: u32, input: &[u8], output: &mut [u8]) -> Result<usize> {
    let mut len = 0;
    // SAFETY: each pointer and length describe one slice; len lives through the call.
    check(unsafe {
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
            check(unsafe {
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
            check(unsafe {
                c::$c_name(id, algorithm, input.as_ptr(), input.len(), signature.as_ptr(), signature.len())
            })
        }
    )*};
}

verifying! {
    verify_hash, psa_verify_hash;
    verify_message, psa_verify_message;
}

#[cfg(all(test, feature = "mbedtls", not(feature = "tfm")))]
mod tests {
    use super::*;
    use crate::{Algorithm, Curve, Hash, Usage};

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

            let mut written = c::psa_key_attributes_init();
            c::psa_set_key_type(&raw mut written, 0x7112);
            c::psa_set_key_bits(&raw mut written, 521);
            c::psa_set_key_algorithm(&raw mut written, Algorithm::ecdsa(Hash::Sha512).to_raw());
            c::psa_set_key_usage_flags(
                &raw mut written,
                (Usage::SIGN_HASH | Usage::EXPORT).to_raw(),
            );
            assert_eq!(ptr::from_ref(&written).cast::<Attributes>().read(), ours);
        }
    }
}
