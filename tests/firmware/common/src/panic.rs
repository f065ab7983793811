//! A panic, or an exception that nobody handles, ends the run with a status of its own.
use core::panic::PanicInfo;

use cortex_m_rt::{ExceptionFrame, exception};

use crate::{exit, say, say_hex, say_number};

/// Exit status after a panic, as on a host.
const PANICKED: i32 = 101;
/// Exit status after an unhandled exception.
const UNHANDLED: i32 = 102;

/// Says where and, when the message needs no formatting, what. `core::fmt` stays out of the image.
#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    say("the image panicked:");
    say(info.message().as_str().unwrap_or("(a formatted message)"));
    if let Some(place) = info.location() {
        say(place.file());
        say_number("line ", place.line().try_into().unwrap_or(i32::MAX));
    }
    exit(PANICKED)
}

#[exception]
unsafe fn DefaultHandler(number: i16) -> ! {
    say_number(
        "an exception came that nothing handles: ",
        i32::from(number),
    );
    exit(UNHANDLED)
}

/// Only without a secure side: with one, it gets every `HardFault`.
#[exception]
unsafe fn HardFault(frame: &ExceptionFrame) -> ! {
    say_hex("HardFault, pc = 0x", frame.pc());
    exit(UNHANDLED)
}
