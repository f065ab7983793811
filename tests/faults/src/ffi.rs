//! The functions that the linker leads here, and what only C knows of itself.
#![allow(unsafe_code)]

pub mod marks;
#[cfg(feature = "tfm")]
pub mod secure;

use core::ffi::{c_char, c_int, c_uchar, c_uint, c_void};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ptr;
use std::sync::{Mutex, PoisonError};

use mbedtls_psa::sys;

use crate::plan::{Fault, Point, reached};

unsafe extern "C" {
    fn __real_calloc(count: usize, size: usize) -> *mut c_void;
    fn __real_free(memory: *mut c_void);
    fn __real_mbedtls_ctr_drbg_random(
        state: *mut c_void,
        output: *mut c_uchar,
        len: usize,
    ) -> c_int;
    fn __real_mbedtls_platform_entropy_poll(
        data: *mut c_void,
        output: *mut c_uchar,
        len: usize,
        written: *mut usize,
    ) -> c_int;
    fn __real_open64(path: *const c_char, flags: c_int, ...) -> c_int;
    fn __real_read(file: c_int, buffer: *mut c_void, len: usize) -> isize;
    fn __real_write(file: c_int, buffer: *const c_void, len: usize) -> isize;
    fn __real_fsync(file: c_int) -> c_int;
    fn __real_rename(from: *const c_char, to: *const c_char) -> c_int;
    fn __real_unlink(path: *const c_char) -> c_int;
    fn __errno_location() -> *mut c_int;
}

/// Rust's heap, kept apart from that of C: it never calls `calloc`, and says so when it calls `free`.
struct OfRust;

#[global_allocator]
static OF_RUST: OfRust = OfRust;

thread_local!(static RUST_FREES: Cell<bool> = const { Cell::new(false) });

// SAFETY: the system's allocator does the work. `alloc_zeroed` is the trait's own, which zeroes what `alloc` gave.
unsafe impl GlobalAlloc for OfRust {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        let before = RUST_FREES.replace(true);
        // SAFETY: the caller's promises.
        unsafe { System.dealloc(memory, layout) };
        RUST_FREES.set(before);
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promises.
        unsafe { System.realloc(memory, layout, size) }
    }
}

/// Blocks of C that are in use: address and size.
static BLOCKS: Mutex<BTreeMap<usize, usize>> = Mutex::new(BTreeMap::new());

/// What is in use of the heap of C.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Live {
    /// Blocks that were allocated and not freed.
    pub blocks: usize,
    /// Their bytes.
    pub bytes: usize,
}

/// What is in use of the heap of C, by all threads.
pub fn live() -> Live {
    let blocks = BLOCKS.lock().unwrap_or_else(PoisonError::into_inner);
    Live {
        blocks: blocks.len(),
        bytes: blocks.values().sum(),
    }
}

/// Allocates from the heap of C and forgets it, so that the tests can be seen to notice.
pub fn leak() {
    // SAFETY: asks for memory, of which nobody will hear again; null is an answer.
    let _ = unsafe { sys::mbedtls_psa_rs_calloc(16) };
}

#[unsafe(no_mangle)]
extern "C" fn __wrap_calloc(count: usize, size: usize) -> *mut c_void {
    if reached(Point::Heap).is_some() {
        return ptr::null_mut();
    }
    // SAFETY: asks for memory; null is an answer.
    let memory = unsafe { __real_calloc(count, size) };
    if !memory.is_null() {
        let mut blocks = BLOCKS.lock().unwrap_or_else(PoisonError::into_inner);
        blocks.insert(memory as usize, count.saturating_mul(size));
    }
    memory
}

/// # Safety
/// As for `free`.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_free(memory: *mut c_void) {
    if !memory.is_null() && !RUST_FREES.get() {
        let mut blocks = BLOCKS.lock().unwrap_or_else(PoisonError::into_inner);
        // What libc itself allocated for its caller (`realpath`) is not among them.
        blocks.remove(&(memory as usize));
    }
    // SAFETY: the caller's promise.
    unsafe { __real_free(memory) }
}

/// # Safety
/// As for the function of that name.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_mbedtls_ctr_drbg_random(
    state: *mut c_void,
    output: *mut c_uchar,
    len: usize,
) -> c_int {
    if reached(Point::Random).is_some() {
        /// `MBEDTLS_ERR_CTR_DRBG_ENTROPY_SOURCE_FAILED`, which the bindings leave out.
        const ENTROPY_SOURCE_FAILED: c_int = -0x34;
        return ENTROPY_SOURCE_FAILED;
    }
    // SAFETY: the caller's promise.
    unsafe { __real_mbedtls_ctr_drbg_random(state, output, len) }
}

/// # Safety
/// As for the function of that name.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_mbedtls_platform_entropy_poll(
    data: *mut c_void,
    output: *mut c_uchar,
    len: usize,
    written: *mut usize,
) -> c_int {
    match reached(Point::Entropy) {
        // SAFETY: the caller's promise.
        None => unsafe { __real_mbedtls_platform_entropy_poll(data, output, len, written) },
        Some(Fault::Cut) => {
            // SAFETY: the caller's promise. Nothing is there yet, and nothing ever will be.
            unsafe { written.write(0) };
            0
        }
        Some(_) => sys::MBEDTLS_ERR_ENTROPY_SOURCE_FAILED,
    }
}

/// The call of the file system that comes by: whether it fails.
fn file_fails() -> bool {
    let Some(Fault::With(errno)) = reached(Point::File) else {
        return false;
    };
    // SAFETY: this thread's own variable.
    unsafe { __errno_location().write(errno) };
    true
}

/// # Safety
/// As for `open64`, of which Rust's library passes all three arguments.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_open64(path: *const c_char, flags: c_int, mode: c_uint) -> c_int {
    if file_fails() {
        return -1;
    }
    // SAFETY: the caller's promise.
    unsafe { __real_open64(path, flags, mode) }
}

/// # Safety
/// As for `read`.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_read(file: c_int, buffer: *mut c_void, len: usize) -> isize {
    if file_fails() {
        return -1;
    }
    // SAFETY: the caller's promise.
    unsafe { __real_read(file, buffer, len) }
}

/// # Safety
/// As for `write`.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_write(file: c_int, buffer: *const c_void, len: usize) -> isize {
    if file_fails() {
        return -1;
    }
    // SAFETY: the caller's promise.
    unsafe { __real_write(file, buffer, len) }
}

#[unsafe(no_mangle)]
extern "C" fn __wrap_fsync(file: c_int) -> c_int {
    if file_fails() {
        return -1;
    }
    // SAFETY: an integer; one that is no file is answered with an error.
    unsafe { __real_fsync(file) }
}

/// # Safety
/// As for `rename`.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_rename(from: *const c_char, to: *const c_char) -> c_int {
    if file_fails() {
        return -1;
    }
    // SAFETY: the caller's promise.
    unsafe { __real_rename(from, to) }
}

/// # Safety
/// As for `unlink`.
#[unsafe(no_mangle)]
unsafe extern "C" fn __wrap_unlink(path: *const c_char) -> c_int {
    if file_fails() {
        return -1;
    }
    // SAFETY: the caller's promise.
    unsafe { __real_unlink(path) }
}

/// What the key store holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Store {
    /// Volatile keys.
    pub volatile: usize,
    /// Persistent keys in memory, and what else is there for a while.
    pub others: usize,
    /// Slots that are being filled, or that somebody reads.
    pub in_use: usize,
}

/// What the key store holds now.
pub fn slots() -> Store {
    // SAFETY: all-bits-zero is a value of a struct of numbers, which C fills in.
    let stats = unsafe {
        let mut stats = core::mem::zeroed();
        sys::mbedtls_psa_get_stats(&raw mut stats);
        stats
    };
    Store {
        volatile: stats.private_volatile_slots,
        others: stats.private_persistent_slots + stats.private_cache_slots,
        in_use: stats.private_half_filled_slots + stats.private_locked_slots,
    }
}

/// Ends the PSA core: every key that is not stored is gone, and the next call starts it anew. No key and no operation may
/// be in use.
pub fn start_anew() {
    // SAFETY: no arguments.
    unsafe { sys::mbedtls_psa_crypto_free() };
}
