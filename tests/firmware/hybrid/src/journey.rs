//! The journey with keys in TF-M: by psa, and through PK and X.509 of the C library on the non-secure side.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod heap;

#[cfg(target_os = "none")]
#[firmware_common::entry]
fn main() -> ! {
    use firmware_common::{argument, exit, say_number};
    use firmware_ns::client::Storage;

    /// Where the certificate is kept.
    const CERTIFICATE_UID: u64 = 1;

    heap::set();
    let status = match argument(0, |way| way == "pk-journey") {
        Some(true) => firmware_pk::journey(),
        _ => firmware_checks::journey(Some(|certificate, buffer| {
            Storage::PROTECTED.set(CERTIFICATE_UID, certificate, 0)?;
            Storage::PROTECTED.get(CERTIFICATE_UID, 0, buffer)
        })),
    };
    let peak = mbedtls_psa::platform::heap_use().peak;
    say_number("heap, most in use: ", peak.try_into().unwrap_or(i32::MAX));
    exit(status)
}

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M33: cargo xtask firmware hybrid");
}
