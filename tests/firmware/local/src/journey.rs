//! The journey with everything in one image: by psa, and through PK and X.509 of the C library.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![deny(unsafe_code)]

#[cfg(target_os = "none")]
#[firmware_common::entry]
fn main() -> ! {
    use firmware_common::{argument, exit, say_number};

    firmware_local::plainly().expect("set up once");
    let status = match argument(0, |way| way == "pk-journey") {
        Some(true) => firmware_pk::journey(),
        _ => firmware_checks::journey(None),
    };
    let peak = mbedtls_psa::platform::heap_use().peak;
    say_number("heap, most in use: ", peak.try_into().unwrap_or(i32::MAX));
    exit(status)
}

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M33: cargo xtask firmware local");
}
