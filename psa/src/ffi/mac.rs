//! Message authentication codes.

use super::operation::{Abort, Operation};
use super::{c, check, written};
use crate::Result;

#[inline]
pub(crate) fn compute(id: u32, algorithm: u32, input: &[u8], output: &mut [u8]) -> Result<usize> {
    // SAFETY: pointer and length describe `input`; `written` gives a pointer with the room that it says, and a length
    // that lives through the call.
    written(output, |data, size, len| unsafe {
        c::psa_mac_compute(id, algorithm, input.as_ptr(), input.len(), data, size, len)
    })
}

#[inline]
pub(crate) fn verify(id: u32, algorithm: u32, input: &[u8], mac: &[u8]) -> Result<()> {
    // SAFETY: each pointer and length describe one slice.
    check(|| unsafe {
        c::psa_mac_verify(
            id,
            algorithm,
            input.as_ptr(),
            input.len(),
            mac.as_ptr(),
            mac.len(),
        )
    })
}

/// A MAC in progress, to be computed or verified.
pub(crate) struct Authenticating(Operation<c::psa_mac_operation_t>);

impl Abort for c::psa_mac_operation_t {
    unsafe fn abort(operation: *mut Self) -> i32 {
        // SAFETY: the caller promises an operation that was zeroed or set up.
        unsafe { c::psa_mac_abort(operation) }
    }
}

impl Authenticating {
    pub(crate) fn sign(id: u32, algorithm: u32) -> Result<Self> {
        // SAFETY: the operation is zeroed, as setup wants it, and lives through the call.
        Operation::start(|operation| unsafe { c::psa_mac_sign_setup(operation, id, algorithm) })
            .map(Self)
    }

    pub(crate) fn verify(id: u32, algorithm: u32) -> Result<Self> {
        // SAFETY: the operation is zeroed, as setup wants it, and lives through the call.
        Operation::start(|operation| unsafe { c::psa_mac_verify_setup(operation, id, algorithm) })
            .map(Self)
    }

    pub(crate) fn update(&mut self, input: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `input`; the operation is ours alone.
        self.0
            .step(|operation| unsafe { c::psa_mac_update(operation, input.as_ptr(), input.len()) })
    }

    pub(crate) fn sign_finish(self, output: &mut [u8]) -> Result<usize> {
        // SAFETY: the pointers are those of `end_into`: an operation of ours alone, room for `size` bytes, a length.
        self.0
            .end_into(output, |operation, data, size, len| unsafe {
                c::psa_mac_sign_finish(operation, data, size, len)
            })
    }

    pub(crate) fn verify_finish(self, mac: &[u8]) -> Result<()> {
        // SAFETY: pointer and length describe `mac`; the operation is ours alone.
        self.0.end(|operation| unsafe {
            c::psa_mac_verify_finish(operation, mac.as_ptr(), mac.len())
        })
    }
}
