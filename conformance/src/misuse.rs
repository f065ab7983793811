//! What the specification says of calls that must fail: each of its statuses, by function, at once and in steps.
//!
//! `data/statuses.tsv` has a row for each status of each function, and says which test sees it, or why no caller of this
//! API can.

mod aead;
mod cipher;
mod derivation;
mod encryption;
mod key;
mod mac;
mod signature;

use crate::Test;
use crate::vectors::bytes_of;
use psa::{Algorithm, Attributes, Key, KeyType, Usage};

pub const TESTS: &[&[Test]] = &[
    key::TESTS,
    mac::TESTS,
    cipher::TESTS,
    aead::TESTS,
    signature::TESTS,
    encryption::TESTS,
    derivation::TESTS,
];

/// Every permission.
const ALL: Usage = Usage::EXPORT
    .union(Usage::COPY)
    .union(Usage::ENCRYPT)
    .union(Usage::DECRYPT)
    .union(Usage::SIGN)
    .union(Usage::VERIFY)
    .union(Usage::DERIVE)
    .union(Usage::VERIFY_DERIVATION);

/// A key of 256 bits that may do everything with one algorithm.
fn secret(key_type: KeyType, algorithm: impl Into<Algorithm>) -> psa::Result<Key> {
    let attributes = Attributes::new(key_type, 0);
    let attributes = attributes.usage(ALL).algorithm(algorithm.into());
    Key::import(attributes, bytes_of(key_type))
}
