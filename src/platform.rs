//! What an application on bare metal gives the library: memory and randomness.
//!
//! Both are given once, before anything else of this crate is called. Without a random source there are no keys, and
//! without a heap its bytes cannot even be mixed: `psa_crypto_init` answers `PSA_ERROR_INSUFFICIENT_ENTROPY` (-148), and so
//! does everything that starts the library by itself. In client mode (feature `tfm`) the random source is TF-M's, and
//! without a heap allocation fails. On a host the system's own are used, and this module does not exist.
//!
//! ```no_run
//! use core::mem::MaybeUninit;
//! use mbedtls_psa::platform::{self, NoRandom};
//!
//! /// Reads the device's generator of true random numbers.
//! fn random(output: &mut [u8]) -> Result<(), NoRandom> {
//!     # fn next_word_of_the_generator() -> Option<u32> { None }
//!     for chunk in output.chunks_mut(4) {
//!         let word = next_word_of_the_generator().ok_or(NoRandom)?;
//!         chunk.copy_from_slice(&word.to_ne_bytes()[..chunk.len()]);
//!     }
//!     Ok(())
//! }
//!
//! # fn main() -> Result<(), platform::SetupError> {
//! # static mut MEMORY: [MaybeUninit<u8>; 16384] = [MaybeUninit::uninit(); 16384];
//! # let memory: &'static mut [MaybeUninit<u8>] = unsafe { &mut *(&raw mut MEMORY) };
//! // `memory` is a `&'static mut [MaybeUninit<u8>]`, for instance from `cortex_m::singleton!` or `static_cell`.
//! platform::set_heap(memory)?;
//! platform::set_random_source(random)?;
//! # Ok(())
//! # }
//! ```
use core::fmt;
use core::mem::MaybeUninit;

use crate::ffi::platform as ffi;
pub use crate::ffi::platform::{Calloc, Free, set_allocator};

/// Bytes of the smallest heap that is accepted: a request signed with P-256 takes more than half of it.
pub const MIN_HEAP: usize = ffi::MIN_HEAP;

/// Gives the library its heap, once and for good.
///
/// Nothing else may ever use that memory. With P-256, PEM, requests and certificates at most 5.3 KiB were in use
/// at once in our tests; [`heap_use`] says what an application really needs.
///
/// # Errors
/// [`SetupError::HeapTooSmall`] below [`MIN_HEAP`] bytes, [`SetupError::HeapAlreadySet`] the second time.
pub fn set_heap(memory: &'static mut [MaybeUninit<u8>]) -> Result<(), SetupError> {
    ffi::set_heap(memory)
}

/// How much of the heap is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeapUse {
    /// Bytes in use now, with what the allocator adds to each block.
    pub now: usize,
    /// The most bytes that were in use at once.
    pub peak: usize,
}

/// What the heap of [`set_heap`] has served so far.
pub fn heap_use() -> HeapUse {
    ffi::heap_use()
}

/// There are no random bytes now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRandom;

/// Fills the whole slice with random bytes of full entropy, or says that it cannot.
pub type RandomSource = fn(&mut [u8]) -> Result<(), NoRandom>;

/// Gives the library its random source, once and for good.
///
/// The source seeds the library's own generator (`CTR_DRBG`), first when the library starts. It runs inside a call of the
/// library: what it calls of this crate is refused as busy.
///
/// # Errors
/// [`SetupError::RandomSourceAlreadySet`] the second time: nobody puts a weaker source in the place of the first.
pub fn set_random_source(source: RandomSource) -> Result<(), SetupError> {
    ffi::set_random_source(source)
}

/// Why the library was not set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SetupError {
    /// There is a heap already, or an allocator.
    HeapAlreadySet,
    /// The memory has fewer than [`MIN_HEAP`] bytes.
    HeapTooSmall,
    /// There is a random source already.
    RandomSourceAlreadySet,
    /// Another context is inside the library.
    Busy,
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::HeapAlreadySet => "the library has its heap already: set it once, at start",
            Self::HeapTooSmall => "the heap is too small: give it platform::MIN_HEAP bytes or more",
            Self::RandomSourceAlreadySet => {
                "the library has its random source already: set it once, at start"
            }
            Self::Busy => "another context is inside the library: set it up once, at start",
        })
    }
}

impl core::error::Error for SetupError {}
