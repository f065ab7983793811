//! Through the safe layer, as an application writes it.

use psa::{Aead, Error, Hash};

use crate::{Inputs, Output, SIGN};

pub fn sign(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    inputs.signer.sign_hash_into(SIGN, &inputs.hash, output)?;
    Ok(())
}

pub fn verify(inputs: &Inputs, _: &mut Output) -> Result<(), Error> {
    inputs
        .verifier
        .verify_hash(SIGN, &inputs.hash, &inputs.signature)
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
