//! The heap of the C library; its random source is TF-M's.
use core::mem::MaybeUninit;

use mbedtls_psa::platform;

/// Its bytes.
pub const HEAP: usize = 16 * 1024;

/// Gives the library its heap.
///
/// # Panics
/// The second time.
pub fn set() {
    let memory = cortex_m::singleton!(: [MaybeUninit<u8>; HEAP] = [MaybeUninit::uninit(); HEAP]);
    let set = memory.is_some_and(|memory| platform::set_heap(memory).is_ok());
    assert!(set, "the heap is set once");
}
