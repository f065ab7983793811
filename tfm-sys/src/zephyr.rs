//! The PSA API that a Zephyr build links, bound to its own headers.
//!
//! Attributes are this crate's and become C's for a call, since each version of the headers has them in another order.
#![allow(
    missing_docs,
    reason = "declarations of the PSA APIs, which describe them"
)]

use crate::*;
use core::mem::MaybeUninit;

#[allow(clippy::wildcard_imports, reason = "every type of the API")]
mod absent;
#[allow(clippy::all, clippy::pedantic, unused, non_upper_case_globals)]
mod bound {
    include!(concat!(env!("OUT_DIR"), "/zephyr_bound.rs"));
}

/// Refers to the symbols that the C shim has for its own view of each size: a difference fails at the link.
macro_rules! sizes {
    ($($name:ident)*) => {
        unsafe extern "C" {
            $(fn $name();)*
        }

        /// Makes the linker look for each of them; no instruction, no byte.
        #[inline]
        fn same_sizes() {
            $(
                // SAFETY: an annotation for the linker that changes nothing.
                unsafe {
                    core::arch::asm!(
                        ".reloc ., BFD_RELOC_NONE, {}",
                        sym $name,
                        options(nomem, nostack, preserves_flags)
                    );
                }
            )*
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/zephyr_names.rs"));

#[allow(unused_imports, reason = "whose headers have all of it")]
pub use absent::*;
pub use bound::{
    mbedtls_psa_rs_calloc, mbedtls_psa_rs_enter, mbedtls_psa_rs_free, mbedtls_psa_rs_leave,
    mbedtls_psa_rs_zeroize,
};

macro_rules! operations {
    ($($name:ident, $init:ident;)*) => {$(
        #[inline]
        pub const fn $init() -> $name {
            // SAFETY: all-bits-zero is the API's initial state of every operation, and C's structs of integers and pointers
            // have that value.
            unsafe { MaybeUninit::zeroed().assume_init() }
        }
    )*};
}

operations! {
    psa_hash_operation_t, psa_hash_operation_init;
    psa_mac_operation_t, psa_mac_operation_init;
    psa_cipher_operation_t, psa_cipher_operation_init;
    psa_aead_operation_t, psa_aead_operation_init;
    psa_key_derivation_operation_t, psa_key_derivation_operation_init;
    psa_sign_hash_interruptible_operation_t, psa_sign_hash_interruptible_operation_init;
    psa_verify_hash_interruptible_operation_t, psa_verify_hash_interruptible_operation_init;
    psa_pake_operation_t, psa_pake_operation_init;
}

/// Makes one call of the API unless an interrupt handler asks for it, alone where the image's library has no mutexes.
///
/// # Errors
/// [`STATUS_CALLED_FROM_HANDLER`], before anything could block.
#[inline]
pub fn within<R>(call: impl FnOnce() -> R) -> Result<R, psa_status_t> {
    same_sizes();
    // SAFETY: takes no arguments and may be called in every context.
    let entered = unsafe { mbedtls_psa_rs_enter() };
    if entered != PSA_SUCCESS {
        return Err(entered);
    }
    let result = call();
    // SAFETY: in the context that entered, once.
    unsafe { mbedtls_psa_rs_leave() };
    Ok(result)
}

const _: () =
    assert!(size_of::<psa_key_attributes_t>() == size_of::<bound::mbedtls_psa_rs_attributes>());
const _: () = assert!(STATUS_CALLED_FROM_HANDLER == i32::MIN);

/// Gives `call` the attributes as C has them.
///
/// # Safety
/// `attributes` points to attributes that may be read.
#[inline]
unsafe fn with_attributes(
    attributes: *const psa_key_attributes_t,
    call: impl FnOnce(*const bound::psa_key_attributes_t) -> psa_status_t,
) -> psa_status_t {
    let mut theirs = MaybeUninit::<bound::psa_key_attributes_t>::uninit();
    // SAFETY: the caller promises readable attributes, which have the fields of the shim's struct; the other is room for one.
    let status =
        unsafe { bound::mbedtls_psa_rs_attributes_to_c(attributes.cast(), theirs.as_mut_ptr()) };
    if status != PSA_SUCCESS {
        return status;
    }
    call(theirs.as_ptr())
}

/// # Safety
/// As in C: room for attributes.
pub unsafe fn psa_get_key_attributes(
    key: mbedtls_svc_key_id_t,
    attributes: *mut psa_key_attributes_t,
) -> psa_status_t {
    // SAFETY: zero is how C initialises attributes. They live through the calls; the caller promises room for ours.
    unsafe {
        let mut theirs = MaybeUninit::<bound::psa_key_attributes_t>::zeroed();
        let status = bound::psa_get_key_attributes(key, theirs.as_mut_ptr());
        if status == PSA_SUCCESS {
            bound::mbedtls_psa_rs_attributes_from_c(theirs.as_ptr(), attributes.cast());
            bound::psa_reset_key_attributes(theirs.as_mut_ptr());
        }
        status
    }
}

/// # Safety
/// As in C: attributes that may be written.
pub unsafe fn psa_reset_key_attributes(attributes: *mut psa_key_attributes_t) {
    // SAFETY: the caller promises attributes that may be written.
    unsafe { attributes.write(psa_key_attributes_init()) }
}

/// # Safety
/// As in C: readable attributes, room for an identifier.
pub unsafe fn psa_copy_key(
    source_key: mbedtls_svc_key_id_t,
    attributes: *const psa_key_attributes_t,
    target_key: *mut mbedtls_svc_key_id_t,
) -> psa_status_t {
    // SAFETY: the caller promises what C asks for.
    unsafe {
        with_attributes(attributes, |attributes| {
            bound::psa_copy_key(source_key, attributes, target_key)
        })
    }
}

/// # Safety
/// As in C: readable attributes and data, room for an identifier.
pub unsafe fn psa_import_key(
    attributes: *const psa_key_attributes_t,
    data: *const u8,
    data_length: usize,
    key: *mut mbedtls_svc_key_id_t,
) -> psa_status_t {
    // SAFETY: the caller promises what C asks for.
    unsafe {
        with_attributes(attributes, |attributes| {
            bound::psa_import_key(attributes, data, data_length, key)
        })
    }
}

/// # Safety
/// As in C: readable attributes, room for an identifier.
pub unsafe fn psa_generate_key(
    attributes: *const psa_key_attributes_t,
    key: *mut mbedtls_svc_key_id_t,
) -> psa_status_t {
    // SAFETY: the caller promises what C asks for.
    unsafe {
        with_attributes(attributes, |attributes| {
            bound::psa_generate_key(attributes, key)
        })
    }
}

/// # Safety
/// As in C: readable attributes, an operation, room for an identifier.
pub unsafe fn psa_key_derivation_output_key(
    attributes: *const psa_key_attributes_t,
    operation: *mut psa_key_derivation_operation_t,
    key: *mut mbedtls_svc_key_id_t,
) -> psa_status_t {
    // SAFETY: the caller promises what C asks for.
    unsafe {
        with_attributes(attributes, |attributes| {
            bound::psa_key_derivation_output_key(attributes, operation, key)
        })
    }
}

/// # Safety
/// As in C: readable attributes, parameters and data, room for an identifier.
#[cfg(not(absent = "psa_generate_key_custom"))]
pub unsafe fn psa_generate_key_custom(
    attributes: *const psa_key_attributes_t,
    custom: *const psa_custom_key_parameters_t,
    custom_data: *const u8,
    custom_data_length: usize,
    key: *mut mbedtls_svc_key_id_t,
) -> psa_status_t {
    // SAFETY: the caller promises what C asks for.
    unsafe {
        with_attributes(attributes, |attributes| {
            bound::psa_generate_key_custom(attributes, custom, custom_data, custom_data_length, key)
        })
    }
}

/// # Safety
/// As in C: readable attributes, parameters and data, an operation, room for an identifier.
#[cfg(not(absent = "psa_key_derivation_output_key_custom"))]
pub unsafe fn psa_key_derivation_output_key_custom(
    attributes: *const psa_key_attributes_t,
    operation: *mut psa_key_derivation_operation_t,
    custom: *const psa_custom_key_parameters_t,
    custom_data: *const u8,
    custom_data_length: usize,
    key: *mut mbedtls_svc_key_id_t,
) -> psa_status_t {
    // SAFETY: the caller promises what C asks for.
    unsafe {
        with_attributes(attributes, |attributes| {
            bound::psa_key_derivation_output_key_custom(
                attributes,
                operation,
                custom,
                custom_data,
                custom_data_length,
                key,
            )
        })
    }
}
