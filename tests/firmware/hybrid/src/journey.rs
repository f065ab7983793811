//! The journey with keys in TF-M: by psa, and through PK and X.509 of the C library on the non-secure side.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod heap;

#[cfg(target_os = "none")]
#[firmware_common::entry]
fn main() -> ! {
    use firmware_common::{argument, exit, say_number};
    use psa::storage::{Flags, Uid, protected};

    /// Where the certificate is kept.
    const CERTIFICATE: Uid = Uid::new(1).unwrap();

    heap::set();
    let status = match argument(0, |way| way == "pk-journey") {
        Some(true) => firmware_pk::journey(),
        _ => firmware_checks::journey(Some(|certificate, buffer| {
            protected::set(CERTIFICATE, certificate, Flags::NONE)?;
            Ok(protected::get_into(CERTIFICATE, 0, buffer)?)
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
