//! Ciphers. PSA Crypto API 1.2, "Unauthenticated ciphers".

use super::secret;
use crate::check::{refused, same};
use crate::{Ctx, Result, Test};
use psa::{Cipher, CipherOperation, Decrypt, Encrypt, Error, Hash, Key, KeyType, Mac};

pub const TESTS: &[Test] = &[
    Test::new("cipher: key and algorithm belong together", wrong_keys).needs(&["CBC"]),
    Test::new("cipher: an algorithm that is none is refused", no_algorithm),
    Test::new("cipher: an initialization vector has its length", wrong_ivs).needs(&["CBC"]),
    Test::new(
        "cipher: without initialization vector there is no data",
        forgotten_ivs,
    )
    .needs(&["CBC"]),
    Test::new("cipher: ECB takes no initialization vector", surplus_ivs).needs(&["ECB"]),
    Test::new(
        "cipher: without padding there are whole blocks",
        broken_blocks,
    )
    .needs(&["CBC"]),
    Test::new("cipher: wrong padding is said to be that", wrong_padding).needs(&["CBC"]),
    Test::new(
        "cipher: a buffer that is one byte too short is refused",
        short_buffers,
    )
    .needs(&["CBC"]),
    Test::new(
        "cipher: after an error every step is refused",
        steps_after_an_error,
    )
    .needs(&["CBC"]),
];

const CBC: Cipher = Cipher::CbcNoPadding;
const WRONG: [Error; 2] = [Error::InvalidArgument, Error::NotSupported];

fn aes(algorithm: Cipher) -> psa::Result<Key> {
    secret(KeyType::Aes, algorithm)
}

fn wrong_keys(ctx: &mut Ctx) -> Result<()> {
    aes(CBC)?.encrypt_into(CBC, &[0; 16], ctx.text)?;
    for key_type in [KeyType::Hmac, KeyType::RawData] {
        let key = secret(key_type, CBC)?;
        refused(key.encrypt_into(CBC, &[0; 16], ctx.text), &WRONG)?;
        refused(key.decrypt_into(CBC, &[0; 32], ctx.text), &WRONG)?;
        refused(CipherOperation::<Encrypt>::new(&key, CBC), &WRONG)?;
        refused(CipherOperation::<Decrypt>::new(&key, CBC), &WRONG)?;
    }
    Ok(())
}

fn no_algorithm(ctx: &mut Ctx) -> Result<()> {
    let hmac = Mac::Hmac(Hash::Sha256);
    let (key, no_cipher) = (secret(KeyType::Hmac, hmac)?, Cipher::Raw(hmac.to_raw()));
    refused(key.encrypt_into(no_cipher, &[0; 16], ctx.text), &WRONG)?;
    refused(key.decrypt_into(no_cipher, &[0; 32], ctx.text), &WRONG)?;
    refused(CipherOperation::<Encrypt>::new(&key, no_cipher), &WRONG)?;
    refused(CipherOperation::<Decrypt>::new(&key, no_cipher), &WRONG)
}

fn wrong_ivs(ctx: &mut Ctx) -> Result<()> {
    let key = aes(CBC)?;
    for length in [0, 1, 15, 17, 32] {
        let iv = &[0; 32][..length];
        let operation = CipherOperation::<Encrypt>::new(&key, CBC)?;
        refused(operation.set_iv(iv), &[Error::InvalidArgument])?;
        let operation = CipherOperation::<Decrypt>::new(&key, CBC)?;
        refused(operation.set_iv(iv), &[Error::InvalidArgument])?;
    }
    // Nor is there one in less than sixteen bytes.
    refused(
        key.decrypt_into(CBC, &[0; 15], ctx.text),
        &[Error::InvalidArgument],
    )
}

fn forgotten_ivs(ctx: &mut Ctx) -> Result<()> {
    let key = aes(CBC)?;
    let mut operation = CipherOperation::<Encrypt>::new(&key, CBC)?.without_iv();
    refused(
        operation.update_into(&[0; 16], ctx.text),
        &[Error::BadState],
    )?;
    let operation = CipherOperation::<Decrypt>::new(&key, CBC)?.without_iv();
    refused(operation.finish_into(ctx.text), &[Error::BadState])
}

fn surplus_ivs(_: &mut Ctx) -> Result<()> {
    let key = aes(Cipher::EcbNoPadding)?;
    let operation = CipherOperation::<Encrypt>::new(&key, Cipher::EcbNoPadding)?;
    refused(operation.set_iv(&[0; 16]), &[Error::BadState])?;
    let operation = CipherOperation::<Encrypt>::new(&key, Cipher::EcbNoPadding)?;
    refused(operation.generate_iv_into(&mut [0; 16]), &[Error::BadState])
}

fn broken_blocks(ctx: &mut Ctx) -> Result<()> {
    let key = aes(CBC)?;
    let errors = [Error::InvalidArgument];
    refused(key.encrypt_into(CBC, &[0; 17], ctx.text), &errors)?;
    refused(key.decrypt_into(CBC, &[0; 33], ctx.text), &errors)?;
    let mut operation = CipherOperation::<Encrypt>::new(&key, CBC)?.set_iv(&[0; 16])?;
    operation.update_into(&[0; 17], ctx.text)?;
    refused(operation.finish_into(ctx.text), &errors)
}

fn wrong_padding(ctx: &mut Ctx) -> Result<()> {
    const PADDED: Cipher = Cipher::CbcPkcs7;
    let key = aes(PADDED)?;
    // What a block of zeros becomes has no padding: it is encrypted here without.
    let mut block = [0; 16];
    let mut operation = CipherOperation::<Encrypt>::new(&key, PADDED)?.set_iv(&[0; 16])?;
    let written = operation.update_into(&[0; 32], ctx.text)?;
    block.copy_from_slice(&written[..16]);
    let mut whole = [0; 32];
    whole[16..].copy_from_slice(&block);
    let errors = [Error::InvalidPadding];
    refused(key.decrypt_into(PADDED, &whole, ctx.text), &errors)?;
    let mut operation = CipherOperation::<Decrypt>::new(&key, PADDED)?.set_iv(&[0; 16])?;
    operation.update_into(&block, ctx.text)?;
    refused(operation.finish_into(ctx.text), &errors)
}

fn short_buffers(ctx: &mut Ctx) -> Result<()> {
    let (key, errors) = (aes(CBC)?, [Error::BufferTooSmall]);
    refused(key.encrypt_into(CBC, &[0; 16], &mut [0; 31]), &errors)?;
    refused(key.decrypt_into(CBC, &[0; 32], &mut [0; 15]), &errors)?;
    let operation = CipherOperation::<Encrypt>::new(&key, CBC)?;
    refused(operation.generate_iv_into(&mut [0; 15]), &errors)?;
    let mut operation = CipherOperation::<Encrypt>::new(&key, CBC)?.set_iv(&[0; 16])?;
    refused(operation.update_into(&[0; 16], &mut [0; 15]), &errors)?;
    let padded = aes(Cipher::CbcPkcs7)?;
    let mut operation =
        CipherOperation::<Encrypt>::new(&padded, Cipher::CbcPkcs7)?.set_iv(&[0; 16])?;
    operation.update_into(&[0; 5], ctx.text)?;
    refused(operation.finish_into(&mut [0; 15]), &errors)?;
    // And exactly enough is enough.
    same(&key.encrypt_into(CBC, &[0; 16], &mut [0; 32])?.len(), &32)?;
    same(&key.decrypt_into(CBC, &[0; 32], &mut [0; 16])?.len(), &16)
}

fn steps_after_an_error(ctx: &mut Ctx) -> Result<()> {
    let key = aes(CBC)?;
    let mut operation = CipherOperation::<Encrypt>::new(&key, CBC)?.set_iv(&[0; 16])?;
    refused(
        operation.update_into(&[0; 16], &mut [0; 15]),
        &[Error::BufferTooSmall],
    )?;
    refused(
        operation.update_into(&[0; 16], ctx.text),
        &[Error::BadState],
    )?;
    refused(operation.finish_into(ctx.text), &[Error::BadState])
}
