//! What multi-part operations have in common: a handle that the secure side sets and clears.

use super::call::{Pack, crypto, input, output, report};
use super::ids::Function;
use crate::*;
use core::mem::{MaybeUninit, size_of};

/// A handle as an output vector.
pub fn handle_vector(handle: *mut u32) -> psa_outvec {
    output(handle, size_of::<u32>())
}

/// A pack for an operation that has been set up.
///
/// # Safety
/// `handle` may be read.
pub unsafe fn pack(
    slot: &mut MaybeUninit<Pack>,
    function: Function,
    handle: *const u32,
) -> &mut Pack {
    let pack = Pack::start(slot, function);
    // SAFETY: the caller promises a readable handle.
    pack.op_handle = unsafe { *handle };
    pack
}

/// Begins an operation.
///
/// # Safety
/// `handle` may be read and written.
pub unsafe fn setup(
    function: Function,
    handle: *mut u32,
    key: psa_key_id_t,
    alg: psa_algorithm_t,
) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    // SAFETY: the handle is the caller's promise.
    unsafe {
        let pack = pack(&mut slot, function, handle);
        pack.key_id = key;
        pack.alg = alg;
        crypto(&[pack.vector()], &mut [handle_vector(handle)])
    }
}

/// Gives an operation input and takes nothing.
///
/// # Safety
/// `handle` may be read, `data` is readable for `length` bytes.
pub unsafe fn feed(
    function: Function,
    handle: *const u32,
    data: *const u8,
    length: usize,
) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    // SAFETY: handle and data are the caller's promise.
    unsafe {
        let pack = pack(&mut slot, function, handle);
        crypto(&[pack.vector(), input(data, length)], &mut [])
    }
}

/// Gives an operation input and takes output.
///
/// # Safety
/// `handle` may be read, `data` is readable, `out` is writable, `out_length` may be written.
pub unsafe fn update(
    function: Function,
    handle: *const u32,
    data: psa_invec,
    out: psa_outvec,
    out_length: *mut usize,
) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    let mut out_vec = [out];
    // SAFETY: handle, data, output and its length are the caller's promise.
    unsafe {
        let pack = pack(&mut slot, function, handle);
        let status = crypto(&[pack.vector(), data], &mut out_vec);
        report(status, &out_vec[0], out_length);
        status
    }
}

/// Takes output of an operation that goes on.
///
/// # Safety
/// `handle` may be read, `out` is writable, `out_length` may be written.
pub unsafe fn draw(
    function: Function,
    handle: *const u32,
    out: psa_outvec,
    out_length: *mut usize,
) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    let mut out_vec = [out];
    // SAFETY: handle, output and its length are the caller's promise.
    unsafe {
        let pack = pack(&mut slot, function, handle);
        let status = crypto(&[pack.vector()], &mut out_vec);
        report(status, &out_vec[0], out_length);
        status
    }
}

/// Ends an operation with output; the secure side clears the handle on success.
///
/// # Safety
/// `handle` may be read and written, `out` is writable, `out_length` may be written.
pub unsafe fn finish(
    function: Function,
    handle: *mut u32,
    out: psa_outvec,
    out_length: *mut usize,
) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    let mut out_vec = [handle_vector(handle), out];
    // SAFETY: handle, output and its length are the caller's promise.
    unsafe {
        let pack = pack(&mut slot, function, handle);
        let status = crypto(&[pack.vector()], &mut out_vec);
        report(status, &out_vec[1], out_length);
        status
    }
}

/// Ends an operation by comparing; the secure side clears the handle on success.
///
/// # Safety
/// `handle` may be read and written, `expected` is readable for `length` bytes.
pub unsafe fn verify(
    function: Function,
    handle: *mut u32,
    expected: *const u8,
    length: usize,
) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    // SAFETY: handle and expected bytes are the caller's promise.
    unsafe {
        let pack = pack(&mut slot, function, handle);
        crypto(
            &[pack.vector(), input(expected, length)],
            &mut [handle_vector(handle)],
        )
    }
}

/// Ends an operation without a result; one that is not active needs no call.
///
/// # Safety
/// `handle` may be read and written.
pub unsafe fn abort(function: Function, handle: *mut u32) -> psa_status_t {
    let mut slot = MaybeUninit::uninit();
    // SAFETY: the handle is the caller's promise.
    unsafe {
        if *handle == 0 {
            return PSA_SUCCESS;
        }
        let pack = pack(&mut slot, function, handle);
        crypto(&[pack.vector()], &mut [handle_vector(handle)])
    }
}
