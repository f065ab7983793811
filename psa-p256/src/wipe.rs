//! The stack that a back end has used, wiped.

use zeroize::Zeroize;

/// Overwrites the `BYTES` of stack below the caller's frame, where a call that has just returned had its frames.
///
/// An array of the same size takes the place of those frames, so no more stack is used than they used.
#[inline(never)]
pub(crate) fn stack<const WORDS: usize>() {
    let mut frames = [0_usize; WORDS];
    frames.zeroize();
}
