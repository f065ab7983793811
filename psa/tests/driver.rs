//! The driver for P-256 against the curve of the C library, which stands beside it where every algorithm is: operations in
//! steps and deterministic signatures are the library's own.
#![cfg(not(feature = "tfm"))]

use core::task::Poll;
use psa::{
    Algorithm, Attributes, Curve, Error, Hash, InterruptibleVerify, Key, KeyAgreement, Sign,
    SignAnyHash, Usage, generate_random, interruptible_set_max_ops,
};

/// Signatures of each of the two: as many as `PSA_SIGNATURES` says, where each takes long.
fn signatures() -> u32 {
    std::env::var("PSA_SIGNATURES").map_or(5_000, |text| text.parse().unwrap())
}

/// Signatures of one key.
const OF_ONE_KEY: u32 = 50;

const RANDOMIZED: Sign = Sign::Ecdsa(Hash::Sha256);
const DETERMINISTIC: Sign = Sign::DeterministicEcdsa(Hash::Sha256);

/// Two keys with one scalar, for the two kinds of signatures.
fn keys() -> [Key; 2] {
    let attributes = |algorithm: Sign| {
        Attributes::ecc_key_pair(Curve::P256)
            .usage(Usage::SIGN | Usage::VERIFY | Usage::EXPORT)
            .algorithm(algorithm.into())
    };
    let by_driver = Key::generate(attributes(RANDOMIZED)).unwrap();
    let scalar = by_driver.export().unwrap();
    let by_library = Key::import(attributes(DETERMINISTIC), &scalar).unwrap();
    [by_driver, by_library]
}

/// Verified by the library: the driver has no steps.
fn verify_in_steps(key: &Key, algorithm: Sign, hash: &[u8], signature: &[u8]) -> psa::Result<()> {
    let mut operation = InterruptibleVerify::start(key, algorithm, hash, signature)?;
    loop {
        if let Poll::Ready(verified) = operation.step() {
            return verified;
        }
    }
}

#[test]
fn driver_and_library_accept_each_others_signatures() {
    psa::init().unwrap();
    interruptible_set_max_ops(u32::MAX);
    for _ in 0..signatures() / OF_ONE_KEY {
        let [driver, library] = &keys();
        for _ in 0..OF_ONE_KEY {
            let mut hash = [0; 32];
            generate_random(&mut hash).unwrap();
            let mut buffer = [0; 64];
            driver
                .sign_hash_into(RANDOMIZED, &hash, &mut buffer)
                .unwrap();
            verify_in_steps(driver, RANDOMIZED, &hash, &buffer).unwrap();
            library
                .sign_hash_into(DETERMINISTIC, &hash, &mut buffer)
                .unwrap();
            library.verify_hash(DETERMINISTIC, &hash, &buffer).unwrap();
        }
    }
}

#[test]
fn driver_and_library_refuse_the_same() {
    psa::init().unwrap();
    let [driver, library] = &keys();
    let hash = [7; 32];
    let mut valid = [0; 64];
    driver
        .sign_hash_into(RANDOMIZED, &hash, &mut valid)
        .unwrap();
    for byte in 0..valid.len() {
        let mut forged = valid;
        forged[byte] ^= 1;
        let refused = Err(Error::InvalidSignature);
        assert_eq!(driver.verify_hash(RANDOMIZED, &hash, &forged), refused);
        assert_eq!(verify_in_steps(driver, RANDOMIZED, &hash, &forged), refused);
        assert_eq!(library.verify_hash(DETERMINISTIC, &hash, &forged), refused);
    }
}

/// What `psa_import_key` and `psa_raw_key_agreement` prescribe, whoever answers.
#[test]
fn what_is_no_key_is_refused() {
    psa::init().unwrap();
    let pair = Attributes::ecc_key_pair(Curve::P256)
        .usage(Usage::DERIVE)
        .algorithm(KeyAgreement::Ecdh.into());
    let order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
    let order: Vec<u8> = (0..32)
        .map(|index| u8::from_str_radix(&order[2 * index..2 * index + 2], 16).unwrap())
        .collect();
    for scalar in [&[0; 32][..], &order, &[0xff; 32], &[1; 31], &[1; 33]] {
        let refused = Key::import(pair, scalar).err();
        assert_eq!(refused, Some(Error::InvalidArgument), "{scalar:02x?}");
    }
    let key = Key::generate(pair).unwrap();
    let valid = key.export_public().unwrap();
    let changed = |at: usize, byte: u8| {
        let mut point = valid.clone();
        point[at] = byte;
        point
    };
    let infinity = [&[4][..], &[0; 64]].concat();
    for point in [
        changed(64, valid[64] ^ 1),
        changed(1, valid[1] ^ 1),
        changed(0, 0),
        changed(0, 6 + (valid[64] & 1)),
        infinity,
        valid[..64].to_vec(),
        [&valid[..], &[0]].concat(),
    ] {
        let refused = Some(Error::InvalidArgument);
        let import = Key::import(Attributes::ecc_public_key(Curve::P256), &point);
        assert_eq!(import.err(), refused, "{point:02x?}");
        let agreed = key.raw_key_agreement(KeyAgreement::Ecdh, &point);
        assert_eq!(agreed.err(), refused, "{point:02x?}");
    }
}

/// `ANY_HASH` is a policy: what is signed under it is of one hash.
#[test]
fn hashes_of_every_length_are_signed_and_verified_alike() {
    psa::init().unwrap();
    for (hash, len) in [
        (Hash::Sha1, 20),
        (Hash::Sha224, 28),
        (Hash::Sha384, 48),
        (Hash::Sha512, 64),
    ] {
        let key = Key::generate(
            Attributes::ecc_key_pair(Curve::P256)
                .usage(Usage::SIGN | Usage::VERIFY)
                .algorithm(Algorithm::SignAnyHash(SignAnyHash::Ecdsa)),
        )
        .unwrap();
        let digest = vec![0xfe; len];
        let mut signature = [0; 64];
        key.sign_hash_into(Sign::Ecdsa(hash), &digest, &mut signature)
            .unwrap();
        key.verify_hash(Sign::Ecdsa(hash), &digest, &signature)
            .unwrap();
        verify_in_steps(&key, Sign::Ecdsa(hash), &digest, &signature).unwrap();
    }
}
