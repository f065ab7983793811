//! Operations in several steps.

mod hash;

pub use hash::HashOperation;
