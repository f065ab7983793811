//! Signatures in steps.
#![cfg(not(feature = "tfm"))]

mod common;

use common::{ECDSA_CURVES, Files, der_signature, hash_of, openssl};
use core::task::Poll;
use psa::{
    Algorithm, Attributes, Curve, Error, Hash, InterruptibleSign, InterruptibleVerify, Key, Sign,
    SignAnyHash, Usage, interruptible_get_max_ops, interruptible_set_max_ops,
};
use std::sync::{Mutex, MutexGuard};

/// The limit is one for the whole process: one test has it at a time.
struct Limit(#[allow(dead_code, reason = "held, not read")] MutexGuard<'static, ()>);

impl Limit {
    fn set(max_ops: u32) -> Self {
        static TURN: Mutex<()> = Mutex::new(());
        let turn = TURN.lock().unwrap_or_else(|poisoned| {
            TURN.clear_poison();
            poisoned.into_inner()
        });
        interruptible_set_max_ops(max_ops);
        assert_eq!(interruptible_get_max_ops(), max_ops);
        Self(turn)
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        interruptible_set_max_ops(u32::MAX);
    }
}

fn key(curve: Curve, algorithm: impl Into<Algorithm>) -> Key {
    psa::init().expect("the provider starts");
    let attributes = Attributes::ecc_key_pair(curve)
        .usage(Usage::SIGN | Usage::VERIFY | Usage::EXPORT)
        .algorithm(algorithm.into());
    Key::generate(attributes).expect("a key")
}

/// Something that is in another place whenever it is asked for.
struct Moving<T>([Option<T>; 2]);

impl<T> Moving<T> {
    fn new(value: T) -> Self {
        Self([Some(value), None])
    }

    fn next(&mut self) -> &mut T {
        let [here, there] = &mut self.0;
        core::mem::swap(here, there);
        here.as_mut()
            .or(there.as_mut())
            .expect("it is in one of them")
    }
}

/// Steps until it is ready, and how many there were.
fn run<T>(mut step: impl FnMut() -> Poll<T>) -> (T, u32) {
    let mut steps = 1;
    loop {
        match step() {
            Poll::Ready(answer) => return (answer, steps),
            Poll::Pending => steps += 1,
        }
    }
}

/// The signature and the number of steps; the operation is somewhere else for every step.
fn sign(key: &Key, algorithm: Sign, hash: &[u8]) -> (Vec<u8>, u32) {
    let operation = InterruptibleSign::start(key, algorithm, hash).unwrap();
    assert_eq!(operation.get_num_ops(), 0);
    let mut operation = Moving::new(operation);
    let mut buffer = [0xff; 132];
    let mut done = 0;
    let (signature, steps) = run(|| {
        let operation = operation.next();
        let answer = operation
            .step(&mut buffer)
            .map(|signature| signature.map(<[u8]>::to_vec));
        assert!(operation.get_num_ops() >= done, "work is not undone");
        done = operation.get_num_ops();
        answer
    });
    let (again, _) = run(|| operation.next().step(&mut buffer).map_ok(<[u8]>::len));
    assert_eq!(again, Err(Error::BadState));
    (signature.unwrap(), steps)
}

fn verify(key: &Key, algorithm: Sign, hash: &[u8], signature: &[u8]) -> (Result<(), Error>, u32) {
    let mut operation = match InterruptibleVerify::start(key, algorithm, hash, signature) {
        Ok(operation) => Moving::new(operation),
        Err(error) => return (Err(error), 0),
    };
    let (answer, steps) = run(|| operation.next().step());
    assert_eq!(run(|| operation.next().step()).0, Err(Error::BadState));
    (answer, steps)
}

#[test]
fn small_steps_make_the_signature_that_openssl_and_the_one_shot_function_accept() {
    let _limit = Limit::set(100);
    let files = Files::new();
    for &(curve, name) in ECDSA_CURVES {
        let hash = hash_of(curve);
        let algorithm = Sign::Ecdsa(hash);
        let key = key(curve, algorithm);
        let mut digest = [0; 64];
        let digest = hash.compute_into(b"what is signed", &mut digest).unwrap();
        let (signature, steps) = sign(&key, algorithm, digest);
        assert!(steps > 5, "{name}: {steps} steps");
        key.verify_hash(algorithm, digest, &signature).unwrap();

        let public = files.write("public.pem", key.public_key_pem().unwrap());
        let der = files.write("signature", der_signature(&signature));
        let digest_file = files.write("digest", digest);
        openssl(
            &[
                "pkeyutl",
                "-verify",
                "-pubin",
                "-inkey",
                &public,
                "-in",
                &digest_file,
                "-sigfile",
                &der,
            ],
            "",
        );

        let (valid, steps) = verify(&key, algorithm, digest, &signature);
        assert_eq!(valid, Ok(()));
        assert!(steps > 5, "{name}: {steps} steps");
        let one_shot = key.sign_hash(algorithm, digest).unwrap();
        assert_eq!(verify(&key, algorithm, digest, &one_shot).0, Ok(()));
        for place in [0, signature.len() / 2, signature.len() - 1] {
            let mut damaged = signature.clone();
            damaged[place] ^= 1;
            let (answer, _) = verify(&key, algorithm, digest, &damaged);
            assert_eq!(answer, Err(Error::InvalidSignature));
        }
        let (answer, _) = verify(&key, algorithm, digest, &signature[1..]);
        assert_eq!(answer, Err(Error::InvalidSignature));
    }
}

#[test]
fn deterministic_signatures_are_those_of_the_one_shot_function() {
    let _limit = Limit::set(1);
    let algorithm = Sign::DeterministicEcdsa(Hash::Sha256);
    let key = key(Curve::P256, algorithm);
    let (signature, steps) = sign(&key, algorithm, &[7; 32]);
    assert!(steps > 40, "{steps} steps");
    assert_eq!(signature, key.sign_hash(algorithm, &[7; 32]).unwrap());
}

#[test]
fn less_work_a_step_means_more_steps_and_no_limit_means_one() {
    let algorithm = Sign::Ecdsa(Hash::Sha256);
    let key = key(Curve::P256, algorithm);
    let mut before = u32::MAX;
    for max_ops in [50, 200, 600, u32::MAX] {
        let _limit = Limit::set(max_ops);
        let (_, steps) = sign(&key, algorithm, &[7; 32]);
        assert!(steps < before, "{max_ops}: {steps} steps after {before}");
        before = steps;
    }
    assert_eq!(before, 1);
    // As C has it: the least that makes progress.
    let _limit = Limit::set(0);
    assert!(sign(&key, algorithm, &[7; 32]).1 > 40);
}

#[test]
fn threads_step_side_by_side() {
    let _limit = Limit::set(200);
    let algorithm = Sign::Ecdsa(Hash::Sha256);
    let key = key(Curve::P256, algorithm);
    std::thread::scope(|scope| {
        for thread in 0..4_u8 {
            let key = &key;
            scope.spawn(move || {
                for round in 0..5 {
                    let hash = [thread * 16 + round; 32];
                    let (signature, _) = sign(key, algorithm, &hash);
                    assert_eq!(verify(key, algorithm, &hash, &signature).0, Ok(()));
                }
            });
        }
    });
}

#[test]
fn an_operation_in_the_middle_is_dropped_without_a_trace() {
    let _limit = Limit::set(1);
    let algorithm = Sign::Ecdsa(Hash::Sha256);
    let key = key(Curve::P256, algorithm);
    let mut buffer = [0; 64];
    // More than there could be at once, were they kept.
    for _ in 0..200 {
        let mut operation = InterruptibleSign::start(&key, algorithm, &[7; 32]).unwrap();
        assert_eq!(operation.step(&mut buffer), Poll::Pending);
        let mut operation =
            InterruptibleVerify::start(&key, algorithm, &[7; 32], &[1; 64]).unwrap();
        assert_eq!(operation.step(), Poll::Pending);
    }
    key.destroy().unwrap();
}

#[test]
fn what_cannot_be_done_in_steps_is_refused_as_the_specification_says() {
    let _limit = Limit::set(1000);
    let algorithm = Sign::Ecdsa(Hash::Sha256);
    let pair = key(Curve::P256, algorithm);
    let start = |key: &Key, algorithm| InterruptibleSign::start(key, algorithm, &[7; 32]).err();
    assert_eq!(start(&pair, algorithm), None);
    assert_eq!(
        start(&pair, Sign::Ecdsa(Hash::Sha384)),
        Some(Error::NotPermitted)
    );
    assert_eq!(
        start(&pair, SignAnyHash::Ecdsa.with(Hash::Raw(0x0200_00ff))),
        Some(Error::InvalidArgument)
    );
    let public = Key::import(
        Attributes::ecc_public_key(Curve::P256)
            .usage(Usage::SIGN | Usage::VERIFY)
            .algorithm(algorithm.into()),
        &pair.export_public().unwrap(),
    )
    .unwrap();
    assert_eq!(start(&public, algorithm), Some(Error::InvalidArgument));
    let (signature, _) = sign(&pair, algorithm, &[7; 32]);
    assert_eq!(verify(&public, algorithm, &[7; 32], &signature).0, Ok(()));

    let rsa = Attributes::rsa_key_pair(1024)
        .usage(Usage::SIGN | Usage::VERIFY)
        .algorithm(SignAnyHash::RsaPkcs1v15.into());
    let rsa = Key::generate(rsa).unwrap();
    let pkcs1 = Sign::RsaPkcs1v15(Hash::Sha256);
    assert_eq!(start(&rsa, pkcs1), Some(Error::NotSupported));
    let (answer, _) = verify(&rsa, pkcs1, &[7; 32], &[1; 128]);
    assert_eq!(answer, Err(Error::NotSupported));

    let mut operation = InterruptibleSign::start(&pair, algorithm, &[7; 32]).unwrap();
    let mut short = [0; 63];
    assert_eq!(
        operation.step(&mut short),
        Poll::Ready(Err(Error::BufferTooSmall))
    );
    let mut long = [0; 64];
    assert_eq!(operation.step(&mut long), Poll::Ready(Err(Error::BadState)));
    let mut operation = InterruptibleSign::start(&pair, algorithm, &[7; 32]).unwrap();
    assert_eq!(
        operation.step(&mut []),
        Poll::Ready(Err(Error::BufferTooSmall))
    );
}
