//! The one image that is linked for either layout: `FIRMWARE_LAYOUT` says which.
include!("../common/link.rs");

fn main() {
    println!("cargo::rerun-if-env-changed=FIRMWARE_LAYOUT");
    link(&std::env::var("FIRMWARE_LAYOUT").unwrap_or_else(|_| "non-secure".into()));
}
