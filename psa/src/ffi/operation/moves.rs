//! The structs of Mbed TLS may be moved between any two steps, which `Place` relies on where they stand in a Rust value: after
//! each step the struct is copied to another place, and where it was is overwritten.

extern crate std;
use super::super::c;
use crate::{Aead, Algorithm, Attributes, Cipher, Hash, Key, KeyType, Mac, Usage};
use core::mem::MaybeUninit;
use core::ptr;
use std::{boxed::Box, vec, vec::Vec};

/// An operation that never stands twice in one place: none is freed before the end.
struct Wandering<T>(Vec<Box<MaybeUninit<T>>>);

impl<T> Wandering<T> {
    fn new() -> Self {
        Self(vec![Box::new(MaybeUninit::zeroed())])
    }

    /// One step in a new place.
    fn step(&mut self, call: impl FnOnce(*mut T) -> i32) {
        let old = self.0.last_mut().expect("a place").as_mut_ptr();
        let mut new = Box::new(MaybeUninit::uninit());
        // SAFETY: both places have room for one struct, the old one has been zeroed or set up, and they are different ones.
        unsafe {
            ptr::copy_nonoverlapping(old, new.as_mut_ptr(), 1);
            ptr::write_bytes(old, 0xa5, 1);
        }
        assert_eq!(call(new.as_mut_ptr()), 0);
        self.0.push(new);
    }
}

const FIRST: &[u8] = b"a first part that is longer than one block of a cipher";
const SECOND: &[u8] = b"and a second";

fn whole() -> Vec<u8> {
    [FIRST, SECOND].concat()
}

fn key(key_type: KeyType, algorithm: impl Into<Algorithm>) -> Key {
    crate::init().unwrap();
    let usage = Usage::ENCRYPT | Usage::SIGN_MESSAGE;
    let attributes = Attributes::new(key_type, 256);
    Key::generate(attributes.usage(usage).algorithm(algorithm.into())).unwrap()
}

#[test]
fn hashes() {
    crate::init().unwrap();
    for hash in [
        Hash::Md5,
        Hash::Ripemd160,
        Hash::Sha1,
        Hash::Sha224,
        Hash::Sha256,
        Hash::Sha384,
        Hash::Sha512,
        Hash::Sha3_256,
    ] {
        let (mut output, mut len) = ([0; 64], 0);
        let mut operation = Wandering::<c::psa_hash_operation_t>::new();
        // SAFETY: the operation is zeroed or set up, each pointer and length describe one slice, `len` lives through the call.
        unsafe {
            operation.step(|op| c::psa_hash_setup(op, hash.to_raw()));
            operation.step(|op| c::psa_hash_update(op, FIRST.as_ptr(), FIRST.len()));
            operation.step(|op| c::psa_hash_update(op, SECOND.as_ptr(), SECOND.len()));
            operation.step(|op| c::psa_hash_finish(op, output.as_mut_ptr(), 64, &raw mut len));
        }
        assert_eq!(output[..len], hash.compute_vec(&whole()).unwrap());
    }
}

#[test]
fn macs() {
    for (key_type, mac) in [
        (KeyType::Hmac, Mac::Hmac(Hash::Sha256)),
        (KeyType::Hmac, Mac::Hmac(Hash::Sha512)),
        (KeyType::Hmac, Mac::Hmac(Hash::Sha3_256)),
        (KeyType::Aes, Mac::Cmac),
    ] {
        let key = key(key_type, mac);
        let (mut output, mut len) = ([0; 64], 0);
        let mut operation = Wandering::<c::psa_mac_operation_t>::new();
        // SAFETY: as for hashes.
        unsafe {
            operation.step(|op| c::psa_mac_sign_setup(op, key.id().to_raw(), mac.to_raw()));
            operation.step(|op| c::psa_mac_update(op, FIRST.as_ptr(), FIRST.len()));
            operation.step(|op| c::psa_mac_update(op, SECOND.as_ptr(), SECOND.len()));
            operation.step(|op| c::psa_mac_sign_finish(op, output.as_mut_ptr(), 64, &raw mut len));
        }
        assert_eq!(output[..len], key.compute_mac(mac, &whole()).unwrap());
    }
}

#[test]
fn ciphers() {
    for (key_type, cipher, iv) in [
        (KeyType::ChaCha20, Cipher::StreamCipher, 12),
        (KeyType::Aes, Cipher::Ctr, 16),
        (KeyType::Aes, Cipher::CbcPkcs7, 16),
        (KeyType::Aria, Cipher::Cfb, 16),
        (KeyType::Camellia, Cipher::Ctr, 16),
        (KeyType::Aes, Cipher::CcmStarNoTag, 13),
    ] {
        let usage = Usage::ENCRYPT | Usage::DECRYPT;
        let attributes = Attributes::new(key_type, 256).usage(usage);
        crate::init().unwrap();
        let key = Key::generate(attributes.algorithm(cipher.into())).unwrap();
        let (mut output, mut done, mut len) = ([0; 128], iv, 0);
        let mut operation = Wandering::<c::psa_cipher_operation_t>::new();
        // SAFETY: as for hashes.
        unsafe {
            operation
                .step(|op| c::psa_cipher_encrypt_setup(op, key.id().to_raw(), cipher.to_raw()));
            operation
                .step(|op| c::psa_cipher_generate_iv(op, output.as_mut_ptr(), iv, &raw mut len));
            for part in [FIRST, SECOND] {
                let rest = &mut output[done..];
                operation.step(|op| {
                    let (data, size) = (rest.as_mut_ptr(), rest.len());
                    c::psa_cipher_update(op, part.as_ptr(), part.len(), data, size, &raw mut len)
                });
                done += len;
            }
            let rest = &mut output[done..];
            operation
                .step(|op| c::psa_cipher_finish(op, rest.as_mut_ptr(), rest.len(), &raw mut len));
        }
        let decrypted = key.decrypt(cipher, &output[..done + len]).unwrap();
        assert_eq!(decrypted, whole(), "{cipher:?}");
    }
}

#[test]
fn authenticated_ciphers() {
    for (key_type, aead) in [
        (KeyType::ChaCha20, Aead::ChaCha20Poly1305),
        (KeyType::Aes, Aead::Gcm),
        (KeyType::Aes, Aead::Ccm),
        (KeyType::Aria, Aead::Gcm),
        (KeyType::Camellia, Aead::Ccm),
    ] {
        let key = key(key_type, aead);
        let nonce = [7; 12];
        let (mut output, mut done, mut len) = ([0; 128], 0, 0);
        let (mut tag, mut tag_len) = ([0; 16], 0);
        let mut operation = Wandering::<c::psa_aead_operation_t>::new();
        // SAFETY: as for hashes.
        unsafe {
            operation.step(|op| c::psa_aead_encrypt_setup(op, key.id().to_raw(), aead.to_raw()));
            operation.step(|op| c::psa_aead_set_lengths(op, SECOND.len(), whole().len()));
            operation.step(|op| c::psa_aead_set_nonce(op, nonce.as_ptr(), nonce.len()));
            operation.step(|op| c::psa_aead_update_ad(op, SECOND.as_ptr(), 3));
            operation.step(|op| c::psa_aead_update_ad(op, SECOND[3..].as_ptr(), SECOND.len() - 3));
            for part in [FIRST, SECOND] {
                let rest = &mut output[done..];
                operation.step(|op| {
                    let (data, size) = (rest.as_mut_ptr(), rest.len());
                    c::psa_aead_update(op, part.as_ptr(), part.len(), data, size, &raw mut len)
                });
                done += len;
            }
            operation.step(|op| {
                c::psa_aead_finish(
                    op,
                    output[done..].as_mut_ptr(),
                    0,
                    &raw mut len,
                    tag.as_mut_ptr(),
                    tag.len(),
                    &raw mut tag_len,
                )
            });
        }
        let sealed = key.aead_encrypt(aead, &nonce, SECOND, &whole()).unwrap();
        assert_eq!(
            [&output[..done], &tag[..tag_len]].concat(),
            sealed,
            "{aead:?}"
        );
    }
}
