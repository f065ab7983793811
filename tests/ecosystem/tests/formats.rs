//! Keys by the traits of `spki`, `pkcs8` and `sec1`: `p256` reads what we encode, and we decode what it and openssl write.

#[path = "../../../psa/tests/common/mod.rs"]
mod common;

use common::{ECDSA_CURVES, ecdsa_key, openssl, openssl_text};
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::pkcs8::{
    DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, KeyError, LineEnding,
};
use psa::signature::{Signature, SigningKey, VerifyingKey};
use psa::{Attributes, Curve, Error, Key, Usage};
use sec1::{DecodeEcPrivateKey, EncodeEcPrivateKey};
use signature::{Keypair, Signer, Verifier};

const MESSAGE: &[u8] = b"what is signed";

#[test]
fn p256_reads_a_key_of_ours_in_each_encoding() {
    let key = ecdsa_key(Curve::P256);
    let point = key.export_public().unwrap();
    let private = [
        p256::SecretKey::from_pkcs8_der(key.to_pkcs8_der().unwrap().as_bytes()).unwrap(),
        p256::SecretKey::from_pkcs8_pem(&key.to_pkcs8_pem(LineEnding::LF).unwrap()).unwrap(),
        p256::SecretKey::from_sec1_der(key.to_sec1_der().unwrap().as_bytes()).unwrap(),
        p256::SecretKey::from_sec1_pem(&key.to_sec1_pem(LineEnding::LF).unwrap()).unwrap(),
    ];
    for private in private {
        assert_eq!(private.to_bytes()[..], *key.export().unwrap());
    }
    let signer = SigningKey::new(&key).unwrap();
    let public = [
        p256::PublicKey::from_public_key_der(key.to_public_key_der().unwrap().as_bytes()),
        p256::PublicKey::from_public_key_pem(&key.to_public_key_pem(LineEnding::CRLF).unwrap()),
        p256::PublicKey::from_public_key_der(
            signer
                .verifying_key()
                .to_public_key_der()
                .unwrap()
                .as_bytes(),
        ),
    ];
    for public in public {
        assert_eq!(public.unwrap().to_sec1_point(false).as_bytes(), point);
    }
}

#[test]
fn the_encodings_are_the_bytes_that_openssl_writes() {
    for &(curve, _) in ECDSA_CURVES {
        let key = ecdsa_key(curve);
        let pkcs8 = key.to_pkcs8_pem(LineEnding::LF).unwrap();
        let sec1 = key.to_sec1_pem(LineEnding::LF).unwrap();
        let public = key.to_public_key_pem(LineEnding::LF).unwrap();
        assert_eq!(openssl_text(&["pkey"], &*sec1), *pkcs8);
        assert_eq!(openssl_text(&["pkey", "-traditional"], &*pkcs8), *sec1);
        assert_eq!(openssl_text(&["pkey", "-pubout"], &*sec1), public);
    }
}

#[test]
fn keys_that_openssl_wrote_sign_and_verify_and_stay_inside() {
    psa::init().unwrap();
    for &(_, name) in ECDSA_CURVES {
        let sec1 = openssl_text(&["ecparam", "-name", name, "-genkey", "-noout"], "");
        let pkcs8 = openssl_text(&["pkey"], &sec1);
        let public = openssl_text(&["pkey", "-pubout"], &sec1);
        let der = ["pkcs8", "-topk8", "-nocrypt", "-outform", "DER"];
        let der = openssl(&der, &sec1);
        let verifier = VerifyingKey::from_public_key_pem(&public).unwrap();
        for signer in [
            SigningKey::from_pkcs8_pem(&pkcs8).unwrap(),
            SigningKey::from_sec1_pem(&sec1).unwrap(),
            SigningKey::from_pkcs8_der(&der).unwrap(),
        ] {
            let signature: Signature = signer.try_sign(MESSAGE).unwrap();
            verifier.verify(MESSAGE, &signature).unwrap();
            verifier.verify(b"what is singed", &signature).unwrap_err();
            assert_eq!(signer.key().export().err(), Some(Error::NotPermitted));
        }
    }
}

#[test]
fn a_key_that_may_not_be_exported_is_not_encoded() {
    psa::init().unwrap();
    let attributes = Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN);
    let key = Key::generate(attributes).unwrap();
    assert!(matches!(
        key.to_pkcs8_der(),
        Err(p256::pkcs8::Error::KeyMalformed(KeyError::Invalid))
    ));
    assert!(matches!(key.to_sec1_der(), Err(sec1::Error::Crypto)));
    key.to_public_key_der().unwrap();
}

#[test]
fn what_cannot_sign_or_is_damaged_is_no_signer() {
    psa::init().unwrap();
    let x25519 = openssl(&["genpkey", "-algorithm", "X25519", "-outform", "DER"], "");
    assert!(matches!(
        SigningKey::from_pkcs8_der(&x25519),
        Err(p256::pkcs8::Error::PublicKey(
            spki::Error::OidUnknown { .. }
        ))
    ));
    let good = ecdsa_key(Curve::P256);
    let der = good.to_pkcs8_der().unwrap();
    for len in 0..der.as_bytes().len() {
        assert!(SigningKey::from_pkcs8_der(&der.as_bytes()[..len]).is_err());
        assert!(SigningKey::from_sec1_der(&der.as_bytes()[..len]).is_err());
        assert!(VerifyingKey::from_public_key_der(&der.as_bytes()[..len]).is_err());
    }
}

#[test]
#[cfg(feature = "full")]
fn rsa_keys_are_encoded_and_decoded() {
    psa::init().unwrap();
    let theirs = openssl_text(&["genrsa", "2048"], "");
    let public = openssl_text(&["pkey", "-pubout"], &theirs);
    let signer = SigningKey::from_pkcs8_pem(&theirs).unwrap();
    let signature: Signature = signer.try_sign(MESSAGE).unwrap();
    let verifier = VerifyingKey::from_public_key_pem(&public).unwrap();
    verifier.verify(MESSAGE, &signature).unwrap();
    assert_eq!(verifier.to_public_key_pem(LineEnding::LF).unwrap(), public);

    let key = Key::import_pem(Attributes::from_file().usage(Usage::EXPORT), &theirs).unwrap();
    assert_eq!(*key.to_pkcs8_pem(LineEnding::LF).unwrap(), theirs);
    assert!(matches!(key.to_sec1_der(), Err(sec1::Error::Crypto)));
}
