//! Decryption with RSA.

use super::file::{File, Vector};
use super::{judge_output, sets};
use crate::{Ctx, Result};
use psa::{AsymmetricEncryption, Attributes, Error, Hash, Key, Usage};

sets! {
    "RSA OAEP, 2048 bits, SHA-1": "rsa_oaep_2048_sha1_mgf1sha1", "long-rsa-encryption",
        |ctx, file| oaep(ctx, file, Hash::Sha1), "RSA encryption", "SHA-1";
    "RSA OAEP, 2048 bits, SHA-256": "rsa_oaep_2048_sha256_mgf1sha256", "long-rsa-encryption",
        |ctx, file| oaep(ctx, file, Hash::Sha256), "RSA encryption";
    "RSA PKCS#1 v1.5 decryption, 2048 bits": "rsa_pkcs1_2048", "long-rsa-encryption",
        |ctx, file| pkcs1v15(ctx, file), "RSA encryption";
}

const BITS: usize = 2048;

fn oaep(ctx: &mut Ctx, file: File, hash: Hash) -> Result<()> {
    let algorithm = AsymmetricEncryption::RsaOaep(hash);
    file.run(ctx, |memory, [private], vector| {
        // Mbed TLS calls a hash that it does not have an invalid argument.
        decrypt(memory, algorithm, private, vector.fields, vector)
            .map_err(|failure| failure.or_not_offered(true, Error::InvalidArgument))
    })
}

fn pkcs1v15(ctx: &mut Ctx, file: File) -> Result<()> {
    let algorithm = AsymmetricEncryption::RsaPkcs1v15;
    file.run(ctx, |memory, [private], vector| {
        let [message, ciphertext] = vector.fields;
        let fields = [message, ciphertext, &[]];
        decrypt(memory, algorithm, private, fields, vector)
    })
}

/// A ciphertext of another length than the modulus, or no number below it, is an invalid argument.
fn decrypt<const F: usize>(
    memory: &mut [u8],
    algorithm: AsymmetricEncryption,
    private: &[u8],
    [message, ciphertext, label]: [&[u8]; 3],
    vector: &Vector<F>,
) -> Result<()> {
    let attributes = Attributes::rsa_key_pair(BITS)
        .usage(Usage::DECRYPT)
        .algorithm(algorithm.into());
    let key = Key::import(attributes, private)?;
    let plain = key.asymmetric_decrypt_into(algorithm, ciphertext, label, memory);
    let plain = plain.as_deref().map_err(|error| *error);
    let errors = [Error::InvalidPadding, Error::InvalidArgument];
    let is_no_ciphertext = ["InvalidCiphertext", "InvalidCiphertextFormat"]
        .iter()
        .any(|flag| vector.is(flag));
    let permitted = if is_no_ciphertext { 2 } else { 1 };
    judge_output(vector, plain, message, &errors[..permitted])
}
