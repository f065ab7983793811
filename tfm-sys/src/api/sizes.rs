//! Buffer sizes in bytes: PSA Crypto API 1.2, the `_SIZE` and `_LENGTH` macros.
//!
//! What depends on a configuration in C (the `MAX` constants) is here for a library that has every algorithm, since a
//! client cannot know what the service was built with.

use super::algorithm::*;
use super::key_type::*;
use super::types::{psa_algorithm_t, psa_key_type_t};

/// The bytes that hold a number of bits.
#[inline]
pub const fn PSA_BITS_TO_BYTES(bits: usize) -> usize {
    bits.div_ceil(8)
}

/// The bits in a number of bytes.
#[inline]
pub const fn PSA_BYTES_TO_BITS(bytes: usize) -> usize {
    bytes * 8
}

/// The largest of three.
#[inline]
pub const fn PSA_MAX_OF_THREE(a: usize, b: usize, c: usize) -> usize {
    let ab = if a > b { a } else { b };
    if ab > c { ab } else { c }
}

/// The length rounded up to whole blocks.
///
/// # Panics
/// When `block_size` is 0.
#[inline]
pub const fn PSA_ROUND_UP_TO_MULTIPLE(block_size: usize, length: usize) -> usize {
    length.div_ceil(block_size) * block_size
}

/// The length of a hash, or of the hash that an algorithm is built on; 0 when it is not known.
#[inline]
pub const fn PSA_HASH_LENGTH(alg: psa_algorithm_t) -> usize {
    match PSA_ALG_HMAC_GET_HASH(alg) {
        PSA_ALG_MD5 => 16,
        PSA_ALG_RIPEMD160 | PSA_ALG_SHA_1 => 20,
        PSA_ALG_SHA_224 | PSA_ALG_SHA_512_224 | PSA_ALG_SHA3_224 => 28,
        PSA_ALG_SHA_256 | PSA_ALG_SHA_512_256 | PSA_ALG_SHA3_256 => 32,
        PSA_ALG_SHA_384 | PSA_ALG_SHA3_384 => 48,
        PSA_ALG_SHA_512 | PSA_ALG_SHA3_512 => 64,
        _ => 0,
    }
}

/// The block length of a hash, or of the hash that an algorithm is built on; 0 when it is not known.
#[inline]
pub const fn PSA_HASH_BLOCK_LENGTH(alg: psa_algorithm_t) -> usize {
    match PSA_ALG_HMAC_GET_HASH(alg) {
        PSA_ALG_MD5 | PSA_ALG_RIPEMD160 | PSA_ALG_SHA_1 | PSA_ALG_SHA_224 | PSA_ALG_SHA_256 => 64,
        PSA_ALG_SHA_384 | PSA_ALG_SHA_512 | PSA_ALG_SHA_512_224 | PSA_ALG_SHA_512_256 => 128,
        PSA_ALG_SHA3_224 => 144,
        PSA_ALG_SHA3_256 => 136,
        PSA_ALG_SHA3_384 => 104,
        PSA_ALG_SHA3_512 => 72,
        _ => 0,
    }
}

/// The longest block of a hash.
pub const PSA_HMAC_MAX_HASH_BLOCK_SIZE: usize = 144;
/// The longest hash.
pub const PSA_HASH_MAX_SIZE: usize = 64;
/// The longest MAC.
pub const PSA_MAC_MAX_SIZE: usize = PSA_HASH_MAX_SIZE;
/// The longest tag of an authenticated cipher.
pub const PSA_AEAD_TAG_MAX_SIZE: usize = 16;
/// The longest nonce that an authenticated cipher generates.
pub const PSA_AEAD_NONCE_MAX_SIZE: usize = 13;
/// The largest RSA key in bits.
pub const PSA_VENDOR_RSA_MAX_KEY_BITS: usize = 4096;
/// The smallest RSA key in bits that can be generated.
pub const PSA_VENDOR_RSA_GENERATE_MIN_KEY_BITS: usize = 1024;
/// The largest Diffie-Hellman group in bits.
pub const PSA_VENDOR_FFDH_MAX_KEY_BITS: usize = 8192;
/// The largest curve in bits.
pub const PSA_VENDOR_ECC_MAX_CURVE_BITS: usize = 521;
/// The largest iteration count of PBKDF2.
pub const PSA_VENDOR_PBKDF2_MAX_ITERATIONS: u32 = u32::MAX;
/// The longest pre-shared key of TLS 1.2.
pub const PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE: usize = 128;
/// The length of EC J-PAKE's result.
pub const PSA_TLS12_ECJPAKE_TO_PMS_INPUT_SIZE: usize = 65;
/// The length of the premaster secret from EC J-PAKE.
pub const PSA_TLS12_ECJPAKE_TO_PMS_DATA_SIZE: usize = 32;
/// The longest block of a block cipher.
pub const PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE: usize = 16;
/// The longest initialization vector.
pub const PSA_CIPHER_IV_MAX_SIZE: usize = 16;
/// The longest key of a cipher.
pub const PSA_CIPHER_MAX_KEY_LENGTH: usize = 32;

/// The length of a MAC; 0 when it is not known.
#[inline]
pub const fn PSA_MAC_LENGTH(
    key_type: psa_key_type_t,
    _key_bits: usize,
    alg: psa_algorithm_t,
) -> usize {
    if alg & PSA_ALG_MAC_TRUNCATION_MASK != 0 {
        PSA_MAC_TRUNCATED_LENGTH(alg)
    } else if PSA_ALG_IS_HMAC(alg) {
        PSA_HASH_LENGTH(PSA_ALG_HMAC_GET_HASH(alg))
    } else if PSA_ALG_IS_BLOCK_CIPHER_MAC(alg) {
        PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type)
    } else {
        0
    }
}

/// The length of the nonce that an authenticated cipher generates; 0 when they do not fit together.
#[inline]
pub const fn PSA_AEAD_NONCE_LENGTH(key_type: psa_key_type_t, alg: psa_algorithm_t) -> usize {
    if PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type) == 16 {
        if MBEDTLS_PSA_ALG_AEAD_EQUAL(alg, PSA_ALG_CCM) {
            13
        } else if MBEDTLS_PSA_ALG_AEAD_EQUAL(alg, PSA_ALG_GCM) {
            12
        } else {
            0
        }
    } else if key_type == PSA_KEY_TYPE_CHACHA20
        && MBEDTLS_PSA_ALG_AEAD_EQUAL(alg, PSA_ALG_CHACHA20_POLY1305)
    {
        12
    } else {
        0
    }
}

/// The length of the tag; 0 when key type and algorithm do not fit together.
#[inline]
pub const fn PSA_AEAD_TAG_LENGTH(
    key_type: psa_key_type_t,
    _key_bits: usize,
    alg: psa_algorithm_t,
) -> usize {
    if PSA_AEAD_NONCE_LENGTH(key_type, alg) != 0 {
        PSA_ALG_AEAD_GET_TAG_LENGTH(alg)
    } else {
        0
    }
}

/// The ciphertext with its tag; 0 when key type and algorithm do not fit together.
#[inline]
pub const fn PSA_AEAD_ENCRYPT_OUTPUT_SIZE(
    key_type: psa_key_type_t,
    alg: psa_algorithm_t,
    plaintext_length: usize,
) -> usize {
    if PSA_AEAD_NONCE_LENGTH(key_type, alg) != 0 {
        plaintext_length + PSA_ALG_AEAD_GET_TAG_LENGTH(alg)
    } else {
        0
    }
}

/// The longest ciphertext with its tag.
#[inline]
pub const fn PSA_AEAD_ENCRYPT_OUTPUT_MAX_SIZE(plaintext_length: usize) -> usize {
    plaintext_length + PSA_AEAD_TAG_MAX_SIZE
}

/// The plaintext of a ciphertext with its tag; 0 when it is too short or nothing fits together.
#[inline]
pub const fn PSA_AEAD_DECRYPT_OUTPUT_SIZE(
    key_type: psa_key_type_t,
    alg: psa_algorithm_t,
    ciphertext_length: usize,
) -> usize {
    if PSA_AEAD_NONCE_LENGTH(key_type, alg) != 0 {
        ciphertext_length.saturating_sub(PSA_ALG_AEAD_GET_TAG_LENGTH(alg))
    } else {
        0
    }
}

/// The longest plaintext of a ciphertext.
#[inline]
pub const fn PSA_AEAD_DECRYPT_OUTPUT_MAX_SIZE(ciphertext_length: usize) -> usize {
    ciphertext_length
}

/// What one update of an authenticated cipher writes at most; 0 when nothing fits together.
#[inline]
pub const fn PSA_AEAD_UPDATE_OUTPUT_SIZE(
    key_type: psa_key_type_t,
    alg: psa_algorithm_t,
    input_length: usize,
) -> usize {
    if PSA_AEAD_NONCE_LENGTH(key_type, alg) == 0 {
        0
    } else if PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg) {
        PSA_ROUND_UP_TO_MULTIPLE(PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type), input_length)
    } else {
        input_length
    }
}

/// What one update of any authenticated cipher writes at most.
#[inline]
pub const fn PSA_AEAD_UPDATE_OUTPUT_MAX_SIZE(input_length: usize) -> usize {
    PSA_ROUND_UP_TO_MULTIPLE(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, input_length)
}

/// What is left of the ciphertext at the end.
#[inline]
pub const fn PSA_AEAD_FINISH_OUTPUT_SIZE(key_type: psa_key_type_t, alg: psa_algorithm_t) -> usize {
    if PSA_AEAD_NONCE_LENGTH(key_type, alg) != 0 && PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg) {
        PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type)
    } else {
        0
    }
}

/// What is left of any ciphertext at the end.
pub const PSA_AEAD_FINISH_OUTPUT_MAX_SIZE: usize = PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE;

/// What is left of the plaintext at the end.
#[inline]
pub const fn PSA_AEAD_VERIFY_OUTPUT_SIZE(key_type: psa_key_type_t, alg: psa_algorithm_t) -> usize {
    PSA_AEAD_FINISH_OUTPUT_SIZE(key_type, alg)
}

/// What is left of any plaintext at the end.
pub const PSA_AEAD_VERIFY_OUTPUT_MAX_SIZE: usize = PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE;

/// The length of the initialization vector; 0 when there is none.
#[inline]
pub const fn PSA_CIPHER_IV_LENGTH(key_type: psa_key_type_t, alg: psa_algorithm_t) -> usize {
    let block = PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type);
    match alg {
        PSA_ALG_CTR
        | PSA_ALG_CFB
        | PSA_ALG_OFB
        | PSA_ALG_XTS
        | PSA_ALG_CBC_NO_PADDING
        | PSA_ALG_CBC_PKCS7
            if block > 1 =>
        {
            block
        }
        PSA_ALG_STREAM_CIPHER if key_type == PSA_KEY_TYPE_CHACHA20 => 12,
        PSA_ALG_CCM_STAR_NO_TAG => 13,
        _ => 0,
    }
}

/// The ciphertext with its initialization vector; 0 when nothing fits together.
#[inline]
pub const fn PSA_CIPHER_ENCRYPT_OUTPUT_SIZE(
    key_type: psa_key_type_t,
    alg: psa_algorithm_t,
    input_length: usize,
) -> usize {
    let block = PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type);
    if alg == PSA_ALG_CBC_PKCS7 {
        if block == 0 {
            0
        } else {
            PSA_ROUND_UP_TO_MULTIPLE(block, input_length + 1) + PSA_CIPHER_IV_LENGTH(key_type, alg)
        }
    } else if PSA_ALG_IS_CIPHER(alg) {
        input_length + PSA_CIPHER_IV_LENGTH(key_type, alg)
    } else {
        0
    }
}

/// The longest ciphertext with its initialization vector.
#[inline]
pub const fn PSA_CIPHER_ENCRYPT_OUTPUT_MAX_SIZE(input_length: usize) -> usize {
    PSA_ROUND_UP_TO_MULTIPLE(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, input_length + 1)
        + PSA_CIPHER_IV_MAX_SIZE
}

/// The longest plaintext of a ciphertext with its initialization vector; 0 when nothing fits.
#[inline]
pub const fn PSA_CIPHER_DECRYPT_OUTPUT_SIZE(
    key_type: psa_key_type_t,
    alg: psa_algorithm_t,
    input_length: usize,
) -> usize {
    if PSA_ALG_IS_CIPHER(alg)
        && key_type & PSA_KEY_TYPE_CATEGORY_MASK == PSA_KEY_TYPE_CATEGORY_SYMMETRIC
    {
        input_length
    } else {
        0
    }
}

/// The longest plaintext of any ciphertext.
#[inline]
pub const fn PSA_CIPHER_DECRYPT_OUTPUT_MAX_SIZE(input_length: usize) -> usize {
    input_length
}

/// What one update writes at most; 0 when nothing fits together.
#[inline]
pub const fn PSA_CIPHER_UPDATE_OUTPUT_SIZE(
    key_type: psa_key_type_t,
    alg: psa_algorithm_t,
    input_length: usize,
) -> usize {
    let block = PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type);
    if !PSA_ALG_IS_CIPHER(alg) || block == 0 {
        return 0;
    }
    match alg {
        PSA_ALG_CBC_PKCS7 | PSA_ALG_CBC_NO_PADDING | PSA_ALG_ECB_NO_PADDING => {
            PSA_ROUND_UP_TO_MULTIPLE(block, input_length)
        }
        _ => input_length,
    }
}

/// What one update of any cipher writes at most.
#[inline]
pub const fn PSA_CIPHER_UPDATE_OUTPUT_MAX_SIZE(input_length: usize) -> usize {
    PSA_ROUND_UP_TO_MULTIPLE(PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE, input_length)
}

/// What is left at the end.
#[inline]
pub const fn PSA_CIPHER_FINISH_OUTPUT_SIZE(
    key_type: psa_key_type_t,
    alg: psa_algorithm_t,
) -> usize {
    if alg == PSA_ALG_CBC_PKCS7 {
        PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type)
    } else {
        0
    }
}

/// What is left at the end of any cipher.
pub const PSA_CIPHER_FINISH_OUTPUT_MAX_SIZE: usize = PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE;
