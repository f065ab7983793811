//! Alone on the board: no secure side is needed where none is called.
include!("../common/link.rs");

fn main() {
    link("single");
}
