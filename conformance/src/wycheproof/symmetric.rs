//! MACs and ciphers, each vector at once and in several steps.

use super::file::{Expected, File, Vector, number};
use super::{judge, judge_output, sets};
use crate::check::same;
use crate::{Ctx, Result};
use psa::{
    Aead, AeadOperation, Attributes, Cipher, CipherOperation, Decrypt, Direction, Encrypt, Error,
    Hash, Key, KeyType, Mac, MacSignOperation, MacVerifyOperation, TagLength, Usage,
    state::TakesData,
};

sets! {
    "HMAC, SHA-1": "hmac_sha1", "long-symmetric",
        |ctx, file| hmac(ctx, file, Hash::Sha1), "HMAC", "SHA-1";
    "HMAC, SHA-224": "hmac_sha224", "long-symmetric",
        |ctx, file| hmac(ctx, file, Hash::Sha224), "HMAC", "SHA-224";
    "HMAC, SHA-256": "hmac_sha256", "long-symmetric",
        |ctx, file| hmac(ctx, file, Hash::Sha256), "HMAC";
    "HMAC, SHA-384": "hmac_sha384", "long-symmetric",
        |ctx, file| hmac(ctx, file, Hash::Sha384), "HMAC", "SHA-384";
    "HMAC, SHA-512": "hmac_sha512", "long-symmetric",
        |ctx, file| hmac(ctx, file, Hash::Sha512), "HMAC", "SHA-512";
    "HMAC, SHA3-256": "hmac_sha3_256", "long-symmetric",
        |ctx, file| hmac(ctx, file, Hash::Sha3_256), "HMAC", "SHA-3";
    "CMAC, AES": "aes_cmac", "long-symmetric",
        |ctx, file| mac(ctx, file, KeyType::Aes, Mac::Cmac, 16), "CMAC", "AES-192 and AES-256";
    "CBC with PKCS#7, AES": "aes_cbc_pkcs5", "long-symmetric",
        |ctx, file| cbc_pkcs7(ctx, file), "CBC";
    "GCM, AES": "aes_gcm", "long-symmetric",
        |ctx, file| aead(ctx, file, KeyType::Aes, Aead::Gcm, |_, nonce| nonce.len() <= NONCE), "GCM";
    "GCM, AES, nonces of more than 16 bytes": "aes_gcm", "long-symmetric",
        |ctx, file| aead(ctx, file, KeyType::Aes, Aead::Gcm, |_, nonce| nonce.len() > NONCE),
        "GCM", "nonces of more than 16 bytes";
    "CCM, AES-128": "aes_ccm", "long-symmetric",
        |ctx, file| aead(ctx, file, KeyType::Aes, Aead::Ccm, |key, _| key.len() == AES_128), "CCM";
    "CCM, AES-192 and AES-256": "aes_ccm", "long-symmetric",
        |ctx, file| aead(ctx, file, KeyType::Aes, Aead::Ccm, |key, _| key.len() != AES_128),
        "CCM", "AES-192 and AES-256";
    "ChaCha20-Poly1305": "chacha20_poly1305", "long-symmetric",
        |ctx, file| aead(ctx, file, KeyType::ChaCha20, Aead::ChaCha20Poly1305, |_, _| true),
        "ChaCha20-Poly1305";
}

/// Bytes of a nonce that fit into a call of TF-M.
const NONCE: usize = 16;

/// Bytes of a key of AES-128.
const AES_128: usize = 16;

const WRONG_SIZE: [Error; 2] = [Error::InvalidArgument, Error::NotSupported];

fn hmac(ctx: &mut Ctx, file: File, hash: Hash) -> Result<()> {
    mac(ctx, file, KeyType::Hmac, Mac::Hmac(hash), hash.len())
}

fn mac(ctx: &mut Ctx, file: File, key_type: KeyType, full: Mac, length: usize) -> Result<()> {
    file.run(ctx, |_, [tag_size], vector| {
        let [key, message, tag] = vector.fields;
        let algorithm = match number(tag_size)? as usize {
            size if size == length => full,
            size => full.truncated(TagLength::new(size).ok_or(Error::InvalidArgument)?),
        };
        let attributes = Attributes::new(key_type, 0)
            .usage(Usage::SIGN_MESSAGE | Usage::VERIFY_MESSAGE)
            .algorithm(algorithm.into());
        let key = match Key::import(attributes, key) {
            Ok(key) => key,
            Err(error) if vector.is("InvalidKeySize") => {
                return judge(vector, Err(error), &WRONG_SIZE);
            }
            Err(error) => return Err(error.into()),
        };
        let wrong = [Error::InvalidSignature];
        judge(vector, key.verify_mac(algorithm, message, tag), &wrong)?;
        let in_steps = verify_in_steps(&key, algorithm, message, tag);
        judge(vector, in_steps, &wrong)?;

        let (mut at_once, mut in_steps) = ([0; 64], [0; 64]);
        let at_once = key.compute_mac_into(algorithm, message, &mut at_once)?;
        let in_steps = compute_in_steps(&key, algorithm, message, &mut in_steps)?;
        judge(vector, equal(at_once, tag), &wrong)?;
        same(at_once, in_steps)
    })
}

fn equal(computed: &[u8], given: &[u8]) -> psa::Result<()> {
    if computed == given {
        Ok(())
    } else {
        Err(Error::InvalidSignature)
    }
}

fn verify_in_steps(key: &Key, algorithm: Mac, message: &[u8], tag: &[u8]) -> psa::Result<()> {
    let mut operation = MacVerifyOperation::new(key, algorithm)?;
    for part in in_parts(message) {
        operation.update(part)?;
    }
    operation.verify(tag)
}

fn compute_in_steps<'b>(
    key: &Key,
    algorithm: Mac,
    message: &[u8],
    output: &'b mut [u8],
) -> psa::Result<&'b [u8]> {
    let mut operation = MacSignOperation::new(key, algorithm)?;
    for part in in_parts(message) {
        operation.update(part)?;
    }
    operation.finish_into(output)
}

/// Parts that end beside, at and in the midst of blocks; one of them is empty.
fn in_parts(whole: &[u8]) -> [&[u8]; 4] {
    let (first, rest) = whole.split_at(whole.len().min(1));
    let (second, rest) = rest.split_at(rest.len().min(20));
    [first, second, &[], rest]
}

fn cbc_pkcs7(ctx: &mut Ctx, file: File) -> Result<()> {
    const CBC: Cipher = Cipher::CbcPkcs7;
    let attributes = Attributes::new(KeyType::Aes, 0)
        .usage(Usage::ENCRYPT | Usage::DECRYPT)
        .algorithm(CBC.into());
    file.run(ctx, |memory, [], vector| {
        let [key, iv, message, ciphertext] = vector.fields;
        let key = Key::import(attributes, key)?;
        let errors: &[Error] = if vector.is("NoPadding") {
            &[Error::InvalidPadding, Error::InvalidArgument]
        } else {
            &[Error::InvalidPadding]
        };
        let (input, output) = memory.split_at_mut(1024);
        let whole = concat(input, iv, ciphertext)?;
        let decrypted = key.decrypt_into(CBC, whole, output);
        judge_output(vector, decrypted, message, errors)?;

        let decrypting = CipherOperation::<Decrypt>::new(&key, CBC)?.set_iv(iv)?;
        let decrypted = cipher_in_steps(decrypting, ciphertext, output);
        judge_output(vector, decrypted, message, errors)?;
        if vector.expected == Expected::Valid {
            let encrypting = CipherOperation::<Encrypt>::new(&key, CBC)?.set_iv(iv)?;
            same(cipher_in_steps(encrypting, message, output)?, ciphertext)?;
        }
        Ok(())
    })
}

fn cipher_in_steps<'b, D: Direction>(
    mut operation: CipherOperation<D, TakesData>,
    input: &[u8],
    output: &'b mut [u8],
) -> psa::Result<&'b [u8]> {
    let mut len = 0;
    for part in in_parts(input) {
        len += operation.update_into(part, &mut output[len..])?.len();
    }
    len += operation.finish_into(&mut output[len..])?.len();
    Ok(&output[..len])
}

fn aead(
    ctx: &mut Ctx,
    file: File,
    key_type: KeyType,
    full: Aead,
    wanted: fn(key: &[u8], nonce: &[u8]) -> bool,
) -> Result<()> {
    let is_wanted = |vector: &Vector<6>| wanted(vector.fields[0], vector.fields[1]);
    file.run_some(ctx, is_wanted, |memory, [tag_size], vector| {
        let algorithm = match number(tag_size)? as usize {
            16 => full,
            size => full.with_tag_length(TagLength::new(size).ok_or(Error::InvalidArgument)?),
        };
        let attributes = Attributes::new(key_type, 0)
            .usage(Usage::ENCRYPT | Usage::DECRYPT)
            .algorithm(algorithm.into());
        let key = Key::import(attributes, vector.fields[0])?;
        let has_wrong_size = [
            "InvalidNonceSize",
            "ZeroLengthIv",
            "InvalidTagSize",
            "InsecureTagSize",
        ]
        .iter()
        .any(|flag| vector.is(flag));
        let errors: &[Error] = if has_wrong_size {
            &WRONG_SIZE
        } else {
            &[Error::InvalidSignature]
        };
        aead_vector(memory, &key, algorithm, vector, errors).map_err(|failure| {
            // TF-M's client takes no longer nonce, and its profile medium no longer key of AES: both are invalid arguments.
            let is_long = vector.fields[1].len() > NONCE || vector.fields[0].len() > AES_128;
            failure.or_not_offered(is_long, Error::InvalidArgument)
        })
    })
}

fn aead_vector(
    memory: &mut [u8],
    key: &Key,
    algorithm: Aead,
    vector: &Vector<6>,
    errors: &[Error],
) -> Result<()> {
    let [_, nonce, data, message, ciphertext, tag] = vector.fields;
    let (input, output) = memory.split_at_mut(1024);
    let whole = concat(input, ciphertext, tag)?;
    let decrypted = key.aead_decrypt_into(algorithm, nonce, data, whole, output);
    judge_output(vector, decrypted, message, errors)?;
    let decrypted = decrypt_in_steps(key, algorithm, vector, output);
    judge_output(vector, decrypted, message, errors)?;
    if vector.expected == Expected::Valid {
        let encrypted = key.aead_encrypt_into(algorithm, nonce, data, message, output)?;
        same(encrypted, whole)?;
        same(encrypt_in_steps(key, algorithm, vector, output)?, whole)?;
    }
    Ok(())
}

fn begin<D: Direction>(
    key: &Key,
    algorithm: Aead,
    vector: &Vector<6>,
) -> psa::Result<AeadOperation<D, TakesData>> {
    let [_, nonce, data, message, ..] = vector.fields;
    let mut operation = AeadOperation::<D>::new(key, algorithm)?
        .set_lengths(data.len(), message.len())?
        .set_nonce(nonce)?;
    for part in in_parts(data) {
        operation.update_ad(part)?;
    }
    Ok(operation.begin_data())
}

fn encrypt_in_steps<'b>(
    key: &Key,
    algorithm: Aead,
    vector: &Vector<6>,
    output: &'b mut [u8],
) -> psa::Result<&'b [u8]> {
    let mut operation = begin::<Encrypt>(key, algorithm, vector)?;
    let mut len = 0;
    for part in in_parts(vector.fields[3]) {
        len += operation.update_into(part, &mut output[len..])?.len();
    }
    let mut tag_buffer = [0; 16];
    let (rest, tag) = operation.finish_into(&mut output[len..], &mut tag_buffer)?;
    let (begin_of_tag, tag) = (len + rest.len(), tag.len());
    let whole = &mut output[..begin_of_tag + tag];
    whole[begin_of_tag..].copy_from_slice(&tag_buffer[..tag]);
    Ok(whole)
}

fn decrypt_in_steps<'b>(
    key: &Key,
    algorithm: Aead,
    vector: &Vector<6>,
    output: &'b mut [u8],
) -> psa::Result<&'b [u8]> {
    let [.., ciphertext, tag] = vector.fields;
    let mut operation = begin::<Decrypt>(key, algorithm, vector)?;
    let mut len = 0;
    for part in in_parts(ciphertext) {
        len += operation.update_into(part, &mut output[len..])?.len();
    }
    len += operation.verify_into(&mut output[len..], tag)?.len();
    Ok(&output[..len])
}

/// Both, one after the other, at the start of `memory`.
fn concat<'m>(memory: &'m mut [u8], first: &[u8], second: &[u8]) -> Result<&'m [u8]> {
    let len = first.len() + second.len();
    let whole = memory.get_mut(..len).ok_or(Error::BufferTooSmall)?;
    whole[..first.len()].copy_from_slice(first);
    whole[first.len()..].copy_from_slice(second);
    Ok(whole)
}
