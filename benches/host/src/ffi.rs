//! The same calls of the C functions, as one writes them without the safe layer.
#![allow(unsafe_code)]

use mbedtls_psa::sys as c;
use psa::{Error, Key};

use crate::{Inputs, Output};

/// `PSA_ALG_ECDSA(PSA_ALG_SHA_256)`.
const ECDSA: u32 = 0x0600_0609;
/// `PSA_ALG_ECDH`.
const ECDH: u32 = 0x0902_0000;
/// `PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)`.
const P256_PAIR: u16 = 0x7112;
/// `PSA_KEY_USAGE_EXPORT`, `_SIGN_MESSAGE` and `_SIGN_HASH`.
const EXPORTED_SIGNER: u32 = 0x0001 | 0x0400 | 0x1000;
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

fn generate() -> Result<u32, Error> {
    let mut id = 0;
    // SAFETY: attributes are plain data, which zeroes are the beginning of; each pointer is that of one value.
    checked(unsafe {
        let mut attributes = c::psa_key_attributes_init();
        c::psa_set_key_type(&raw mut attributes, P256_PAIR);
        c::psa_set_key_bits(&raw mut attributes, 256);
        c::psa_set_key_usage_flags(&raw mut attributes, EXPORTED_SIGNER);
        c::psa_set_key_algorithm(&raw mut attributes, ECDSA);
        c::psa_generate_key(&raw const attributes, &raw mut id)
    })?;
    Ok(id)
}

fn destroy(id: u32) -> Result<(), Error> {
    // SAFETY: an identifier is a number.
    checked(unsafe { c::psa_destroy_key(id) })
}

/// The key for PK, lent to a call.
fn with_pk(id: u32, call: impl FnOnce(*mut c::mbedtls_pk_context) -> i32) -> Result<(), Error> {
    let mut pk = core::mem::MaybeUninit::uninit();
    let pk: *mut c::mbedtls_pk_context = pk.as_mut_ptr();
    // SAFETY: the context is begun before it is used, and ended once.
    checked(unsafe {
        c::mbedtls_pk_init(pk);
        let mut status = c::mbedtls_pk_setup_opaque(pk, id);
        if status == 0 {
            status = call(pk);
        }
        c::mbedtls_pk_free(pk);
        status
    })
}

fn write_pem(id: u32, output: &mut Output) -> Result<(), Error> {
    with_pk(id, |pk| {
        // SAFETY: pointer and length describe one array, and the context is set up.
        unsafe { c::mbedtls_pk_write_key_pem(pk, output.as_mut_ptr(), output.len()) }
    })
}

fn write_csr(id: u32, output: &mut Output) -> Result<(), Error> {
    let mut csr = core::mem::MaybeUninit::uninit();
    let csr: *mut c::mbedtls_x509write_csr = csr.as_mut_ptr();
    with_pk(id, |pk| {
        // SAFETY: the request is begun before it is used, and ended once, before its key is. Pointer and length describe
        // one array, and the generator of the PSA core has a state of its own.
        unsafe {
            c::mbedtls_x509write_csr_init(csr);
            c::mbedtls_x509write_csr_set_key(csr, pk);
            c::mbedtls_x509write_csr_set_md_alg(csr, c::MBEDTLS_MD_SHA256);
            let subject = c"CN=device-0001,O=Example".as_ptr();
            let mut status = c::mbedtls_x509write_csr_set_subject_name(csr, subject);
            if status == 0 {
                status = c::mbedtls_x509write_csr_pem(
                    csr,
                    output.as_mut_ptr(),
                    output.len(),
                    Some(c::mbedtls_psa_get_random),
                    core::ptr::null_mut(),
                );
            }
            c::mbedtls_x509write_csr_free(csr);
            status
        }
    })
}

pub fn key(_: &Inputs, _: &mut Output) -> Result<(), Error> {
    destroy(generate()?)
}

/// By PK, which is how one writes PEM in C.
pub fn key_pem(_: &Inputs, output: &mut Output) -> Result<(), Error> {
    let id = generate()?;
    write_pem(id, output)?;
    destroy(id)
}

pub fn csr(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    write_csr(id(&inputs.signer), output)
}

pub fn key_pem_csr(_: &Inputs, output: &mut Output) -> Result<(), Error> {
    let id = generate()?;
    write_pem(id, output)?;
    write_csr(id, output)?;
    destroy(id)
}

pub fn ecdh(inputs: &Inputs, output: &mut Output) -> Result<(), Error> {
    let mut len = 0;
    // SAFETY: as in `sign`.
    checked(unsafe {
        c::psa_raw_key_agreement(
            ECDH,
            id(&inputs.agreer),
            inputs.point.as_ptr(),
            inputs.point.len(),
            output.as_mut_ptr(),
            32,
            &raw mut len,
        )
    })
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
