//! Keys and operations in several threads at once.
//!
//! `cargo xtask test` runs this once as it is, and once for ten seconds under `ThreadSanitizer`, the C library included.

use psa::{
    Algorithm, Attributes, Curve, Hash, HashOperation, Key, KeyType, Mac, Sign, Usage,
    generate_random,
};
use std::thread;
use std::time::{Duration, Instant};

const THREADS: u8 = 8;
const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);

/// How long the threads work: one second, or what the environment says.
fn duration() -> Duration {
    let seconds = std::env::var("PSA_THREADS_SECONDS").map_or(1, |text| text.parse().unwrap());
    Duration::from_secs(seconds)
}

fn signing_key() -> Key {
    Key::generate(
        Attributes::ecc_key_pair(Curve::P256)
            .usage(Usage::SIGN | Usage::VERIFY | Usage::EXPORT)
            .algorithm(Algorithm::ecdsa(Hash::Sha256)),
    )
    .unwrap()
}

/// Generates, uses and destroys keys of its own, and uses one that all share.
fn work(shared: &Key, number: u8) {
    let message = [number; 100];
    let mut signature = [0; 64];
    let signature = shared
        .sign_message_into(ECDSA, &message, &mut signature)
        .unwrap();
    shared.verify_message(ECDSA, &message, signature).unwrap();
    assert_eq!(shared.export_public_into(&mut [0; 65]).unwrap()[0], 4);

    let key = signing_key();
    assert!(key.private_key_pem().unwrap().starts_with("-----BEGIN EC"));
    assert!(key.verify_message(ECDSA, &message, signature).is_err());
    key.destroy().unwrap();

    let hmac = Mac::Hmac(Hash::Sha256);
    for length in 1..16 {
        let attributes = Attributes::new(KeyType::Hmac, 8 * length)
            .usage(Usage::SIGN_MESSAGE | Usage::VERIFY_MESSAGE)
            .algorithm(hmac.into());
        let key = Key::generate(attributes).unwrap();
        let mut mac = [0; 32];
        let mac = key.compute_mac_into(hmac, &message, &mut mac).unwrap();
        key.verify_mac(hmac, &message, mac).unwrap();
    }

    let mut operation = HashOperation::new(Hash::Sha256).unwrap();
    operation.update(&message).unwrap();
    let mut hash = [0; 32];
    operation.finish_into(&mut hash).unwrap();
    Hash::Sha256.compare(&message, &hash).unwrap();
    generate_random(&mut hash).unwrap();
}

#[test]
fn threads_generate_use_and_destroy_keys_at_once() {
    psa::init().unwrap();
    let shared = signing_key();
    let end = Instant::now() + duration();
    let rounds: u32 = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|number| {
                let shared = &shared;
                scope.spawn(move || {
                    let mut rounds = 0;
                    while rounds == 0 || Instant::now() < end {
                        work(shared, number);
                        rounds += 1;
                    }
                    rounds
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .sum()
    });
    println!("{THREADS} threads, {rounds} rounds");
    shared.destroy().unwrap();
}

#[test]
fn a_key_and_an_operation_go_to_another_thread() {
    psa::init().unwrap();
    let key = signing_key();
    let mut operation = HashOperation::new(Hash::Sha256).unwrap();
    operation.update(b"a").unwrap();
    let (key, operation) = thread::spawn(move || {
        let mut operation = operation;
        operation.update(b"bc").unwrap();
        (key, operation)
    })
    .join()
    .unwrap();
    operation.verify(&abc()).unwrap();
    key.sign_hash(ECDSA, &[1; 32]).unwrap();
}

fn abc() -> [u8; 32] {
    let mut hash = [0; 32];
    Hash::Sha256.compute(b"abc", &mut hash).unwrap();
    hash
}

/// What may be sent to another thread, and what may be used by several at once.
#[test]
fn the_types_say_what_threads_may_do() {
    fn both<T: Send + Sync>() {}
    both::<Key>();
    both::<Attributes>();
    both::<psa::Error>();
    both::<HashOperation>();
    both::<psa::MacSignOperation>();
    both::<psa::MacVerifyOperation>();
    both::<psa::Secret<'_, [u8]>>();
    both::<psa::SecretVec>();
}
