//! What each back end of `psa-p256` must pass, on a host and on a Cortex-M: known answers, and all that must be refused.
//!
//! No provider of `psa` is asked anything: an image with these checks needs no C library.
#![no_std]
#![forbid(unsafe_code)]

pub mod crosswise;
mod refused;
mod rfc6979;

use psa_conformance::check::{Failure, holds, same};
use psa_conformance::wycheproof::file::{Expected, File, Vector};
use psa_conformance::wycheproof::p256;
use psa_conformance::{Ctx, Result, Test};
use psa_p256::rand_core::{TryCryptoRng, TryRng};
use psa_p256::{Backend, Error};
use sha2::{Digest, Sha256, Sha512};

/// Every test asks each back end that the processor can run.
pub const TESTS: &[Test] = &[
    Test::new(
        "P-256: a key and its signatures are those of RFC 6979",
        |_| each(rfc6979::vectors),
    ),
    Test::new("P-256: what is no scalar is refused", |_| {
        each(refused::scalars)
    }),
    Test::new("P-256: what is no point is refused", |_| {
        each(refused::points)
    }),
    Test::new("P-256: what is no signature is refused", |_| {
        each(refused::signatures)
    }),
    Test::new("P-256: a source that fails is named", |_| {
        each(refused::sources)
    }),
    Test::new("P-256: back ends agree with each other", |_| {
        each(agree_with_each_other)
    }),
    Test::new("P-256: every vector, ECDSA, SHA-256", |ctx| {
        ecdsa::<Sha256>(ctx, p256::ECDSA_SHA256)
    }),
    Test::new("P-256: every vector, ECDSA, half of a longer hash", |ctx| {
        ecdsa::<Sha512>(ctx, p256::ECDSA_SHA512)
    }),
    Test::new("P-256: every vector, ECDH", |ctx| {
        for backend in vectors_of() {
            ecdh(ctx, backend)?;
        }
        Ok(())
    }),
];

fn each(check: fn(Backend) -> Result<()>) -> Result<()> {
    Backend::available().try_for_each(check)
}

/// Whom all vectors are for: on a device its fastest, a host has run them with the other.
fn vectors_of() -> impl Iterator<Item = Backend> {
    let all = cfg!(not(target_os = "none"));
    Backend::available().filter(move |backend| all || *backend == Backend::current())
}

fn ecdsa<H: Digest>(ctx: &mut Ctx, file: File) -> Result<()> {
    for backend in vectors_of() {
        file.run(ctx, |_, [public], vector: &Vector<2>| {
            let [message, signature] = vector.fields;
            judge(
                vector.expected,
                backend.verify(public, &H::digest(message), signature),
                Error::InvalidSignature,
            )
        })?;
    }
    Ok(())
}

fn ecdh(ctx: &mut Ctx, backend: Backend) -> Result<()> {
    p256::ECDH.run(ctx, |_, [], vector: &Vector<3>| {
        let [public, private, shared] = vector.fields;
        let private = scalar_of(private)?;
        let agreed = backend.agree(&private, public);
        if let Ok(agreed) = &agreed {
            same(&agreed[..], shared)?;
        }
        judge(vector.expected, agreed.map(drop), Error::InvalidPublicKey)
    })
}

/// The number in 32 bytes.
fn scalar_of(bytes: &[u8]) -> Result<[u8; 32]> {
    let mut scalar = [0; 32];
    let start = scalar.len().checked_sub(bytes.len()).ok_or(DAMAGED)?;
    scalar[start..].copy_from_slice(bytes);
    Ok(scalar)
}

const DAMAGED: psa::Error = psa::Error::DataCorrupt;

fn judge(expected: Expected, result: psa_p256::Result<()>, error: Error) -> Result<()> {
    match expected {
        Expected::Valid => same(&result, &Ok(())),
        Expected::Acceptable => holds(result.is_ok() || result == Err(error)),
        Expected::Invalid => same(&result, &Err(error)),
    }
}

/// Each back end takes the signatures of each, and they agree on the same keys and secrets.
fn agree_with_each_other(backend: Backend) -> Result<()> {
    let mut source = Stream(1);
    for other in Backend::available() {
        for round in 0..4_u8 {
            let (mut here, mut there) = ([0; 32], [0; 32]);
            ok(psa_p256::generate(&mut here, &mut source))?;
            ok(psa_p256::generate(&mut there, &mut source))?;
            let public = ok(backend.public_key(&here))?;
            same(&ok(other.public_key(&here))?, &public)?;
            let hash = [round ^ 0xff; 48];
            let hash = &hash[..usize::from(round) * 16];
            let signature = ok(backend.sign(&here, hash, &mut source))?;
            ok(other.verify(&public, hash, &signature))?;
            let theirs = ok(other.public_key(&there))?;
            let shared = ok(backend.agree(&here, &theirs))?;
            same(&*ok(other.agree(&there, &public))?, &*shared)?;
        }
    }
    Ok(())
}

/// A back end did what it must.
#[track_caller]
fn ok<T>(result: psa_p256::Result<T>) -> Result<T> {
    result.map_err(|_| Failure::from(psa::Error::GenericError))
}

/// Bytes for tests, and for nothing else.
pub(crate) struct Stream(pub u32);

impl TryRng for Stream {
    type Error = core::convert::Infallible;

    fn try_next_u32(&mut self) -> core::result::Result<u32, Self::Error> {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        Ok(self.0)
    }

    fn try_next_u64(&mut self) -> core::result::Result<u64, Self::Error> {
        Ok(u64::from(self.try_next_u32()?) << 32 | u64::from(self.try_next_u32()?))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> core::result::Result<(), Self::Error> {
        for byte in bytes {
            *byte = self.try_next_u32()?.to_be_bytes()[1];
        }
        Ok(())
    }
}

impl TryCryptoRng for Stream {}
