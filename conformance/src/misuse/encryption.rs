//! Encryption with RSA. PSA Crypto API 1.2, "Asymmetric encryption".

use super::{ALL, secret};
use crate::check::{refused, same};
use crate::vectors::rsa;
use crate::{Ctx, Result, Test};
use psa::{AsymmetricEncryption, Attributes, Cipher, Error, Hash, Key, KeyType};

pub const TESTS: &[Test] = &[
    Test::new(
        "RSA encryption: what was encrypted is decrypted",
        round_trip,
    )
    .needs(&["RSA encryption"]),
    Test::new(
        "RSA encryption: key and algorithm belong together",
        wrong_keys,
    )
    .needs(&["RSA"]),
    Test::new(
        "RSA encryption: a message is at most so long",
        long_messages,
    )
    .needs(&["RSA"]),
    Test::new(
        "RSA encryption: a ciphertext is as long as the modulus",
        wrong_ciphertexts,
    )
    .needs(&["RSA encryption"]),
    Test::new(
        "RSA encryption: a buffer that is one byte too short is refused",
        short_buffers,
    )
    .needs(&["RSA encryption"]),
];

const PKCS1V15: AsymmetricEncryption = AsymmetricEncryption::RsaPkcs1v15;
const OAEP: AsymmetricEncryption = AsymmetricEncryption::RsaOaep(Hash::Sha256);
const BYTES: usize = rsa::BITS / 8;
const WRONG: [Error; 2] = [Error::InvalidArgument, Error::NotSupported];

fn pair(algorithm: AsymmetricEncryption) -> psa::Result<Key> {
    let attributes = Attributes::rsa_key_pair(rsa::BITS).usage(ALL);
    Key::import_pem(attributes.algorithm(algorithm.into()), rsa::PKCS1)
}

fn round_trip(_: &mut Ctx) -> Result<()> {
    for (algorithm, label) in [(PKCS1V15, &b""[..]), (OAEP, b""), (OAEP, b"label")] {
        let key = pair(algorithm)?;
        let (mut sent, mut plain) = ([0; BYTES], [0; BYTES]);
        let sent = key.asymmetric_encrypt_into(algorithm, b"message", label, &mut sent)?;
        same(&sent.len(), &BYTES)?;
        same(
            &*key.asymmetric_decrypt_into(algorithm, sent, label, &mut plain)?,
            b"message",
        )?;
        if !label.is_empty() {
            let opened = key.asymmetric_decrypt_into(algorithm, sent, b"", &mut plain);
            refused(opened, &[Error::InvalidPadding])?;
        }
    }
    Ok(())
}

fn wrong_keys(ctx: &mut Ctx) -> Result<()> {
    pair(OAEP)?.asymmetric_encrypt_into(OAEP, b"", b"", ctx.text)?;
    let key = secret(KeyType::Hmac, OAEP)?;
    refused(
        key.asymmetric_encrypt_into(OAEP, b"", b"", ctx.text),
        &WRONG,
    )?;
    refused(
        key.asymmetric_decrypt_into(OAEP, &[0; BYTES], b"", ctx.text),
        &WRONG,
    )?;
    // A label where there is none.
    let key = pair(PKCS1V15)?;
    let sent = key.asymmetric_encrypt_into(PKCS1V15, b"", b"label", ctx.text);
    refused(sent, &[Error::InvalidArgument])?;
    let opened = key.asymmetric_decrypt_into(PKCS1V15, &[0; BYTES], b"label", ctx.text);
    refused(opened, &[Error::InvalidArgument])?;
    // An algorithm that is none.
    let none = AsymmetricEncryption::Raw(Cipher::Ctr.to_raw());
    let attributes = Attributes::rsa_key_pair(rsa::BITS).usage(ALL);
    let key = Key::import_pem(attributes.algorithm(Cipher::Ctr.into()), rsa::PKCS1)?;
    refused(
        key.asymmetric_encrypt_into(none, b"", b"", ctx.text),
        &WRONG,
    )?;
    refused(
        key.asymmetric_decrypt_into(none, &[0; BYTES], b"", ctx.text),
        &WRONG,
    )?;
    // A public key does not decrypt.
    let public = Attributes::new(KeyType::RsaPublicKey, rsa::BITS).usage(ALL);
    let key = Key::import_pem(public.algorithm(OAEP.into()), rsa::PUBLIC_PEM)?;
    key.asymmetric_encrypt_into(OAEP, b"", b"", ctx.text)?;
    let opened = key.asymmetric_decrypt_into(OAEP, &[0; BYTES], b"", ctx.text);
    refused(opened, &[Error::InvalidArgument])
}

fn long_messages(ctx: &mut Ctx) -> Result<()> {
    const MESSAGE: [u8; BYTES] = [0; BYTES];
    for (algorithm, around) in [(PKCS1V15, 11), (OAEP, 2 * 32 + 2)] {
        let key = pair(algorithm)?;
        let longest = &MESSAGE[..BYTES - around];
        key.asymmetric_encrypt_into(algorithm, longest, b"", ctx.text)?;
        let longer = &MESSAGE[..=BYTES - around];
        let sent = key.asymmetric_encrypt_into(algorithm, longer, b"", ctx.text);
        refused(sent, &[Error::InvalidArgument])?;
    }
    Ok(())
}

fn wrong_ciphertexts(ctx: &mut Ctx) -> Result<()> {
    let key = pair(OAEP)?;
    for length in [0, BYTES - 1, BYTES + 1] {
        let sent = &[0; BYTES + 1][..length];
        let opened = key.asymmetric_decrypt_into(OAEP, sent, b"", ctx.text);
        refused(opened, &[Error::InvalidArgument])?;
    }
    let opened = key.asymmetric_decrypt_into(OAEP, &[1; BYTES], b"", ctx.text);
    refused(opened, &[Error::InvalidPadding])
}

fn short_buffers(_: &mut Ctx) -> Result<()> {
    let (key, errors) = (pair(PKCS1V15)?, [Error::BufferTooSmall]);
    let mut sent = [0; BYTES];
    let short = &mut sent[..BYTES - 1];
    refused(
        key.asymmetric_encrypt_into(PKCS1V15, b"message", b"", short),
        &errors,
    )?;
    key.asymmetric_encrypt_into(PKCS1V15, b"message", b"", &mut sent)?;
    let mut exact = [0; 7];
    let opened = key.asymmetric_decrypt_into(PKCS1V15, &sent, b"", &mut exact[..6]);
    refused(opened, &errors)?;
    same(
        &*key.asymmetric_decrypt_into(PKCS1V15, &sent, b"", &mut exact)?,
        b"message",
    )
}
