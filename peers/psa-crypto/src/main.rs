//! The crate `psa-crypto`, over its own Mbed TLS 3.6, asked over files.

mod attributes;
mod keys;
mod symmetric;

use anyhow::Result;
use exchange::{Answer, Task};
use psa_crypto::types::algorithm::Hash;
use psa_crypto::types::key::{Attributes, Id};
use psa_crypto::types::status::Error;

use attributes::attributes;

fn main() -> Result<()> {
    psa_crypto::init()?;
    exchange::serve(|task| match answer(task) {
        Ok(answer) => answer,
        Err(Error::NotSupported) => Answer::NotOffered,
        Err(error) => Answer::Failed(error.to_string()),
    })
}

fn answer(task: &Task) -> Result<Answer, Error> {
    match symmetric::answer(task)? {
        Some(answer) => Ok(answer),
        None => keys::answer(task),
    }
}

/// A key that is destroyed at the end, which the library leaves to its user.
struct Key(Id);

impl Key {
    fn import(attributes: Attributes, data: &[u8]) -> Result<Self, Error> {
        psa_crypto::operations::key_management::import(attributes, None, data).map(Self)
    }

    fn generate(attributes: Attributes) -> Result<Self, Error> {
        psa_crypto::operations::key_management::generate(attributes, None).map(Self)
    }

    fn export(&self) -> Result<Vec<u8>, Error> {
        output(|buffer| psa_crypto::operations::key_management::export(self.0, buffer))
    }
}

impl Drop for Key {
    #[allow(
        unsafe_code,
        reason = "the library's way to destroy a key is marked unsafe"
    )]
    fn drop(&mut self) {
        // SAFETY: the identifier is not used after this, and no other thread runs. A destructor cannot report a failure.
        let _ = unsafe { psa_crypto::operations::key_management::destroy(self.0) };
    }
}

/// What a call writes to its buffer. No output here is longer than that of RSA, or than the longest input and a tag.
fn output(call: impl FnOnce(&mut [u8]) -> Result<usize, Error>) -> Result<Vec<u8>, Error> {
    let mut buffer = vec![0; 4096];
    let len = call(&mut buffer)?;
    buffer.truncate(len);
    Ok(buffer)
}

fn hash(hash: exchange::Hash) -> Hash {
    match hash {
        exchange::Hash::Md5 => md5(),
        exchange::Hash::Ripemd160 => Hash::Ripemd160,
        exchange::Hash::Sha1 => sha1(),
        exchange::Hash::Sha224 => Hash::Sha224,
        exchange::Hash::Sha256 => Hash::Sha256,
        exchange::Hash::Sha384 => Hash::Sha384,
        exchange::Hash::Sha512 => Hash::Sha512,
        exchange::Hash::Sha3_224 => Hash::Sha3_224,
        exchange::Hash::Sha3_256 => Hash::Sha3_256,
        exchange::Hash::Sha3_384 => Hash::Sha3_384,
        exchange::Hash::Sha3_512 => Hash::Sha3_512,
    }
}

#[allow(deprecated, reason = "the library marks old hashes so, and has them")]
fn md5() -> Hash {
    Hash::Md5
}

#[allow(deprecated, reason = "the library marks old hashes so, and has them")]
fn sha1() -> Hash {
    Hash::Sha1
}
