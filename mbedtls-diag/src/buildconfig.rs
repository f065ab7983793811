//! What a build can do, judged by the files that configure it.

mod needs;
mod notes;
mod report;
mod write;

pub use needs::{NEEDS, Need, UnknownNeed, find};
pub use report::{Ability, Report, WithoutEffect, report, system};
