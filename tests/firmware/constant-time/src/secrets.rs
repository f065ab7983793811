//! Looks at all of RAM, and at the registers of the floating-point unit, after P-256 has had a secret.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod curve;
#[cfg(all(target_os = "none", feature = "psa"))]
mod keys;
#[cfg(target_os = "none")]
mod look;
#[cfg(target_os = "none")]
mod numbers;

#[cfg(target_os = "none")]
#[firmware_common::entry]
fn main() -> ! {
    let mut look = look::Look::new();
    look.is_not_blind();
    curve::tested(&mut look);
    #[cfg(feature = "psa")]
    keys::tested(&mut look);
    firmware_common::exit(look.failed())
}

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M33: cargo xtask firmware constant-time");
}
