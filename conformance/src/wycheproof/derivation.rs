//! Key derivation, with outputs that are read in pieces.

use super::file::{File, Vector, number};
use super::{judge, sets};
use crate::check::{Failure, same};
use crate::{Ctx, Result};
use psa::{
    Attributes, Error, Hash, Hkdf, Key, KeyDerivation, KeyDerivationOutput, KeyType, Pbkdf2Hmac,
    Usage,
};

sets! {
    "HKDF, SHA-1": "hkdf_sha1", "long-derivation",
        |ctx, file| hkdf(ctx, file, Hash::Sha1), "HKDF", "SHA-1";
    "HKDF, SHA-256": "hkdf_sha256", "long-derivation",
        |ctx, file| hkdf(ctx, file, Hash::Sha256), "HKDF";
    "HKDF, SHA-384": "hkdf_sha384", "long-derivation",
        |ctx, file| hkdf(ctx, file, Hash::Sha384), "HKDF", "SHA-384";
    "HKDF, SHA-512": "hkdf_sha512", "long-derivation",
        |ctx, file| hkdf(ctx, file, Hash::Sha512), "HKDF", "SHA-512";
    "PBKDF2, HMAC with SHA-256": "pbkdf2_hmacsha256", "long-derivation",
        |ctx, file| pbkdf2(ctx, file, Hash::Sha256), "PBKDF2";
    "PBKDF2, HMAC with SHA-512": "pbkdf2_hmacsha512", "long-derivation",
        |ctx, file| pbkdf2(ctx, file, Hash::Sha512), "PBKDF2", "SHA-512";
}

fn hkdf(ctx: &mut Ctx, file: File, hash: Hash) -> Result<()> {
    let attributes = Attributes::new(KeyType::Derive, 0)
        .usage(Usage::DERIVE)
        .algorithm(KeyDerivation::Hkdf(hash).into());
    file.run(ctx, |memory, [], vector| {
        let [secret, salt, info, size, expected] = vector.fields;
        let secret = Key::import(attributes, secret)?;
        let output = Hkdf { hash, salt, info }.derive(&secret)?;
        read(memory, output, number(size)?, expected, vector)
    })
}

fn pbkdf2(ctx: &mut Ctx, file: File, hash: Hash) -> Result<()> {
    file.run(ctx, |memory, [], vector| {
        let [password, salt, iterations, size, expected] = vector.fields;
        let pbkdf2 = Pbkdf2Hmac {
            hash,
            iterations: number(iterations)?.into(),
            salt,
        };
        let output = pbkdf2.derive(password)?;
        read(memory, output, number(size)?, expected, vector)
    })
}

/// Reads so many bytes, in pieces that end beside, at and in the midst of blocks of the hash.
fn read<const F: usize>(
    memory: &mut [u8],
    mut output: KeyDerivationOutput,
    size: u32,
    mut expected: &[u8],
    vector: &Vector<F>,
) -> Result<()> {
    const PIECES: [usize; 4] = [1, 31, 64, 1000];
    let mut left = size as usize;
    for piece in PIECES.into_iter().cycle() {
        let piece = piece.min(left);
        match output.output_bytes_into(&mut memory[..piece]) {
            // What is refused gives its first bytes before, and they are in no file.
            Ok(_) if expected.is_empty() && left > piece => {}
            Ok(bytes) => {
                let (now, later) = expected
                    .split_at_checked(piece)
                    .ok_or_else(Failure::damaged)?;
                same(&*bytes, now)?;
                expected = later;
            }
            Err(error) => return judge(vector, Err(error), &[Error::InsufficientData]),
        }
        left -= piece;
        if left == 0 {
            break;
        }
    }
    judge(vector, Ok(()), &[Error::InsufficientData])
}
