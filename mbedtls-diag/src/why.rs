//! Why a symbol is not found by the linker.
//!
//! A question has a symbol, and what is known about it: what the linker said, how the build is configured, what is in
//! the library. The answer names one cause; "set macro X" is said only where that is the cause.

mod answer;
mod archive;
mod cause;
mod evidence;
mod index;
mod later;
mod log;
mod owners;
mod settings;
mod texts;
mod write;

pub use answer::{Answer, Cause};
pub use archive::{Archive, ArchiveError};
pub use cause::why;
pub use evidence::{Evidence, Referrer};
pub use log::{Log, Mention, read as read_log};
