//! psa-p256: scalars, nonces, and what its back end for a host makes of them.

use crate::{Case, ffi, public, secret};
use psa_p256::rand_core::{TryCryptoRng, TryRng};
use psa_p256::{Backend, Error};
use std::convert::Infallible;

/// The order of the curve (NIST SP 800-186, 3.2.1.3).
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];

/// A private key with its public key and a signature (RFC 6979, A.2.5: "sample" with SHA-256), and that nonce.
const PRIVATE: [u8; 32] = [
    0xc9, 0xaf, 0xa9, 0xd8, 0x45, 0xba, 0x75, 0x16, 0x6b, 0x5c, 0x21, 0x57, 0x67, 0xb1, 0xd6, 0x93,
    0x4e, 0x50, 0xc3, 0xdb, 0x36, 0xe8, 0x9b, 0x12, 0x7b, 0x8a, 0x62, 0x2b, 0x12, 0x0f, 0x67, 0x21,
];
const PUBLIC_X: [u8; 32] = [
    0x60, 0xfe, 0xd4, 0xba, 0x25, 0x5a, 0x9d, 0x31, 0xc9, 0x61, 0xeb, 0x74, 0xc6, 0x35, 0x6d, 0x68,
    0xc0, 0x49, 0xb8, 0x92, 0x3b, 0x61, 0xfa, 0x6c, 0xe6, 0x69, 0x62, 0x2e, 0x60, 0xf2, 0x9f, 0xb6,
];
const HASH: [u8; 32] = [
    0xaf, 0x2b, 0xdb, 0xe1, 0xaa, 0x9b, 0x6e, 0xc1, 0xe2, 0xad, 0xe1, 0xd6, 0x94, 0xf4, 0x1f, 0xc7,
    0x1a, 0x83, 0x1d, 0x02, 0x68, 0xe9, 0x89, 0x15, 0x62, 0x11, 0x3d, 0x8a, 0x62, 0xad, 0xd1, 0xbf,
];
const NONCE: [u8; 32] = [
    0xa6, 0xe3, 0xc5, 0x7d, 0xd0, 0x1a, 0xbe, 0x90, 0x08, 0x65, 0x38, 0x39, 0x83, 0x55, 0xdd, 0x4c,
    0x3b, 0x17, 0xaa, 0x87, 0x33, 0x82, 0xb0, 0xf2, 0x4d, 0x61, 0x29, 0x49, 0x3d, 0x8a, 0xad, 0x60,
];
const R: [u8; 32] = [
    0xef, 0xd4, 0x8b, 0x2a, 0xac, 0xb6, 0xa8, 0xfd, 0x11, 0x40, 0xdd, 0x9c, 0xd4, 0x5e, 0x81, 0xd6,
    0x9d, 0x2c, 0x87, 0x7b, 0x56, 0xaa, 0xf9, 0x91, 0xc3, 0x4d, 0x0e, 0xa8, 0x4e, 0xaf, 0x37, 0x16,
];

/// Near the ends of the range, and with long runs of equal bits; the last ones are no scalars.
fn edges() -> [([u8; 32], bool); 10] {
    let with_end = |mut bytes: [u8; 32], end: u8| {
        bytes[31] = end;
        bytes
    };
    let mut run = [0; 32];
    run[..4].fill(0xff);
    [
        (with_end([0; 32], 1), true),
        (with_end([0; 32], 2), true),
        (with_end(ORDER, 0x50), true),
        (with_end(ORDER, 0x4f), true),
        (run, true),
        ([0x7f; 32], true),
        (PRIVATE, true),
        ([0; 32], false),
        (ORDER, false),
        ([0xff; 32], false),
    ]
}

/// Gives what it was told to, marked.
struct Marked<'a>(&'a [[u8; 32]]);

impl TryRng for Marked<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("nobody asks for numbers")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("nobody asks for numbers")
    }

    fn try_fill_bytes(&mut self, output: &mut [u8]) -> Result<(), Infallible> {
        let (first, rest) = self.0.split_first().expect("bytes that were prepared");
        output.copy_from_slice(first);
        ffi::mark(output);
        self.0 = rest;
        Ok(())
    }
}

impl TryCryptoRng for Marked<'_> {}

pub const CASES: &[Case] = &[
    Case {
        name: "checking a private key",
        run: || {
            for (scalar, valid) in edges() {
                let expected = valid.then_some(()).ok_or(Error::InvalidPrivateKey);
                assert_eq!(psa_p256::check_private_key(&secret(&scalar)), expected);
            }
        },
    },
    Case {
        name: "drawing a private key",
        run: || {
            let mut private = [0; 32];
            // The first draw is rejected, and that may be seen.
            let mut draws = Marked(&[[0xff; 32], PRIVATE]);
            psa_p256::generate(&mut private, &mut draws).expect("a scalar");
            assert_eq!(public(private), PRIVATE);
        },
    },
    Case {
        name: "computing a public key",
        run: || {
            for backend in Backend::available() {
                for (scalar, valid) in edges() {
                    let point = backend.public_key(&secret(&scalar));
                    assert_eq!(point.is_ok(), valid);
                    if scalar == PRIVATE {
                        assert_eq!(point.expect("a point")[1..33], PUBLIC_X);
                    }
                }
            }
        },
    },
    Case {
        name: "signing",
        run: || {
            for backend in Backend::available() {
                let point = backend.public_key(&PRIVATE).expect("a point");
                for (nonce, valid) in edges() {
                    let draws = [nonce, NONCE];
                    let signature = backend
                        .sign(&secret(&PRIVATE), &HASH, &mut Marked(&draws))
                        .expect("a signature");
                    assert_eq!(backend.verify(&point, &HASH, &signature), Ok(()));
                    assert_eq!(signature[..32] == R, !valid);
                }
                for (scalar, valid) in edges() {
                    let signature = backend.sign(&secret(&scalar), &HASH, &mut Marked(&[NONCE]));
                    assert_eq!(signature.is_ok(), valid);
                }
            }
        },
    },
    Case {
        name: "signing with the nonce of RFC 6979",
        run: || {
            for backend in Backend::available() {
                for (scalar, valid) in edges() {
                    let signature = backend.sign_deterministic(&secret(&scalar), &HASH);
                    assert_eq!(signature.is_ok(), valid);
                    if scalar == PRIVATE {
                        assert_eq!(signature.expect("a signature")[..32], R);
                    }
                }
            }
        },
    },
    Case {
        name: "agreeing on a secret",
        run: || {
            for backend in Backend::available() {
                let peer = backend.public_key(&NONCE).expect("a point");
                for (scalar, valid) in edges() {
                    let agreed = backend.agree(&secret(&scalar), &peer);
                    assert_eq!(agreed.is_ok(), valid);
                    let Ok(agreed) = agreed else { continue };
                    let own = backend.public_key(&scalar).expect("a point");
                    let other = backend.agree(&NONCE, &own).expect("agreed");
                    assert_eq!(public(*agreed), *other);
                }
            }
        },
    },
];
