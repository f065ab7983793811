//! Signatures in steps.

use super::operation::{Abort, Operation};
use super::{c, check_alone, confirmed};
use crate::{Error, Result};
use core::sync::atomic::{AtomicU32, Ordering};
use core::task::Poll;

/// The limit of one step, for every operation.
///
/// C keeps it, and what it makes of it, in variables that no mutex guards; every multiplication on a curve reads them, not
/// those of steps alone. So it is kept here, and C gets it with each step, which is made alone.
static MAX_OPS: AtomicU32 = AtomicU32::new(tfm_sys::PSA_INTERRUPTIBLE_MAX_OPS_UNLIMITED);

pub(crate) fn set_max_ops(max_ops: u32) {
    MAX_OPS.store(max_ops, Ordering::Relaxed);
}

pub(crate) fn max_ops() -> u32 {
    MAX_OPS.load(Ordering::Relaxed)
}

/// Makes one step with the limit of now.
fn step(call: impl FnOnce() -> i32) -> Poll<Result<()>> {
    let answer = check_alone(|| {
        // SAFETY: the function takes a number. `check_alone` keeps everybody else out of the library, who would read what
        // this and the step write.
        unsafe { c::psa_interruptible_set_max_ops(max_ops()) };
        call()
    });
    match answer {
        Err(Error::OperationIncomplete) => Poll::Pending,
        answer => Poll::Ready(answer),
    }
}

/// A signature in progress.
pub(crate) struct Signing(Operation<c::psa_sign_hash_interruptible_operation_t>);

impl Abort for c::psa_sign_hash_interruptible_operation_t {
    unsafe fn abort(operation: *mut Self) -> i32 {
        // SAFETY: the caller promises an operation that was zeroed or set up.
        unsafe { c::psa_sign_hash_abort(operation) }
    }
}

impl Signing {
    pub(crate) fn start(id: u32, algorithm: u32, hash: &[u8]) -> Result<Self> {
        // SAFETY: pointer and length describe `hash`; the operation is zeroed, as start wants it.
        Operation::start(|operation| unsafe {
            c::psa_sign_hash_start(operation, id, algorithm, hash.as_ptr(), hash.len())
        })
        .map(Self)
    }

    pub(crate) fn complete(&mut self, signature: &mut [u8]) -> Poll<Result<usize>> {
        let operation = self.0.as_mut_ptr();
        let mut len = 0;
        let answer = step(|| {
            let (data, size) = (signature.as_mut_ptr(), signature.len());
            // SAFETY: the operation was set up and is ours alone, pointer and size describe `signature`, and the length lives
            // through the call.
            unsafe { c::psa_sign_hash_complete(operation, data, size, &raw mut len) }
        });
        answer.map(|done| done.and_then(|()| confirmed(len, signature)))
    }

    pub(crate) fn num_ops(&self) -> u32 {
        // SAFETY: the operation was set up and is only read.
        unsafe { c::psa_sign_hash_get_num_ops(self.0.as_ptr()) }
    }
}

/// A verification in progress.
pub(crate) struct Verifying(Operation<c::psa_verify_hash_interruptible_operation_t>);

impl Abort for c::psa_verify_hash_interruptible_operation_t {
    unsafe fn abort(operation: *mut Self) -> i32 {
        // SAFETY: the caller promises an operation that was zeroed or set up.
        unsafe { c::psa_verify_hash_abort(operation) }
    }
}

impl Verifying {
    pub(crate) fn start(id: u32, algorithm: u32, hash: &[u8], signature: &[u8]) -> Result<Self> {
        // SAFETY: each pointer and length describe one slice; the operation is zeroed, as start wants it.
        Operation::start(|operation| unsafe {
            c::psa_verify_hash_start(
                operation,
                id,
                algorithm,
                hash.as_ptr(),
                hash.len(),
                signature.as_ptr(),
                signature.len(),
            )
        })
        .map(Self)
    }

    pub(crate) fn complete(&mut self) -> Poll<Result<()>> {
        let operation = self.0.as_mut_ptr();
        // SAFETY: the operation was set up and is ours alone.
        step(|| unsafe { c::psa_verify_hash_complete(operation) })
    }

    pub(crate) fn num_ops(&self) -> u32 {
        // SAFETY: the operation was set up and is only read.
        unsafe { c::psa_verify_hash_get_num_ops(self.0.as_ptr()) }
    }
}
