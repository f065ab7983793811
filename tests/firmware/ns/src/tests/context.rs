//! Who calls, and from where: interrupts, handlers, threads.
//!
//! `SysTick` interrupts 10,000 times a second during every test of the image, and its handler calls each time.

use crate::client::purge_by_c_symbol;
use core::sync::atomic::{AtomicBool, AtomicI32, AtomicU32, Ordering};
use firmware_common::{threads, ticks};
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Sign, Usage};
use psa_conformance::check::{holds, refused, same};
use psa_conformance::{Ctx, Result, Test};

/// Every test of this kind.
pub const TESTS: &[Test] = &[
    Test::new("interrupts go on inside one sign_hash", interrupts_go_on),
    Test::new(
        "a call from a handler is refused, also during a call",
        refuses_handlers,
    ),
    Test::new(
        "without a lock one of two threads gets Busy",
        one_of_two_gets_busy,
    ),
    Test::new(
        "with a lock two threads make 1,000 calls",
        two_make_a_thousand_calls,
    ),
    Test::new("a lock is set once", sets_a_lock_once),
    Test::new(
        "every call from a handler was refused all the while",
        refused_all_the_while,
    ),
];

const HERTZ: u32 = 10_000;

/// Lets the interrupts begin that all tests must bear.
pub fn start_interrupts() {
    ticks::start(HERTZ, Some(call_from_handler));
}

static REFUSED: AtomicU32 = AtomicU32::new(0);
static NOT_REFUSED: AtomicU32 = AtomicU32::new(0);
/// What the last call of the C symbol answered in the handler.
static C_STATUS: AtomicI32 = AtomicI32::new(0);

fn call_from_handler() {
    let from_rust = Hash::Sha256.compute_into(b"abc", &mut [0; 32]).err();
    C_STATUS.store(purge_by_c_symbol(1), Ordering::Relaxed);
    let counter = match from_rust {
        Some(Error::CalledFromHandler) => &REFUSED,
        _ => &NOT_REFUSED,
    };
    counter.fetch_add(1, Ordering::Relaxed);
}

fn interrupts_go_on(_: &mut Ctx) -> Result<()> {
    const ALGORITHM: Sign = Sign::Ecdsa(Hash::Sha256);
    let attributes = Attributes::ecc_key_pair(Curve::P256)
        .usage(Usage::SIGN)
        .algorithm(Algorithm::from(ALGORITHM));
    let key = Key::generate(attributes)?;
    let before = ticks::count();
    key.sign_hash_into(ALGORITHM, &[7; 32], &mut [0; 64])?;
    let during = ticks::count() - before;
    firmware_common::println!("     {during} interrupts inside one sign_hash");
    holds(during >= 5)
}

fn refuses_handlers(_: &mut Ctx) -> Result<()> {
    /// `PSA_ERROR_BAD_STATE`, which C gets.
    const BAD_STATE: i32 = -137;
    let before = REFUSED.load(Ordering::Relaxed);
    // Long enough for many interrupts, most of them inside the secure side: it multiplies a point.
    Key::generate(Attributes::ecc_key_pair(Curve::P256))?.export_public_into(&mut [0; 65])?;
    holds(REFUSED.load(Ordering::Relaxed) - before >= 5)?;
    same(&NOT_REFUSED.load(Ordering::Relaxed), &0)?;
    same(&C_STATUS.load(Ordering::Relaxed), &BAD_STATE)
}

fn refused_all_the_while(_: &mut Ctx) -> Result<()> {
    let refused = REFUSED.load(Ordering::Relaxed);
    firmware_common::println!("     {refused} calls from a handler");
    holds(refused > 1000)?;
    same(&NOT_REFUSED.load(Ordering::Relaxed), &0)
}

/// How often threads were interrupted, lest they wait for each other in vain.
const ENOUGH: u32 = 20_000;

static SUCCESSES: AtomicU32 = AtomicU32::new(0);
static BUSY: AtomicU32 = AtomicU32::new(0);
static OTHERS: AtomicU32 = AtomicU32::new(0);

fn one_call() {
    let counter = match Hash::Sha256.compute_into(&[0; 64], &mut [0; 32]) {
        Ok(_) => &SUCCESSES,
        Err(Error::Busy) => &BUSY,
        Err(_) => &OTHERS,
    };
    counter.fetch_add(1, Ordering::Relaxed);
}

/// Runs both threads with `SysTick` as their clock, and gives it back.
fn run_threads(thread: fn()) {
    for counter in [&SUCCESSES, &BUSY, &OTHERS] {
        counter.store(0, Ordering::Relaxed);
    }
    threads::run(thread, thread, HERTZ);
    start_interrupts();
}

fn one_of_two_gets_busy(_: &mut Ctx) -> Result<()> {
    run_threads(|| {
        let limit = ticks::count() + ENOUGH;
        while BUSY.load(Ordering::Relaxed) == 0 && ticks::count() < limit {
            one_call();
        }
    });
    holds(BUSY.load(Ordering::Relaxed) > 0)?;
    holds(SUCCESSES.load(Ordering::Relaxed) > 0)?;
    same(&OTHERS.load(Ordering::Relaxed), &0)
}

/// As an RTOS has it: who finds it taken lets the other thread run.
struct YieldingLock {
    taken: AtomicBool,
    waited: AtomicU32,
}

impl tfm_sys::Lock for YieldingLock {
    fn acquire(&self) {
        while self.taken.swap(true, Ordering::Acquire) {
            self.waited.fetch_add(1, Ordering::Relaxed);
            threads::yield_now();
        }
    }

    fn release(&self) {
        self.taken.store(false, Ordering::Release);
    }
}

static LOCK: YieldingLock = YieldingLock {
    taken: AtomicBool::new(false),
    waited: AtomicU32::new(0),
};

fn two_make_a_thousand_calls(_: &mut Ctx) -> Result<()> {
    tfm_sys::set_lock(&LOCK).map_err(|_| Error::BadState)?;
    run_threads(|| (0..500).for_each(|_| one_call()));
    same(&SUCCESSES.load(Ordering::Relaxed), &1000)?;
    same(&BUSY.load(Ordering::Relaxed), &0)?;
    let waited = LOCK.waited.load(Ordering::Relaxed);
    firmware_common::println!("     1000 calls, {waited} times one thread waited for the other");
    holds(waited > 0)
}

fn sets_a_lock_once(_: &mut Ctx) -> Result<()> {
    let again = tfm_sys::set_lock(&LOCK).map_err(|_| Error::BadState);
    refused(again, &[Error::BadState])
}
