//! Operations in several steps: zero until they are set up, aborted when they are dropped.

use super::{check, written};
use crate::{Error, Result};
use place::Place;

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
        // A destructor cannot report a failure.
        let _ = check(|| {
            // SAFETY: it was zeroed in `start`, only the API has written to it since, it is still there, and nobody else
            // has it.
            let status = unsafe { T::abort(self.as_mut_ptr()) };
            self.0.release();
            status
        });
        // Still there: another context is inside the provider.
        self.0.abandon();
    }
}

/// The structs of Mbed TLS hold keys and what is made of them (a `ChaCha20` key, the pads of HMAC, the hash key of GCM), and
/// moving a Rust value leaves its bytes behind where it was. So they stand on the library's heap, without which it has no
/// keys either, from the setup to the end: what moves is a pointer, and what is wiped is all there was.
#[cfg(operations = "structs")]
mod place {
    use super::super::{abandoned, c};
    use super::Abort;
    use abandoned::Header;
    #[cfg(provider = "mbedtls")]
    use c::mbedtls_platform_zeroize as wipe;
    #[cfg(not(provider = "mbedtls"))]
    use c::mbedtls_psa_rs_zeroize as wipe;
    use core::ptr::{self, NonNull};

    /// Memory of the library's heap with room for a [`Header`] and, where this points to, one struct; or none. Made and
    /// released inside `check`, which has the lock of that heap.
    pub(super) struct Place<T>(*mut T);

    impl<T: Abort> Place<T> {
        /// The header keeps what `calloc` gave the struct of C: it aligns for pointers at least, in Zephyr no more.
        const ALIGNED: () = assert!(align_of::<T>() <= 8 && size_of::<Header>() % 8 == 0);

        #[inline]
        pub(super) fn zeroed() -> Self {
            const { Self::ALIGNED };
            // SAFETY: asks for memory; null is an answer.
            let memory = unsafe { c::mbedtls_psa_rs_calloc(size_of::<Header>() + size_of::<T>()) };
            if memory.is_null() {
                return Self(ptr::null_mut());
            }
            // SAFETY: the memory is larger than the header. All-bits-zero is the API's initial state of every operation.
            Self(unsafe { memory.byte_add(size_of::<Header>()) }.cast())
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

        fn take(&mut self) -> Option<NonNull<T>> {
            NonNull::new(core::mem::replace(&mut self.0, ptr::null_mut()))
        }

        pub(super) fn release(&mut self) {
            if let Some(operation) = self.take() {
                // SAFETY: `zeroed` made it, and it is taken out of this value, which alone has it.
                unsafe { wipe_and_free(operation.as_ptr()) };
            }
        }

        /// Leaves what is still there to the next call.
        pub(super) fn abandon(&mut self) {
            if let Some(operation) = self.take() {
                // SAFETY: `zeroed` made room for the header before the operation; both are taken out of this value, which
                // alone had them, and every context may abort an operation (see `Send`).
                unsafe { abandoned::push_operation(header(operation.as_ptr()), end::<T>) };
            }
        }
    }

    /// # Safety
    /// `operation` was made by [`Place::zeroed`].
    unsafe fn header<T>(operation: *mut T) -> *mut Header {
        // SAFETY: the header stands before the operation in one piece of memory.
        unsafe { operation.byte_sub(size_of::<Header>()) }.cast()
    }

    /// # Safety
    /// [`Place::zeroed`] made `operation`, nobody else has it, and the caller is inside the provider.
    unsafe fn wipe_and_free<T>(operation: *mut T) {
        // SAFETY: memory of this size, freed where it begins; the caller promises that nobody uses it afterwards.
        unsafe {
            wipe(operation.cast(), size_of::<T>());
            c::mbedtls_psa_rs_free(header(operation).cast());
        }
    }

    /// # Safety
    /// As `abandon` left it; the caller is inside the provider.
    unsafe fn end<T: Abort>(header: *mut Header) {
        // SAFETY: an operation that was zeroed and perhaps set up stands behind the header, and nobody else has it.
        unsafe {
            let operation = header.byte_add(size_of::<Header>()).cast::<T>();
            T::abort(operation);
            wipe_and_free(operation);
        }
    }
}

/// The structs of TF-M's client are a handle of four bytes, which is no secret and stands in this value. So they are in an
/// environment of which nothing is known: `tfm-sys` declares them for both.
#[cfg(operations = "handles")]
mod place {
    use core::mem::MaybeUninit;

    pub(super) struct Place<T> {
        operation: T,
        is_there: bool,
    }

    impl<T> Place<T> {
        /// A struct that holds more might point into itself or hold what must be wiped, and could not be moved.
        const HANDLE: () = assert!(size_of::<T>() == 4);

        #[inline]
        pub(super) const fn zeroed() -> Self {
            const { Self::HANDLE };
            Self {
                // SAFETY: the struct is an integer, for which zero is a value; it is the API's own initial state
                // ("initialize the object to all-bits-zero").
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

        /// Nothing: there is no memory here, and the handle is the client's. Where the call was refused, it keeps the operation.
        #[allow(clippy::unused_self)] // the other place has something to give
        #[inline]
        pub(super) const fn abandon(&mut self) {}
    }
}

#[cfg(all(test, provider = "mbedtls"))]
mod tests {
    use super::super::abandoned;
    use super::*;
    use core::sync::atomic::{AtomicU32, Ordering};

    static ABORTED: AtomicU32 = AtomicU32::new(0);

    /// An operation that counts the ends of its kind that find what it was set up with.
    struct Counted([u32; 7]);

    impl Abort for Counted {
        unsafe fn abort(operation: *mut Self) -> i32 {
            // SAFETY: the caller promises an operation that was zeroed or set up, and alone.
            if unsafe { (*operation).0 } == [7; 7] {
                ABORTED.fetch_add(1, Ordering::Relaxed);
            }
            0
        }
    }

    fn counted() -> Operation<Counted> {
        let set_up = |operation: *mut Counted| {
            // SAFETY: `start` gives room for one.
            unsafe { operation.write(Counted([7; 7])) };
            0
        };
        Operation::start(set_up).unwrap()
    }

    #[test]
    fn what_is_dropped_while_the_provider_is_busy_is_ended_by_the_next_call() {
        let (mut first, mut second, third) = (counted(), counted(), counted());
        // As `drop` does, which a build with threads never refuses.
        first.0.abandon();
        second.0.abandon();
        drop((first, second));
        drop(third);
        abandoned::call_until(|| ABORTED.load(Ordering::Relaxed) == 3);
    }
}
