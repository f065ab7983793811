//! Hashes by the traits of `digest`, in the crates that build on them.

use digest::{Digest, FixedOutputReset, KeyInit, Mac, const_oid::AssociatedOid};
use hmac::SimpleHmac;
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use proptest::prelude::*;
use psa::digest::{Hasher, OnFailure, Sha256, Sha512_256};
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Usage};
use signature::{DigestSigner, DigestVerifier, Verifier};
use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind},
};

thread_local! {
    static FAILURE: Cell<Option<Error>> = const { Cell::new(None) };
}

/// Keeps the error and unwinds: what a test can do.
struct Unwind;

impl OnFailure for Unwind {
    fn failed(error: Error) -> ! {
        FAILURE.set(Some(error));
        std::panic::resume_unwind(Box::new(()))
    }
}

type Ours = Hasher<Sha256, Unwind>;

#[test]
fn hmac_over_our_hash_is_that_of_rfc_4231() {
    psa::init().unwrap();
    let mut mac = SimpleHmac::<Ours>::new_from_slice(b"Jefe").unwrap();
    mac.update(b"what do ya want ");
    let also = mac.clone();
    mac.update(b"for nothing?");
    let tag = mac.finalize().into_bytes();
    // Test case 2.
    let expected = [
        0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75,
        0xc7, 0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec,
        0x38, 0x43,
    ];
    assert_eq!(tag[..], expected);
    let also = also.chain_update(b"for nothing?");
    also.verify_slice(&expected).unwrap();
}

#[test]
fn p256_signs_and_verifies_over_our_hash() {
    psa::init().unwrap();
    let signer = SigningKey::from_slice(&[0x42; 32]).unwrap();
    let verifier = VerifyingKey::from(&signer);
    let feed = |digest: &mut Ours| {
        Digest::update(digest, b"what is ");
        Digest::update(digest, b"signed");
        Ok(())
    };
    let signature: Signature = signer.try_sign_digest(feed).unwrap();
    verifier.verify(b"what is signed", &signature).unwrap();
    verifier.verify_digest(feed, &signature).unwrap();

    // And our key over it.
    let attributes = Attributes::ecc_key_pair(Curve::P256)
        .usage(Usage::SIGN)
        .algorithm(Algorithm::ecdsa(Hash::Sha256));
    let key = Key::generate(attributes).unwrap();
    let signature: Signature = psa::signature::SigningKey::new(&key)
        .unwrap()
        .try_sign_digest(feed)
        .unwrap();
    VerifyingKey::from_sec1_bytes(&key.export_public().unwrap())
        .unwrap()
        .verify(b"what is signed", &signature)
        .unwrap();
}

/// Ours and `RustCrypto`'s agree, object identifier included.
fn agree<A: psa::digest::HashAlgorithm, T: Digest + AssociatedOid>(parts: &[Vec<u8>]) {
    psa::init().unwrap();
    assert_eq!(Hasher::<A, Unwind>::OID, T::OID);
    let (mut ours, mut theirs) = (Hasher::<A, Unwind>::new(), T::new());
    for part in parts {
        Digest::update(&mut ours, part);
        theirs.update(part);
    }
    let expected = theirs.finalize();
    let clone = ours.clone();
    assert_eq!(ours.finalize_fixed_reset()[..], expected[..]);
    assert_eq!(ours.finalize()[..], T::digest(b"")[..]);
    assert_eq!(clone.finalize()[..], expected[..]);
}

proptest! {
    #[test]
    fn hashes_agree(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..5)) {
        agree::<Sha256, sha2::Sha256>(&parts);
        #[cfg(feature = "full")]
        agree::<psa::digest::Sha224, sha2::Sha224>(&parts);
        #[cfg(feature = "full")]
        agree::<psa::digest::Sha384, sha2::Sha384>(&parts);
        #[cfg(feature = "full")]
        agree::<psa::digest::Sha512, sha2::Sha512>(&parts);
    }
}

#[test]
fn a_failure_is_kept_until_somebody_can_be_told() {
    // Mbed TLS does not have it.
    type Missing = Hasher<Sha512_256, Unwind>;
    psa::init().unwrap();
    let mut hasher = Missing::new();
    assert_eq!(hasher.status(), Err(Error::NotSupported));
    Digest::update(&mut hasher, b"abc");
    assert_eq!(hasher.clone().status(), Err(Error::NotSupported));
    let mut buffer = [0x55; 32];
    assert_eq!(hasher.finish_into(&mut buffer), Err(Error::NotSupported));
    assert_eq!(buffer, [0x55; 32]);

    let made_up = catch_unwind(AssertUnwindSafe(|| Missing::digest(b"abc")));
    assert!(made_up.is_err());
    assert_eq!(FAILURE.take(), Some(Error::NotSupported));
    let mut hasher = Missing::new();
    let made_up = catch_unwind(AssertUnwindSafe(|| hasher.finalize_fixed_reset()));
    assert!(made_up.is_err());
    assert_eq!(FAILURE.take(), Some(Error::NotSupported));
}

#[test]
#[cfg(feature = "full")]
fn md5_is_that_of_rfc_1321() {
    psa::init().unwrap();
    let hash = Hasher::<psa::digest::Md5, Unwind>::digest(b"abc");
    assert_eq!(hash[..4], [0x90, 0x01, 0x50, 0x98]);
}
