//! Key derivation: agreements, derived keys, policies and the order of steps.
#![cfg(not(feature = "tfm"))]

use psa::{
    Agreement, Algorithm, Attributes, Curve, CustomKeyParameters, Error, Hash, Hkdf, Key,
    KeyAgreement, KeyDerivation, KeyDerivationOperation, KeyDerivationStep as Step, KeyType,
    Pbkdf2Hmac, Tls12Prf, Tls12PskToMs, Usage,
};

fn init() {
    psa::init().expect("the provider starts");
}

/// A key that may be the secret of this derivation.
fn secret(key_type: KeyType, derivation: KeyDerivation, bytes: &[u8]) -> Key {
    let attributes = Attributes::new(key_type, 0)
        .usage(Usage::DERIVE)
        .algorithm(derivation.into());
    Key::import(attributes, bytes).expect("a secret")
}

fn agreement(derivation: KeyDerivation, curve: Curve) -> (Key, Vec<u8>) {
    let algorithm = Algorithm::KeyAgreement(KeyAgreement::Ecdh, derivation);
    let attributes = Attributes::ecc_key_pair(curve)
        .usage(Usage::DERIVE)
        .algorithm(algorithm);
    let key = Key::generate(attributes).expect("a key");
    let public = key.export_public().expect("a point");
    (key, public)
}

/// A derivation by name, from an agreement, and from a secret.
type Derivation<'a> = (
    KeyDerivation,
    &'a dyn Fn(Agreement) -> Vec<u8>,
    &'a dyn Fn(&[u8]) -> Vec<u8>,
);

#[test]
fn two_that_agree_derive_the_same_and_the_secret_is_what_the_raw_agreement_gives() {
    init();
    let hkdf = Hkdf {
        hash: Hash::Sha256,
        salt: b"salt",
        info: b"info",
    };
    let prf = Tls12Prf {
        hash: Hash::Sha384,
        label: b"label",
        seed: b"seed",
    };
    let psk = Tls12PskToMs {
        hash: Hash::Sha256,
        label: b"label",
        seed: b"seed",
    };
    for curve in [
        Curve::P256,
        Curve::P521,
        Curve::BrainpoolP384,
        Curve::X25519,
        Curve::X448,
    ] {
        // A key for this curve whose secret is seen too.
        let attributes = Attributes::ecc_key_pair(curve)
            .usage(Usage::DERIVE)
            .algorithm(KeyAgreement::Ecdh.into());
        let raw = Key::generate(attributes).unwrap();
        let raw_public = raw.export_public().unwrap();
        let derivations: [Derivation; 3] = [
            (
                KeyDerivation::Hkdf(Hash::Sha256),
                &|agreement| {
                    hkdf.derive(agreement)
                        .unwrap()
                        .output_bytes(48)
                        .unwrap()
                        .to_vec()
                },
                &|secret| {
                    hkdf.derive(secret)
                        .unwrap()
                        .output_bytes(48)
                        .unwrap()
                        .to_vec()
                },
            ),
            (
                KeyDerivation::Tls12Prf(Hash::Sha384),
                &|agreement| {
                    prf.derive(agreement)
                        .unwrap()
                        .output_bytes(48)
                        .unwrap()
                        .to_vec()
                },
                &|secret| {
                    prf.derive(secret)
                        .unwrap()
                        .output_bytes(48)
                        .unwrap()
                        .to_vec()
                },
            ),
            (
                KeyDerivation::Tls12PskToMs(Hash::Sha256),
                &|agreement| {
                    psk.derive_with(agreement, b"psk")
                        .unwrap()
                        .output_bytes(48)
                        .unwrap()
                        .to_vec()
                },
                &|secret| {
                    psk.derive_with(secret, b"psk")
                        .unwrap()
                        .output_bytes(48)
                        .unwrap()
                        .to_vec()
                },
            ),
        ];
        for (derivation, by_agreement, by_secret) in derivations {
            let (key, public) = agreement(derivation, curve);
            let secret = raw.raw_key_agreement(KeyAgreement::Ecdh, &public).unwrap();
            let agreed = Agreement {
                algorithm: KeyAgreement::Ecdh,
                private_key: &key,
                peer_public: &raw_public,
            };
            assert_eq!(
                by_agreement(agreed),
                by_secret(&secret),
                "{curve:?} {derivation:?}"
            );
        }
        // What was agreed on may become a key, as if it had come from one.
        let (key, _) = agreement(KeyDerivation::Hkdf(Hash::Sha256), curve);
        let agreed = Agreement {
            algorithm: KeyAgreement::Ecdh,
            private_key: &key,
            peer_public: &raw_public,
        };
        drop(
            hkdf.derive(agreed)
                .unwrap()
                .output_key(Attributes::new(KeyType::Aes, 256))
                .unwrap(),
        );
    }
}

#[test]
fn derived_keys_of_every_kind_are_the_keys_of_their_bytes() {
    init();
    let derivation = KeyDerivation::Hkdf(Hash::Sha256);
    let key = secret(KeyType::Derive, derivation, b"root of many keys");
    let derive = |info: &[u8]| {
        Hkdf {
            hash: Hash::Sha256,
            salt: b"",
            info,
        }
        .derive(&key)
        .unwrap()
    };
    for (key_type, bits) in [
        (KeyType::Aes, 128),
        (KeyType::Aes, 256),
        (KeyType::ChaCha20, 256),
        (KeyType::Hmac, 384),
        (KeyType::Derive, 8),
        (KeyType::PasswordHash, 256),
    ] {
        let attributes = Attributes::new(key_type, bits).usage(Usage::EXPORT);
        let derived = derive(b"key").output_key(attributes).unwrap();
        assert_eq!(
            *derived.export().unwrap(),
            *derive(b"key").output_bytes(bits / 8).unwrap()
        );
    }
    for curve in [Curve::P256, Curve::X25519] {
        let attributes = Attributes::ecc_key_pair(curve).usage(Usage::EXPORT);
        let first = derive(b"pair").output_key(attributes).unwrap();
        let again = derive(b"pair").output_key(attributes).unwrap();
        let other = derive(b"other").output_key(attributes).unwrap();
        assert_eq!(*first.export().unwrap(), *again.export().unwrap());
        assert_ne!(*first.export().unwrap(), *other.export().unwrap());
    }
    // Of P-256 the specification says how: the next 32 bytes as a number, and one more.
    let attributes = Attributes::ecc_key_pair(Curve::P256).usage(Usage::EXPORT);
    let pair = derive(b"pair").output_key(attributes).unwrap();
    let mut expected = derive(b"pair").output_bytes(32).unwrap().to_vec();
    for byte in expected.iter_mut().rev() {
        let (sum, carry) = byte.overflowing_add(1);
        *byte = sum;
        if !carry {
            break;
        }
    }
    assert_eq!(*pair.export().unwrap(), *expected);

    let rsa = derive(b"rsa").output_key(Attributes::rsa_key_pair(1024));
    assert_eq!(rsa.err(), Some(Error::NotSupported));
    let no_size = derive(b"none").output_key(Attributes::new(KeyType::Aes, 0));
    assert_eq!(no_size.err(), Some(Error::InvalidArgument));
    let custom = CustomKeyParameters::rsa_public_exponent(&[3]);
    let custom = derive(b"custom").output_key_custom(Attributes::new(KeyType::Aes, 128), custom);
    assert_eq!(custom.err(), Some(Error::InvalidArgument));
}

#[test]
fn policies_decide_over_secrets() {
    init();
    let hkdf = Hkdf {
        hash: Hash::Sha256,
        salt: b"",
        info: b"",
    };
    let derivation = KeyDerivation::Hkdf(Hash::Sha256);
    let import = |key_type, usage, algorithm: Algorithm| {
        Key::import(
            Attributes::new(key_type, 0)
                .usage(usage)
                .algorithm(algorithm),
            &[7; 32],
        )
        .unwrap()
    };
    let useless = import(KeyType::Derive, Usage::EXPORT, derivation.into());
    assert_eq!(hkdf.derive(&useless).err(), Some(Error::NotPermitted));
    let other = import(
        KeyType::Derive,
        Usage::DERIVE,
        KeyDerivation::Hkdf(Hash::Sha384).into(),
    );
    assert_eq!(hkdf.derive(&other).err(), Some(Error::NotPermitted));
    let raw_data = import(KeyType::RawData, Usage::DERIVE, derivation.into());
    assert_eq!(hkdf.derive(&raw_data).err(), Some(Error::InvalidArgument));
    let password = import(KeyType::Password, Usage::DERIVE, derivation.into());
    assert_eq!(hkdf.derive(&password).err(), Some(Error::InvalidArgument));

    let (own, _) = agreement(derivation, Curve::P256);
    let (_, peer) = agreement(derivation, Curve::P384);
    let other_curve = Agreement {
        algorithm: KeyAgreement::Ecdh,
        private_key: &own,
        peer_public: &peer,
    };
    assert_eq!(hkdf.derive(other_curve).err(), Some(Error::InvalidArgument));
    let other_hash = Hkdf {
        hash: Hash::Sha384,
        salt: b"",
        info: b"",
    };
    assert_eq!(
        other_hash.derive(other_curve).err(),
        Some(Error::NotPermitted)
    );
    let mut output = hkdf.derive(b"bytes").unwrap();
    let key = output.output_key(Attributes::new(KeyType::Aes, 128));
    assert_eq!(key.err(), Some(Error::NotPermitted));
}

#[test]
fn steps_in_the_wrong_order_answer_what_the_specification_says() {
    init();
    let begin = |algorithm: KeyDerivation| KeyDerivationOperation::new(algorithm).unwrap();
    let hkdf = || begin(KeyDerivation::Hkdf(Hash::Sha256));
    let mut operation = hkdf();
    operation.input_bytes(Step::Secret, b"secret").unwrap();
    assert_eq!(
        operation.input_bytes(Step::Salt, b"late"),
        Err(Error::BadState)
    );
    assert_eq!(operation.capacity(), Err(Error::BadState), "aborted");

    let mut operation = hkdf();
    operation.input_bytes(Step::Secret, b"secret").unwrap();
    assert_eq!(
        operation.input_bytes(Step::Secret, b"again"),
        Err(Error::BadState)
    );

    let mut operation = hkdf();
    operation.input_bytes(Step::Secret, b"secret").unwrap();
    let output = operation.into_output().output_bytes(16);
    assert_eq!(output.err(), Some(Error::BadState), "without the info");

    let mut operation = begin(KeyDerivation::HkdfExtract(Hash::Sha256));
    let no_salt = operation.input_bytes(Step::Secret, b"secret");
    assert_eq!(no_salt, Err(Error::BadState));

    let mut operation = begin(KeyDerivation::Tls12Prf(Hash::Sha256));
    let no_seed = operation.input_bytes(Step::Secret, b"secret");
    assert_eq!(no_seed, Err(Error::BadState));

    let mut operation = begin(KeyDerivation::Pbkdf2Hmac(Hash::Sha256));
    let no_cost = operation.input_bytes(Step::Salt, b"salt");
    assert_eq!(no_cost, Err(Error::BadState));
    let pbkdf2 = |iterations| {
        Pbkdf2Hmac {
            hash: Hash::Sha256,
            iterations,
            salt: b"",
        }
        .derive(b"password")
        .err()
    };
    assert_eq!(pbkdf2(0), Some(Error::InvalidArgument));
    assert_eq!(pbkdf2(1 << 32), Some(Error::NotSupported));
    assert_eq!(pbkdf2(1), None);

    // PBKDF2 takes its salt in parts.
    let mut operation = begin(KeyDerivation::Pbkdf2Hmac(Hash::Sha256));
    operation.input_integer(Step::Cost, 5).unwrap();
    operation.input_bytes(Step::Salt, b"sa").unwrap();
    operation.input_bytes(Step::Salt, b"lt").unwrap();
    operation.input_bytes(Step::Password, b"password").unwrap();
    let whole = Pbkdf2Hmac {
        hash: Hash::Sha256,
        iterations: 5,
        salt: b"salt",
    };
    let whole = whole.derive(b"password").unwrap().output_bytes(20).unwrap();
    operation.into_output().verify_bytes(&whole).unwrap();

    let mut operation = hkdf();
    let (own, public) = agreement(KeyDerivation::Hkdf(Hash::Sha256), Curve::P256);
    let no_agreement = operation.key_agreement(Step::Secret, &own, &public);
    assert_eq!(no_agreement, Err(Error::InvalidArgument));

    let mut operation = hkdf();
    assert_eq!(
        operation.input_bytes(Step::Raw(0x7777), b""),
        Err(Error::InvalidArgument)
    );
    let unknown = KeyDerivationOperation::new(KeyDerivation::Raw(0x0800_0709));
    assert_eq!(unknown.err(), Some(Error::NotSupported));
    let unknown = KeyDerivationOperation::new(KeyDerivation::Hkdf(Hash::Raw(0x0200_00fe)));
    assert_eq!(unknown.err(), Some(Error::NotSupported));
    for no_derivation in [Algorithm::None, Algorithm::ecdsa(Hash::Sha256)] {
        let answer = KeyDerivationOperation::new(no_derivation);
        assert_eq!(answer.err(), Some(Error::InvalidArgument));
    }
}

#[test]
fn an_exhausted_derivation_gives_nothing_and_leaves_nothing_behind() {
    init();
    let derive = || {
        Hkdf {
            hash: Hash::Sha256,
            salt: b"",
            info: b"",
        }
        .derive(b"secret")
        .unwrap()
    };
    let mut output = derive();
    let mut buffer = vec![0x55; 255 * 32];
    assert_eq!(
        output.output_bytes_into(&mut buffer).unwrap().len(),
        255 * 32
    );
    let mut byte = [0x55];
    assert_eq!(
        output.output_bytes_into(&mut byte).err(),
        Some(Error::InsufficientData)
    );
    assert_eq!(byte, [0]);
    let mut output = derive();
    let mut buffer = vec![0x55; 255 * 32 + 1];
    assert_eq!(
        output.output_bytes_into(&mut buffer).err(),
        Some(Error::InsufficientData)
    );
    assert!(buffer.iter().all(|byte| *byte == 0));
    assert_eq!(output.output_bytes(1).err(), Some(Error::InsufficientData));

    let too_many = derive().output_bytes(usize::MAX).err();
    assert_eq!(too_many, Some(Error::InsufficientData));
    let prf = Tls12Prf {
        hash: Hash::Sha256,
        label: b"",
        seed: b"",
    };
    let too_many = prf
        .derive(b"secret")
        .unwrap()
        .output_bytes(usize::MAX)
        .err();
    assert_eq!(too_many, Some(Error::InsufficientMemory));
    let mut output = derive();
    let long = vec![0; 255 * 32 + 1];
    assert_eq!(output.verify_bytes(&long), Err(Error::InsufficientData));
    assert_eq!(output.output_bytes(1).err(), Some(Error::InsufficientData));
    let mut output = derive();
    output.set_capacity(16).unwrap();
    let key = output.output_key(Attributes::new(KeyType::Aes, 256));
    assert_eq!(key.err(), Some(Error::NotPermitted), "the secret was bytes");
}

/// A struct that pointed into itself would not survive this.
#[test]
fn derivations_are_moved_between_any_two_steps() {
    init();
    let expected = Hkdf {
        hash: Hash::Sha256,
        salt: b"salt",
        info: b"info",
    };
    let expected = expected
        .derive(b"secret")
        .unwrap()
        .output_bytes(64)
        .unwrap();
    let steps = [
        (Step::Salt, &b"salt"[..]),
        (Step::Secret, b"secret"),
        (Step::Info, b"info"),
    ];
    let mut places: Vec<Option<KeyDerivationOperation>> = (0..=steps.len()).map(|_| None).collect();
    places[0] = Some(KeyDerivationOperation::new(KeyDerivation::Hkdf(Hash::Sha256)).unwrap());
    for (place, (step, data)) in steps.into_iter().enumerate() {
        let mut operation = places[place].take().unwrap();
        operation.input_bytes(step, data).unwrap();
        places[place + 1] = Some(operation);
    }
    let mut output = Box::new(places.pop().flatten().unwrap().into_output());
    let mut bytes: Vec<u8> = Vec::new();
    for _ in 0..4 {
        bytes.extend(output.output_bytes(16).unwrap().iter());
        output = std::thread::spawn(move || Box::new(*output))
            .join()
            .unwrap();
    }
    assert_eq!(bytes, *expected);
}
