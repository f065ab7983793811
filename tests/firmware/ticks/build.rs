//! One image without a secure side, for AN505 and AN521 alike.
include!("../common/link.rs");

fn main() {
    link("single");
}
