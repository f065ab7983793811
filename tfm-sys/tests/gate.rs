//! Who may call: thread mode only, one at a time, with and without a lock.
#![cfg(feature = "tfm")]

use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use tfm_sys::recorder::{Output, Recorder, SecureSide, set_in_handler, with};
use tfm_sys::*;

fn random() -> psa_status_t {
    let mut bytes = [0u8; 4];
    // SAFETY: the buffer is writable for its length.
    unsafe { psa_generate_random(bytes.as_mut_ptr(), bytes.len()) }
}

#[test]
fn a_handler_is_refused_without_touching_the_secure_side() {
    let recorder = Arc::new(Recorder::new());
    with(recorder.clone(), || {
        set_in_handler(true);
        assert_eq!(Error::check(random()), Err(Error::CalledFromHandler));
        assert_eq!(framework_version(), Err(Error::CalledFromHandler));
        assert_eq!(service_version(sid::CRYPTO), Err(Error::CalledFromHandler));
        // SAFETY: these take no pointers.
        unsafe {
            assert_eq!(
                Error::check(psa_connect(1, 1)),
                Err(Error::CalledFromHandler)
            );
            assert_eq!(psa_framework_version(), 0);
            psa_close(1);
        }
        set_in_handler(false);
        assert_eq!(random(), PSA_SUCCESS);
    });
    assert_eq!(recorder.calls().len(), 1);
}

/// A secure side whose calls last until they are let go.
struct Slow {
    entered: Barrier,
    leave: Barrier,
}

impl SecureSide for Slow {
    fn call(&self, _: psa_handle_t, _: u32, _: &[Vec<u8>], _: &mut [Output]) -> psa_status_t {
        self.entered.wait();
        self.leave.wait();
        PSA_SUCCESS
    }
}

#[test]
fn a_second_caller_without_a_lock_is_told_that_it_is_busy() {
    let slow = Arc::new(Slow {
        entered: Barrier::new(2),
        leave: Barrier::new(2),
    });
    with(slow.clone(), || {
        let first = thread::spawn(random);
        slow.entered.wait();
        assert_eq!(Error::check(random()), Err(Error::Busy));
        assert_eq!(framework_version(), Err(Error::Busy));
        slow.leave.wait();
        assert_eq!(first.join().unwrap(), PSA_SUCCESS);
        assert_eq!(framework_version(), Ok(PSA_FRAMEWORK_VERSION));
    });
}

/// A secure side that calls back, as a nested call would.
struct Nested(Mutex<Vec<psa_status_t>>);

impl SecureSide for Nested {
    fn call(&self, _: psa_handle_t, _: u32, _: &[Vec<u8>], _: &mut [Output]) -> psa_status_t {
        let status = random();
        self.0.lock().unwrap().push(status);
        PSA_SUCCESS
    }
}

#[test]
fn a_nested_call_is_told_that_it_is_busy_and_the_outer_one_goes_on() {
    let nested = Arc::new(Nested(Mutex::new(Vec::new())));
    with(nested.clone(), || assert_eq!(random(), PSA_SUCCESS));
    assert_eq!(*nested.0.lock().unwrap(), [STATUS_BUSY]);
}

#[test]
fn without_a_secure_side_a_call_is_refused() {
    struct Nothing;
    impl SecureSide for Nothing {
        fn call(&self, _: psa_handle_t, _: u32, _: &[Vec<u8>], _: &mut [Output]) -> psa_status_t {
            PSA_ERROR_NOT_SUPPORTED
        }
    }
    with(Arc::new(Nothing), || {
        assert_eq!(random(), PSA_ERROR_NOT_SUPPORTED);
        assert_eq!(service_version(sid::CRYPTO), Ok(PSA_VERSION_NONE));
        // SAFETY: it takes no pointers.
        let connected = unsafe { psa_connect(sid::CRYPTO, 1) };
        assert_eq!(connected, PSA_ERROR_CONNECTION_REFUSED);
    });
}

#[test]
fn every_error_says_what_to_do() {
    assert!(Error::CalledFromHandler.to_string().contains("task"));
    assert!(Error::Busy.to_string().contains("set_lock"));
    for status in [STATUS_CALLED_FROM_HANDLER, STATUS_BUSY, -135, -133] {
        assert_eq!(Error::check(status).unwrap_err().status(), status);
    }
}
