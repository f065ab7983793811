//! Keys and operations in several threads at once.
//!
//! `cargo xtask test` runs this once as it is, and once for ten seconds under `ThreadSanitizer` with every algorithm, the C
//! library included.

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

    #[cfg(feature = "full")]
    if number < STEPPERS {
        full::sign_in_steps(shared, &hash);
    } else {
        full::work(number, &message);
    }
}

/// How many of the threads sign in steps, beside the others' signatures and agreements: what a step writes all of these read.
#[cfg(feature = "full")]
const STEPPERS: u8 = 2;

/// What every algorithm is needed for.
#[cfg(feature = "full")]
mod full {
    use super::ECDSA;
    use psa::{
        Aead, Algorithm, Attributes, Cipher, CipherOperation, Curve, Encrypt, Hash, Hkdf,
        InterruptibleSign, InterruptibleVerify, Key, KeyAgreement, KeyDerivation, KeyId, KeyType,
        Usage,
    };
    use std::task::Poll;

    /// Steps until there is an answer.
    fn last<T>(mut step: impl FnMut() -> Poll<psa::Result<T>>) -> T {
        loop {
            if let Poll::Ready(answer) = step() {
                return answer.unwrap();
            }
        }
    }

    pub fn sign_in_steps(key: &Key, hash: &[u8]) {
        psa::interruptible_set_max_ops(200);
        let mut signature = [0; 64];
        let mut operation = InterruptibleSign::start(key, ECDSA, hash).unwrap();
        let len = last(|| operation.step(&mut signature).map_ok(<[u8]>::len));
        assert_eq!(len, 64);
        let mut operation = InterruptibleVerify::start(key, ECDSA, hash, &signature).unwrap();
        last(|| operation.step());
        key.verify_hash(ECDSA, hash, &signature).unwrap();
    }

    fn aes(algorithm: Algorithm) -> Key {
        let usage = Usage::ENCRYPT | Usage::DECRYPT;
        let attributes = Attributes::new(KeyType::Aes, 128).usage(usage);
        Key::generate(attributes.algorithm(algorithm)).unwrap()
    }

    pub fn work(number: u8, message: &[u8]) {
        let key = aes(Aead::Gcm.into());
        let sealed = key.aead_encrypt(Aead::Gcm, &[number; 12], b"header", message);
        let sealed = sealed.unwrap();
        let mut plain = [0; 100];
        key.aead_decrypt_into(Aead::Gcm, &[number; 12], b"header", &sealed, &mut plain)
            .unwrap();
        assert_eq!(plain, message);

        let key = aes(Cipher::Ctr.into());
        let operation = CipherOperation::<Encrypt>::new(&key, Cipher::Ctr).unwrap();
        let (mut operation, mut sent) = operation.generate_iv().unwrap();
        sent.extend(operation.update(message).unwrap());
        sent.extend(operation.finish().unwrap());
        let mut plain = [0; 116];
        assert_eq!(
            key.decrypt_into(Cipher::Ctr, &sent, &mut plain).unwrap(),
            message
        );

        agree();
        derive(message);
        keep(number, message);
    }

    fn agree() {
        let algorithm = Algorithm::RawKeyAgreement(KeyAgreement::Ecdh);
        let attributes = Attributes::ecc_key_pair(Curve::P256).usage(Usage::DERIVE);
        let [a, b] = [(); 2].map(|()| Key::generate(attributes.algorithm(algorithm)).unwrap());
        let shared = [(&a, &b), (&b, &a)].map(|(own, peer)| {
            let peer = peer.export_public().unwrap();
            own.raw_key_agreement(KeyAgreement::Ecdh, &peer).unwrap()
        });
        assert_eq!(*shared[0], *shared[1]);
    }

    fn derive(secret: &[u8]) {
        let hkdf = KeyDerivation::Hkdf(Hash::Sha256);
        let root = Attributes::new(KeyType::Derive, 0)
            .usage(Usage::DERIVE)
            .algorithm(hkdf.into());
        let root = Key::import(root, secret).unwrap();
        let hkdf = Hkdf {
            hash: Hash::Sha256,
            salt: b"salt",
            info: b"info",
        };
        let mut from_key = hkdf.derive(&root).unwrap();
        let mut from_bytes = hkdf.derive(secret).unwrap();
        let bytes = from_key.output_bytes(32).unwrap();
        assert_eq!(*bytes, *from_bytes.output_bytes(32).unwrap());
        let key = from_key.output_key(Attributes::new(KeyType::Aes, 256));
        key.unwrap().destroy().unwrap();
    }

    /// A persistent key of its own, written, forgotten, read again and destroyed.
    fn keep(number: u8, message: &[u8]) {
        let id = KeyId::user(u32::from(number) + 1).unwrap();
        let attributes = Attributes::new(KeyType::RawData, 0)
            .usage(Usage::EXPORT)
            .persistent(id);
        let key = Key::import(attributes, message).unwrap();
        key.purge().unwrap();
        drop(key);
        let key = Key::open(id).unwrap();
        assert_eq!(*key.export().unwrap(), *message);
        key.destroy().unwrap();
    }
}

#[test]
fn threads_generate_use_and_destroy_keys_at_once() {
    #[cfg(feature = "full")]
    let home = tempfile::tempdir().unwrap();
    #[cfg(feature = "full")]
    psa::storage::set_folder(home.path().join("keys")).unwrap();
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
    #[cfg(feature = "full")]
    psa::interruptible_set_max_ops(u32::MAX);
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
    Hash::Sha256.compute_into(b"abc", &mut hash).unwrap();
    hash
}

/// What may be sent to another thread, and what may be used by several at once: keys, secrets, and every operation in each
/// of its states.
#[test]
fn the_types_say_what_threads_may_do() {
    use psa::state::{Decrypt, Encrypt, NeedsIv, NeedsNonce, TakesAssociatedData, TakesData};
    use psa::{AeadOperation, CipherOperation};

    fn both<T: Send + Sync>() {}
    both::<Key>();
    both::<Attributes>();
    both::<psa::Error>();
    both::<psa::Secret<'_, [u8]>>();
    both::<psa::Secret<'_, str>>();
    both::<psa::SecretVec>();
    both::<psa::SecretString>();

    both::<HashOperation>();
    both::<psa::MacSignOperation>();
    both::<psa::MacVerifyOperation>();
    both::<CipherOperation<Encrypt, NeedsIv>>();
    both::<CipherOperation<Encrypt, TakesData>>();
    both::<CipherOperation<Decrypt, NeedsIv>>();
    both::<CipherOperation<Decrypt, TakesData>>();
    both::<AeadOperation<Encrypt, NeedsNonce>>();
    both::<AeadOperation<Encrypt, TakesAssociatedData>>();
    both::<AeadOperation<Encrypt, TakesData>>();
    both::<AeadOperation<Decrypt, NeedsNonce>>();
    both::<AeadOperation<Decrypt, TakesAssociatedData>>();
    both::<AeadOperation<Decrypt, TakesData>>();
    both::<psa::KeyDerivationOperation>();
    both::<psa::KeyDerivationOutput>();
    both::<psa::InterruptibleSign>();
    both::<psa::InterruptibleVerify>();
    both::<psa::Jpake>();
    both::<psa::JpakeRoundTwo>();
    both::<psa::JpakeSecret>();
    both::<psa::JpakeShare>();
    both::<psa::Agreement<'_>>();
    both::<psa::Csr<'_>>();
}
