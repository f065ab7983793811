//! One image without a secure side, or the non-secure side of AN521.
include!("../common/link.rs");

fn main() {
    let behind_secure_side = std::env::var_os("CARGO_FEATURE_NS").is_some();
    link(if behind_secure_side {
        "non-secure"
    } else {
        "single"
    });
}
