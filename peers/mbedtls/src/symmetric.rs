//! Hashes, MACs, authenticated encryption and HKDF.

use anyhow::Result;
use exchange::{Aead, Answer, Mac, Task};
use mbedtls::cipher::raw::{CipherId, CipherMode};
use mbedtls::cipher::{Authenticated, Cipher, Decryption, Encryption, Fresh, TraditionalNoIv};
use mbedtls::hash::{Hkdf, Hmac};

use crate::{digest, md};

/// The longest tag of each cipher here, in bytes.
const TAG: usize = 16;

/// The answer, or `None` when the task is not of this file.
pub fn answer(task: &Task) -> Result<Option<Answer>> {
    Ok(Some(match task {
        Task::Hash { hash, input } => match md(*hash) {
            Some(md) => Answer::bytes(digest(md, input)?),
            None => Answer::NotOffered,
        },
        Task::Mac { mac, key, input } => match compute(*mac, key, input)? {
            Some(tag) => Answer::bytes(tag),
            None => Answer::NotOffered,
        },
        // It computes, and leaves the comparison to its user.
        Task::VerifyMac {
            mac,
            key,
            input,
            tag,
        } => match compute(*mac, key, input)? {
            Some(right) if right == tag.0 => Answer::Accepted,
            Some(_) => Answer::Rejected,
            None => Answer::NotOffered,
        },
        Task::Encrypt {
            aead,
            key,
            nonce,
            additional,
            plaintext,
        } => {
            let cipher: Cipher<Encryption, Authenticated, Fresh> = cipher(*aead, key)?;
            let mut output = vec![0; plaintext.len() + TAG];
            let (len, _) = cipher.set_key_iv(key, nonce)?.encrypt_auth(
                additional,
                plaintext,
                &mut output,
                TAG,
            )?;
            output.truncate(len);
            Answer::bytes(output)
        }
        Task::Decrypt {
            aead,
            key,
            nonce,
            additional,
            ciphertext,
        } => {
            let cipher: Cipher<Decryption, Authenticated, Fresh> = cipher(*aead, key)?;
            let mut output = vec![0; ciphertext.len()];
            let result = cipher.set_key_iv(key, nonce)?.decrypt_auth(
                additional,
                ciphertext,
                &mut output,
                TAG,
            );
            match result {
                Ok((len, _)) => Answer::bytes(&output[..len]),
                Err(error)
                    if error.high_level() == Some(mbedtls::error::codes::CipherAuthFailed) =>
                {
                    Answer::Rejected
                }
                Err(error) => return Err(error.into()),
            }
        }
        Task::Hkdf {
            hash,
            salt,
            secret,
            info,
            len,
        } => match md(*hash) {
            Some(md) => {
                let mut output = vec![0; *len];
                Hkdf::hkdf(md, salt, secret, info, &mut output)?;
                Answer::bytes(output)
            }
            None => Answer::NotOffered,
        },
        _ => return Ok(None),
    }))
}

fn cipher<O: mbedtls::cipher::Operation>(
    aead: Aead,
    key: &[u8],
) -> Result<Cipher<O, Authenticated, Fresh>> {
    let (id, mode) = match aead {
        Aead::AesGcm => (CipherId::Aes, CipherMode::GCM),
        Aead::AesCcm => (CipherId::Aes, CipherMode::CCM),
        Aead::ChaCha20Poly1305 => (CipherId::Chacha20, CipherMode::CHACHAPOLY),
    };
    Ok(Cipher::new(id, mode, u32::try_from(key.len() * 8)?)?)
}

fn compute(mac: Mac, key: &[u8], input: &[u8]) -> Result<Option<Vec<u8>>> {
    Ok(match mac {
        Mac::Hmac(hash) => match md(hash) {
            Some(md) => {
                let mut output = vec![0; 64];
                let len = Hmac::hmac(md, key, input, &mut output)?;
                output.truncate(len);
                Some(output)
            }
            None => None,
        },
        Mac::Cmac => {
            let cipher: Cipher<Encryption, TraditionalNoIv, Fresh> = Cipher::new(
                CipherId::Aes,
                CipherMode::ECB,
                u32::try_from(key.len() * 8)?,
            )?;
            let mut output = vec![0; TAG];
            cipher.cmac(key, input, &mut output)?;
            Some(output)
        }
    })
}
