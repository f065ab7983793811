//! Signatures by the traits of `signature`: `RustCrypto` and openssl verify ours, and we theirs.

#[path = "../../../psa/tests/common/mod.rs"]
mod common;

use common::{ECDSA_CURVES, Files, cases, ecdsa_key, hash_of, openssl};
use proptest::prelude::*;
use psa::signature::{DerSignature, Signature, SigningKey, VerifyingKey};
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Sign, Usage};
use sha2::{Digest, Sha256};
use signature::{
    DigestSigner, DigestVerifier, Keypair, MultipartSigner, MultipartVerifier, Signer, Verifier,
    hazmat::{PrehashSigner, PrehashVerifier},
};
use std::{error::Error as _, sync::Arc};

const MESSAGE: &[u8] = b"what is signed";

fn p256_public(key: &Key) -> p256::ecdsa::VerifyingKey {
    p256::ecdsa::VerifyingKey::from_sec1_bytes(&key.export_public().unwrap()).unwrap()
}

#[test]
fn p256_verifies_what_each_of_our_traits_signs() {
    let key = ecdsa_key(Curve::P256);
    let theirs = p256_public(&key);
    let signer = SigningKey::new(&key).unwrap();
    let hash = Sha256::digest(MESSAGE);

    let fixed: p256::ecdsa::Signature = signer.try_sign(MESSAGE).unwrap();
    theirs.verify(MESSAGE, &fixed).unwrap();
    theirs.verify(b"what is singed", &fixed).unwrap_err();
    let der: p256::ecdsa::DerSignature = signer.try_sign(MESSAGE).unwrap();
    theirs.verify(MESSAGE, &der).unwrap();
    let ours: Signature = signer.try_sign(MESSAGE).unwrap();
    let ours = p256::ecdsa::Signature::from_slice(ours.as_ref()).unwrap();
    theirs.verify(MESSAGE, &ours).unwrap();
    let ours: DerSignature = signer.try_sign(MESSAGE).unwrap();
    let ours = p256::ecdsa::DerSignature::from_bytes(ours.as_ref()).unwrap();
    theirs.verify(MESSAGE, &ours).unwrap();

    let of_hash: p256::ecdsa::Signature = signer.sign_prehash(&hash).unwrap();
    theirs.verify(MESSAGE, &of_hash).unwrap();
    let (first, last) = MESSAGE.split_at(5);
    let in_parts: p256::ecdsa::Signature = signer.try_multipart_sign(&[first, b"", last]).unwrap();
    theirs.verify(MESSAGE, &in_parts).unwrap();
    let streamed: p256::ecdsa::Signature = signer
        .try_sign_digest(|digest: &mut Sha256| {
            digest.update(MESSAGE);
            Ok(())
        })
        .unwrap();
    theirs.verify(MESSAGE, &streamed).unwrap();
}

#[test]
fn we_verify_what_p256_signs_by_each_of_our_traits() {
    psa::init().unwrap();
    let theirs = p256::ecdsa::SigningKey::from_slice(&[0x42; 32]).unwrap();
    let public = theirs.verifying_key().to_sec1_point(false);
    let attributes = Attributes::ecc_public_key(Curve::P256)
        .usage(Usage::VERIFY)
        .algorithm(Algorithm::ecdsa(Hash::Sha256));
    let key = Key::import(attributes, public.as_bytes()).unwrap();
    let verifier = VerifyingKey::new(key).unwrap();
    let signature: p256::ecdsa::Signature = theirs.sign(MESSAGE);
    let hash = Sha256::digest(MESSAGE);

    verifier.verify(MESSAGE, &signature).unwrap();
    verifier.verify(MESSAGE, &signature.to_der()).unwrap();
    let fixed = Signature::try_from(&signature.to_bytes()[..]).unwrap();
    verifier.verify(MESSAGE, &fixed).unwrap();
    let der = DerSignature::try_from(signature.to_der().as_bytes()).unwrap();
    verifier.verify(MESSAGE, &der).unwrap();
    verifier.verify_prehash(&hash, &signature).unwrap();
    let (first, last) = MESSAGE.split_at(5);
    verifier
        .multipart_verify(&[first, last], &signature)
        .unwrap();
    let feed = |digest: &mut Sha256| {
        digest.update(MESSAGE);
        Ok(())
    };
    verifier.verify_digest(feed, &signature).unwrap();

    let wrong = verifier.verify(b"what is singed", &der).unwrap_err();
    assert_eq!(source(&wrong), Some(Error::InvalidSignature));
    let wrong = verifier.verify_prehash(&[0; 32], &signature).unwrap_err();
    assert_eq!(source(&wrong), Some(Error::InvalidSignature));
    let wrong = verifier.multipart_verify(&[last, first], &signature);
    assert_eq!(source(&wrong.unwrap_err()), Some(Error::InvalidSignature));
}

fn source(error: &signature::Error) -> Option<Error> {
    error.source()?.downcast_ref().copied()
}

#[test]
fn openssl_verifies_the_form_of_x509_on_every_curve_and_we_verify_its() {
    let files = Files::new();
    let message = files.write("message", MESSAGE);
    for &(curve, name) in ECDSA_CURVES {
        let key = Arc::new(ecdsa_key(curve));
        let signer = SigningKey::new(key.clone()).unwrap();
        let digest = format!("-sha{}", hash_of(curve).len() * 8);
        let public = files.write("public.pem", key.public_key_pem().unwrap());
        let private = files.write("private.pem", key.private_key_pem().unwrap());
        for _ in 0..8 {
            let ours: DerSignature = signer.try_sign(MESSAGE).unwrap();
            let ours = files.write("signature", ours);
            let verify = ["-verify", &public, "-signature", &ours];
            openssl(&[&["dgst", &digest], &verify[..], &[&message]].concat(), "");

            let theirs = openssl(&["dgst", &digest, "-sign", &private, &message], "");
            let theirs = DerSignature::try_from(&theirs[..]).unwrap();
            let verifier = signer.verifying_key();
            verifier.verify(MESSAGE, &theirs).expect(name);
        }
    }
}

#[test]
fn an_error_of_the_provider_is_the_source_of_the_traits_error() {
    psa::init().unwrap();
    let ecdsa = Algorithm::ecdsa(Hash::Sha256);
    let attributes = Attributes::ecc_key_pair(Curve::P256).algorithm(ecdsa);
    let key = Key::generate(attributes.usage(Usage::SIGN)).unwrap();
    let signer = SigningKey::new(&key).unwrap();
    let signature: Signature = signer.try_sign(MESSAGE).unwrap();
    assert_eq!(VerifyingKey::new(&key).err(), Some(Error::NotPermitted));
    let error = signer.verifying_key().verify(MESSAGE, &signature);
    assert_eq!(source(&error.unwrap_err()), Some(Error::NotPermitted));

    let key = Key::generate(attributes.usage(Usage::VERIFY)).unwrap();
    assert_eq!(SigningKey::new(&key).err(), Some(Error::NotPermitted));
    let signer = SigningKey::with_algorithm(&key, Sign::Ecdsa(Hash::Sha256)).unwrap();
    let refused: Result<Signature, _> = signer.try_sign(MESSAGE);
    assert_eq!(source(&refused.unwrap_err()), Some(Error::NotPermitted));

    // Whoever may sign messages only, signs messages.
    let key = Key::generate(attributes.usage(Usage::SIGN_MESSAGE)).unwrap();
    let signer = SigningKey::new(&key).unwrap();
    let signature: p256::ecdsa::Signature = signer.try_sign(MESSAGE).unwrap();
    p256_public(&key).verify(MESSAGE, &signature).unwrap();
    let of_hash: Result<Signature, _> = signer.sign_prehash(&[7; 32]);
    assert_eq!(source(&of_hash.unwrap_err()), Some(Error::NotPermitted));

    let short: Result<Signature, _> = SigningKey::new(&ecdsa_key(Curve::P256))
        .unwrap()
        .sign_prehash(&[7; 31]);
    assert_eq!(source(&short.unwrap_err()), Some(Error::InvalidArgument));
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn no_bytes_are_a_signature_and_none_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..600),
        at in any::<prop::sample::Index>(),
        to in any::<u8>(),
    ) {
        let key = ecdsa_key(Curve::P256);
        let signer = SigningKey::new(&key).unwrap();
        let verifier = signer.verifying_key();
        let signature: DerSignature = signer.try_sign(MESSAGE).unwrap();
        // One byte of a good signature changed, and bytes without any sense.
        let mut changed = signature.as_ref().to_vec();
        let at = at.index(changed.len());
        prop_assume!(changed[at] != to);
        changed[at] = to;
        for bytes in [&changed, &bytes] {
            if let Ok(signature) = DerSignature::try_from(&bytes[..]) {
                prop_assert!(verifier.verify(MESSAGE, &signature).is_err());
            }
            if let Ok(signature) = Signature::try_from(&bytes[..]) {
                prop_assert!(verifier.verify(MESSAGE, &signature).is_err());
            }
        }
    }
}

#[test]
#[cfg(feature = "full")]
fn a_signature_type_of_another_curve_is_refused() {
    for curve in [Curve::P384, Curve::P521] {
        let key = ecdsa_key(curve);
        let signed: Result<p256::ecdsa::Signature, _> =
            SigningKey::new(&key).unwrap().try_sign(MESSAGE);
        assert_eq!(source(&signed.unwrap_err()), Some(Error::BufferTooSmall));
    }
    let key = ecdsa_key(Curve::P256);
    let signed: Result<p384::ecdsa::Signature, _> =
        SigningKey::new(&key).unwrap().try_sign(MESSAGE);
    assert_eq!(source(&signed.unwrap_err()), Some(Error::DifferentKeyType));

    let key = ecdsa_key(Curve::P384);
    let public = p384::ecdsa::VerifyingKey::from_sec1_bytes(&key.export_public().unwrap());
    let signature: p384::ecdsa::Signature =
        SigningKey::new(&key).unwrap().try_sign(MESSAGE).unwrap();
    public.unwrap().verify(MESSAGE, &signature).unwrap();
}

#[test]
#[cfg(feature = "full")]
fn openssl_verifies_rsa_of_both_paddings() {
    use common::openssl_text;
    psa::init().unwrap();
    let files = Files::new();
    let message = files.write("message", MESSAGE);
    let theirs = openssl_text(&["genrsa", "2048"], "");
    let public = files.write("public.pem", openssl(&["rsa", "-pubout"], &theirs));
    for (algorithm, options) in [
        (Sign::RsaPkcs1v15(Hash::Sha256), &[][..]),
        (
            Sign::RsaPss(Hash::Sha256),
            &[
                "-sigopt",
                "rsa_padding_mode:pss",
                "-sigopt",
                "rsa_pss_saltlen:32",
            ],
        ),
    ] {
        let attributes = Attributes::from_file()
            .usage(Usage::SIGN | Usage::VERIFY)
            .algorithm(algorithm.into());
        let key = Key::import_pem(attributes, &theirs).unwrap();
        let signer = SigningKey::new(&key).unwrap();
        let ours: Signature = signer.try_sign(MESSAGE).unwrap();
        assert_eq!(ours.as_ref().len(), 256);
        signer.verifying_key().verify(MESSAGE, &ours).unwrap();
        let der: DerSignature = signer.try_sign(MESSAGE).unwrap();
        signer.verifying_key().verify(MESSAGE, &der).unwrap();
        for signature in [ours.as_ref(), der.as_ref()] {
            let signature = files.write("signature", signature);
            let verify = ["-verify", &public, "-signature", &signature];
            let all = [&["dgst", "-sha256"], options, &verify, &[&message]];
            openssl(&all.concat(), "");
        }
    }
}
