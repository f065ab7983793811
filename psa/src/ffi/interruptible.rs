//! Signatures in steps.

use super::c;
use super::operation::{Abort, Operation};
use crate::{Error, Result};
use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use core::task::Poll;

/// The limit of one step, for every operation.
///
/// C keeps it, and what it makes of it, in variables that no mutex guards. So it is kept here, and C gets it with each step,
/// of which there is one at a time.
static MAX_OPS: AtomicU32 = AtomicU32::new(tfm_sys::PSA_INTERRUPTIBLE_MAX_OPS_UNLIMITED);
static STEPPING: AtomicBool = AtomicBool::new(false);

pub(crate) fn set_max_ops(max_ops: u32) {
    MAX_OPS.store(max_ops, Ordering::Relaxed);
}

pub(crate) fn max_ops() -> u32 {
    MAX_OPS.load(Ordering::Relaxed)
}

/// Says that a step is being made, until it is dropped.
struct Step;

impl Step {
    fn begin() -> Option<Self> {
        (!STEPPING.swap(true, Ordering::Acquire)).then_some(Self)
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        STEPPING.store(false, Ordering::Release);
    }
}

/// Makes one step with the limit of now. Pending while another context makes one, or any other call.
fn step<R>(call: impl FnOnce() -> Result<R>) -> Poll<Result<R>> {
    let Some(_step) = Step::begin() else {
        return Poll::Pending;
    };
    match call() {
        Err(Error::OperationIncomplete | Error::Busy) => Poll::Pending,
        answer => Poll::Ready(answer),
    }
}

/// Gives C the limit. It is called inside `check`, with the step that it is for.
fn limit() {
    // SAFETY: the function takes a number; `step` lets one thread at a time come here, and nothing else of this crate
    // makes C read it.
    unsafe { c::psa_interruptible_set_max_ops(max_ops()) }
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
        step(|| {
            self.0.step_into(signature, |operation, data, size, len| {
                limit();
                // SAFETY: the pointers are those of `step_into`: an operation of ours alone, room for `size` bytes, a
                // length.
                unsafe { c::psa_sign_hash_complete(operation, data, size, len) }
            })
        })
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
        step(|| {
            self.0.step(|operation| {
                limit();
                // SAFETY: the operation is ours alone.
                unsafe { c::psa_verify_hash_complete(operation) }
            })
        })
    }

    pub(crate) fn num_ops(&self) -> u32 {
        // SAFETY: the operation was set up and is only read.
        unsafe { c::psa_verify_hash_get_num_ops(self.0.as_ptr()) }
    }
}
