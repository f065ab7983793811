//! The operations that are measured, done with the library of the system, by the crate `openssl`.

use std::hint::black_box;
use std::process::ExitCode;

use openssl::derive::Deriver;
use openssl::ec::{EcGroup, EcKey};
use openssl::ecdsa::EcdsaSig;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::sha::sha256;
use openssl::symm::{Cipher, encrypt_aead};
use openssl::x509::{X509NameBuilder, X509ReqBuilder};

fn generate(group: &EcGroup) -> EcKey<Private> {
    EcKey::generate(group).expect("a key")
}

fn csr(key: &PKey<Private>) -> Vec<u8> {
    let mut name = X509NameBuilder::new().expect("a name");
    name.append_entry_by_text("CN", "device-0001").expect("CN");
    name.append_entry_by_text("O", "Example").expect("O");
    let mut request = X509ReqBuilder::new().expect("a request");
    request.set_subject_name(&name.build()).expect("subject");
    request.set_pubkey(key).expect("key");
    request.sign(key, MessageDigest::sha256()).expect("signed");
    request.build().to_pem().expect("PEM")
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).expect("P-256");
    let signer = generate(&group);
    let as_pkey = PKey::from_ec_key(signer.clone()).expect("a key");
    let peer = PKey::from_ec_key(generate(&group)).expect("a key");
    let hash = sha256(b"sample");
    let signature = EcdsaSig::sign(&hash, &signer).expect("signed");
    let message = [0x55; 1024];
    measure::run(
        &mut [
            ("key", &mut || drop(black_box(generate(&group)))),
            ("key+pem", &mut || {
                let key = generate(&group);
                black_box(key.private_key_to_pem().expect("PEM"));
            }),
            ("csr", &mut || drop(black_box(csr(&as_pkey)))),
            ("key+pem+csr", &mut || {
                let key = generate(&group);
                black_box(key.private_key_to_pem().expect("PEM"));
                black_box(csr(&PKey::from_ec_key(key).expect("a key")));
            }),
            ("sign", &mut || {
                black_box(EcdsaSig::sign(&hash, &signer).expect("signed"));
            }),
            ("verify", &mut || {
                assert!(signature.verify(&hash, &signer).expect("checked"));
            }),
            ("ecdh", &mut || {
                let mut deriver = Deriver::new(&as_pkey).expect("a deriver");
                deriver.set_peer(&peer).expect("a peer");
                black_box(deriver.derive_to_vec().expect("a secret"));
            }),
            ("sha256-1k", &mut || _ = black_box(sha256(&message))),
            ("aes-gcm-1k", &mut || {
                let (key, nonce, mut tag) = ([0x42; 16], [7; 12], [0; 16]);
                let cipher = Cipher::aes_128_gcm();
                let sealed = encrypt_aead(cipher, &key, Some(&nonce), b"", &message, &mut tag);
                black_box(sealed.expect("encrypted"));
            }),
        ],
        &arguments,
    )
}
