//! What an application on bare metal gives the library: memory, randomness, and storage.
#![cfg_attr(target_os = "none", no_std)]
#![deny(unsafe_code)]
#![cfg(target_os = "none")]

#[cfg(feature = "tests")]
pub mod storage;

use core::mem::MaybeUninit;
use core::ops::Range;
use core::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use mbedtls_psa::platform::{self, NoRandom, SetupError};

/// Bytes of the heap.
pub const HEAP: usize = if cfg!(feature = "full") { 128 } else { 32 } * 1024;

/// The memory of the heap.
///
/// # Panics
/// The second time.
pub fn memory() -> &'static mut [MaybeUninit<u8>] {
    let memory = cortex_m::singleton!(: [MaybeUninit<u8>; HEAP] = [MaybeUninit::uninit(); HEAP]);
    let memory = memory.expect("asked for once");
    HEAP_START.store(memory.as_ptr().addr(), Ordering::Relaxed);
    memory
}

static HEAP_START: AtomicUsize = AtomicUsize::new(0);

/// Where that memory is.
pub fn heap_addresses() -> Range<usize> {
    let start = HEAP_START.load(Ordering::Relaxed);
    start..start + HEAP
}

/// Whether the random source fails.
pub static BROKEN: AtomicBool = AtomicBool::new(false);

/// Not random at all: this board has no generator, and the keys of a test need not be secret.
///
/// # Errors
/// While it is [`BROKEN`].
pub fn test_entropy_not_random(output: &mut [u8]) -> Result<(), NoRandom> {
    static STATE: AtomicU32 = AtomicU32::new(0x2545_F491);
    if BROKEN.load(Ordering::Relaxed) {
        return Err(NoRandom);
    }
    let mut state = STATE.load(Ordering::Relaxed);
    for byte in output {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        *byte = state.to_be_bytes()[0];
    }
    STATE.store(state, Ordering::Relaxed);
    Ok(())
}

/// Sets up what an application must.
///
/// # Errors
/// The second time.
///
/// # Panics
/// The second time.
pub fn plainly() -> Result<(), SetupError> {
    platform::set_random_source(test_entropy_not_random)?;
    platform::set_heap(memory())
}
