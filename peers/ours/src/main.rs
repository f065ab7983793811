//! This repository's library, over its own Mbed TLS, asked over files.

mod keys;
mod symmetric;

use anyhow::Result;
use exchange::{Answer, Task};
use psa::{Error, Hash};

fn main() -> Result<()> {
    psa::init()?;
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

fn hash(hash: exchange::Hash) -> Hash {
    match hash {
        exchange::Hash::Md5 => Hash::Md5,
        exchange::Hash::Ripemd160 => Hash::Ripemd160,
        exchange::Hash::Sha1 => Hash::Sha1,
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
