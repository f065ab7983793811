//! Authenticated encryption. PSA Crypto API 1.2, "Authenticated encryption with associated data (AEAD)".

use super::secret;
use crate::check::{refused, same};
use crate::{Ctx, Result, Test};
use psa::{Aead, AeadOperation, Cipher, Decrypt, Encrypt, Error, Key, KeyType, TagLength};

pub const TESTS: &[Test] = &[
    Test::new("AEAD: key and algorithm belong together", wrong_keys).needs(&["CCM"]),
    Test::new("AEAD: an algorithm that is none is refused", no_algorithm),
    Test::new("AEAD: a nonce has a length of its algorithm", wrong_nonces).needs(&["CCM"]),
    Test::new(
        "AEAD: a tag has a length of its algorithm",
        wrong_tag_lengths,
    )
    .needs(&["CCM"]),
    Test::new(
        "AEAD: what is shorter than its tag is refused",
        too_short_inputs,
    )
    .needs(&["CCM"]),
    Test::new(
        "AEAD: a wrong tag is an invalid signature, of any length",
        wrong_tags,
    )
    .needs(&["CCM"]),
    Test::new("AEAD: CCM wants its lengths first", forgotten_lengths).needs(&["CCM"]),
    Test::new("AEAD: lengths are kept", broken_lengths).needs(&["CCM"]),
    Test::new(
        "AEAD: a buffer that is one byte too short is refused",
        short_buffers,
    )
    .needs(&["CCM"]),
    Test::new(
        "AEAD: after an error every step is refused",
        steps_after_an_error,
    )
    .needs(&["CCM"]),
];

const CCM: Aead = Aead::Ccm;
const NONCE: [u8; 12] = [0; 12];
const WRONG: [Error; 2] = [Error::InvalidArgument, Error::NotSupported];

fn aes(algorithm: Aead) -> psa::Result<Key> {
    secret(KeyType::Aes, algorithm)
}

fn wrong_keys(ctx: &mut Ctx) -> Result<()> {
    aes(CCM)?.aead_encrypt_into(CCM, &NONCE, b"", b"", ctx.text)?;
    for key_type in [KeyType::Hmac, KeyType::RawData] {
        let key = secret(key_type, CCM)?;
        refused(
            key.aead_encrypt_into(CCM, &NONCE, b"", b"", ctx.text),
            &WRONG,
        )?;
        refused(
            key.aead_decrypt_into(CCM, &NONCE, b"", &[0; 16], ctx.text),
            &WRONG,
        )?;
        refused(AeadOperation::<Encrypt>::new(&key, CCM), &WRONG)?;
        refused(AeadOperation::<Decrypt>::new(&key, CCM), &WRONG)?;
    }
    Ok(())
}

fn no_algorithm(ctx: &mut Ctx) -> Result<()> {
    let (key, none) = (
        secret(KeyType::Aes, Cipher::Ctr)?,
        Aead::Raw(Cipher::Ctr.to_raw()),
    );
    refused(
        key.aead_encrypt_into(none, &NONCE, b"", b"", ctx.text),
        &WRONG,
    )?;
    refused(
        key.aead_decrypt_into(none, &NONCE, b"", &[0; 16], ctx.text),
        &WRONG,
    )?;
    refused(AeadOperation::<Encrypt>::new(&key, none), &WRONG)?;
    refused(AeadOperation::<Decrypt>::new(&key, none), &WRONG)
}

fn wrong_nonces(ctx: &mut Ctx) -> Result<()> {
    let key = aes(CCM)?;
    for length in [0, 1, 6, 14, 16] {
        let nonce = &[0; 16][..length];
        refused(
            key.aead_encrypt_into(CCM, nonce, b"", b"", ctx.text),
            &WRONG,
        )?;
        refused(
            key.aead_decrypt_into(CCM, nonce, b"", &[0; 16], ctx.text),
            &WRONG,
        )?;
        let operation = AeadOperation::<Encrypt>::new(&key, CCM)?.set_lengths(0, 0)?;
        refused(operation.set_nonce(nonce), &WRONG)?;
    }
    Ok(())
}

fn wrong_tag_lengths(ctx: &mut Ctx) -> Result<()> {
    aes(CCM)?.aead_encrypt_into(CCM, &NONCE, b"", b"", ctx.text)?;
    for length in [1, 2, 5, 15, 17, 18, 63] {
        let algorithm = CCM.with_tag_length(TagLength::new(length).ok_or(Error::InvalidArgument)?);
        let key = aes(algorithm)?;
        refused(
            key.aead_encrypt_into(algorithm, &NONCE, b"", b"", ctx.text),
            &WRONG,
        )?;
        refused(AeadOperation::<Encrypt>::new(&key, algorithm), &WRONG)?;
    }
    Ok(())
}

fn too_short_inputs(ctx: &mut Ctx) -> Result<()> {
    let key = aes(CCM)?;
    for length in [0, 15] {
        let input = &[0; 15][..length];
        let opened = key.aead_decrypt_into(CCM, &NONCE, b"", input, ctx.text);
        refused(opened, &[Error::InvalidArgument, Error::InvalidSignature])?;
    }
    Ok(())
}

fn wrong_tags(ctx: &mut Ctx) -> Result<()> {
    let key = aes(CCM)?;
    let errors = [Error::InvalidSignature];
    refused(
        key.aead_decrypt_into(CCM, &NONCE, b"", &[0; 20], ctx.text),
        &errors,
    )?;
    for length in [0, 8, 15, 16, 17] {
        let operation = AeadOperation::<Decrypt>::new(&key, CCM)?.set_lengths(0, 0)?;
        let operation = operation.set_nonce(&NONCE)?.begin_data();
        refused(operation.verify_into(ctx.text, &[0; 17][..length]), &errors)?;
    }
    Ok(())
}

fn forgotten_lengths(ctx: &mut Ctx) -> Result<()> {
    let key = aes(CCM)?;
    let errors = [Error::BadState];
    // Now or in the next step.
    match AeadOperation::<Encrypt>::new(&key, CCM)?.set_nonce(&NONCE) {
        Ok(operation) => refused(
            operation.begin_data().update_into(&[0; 16], ctx.text),
            &errors,
        )?,
        refusal => refused(refusal, &errors)?,
    }
    match AeadOperation::<Encrypt>::new(&key, CCM)?.set_nonce(&NONCE) {
        Ok(mut operation) => refused(operation.update_ad(b"header"), &errors),
        refusal => refused(refusal, &errors),
    }
}

fn begin(key: &Key) -> psa::Result<AeadOperation<Encrypt, psa::state::TakesAssociatedData>> {
    AeadOperation::<Encrypt>::new(key, CCM)?
        .set_lengths(4, 16)?
        .set_nonce(&NONCE)
}

fn broken_lengths(ctx: &mut Ctx) -> Result<()> {
    let (key, errors) = (aes(CCM)?, [Error::InvalidArgument]);
    // No message of CCM with a nonce of twelve bytes has 2^24 bytes.
    match AeadOperation::<Encrypt>::new(&key, CCM)?.set_lengths(0, 1 << 24) {
        Ok(operation) => refused(operation.set_nonce(&NONCE), &errors)?,
        refusal => refused(refusal, &errors)?,
    }
    refused(begin(&key)?.update_ad(&[0; 5]), &errors)?;
    let mut operation = begin(&key)?;
    operation.update_ad(&[0; 3])?;
    refused(
        operation.begin_data().update_into(&[0; 16], ctx.text),
        &errors,
    )?;

    let start = || {
        let mut operation = begin(&key)?;
        operation.update_ad(&[0; 4])?;
        Ok::<_, Error>(operation.begin_data())
    };
    refused(start()?.update_into(&[0; 17], ctx.text), &errors)?;
    let mut operation = start()?;
    operation.update_into(&[0; 15], ctx.text)?;
    refused(operation.finish_into(ctx.text, &mut [0; 16]), &errors)
}

fn short_buffers(ctx: &mut Ctx) -> Result<()> {
    let (key, errors) = (aes(CCM)?, [Error::BufferTooSmall]);
    let operation = AeadOperation::<Encrypt>::new(&key, CCM)?.set_lengths(0, 0)?;
    refused(operation.generate_nonce_into(&mut [0; 11]), &errors)?;
    let start = || {
        let operation = AeadOperation::<Encrypt>::new(&key, CCM)?.set_lengths(0, 16)?;
        Ok::<_, Error>(operation.set_nonce(&NONCE)?.begin_data())
    };
    refused(start()?.update_into(&[0; 16], &mut [0; 15]), &errors)?;
    let mut operation = start()?;
    operation.update_into(&[0; 16], ctx.text)?;
    refused(operation.finish_into(ctx.text, &mut [0; 15]), &errors)?;

    let (mut sealed, mut short) = ([0; 21], [0; 20]);
    let answer = key.aead_encrypt_into(CCM, &NONCE, b"", &[0; 5], &mut short);
    refused(answer, &errors)?;
    key.aead_encrypt_into(CCM, &NONCE, b"", &[7; 5], &mut sealed)?;
    let answer = key.aead_decrypt_into(CCM, &NONCE, b"", &sealed, &mut short[..4]);
    refused(answer, &errors)?;
    same(
        key.aead_decrypt_into(CCM, &NONCE, b"", &sealed, &mut [0; 5])?,
        &[7; 5],
    )
}

fn steps_after_an_error(ctx: &mut Ctx) -> Result<()> {
    let key = aes(CCM)?;
    let mut operation = begin(&key)?;
    refused(operation.update_ad(&[0; 5]), &[Error::InvalidArgument])?;
    refused(operation.update_ad(&[0; 4]), &[Error::BadState])?;
    let mut operation = operation.begin_data();
    refused(
        operation.update_into(&[0; 16], ctx.text),
        &[Error::BadState],
    )?;
    refused(
        operation.finish_into(ctx.text, &mut [0; 16]),
        &[Error::BadState],
    )
}
