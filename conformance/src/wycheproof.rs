//! The vectors of Project Wycheproof: known answers, and all that must be refused.

mod agreement;
mod derivation;
mod encryption;
pub mod file;
pub mod p256;
mod signature;
mod symmetric;

use crate::Test;
use crate::check::{Result, refused, same};
use file::{Expected, Vector};
use psa::Error;

pub(crate) const TESTS: &[&[Test]] = &[
    signature::TESTS,
    agreement::TESTS,
    encryption::TESTS,
    symmetric::TESTS,
    derivation::TESTS,
];

/// The call ended as it must with this vector. What is only acceptable may be refused as well.
#[track_caller]
fn judge<const F: usize>(
    vector: &Vector<F>,
    result: psa::Result<()>,
    errors: &[Error],
) -> Result<()> {
    match (vector.expected, result) {
        (Expected::Valid, result) => Ok(result?),
        (Expected::Acceptable, Ok(())) => Ok(()),
        (Expected::Acceptable | Expected::Invalid, result) => refused(result, errors),
    }
}

/// The same of a call that answers something, which must be this.
#[track_caller]
fn judge_output<const F: usize>(
    vector: &Vector<F>,
    result: psa::Result<&[u8]>,
    expected: &[u8],
    errors: &[Error],
) -> Result<()> {
    if let (Expected::Valid | Expected::Acceptable, Ok(output)) = (vector.expected, result) {
        same(output, expected)?;
    }
    judge(vector, result.map(|_| ()), errors)
}

/// A test for each file: its name, the feature that keeps all of it on a device, what checks it, and its needs.
macro_rules! sets {
    ($($name:literal: $file:literal, $long:literal, $check:expr $(, $need:literal)*;)*) => {
        pub const TESTS: &[$crate::Test] = &[$(
            $crate::Test::new(concat!("Wycheproof: ", $name), |ctx| {
                let check: fn(&mut Ctx, File) -> Result<()> = $check;
                check(ctx, $crate::wycheproof::file::file!($file, $long))
            })
            .needs(&[$($need),*])
        ),*];
    };
}
use sets;
