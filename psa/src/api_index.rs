#![doc = include_str!("../docs/api-index.md")]

#[allow(
    unused_imports,
    clippy::wildcard_imports,
    reason = "the names that the table links to"
)]
use crate::*;
