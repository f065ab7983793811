//! Operations in several steps: zero until they are set up, aborted when they are dropped.

use super::{check, written};
use crate::Result;
use core::mem::MaybeUninit;

/// An operation struct of the API, and the function that ends it.
pub(crate) trait Abort: Sized {
    /// # Safety
    /// `operation` points to one that was zeroed or set up, and that nobody else uses.
    unsafe fn abort(operation: *mut Self) -> i32;
}

/// An operation of C that this value owns.
///
/// It is moved like any Rust value: the structs of Mbed TLS 3.6 point to the heap and never into themselves, and those of
/// TF-M's client are a handle (`conformance` moves each operation between any two of its steps). Nothing but this value
/// has a pointer to it between two calls.
pub(crate) struct Operation<T: Abort>(T);

// SAFETY: the struct is data, handles and pointers to heap memory of its own, and the libraries keep nothing of it by
// thread: which thread makes the next call is the same to them. What they share between operations they lock themselves,
// or `check` does.
unsafe impl<T: Abort> Send for Operation<T> {}
// SAFETY: through a shared reference an operation is only read: by `psa_hash_clone`, which does not write to its source, and
// by functions that ask for a number (a derivation's capacity, the work done so far).
unsafe impl<T: Abort> Sync for Operation<T> {}

impl<T: Abort> Operation<T> {
    /// An operation that `setup` has set up; one that could not be is aborted.
    #[inline]
    pub(super) fn start(setup: impl FnOnce(*mut T) -> i32) -> Result<Self> {
        // SAFETY: the struct has integers, pointers and unions of such, for which zero is a value; it is the API's own
        // initial state ("initialize the object to all-bits-zero").
        let mut operation = Self(unsafe { MaybeUninit::zeroed().assume_init() });
        operation.step(setup)?;
        Ok(operation)
    }

    /// One step.
    #[inline]
    pub(super) fn step(&mut self, call: impl FnOnce(*mut T) -> i32) -> Result<()> {
        let operation = &raw mut self.0;
        check(|| call(operation))
    }

    /// One step that writes to `output`: operation, pointer, size, pointer to the length. Answers the length.
    #[inline]
    pub(super) fn step_into(
        &mut self,
        output: &mut [u8],
        call: impl FnOnce(*mut T, *mut u8, usize, *mut usize) -> i32,
    ) -> Result<usize> {
        let operation = &raw mut self.0;
        written(output, |data, size, len| call(operation, data, size, len))
    }

    /// The last step. When it succeeds it leaves the operation inactive, which need not be aborted: across `TrustZone` that
    /// saves a call.
    #[inline]
    pub(super) fn end(self, call: impl FnOnce(*mut T) -> i32) -> Result<()> {
        self.ended(|operation| operation.step(call))
    }

    /// The last step, which writes to `output`.
    #[inline]
    pub(super) fn end_into(
        self,
        output: &mut [u8],
        call: impl FnOnce(*mut T, *mut u8, usize, *mut usize) -> i32,
    ) -> Result<usize> {
        self.ended(|operation| operation.step_into(output, call))
    }

    #[inline]
    fn ended<R>(mut self, last: impl FnOnce(&mut Self) -> Result<R>) -> Result<R> {
        let answer = last(&mut self)?;
        core::mem::forget(self);
        Ok(answer)
    }

    /// For calls with a second operation, or with another first argument; no longer than the call.
    #[inline]
    pub(super) const fn as_mut_ptr(&mut self) -> *mut T {
        &raw mut self.0
    }

    #[inline]
    pub(super) const fn as_ptr(&self) -> *const T {
        &raw const self.0
    }
}

impl<T: Abort> Drop for Operation<T> {
    fn drop(&mut self) {
        let operation = &raw mut self.0;
        // SAFETY: it was zeroed in `start`, only the API has written to it since, and nobody else has it. A destructor
        // cannot report a failure.
        let _ = check(|| unsafe { T::abort(operation) });
    }
}
