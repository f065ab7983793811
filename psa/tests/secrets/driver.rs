//! The driver for P-256 by itself: it is told its nonces, so that they too can be looked for.

use super::{Pattern, deep_down, found, scalar, words};
use psa_p256::rand_core::{TryCryptoRng, TryRng};
use psa_p256::{Backend, Error, Zeroizing};

const NAMES: [&str; 2] = ["a word", "a word of a number"];
const HASH: [u8; 32] = [0x42; 32];

/// Another secret, made when it is needed.
fn nonce() -> Zeroizing<[u8; 32]> {
    let mut nonce = scalar();
    nonce.iter_mut().for_each(|byte| *byte ^= 0x17);
    nonce
}

/// Gives the nonce once, and then fails.
struct Once(bool);

#[derive(Debug)]
struct Empty;

impl std::fmt::Display for Empty {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("no more bytes")
    }
}

impl std::error::Error for Empty {}

impl TryRng for Once {
    type Error = Empty;

    fn try_next_u32(&mut self) -> Result<u32, Empty> {
        Err(Empty)
    }

    fn try_next_u64(&mut self) -> Result<u64, Empty> {
        Err(Empty)
    }

    fn try_fill_bytes(&mut self, output: &mut [u8]) -> Result<(), Empty> {
        if !std::mem::take(&mut self.0) {
            return Err(Empty);
        }
        output.copy_from_slice(&*nonce());
        Ok(())
    }
}

impl TryCryptoRng for Once {}

pub fn leaves_nothing() {
    let mut secrets = words(NAMES, &scalar());
    secrets.extend(words(NAMES, &nonce()));
    for backend in Backend::available() {
        with_backend(backend, &mut secrets);
    }
}

fn with_backend(backend: Backend, secrets: &mut Vec<Pattern>) {
    let peer = backend.public_key(&[3; 32]).unwrap();
    let agree = |peer: &[u8], shared: &mut [u8; 32]| backend.agree_into(&*scalar(), peer, shared);
    deep_down(|| {
        let mut shared = Zeroizing::new([0; 32]);
        agree(&peer, &mut shared).unwrap();
        secrets.extend(words(NAMES, &shared));
    });
    let check = |what: &str, work: &dyn Fn()| {
        deep_down(work);
        let found = found(secrets);
        assert!(found.is_empty(), "{backend:?}: {what} left {found:?}");
    };
    check("checking", &|| {
        psa_p256::check_private_key(&*scalar()).unwrap();
    });
    check("drawing", &|| {
        let mut private = Zeroizing::new([0; 32]);
        psa_p256::generate(&mut private, &mut Once(true)).unwrap();
    });
    check("a public key", &|| {
        backend.public_key(&*scalar()).unwrap();
    });
    check("signing", &|| {
        backend.sign(&*scalar(), &HASH, &mut Once(true)).unwrap();
    });
    check("no nonce", &|| {
        let refused = backend.sign(&*scalar(), &HASH, &mut Once(false));
        assert_eq!(refused, Err(Error::Random));
    });
    check("agreeing", &|| {
        agree(&peer, &mut Zeroizing::new([0; 32])).unwrap();
    });
    check("a peer that is no point", &|| {
        let refused = agree(&[4; 65], &mut Zeroizing::new([0; 32]));
        assert_eq!(refused, Err(Error::InvalidPublicKey));
    });
}
