//! What only a client of TF-M can promise, beyond the conformance list.

pub mod context;
mod hostile;
mod limits;
mod multipart;
mod multipart_keys;
mod services;

use psa_conformance::Test;

/// Every test, in the order in which they run.
pub const ALL: &[&[Test]] = &[
    multipart::TESTS,
    multipart_keys::TESTS,
    services::TESTS,
    limits::TESTS,
    hostile::TESTS,
    context::TESTS,
];
