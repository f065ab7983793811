//! In the place of TF-M's client in C, which Zephyr compiles: the client of tfm-sys as C symbols.
#![cfg(target_os = "none")]
#![no_std]

use tfm_sys as _;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}
