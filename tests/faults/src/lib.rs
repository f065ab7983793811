//! Faults at the Nth call of something, and what must hold after each.
//!
//! The library under test is the one that applications get: the linker leads its calls of `calloc`, `free`, the random
//! source and the file system to this package (`build.rs`), which counts them and lets one fail. What is a trait of the
//! library, the storage, is a storage of this package.
// A client of TF-M has no PSA core, and here one is on the other side.
#![cfg(all(target_os = "linux", not(all(feature = "mbedtls", feature = "tfm"))))]

mod case;
mod ffi;
mod journey;
#[cfg(all(feature = "full", feature = "mbedtls"))]
mod pk;
mod plan;
mod record;
mod storage;

pub use case::{Case, Outcome, cases};
pub use ffi::marks::{FUNCTIONS, Function, called_by};
#[cfg(feature = "tfm")]
pub use ffi::secure::Secure;
pub use ffi::{Live, Store, leak, live, slots, start_anew};
pub use plan::{Fault, Injected, Mode, Point, with};
pub use record::{Record, Work, calls, caught};
pub use storage::{Memory, STORAGE};
