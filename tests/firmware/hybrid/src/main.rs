//! The non-secure side with Mbed TLS in client mode, tested: the conformance list, PK and X.509 over keys in TF-M, and
//! what only a client of TF-M can promise.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod heap;

#[cfg(target_os = "none")]
#[firmware_common::entry]
fn main() -> ! {
    use firmware_common::{exit, say_number};
    use firmware_ns::tests;
    use psa_conformance::Test;

    const OWN: [&[Test]; 1 + tests::ALL.len()] = {
        let mut all = [firmware_pk::TESTS; 1 + tests::ALL.len()];
        let mut next = 0;
        while next < tests::ALL.len() {
            all[1 + next] = tests::ALL[next];
            next += 1;
        }
        all
    };
    heap::set();
    tests::context::start_interrupts();
    let failed = firmware_checks::conformance(&OWN);
    let peak = mbedtls_psa::platform::heap_use().peak;
    say_number("heap, most in use: ", peak.try_into().unwrap_or(i32::MAX));
    exit(failed)
}

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M33: cargo xtask firmware hybrid");
}
