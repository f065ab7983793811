//! The glue: keys that are imported and exported, and their files, through Mbed TLS's PSA core and the driver.

use crate::{Case, ffi, public, secret};
use psa::{Algorithm, Attributes, Curve, Hash, Key, KeyAgreement, Sign, Usage};
use std::ops::Range;

const ALL: Usage = Usage::EXPORT
    .union(Usage::SIGN)
    .union(Usage::VERIFY)
    .union(Usage::DERIVE);
const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);
/// Where SEC1 and PKCS#8 of a P-256 key have the scalar (RFC 5915, RFC 5958).
const IN_SEC1: Range<usize> = 7..39;
const IN_PKCS8: Range<usize> = 36..68;

/// A private key that is no secret: what is made of it unmarked is what must come out of it marked.
fn scalar() -> [u8; 32] {
    core::array::from_fn(|place| (place * 73 + 41).to_le_bytes()[0])
}

fn attributes(algorithm: impl Into<Algorithm>) -> Attributes {
    Attributes::ecc_key_pair(Curve::P256)
        .usage(ALL)
        .algorithm(algorithm.into())
}

/// A key whose bytes are marked, in the key store.
fn marked(algorithm: impl Into<Algorithm>) -> Key {
    Key::import(attributes(algorithm), &secret(&scalar())).expect("a key")
}

/// The same key, as nobody minds who sees it.
fn plain(algorithm: impl Into<Algorithm>) -> Key {
    Key::import(attributes(algorithm), &scalar()).expect("a key")
}

fn is_the_key(key: &Key) -> bool {
    public(key.export().expect("exportable").to_vec()) == scalar()
}

/// The characters of a PEM that hold nothing but bits of `bytes`, line by line.
fn characters(pem: &str, bytes: &Range<usize>) -> Vec<Range<usize>> {
    let body = bytes.start.div_ceil(3) * 4..bytes.end / 3 * 4;
    let begin = pem.find('\n').expect("lines") + 1;
    // A line feed stands after each 64 of them.
    (body.start / 64..=body.end / 64)
        .map(|line| {
            let line_of_body = line * 64..(line + 1) * 64;
            let start = body.start.max(line_of_body.start) + begin + line;
            start..body.end.min(line_of_body.end) + begin + line
        })
        .collect()
}

/// Reads a PEM in which the scalar is marked.
fn import_pem(pem: &str, bytes: &Range<usize>) {
    let places = characters(pem, bytes);
    assert_eq!(places.iter().map(Range::len).sum::<usize>(), 40);
    let mut pem = pem.as_bytes().to_vec();
    for place in places {
        ffi::mark(&mut pem[place]);
    }
    let key = Key::import_pem(Attributes::from_file().usage(ALL), &pem[..]).expect("a key");
    assert!(is_the_key(&key));
}

fn import_der(der: &[u8], bytes: Range<usize>) {
    let mut der = der.to_vec();
    assert_eq!(der[bytes.clone()], scalar());
    ffi::mark(&mut der[bytes]);
    let key = Key::import_der(Attributes::from_file().usage(ALL), &der[..]).expect("a key");
    assert!(is_the_key(&key));
}

pub const CASES: &[Case] = &[
    Case {
        name: "importing and exporting a key",
        run: || {
            assert!(is_the_key(&marked(ECDSA)));
            let mut buffer = [0; 64];
            let key = marked(ECDSA);
            let exported = key.export_into(&mut buffer).expect("exportable");
            assert_eq!(public(exported.to_vec()), scalar());
        },
    },
    Case {
        name: "exporting a public key",
        run: || {
            let point = marked(ECDSA).export_public().expect("a point");
            assert_eq!(*point, *plain(ECDSA).export_public().expect("a point"));
        },
    },
    Case {
        name: "signing by the PSA core",
        run: || {
            let key = marked(ECDSA);
            let signature = key.sign_message(ECDSA, b"message").expect("a signature");
            let verified = plain(ECDSA).verify_message(ECDSA, b"message", &signature);
            assert_eq!(verified, Ok(()));
            let request = key.csr("CN=device-0001").expect("a request").to_pem();
            assert!(request.is_ok());
        },
    },
    Case {
        name: "agreeing on a secret by the PSA core",
        run: || {
            let ecdh = KeyAgreement::Ecdh;
            let peer = Key::generate(Attributes::ecc_key_pair(Curve::P256)).expect("a key");
            let peer = peer.export_public().expect("a point");
            let agreed = |key: Key| {
                let shared = key.raw_key_agreement(ecdh, &peer).expect("agreed");
                public(shared.to_vec())
            };
            assert_eq!(agreed(marked(ecdh)), agreed(plain(ecdh)));
        },
    },
    Case {
        name: "writing SEC1 and PKCS#8",
        run: || {
            let (key, plain) = (marked(ECDSA), plain(ECDSA));
            let sec1 = key.private_key_der().expect("SEC1").to_vec();
            assert_eq!(public(sec1), *plain.private_key_der().expect("SEC1"));
            let pkcs8 = key.private_key_pkcs8_der().expect("PKCS#8").to_vec();
            assert_eq!(
                public(pkcs8),
                *plain.private_key_pkcs8_der().expect("PKCS#8")
            );
        },
    },
    Case {
        name: "writing PEM of both",
        run: || {
            let (key, plain) = (marked(ECDSA), plain(ECDSA));
            let expected = plain.private_key_pem().expect("PEM");
            let pem = key.private_key_pem().expect("PEM");
            assert_eq!(public(pem.as_bytes().to_vec()), expected.as_bytes());
            let mut buffer = [0; 512];
            let pem = key.private_key_pem_into(&mut buffer).expect("PEM");
            assert_eq!(public(pem.as_bytes().to_vec()), expected.as_bytes());
            drop(pem);
            let expected = plain.private_key_pkcs8_pem().expect("PEM");
            let pem = key.private_key_pkcs8_pem().expect("PEM");
            assert_eq!(public(pem.as_bytes().to_vec()), expected.as_bytes());
        },
    },
    Case {
        name: "reading SEC1 and PKCS#8",
        run: || {
            let plain = plain(ECDSA);
            import_der(&plain.private_key_der().expect("SEC1"), IN_SEC1);
            import_der(&plain.private_key_pkcs8_der().expect("PKCS#8"), IN_PKCS8);
        },
    },
    Case {
        name: "reading PEM of both",
        run: || {
            let plain = plain(ECDSA);
            import_pem(&plain.private_key_pem().expect("PEM"), &IN_SEC1);
            import_pem(&plain.private_key_pkcs8_pem().expect("PEM"), &IN_PKCS8);
        },
    },
];
