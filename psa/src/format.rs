//! The formats of keys, requests and certificates.

pub(crate) mod algorithm;
pub(crate) mod certificate;
pub(crate) mod pem;
pub(crate) mod read;
pub(crate) mod signature;
pub(crate) mod write;
pub(crate) mod writer;

use crate::Error;

/// What a file is that der does not read.
const fn damaged(_: der::Error) -> Error {
    Error::Der
}
