//! What a call into TF-M costs on our side: instructions and stack, with a veneer of two instructions.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod image;

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image runs on a Cortex-M33: cargo xtask firmware cost");
}
