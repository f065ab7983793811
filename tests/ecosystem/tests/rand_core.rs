//! The provider's random numbers, in the crates that want some.

use p256::{
    ecdsa::{Signature, SigningKey, signature::RandomizedSigner},
    elliptic_curve::Generate,
};
use psa::rand_core::Rng;
use rand_core::{TryRng, UnwrapErr};
use signature::Verifier;
use std::collections::HashSet;

#[test]
fn p256_makes_keys_and_signatures_of_the_providers_random_numbers() {
    psa::init().unwrap();
    let key = SigningKey::try_generate_from_rng(&mut Rng).unwrap();
    let other = SigningKey::generate_from_rng(&mut UnwrapErr(Rng));
    assert_ne!(key.to_bytes(), other.to_bytes());
    let signature: Signature = key.try_sign_with_rng(&mut Rng, b"message").unwrap();
    key.verifying_key().verify(b"message", &signature).unwrap();
}

#[test]
fn numbers_and_bytes_are_all_different() {
    psa::init().unwrap();
    let mut seen = HashSet::new();
    let mut low = HashSet::new();
    for _ in 0..1000 {
        assert!(seen.insert(Rng.try_next_u64().unwrap()));
        let mut bytes = [0; 8];
        Rng.try_fill_bytes(&mut bytes).unwrap();
        assert!(seen.insert(u64::from_ne_bytes(bytes)));
        low.insert(Rng.try_next_u32().unwrap());
    }
    // Of a thousand numbers of 32 bits two are the same once in 8600 runs, ten never.
    assert!(low.len() > 990);
}
