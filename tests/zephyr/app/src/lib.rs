//! The application: a line for each promise that holds, and the end.
#![cfg_attr(target_os = "none", no_std)]
#![allow(
    unsafe_code,
    reason = "the entry of a Zephyr application is a C symbol"
)]
#![cfg(target_os = "none")]

mod promises;
mod zephyr;

use core::fmt::Write as _;
use zephyr::{Console, exit, locks_held};

/// What Zephyr calls.
#[unsafe(no_mangle)]
extern "C" fn rust_main() {
    for (name, promise) in promises::ALL {
        if let Err(error) = promise() {
            let _ = writeln!(Console, "FAIL {name}: {error}");
            exit(1);
        }
        assert_eq!(locks_held(), 0, "{name}: the lock was not given back");
        let _ = writeln!(Console, "ok   {name}");
    }
}
