//! Signatures. PSA Crypto API 1.2, "Asymmetric signature"; more of it stands in the lists `policy` and `signature`.

use super::{ALL, secret};
use crate::check::refused;
use crate::vectors::{P256, rsa};
use crate::{Ctx, Result, Test};
use core::task::Poll;
use psa::{
    Attributes, Cipher, Curve, Error, Hash, InterruptibleSign, InterruptibleVerify, Key, KeyType,
    Sign,
};

pub const TESTS: &[Test] = &[
    Test::new("signature: key and algorithm belong together", wrong_keys),
    Test::new(
        "signature: an algorithm that is none is refused",
        no_algorithm,
    ),
    Test::new("signature: RSA takes a hash of its length", wrong_hashes).needs(&["RSA"]),
    Test::new(
        "signature: RSA wants room for a whole signature",
        short_buffers,
    )
    .needs(&["RSA"]),
    Test::new("signature in steps: what is refused", in_steps).needs(&["signatures in steps"]),
];

const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);
const WRONG: [Error; 2] = [Error::InvalidArgument, Error::NotSupported];

fn wrong_keys(ctx: &mut Ctx) -> Result<()> {
    for key_type in [KeyType::Hmac, KeyType::RawData] {
        let key = secret(key_type, ECDSA)?;
        refused(key.sign_message_into(ECDSA, b"", ctx.text), &WRONG)?;
        refused(key.sign_hash_into(ECDSA, &[7; 32], ctx.text), &WRONG)?;
        refused(key.verify_message(ECDSA, b"", P256.signature), &WRONG)?;
        refused(key.verify_hash(ECDSA, &[7; 32], P256.signature), &WRONG)?;
    }
    // An algorithm of RSA with a key on a curve.
    let algorithm = Sign::RsaPkcs1v15(Hash::Sha256);
    let attributes = Attributes::ecc_key_pair(Curve::P256).usage(ALL);
    let key = Key::import(attributes.algorithm(algorithm.into()), P256.private)?;
    refused(key.sign_hash_into(algorithm, &[7; 32], ctx.text), &WRONG)?;
    refused(key.verify_hash(algorithm, &[7; 32], P256.signature), &WRONG)
}

fn no_algorithm(ctx: &mut Ctx) -> Result<()> {
    let none = Sign::Raw(Cipher::Ctr.to_raw());
    let attributes = Attributes::ecc_key_pair(Curve::P256).usage(ALL);
    let key = Key::import(attributes.algorithm(Cipher::Ctr.into()), P256.private)?;
    refused(key.sign_message_into(none, b"", ctx.text), &WRONG)?;
    refused(key.sign_hash_into(none, &[7; 32], ctx.text), &WRONG)?;
    refused(key.verify_message(none, b"", P256.signature), &WRONG)?;
    refused(key.verify_hash(none, &[7; 32], P256.signature), &WRONG)
}

fn rsa_key(algorithm: Sign) -> psa::Result<Key> {
    let attributes = Attributes::rsa_key_pair(rsa::BITS).usage(ALL);
    Key::import_pem(attributes.algorithm(algorithm.into()), rsa::PKCS1)
}

fn wrong_hashes(ctx: &mut Ctx) -> Result<()> {
    for algorithm in [Sign::RsaPkcs1v15(Hash::Sha256), Sign::RsaPss(Hash::Sha256)] {
        let key = rsa_key(algorithm)?;
        for length in [0, 31, 33] {
            let hash = &[7; 33][..length];
            refused(
                key.sign_hash_into(algorithm, hash, ctx.text),
                &[Error::InvalidArgument],
            )?;
            let verified = key.verify_hash(algorithm, hash, rsa::SIGNATURE);
            refused(verified, &[Error::InvalidArgument, Error::InvalidSignature])?;
        }
    }
    Ok(())
}

fn short_buffers(_: &mut Ctx) -> Result<()> {
    let algorithm = Sign::RsaPkcs1v15(Hash::Sha256);
    let (key, errors) = (rsa_key(algorithm)?, [Error::BufferTooSmall]);
    let short = &mut [0; rsa::BITS / 8 - 1];
    refused(key.sign_hash_into(algorithm, &[7; 32], short), &errors)?;
    refused(key.sign_message_into(algorithm, b"", short), &errors)
}

fn in_steps(_: &mut Ctx) -> Result<()> {
    let attributes = Attributes::ecc_key_pair(Curve::P256).usage(ALL);
    let key = Key::import(attributes.algorithm(ECDSA.into()), P256.private)?;
    let mut operation = InterruptibleSign::start(&key, ECDSA, &[7; 32])?;
    let refusal = ended(|| operation.step(&mut [0; 63]).map(|answer| answer.map(drop)));
    refused(refusal, &[Error::BufferTooSmall])?;
    let refusal = ended(|| operation.step(&mut [0; 64]).map(|answer| answer.map(drop)));
    refused(refusal, &[Error::BadState])?;

    let mut operation = InterruptibleVerify::start(&key, ECDSA, &[7; 32], P256.signature)?;
    refused(ended(|| operation.step()), &[Error::InvalidSignature])?;
    refused(ended(|| operation.step()), &[Error::BadState])?;

    let algorithm = Sign::RsaPkcs1v15(Hash::Sha256);
    let key = rsa_key(algorithm)?;
    let start = InterruptibleSign::start(&key, algorithm, &[7; 32]);
    refused(start, &[Error::NotSupported])?;
    let start = InterruptibleVerify::start(&key, algorithm, &[7; 32], rsa::SIGNATURE);
    refused(start, &[Error::NotSupported])
}

/// Steps until there is an answer.
fn ended(mut step: impl FnMut() -> Poll<psa::Result<()>>) -> psa::Result<()> {
    loop {
        if let Poll::Ready(answer) = step() {
            return answer;
        }
    }
}
