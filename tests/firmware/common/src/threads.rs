//! Two threads on their own stacks, switched by `PendSV`: as little of an RTOS as a lock needs to be tested.
use core::cell::{Cell, UnsafeCell};
use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use cortex_m::peripheral::SCB;
use cortex_m::peripheral::scb::SystemHandler;
use critical_section::Mutex;

use crate::ticks;

const THREADS: usize = 2;
/// The caller of [`run`]: on the main stack, and only while no thread has work left.
const CALLER: usize = THREADS;
const STACK_WORDS: usize = 2048;
/// The returns into thread mode on the process stack, from an exception taken to the non-secure and the secure state.
const TO_PROCESS_STACK: [usize; 2] = [0xFFFF_FFBC, 0xFFFF_FFFD];

/// What an exception does not save by itself. `PendSV`, below, knows the order.
#[repr(C)]
struct Context {
    r4_to_r11: [usize; 8],
    process_stack: usize,
    exception_return: usize,
}

#[repr(C, align(8))]
struct Shared {
    contexts: UnsafeCell<[Context; THREADS + 1]>,
    stacks: UnsafeCell<[[usize; STACK_WORDS]; THREADS]>,
}

// SAFETY: written by `run` before a switch can happen, and by PendSV, which cannot interrupt itself.
unsafe impl Sync for Shared {}

static SHARED: Shared = Shared {
    contexts: UnsafeCell::new(
        [const {
            Context {
                r4_to_r11: [0; 8],
                process_stack: 0,
                exception_return: 0,
            }
        }; THREADS + 1],
    ),
    stacks: UnsafeCell::new([[0; STACK_WORDS]; THREADS]),
};

type Entries = [fn(); THREADS];
static ENTRIES: Mutex<Cell<Entries>> = Mutex::new(Cell::new([nothing; THREADS]));
static CURRENT: AtomicUsize = AtomicUsize::new(CALLER);
static DONE: [AtomicBool; THREADS] = [const { AtomicBool::new(true) }; THREADS];

/// Runs both functions as threads of 8 KiB stack, switched `hz` times a second, until both have returned. Not
/// reentrant; it takes `SysTick`.
pub fn run(first: fn(), second: fn(), hz: u32) {
    // SAFETY: lowest priorities, equal for both, so that PendSV never interrupts SysTick.
    unsafe {
        let mut scb = cortex_m::Peripherals::steal().SCB;
        scb.set_priority(SystemHandler::PendSV, 0xFF);
        scb.set_priority(SystemHandler::SysTick, 0xFF);
    }
    critical_section::with(|section| ENTRIES.borrow(section).set([first, second]));
    for index in 0..THREADS {
        prepare(index);
    }
    ticks::start(hz, Some(yield_now));
    // Goes on here when both are done.
    yield_now();
    cortex_m::asm::isb();
    ticks::stop();
}

/// Lets the other thread run: what a lock's waiting loop calls.
pub fn yield_now() {
    SCB::set_pendsv();
    cortex_m::asm::dsb();
    cortex_m::asm::isb();
}

fn nothing() {}

fn prepare(index: usize) {
    const FRAME_WORDS: usize = 8;
    const THUMB: usize = 1 << 24;
    let address = body as extern "C" fn() -> ! as usize;
    let contexts = SHARED.contexts.get();
    let stacks = SHARED.stacks.get();
    // SAFETY: no thread is running: both are done (or were never started), so nothing else uses their stack or context.
    unsafe {
        let stack = &mut (*stacks)[index];
        let frame = &mut stack[STACK_WORDS - FRAME_WORDS..];
        frame.fill(0);
        frame[5] = 0xFFFF_FFFF; // lr: `body` does not return
        frame[6] = address & !1; // pc
        frame[7] = THUMB; // xPSR
        (*contexts)[index] = Context {
            r4_to_r11: [0; 8],
            process_stack: frame.as_ptr() as usize,
            exception_return: 0,
        };
    }
    DONE[index].store(false, Ordering::Release);
}

extern "C" fn body() -> ! {
    let me = CURRENT.load(Ordering::Relaxed);
    let entry = critical_section::with(|section| ENTRIES.borrow(section).get()[me]);
    entry();
    DONE[me].store(true, Ordering::Release);
    loop {
        yield_now();
    }
}

/// Called by `PendSV` with the context it has just filled; the context to go on with.
extern "C" fn next(exception_return: usize) -> *mut Context {
    let current = CURRENT.load(Ordering::Relaxed);
    let other = usize::from(current == 0);
    let runnable = |index: usize| index < THREADS && !DONE[index].load(Ordering::Acquire);
    let chosen = [other, current, 1 - other]
        .into_iter()
        .find(|&index| runnable(index))
        .unwrap_or(CALLER);
    CURRENT.store(chosen, Ordering::Relaxed);
    // SAFETY: PendSV runs alone (lowest priority, and it does not interrupt itself); the index is below THREADS + 1.
    unsafe {
        let context = &raw mut (*SHARED.contexts.get())[chosen];
        if (*context).exception_return == 0 {
            // A new thread goes on in the state, secure or not, that PendSV was taken to: bit 0.
            (*context).exception_return = TO_PROCESS_STACK[exception_return & 1];
        }
        context
    }
}

/// The context that `PendSV` fills.
extern "C" fn current() -> *mut Context {
    let current = CURRENT.load(Ordering::Relaxed);
    // SAFETY: no reference is made, and the index is below THREADS + 1.
    unsafe { &raw mut (*SHARED.contexts.get())[current] }
}

core::arch::global_asm!(
    ".section .text.PendSV, \"ax\"",
    ".global PendSV",
    ".type PendSV, %function",
    ".thumb_func",
    "PendSV:",
    "    push  {{r4, lr}}",
    "    bl    {current}",
    "    pop   {{r4, lr}}",
    "    mrs   r1, psp",
    "    stmia r0!, {{r4-r11}}",
    "    stmia r0!, {{r1, lr}}",
    "    mov   r0, lr",
    "    bl    {next}",
    "    ldmia r0!, {{r4-r11}}",
    "    ldmia r0!, {{r1, lr}}",
    "    msr   psp, r1",
    "    bx    lr",
    current = sym current,
    next = sym next,
);
