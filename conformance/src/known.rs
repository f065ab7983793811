//! The known answers of RFCs and of NIST.

mod aead;
mod agreement;
mod cipher;
mod derivation;
mod hash;
mod mac;

use crate::Test;

pub const TESTS: &[&[Test]] = &[
    hash::TESTS,
    mac::TESTS,
    mac::CMAC_TESTS,
    cipher::TESTS,
    aead::TESTS,
    derivation::TESTS,
    agreement::TESTS,
];
