//! One call at a time with a lock to wait on: a process of its own, because the lock is set once.
#![cfg(feature = "tfm")]

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, ThreadId};
use tfm_sys::recorder::{Output, SecureSide, set_in_handler, with};
use tfm_sys::*;

/// A recursive mutex, as an RTOS has it.
struct Recursive {
    owner: Mutex<Option<(ThreadId, usize)>>,
    free: Condvar,
}

static LOCK: Recursive = Recursive {
    owner: Mutex::new(None),
    free: Condvar::new(),
};

impl Lock for Recursive {
    fn acquire(&self) {
        let me = thread::current().id();
        let mut owner = self.owner.lock().unwrap();
        loop {
            match &mut *owner {
                None => break *owner = Some((me, 1)),
                Some((holder, depth)) if *holder == me => break *depth += 1,
                Some(_) => owner = self.free.wait(owner).unwrap(),
            }
        }
    }

    fn release(&self) {
        let mut owner = self.owner.lock().unwrap();
        let (_, depth) = owner.as_mut().expect("released once too often");
        *depth -= 1;
        if *depth == 0 {
            *owner = None;
            self.free.notify_one();
        }
    }
}

#[derive(Default)]
struct Counting {
    calls: AtomicUsize,
    inside: AtomicUsize,
    nest: AtomicBool,
}

impl SecureSide for Counting {
    fn call(&self, _: psa_handle_t, _: u32, _: &[Vec<u8>], _: &mut [Output]) -> psa_status_t {
        assert_eq!(
            self.inside.fetch_add(1, Ordering::SeqCst),
            0,
            "two callers inside"
        );
        self.calls.fetch_add(1, Ordering::SeqCst);
        if self.nest.load(Ordering::SeqCst) {
            assert_eq!(random(), STATUS_BUSY, "a nested call");
        }
        thread::yield_now();
        self.inside.fetch_sub(1, Ordering::SeqCst);
        PSA_SUCCESS
    }
}

fn random() -> psa_status_t {
    let mut bytes = [0u8; 4];
    // SAFETY: the buffer is writable for its length.
    unsafe { psa_generate_random(bytes.as_mut_ptr(), bytes.len()) }
}

/// Fewer calls under Miri, which is a thousand times slower.
const CALLS: usize = if cfg!(miri) { 10 } else { 1000 };

#[test]
fn with_a_lock_threads_wait_and_a_nested_call_is_detected() {
    set_lock(&LOCK).unwrap();
    assert_eq!(set_lock(&LOCK), Err(LockAlreadySet));
    let side = Arc::new(Counting::default());
    with(side.clone(), || {
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    for _ in 0..CALLS {
                        assert_eq!(random(), PSA_SUCCESS);
                    }
                });
            }
        });
        assert_eq!(side.calls.load(Ordering::SeqCst), 2 * CALLS);

        side.nest.store(true, Ordering::SeqCst);
        assert_eq!(random(), PSA_SUCCESS);
        side.nest.store(false, Ordering::SeqCst);

        set_in_handler(true);
        assert_eq!(random(), STATUS_CALLED_FROM_HANDLER);
        set_in_handler(false);
        // Overlapping inputs take another way through the gate.
        let bytes = [7u8; 40];
        // SAFETY: both inputs are inside the array.
        let status =
            unsafe { psa_hash_compare(PSA_ALG_SHA_256, bytes.as_ptr(), 40, bytes.as_ptr(), 32) };
        assert_eq!(status, PSA_SUCCESS);
    });
    assert!(
        LOCK.owner.lock().unwrap().is_none(),
        "released as often as acquired"
    );
}
