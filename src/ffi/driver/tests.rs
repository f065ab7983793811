//! The six functions as C calls them. Every vector is a block of its own that is as long as is said, so that
//! `AddressSanitizer` sees each access beyond it.
extern crate std;

use core::ptr;
use std::boxed::Box;
use std::vec;
use std::vec::Vec;

use super::*;
use crate::ffi::enter;

/// RFC 6979, A.2.5.
const SCALAR: &str = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
const POINT: &str = "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6\
                     7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
/// SHA-256 of "sample", and its signature there.
const HASH: &str = "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf";
const SIGNATURE: &str = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716\
                         f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";
/// RFC 5903, 8.1: the initiator's scalar, the responder's point, and what they agree on.
const INITIATOR: &str = "c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433";
const RESPONDER: &str = "04d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63\
                         56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab";
const SHARED: &str = "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de";
/// The order of the curve (SEC 2, 2.4.2).
const ORDER: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

type Made = Result<Vec<u8>, psa_status_t>;

const TOO_SMALL: Made = Err(sys::PSA_ERROR_BUFFER_TOO_SMALL);
const NOT_SUPPORTED: Made = Err(sys::PSA_ERROR_NOT_SUPPORTED);
const INVALID: Made = Err(sys::PSA_ERROR_INVALID_ARGUMENT);

fn hex(text: &str) -> Box<[u8]> {
    let digits = |at| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digits).collect()
}

fn changed(text: &str, at: usize) -> Box<[u8]> {
    let mut bytes = hex(text);
    bytes[at] ^= 1;
    bytes
}

/// Pointer and length; the pointer of nothing is null, as C may say it.
fn parts(bytes: &[u8]) -> (*const u8, usize) {
    let start = if bytes.is_empty() {
        ptr::null()
    } else {
        bytes.as_ptr()
    };
    (start, bytes.len())
}

fn attributes(key_type: sys::psa_key_type_t, bits: usize) -> psa_key_attributes_t {
    // SAFETY: writes to attributes of this function.
    unsafe {
        let mut attributes = sys::psa_key_attributes_init();
        sys::psa_set_key_type(&raw mut attributes, key_type);
        sys::psa_set_key_bits(&raw mut attributes, bits);
        attributes
    }
}

/// What a function makes that is given so much room.
fn made(room: usize, call: impl FnOnce(*mut u8, usize, *mut usize) -> psa_status_t) -> Made {
    let mut bytes = vec![0; room].into_boxed_slice();
    let mut len = usize::MAX;
    match call(bytes.as_mut_ptr(), room, &raw mut len) {
        SUCCESS => Ok(bytes[..len].to_vec()),
        status => Err(status),
    }
}

fn import(key_type: sys::psa_key_type_t, data: &[u8], given: usize, room: usize) -> Made {
    let attributes = attributes(key_type, given);
    let (start, len) = parts(data);
    let mut bits = given;
    let key = made(room, |key, size, key_len| {
        let (attributes, bits) = (&raw const attributes, &raw mut bits);
        // SAFETY: vectors of as many bytes as are said, and values of this function.
        unsafe { p256_transparent_import_key(attributes, start, len, key, size, key_len, bits) }
    });
    assert!(key.is_err() || bits == BITS);
    key
}

fn public(key_type: sys::psa_key_type_t, bits: usize, key: &[u8], room: usize) -> Made {
    let attributes = attributes(key_type, bits);
    let (key, key_len) = parts(key);
    made(room, |data, size, len| {
        let attributes = &raw const attributes;
        // SAFETY: as for `import`.
        unsafe { p256_transparent_export_public_key(attributes, key, key_len, data, size, len) }
    })
}

fn generate(room: usize) -> Made {
    let attributes = attributes(KEY_PAIR, BITS);
    made(room, |key, size, len| {
        // SAFETY: as for `import`.
        unsafe { p256_transparent_generate_key(&raw const attributes, key, size, len) }
    })
}

fn agree(key: &[u8], peer: &[u8], room: usize) -> Made {
    let attributes = attributes(KEY_PAIR, BITS);
    let ((key, key_len), (peer, peer_len)) = (parts(key), parts(peer));
    made(room, |secret, size, len| {
        let (attributes, ecdh) = (&raw const attributes, sys::PSA_ALG_ECDH);
        // SAFETY: as for `import`.
        unsafe {
            p256_transparent_key_agreement(
                attributes, key, key_len, ecdh, peer, peer_len, secret, size, len,
            )
        }
    })
}

fn sign(key: &[u8], hash: &[u8], room: usize) -> Made {
    let attributes = attributes(KEY_PAIR, BITS);
    let ((key, key_len), (hash, hash_len)) = (parts(key), parts(hash));
    made(room, |signature, size, len| {
        let attributes = &raw const attributes;
        // SAFETY: as for `import`. The algorithm is not looked at.
        unsafe {
            p256_transparent_sign_hash(
                attributes, key, key_len, 0, hash, hash_len, signature, size, len,
            )
        }
    })
}

fn verify(key_type: sys::psa_key_type_t, key: &[u8], hash: &[u8], signature: &[u8]) -> i32 {
    let attributes = attributes(key_type, BITS);
    let ((key, key_len), (hash, hash_len)) = (parts(key), parts(hash));
    let (signature, len) = parts(signature);
    // SAFETY: as for `sign`.
    unsafe {
        p256_transparent_verify_hash(
            &raw const attributes,
            key,
            key_len,
            0,
            hash,
            hash_len,
            signature,
            len,
        )
    }
}

#[test]
fn a_key_is_imported_as_it_is_or_refused() {
    let (scalar, point) = (hex(SCALAR), hex(POINT));
    for given in [0, BITS] {
        for (key_type, key) in [(KEY_PAIR, &scalar), (PUBLIC_KEY, &point)] {
            assert_eq!(import(key_type, key, given, key.len()), Ok(key.to_vec()));
            assert_eq!(import(key_type, key, given, key.len() - 1), TOO_SMALL);
            assert_eq!(import(key_type, key, 384, 48), NOT_SUPPORTED);
            // Without a size it may be a key of another curve.
            let other = if given == 0 { NOT_SUPPORTED } else { INVALID };
            for len in [0, 1, key.len() - 1] {
                let cut: Box<[u8]> = key[..len].into();
                assert_eq!(import(key_type, &cut, given, 65), other, "{len}");
            }
        }
        for wrong in [&hex(ORDER)[..], &[0; 32], &[0xff; 32]] {
            assert_eq!(import(KEY_PAIR, wrong, given, 32), INVALID);
        }
        for at in [0, 1, 64] {
            assert_eq!(import(PUBLIC_KEY, &changed(POINT, at), given, 65), INVALID);
        }
        const RSA: sys::psa_key_type_t = 0x7001;
        assert_eq!(import(RSA, &scalar, given, 32), NOT_SUPPORTED);
    }
}

#[test]
fn the_public_key_is_that_of_the_rfc() {
    let (scalar, point) = (hex(SCALAR), hex(POINT));
    assert_eq!(public(KEY_PAIR, BITS, &scalar, 65), Ok(point.to_vec()));
    assert_eq!(public(KEY_PAIR, BITS, &scalar, 64), TOO_SMALL);
    assert_eq!(public(KEY_PAIR, 384, &scalar, 65), NOT_SUPPORTED);
    assert_eq!(public(PUBLIC_KEY, BITS, &point, 65), NOT_SUPPORTED);
    for wrong in [&[][..], &scalar[..31], &hex(ORDER)] {
        let wrong: Box<[u8]> = wrong.into();
        assert_eq!(public(KEY_PAIR, BITS, &wrong, 65), INVALID);
    }
}

#[test]
fn a_generated_key_is_one_and_each_is_another() {
    let _entered = enter().unwrap();
    let (key, other) = (generate(32).unwrap(), generate(32).unwrap());
    assert_ne!(key, other);
    assert_eq!(import(KEY_PAIR, &key, BITS, 32), Ok(key));
    assert_eq!(generate(31), TOO_SMALL);
}

#[test]
fn a_secret_is_agreed_on_with_a_point_of_the_curve_alone() {
    let (key, peer) = (hex(INITIATOR), hex(RESPONDER));
    assert_eq!(agree(&key, &peer, 32), Ok(hex(SHARED).to_vec()));
    assert_eq!(agree(&key, &peer, 31), TOO_SMALL);
    for at in [0, 1, 64] {
        assert_eq!(agree(&key, &changed(RESPONDER, at), 32), INVALID);
    }
    for len in [0, 1, 64] {
        let cut: Box<[u8]> = peer[..len].into();
        assert_eq!(agree(&key, &cut, 32), INVALID);
    }
    for wrong in [&[][..], &key[..31], &hex(ORDER)] {
        let wrong: Box<[u8]> = wrong.into();
        assert_eq!(agree(&wrong, &peer, 32), INVALID);
    }
}

#[test]
fn a_signature_verifies_and_what_is_none_is_refused() {
    let _entered = enter().unwrap();
    let (scalar, point) = (hex(SCALAR), hex(POINT));
    let (hash, known) = (hex(HASH), hex(SIGNATURE));
    let refused = sys::PSA_ERROR_INVALID_SIGNATURE;
    for (key_type, key) in [(KEY_PAIR, &scalar), (PUBLIC_KEY, &point)] {
        assert_eq!(verify(key_type, key, &hash, &known), SUCCESS);
        for at in 0..64 {
            let wrong = changed(SIGNATURE, at);
            assert_eq!(verify(key_type, key, &hash, &wrong), refused);
        }
        assert_eq!(verify(key_type, key, &changed(HASH, 0), &known), refused);
        for len in [0, 1, 63] {
            let cut: Box<[u8]> = known[..len].into();
            assert_eq!(verify(key_type, key, &hash, &cut), refused, "{len}");
        }
        let cut: Box<[u8]> = key[..key.len() - 1].into();
        let invalid = sys::PSA_ERROR_INVALID_ARGUMENT;
        assert_eq!(verify(key_type, &cut, &hash, &known), invalid);
    }
    // The hashes that there are, and none.
    for len in [0, 1, 20, 28, 32, 48, 64] {
        let hash: Box<[u8]> = vec![0xfe; len].into();
        let signature = sign(&scalar, &hash, 64).unwrap().into_boxed_slice();
        assert_eq!(verify(PUBLIC_KEY, &point, &hash, &signature), SUCCESS);
    }
    assert_eq!(sign(&scalar, &hash, 63), TOO_SMALL);
    assert_eq!(sign(&hex(ORDER), &hash, 64), INVALID);
}
