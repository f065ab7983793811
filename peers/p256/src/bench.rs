//! The operations that are measured, done with the crate `p256`.

use std::hint::black_box;
use std::process::ExitCode;

use p256::ecdsa::signature::hazmat::{PrehashSigner as _, PrehashVerifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::elliptic_curve::Generate as _;
use p256::pkcs8::LineEnding;
use p256::{SecretKey, ecdh};

const HASH: [u8; 32] = [0xAF; 32];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let secret = SecretKey::generate();
    let peer = SecretKey::generate().public_key();
    let signer = SigningKey::from(secret.clone());
    let verifier = VerifyingKey::from(&signer);
    // Deterministic (RFC 6979), which is what this crate does by default.
    let signature: Signature = signer.sign_prehash(&HASH).expect("signed");
    measure::run(
        &mut [
            ("key", &mut || drop(black_box(SecretKey::generate()))),
            ("key+pem", &mut || {
                let key = SecretKey::generate();
                black_box(key.to_sec1_pem(LineEnding::LF).expect("PEM"));
            }),
            ("sign", &mut || {
                let signature: Signature = signer.sign_prehash(&HASH).expect("signed");
                black_box(signature);
            }),
            ("verify", &mut || {
                let verified = verifier.verify_prehash(&HASH, &signature);
                verified.expect("verified");
            }),
            ("ecdh", &mut || {
                black_box(ecdh::diffie_hellman(
                    secret.to_nonzero_scalar(),
                    peer.as_affine(),
                ));
            }),
        ],
        &arguments,
    )
}
