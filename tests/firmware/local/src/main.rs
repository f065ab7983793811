//! Everything in one image, tested: what the application gives the library, the conformance list, PK and X.509.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![deny(unsafe_code)]

#[cfg(target_os = "none")]
mod first;
#[cfg(target_os = "none")]
mod persistent;
#[cfg(target_os = "none")]
mod tests;

#[cfg(target_os = "none")]
#[firmware_common::entry]
fn main() -> ! {
    use firmware_common::{exit, say_number};

    let failed = first::tested();
    let failed = failed
        + firmware_checks::conformance(&[firmware_pk::TESTS, tests::TESTS, persistent::TESTS]);
    let peak = mbedtls_psa::platform::heap_use().peak;
    say_number("heap, most in use: ", peak.try_into().unwrap_or(i32::MAX));
    exit(failed)
}

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M33: cargo xtask firmware local");
}
