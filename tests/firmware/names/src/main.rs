//! Prints a code, with the feature `names` also what it is called: `cargo xtask bench --only names` compares the sizes.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod image;

#[cfg(not(target_os = "none"))]
fn main() {
    println!("this image is built for a Cortex-M33: cargo xtask bench --only names");
}
