//! psa-p256 with each of its back ends.
use crate::look::{Look, secret, with};
use crate::numbers::Once;
use firmware_common::ram::{Pattern, deep_down};
use psa_p256::{Backend, Error};

const HASH: [u8; 32] = [0x42; 32];
/// Secrets by their numbers: a private key, a nonce, and another private key.
const PRIVATE: u32 = 1;
const NONCE: u32 = 2;
const OTHER: u32 = 3;

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
