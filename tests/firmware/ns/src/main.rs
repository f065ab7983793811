//! The non-secure side, tested: the conformance list, and what only a client of TF-M can promise.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
#[firmware_common::entry]
fn main() -> ! {
    use firmware_ns::tests;

    tests::context::start_interrupts();
    firmware_common::exit(firmware_checks::conformance(tests::ALL))
}

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M33: cargo xtask firmware ns");
}
