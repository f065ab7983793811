//! Who may be inside the library.
pub(super) use imp::{Guard, take};

#[cfg(mbedtls = "THREADING_C")]
mod imp {
    //! The library's own mutexes guard what its contexts share.
    pub(crate) struct Guard;

    #[allow(clippy::unnecessary_wraps)] // the other build can fail
    pub(crate) fn take() -> crate::Result<Guard> {
        Ok(Guard)
    }
}

#[cfg(not(mbedtls = "THREADING_C"))]
mod imp {
    //! One context at a time: an interrupt handler or a second thread is refused, never let in, never made to wait.
    use core::marker::PhantomData;
    use core::sync::atomic::{AtomicBool, Ordering};

    use crate::error::{Error, Result};
    use crate::sys;

    static BUSY: AtomicBool = AtomicBool::new(false);

    /// Stays in the context that took it.
    pub(crate) struct Guard(PhantomData<*mut ()>);

    pub(crate) fn take() -> Result<Guard> {
        if BUSY.swap(true, Ordering::Acquire) {
            return Err(Error::from_code(sys::PSA_ERROR_BAD_STATE));
        }
        Ok(Guard(PhantomData))
    }

    impl Drop for Guard {
        fn drop(&mut self) {
            BUSY.store(false, Ordering::Release);
        }
    }
}
