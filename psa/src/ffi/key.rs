//! Keys.

use super::{c, check_stored, new_key, written};
use crate::{Attributes, Result};
#[cfg(provider = "mbedtls")]
use core::mem::offset_of;
use core::ptr;

/// Bits of the largest curve that the provider has.
#[cfg(provider = "mbedtls")]
pub(crate) const CURVE_BITS_MAX: usize = c::PSA_VENDOR_ECC_MAX_CURVE_BITS as usize;
#[cfg(not(provider = "mbedtls"))]
pub(crate) use tfm_sys::PSA_VENDOR_ECC_MAX_CURVE_BITS as CURVE_BITS_MAX;

// `Attributes` is handed to C as it is.
const _: () = assert!(
    size_of::<Attributes>() == size_of::<c::psa_key_attributes_t>()
        && align_of::<Attributes>() == align_of::<c::psa_key_attributes_t>()
);

/// The same fields at the same places, whatever the configuration and the target: of equal size is not enough.
#[cfg(provider = "mbedtls")]
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

#[inline]
pub(super) const fn attributes_in(attributes: &Attributes) -> *const c::psa_key_attributes_t {
    ptr::from_ref(attributes).cast()
}

pub(crate) fn generate(attributes: &Attributes) -> Result<u32> {
    // SAFETY: attributes and id are those of `new_key` and live through the call, and `Attributes` has the layout of the C struct.
    new_key(attributes, |attributes, id| unsafe {
        c::psa_generate_key(attributes, id)
    })
}

pub(crate) fn generate_custom(attributes: &Attributes, flags: u32, data: &[u8]) -> Result<u32> {
    let custom = c::psa_custom_key_parameters_t { flags };
    // SAFETY: as in `generate`; the parameters live through the call, and pointer and length describe `data`.
    new_key(attributes, |attributes, id| unsafe {
        c::psa_generate_key_custom(attributes, &raw const custom, data.as_ptr(), data.len(), id)
    })
}

pub(crate) fn import(attributes: &Attributes, data: &[u8]) -> Result<u32> {
    // SAFETY: pointer and length describe `data`; attributes and id live through the call.
    new_key(attributes, |attributes, id| unsafe {
        c::psa_import_key(attributes, data.as_ptr(), data.len(), id)
    })
}

pub(crate) fn copy(source: u32, attributes: &Attributes) -> Result<u32> {
    // SAFETY: attributes and id are those of `new_key` and live through the call; a source that is no key is answered with an error.
    new_key(attributes, |attributes, id| unsafe {
        c::psa_copy_key(source, attributes, id)
    })
}

pub(crate) fn attributes(id: u32) -> Result<Attributes> {
    let mut attributes = Attributes::from_file();
    // SAFETY: `Attributes` has the layout of the C struct, every bit pattern is one, and it lives through the call.
    check_stored(|| unsafe {
        c::psa_get_key_attributes(id, ptr::from_mut(&mut attributes).cast())
    })?;
    Ok(attributes)
}

pub(crate) fn destroy(id: u32) -> Result<()> {
    // SAFETY: no pointers; an id without a key is answered with an error.
    check_stored(|| unsafe { c::psa_destroy_key(id) })
}

/// Destroys a key that nobody else has, now or, while another context is inside the provider, with the next call.
pub(crate) fn abandon(id: u32) {
    // A destructor cannot report a failure.
    let answer = destroy(id);
    #[cfg(operations = "structs")]
    if let Err(crate::Error::Busy | crate::Error::CalledFromHandler) = answer {
        super::abandoned::push_key(id);
    }
    #[cfg(operations = "handles")]
    let _ = answer;
}

pub(crate) fn purge(id: u32) -> Result<()> {
    // SAFETY: no pointers; an id without a key is answered with an error.
    check_stored(|| unsafe { c::psa_purge_key(id) })
}

pub(crate) fn export(id: u32, output: &mut [u8]) -> Result<usize> {
    // SAFETY: `written` gives a pointer with the room that it says, and a length that lives through the call.
    written(output, |data, size, len| unsafe {
        c::psa_export_key(id, data, size, len)
    })
}

pub(crate) fn export_public(id: u32, output: &mut [u8]) -> Result<usize> {
    // SAFETY: as in `export`.
    written(output, |data, size, len| unsafe {
        c::psa_export_public_key(id, data, size, len)
    })
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use crate::{Algorithm, Curve, Hash, Usage};
    use std::format;

    #[cfg(provider = "mbedtls")]
    #[test]
    fn keys_that_wait_are_destroyed_by_the_next_call() {
        use crate::{Error, Key, KeyId, KeyType};
        crate::init().unwrap();
        let attributes = Attributes::new(KeyType::RawData, 8 * 77);
        let keys = [(); 3].map(|()| Key::generate(attributes).unwrap().into_id());
        // Another test may have a key with such an identifier by then. Without one, storage is asked, of which there is none.
        let gone = |id: KeyId| match super::attributes(id.to_raw()) {
            Ok(attributes) => attributes.bits() != 8 * 77,
            Err(error) => matches!(error, Error::InvalidHandle | Error::NoStorage),
        };
        assert!(!keys.into_iter().any(gone));
        for id in keys {
            super::super::abandoned::push_key(id.to_raw());
        }
        super::super::abandoned::call_until(|| keys.into_iter().all(gone));
    }

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
