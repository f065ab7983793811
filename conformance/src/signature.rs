//! Signatures. PSA Crypto API 1.2, "Asymmetric signature".

use crate::check::{holds, refused, same};
use crate::vectors::{EcdsaCurve, MESSAGE, on_each_curve};
use crate::{Ctx, Result};
use psa::{Attributes, Error, Key, Sign, Usage};

on_each_curve! {
    "verifies the signature of RFC 6979": verifies_the_known_signature;
    "verifies what it signed, and nothing else": verifies_what_it_signed;
    "a signature of a hash is one of its message": hash_and_message_agree;
    "one key's signature is not another's": distinguishes_keys;
    "wrong lengths of signature and buffer are refused": refuses_wrong_lengths;
    "signs deterministically as RFC 6979": signs_deterministically, "deterministic ECDSA";
}

fn policy(attributes: Attributes, algorithm: Sign) -> Attributes {
    attributes
        .usage(Usage::SIGN | Usage::VERIFY)
        .algorithm(algorithm.into())
}

fn known_key(vectors: &EcdsaCurve, algorithm: Sign) -> psa::Result<Key> {
    let attributes = Attributes::ecc_key_pair(vectors.curve);
    Key::import(policy(attributes, algorithm), vectors.private)
}

fn new_key(vectors: &EcdsaCurve, algorithm: Sign) -> psa::Result<Key> {
    Key::generate(policy(Attributes::ecc_key_pair(vectors.curve), algorithm))
}

fn verifies_the_known_signature(_: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let algorithm = Sign::Ecdsa(vectors.hash);
    let attributes = Attributes::ecc_public_key(vectors.curve);
    let public = Key::import(policy(attributes, algorithm), vectors.public)?;
    public.verify_message(algorithm, MESSAGE, vectors.signature)?;
    let wrong = public.verify_message(algorithm, b"simple", vectors.signature);
    refused(wrong, &[Error::InvalidSignature])?;
    let pair = known_key(vectors, algorithm)?;
    Ok(pair.verify_message(algorithm, MESSAGE, vectors.signature)?)
}

fn verifies_what_it_signed(_: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let algorithm = Sign::Ecdsa(vectors.hash);
    let key = new_key(vectors, algorithm)?;
    let mut buffer = [0; 132];
    let length = key
        .sign_message_into(algorithm, MESSAGE, &mut buffer)?
        .len();
    same(&length, &vectors.signature.len())?;
    let signature = &mut buffer[..length];
    key.verify_message(algorithm, MESSAGE, signature)?;
    signature[length - 1] ^= 1;
    let damaged = key.verify_message(algorithm, MESSAGE, signature);
    refused(damaged, &[Error::InvalidSignature])?;
    signature.fill(0);
    refused(
        key.verify_message(algorithm, MESSAGE, signature),
        &[Error::InvalidSignature],
    )
}

fn hash_and_message_agree(_: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let algorithm = Sign::Ecdsa(vectors.hash);
    let key = new_key(vectors, algorithm)?;
    let (mut digest, mut buffer) = ([0; 64], [0; 132]);
    let digest = vectors.hash.compute_into(MESSAGE, &mut digest)?;
    let signature = key.sign_hash_into(algorithm, digest, &mut buffer)?;
    key.verify_message(algorithm, MESSAGE, signature)?;
    let signature = key.sign_message_into(algorithm, MESSAGE, &mut buffer)?;
    Ok(key.verify_hash(algorithm, digest, signature)?)
}

fn distinguishes_keys(_: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let algorithm = Sign::Ecdsa(vectors.hash);
    let (known, new) = (known_key(vectors, algorithm)?, new_key(vectors, algorithm)?);
    let mut buffer = [0; 132];
    let signature = new.sign_message_into(algorithm, MESSAGE, &mut buffer)?;
    let verified = known.verify_message(algorithm, MESSAGE, signature);
    refused(verified, &[Error::InvalidSignature])
}

fn refuses_wrong_lengths(_: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let algorithm = Sign::Ecdsa(vectors.hash);
    let key = known_key(vectors, algorithm)?;
    let (digest, mut buffer) = ([7; 64], [0; 132]);
    let (digest, length) = (&digest[..vectors.hash.len()], vectors.signature.len());

    let short_buffer = key.sign_hash_into(algorithm, digest, &mut buffer[..length - 1]);
    refused(short_buffer, &[Error::BufferTooSmall])?;
    let short_signature = key.verify_message(algorithm, MESSAGE, &vectors.signature[1..]);
    refused(short_signature, &[Error::InvalidSignature])?;
    buffer[..length].copy_from_slice(vectors.signature);
    if length < buffer.len() {
        let long_signature = key.verify_message(algorithm, MESSAGE, &buffer[..=length]);
        refused(long_signature, &[Error::InvalidSignature])?;
    }
    let exact = key
        .sign_hash_into(algorithm, digest, &mut buffer[..length])?
        .len();
    same(&exact, &length)
}

fn signs_deterministically(_: &mut Ctx, vectors: &EcdsaCurve) -> Result<()> {
    let algorithm = Sign::DeterministicEcdsa(vectors.hash);
    let key = known_key(vectors, algorithm)?;
    let (mut first, mut second) = ([0; 132], [0; 132]);
    let first = key.sign_message_into(algorithm, MESSAGE, &mut first)?;
    same(first, vectors.signature)?;
    let second = key.sign_message_into(algorithm, b"another", &mut second)?;
    holds(first != second)
}
