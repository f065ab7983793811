//! RSA: PKCS#1 (RFC 8017).

use crate::check::{refused, same};
use crate::vectors::{MESSAGE, rsa};
use crate::{Ctx, Result, Test};
use psa::{Attributes, Error, Hash, Key, KeyType, Sign, Usage};

pub const TESTS: &[Test] = &[
    Test::new(
        "RSA: writes the files that openssl writes",
        writes_what_openssl_writes,
    )
    .needs(&["RSA"]),
    Test::new(
        "RSA: signs PKCS#1 v1.5 as openssl does",
        signs_as_openssl_does,
    )
    .needs(&["RSA signatures"]),
    Test::new(
        "RSA: PSS verifies what it signed, and nothing else",
        verifies_pss,
    )
    .needs(&["RSA signatures"]),
];

const PKCS1V15: Sign = Sign::RsaPkcs1v15(Hash::Sha256);
const PSS: Sign = Sign::RsaPss(Hash::Sha256);

fn key(algorithm: Sign) -> psa::Result<Key> {
    let usage = Usage::SIGN | Usage::VERIFY | Usage::EXPORT;
    Key::import_pem(
        Attributes::rsa_key_pair(rsa::BITS)
            .usage(usage)
            .algorithm(algorithm.into()),
        rsa::PKCS1,
    )
}

fn writes_what_openssl_writes(ctx: &mut Ctx) -> Result<()> {
    let key = key(PKCS1V15)?;
    same(&key.attributes()?.key_type(), &KeyType::RsaKeyPair)?;
    same(&*key.private_key_pem_into(ctx.text)?, rsa::PKCS1)?;
    same(&*key.private_key_pkcs8_pem_into(ctx.text)?, rsa::PKCS8)?;
    same(key.public_key_pem_into(ctx.text)?, rsa::PUBLIC_PEM)
}

fn signs_as_openssl_does(_: &mut Ctx) -> Result<()> {
    let key = key(PKCS1V15)?;
    let mut buffer = [0; rsa::BITS / 8];
    let signature = key.sign_message_into(PKCS1V15, MESSAGE, &mut buffer)?;
    same(signature, rsa::SIGNATURE)?;
    key.verify_message(PKCS1V15, MESSAGE, signature)?;
    refused(
        key.verify_message(PKCS1V15, b"simple", signature),
        &[Error::InvalidSignature],
    )
}

fn verifies_pss(_: &mut Ctx) -> Result<()> {
    let key = key(PSS)?;
    let mut buffer = [0; rsa::BITS / 8];
    let signature = key.sign_message_into(PSS, MESSAGE, &mut buffer)?;
    key.verify_message(PSS, MESSAGE, signature)?;
    refused(
        key.verify_message(PSS, b"simple", signature),
        &[Error::InvalidSignature],
    )?;
    refused(
        key.verify_message(PSS, MESSAGE, rsa::SIGNATURE),
        &[Error::InvalidSignature],
    )
}
