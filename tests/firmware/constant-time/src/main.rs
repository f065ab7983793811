//! Counts the instructions of P-256 with many secrets: as many for each.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod count;
#[cfg(target_os = "none")]
mod numbers;

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M33: cargo xtask firmware constant-time");
}
