//! Hashes, MACs, authenticated encryption and HKDF.

use exchange::{Answer, Task};
use psa_crypto::operations::{aead, hash, key_derivation, mac};
use psa_crypto::types::algorithm::{
    Aead, AeadWithDefaultLengthTag, Algorithm, FullLengthMac, KeyDerivation, Mac,
};
use psa_crypto::types::key::Type;
use psa_crypto::types::key_derivation::{Input, Inputs, Operation};
use psa_crypto::types::status::Error;

use crate::{Key, attributes, output};

/// The answer, or `None` when the task is not of this file.
pub fn answer(task: &Task) -> Result<Option<Answer>, Error> {
    Ok(Some(match task {
        Task::Hash { hash, input } => {
            let algorithm = crate::hash(*hash);
            Answer::bytes(output(|buffer| {
                hash::hash_compute(algorithm, input, buffer)
            })?)
        }
        Task::Mac { mac, key, input } => {
            let (key, algorithm) = mac_key(*mac, key)?;
            Answer::bytes(output(|buffer| {
                mac::compute_mac(key.0, algorithm, input, buffer)
            })?)
        }
        Task::VerifyMac {
            mac,
            key,
            input,
            tag,
        } => {
            let (key, algorithm) = mac_key(*mac, key)?;
            let result = mac::verify_mac(key.0, algorithm, input, tag);
            Answer::verified(result, |error| *error == Error::InvalidSignature)
        }
        Task::Encrypt {
            aead,
            key,
            nonce,
            additional,
            plaintext,
        } => {
            let (key, algorithm) = aead_key(*aead, key)?;
            Answer::bytes(output(|buffer| {
                aead::encrypt(key.0, algorithm, nonce, additional, plaintext, buffer)
            })?)
        }
        Task::Decrypt {
            aead,
            key,
            nonce,
            additional,
            ciphertext,
        } => {
            let (key, algorithm) = aead_key(*aead, key)?;
            let plaintext = output(|buffer| {
                aead::decrypt(key.0, algorithm, nonce, additional, ciphertext, buffer)
            });
            match plaintext {
                Ok(plaintext) => Answer::bytes(plaintext),
                Err(Error::InvalidSignature) => Answer::Rejected,
                Err(error) => return Err(error),
            }
        }
        Task::Hkdf {
            hash,
            salt,
            secret,
            info,
            len,
        } => {
            let hash_alg = crate::hash(*hash);
            let algorithm = KeyDerivation::Hkdf { hash_alg };
            let secret = Key::import(
                attributes(Type::Derive, 0, algorithm, |usage| {
                    usage.set_derive();
                }),
                secret,
            )?;
            let operation = Operation {
                inputs: Inputs::Hkdf {
                    hash_alg,
                    salt: Some(Input::Bytes(salt)),
                    secret: Input::Key(secret.0).into(),
                    info: Input::Bytes(info),
                },
                capacity: None,
            };
            // It derives keys, not bytes; this one may be exported.
            let derived = attributes(Type::RawData, len * 8, Algorithm::None, |usage| {
                usage.set_export();
            });
            let key = Key(key_derivation::output_key(operation, derived, None)?);
            Answer::bytes(key.export()?)
        }
        _ => return Ok(None),
    }))
}

fn mac_key(mac: exchange::Mac, key: &[u8]) -> Result<(Key, Mac), Error> {
    let (key_type, full) = match mac {
        exchange::Mac::Hmac(hash) => (
            Type::Hmac,
            FullLengthMac::Hmac {
                hash_alg: crate::hash(hash),
            },
        ),
        exchange::Mac::Cmac => (Type::Aes, FullLengthMac::Cmac),
    };
    let algorithm = Mac::FullLength(full);
    let attributes = attributes(key_type, 0, algorithm, |usage| {
        // Of the flags for messages, which a MAC needs, it passes none on to C; those for hashes imply them.
        usage.set_sign_hash().set_verify_hash();
    });
    Ok((Key::import(attributes, key)?, algorithm))
}

fn aead_key(aead: exchange::Aead, key: &[u8]) -> Result<(Key, Aead), Error> {
    let (key_type, algorithm) = match aead {
        exchange::Aead::AesGcm => (Type::Aes, AeadWithDefaultLengthTag::Gcm),
        exchange::Aead::AesCcm => (Type::Aes, AeadWithDefaultLengthTag::Ccm),
        exchange::Aead::ChaCha20Poly1305 => {
            (Type::Chacha20, AeadWithDefaultLengthTag::Chacha20Poly1305)
        }
    };
    let algorithm = Aead::AeadWithDefaultLengthTag(algorithm);
    let attributes = attributes(key_type, 0, algorithm, |usage| {
        usage.set_encrypt().set_decrypt();
    });
    Ok((Key::import(attributes, key)?, algorithm))
}
