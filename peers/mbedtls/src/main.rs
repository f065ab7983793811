//! The crate `mbedtls`, over Mbed TLS 2.28, asked over files.

mod keys;
mod symmetric;

use std::sync::Arc;

use anyhow::{Context as _, Result};
use exchange::{Answer, Hash};
use mbedtls::hash::Type;
use mbedtls::rng::{CtrDrbg, OsEntropy};

fn main() -> Result<()> {
    let mut random = CtrDrbg::new(Arc::new(OsEntropy::new()), None).context("random source")?;
    exchange::serve(|task| {
        let answer = symmetric::answer(task)
            .and_then(|answer| answer.map_or_else(|| keys::answer(task, &mut random), Ok));
        answer.unwrap_or_else(|error| Answer::Failed(format!("{error:#}")))
    })
}

/// The hash, where this version has it.
fn md(hash: Hash) -> Option<Type> {
    Some(match hash {
        Hash::Md5 => Type::Md5,
        Hash::Ripemd160 => Type::Ripemd,
        Hash::Sha1 => Type::Sha1,
        Hash::Sha224 => Type::Sha224,
        Hash::Sha256 => Type::Sha256,
        Hash::Sha384 => Type::Sha384,
        Hash::Sha512 => Type::Sha512,
        _ => return None,
    })
}

/// The hash of a message, in full length.
fn digest(md: Type, message: &[u8]) -> Result<Vec<u8>> {
    let mut output = vec![0; 64];
    let len = mbedtls::hash::Md::hash(md, message, &mut output)?;
    output.truncate(len);
    Ok(output)
}
