//! Internal trusted storage and protected storage: PSA Secure Storage API 1.0.

use super::call::{as_u32, call, input, output, report};
use crate::*;
use core::ffi::c_void;
use core::mem::size_of;

/// Information as the service writes it: three words, whatever a `size_t` is here.
#[repr(C)]
#[derive(Default)]
struct Info {
    capacity: u32,
    size: u32,
    flags: u32,
}

const _: () = assert!(size_of::<Info>() == 12 && size_of::<psa_storage_uid_t>() == 8);

fn uid_vector(uid: *const psa_storage_uid_t) -> psa_invec {
    input(uid, size_of::<psa_storage_uid_t>())
}

/// # Safety
/// `data` is readable for `length` bytes.
unsafe fn set(
    service: psa_handle_t,
    uid: psa_storage_uid_t,
    length: usize,
    data: *const c_void,
    flags: psa_storage_create_flags_t,
) -> psa_status_t {
    let in_vec = [
        uid_vector(&raw const uid),
        input(data, length),
        input(&raw const flags, size_of::<u32>()),
    ];
    // SAFETY: the data are the caller's promise, the rest is here.
    unsafe { call(service, call_type::STORAGE_SET, &in_vec, &mut []) }
}

/// # Safety
/// `data` is writable for `size` bytes, `length` may be written unless it is NULL.
unsafe fn get(
    service: psa_handle_t,
    uid: psa_storage_uid_t,
    offset: usize,
    size: usize,
    data: *mut c_void,
    length: *mut usize,
) -> psa_status_t {
    let Ok(offset) = as_u32(offset) else {
        return PSA_ERROR_INVALID_ARGUMENT;
    };
    if length.is_null() {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    let in_vec = [
        uid_vector(&raw const uid),
        input(&raw const offset, size_of::<u32>()),
    ];
    let mut out_vec = [output(data, size)];
    // SAFETY: data and length are the caller's promise, the rest is here.
    unsafe {
        let status = call(service, call_type::STORAGE_GET, &in_vec, &mut out_vec);
        report(status, &out_vec[0], length);
        status
    }
}

/// # Safety
/// `info` may be written unless it is NULL.
unsafe fn get_info(
    service: psa_handle_t,
    uid: psa_storage_uid_t,
    info: *mut psa_storage_info_t,
) -> psa_status_t {
    if info.is_null() {
        return PSA_ERROR_INVALID_ARGUMENT;
    }
    let mut answer = Info::default();
    let mut out_vec = [output(&raw mut answer, size_of::<Info>())];
    // SAFETY: the information is the caller's promise, the rest is here.
    unsafe {
        let status = call(
            service,
            call_type::STORAGE_GET_INFO,
            &[uid_vector(&raw const uid)],
            &mut out_vec,
        );
        if status == PSA_SUCCESS {
            *info = psa_storage_info_t {
                capacity: answer.capacity as usize,
                size: answer.size as usize,
                flags: answer.flags,
            };
        }
        status
    }
}

fn remove(service: psa_handle_t, uid: psa_storage_uid_t) -> psa_status_t {
    // SAFETY: the only vector is the identifier, here.
    unsafe {
        call(
            service,
            call_type::STORAGE_REMOVE,
            &[uid_vector(&raw const uid)],
            &mut [],
        )
    }
}

/// The four functions that both storages have.
macro_rules! storage {
    ($service:path, $name:literal: $set:ident, $get:ident, $get_info:ident, $remove:ident) => {
        client! { super::status_for_c;
            #[doc = concat!("Writes an item of ", $name, ".")]
            pub unsafe fn $set(
                uid: psa_storage_uid_t,
                data_length: usize,
                p_data: *const c_void,
                create_flags: psa_storage_create_flags_t,
            ) -> psa_status_t {
                // SAFETY: pointers and lengths are the caller's own, unchanged.
                unsafe { set($service, uid, data_length, p_data, create_flags) }
            }

            #[doc = concat!("Reads an item of ", $name, ".")]
            pub unsafe fn $get(
                uid: psa_storage_uid_t,
                data_offset: usize,
                data_size: usize,
                p_data: *mut c_void,
                p_data_length: *mut usize,
            ) -> psa_status_t {
                // SAFETY: pointers and lengths are the caller's own, unchanged.
                unsafe { get($service, uid, data_offset, data_size, p_data, p_data_length) }
            }

            #[doc = concat!("What is known of an item of ", $name, ".")]
            pub unsafe fn $get_info(
                uid: psa_storage_uid_t,
                p_info: *mut psa_storage_info_t,
            ) -> psa_status_t {
                // SAFETY: pointers and lengths are the caller's own, unchanged.
                unsafe { get_info($service, uid, p_info) }
            }

            #[doc = concat!("Removes an item of ", $name, ".")]
            pub unsafe fn $remove(uid: psa_storage_uid_t) -> psa_status_t {
                remove($service, uid)
            }
        }
    };
}

storage!(handle::INTERNAL_TRUSTED_STORAGE, "internal trusted storage":
    psa_its_set, psa_its_get, psa_its_get_info, psa_its_remove);
storage!(handle::PROTECTED_STORAGE, "protected storage":
    psa_ps_set, psa_ps_get, psa_ps_get_info, psa_ps_remove);

client! { core::convert::identity;
    /// Optional features of protected storage, as flags; 0 when it cannot be asked now.
    pub unsafe fn psa_ps_get_support() -> u32 {
        let mut flags: u32 = 0;
        let vector = output(&raw mut flags, size_of::<u32>());
        // SAFETY: the only vector is the flags, here.
        let status = unsafe {
            call(handle::PROTECTED_STORAGE, call_type::STORAGE_GET_SUPPORT, &[], &mut [vector])
        };
        if status == PSA_SUCCESS { flags } else { 0 }
    }

    /// Sets space aside: not offered by TF-M.
    pub unsafe fn psa_ps_create(
        _uid: psa_storage_uid_t,
        _capacity: usize,
        _create_flags: psa_storage_create_flags_t,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }

    /// Writes a part of an item: not offered by TF-M.
    pub unsafe fn psa_ps_set_extended(
        _uid: psa_storage_uid_t,
        _data_offset: usize,
        _data_length: usize,
        _p_data: *const c_void,
    ) -> psa_status_t {
        PSA_ERROR_NOT_SUPPORTED
    }
}
