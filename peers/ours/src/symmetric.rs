//! Hashes, MACs, authenticated encryption and HKDF.

use exchange::{Answer, Task};
use psa::{Aead, Algorithm, Attributes, Error, Hkdf, Key, KeyDerivation, KeyType, Mac, Usage};

/// The answer, or `None` when the task is not of this file.
pub fn answer(task: &Task) -> Result<Option<Answer>, Error> {
    Ok(Some(match task {
        Task::Hash { hash, input } => {
            let mut buffer = [0; 64];
            Answer::bytes(crate::hash(*hash).compute_into(input, &mut buffer)?)
        }
        Task::Mac { mac, key, input } => {
            let (key, algorithm) = mac_key(*mac, key)?;
            Answer::bytes(key.compute_mac(algorithm, input)?)
        }
        Task::VerifyMac {
            mac,
            key,
            input,
            tag,
        } => {
            let (key, algorithm) = mac_key(*mac, key)?;
            let result = key.verify_mac(algorithm, input, tag);
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
            Answer::bytes(key.aead_encrypt(algorithm, nonce, additional, plaintext)?)
        }
        Task::Decrypt {
            aead,
            key,
            nonce,
            additional,
            ciphertext,
        } => {
            let (key, algorithm) = aead_key(*aead, key)?;
            match key.aead_decrypt(algorithm, nonce, additional, ciphertext) {
                Ok(plaintext) => Answer::bytes(&*plaintext),
                Err(Error::InvalidSignature) => Answer::Rejected,
                Err(error) => return Err(error),
            }
        }
        Task::Hkdf {
            hash,
            salt,
            secret: input,
            info,
            len,
        } => {
            let hash = crate::hash(*hash);
            let hkdf = Hkdf { hash, salt, info };
            let algorithm = KeyDerivation::Hkdf(hash);
            let key = secret(KeyType::Derive, algorithm, Usage::DERIVE, input)?;
            Answer::bytes(&*hkdf.derive(&key)?.output_bytes(*len)?)
        }
        _ => return Ok(None),
    }))
}

fn secret(
    key_type: KeyType,
    algorithm: impl Into<Algorithm>,
    usage: Usage,
    data: &[u8],
) -> Result<Key, Error> {
    let attributes = Attributes::new(key_type, 0).usage(usage);
    Key::import(attributes.algorithm(algorithm.into()), data)
}

fn mac_key(mac: exchange::Mac, key: &[u8]) -> Result<(Key, Mac), Error> {
    let (key_type, algorithm) = match mac {
        exchange::Mac::Hmac(hash) => (KeyType::Hmac, Mac::Hmac(crate::hash(hash))),
        exchange::Mac::Cmac => (KeyType::Aes, Mac::Cmac),
    };
    let key = secret(key_type, algorithm, Usage::SIGN | Usage::VERIFY, key)?;
    Ok((key, algorithm))
}

fn aead_key(aead: exchange::Aead, key: &[u8]) -> Result<(Key, Aead), Error> {
    let (key_type, algorithm) = match aead {
        exchange::Aead::AesGcm => (KeyType::Aes, Aead::Gcm),
        exchange::Aead::AesCcm => (KeyType::Aes, Aead::Ccm),
        exchange::Aead::ChaCha20Poly1305 => (KeyType::ChaCha20, Aead::ChaCha20Poly1305),
    };
    let key = secret(key_type, algorithm, Usage::ENCRYPT | Usage::DECRYPT, key)?;
    Ok((key, algorithm))
}
