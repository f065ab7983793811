//! A key that was destroyed: whoever still has it gets an error that says so. It is a process of its own, because a new
//! key of another test might get the identifier.

#[path = "../../../psa/tests/common/mod.rs"]
mod common;

use common::ecdsa_key;
use psa::{Curve, Hash, Key, Sign, signature::Signature};
use rustls::{SignatureScheme, sign::SigningKey as _};
use signature::Signer as _;
use std::{error::Error as _, sync::Arc};

#[test]
fn a_key_that_is_gone_is_an_error_of_each_crate() {
    let key = Arc::new(ecdsa_key(Curve::P256));
    let signer = psa::signature::SigningKey::new(key.clone()).unwrap();
    let in_rcgen = psa::rcgen::SigningKey::new(key.clone()).unwrap();
    let in_rustls = psa::rustls::SigningKey::new(key.clone()).unwrap();
    let in_rustls = in_rustls.choose_scheme(&[SignatureScheme::ECDSA_NISTP256_SHA256]);
    Key::from_id(key.id()).unwrap().destroy().unwrap();

    // What the key itself says: there is none, or nowhere to look for one that might be persistent.
    let mut buffer = [0; 64];
    let why = key
        .sign_hash_into(Sign::Ecdsa(Hash::Sha256), &[7; 32], &mut buffer)
        .unwrap_err();

    let with_signature: Result<Signature, _> = signer.try_sign(b"message");
    let error = with_signature.unwrap_err();
    let source = error.source().and_then(|source| source.downcast_ref());
    assert_eq!(source, Some(&why));

    let with_rcgen = rcgen::SigningKey::sign(&in_rcgen, b"message");
    assert_eq!(with_rcgen, Err(rcgen::Error::RemoteKeyError));

    let with_rustls = in_rustls.expect("P-256").sign(b"message");
    assert_eq!(with_rustls, Err(rustls::Error::General(why.to_string())));
}
