//! Instructions and stack of a piece of code.
use core::arch::asm;
use core::hint::black_box;

use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;

use crate::ticks;

/// `SysTick` counts down from here: 24 bits.
const FULL: u32 = 0x00FF_FFFF;

/// Timer ticks (50 ns each) that `code` takes, less those of an empty measurement.
///
/// Under QEMU's `-icount shift=6` an instruction takes 64 ns, so [`instructions`] follows from it; without `-icount`
/// this is the host's time. At most 16,777,215 ticks; it takes the timer from [`ticks`].
pub fn clock(mut code: impl FnMut()) -> u32 {
    let empty = once(&mut || ());
    once(&mut code).saturating_sub(empty)
}

/// Instructions that `code` takes, to the nearest one, when QEMU runs with `-icount shift=6`.
pub fn instructions(code: impl FnMut()) -> u32 {
    (clock(code) * 50 + 32) / 64
}

#[inline(never)]
fn once(code: &mut dyn FnMut()) -> u32 {
    let mut timer = ticks::timer();
    timer.disable_interrupt();
    timer.disable_counter();
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(FULL);
    timer.clear_current();
    timer.enable_counter();
    // The count begins at the first tick after the write; reading it twice keeps that tick out.
    while SYST::get_current() == 0 {}
    let begin = SYST::get_current();
    code();
    let end = SYST::get_current();
    timer.disable_counter();
    begin.wrapping_sub(end) & FULL
}

/// The most bytes of main stack that were in use since start-up.
#[cfg(feature = "stack-peak")]
pub fn stack_peak() -> usize {
    unsafe extern "C" {
        static _stack_end: u32;
        static _stack_start: u32;
    }
    let mut at = &raw const _stack_end;
    let start = &raw const _stack_start;
    // SAFETY: cortex-m-rt's script puts the two at the ends of the stack, whose words are readable memory, and before the
    // first use of the stack painted each of them.
    while at < start && unsafe { at.read_volatile() } == cortex_m_rt::STACK_PAINT_VALUE {
        at = at.wrapping_add(1);
    }
    start.addr() - at.addr()
}

/// Bytes below the stack pointer that are looked at.
const WINDOW: usize = 16384;
const PAINT: u32 = 0xA5C3_3C5A;

/// Bytes of main stack that `code` uses, up to 16 KiB; interrupts are off meanwhile.
pub fn stack(mut code: impl FnMut()) -> usize {
    cortex_m::interrupt::free(|_| {
        let empty = painted(&mut || ());
        painted(&mut code).saturating_sub(empty)
    })
}

/// In assembly where it writes and reads below its own stack pointer: compiled code might push there.
#[inline(never)]
fn painted(code: &mut dyn FnMut()) -> usize {
    let top: usize;
    // SAFETY: writes words between the stack pointer and a point 16 KiB below it, where nothing lives while interrupts are
    // off. The main stack is the upper end of RAM, far larger than that.
    unsafe {
        asm!(
            "mov {top}, sp",
            "sub {low}, {top}, #{window}",
            "mov {at}, {top}",
            "2:",
            "str {paint}, [{at}, #-4]!",
            "cmp {at}, {low}",
            "bhi 2b",
            top = out(reg) top,
            low = out(reg) _,
            at = out(reg) _,
            paint = in(reg) PAINT,
            window = const WINDOW,
        );
    }
    black_box(code)();
    let touched: usize;
    // SAFETY: reads the same words, upwards, until one has changed or the stack pointer of before is reached.
    unsafe {
        asm!(
            "sub {at}, {top}, #{window}",
            "2:",
            "ldr {word}, [{at}]",
            "cmp {word}, {paint}",
            "bne 3f",
            "add {at}, {at}, #4",
            "cmp {at}, {top}",
            "blo 2b",
            "3:",
            top = in(reg) top,
            at = out(reg) touched,
            word = out(reg) _,
            paint = in(reg) PAINT,
            window = const WINDOW,
            options(readonly),
        );
    }
    top - touched
}
