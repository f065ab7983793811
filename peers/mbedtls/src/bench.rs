//! The operations that are measured, done with the crate `mbedtls`.

use std::hint::black_box;
use std::process::ExitCode;
use std::sync::Arc;

use mbedtls::cipher::raw::{CipherId, CipherMode};
use mbedtls::cipher::{Authenticated, Cipher, Encryption, Fresh};
use mbedtls::hash::{Md, Type};
use mbedtls::pk::{ECDSA_MAX_LEN, EcGroupId, Pk};
use mbedtls::rng::{CtrDrbg, OsEntropy};
use mbedtls::x509::csr;

const HASH: [u8; 32] = [0xAF; 32];

fn generate(random: &mut CtrDrbg) -> Pk {
    Pk::generate_ec(random, EcGroupId::SecP256R1).expect("a key")
}

fn request(key: &mut Pk, random: &mut CtrDrbg) -> String {
    let mut builder = csr::Builder::new();
    builder
        .subject("CN=device-0001,O=Example")
        .expect("a subject")
        .key(key)
        .signature_hash(Type::Sha256);
    builder.write_pem_string(random).expect("PEM")
}

fn aes_gcm(message: &[u8], sealed: &mut [u8]) {
    let cipher: Cipher<Encryption, Authenticated, Fresh> =
        Cipher::new(CipherId::Aes, CipherMode::GCM, 128).expect("a cipher");
    let cipher = cipher.set_key_iv(&[0x42; 16], &[7; 12]).expect("a key");
    let len = cipher.encrypt_auth(b"", message, sealed, 16);
    black_box(len.expect("encrypted").0);
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let random = || CtrDrbg::new(Arc::new(OsEntropy::new()), None).expect("random numbers");
    // Each operation has one of its own: two of them are not mutable at once.
    let mut randoms: Vec<CtrDrbg> = (0..7).map(|_| random()).collect();
    let [r1, r2, r3, r4, r5, r6, setup] = &mut randoms[..] else {
        return ExitCode::FAILURE;
    };
    let pem = generate(setup).write_private_pem_string().expect("PEM") + "\0";
    let pair = || Pk::from_private_key(pem.as_bytes(), None).expect("a key");
    let mut point = pair();
    let public = point.write_public_der_vec().expect("a public key");
    let public = || Pk::from_public_key(&public).expect("a public key");
    let (mut signer, mut requester, mut agreer) = (pair(), pair(), pair());
    let (mut verifier, peer) = (public(), public());
    let mut signature = [0; ECDSA_MAX_LEN];
    let len = signer
        .sign(Type::Sha256, &HASH, &mut signature, setup)
        .expect("signed");
    let signature = &signature[..len];
    let message = [0x55; 1024];
    measure::run(
        &mut [
            ("key", &mut || drop(black_box(generate(r1)))),
            ("key+pem", &mut || {
                black_box(generate(r2).write_private_pem_string().expect("PEM"));
            }),
            ("csr", &mut || drop(black_box(request(&mut requester, r3)))),
            ("key+pem+csr", &mut || {
                let mut key = generate(r4);
                black_box(key.write_private_pem_string().expect("PEM"));
                black_box(request(&mut key, r4));
            }),
            ("sign", &mut || {
                let mut output = [0; ECDSA_MAX_LEN];
                let len = signer.sign(Type::Sha256, &HASH, &mut output, r5);
                black_box(len.expect("signed"));
            }),
            ("verify", &mut || {
                let verified = verifier.verify(Type::Sha256, &HASH, signature);
                verified.expect("verified");
            }),
            ("ecdh", &mut || {
                let len = agreer.agree(&peer, &mut [0; 32], r6);
                black_box(len.expect("agreed"));
            }),
            ("sha256-1k", &mut || {
                let len = Md::hash(Type::Sha256, &message, &mut [0; 32]);
                black_box(len.expect("a hash"));
            }),
            ("aes-gcm-1k", &mut || aes_gcm(&message, &mut [0; 1024 + 16])),
        ],
        &arguments,
    )
}
