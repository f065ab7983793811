//! One call at a time: the secure side has one non-secure caller.

use super::context::in_handler;
use crate::psa_status_t;
use crate::{STATUS_BUSY, STATUS_CALLED_FROM_HANDLER};
use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// A mutex of the RTOS, for threads that shall wait for each other instead of getting [`crate::Error::Busy`].
///
/// Interrupts stay enabled while it is held. Neither method may call a PSA function.
pub trait Lock: Sync {
    /// Waits until no other thread holds the lock, and takes it.
    fn acquire(&self);
    /// Gives the lock back.
    fn release(&self);
}

/// [`set_lock`] was called before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockAlreadySet;

impl core::fmt::Display for LockAlreadySet {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the lock was set before: set it once, before the scheduler starts")
    }
}

impl core::error::Error for LockAlreadySet {}

const UNSET: u8 = 0;
const SETTING: u8 = 1;
const SET: u8 = 2;

/// The lock, written once.
struct Slot {
    state: AtomicU8,
    lock: UnsafeCell<Option<&'static dyn Lock>>,
}

// SAFETY: `lock` is written only by the one caller that moves `state` from UNSET to SETTING, and read only after `state`
// is SET, which that caller stores (release) when it has finished.
unsafe impl Sync for Slot {}

impl Slot {
    const fn new() -> Self {
        Self {
            state: AtomicU8::new(UNSET),
            lock: UnsafeCell::new(None),
        }
    }

    fn set(&self, lock: &'static dyn Lock) -> Result<(), LockAlreadySet> {
        self.state
            .compare_exchange(UNSET, SETTING, Ordering::Acquire, Ordering::Relaxed)
            .map_err(|_| LockAlreadySet)?;
        // SAFETY: this caller alone moved the state to SETTING, and nobody reads before it is SET.
        unsafe { *self.lock.get() = Some(lock) };
        self.state.store(SET, Ordering::Release);
        Ok(())
    }

    #[inline]
    fn get(&self) -> Option<&'static dyn Lock> {
        if self.state.load(Ordering::Acquire) == SET {
            // SAFETY: SET means that the only write has happened, and acquire makes it visible here.
            unsafe { *self.lock.get() }
        } else {
            None
        }
    }
}

/// Who may call: the busy flag and, when set, the lock that guards it.
pub(crate) struct Gate {
    busy: AtomicBool,
    slot: Slot,
}

impl Gate {
    pub(crate) const fn new() -> Self {
        Self {
            busy: AtomicBool::new(false),
            slot: Slot::new(),
        }
    }

    pub(crate) fn set_lock(&self, lock: &'static dyn Lock) -> Result<(), LockAlreadySet> {
        self.slot.set(lock)
    }

    /// Makes a call unless a handler asks for it or another call is in progress.
    ///
    /// With a lock, another thread's call is waited for; what the flag then still finds is a nested call of the same
    /// thread (an RTOS mutex may be recursive), and that gets the busy status rather than a deadlock.
    #[inline]
    pub(crate) fn pass<R>(
        &self,
        in_handler: bool,
        call: impl FnOnce() -> R,
    ) -> Result<R, psa_status_t> {
        match self.slot.get() {
            Some(_) if in_handler => Err(STATUS_CALLED_FROM_HANDLER),
            Some(lock) => {
                lock.acquire();
                let result = self.pass_at_once(false, call);
                lock.release();
                result
            }
            None => self.pass_at_once(in_handler, call),
        }
    }

    /// [`Gate::pass`] without a lock to wait on.
    #[inline]
    fn pass_at_once<R>(
        &self,
        in_handler: bool,
        call: impl FnOnce() -> R,
    ) -> Result<R, psa_status_t> {
        if in_handler {
            return Err(STATUS_CALLED_FROM_HANDLER);
        }
        if self.busy.swap(true, Ordering::Acquire) {
            return Err(STATUS_BUSY);
        }
        let result = call();
        self.busy.store(false, Ordering::Release);
        Ok(result)
    }
}

static GATE: Gate = Gate::new();

/// Sets the lock on which threads wait for each other's calls: once, before the second thread starts.
///
/// Without it a second caller gets [`crate::Error::Busy`].
///
/// ```
/// struct Mutex;
/// impl tfm_sys::Lock for Mutex {
///     fn acquire(&self) { /* wait on the RTOS's mutex, without a limit of time */ }
///     fn release(&self) { /* and give it back */ }
/// }
/// static MUTEX: Mutex = Mutex;
/// tfm_sys::set_lock(&MUTEX).expect("set once");
/// assert!(tfm_sys::set_lock(&MUTEX).is_err());
/// ```
pub fn set_lock(lock: &'static dyn Lock) -> Result<(), LockAlreadySet> {
    GATE.set_lock(lock)
}

/// [`Gate::pass`] through the one gate that there is.
#[inline]
pub(crate) fn pass<R>(call: impl FnOnce() -> R) -> Result<R, psa_status_t> {
    GATE.pass(in_handler(), call)
}

/// [`pass`] for when there is no lock.
#[inline]
pub(crate) fn pass_at_once<R>(call: impl FnOnce() -> R) -> Result<R, psa_status_t> {
    GATE.pass_at_once(in_handler(), call)
}

/// Whether there is a lock to wait on.
#[inline]
pub(crate) fn is_set() -> bool {
    GATE.slot.get().is_some()
}
