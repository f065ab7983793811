//! Through the safe layer, as an application writes it.

use psa::{Aead, Error, Hash, Key, KeyAgreement};

use crate::{EXPORTABLE, Inputs, Output, SIGN};

const SUBJECT: &str = "CN=device-0001,O=Example";

pub fn key(_: &Inputs, _: &mut Output) -> Result<(), Error> {
    Key::generate(EXPORTABLE)?.destroy()
}

pub fn key_pem(_: &Inputs, output: &mut Output) -> Result<(), Error> {
    let key = Key::generate(EXPORTABLE)?;
    drop(key.private_key_pem_into(output)?);
    key.destroy()
}

pub fn csr(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    inputs.signer.csr(SUBJECT)?.pem_into(output)?;
    Ok(())
}

pub fn key_pem_csr(_: &Inputs, output: &mut Output) -> Result<(), Error> {
    let key = Key::generate(EXPORTABLE)?;
    drop(key.private_key_pem_into(output)?);
    key.csr(SUBJECT)?.pem_into(output)?;
    key.destroy()
}

pub fn sign(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    inputs.signer.sign_hash_into(SIGN, &inputs.hash, output)?;
    Ok(())
}

pub fn verify(inputs: &Inputs, _: &mut Output) -> Result<(), Error> {
    inputs
        .verifier
        .verify_hash(SIGN, &inputs.hash, &inputs.signature)
}

pub fn ecdh(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    let agreer = &inputs.agreer;
    drop(agreer.raw_key_agreement_into(KeyAgreement::Ecdh, &inputs.point, &mut output[..32])?);
    Ok(())
}

pub fn hash(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    Hash::Sha256.compute_into(&inputs.message, output)?;
    Ok(())
}

pub fn aead_encrypt(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    let (nonce, message) = (&inputs.nonce, &inputs.message);
    inputs
        .cipher
        .aead_encrypt_into(Aead::Gcm, nonce, b"", message, output)?;
    Ok(())
}

pub fn aead_decrypt(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    let (nonce, ciphertext) = (&inputs.nonce, &inputs.ciphertext);
    inputs
        .cipher
        .aead_decrypt_into(Aead::Gcm, nonce, b"", ciphertext, output)?;
    Ok(())
}

pub fn random(_: &Inputs, output: &mut Output) -> Result<(), Error> {
    psa::generate_random(&mut output[..32])
}
