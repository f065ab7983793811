//! What attributes that were read back, and algorithms without a number, are good for.
#![cfg(not(feature = "tfm"))]

use psa::{
    Algorithm, Attributes, Curve, Error, Hash, Key, KeyAgreement, KeyDerivation,
    KeyDerivationOperation, KeyType, Lifetime, Policy, Usage,
};

#[test]
fn attributes_that_were_read_back_make_another_key() {
    psa::init().unwrap();
    let policy = Policy::new(Usage::EXPORT | Usage::COPY, Algorithm::None);
    let attributes = Attributes::new(KeyType::RawData, 128).policy(policy);
    let key = Key::generate(attributes).unwrap();
    let read = key.attributes().unwrap();
    assert_eq!(read.id(), Some(key.id()));
    assert_eq!(read.permitted_policy(), policy);
    let others = [
        Key::generate(read).unwrap(),
        Key::import(read, &[1; 16]).unwrap(),
        key.copy(read).unwrap(),
    ];
    for other in others {
        assert_ne!(other.id(), key.id());
        let other = other.attributes().unwrap();
        assert_eq!(other.lifetime(Lifetime::VOLATILE), attributes);
    }
}

#[cfg(feature = "full")]
#[test]
fn attributes_that_were_read_back_make_a_derived_key() {
    use psa::KeyDerivationStep;

    psa::init().unwrap();
    let hkdf = KeyDerivation::Hkdf(Hash::Sha256);
    let root = Attributes::new(KeyType::Derive, 256)
        .usage(Usage::DERIVE)
        .algorithm(hkdf.into());
    let root = Key::generate(root).unwrap();
    let mut operation = KeyDerivationOperation::new(hkdf).unwrap();
    operation
        .input_key(KeyDerivationStep::Secret, &root)
        .unwrap();
    operation
        .input_bytes(KeyDerivationStep::Info, b"info")
        .unwrap();
    let read = root.attributes().unwrap();
    let derived = operation.into_output().output_key(read).unwrap();
    assert_ne!(derived.id(), root.id());
}

#[test]
fn an_agreement_with_pbkdf2_is_refused() {
    psa::init().unwrap();
    let pbkdf2 = KeyDerivation::Pbkdf2Hmac(Hash::Sha256);
    let algorithm = Algorithm::KeyAgreement(KeyAgreement::Ecdh, pbkdf2);
    let operation = KeyDerivationOperation::new(algorithm);
    assert_eq!(operation.err(), Some(Error::InvalidArgument));
    let attributes = Attributes::ecc_key_pair(Curve::P256)
        .usage(Usage::DERIVE)
        .algorithm(algorithm);
    let key = Key::generate(attributes).unwrap();
    let peer = key.export_public().unwrap();
    let answer = key.raw_key_agreement(KeyAgreement::Ecdh, &peer);
    assert_eq!(answer.err(), Some(Error::NotPermitted));
}
