//! The services of the stand-in secure side on a host: `psa_call` behind the veneers, with whatever a caller may say.
//!
//! The same C as in the image but for the board itself: no protection of memory, no interrupts, one process. It has one
//! state, so that a test that uses it runs alone.
#![deny(unsafe_code)]

#[allow(unsafe_code, reason = "the one module that calls C")]
mod ffi;

pub use ffi::{begin, call};

/// The service of crypto.
pub const CRYPTO: i32 = 0x4000_0100;
/// Every service, that of crypto first.
pub const SERVICES: [i32; 5] = [CRYPTO, 0x4000_0101, 0x4000_0102, 0x4000_0103, 0x4000_0105];

/// What a call answers when a pointer is not the caller's, or the call is none.
pub const PROGRAMMER_ERROR: i32 = -129;
/// What stands for a reset, which ends a call without an answer.
pub const RESET: i32 = i32::MIN;

/// How much a descriptor says to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// What is.
    True,
    /// This many bytes more, or as many more as wrap around.
    More(usize),
}

impl Length {
    /// What is said of this many bytes.
    #[must_use]
    pub const fn of(self, length: usize) -> usize {
        match self {
            Self::True => length,
            Self::More(more) => length.wrapping_add(more),
        }
    }
}

/// What a call gives, and what it has room for.
#[derive(Debug)]
pub struct Call<'a> {
    /// The service.
    pub handle: i32,
    /// What is wanted of it, and beside that how many vectors of each kind the caller says to give.
    pub control: u32,
    /// The inputs; beyond those that `control` counts nobody looks.
    pub inputs: &'a [(&'a [u8], Length)],
    /// The outputs: each is written to its start.
    pub outputs: &'a mut [(Vec<u8>, Length)],
}

/// A call's second word.
///
/// ```
/// assert_eq!(stand_in::control(0, 2, 1), 0x0201_0000);
/// ```
#[must_use]
pub const fn control(kind: u16, inputs: u8, outputs: u8) -> u32 {
    kind as u32 | (outputs as u32 & 7) << 16 | (inputs as u32 & 7) << 24
}
