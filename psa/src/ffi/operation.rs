//! Operations in several steps: zero until they are set up, aborted when they are dropped.

use super::{check, written};
use crate::{Error, Result};
use place::Place;

#[cfg(all(test, feature = "full", feature = "std", not(feature = "tfm")))]
mod moves;

/// An operation struct of the API, and the function that ends it.
pub(crate) trait Abort: Sized {
    /// # Safety
    /// `operation` points to one that was zeroed or set up, and that nobody else uses.
    unsafe fn abort(operation: *mut Self) -> i32;
}

/// An operation of C that this value owns. Nothing but this value has a pointer to it between two calls.
pub(crate) struct Operation<T: Abort>(Place<T>);

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
        let mut new = None;
        check(|| {
            let operation = new.insert(Self(Place::zeroed()));
            if operation.0.is_there() {
                setup(operation.as_mut_ptr())
            } else {
                tfm_sys::PSA_ERROR_INSUFFICIENT_MEMORY
            }
        })?;
        new.ok_or(Error::CorruptionDetected)
    }

    /// One step.
    #[inline]
    pub(super) fn step(&mut self, call: impl FnOnce(*mut T) -> i32) -> Result<()> {
        let operation = self.as_mut_ptr();
        check(|| call(operation))
    }

    /// One step that writes to `output`: operation, pointer, size, pointer to the length. Answers the length.
    #[inline]
    pub(super) fn step_into(
        &mut self,
        output: &mut [u8],
        call: impl FnOnce(*mut T, *mut u8, usize, *mut usize) -> i32,
    ) -> Result<usize> {
        let operation = self.as_mut_ptr();
        written(output, |data, size, len| call(operation, data, size, len))
    }

    /// The last step. When it succeeds it leaves the operation inactive, which need not be aborted: across `TrustZone` that
    /// saves a call.
    #[inline]
    pub(super) fn end(mut self, call: impl FnOnce(*mut T) -> i32) -> Result<()> {
        check(|| {
            let status = call(self.as_mut_ptr());
            self.ended(status)
        })
    }

    /// The last step, which writes to `output`.
    #[inline]
    pub(super) fn end_into(
        mut self,
        output: &mut [u8],
        call: impl FnOnce(*mut T, *mut u8, usize, *mut usize) -> i32,
    ) -> Result<usize> {
        written(output, |data, size, len| {
            let status = call(self.as_mut_ptr(), data, size, len);
            self.ended(status)
        })
    }

    #[inline]
    fn ended(&mut self, status: i32) -> i32 {
        if status == 0 {
            self.0.release();
        }
        status
    }

    /// The operation, which is there until it has ended; no longer than a call.
    #[inline]
    pub(super) fn as_mut_ptr(&mut self) -> *mut T {
        self.0.as_mut_ptr()
    }

    #[inline]
    pub(super) const fn as_ptr(&self) -> *const T {
        self.0.as_ptr()
    }
}

impl<T: Abort> Drop for Operation<T> {
    fn drop(&mut self) {
        if !self.0.is_there() {
            return;
        }
        // A destructor cannot report a failure. While another context is inside the provider the operation stays where it
        // is, as a key does.
        let _ = check(|| {
            // SAFETY: it was zeroed in `start`, only the API has written to it since, it is still there, and nobody else
            // has it.
            let status = unsafe { T::abort(self.as_mut_ptr()) };
            self.0.release();
            status
        });
    }
}

/// The structs of Mbed TLS hold keys and what is made of them (a `ChaCha20` key, the pads of HMAC, the hash key of GCM), and
/// moving a Rust value leaves its bytes behind where it was. So they stand on the library's heap, without which it has no
/// keys either, from the setup to the end: what moves is a pointer, and what is wiped is all there was.
#[cfg(all(feature = "mbedtls", not(feature = "tfm")))]
mod place {
    use super::super::c;
    use core::ptr::{self, NonNull};

    /// Memory of the library's heap with room for one struct, or none. Made and released inside `check`, which has the lock
    /// of that heap.
    pub(super) struct Place<T>(*mut T);

    impl<T> Place<T> {
        /// `calloc` aligns for every type of C, and for no other.
        const ALIGNED: () = assert!(align_of::<T>() <= 8);

        #[inline]
        pub(super) fn zeroed() -> Self {
            const { Self::ALIGNED };
            // SAFETY: asks for memory; null is an answer. All-bits-zero is the API's initial state of every operation.
            Self(unsafe { c::mbedtls_psa_rs_calloc(size_of::<T>()) }.cast())
        }

        #[inline]
        pub(super) const fn is_there(&self) -> bool {
            !self.0.is_null()
        }

        #[inline]
        pub(super) const fn as_mut_ptr(&mut self) -> *mut T {
            self.0
        }

        #[inline]
        pub(super) const fn as_ptr(&self) -> *const T {
            self.0
        }

        pub(super) fn release(&mut self) {
            let memory = core::mem::replace(&mut self.0, ptr::null_mut());
            if let Some(memory) = NonNull::new(memory) {
                // SAFETY: `zeroed` allocated it with this size, and it is freed here alone: the pointer is null from now on.
                unsafe {
                    c::mbedtls_platform_zeroize(memory.as_ptr().cast(), size_of::<T>());
                    c::mbedtls_psa_rs_free(memory.as_ptr().cast());
                }
            }
        }
    }
}

/// The structs of TF-M's client are a handle of four bytes, which is no secret and stands in this value.
///
/// What an environment links that brings its own API (feature neither `mbedtls` nor `tfm`) may be larger. Where that is
/// Mbed TLS 3.6, moving it is sound: hashes, MACs, ciphers and authenticated ciphers hold numbers, buffers and pointers to
/// the heap or to constants, and none into themselves (read in `crypto_struct.h`, `crypto_builtin_*.h` and the contexts that
/// these name; the AES context has an offset in place of a pointer, and aligns its round keys anew when it was moved), and
/// `moves` tries it. Wiping the copies that a move leaves behind is not in our hands.
#[cfg(not(all(feature = "mbedtls", not(feature = "tfm"))))]
mod place {
    use core::mem::MaybeUninit;

    pub(super) struct Place<T> {
        operation: T,
        is_there: bool,
    }

    impl<T> Place<T> {
        #[inline]
        pub(super) const fn zeroed() -> Self {
            Self {
                // SAFETY: the struct has integers, pointers and unions of such, for which zero is a value; it is the API's
                // own initial state ("initialize the object to all-bits-zero").
                operation: unsafe { MaybeUninit::zeroed().assume_init() },
                is_there: true,
            }
        }

        #[inline]
        pub(super) const fn is_there(&self) -> bool {
            self.is_there
        }

        #[inline]
        pub(super) const fn as_mut_ptr(&mut self) -> *mut T {
            &raw mut self.operation
        }

        #[inline]
        pub(super) const fn as_ptr(&self) -> *const T {
            &raw const self.operation
        }

        #[inline]
        pub(super) const fn release(&mut self) {
            self.is_there = false;
        }
    }
}
