//! Keys and algorithms for symmetric cryptography: everything that a build with `full` has.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use psa::{Aead, Algorithm, Attributes, Cipher, Hash, Key, KeyType, Mac, TagLength, Usage};

/// A key that may do everything with this algorithm.
pub fn key(key_type: KeyType, algorithm: impl Into<Algorithm>, bytes: &[u8]) -> Key {
    psa::init().expect("the provider starts");
    let usage = Usage::ENCRYPT | Usage::DECRYPT | Usage::SIGN_MESSAGE | Usage::VERIFY_MESSAGE;
    let attributes = Attributes::new(key_type, 0)
        .usage(usage)
        .algorithm(algorithm.into());
    Key::import(attributes, bytes).expect("a key")
}

pub fn length(bytes: usize) -> TagLength {
    TagLength::new(bytes).expect("a length")
}

pub const HASHES: [Hash; 11] = [
    Hash::Md5,
    Hash::Ripemd160,
    Hash::Sha1,
    Hash::Sha224,
    Hash::Sha256,
    Hash::Sha384,
    Hash::Sha512,
    Hash::Sha3_224,
    Hash::Sha3_256,
    Hash::Sha3_384,
    Hash::Sha3_512,
];

/// Block ciphers of 16 bytes, by type and length of the key in bytes.
pub const BLOCK_CIPHERS: [(KeyType, usize); 9] = [
    (KeyType::Aes, 16),
    (KeyType::Aes, 24),
    (KeyType::Aes, 32),
    (KeyType::Aria, 16),
    (KeyType::Aria, 24),
    (KeyType::Aria, 32),
    (KeyType::Camellia, 16),
    (KeyType::Camellia, 24),
    (KeyType::Camellia, 32),
];

/// MACs, with the type and length of their key.
pub fn macs() -> Vec<(KeyType, usize, Mac)> {
    let mut macs = Vec::new();
    for hash in HASHES {
        macs.push((KeyType::Hmac, 33, Mac::Hmac(hash)));
        macs.push((KeyType::Hmac, 200, Mac::Hmac(hash).truncated(length(10))));
    }
    // Of CMAC, Mbed TLS has AES and triple DES.
    for (key_type, len) in [
        (KeyType::Aes, 16),
        (KeyType::Aes, 24),
        (KeyType::Aes, 32),
        (KeyType::Des, 24),
    ] {
        macs.push((key_type, len, Mac::Cmac));
        macs.push((key_type, len, Mac::Cmac.truncated(length(4))));
    }
    macs
}

/// Ciphers, with the type and length of their key, and of their blocks.
pub fn ciphers() -> Vec<(KeyType, usize, Cipher)> {
    let mut ciphers = vec![(KeyType::ChaCha20, 32, Cipher::StreamCipher)];
    for (key_type, len) in BLOCK_CIPHERS {
        for cipher in [
            Cipher::Ctr,
            Cipher::Cfb,
            Cipher::CbcNoPadding,
            Cipher::CbcPkcs7,
            Cipher::EcbNoPadding,
        ] {
            ciphers.push((key_type, len, cipher));
        }
        if key_type == KeyType::Aes {
            ciphers.push((key_type, len, Cipher::Ofb));
            ciphers.push((key_type, len, Cipher::CcmStarNoTag));
        }
    }
    for len in [8, 16, 24] {
        for cipher in [Cipher::CbcNoPadding, Cipher::CbcPkcs7, Cipher::EcbNoPadding] {
            ciphers.push((KeyType::Des, len, cipher));
        }
    }
    ciphers
}

/// Authenticated ciphers, with the type and length of their key and a length of their nonce.
pub fn aeads() -> Vec<(KeyType, usize, Aead, usize)> {
    let mut aeads = vec![(KeyType::ChaCha20, 32, Aead::ChaCha20Poly1305, 12)];
    for (key_type, len) in BLOCK_CIPHERS {
        for (aead, nonce) in [
            (Aead::Gcm, 12),
            (Aead::Gcm, 60),
            (Aead::Gcm.with_tag_length(length(4)), 8),
            (Aead::Ccm, 13),
            (Aead::Ccm, 7),
            (Aead::Ccm.with_tag_length(length(4)), 11),
        ] {
            aeads.push((key_type, len, aead, nonce));
        }
    }
    aeads
}

/// Whether the algorithm must know the lengths before the nonce.
pub fn needs_lengths(aead: Aead) -> bool {
    aead == Aead::Ccm || matches!(aead, Aead::Shortened(psa::AeadKind::Ccm, _))
}

pub fn block_len(key_type: KeyType) -> usize {
    psa::sizes::block_cipher_block_length(key_type)
}

pub fn takes_whole_blocks_only(cipher: Cipher) -> bool {
    matches!(cipher, Cipher::CbcNoPadding | Cipher::EcbNoPadding)
}

/// Bytes that repeat late, different for each number.
pub fn bytes(number: u8, len: usize) -> Vec<u8> {
    (0..len)
        .map(|i| (i.wrapping_mul(7) ^ (i >> 8)).to_le_bytes()[0].wrapping_add(number))
        .collect()
}
