//! What was dropped while another context was inside the provider: it waits here, and the next call that is let in ends it.
//!
//! Without threads a destructor that finds the provider busy cannot wait, since it may be in the interrupt handler that the
//! other context waits for; in Zephyr none may call at all from a handler. Operations hold the schedules of keys, so they are not left alone either.

use super::c;
use core::ptr;
use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, Ordering};

/// What stands before an operation on the library's heap: its place in the list.
#[repr(C)]
pub(super) struct Header {
    next: *mut Header,
    end: unsafe fn(*mut Header),
}

/// Calls the provider until what was to come of it has come: another test may be ending what waits at this moment.
#[cfg(test)]
pub(super) fn call_until(done: impl Fn() -> bool) {
    extern crate std;
    let end = std::time::Instant::now() + std::time::Duration::from_secs(10);
    crate::init().unwrap();
    while !done() {
        assert!(std::time::Instant::now() < end, "it is not ended");
        std::thread::yield_now();
    }
}

/// Whether there may be something: all that a call looks at otherwise.
static ANY: AtomicBool = AtomicBool::new(false);

/// A list that contexts push to at any time, and whoever is inside the provider takes whole.
static OPERATIONS: AtomicPtr<Header> = AtomicPtr::new(ptr::null_mut());

/// As many as the library has, unless its key store is dynamic.
#[cfg(provider = "mbedtls")]
const SLOTS: usize = c::MBEDTLS_PSA_KEY_SLOT_COUNT as usize;
/// As many as Mbed TLS has unless its configuration says otherwise.
#[cfg(not(provider = "mbedtls"))]
const SLOTS: usize = 32;

/// Identifiers of keys, 0 where there is none.
static KEYS: [AtomicU32; SLOTS] = [const { AtomicU32::new(0) }; SLOTS];

/// Leaves an operation to the next call, which gives it to `end`.
///
/// # Safety
/// `header` points to memory with room for one, which is the caller's until now and `end`'s from now on; `end` may be called
/// with it once, by whoever is inside the provider, in any context.
pub(super) unsafe fn push_operation(header: *mut Header, end: unsafe fn(*mut Header)) {
    let mut first = OPERATIONS.load(Ordering::Relaxed);
    loop {
        // SAFETY: the caller promises room for it, and nobody else has it before it is in the list.
        unsafe { header.write(Header { next: first, end }) };
        // Release: whoever takes the list sees what was written above, and the operation.
        match OPERATIONS.compare_exchange_weak(first, header, Ordering::Release, Ordering::Relaxed)
        {
            Ok(_) => break,
            Err(now) => first = now,
        }
    }
    ANY.store(true, Ordering::Release);
}

/// Leaves a key to the next call, which destroys it. Of more than there is room for it is lost until the provider starts anew.
pub(super) fn push_key(id: u32) {
    let relaxed = Ordering::Relaxed;
    let _ = KEYS
        .iter()
        .find(|place| place.compare_exchange(0, id, relaxed, relaxed).is_ok());
    ANY.store(true, Ordering::Release);
}

/// Ends what waits.
///
/// # Safety
/// The caller is inside the provider.
#[inline]
pub(super) unsafe fn end_all() {
    if ANY.load(Ordering::Relaxed) {
        // SAFETY: as the caller promises.
        unsafe { end_some() };
    }
}

#[cold]
unsafe fn end_some() {
    // Before the lists: what comes after this line is for the call after this one.
    ANY.swap(false, Ordering::Acquire);
    let mut next = OPERATIONS.swap(ptr::null_mut(), Ordering::Acquire);
    while let Some(header) = ptr::NonNull::new(next) {
        // SAFETY: `push_operation` wrote it and gave it away, and taking the list has made it this context's alone. The
        // caller is inside the provider, as `end` wants it.
        unsafe {
            let Header { next: after, end } = header.read();
            next = after;
            end(header.as_ptr());
        }
    }
    for place in &KEYS {
        let id = place.swap(0, Ordering::Relaxed);
        if id != 0 {
            // SAFETY: no pointers, and the caller is inside the provider. There is nobody to tell of a failure.
            unsafe { c::psa_destroy_key(id) };
        }
    }
}
