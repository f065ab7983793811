//! What the provider does not have it says so, and a program that asks for it links.
#![cfg(all(not(feature = "full"), not(feature = "tfm")))]

use psa::{
    Algorithm, AsymmetricEncryption, Attributes, Curve, Error, Hash, Hkdf, InterruptibleSign,
    InterruptibleVerify, Jpake, JpakeRole, Key, KeyType, Pake, Pbkdf2AesCmacPrf128, Pbkdf2Hmac,
    Sign, Tls12Prf, Tls12PskToMs, Usage,
};

/// The smallest configuration derives nothing but the premaster secret of an exchange that others make.
#[test]
fn derivations_that_are_not_there_are_not_supported() {
    psa::init().unwrap();
    let hash = Hash::Sha256;
    for answer in [
        Hkdf {
            hash,
            salt: b"",
            info: b"",
        }
        .derive(b"secret")
        .err(),
        Tls12Prf {
            hash,
            label: b"",
            seed: b"",
        }
        .derive(b"secret")
        .err(),
        Tls12PskToMs {
            hash,
            label: b"",
            seed: b"",
        }
        .derive(b"secret")
        .err(),
        Pbkdf2Hmac {
            hash,
            iterations: 1,
            salt: b"",
        }
        .derive(b"secret")
        .err(),
        Pbkdf2AesCmacPrf128 {
            iterations: 1,
            salt: b"",
        }
        .derive(b"secret")
        .err(),
    ] {
        assert_eq!(answer, Some(Error::NotSupported));
    }
}

#[test]
fn exchanges_steps_and_rsa_that_are_not_there_are_not_supported() {
    psa::init().unwrap();
    let password = Attributes::new(KeyType::Password, 0)
        .usage(Usage::DERIVE)
        .algorithm(Pake::Jpake.into());
    let password = Key::import(password, b"threadjpaketest").unwrap();
    assert_eq!(
        Jpake::start(JpakeRole::Client, &password).err(),
        Some(Error::NotSupported)
    );

    let key = Attributes::ecc_key_pair(Curve::P256)
        .usage(Usage::SIGN | Usage::VERIFY)
        .algorithm(Algorithm::ecdsa(Hash::Sha256));
    let key = Key::generate(key).unwrap();
    let ecdsa = Sign::Ecdsa(Hash::Sha256);
    let sign = InterruptibleSign::start(&key, ecdsa, &[7; 32]).err();
    assert_eq!(sign, Some(Error::NotSupported));
    let verify = InterruptibleVerify::start(&key, ecdsa, &[7; 32], &[1; 64]).err();
    assert_eq!(verify, Some(Error::NotSupported));

    let rsa = AsymmetricEncryption::RsaPkcs1v15;
    assert_eq!(
        Key::generate(Attributes::rsa_key_pair(1024)).err(),
        Some(Error::NotSupported)
    );
    assert_eq!(
        key.asymmetric_encrypt(rsa, b"", b"").err(),
        Some(Error::NotPermitted)
    );
}
