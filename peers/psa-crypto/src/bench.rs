//! The operations that are measured, done with the crate `psa-crypto`.

mod attributes;

use std::hint::black_box;
use std::process::ExitCode;

use psa_crypto::operations::{aead, asym_signature, hash, key_agreement, key_management};
use psa_crypto::types::algorithm::{
    Aead, AeadWithDefaultLengthTag, Algorithm, AsymmetricSignature, Hash, KeyAgreement,
    RawKeyAgreement,
};
use psa_crypto::types::key::{EccFamily, Id, Type, UsageFlags};

use attributes::attributes;

const HASH: [u8; 32] = [0xAF; 32];
const CURVE: EccFamily = EccFamily::SecpR1;
const ECDSA: AsymmetricSignature = AsymmetricSignature::Ecdsa {
    hash_alg: psa_crypto::types::algorithm::SignHash::Specific(Hash::Sha256),
};
const GCM: Aead = Aead::AeadWithDefaultLengthTag(AeadWithDefaultLengthTag::Gcm);

fn pair(algorithm: impl Into<Algorithm>, usage: impl FnOnce(&mut UsageFlags)) -> Id {
    let pair = Type::EccKeyPair {
        curve_family: CURVE,
    };
    key_management::generate(attributes(pair, 256, algorithm, usage), None).expect("a key")
}

fn signer() -> Id {
    pair(ECDSA, |usage| {
        usage.set_sign_hash().set_export();
    })
}

#[allow(
    unsafe_code,
    reason = "the library's way to destroy a key is marked unsafe"
)]
fn destroy(id: Id) {
    // SAFETY: the identifier is not used after this, and no other thread runs.
    unsafe { key_management::destroy(id) }.expect("destroyed");
}

fn point(id: Id) -> Vec<u8> {
    let mut point = vec![0; 65];
    key_management::export_public(id, &mut point).expect("a public key");
    point
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    psa_crypto::init().expect("it starts");
    let own = signer();
    let public = Type::EccPublicKey {
        curve_family: CURVE,
    };
    let public = attributes(public, 256, ECDSA, |usage| {
        usage.set_verify_hash();
    });
    let verifier = key_management::import(public, None, &point(own)).expect("a key");
    let agreement = KeyAgreement::Raw(RawKeyAgreement::Ecdh);
    let agreer = pair(agreement, |usage| {
        usage.set_derive();
    });
    let peer = point(own);
    let aes = attributes(Type::Aes, 128, GCM, |usage| {
        usage.set_encrypt();
    });
    let cipher = key_management::import(aes, None, &[0x42; 16]).expect("a key");
    let mut signature = [0; 64];
    asym_signature::sign_hash(own, ECDSA, &HASH, &mut signature).expect("signed");
    let message = [0x55; 1024];
    measure::run(
        &mut [
            ("key", &mut || destroy(signer())),
            ("sign", &mut || {
                let mut output = [0; 64];
                let len = asym_signature::sign_hash(own, ECDSA, &HASH, &mut output);
                black_box(len.expect("signed"));
            }),
            ("verify", &mut || {
                let verified = asym_signature::verify_hash(verifier, ECDSA, &HASH, &signature);
                verified.expect("verified");
            }),
            ("ecdh", &mut || {
                let ecdh = RawKeyAgreement::Ecdh;
                let len = key_agreement::raw_key_agreement(ecdh, agreer, &peer, &mut [0; 32]);
                black_box(len.expect("agreed"));
            }),
            ("sha256-1k", &mut || {
                let len = hash::hash_compute(Hash::Sha256, &message, &mut [0; 32]);
                black_box(len.expect("a hash"));
            }),
            ("aes-gcm-1k", &mut || {
                let mut sealed = [0; 1024 + 16];
                let len = aead::encrypt(cipher, GCM, &[7; 12], b"", &message, &mut sealed);
                black_box(len.expect("encrypted"));
            }),
        ],
        &arguments,
    )
}
