//! The same calls of the C functions, as one writes them without the safe layer.
#![allow(unsafe_code)]

use mbedtls_psa::sys as c;
use psa::{Error, Key};

use crate::{Inputs, Output};

/// `PSA_ALG_ECDSA(PSA_ALG_SHA_256)`.
const ECDSA: u32 = 0x0600_0609;
/// `PSA_ALG_SHA_256`.
const SHA_256: u32 = 0x0200_0009;
/// `PSA_ALG_GCM`.
const GCM: u32 = 0x0550_0200;

fn checked(status: i32) -> Result<(), Error> {
    if status == 0 {
        Ok(())
    } else {
        Err(Error::from_status(status))
    }
}

fn id(key: &Key) -> u32 {
    key.id().to_raw()
}

pub fn sign(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    let mut len = 0;
    // SAFETY: each pointer and length describe one array, and the length lives through the call.
    checked(unsafe {
        c::psa_sign_hash(
            id(&inputs.signer),
            ECDSA,
            inputs.hash.as_ptr(),
            inputs.hash.len(),
            output.as_mut_ptr(),
            output.len(),
            &raw mut len,
        )
    })
}

pub fn verify(inputs: &Inputs, _: &mut Output) -> Result<(), Error> {
    // SAFETY: each pointer and length describe one array.
    checked(unsafe {
        c::psa_verify_hash(
            id(&inputs.verifier),
            ECDSA,
            inputs.hash.as_ptr(),
            inputs.hash.len(),
            inputs.signature.as_ptr(),
            inputs.signature.len(),
        )
    })
}

pub fn hash(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    let mut len = 0;
    // SAFETY: as in `sign`.
    checked(unsafe {
        c::psa_hash_compute(
            SHA_256,
            inputs.message.as_ptr(),
            inputs.message.len(),
            output.as_mut_ptr(),
            output.len(),
            &raw mut len,
        )
    })
}

pub fn aead_encrypt(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    let mut len = 0;
    // SAFETY: as in `sign`; of no additional data the pointer is not read.
    checked(unsafe {
        c::psa_aead_encrypt(
            id(&inputs.cipher),
            GCM,
            inputs.nonce.as_ptr(),
            inputs.nonce.len(),
            core::ptr::null(),
            0,
            inputs.message.as_ptr(),
            inputs.message.len(),
            output.as_mut_ptr(),
            output.len(),
            &raw mut len,
        )
    })
}

pub fn aead_decrypt(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    let mut len = 0;
    // SAFETY: as in `aead_encrypt`.
    checked(unsafe {
        c::psa_aead_decrypt(
            id(&inputs.cipher),
            GCM,
            inputs.nonce.as_ptr(),
            inputs.nonce.len(),
            core::ptr::null(),
            0,
            inputs.ciphertext.as_ptr(),
            inputs.ciphertext.len(),
            output.as_mut_ptr(),
            output.len(),
            &raw mut len,
        )
    })
}

pub fn random(_: &Inputs, output: &mut Output) -> Result<(), Error> {
    // SAFETY: the array is longer than 32 bytes.
    checked(unsafe { c::psa_generate_random(output.as_mut_ptr(), 32) })
}
