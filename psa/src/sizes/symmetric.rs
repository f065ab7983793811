//! Sizes of hashes, MACs, ciphers and authenticated ciphers.

use crate::{Aead, Cipher, Hash, KeyType, Mac};
use tfm_sys as raw;

/// No slice is longer, so no output needs to be counted for a longer input; and no sum below overflows.
const LONGEST: usize = isize::MAX as usize;

const fn input(len: usize) -> usize {
    if len < LONGEST { len } else { LONGEST }
}

/// `PSA_HASH_MAX_SIZE`: bytes of the longest hash.
pub const HASH_MAX_SIZE: usize = raw::PSA_HASH_MAX_SIZE;
/// `PSA_MAC_MAX_SIZE`: bytes of the longest MAC.
pub const MAC_MAX_SIZE: usize = raw::PSA_MAC_MAX_SIZE;
/// `PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE`: bytes of the largest block.
pub const BLOCK_CIPHER_BLOCK_MAX_SIZE: usize = raw::PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE;
/// `PSA_CIPHER_IV_MAX_SIZE`: bytes of the longest initialization vector.
pub const CIPHER_IV_MAX_SIZE: usize = raw::PSA_CIPHER_IV_MAX_SIZE;
/// `PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE`: what is left at the end of any cipher, in bytes.
pub const CIPHER_FINISH_OUTPUT_MAX_SIZE: usize = raw::PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE;
/// `PSA_AEAD_TAG_MAX_SIZE`: bytes of the longest tag.
pub const AEAD_TAG_MAX_SIZE: usize = raw::PSA_AEAD_TAG_MAX_SIZE;
/// `PSA_AEAD_NONCE_MAX_SIZE`: bytes of the longest nonce that is generated.
pub const AEAD_NONCE_MAX_SIZE: usize = raw::PSA_AEAD_NONCE_MAX_SIZE;
/// `PSA_AEAD_FINISH_OUTPUT_MAX_SIZE`: what is left of any ciphertext at the end, in bytes, without the tag.
pub const AEAD_FINISH_OUTPUT_MAX_SIZE: usize = raw::PSA_AEAD_FINISH_OUTPUT_MAX_SIZE;
/// `PSA_AEAD_VERIFY_OUTPUT_MAX_SIZE`: what is left of any plaintext at the end, in bytes.
pub const AEAD_VERIFY_OUTPUT_MAX_SIZE: usize = raw::PSA_AEAD_VERIFY_OUTPUT_MAX_SIZE;

/// `PSA_HASH_LENGTH`: bytes of a hash; 0 for one that the specification does not know.
#[must_use]
pub const fn hash_length(algorithm: Hash) -> usize {
    algorithm.len()
}

/// `PSA_HASH_BLOCK_LENGTH`: bytes that the hash takes at a time, which HMAC is defined by.
#[must_use]
pub const fn hash_block_length(algorithm: Hash) -> usize {
    raw::PSA_HASH_BLOCK_LENGTH(algorithm.to_raw())
}

/// `PSA_BLOCK_CIPHER_BLOCK_LENGTH`: bytes of a block; 1 for a stream cipher, 0 for what is no cipher's key.
#[must_use]
pub const fn block_cipher_block_length(key_type: KeyType) -> usize {
    raw::PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type.to_raw())
}

/// `PSA_MAC_LENGTH`: bytes of a MAC; 0 when key type and algorithm do not belong together.
#[must_use]
pub const fn mac_length(key_type: KeyType, bits: usize, algorithm: Mac) -> usize {
    raw::PSA_MAC_LENGTH(key_type.to_raw(), bits, algorithm.to_raw())
}

/// `PSA_CIPHER_IV_LENGTH`: bytes of the initialization vector; 0 when there is none.
#[must_use]
pub const fn cipher_iv_length(key_type: KeyType, algorithm: Cipher) -> usize {
    raw::PSA_CIPHER_IV_LENGTH(key_type.to_raw(), algorithm.to_raw())
}

/// `PSA_AEAD_NONCE_LENGTH`: bytes of a nonce that is generated; 0 when key type and algorithm do not belong together.
#[must_use]
pub const fn aead_nonce_length(key_type: KeyType, algorithm: Aead) -> usize {
    raw::PSA_AEAD_NONCE_LENGTH(key_type.to_raw(), algorithm.to_raw())
}

/// `PSA_AEAD_TAG_LENGTH`: bytes of the tag; 0 when key type and algorithm do not belong together.
#[must_use]
pub const fn aead_tag_length(key_type: KeyType, bits: usize, algorithm: Aead) -> usize {
    raw::PSA_AEAD_TAG_LENGTH(key_type.to_raw(), bits, algorithm.to_raw())
}

macro_rules! of_key_and_input {
    ($($(#[$doc:meta])* $name:ident($algorithm:ident) = $raw:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// 0 when key type and algorithm do not belong together.
        #[must_use]
        pub const fn $name(key_type: KeyType, algorithm: $algorithm, input_length: usize) -> usize {
            raw::$raw(key_type.to_raw(), algorithm.to_raw(), input(input_length))
        }
    )*};
}

of_key_and_input! {
    /// `PSA_CIPHER_ENCRYPT_OUTPUT_SIZE`: bytes of a ciphertext with its initialization vector before it.
    cipher_encrypt_output_size(Cipher) = PSA_CIPHER_ENCRYPT_OUTPUT_SIZE;
    /// `PSA_CIPHER_DECRYPT_OUTPUT_SIZE`: at most so many bytes has the plaintext of so many bytes with an initialization
    /// vector before them.
    cipher_decrypt_output_size(Cipher) = PSA_CIPHER_DECRYPT_OUTPUT_SIZE;
    /// `PSA_AEAD_ENCRYPT_OUTPUT_SIZE`: bytes of a ciphertext with its tag after it.
    aead_encrypt_output_size(Aead) = PSA_AEAD_ENCRYPT_OUTPUT_SIZE;
    /// `PSA_AEAD_DECRYPT_OUTPUT_SIZE`: bytes of the plaintext of so many bytes with a tag at their end.
    aead_decrypt_output_size(Aead) = PSA_AEAD_DECRYPT_OUTPUT_SIZE;
    /// `PSA_AEAD_UPDATE_OUTPUT_SIZE`: at most so many bytes writes one update.
    aead_update_output_size(Aead) = PSA_AEAD_UPDATE_OUTPUT_SIZE;
}

/// `PSA_CIPHER_UPDATE_OUTPUT_SIZE`: enough for one update, in bytes.
///
/// For CBC with padding it is a block more than in the specification: Mbed TLS 3.6 keeps a whole block back when it decrypts,
/// and wants room for it in the next update, which the macro of its header does not count.
///
/// 0 when key type and algorithm do not belong together.
#[must_use]
pub const fn cipher_update_output_size(
    key_type: KeyType,
    algorithm: Cipher,
    input_length: usize,
) -> usize {
    let (raw_type, number) = (key_type.to_raw(), algorithm.to_raw());
    let size = raw::PSA_CIPHER_UPDATE_OUTPUT_SIZE(raw_type, number, input(input_length));
    match Cipher::from_raw(number) {
        Cipher::CbcPkcs7 => size + block_cipher_block_length(key_type),
        _ => size,
    }
}

/// `PSA_CIPHER_UPDATE_OUTPUT_MAX_SIZE`: enough for one update of any cipher, in bytes, with the block more of
/// [`cipher_update_output_size`].
#[must_use]
pub const fn cipher_update_output_max_size(input_length: usize) -> usize {
    raw::PSA_CIPHER_UPDATE_OUTPUT_MAX_SIZE(input(input_length)) + BLOCK_CIPHER_BLOCK_MAX_SIZE
}

/// `PSA_CIPHER_FINISH_OUTPUT_SIZE`: what is left at the end of a cipher, in bytes.
#[must_use]
pub const fn cipher_finish_output_size(key_type: KeyType, algorithm: Cipher) -> usize {
    raw::PSA_CIPHER_FINISH_OUTPUT_SIZE(key_type.to_raw(), algorithm.to_raw())
}

/// `PSA_AEAD_FINISH_OUTPUT_SIZE`: what is left of the ciphertext at the end, in bytes, without the tag.
#[must_use]
pub const fn aead_finish_output_size(key_type: KeyType, algorithm: Aead) -> usize {
    raw::PSA_AEAD_FINISH_OUTPUT_SIZE(key_type.to_raw(), algorithm.to_raw())
}

/// `PSA_AEAD_VERIFY_OUTPUT_SIZE`: what is left of the plaintext at the end, in bytes.
#[must_use]
pub const fn aead_verify_output_size(key_type: KeyType, algorithm: Aead) -> usize {
    raw::PSA_AEAD_VERIFY_OUTPUT_SIZE(key_type.to_raw(), algorithm.to_raw())
}

macro_rules! of_any_input {
    ($($(#[$doc:meta])* $name:ident = $raw:ident;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(input_length: usize) -> usize {
            raw::$raw(input(input_length))
        }
    )*};
}

of_any_input! {
    /// `PSA_CIPHER_ENCRYPT_OUTPUT_MAX_SIZE`: enough for the ciphertext of any cipher with its initialization vector.
    cipher_encrypt_output_max_size = PSA_CIPHER_ENCRYPT_OUTPUT_MAX_SIZE;
    /// `PSA_CIPHER_DECRYPT_OUTPUT_MAX_SIZE`: enough for the plaintext of any cipher.
    cipher_decrypt_output_max_size = PSA_CIPHER_DECRYPT_OUTPUT_MAX_SIZE;
    /// `PSA_AEAD_ENCRYPT_OUTPUT_MAX_SIZE`: enough for the ciphertext of any authenticated cipher with its tag.
    aead_encrypt_output_max_size = PSA_AEAD_ENCRYPT_OUTPUT_MAX_SIZE;
    /// `PSA_AEAD_DECRYPT_OUTPUT_MAX_SIZE`: enough for the plaintext of any authenticated cipher.
    aead_decrypt_output_max_size = PSA_AEAD_DECRYPT_OUTPUT_MAX_SIZE;
    /// `PSA_AEAD_UPDATE_OUTPUT_MAX_SIZE`: enough for one update of any authenticated cipher.
    aead_update_output_max_size = PSA_AEAD_UPDATE_OUTPUT_MAX_SIZE;
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY_TYPES: [KeyType; 3] = [KeyType::Aes, KeyType::ChaCha20, KeyType::Raw(u16::MAX)];
    const CIPHERS: [Cipher; 4] = [
        Cipher::CbcPkcs7,
        Cipher::Ctr,
        Cipher::Raw(0),
        Cipher::Raw(u32::MAX),
    ];
    const AEADS: [Aead; 4] = [Aead::Gcm, Aead::Ccm, Aead::Raw(0), Aead::Raw(u32::MAX)];

    #[test]
    fn no_length_overflows() {
        for len in [
            0,
            1,
            15,
            16,
            17,
            LONGEST - 1,
            LONGEST,
            LONGEST + 1,
            usize::MAX,
        ] {
            let longest = input(len);
            let fits = |size: usize| assert!(size <= longest + 64, "{size} for {len}");
            for key_type in KEY_TYPES {
                for algorithm in CIPHERS {
                    fits(cipher_encrypt_output_size(key_type, algorithm, len));
                    fits(cipher_decrypt_output_size(key_type, algorithm, len));
                    fits(cipher_update_output_size(key_type, algorithm, len));
                }
                for algorithm in AEADS {
                    fits(aead_encrypt_output_size(key_type, algorithm, len));
                    fits(aead_decrypt_output_size(key_type, algorithm, len));
                    fits(aead_update_output_size(key_type, algorithm, len));
                }
            }
            for size in [
                cipher_encrypt_output_max_size(len),
                cipher_decrypt_output_max_size(len),
                cipher_update_output_max_size(len),
                aead_encrypt_output_max_size(len),
                aead_decrypt_output_max_size(len),
                aead_update_output_max_size(len),
            ] {
                fits(size);
                assert!(size >= longest);
            }
        }
    }
}
