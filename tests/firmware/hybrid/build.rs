//! The non-secure side of AN521.
include!("../common/link.rs");

fn main() {
    link("non-secure");
}
