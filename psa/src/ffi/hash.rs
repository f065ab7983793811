//! Hashes.

use super::operation::{Abort, Operation};
use super::{c, check, written};
use crate::Result;

pub(crate) fn compute(algorithm: u32, input: &[u8], output: &mut [u8]) -> Result<usize> {
    // SAFETY: pointer and length describe `input`; `written` gives a pointer with the room that it says, and a length
    // that lives through the call.
    written(output, |data, size, len| unsafe {
        c::psa_hash_compute(algorithm, input.as_ptr(), input.len(), data, size, len)
    })
}

pub(crate) fn compare(algorithm: u32, input: &[u8], hash: &[u8]) -> Result<()> {
    // SAFETY: each pointer and length describe one slice.
    check(|| unsafe {
        c::psa_hash_compare(
            algorithm,
            input.as_ptr(),
            input.len(),
            hash.as_ptr(),
            hash.len(),
        )
    })
}

/// A hash in progress.
pub(crate) struct Hashing(Operation<c::psa_hash_operation_t>);

impl Abort for c::psa_hash_operation_t {
    unsafe fn abort(operation: *mut Self) -> i32 {
        // SAFETY: the caller promises an operation that was zeroed or set up.
        unsafe { c::psa_hash_abort(operation) }
    }
}

impl Hashing {
    pub(crate) fn new(algorithm: u32) -> Result<Self> {
        // SAFETY: the operation is zeroed, as setup wants it, and lives through the call.
        Operation::start(|operation| unsafe { c::psa_hash_setup(operation, algorithm) }).map(Self)
    }

    pub(crate) fn update(&mut self, input: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `input`; the operation is ours alone.
        self.0
            .step(|operation| unsafe { c::psa_hash_update(operation, input.as_ptr(), input.len()) })
    }

    pub(crate) fn try_clone(&self) -> Result<Self> {
        // SAFETY: the source was set up and is only read; the target is zeroed.
        Operation::start(|target| unsafe { c::psa_hash_clone(self.0.as_ptr(), target) }).map(Self)
    }

    pub(crate) fn finish(self, output: &mut [u8]) -> Result<usize> {
        // SAFETY: the pointers are those of `end_into`: an operation of ours alone, room for `size` bytes, a length.
        self.0
            .end_into(output, |operation, data, size, len| unsafe {
                c::psa_hash_finish(operation, data, size, len)
            })
    }

    pub(crate) fn verify(self, hash: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `hash`; the operation is ours alone.
        self.0
            .end(|operation| unsafe { c::psa_hash_verify(operation, hash.as_ptr(), hash.len()) })
    }
}
