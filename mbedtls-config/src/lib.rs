#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod build;
mod client;
mod config;
pub mod cpp;
mod driver;
mod error;
mod evaluation;
pub mod expr;
pub mod facts;
mod header;
mod missing;
mod platform;
mod profile;
pub mod readers;
mod repair;
mod resolve;
pub mod rules;
pub mod source;
mod tuning;
mod value;
pub mod zephyr;

pub use client::SecureProfile;
pub use config::{Choice, Config, Origin};
pub use error::{Contradiction, Error, Reason, nearest};
pub use evaluation::{Evaluation, Refusal};
pub use missing::Need;
pub use platform::Platform;
pub use profile::{FEATURES, Feature, Profile};
pub use resolve::Resolved;
pub use tuning::Tuning;
