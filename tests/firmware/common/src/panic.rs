//! A panic, or an exception that nobody handles, ends the run with a status of its own.
use core::panic::PanicInfo;

use cortex_m_rt::{ExceptionFrame, exception};

use crate::{exit, say_hex, say_number};

/// Exit status after a panic, as on a host.
const PANICKED: i32 = 101;
/// Exit status after an unhandled exception.
const UNHANDLED: i32 = 102;

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    #[cfg(feature = "panic-message")]
    crate::println!("{info}");
    #[cfg(not(feature = "panic-message"))]
    {
        // Whoever looks into it keeps the names of all files and what formats numbers in the image.
        let _ = info;
        crate::say("the image panicked");
    }
    exit(PANICKED)
}

#[exception]
unsafe fn DefaultHandler(number: i16) -> ! {
    say_number("unhandled exception: ", i32::from(number));
    exit(UNHANDLED)
}

/// Only without a secure side: with one, it gets every `HardFault`.
#[exception]
unsafe fn HardFault(frame: &ExceptionFrame) -> ! {
    say_hex("HardFault, pc = 0x", frame.pc());
    exit(UNHANDLED)
}
