//! Alone on the board: no C library, and no secure side.
include!("../common/link.rs");

fn main() {
    link("single");
}
