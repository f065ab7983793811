//! Key management: PSA Crypto API 1.2, "Key management reference".

use super::call::{Pack, crypto, crypto_two, input, output, report};
use super::ids::Function;
use crate::*;
use core::mem::{MaybeUninit, size_of};

/// Attributes as an input vector.
pub fn attributes_vector(attributes: *const psa_key_attributes_t) -> psa_invec {
    input(attributes, size_of::<psa_key_attributes_t>())
}

/// A key identifier as an output vector.
fn id_vector(key: *mut psa_key_id_t) -> psa_outvec {
    output(key, size_of::<psa_key_id_t>())
}

/// The result of a function that makes a key: no identifier unless it succeeded.
///
/// # Safety
/// `key` may be written.
pub unsafe fn made(status: psa_status_t, key: *mut psa_key_id_t) -> psa_status_t {
    if status != PSA_SUCCESS {
        // SAFETY: the caller promises that `key` may be written.
        unsafe { *key = PSA_KEY_ID_NULL };
    }
    status
}

/// A function of one key and nothing else.
///
/// # Safety
/// None of its own; the call is made.
unsafe fn of_key(function: Function, key: psa_key_id_t) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    let pack = Pack::start(&mut slot, function);
    pack.key_id = key;
    // SAFETY: the only vector is the pack.
    unsafe { crypto(&[pack.vector()], &mut []) }
}

/// A function that makes a key from attributes alone.
///
/// # Safety
/// `attributes` may be read, `key` may be written.
pub unsafe fn from_attributes(
    pack: &Pack,
    attributes: *const psa_key_attributes_t,
    key: *mut psa_key_id_t,
) -> psa_status_t {
    // SAFETY: both are the caller's promise.
    unsafe {
        let status = crypto(
            &[pack.vector(), attributes_vector(attributes)],
            &mut [id_vector(key)],
        );
        made(status, key)
    }
}

/// An export of a key or of its public part.
///
/// # Safety
/// `data` is writable for `data_size` bytes, `data_length` may be written.
unsafe fn export(
    function: Function,
    key: psa_key_id_t,
    data: *mut u8,
    data_size: usize,
    data_length: *mut usize,
) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    let pack = Pack::start(&mut slot, function);
    pack.key_id = key;
    let mut out_vec = [output(data, data_size)];
    // SAFETY: the output and its length are the caller's promise.
    unsafe {
        let status = crypto(&[pack.vector()], &mut out_vec);
        report(status, &out_vec[0], data_length);
        status
    }
}

client! { super::status_for_c;
    /// Nothing to do: the secure side initializes its services at boot.
    pub unsafe fn psa_crypto_init() -> psa_status_t {
        PSA_SUCCESS
    }

    /// Reads the attributes of a key; on failure they are those of no key.
    pub unsafe fn psa_get_key_attributes(
        key: psa_key_id_t,
        attributes: *mut psa_key_attributes_t,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        let pack = Pack::start(&mut slot, Function::get_key_attributes);
        pack.key_id = key;
        let vector = output(attributes, size_of::<psa_key_attributes_t>());
        // SAFETY: the attributes are the caller's promise.
        unsafe {
            let status = crypto(&[pack.vector()], &mut [vector]);
            if status != PSA_SUCCESS {
                psa_reset_key_attributes(attributes);
            }
            status
        }
    }

    /// Opens a persistent key: superseded in API 1.0, and refused by TF-M 2.3.
    pub unsafe fn psa_open_key(key: psa_key_id_t, handle: *mut psa_key_handle_t) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        let pack = Pack::start(&mut slot, Function::open_key);
        pack.key_id = key;
        // SAFETY: the handle is the caller's promise.
        unsafe {
            let status = crypto(&[pack.vector()], &mut [id_vector(handle)]);
            made(status, handle)
        }
    }

    /// Closes a key: superseded in API 1.0, and refused by TF-M 2.3.
    pub unsafe fn psa_close_key(handle: psa_key_handle_t) -> psa_status_t {
        // SAFETY: it takes no pointer.
        unsafe { of_key(Function::close_key, handle) }
    }

    /// Makes a key of given bytes.
    pub unsafe fn psa_import_key(
        attributes: *const psa_key_attributes_t,
        data: *const u8,
        data_length: usize,
        key: *mut psa_key_id_t,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        let pack = Pack::start(&mut slot, Function::import_key);
        let mut in_vec = [pack.vector(), attributes_vector(attributes), input(data, data_length)];
        // SAFETY: attributes, data and key are the caller's promise.
        unsafe {
            let status = crypto_two(&mut in_vec, &mut [id_vector(key)]);
            made(status, key)
        }
    }

    /// Destroys a key.
    pub unsafe fn psa_destroy_key(key: psa_key_id_t) -> psa_status_t {
        // SAFETY: it takes no pointer.
        unsafe { of_key(Function::destroy_key, key) }
    }

    /// Writes the key out; its policy must permit it.
    pub unsafe fn psa_export_key(
        key: psa_key_id_t,
        data: *mut u8,
        data_size: usize,
        data_length: *mut usize,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { export(Function::export_key, key, data, data_size, data_length) }
    }

    /// Writes the public key out.
    pub unsafe fn psa_export_public_key(
        key: psa_key_id_t,
        data: *mut u8,
        data_size: usize,
        data_length: *mut usize,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { export(Function::export_public_key, key, data, data_size, data_length) }
    }

    /// Drops copies of a persistent key from memory.
    pub unsafe fn psa_purge_key(key: psa_key_id_t) -> psa_status_t {
        // SAFETY: it takes no pointer.
        unsafe { of_key(Function::purge_key, key) }
    }

    /// Makes a key of another one.
    pub unsafe fn psa_copy_key(
        source_key: psa_key_id_t,
        attributes: *const psa_key_attributes_t,
        target_key: *mut psa_key_id_t,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        let pack = Pack::start(&mut slot, Function::copy_key);
        pack.key_id = source_key;
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { from_attributes(pack, attributes, target_key) }
    }

    /// Makes a random key.
    pub unsafe fn psa_generate_key(
        attributes: *const psa_key_attributes_t,
        key: *mut psa_key_id_t,
    ) -> psa_status_t {
        let mut slot = MaybeUninit::uninit();
        let pack = Pack::start(&mut slot, Function::generate_key);
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe { from_attributes(pack, attributes, key) }
    }

    /// Makes a random key in a custom way; TF-M knows only the usual one, which `custom` asks for with no flags.
    pub unsafe fn psa_generate_key_custom(
        attributes: *const psa_key_attributes_t,
        custom: *const psa_custom_key_parameters_t,
        _custom_data: *const u8,
        custom_data_length: usize,
        key: *mut psa_key_id_t,
    ) -> psa_status_t {
        // SAFETY: pointers and lengths are the caller's own, unchanged.
        unsafe {
            if is_usual(custom, custom_data_length) {
                psa_generate_key(attributes, key)
            } else {
                made(PSA_ERROR_NOT_SUPPORTED, key)
            }
        }
    }
}

/// Whether custom parameters ask for nothing unusual.
///
/// # Safety
/// `custom` may be read.
pub unsafe fn is_usual(custom: *const psa_custom_key_parameters_t, data_length: usize) -> bool {
    // SAFETY: the caller promises readable parameters.
    data_length == 0 && unsafe { (*custom).flags } == 0
}

client! { core::convert::identity;
    /// Sets every attribute to zero, without asking the secure side.
    pub unsafe fn psa_reset_key_attributes(attributes: *mut psa_key_attributes_t) -> () {
        // SAFETY: the attributes are the caller's promise.
        unsafe { *attributes = psa_key_attributes_init() }
    }

    /// Whether hashes can be computed: always, since the secure side is ready before the non-secure side starts.
    pub unsafe fn psa_can_do_hash(_hash_alg: psa_algorithm_t) -> core::ffi::c_int {
        1
    }

    /// Whether ciphers can be computed: always, since the secure side is ready before the non-secure side starts.
    pub unsafe fn psa_can_do_cipher(
        _key_type: psa_key_type_t,
        _cipher_alg: psa_algorithm_t,
    ) -> core::ffi::c_int {
        1
    }
}
