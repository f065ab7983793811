//! psa-p256 with each of its back ends.
use crate::look::{Look, secret, with};
use crate::numbers::Once;
use core::hint::black_box;
use firmware_common::ram::{Pattern, deep_down};
use psa_p256::{Backend, Error};

const HASH: [u8; 32] = [0x42; 32];
/// Secrets by their numbers: a private key, a nonce, and another private key.
const PRIVATE: u32 = 1;
const NONCE: u32 = 2;
const OTHER: u32 = 3;

/// A private key, a hash, and the nonce that RFC 6979 prescribes for both (A.2.5, SHA-256, "sample").
static KEY: [u8; 32] = [
    0xc9, 0xaf, 0xa9, 0xd8, 0x45, 0xba, 0x75, 0x16, 0x6b, 0x5c, 0x21, 0x57, 0x67, 0xb1, 0xd6, 0x93,
    0x4e, 0x50, 0xc3, 0xdb, 0x36, 0xe8, 0x9b, 0x12, 0x7b, 0x8a, 0x62, 0x2b, 0x12, 0x0f, 0x67, 0x21,
];
static SAMPLE: [u8; 32] = [
    0xaf, 0x2b, 0xdb, 0xe1, 0xaa, 0x9b, 0x6e, 0xc1, 0xe2, 0xad, 0xe1, 0xd6, 0x94, 0xf4, 0x1f, 0xc7,
    0x1a, 0x83, 0x1d, 0x02, 0x68, 0xe9, 0x89, 0x15, 0x62, 0x11, 0x3d, 0x8a, 0x62, 0xad, 0xd1, 0xbf,
];
static PRESCRIBED: [u8; 32] = [
    0xa6, 0xe3, 0xc5, 0x7d, 0xd0, 0x1a, 0xbe, 0x90, 0x08, 0x65, 0x38, 0x39, 0x83, 0x55, 0xdd, 0x4c,
    0x3b, 0x17, 0xaa, 0x87, 0x33, 0x82, 0xb0, 0xf2, 0x4d, 0x61, 0x29, 0x49, 0x3d, 0x8a, 0xad, 0x60,
];

pub fn tested(look: &mut Look) {
    look.after("checking a private key", &[secret(PRIVATE)], || {
        with(PRIVATE, |private| {
            psa_p256::check_private_key(private).is_ok()
        })
    });
    look.after("drawing a private key", &[secret(NONCE)], || {
        with(NONCE, |draw| {
            let mut private = psa_p256::Zeroizing::new([0; 32]);
            psa_p256::generate(&mut private, &mut Once(Some(draw))).is_ok()
        })
    });
    for backend in Backend::available() {
        firmware_common::println!("{backend:?}:");
        with_backend(look, backend);
    }
}

fn with_backend(look: &mut Look, backend: Backend) {
    let Ok(peer) = with(OTHER, |other| backend.public_key(other)) else {
        return look.after("a peer", &[], || false);
    };
    look.after("computing a public key", &[secret(PRIVATE)], || {
        with(PRIVATE, |private| backend.public_key(private).is_ok())
    });
    look.after("signing", &[secret(PRIVATE), secret(NONCE)], || {
        with(PRIVATE, |private| {
            with(NONCE, |nonce| {
                let signature = backend.sign(private, &HASH, &mut Once(Some(nonce)));
                signature.is_ok()
            })
        })
    });
    // They stand in flash, which is not looked at.
    let prescribed = || [&KEY, &PRESCRIBED].map(|secret| deep_down(|| Pattern::of(secret)));
    look.after("signing with a prescribed nonce", &prescribed(), || {
        backend.sign_deterministic(black_box(&KEY), &SAMPLE).is_ok()
    });
    look.after("no nonce to sign with", &[secret(PRIVATE)], || {
        with(PRIVATE, |private| {
            backend.sign(private, &HASH, &mut Once(None)) == Err(Error::Random)
        })
    });
    let agree = |peer: &[u8], seen: &mut dyn FnMut(&[u8; 32])| {
        with(PRIVATE, |private| {
            let mut shared = psa_p256::Zeroizing::new([0; 32]);
            let agreed = backend.agree_into(private, peer, &mut shared);
            seen(&shared);
            agreed
        })
    };
    let mut agreed = None;
    deep_down(|| agree(&peer, &mut |shared| agreed = Some(Pattern::of(shared))).is_ok());
    let Some(agreed) = agreed else {
        return look.after("agreeing on a secret", &[], || false);
    };
    look.after("agreeing on a secret", &[secret(PRIVATE), agreed], || {
        agree(&peer, &mut |_| ()).is_ok()
    });
    look.after("a peer that is no point", &[secret(PRIVATE)], || {
        agree(&[4; 65], &mut |_| ()) == Err(Error::InvalidPublicKey)
    });
}
