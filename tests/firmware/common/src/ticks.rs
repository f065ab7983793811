//! `SysTick` as a clock that interrupts.
use core::cell::Cell;
use core::sync::atomic::{AtomicU32, Ordering};

use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::exception;
use critical_section::Mutex;

/// Clock of both boards, in hertz.
pub const CLOCK_HZ: u32 = 20_000_000;

static COUNT: AtomicU32 = AtomicU32::new(0);
type Action = Option<fn()>;
static ACTION: Mutex<Cell<Action>> = Mutex::new(Cell::new(None));

/// Lets `SysTick` interrupt `hz` times a second (2 to [`CLOCK_HZ`]) and call `action`, in handler mode, each time.
pub fn start(hz: u32, action: Option<fn()>) {
    critical_section::with(|section| ACTION.borrow(section).set(action));
    let mut timer = timer();
    timer.set_clock_source(SystClkSource::Core);
    timer.set_reload(CLOCK_HZ / hz - 1);
    timer.clear_current();
    timer.enable_counter();
    timer.enable_interrupt();
}

/// Stops it.
pub fn stop() {
    let mut timer = timer();
    timer.disable_interrupt();
    timer.disable_counter();
}

/// Interrupts since start-up.
pub fn count() -> u32 {
    COUNT.load(Ordering::Relaxed)
}

pub(crate) fn timer() -> SYST {
    // SAFETY: the timer is used by this module and by `measure` only, never at the same time: a measurement stops and
    // reprograms it, which can spoil a count and nothing else. All its registers are single words.
    unsafe { cortex_m::Peripherals::steal().SYST }
}

#[exception]
fn SysTick() {
    COUNT.fetch_add(1, Ordering::Relaxed);
    if let Some(action) = critical_section::with(|section| ACTION.borrow(section).get()) {
        action();
    }
}
