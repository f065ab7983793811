use core::arch::asm;
use core::hint::black_box;
use core::sync::atomic::{AtomicU32, Ordering};

use firmware_common::{argument, entry, exit, measure, outcome, say_number, threads, ticks};

type Test = (&'static str, fn() -> bool);

#[entry]
fn main() -> ! {
    assert!(
        argument(1, |scenario| scenario == "panic") != Some(true),
        "as asked"
    );
    let tests: [Test; 5] = [
        ("arguments arrive", || {
            argument(0, |name| name == "smoke") == Some(true)
        }),
        ("the timer interrupts and calls", the_timer_interrupts),
        ("two threads share the processor", two_threads_share),
        ("instructions are counted", instructions_are_counted),
        ("stack is measured", stack_is_measured),
    ];
    let mut failed = 0;
    for (name, test) in tests {
        let holds = test();
        outcome(name, holds);
        failed += i32::from(!holds);
    }
    say_number("failed: ", failed);
    exit(failed)
}

static CALLS: AtomicU32 = AtomicU32::new(0);

fn the_timer_interrupts() -> bool {
    ticks::start(10_000, Some(|| _ = CALLS.fetch_add(1, Ordering::Relaxed)));
    while ticks::count() < 10 {}
    ticks::stop();
    let after = ticks::count();
    black_box((0..10_000).fold(0, |sum: u32, n| black_box(sum ^ n)));
    ticks::count() == after && CALLS.load(Ordering::Relaxed) == after
}

static TURNS: AtomicU32 = AtomicU32::new(0);
static LAST: AtomicU32 = AtomicU32::new(0);

/// Works for a while and counts how often the other thread has been here in between.
fn work(me: u32) {
    for _ in 0..20_000 {
        if LAST.swap(me, Ordering::Relaxed) != me {
            TURNS.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn two_threads_share() -> bool {
    threads::run(|| work(1), || work(2), 10_000);
    let turns = TURNS.load(Ordering::Relaxed);
    say_number("turns of the threads: ", turns.try_into().unwrap_or(-1));
    threads::run(|| work(1), || work(2), 10_000);
    turns > 10 && TURNS.load(Ordering::Relaxed) > turns
}

/// Two instructions a round.
fn instructions_are_counted() -> bool {
    let count = |rounds: u32| measure::instructions(|| count_down(rounds));
    count(1100) - count(100) == 2000
}

#[inline(never)]
fn count_down(rounds: u32) {
    // SAFETY: a loop in one register.
    unsafe {
        asm!("2:", "subs {rounds}, #1", "bne 2b", rounds = inout(reg) rounds => _, options(nomem, nostack));
    }
}

fn stack_is_measured() -> bool {
    let used = measure::stack(|| {
        black_box([0u8; 512]);
    });
    say_number("stack of a 512-byte array: ", used.try_into().unwrap_or(-1));
    (512..700).contains(&used)
}
