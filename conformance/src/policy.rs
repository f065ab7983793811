//! What a key may do is decided when it is made. PSA Crypto API 1.2, "Key policies".

use crate::check::{refused, same};
use crate::vectors::{MESSAGE, P256};
use crate::{Ctx, Result, Test};
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Sign, Usage};

pub const TESTS: &[Test] = &[
    Test::new(
        "without EXPORT nothing private leaves",
        exports_nothing_without_export,
    ),
    Test::new(
        "without EXPORT the public key still leaves",
        exports_the_public_key,
    ),
    Test::new("without SIGN nothing is signed", |_| {
        signs_only_with(Usage::VERIFY)
    }),
    Test::new(
        "without VERIFY a key pair verifies nothing",
        verifies_only_with_verify,
    ),
    Test::new(
        "SIGN_MESSAGE alone signs messages, not hashes",
        signs_messages_only,
    ),
    Test::new(
        "SIGN_HASH brings SIGN_MESSAGE with it",
        sign_hash_permits_messages,
    ),
    Test::new(
        "another algorithm than the permitted one is refused",
        refuses_other_algorithms,
    ),
    Test::new(
        "a policy for any hash permits each, and no other algorithm",
        permits_any_hash,
    ),
    Test::new(
        "without an algorithm a key does nothing",
        does_nothing_without_an_algorithm,
    ),
    Test::new("a public key cannot sign", a_public_key_cannot_sign),
];

const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);

fn key(usage: Usage, algorithm: Algorithm) -> psa::Result<Key> {
    Key::import(
        Attributes::ecc_key_pair(Curve::P256)
            .usage(usage)
            .algorithm(algorithm),
        P256.private,
    )
}

fn exports_nothing_without_export(ctx: &mut Ctx) -> Result<()> {
    let key = key(
        Usage::SIGN.union(Usage::VERIFY).union(Usage::COPY),
        ECDSA.into(),
    )?;
    let errors = [Error::NotPermitted];
    refused(key.export_into(&mut [0; 32]), &errors)?;
    refused(key.private_key_pem_into(ctx.text), &errors)?;
    refused(key.private_key_pkcs8_pem_into(ctx.text), &errors)
}

fn exports_the_public_key(ctx: &mut Ctx) -> Result<()> {
    let key = key(Usage::NONE, Algorithm::None)?;
    same(key.export_public_into(&mut [0; 65])?, P256.public)?;
    same(key.public_key_pem_into(ctx.text)?, P256.public_pem)
}

fn signs_only_with(usage: Usage) -> Result<()> {
    let key = key(usage, ECDSA.into())?;
    let mut buffer = [0; 64];
    let errors = [Error::NotPermitted];
    refused(key.sign_hash_into(ECDSA, &[7; 32], &mut buffer), &errors)?;
    refused(key.sign_message_into(ECDSA, MESSAGE, &mut buffer), &errors)
}

fn verifies_only_with_verify(_: &mut Ctx) -> Result<()> {
    let key = key(Usage::SIGN, ECDSA.into())?;
    let errors = [Error::NotPermitted];
    refused(key.verify_message(ECDSA, MESSAGE, P256.signature), &errors)?;
    refused(key.verify_hash(ECDSA, &[7; 32], P256.signature), &errors)
}

fn signs_messages_only(_: &mut Ctx) -> Result<()> {
    let key = key(
        Usage::SIGN_MESSAGE.union(Usage::VERIFY_MESSAGE),
        ECDSA.into(),
    )?;
    let mut buffer = [0; 64];
    refused(
        key.sign_hash_into(ECDSA, &[7; 32], &mut buffer),
        &[Error::NotPermitted],
    )?;
    refused(
        key.verify_hash(ECDSA, &[7; 32], P256.signature),
        &[Error::NotPermitted],
    )?;
    let signature = key.sign_message_into(ECDSA, MESSAGE, &mut buffer)?;
    Ok(key.verify_message(ECDSA, MESSAGE, signature)?)
}

fn sign_hash_permits_messages(_: &mut Ctx) -> Result<()> {
    let key = key(Usage::SIGN_HASH.union(Usage::VERIFY_HASH), ECDSA.into())?;
    let mut buffer = [0; 64];
    let signature = key.sign_message_into(ECDSA, MESSAGE, &mut buffer)?;
    Ok(key.verify_message(ECDSA, MESSAGE, signature)?)
}

/// A provider may find first that it does not have the other algorithm.
fn refuses_other_algorithms(_: &mut Ctx) -> Result<()> {
    let key = key(Usage::SIGN.union(Usage::VERIFY), ECDSA.into())?;
    let errors = [Error::NotPermitted, Error::NotSupported];
    let mut buffer = [0; 256];
    for other in [
        Sign::Ecdsa(Hash::Sha384),
        Sign::DeterministicEcdsa(Hash::Sha256),
        Sign::EcdsaAny,
        Sign::RsaPkcs1v15(Hash::Sha256),
    ] {
        let hash = &[7; 48][..other.hash().map_or(32, Hash::len)];
        refused(key.sign_hash_into(other, hash, &mut buffer), &errors)?;
        refused(key.verify_hash(other, hash, P256.signature), &errors)?;
    }
    Ok(())
}

fn permits_any_hash(_: &mut Ctx) -> Result<()> {
    let key = key(
        Usage::SIGN.union(Usage::VERIFY),
        Algorithm::ecdsa_any_hash(),
    )?;
    let mut buffer = [0; 64];
    let signature = key.sign_message_into(ECDSA, MESSAGE, &mut buffer)?;
    key.verify_message(ECDSA, MESSAGE, signature)?;
    let other = Sign::RsaPss(Hash::Sha256);
    refused(
        key.sign_hash_into(other, &[7; 32], &mut [0; 256]),
        &[Error::NotPermitted],
    )
}

fn does_nothing_without_an_algorithm(_: &mut Ctx) -> Result<()> {
    let key = key(Usage::SIGN.union(Usage::VERIFY), Algorithm::None)?;
    refused(
        key.sign_hash_into(ECDSA, &[7; 32], &mut [0; 64]),
        &[Error::NotPermitted],
    )?;
    refused(
        key.verify_message(ECDSA, MESSAGE, P256.signature),
        &[Error::NotPermitted],
    )
}

/// It may have the permission, but it does not have what signing takes.
fn a_public_key_cannot_sign(_: &mut Ctx) -> Result<()> {
    let attributes = Attributes::ecc_public_key(Curve::P256)
        .usage(Usage::SIGN.union(Usage::VERIFY))
        .algorithm(ECDSA.into());
    let key = Key::import(attributes, P256.public)?;
    key.verify_message(ECDSA, MESSAGE, P256.signature)?;
    refused(
        key.sign_hash_into(ECDSA, &[7; 32], &mut [0; 64]),
        &[Error::InvalidArgument],
    )
}
