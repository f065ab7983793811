//! Operations of the PSA Crypto API: through the safe layer, or called directly.
//!
//! `bench-host psa|ffi [OPERATION COUNT]`, for a program that counts what happens.
#![deny(unsafe_code)]

mod ffi;
mod safe;

use std::hint::black_box;
use std::process::ExitCode;

use psa::{
    Aead, Algorithm, Attributes, Curve, Error, Hash, Key, KeyAgreement, KeyType, Sign, Usage,
};

/// RFC 6979, A.2.5: a key of P-256, SHA-256 of "sample", and its signature.
mod rfc6979 {
    pub const KEY: [u8; 32] = *b"\xc9\xaf\xa9\xd8\x45\xba\x75\x16\x6b\x5c\x21\x57\x67\xb1\xd6\x93\
        \x4e\x50\xc3\xdb\x36\xe8\x9b\x12\x7b\x8a\x62\x2b\x12\x0f\x67\x21";
    pub const SIGNATURE: [u8; 64] =
        *b"\xef\xd4\x8b\x2a\xac\xb6\xa8\xfd\x11\x40\xdd\x9c\xd4\x5e\x81\xd6\
        \x9d\x2c\x87\x7b\x56\xaa\xf9\x91\xc3\x4d\x0e\xa8\x4e\xaf\x37\x16\
        \xf7\xcb\x1c\x94\x2d\x65\x7c\x41\xd4\x36\xc7\xa1\xb6\xe2\x9f\x65\
        \xf3\xe9\x00\xdb\xb9\xaf\xf4\x06\x4d\xc4\xab\x2f\x84\x3a\xcd\xa8";
}

/// What every operation works on.
struct Inputs {
    signer: Key,
    verifier: Key,
    agreer: Key,
    cipher: Key,
    point: [u8; 65],
    hash: [u8; 32],
    signature: [u8; 64],
    nonce: [u8; 12],
    /// 1 KiB.
    message: [u8; 1024],
    /// The message, encrypted, with its tag.
    ciphertext: [u8; 1024 + 16],
}

const SIGN: Sign = Sign::Ecdsa(Hash::Sha256);
/// A key that signs, and is exported.
const EXPORTABLE: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN.union(Usage::EXPORT))
    .algorithm(Algorithm::Sign(SIGN));

impl Inputs {
    fn new() -> Result<Self, Error> {
        psa::init()?;
        let signer = Key::import(EXPORTABLE, &rfc6979::KEY)?;
        let mut point = [0; 65];
        signer.export_public_into(&mut point)?;
        let public = Attributes::ecc_public_key(Curve::P256)
            .usage(Usage::VERIFY)
            .algorithm(Algorithm::Sign(SIGN));
        let agreement = Attributes::ecc_key_pair(Curve::P256)
            .usage(Usage::DERIVE)
            .algorithm(KeyAgreement::Ecdh.into());
        let aes = Attributes::new(KeyType::Aes, 128)
            .usage(Usage::ENCRYPT | Usage::DECRYPT)
            .algorithm(Aead::Gcm.into());
        let mut hash = [0; 32];
        Hash::Sha256.compute_into(b"sample", &mut hash)?;
        let mut inputs = Self {
            signer,
            verifier: Key::import(public, &point)?,
            agreer: Key::import(agreement, &rfc6979::KEY)?,
            cipher: Key::import(aes, &[0x42; 16])?,
            point,
            hash,
            signature: rfc6979::SIGNATURE,
            nonce: [7; 12],
            message: [0x55; 1024],
            ciphertext: [0; 1024 + 16],
        };
        let (key, nonce, message) = (&inputs.cipher, &inputs.nonce, &inputs.message);
        key.aead_encrypt_into(Aead::Gcm, nonce, b"", message, &mut inputs.ciphertext)?;
        Ok(inputs)
    }
}

/// Room for the output of any operation.
type Output = [u8; 2048];

/// An operation on the inputs, which writes to the output.
type Operation = fn(&Inputs, &mut Output) -> Result<(), Error>;

/// The operations by name: safe, and direct.
const OPERATIONS: [(&str, Operation, Operation); 11] = [
    ("key", safe::key, ffi::key),
    ("key+pem", safe::key_pem, ffi::key_pem),
    ("csr", safe::csr, ffi::csr),
    ("key+pem+csr", safe::key_pem_csr, ffi::key_pem_csr),
    ("sign", safe::sign, ffi::sign),
    ("verify", safe::verify, ffi::verify),
    ("ecdh", safe::ecdh, ffi::ecdh),
    ("sha256-1k", safe::hash, ffi::hash),
    ("aes-gcm-1k", safe::aead_encrypt, ffi::aead_encrypt),
    ("aes-gcm-1k decrypt", safe::aead_decrypt, ffi::aead_decrypt),
    ("random 32 B", safe::random, ffi::random),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let subject = arguments.first().map(String::as_str);
    let direct = match subject {
        Some("psa") => false,
        Some("ffi") => true,
        _ => {
            eprintln!("usage: bench-host psa|ffi [OPERATION COUNT]");
            return ExitCode::FAILURE;
        }
    };
    let inputs = Inputs::new().expect("the keys are made");
    let mut operations = OPERATIONS.map(|(name, safe, ffi)| {
        let operation = if direct { ffi } else { safe };
        let inputs = &inputs;
        let mut output = [0; 2048];
        (name, move || {
            operation(black_box(inputs), black_box(&mut output)).expect(name);
        })
    });
    let mut operations: Vec<measure::Operation> = operations
        .iter_mut()
        .map(|(name, operation)| (*name, operation as &mut dyn FnMut()))
        .collect();
    measure::run(&mut operations, &arguments[1..])
}
