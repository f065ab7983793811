//! One call at a time: the secure side has one non-secure caller.

use super::context::in_handler;
use crate::psa_status_t;
use crate::{STATUS_BUSY, STATUS_CALLED_FROM_HANDLER};
use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
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
    lock: UnsafeCell<MaybeUninit<&'static dyn Lock>>,
}

// SAFETY: `lock` is written only by the one caller that moves `state` from UNSET to SETTING, and read only after `state`
// is SET, which that caller stores (release) when it has finished.
unsafe impl Sync for Slot {}

static SLOT: Slot = Slot {
    state: AtomicU8::new(UNSET),
    lock: UnsafeCell::new(MaybeUninit::uninit()),
};

/// The witness that [`SLOT`] has been set. It takes no room: the lock is read where it is used, since the two words kept
/// over a call would cost stack.
#[derive(Clone, Copy)]
pub(crate) struct Set(());

impl Set {
    #[inline]
    fn seen() -> Option<Self> {
        (SLOT.state.load(Ordering::Acquire) == SET).then_some(Self(()))
    }
}

#[inline]
fn lock(_: Set) -> &'static dyn Lock {
    // SAFETY: whoever made the witness has seen SET (acquire): the only write had happened.
    unsafe { (*SLOT.lock.get()).assume_init() }
}

/// Whether a call is in progress.
static BUSY: AtomicBool = AtomicBool::new(false);

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
    SLOT.state
        .compare_exchange(UNSET, SETTING, Ordering::Acquire, Ordering::Relaxed)
        .map_err(|_| LockAlreadySet)?;
    // SAFETY: this caller alone moved the state to SETTING, and nobody reads before it is SET.
    unsafe { (*SLOT.lock.get()).write(lock) };
    SLOT.state.store(SET, Ordering::Release);
    Ok(())
}

/// The lock to wait on, if there is one: for [`pass_waiting`], else [`pass_at_once`] is due.
#[inline]
pub(crate) fn is_set() -> Option<Set> {
    Set::seen()
}

/// Makes a call unless a handler asks for it or another call is in progress.
#[inline]
pub(crate) fn pass<R>(call: impl FnOnce() -> R) -> Result<R, psa_status_t> {
    match is_set() {
        Some(set) => pass_waiting(set, call),
        None => pass_at_once(call),
    }
}

/// [`pass`] with the lock.
///
/// Another thread's call is waited for; what the flag then still finds is a nested call of the same thread (an RTOS mutex
/// may be recursive), and that gets the busy status rather than a deadlock.
#[inline]
pub(crate) fn pass_waiting<R>(set: Set, call: impl FnOnce() -> R) -> Result<R, psa_status_t> {
    if in_handler() {
        return Err(STATUS_CALLED_FROM_HANDLER);
    }
    lock(set).acquire();
    let result = pass_flag(call);
    lock(set).release();
    result
}

/// [`pass`] without a lock.
#[inline]
pub(crate) fn pass_at_once<R>(call: impl FnOnce() -> R) -> Result<R, psa_status_t> {
    if in_handler() {
        return Err(STATUS_CALLED_FROM_HANDLER);
    }
    pass_flag(call)
}

#[inline]
fn pass_flag<R>(call: impl FnOnce() -> R) -> Result<R, psa_status_t> {
    if BUSY.swap(true, Ordering::Acquire) {
        return Err(STATUS_BUSY);
    }
    let result = call();
    BUSY.store(false, Ordering::Release);
    Ok(result)
}
