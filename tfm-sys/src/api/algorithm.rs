//! Algorithms without asymmetric keys: PSA Crypto API 1.2, sections "Message digests" to "AEAD".

use super::algorithm_asymmetric::PSA_ALG_IS_HASH_AND_SIGN;
use super::algorithm_asymmetric::PSA_ALG_SIGN_GET_HASH;
use super::types::psa_algorithm_t;

/// No algorithm.
pub const PSA_ALG_NONE: psa_algorithm_t = 0;
/// The bit that marks a vendor's own algorithms.
pub const PSA_ALG_VENDOR_FLAG: psa_algorithm_t = 0x8000_0000;
/// The bits that hold the category.
pub const PSA_ALG_CATEGORY_MASK: psa_algorithm_t = 0x7f00_0000;
/// The category of hashes.
pub const PSA_ALG_CATEGORY_HASH: psa_algorithm_t = 0x0200_0000;
/// The category of MACs.
pub const PSA_ALG_CATEGORY_MAC: psa_algorithm_t = 0x0300_0000;
/// The category of unauthenticated ciphers.
pub const PSA_ALG_CATEGORY_CIPHER: psa_algorithm_t = 0x0400_0000;
/// The category of authenticated ciphers.
pub const PSA_ALG_CATEGORY_AEAD: psa_algorithm_t = 0x0500_0000;
/// The category of signatures.
pub const PSA_ALG_CATEGORY_SIGN: psa_algorithm_t = 0x0600_0000;
/// The category of asymmetric encryption.
pub const PSA_ALG_CATEGORY_ASYMMETRIC_ENCRYPTION: psa_algorithm_t = 0x0700_0000;
/// The category of key derivation.
pub const PSA_ALG_CATEGORY_KEY_DERIVATION: psa_algorithm_t = 0x0800_0000;
/// The category of key agreement.
pub const PSA_ALG_CATEGORY_KEY_AGREEMENT: psa_algorithm_t = 0x0900_0000;
/// The category of password-authenticated key exchange.
pub const PSA_ALG_CATEGORY_PAKE: psa_algorithm_t = 0x0a00_0000;

macro_rules! category_tests {
    ($($(#[$doc:meta])* $name:ident = $category:ident;)*) => {$(
        $(#[$doc])*
        #[inline]
        pub const fn $name(alg: psa_algorithm_t) -> bool {
            alg & PSA_ALG_CATEGORY_MASK == $category
        }
    )*};
}

category_tests! {
    /// Whether the algorithm is a hash.
    PSA_ALG_IS_HASH = PSA_ALG_CATEGORY_HASH;
    /// Whether the algorithm is a MAC.
    PSA_ALG_IS_MAC = PSA_ALG_CATEGORY_MAC;
    /// Whether the algorithm is an unauthenticated cipher.
    PSA_ALG_IS_CIPHER = PSA_ALG_CATEGORY_CIPHER;
    /// Whether the algorithm is an authenticated cipher.
    PSA_ALG_IS_AEAD = PSA_ALG_CATEGORY_AEAD;
    /// Whether the algorithm is a signature.
    PSA_ALG_IS_SIGN = PSA_ALG_CATEGORY_SIGN;
    /// Whether the algorithm is an asymmetric encryption.
    PSA_ALG_IS_ASYMMETRIC_ENCRYPTION = PSA_ALG_CATEGORY_ASYMMETRIC_ENCRYPTION;
    /// Whether the algorithm is a key derivation.
    PSA_ALG_IS_KEY_DERIVATION = PSA_ALG_CATEGORY_KEY_DERIVATION;
    /// Whether the algorithm is a key agreement.
    PSA_ALG_IS_KEY_AGREEMENT = PSA_ALG_CATEGORY_KEY_AGREEMENT;
    /// Whether the algorithm is a password-authenticated key exchange.
    PSA_ALG_IS_PAKE = PSA_ALG_CATEGORY_PAKE;
}

/// Whether the algorithm is a vendor's own.
#[inline]
pub const fn PSA_ALG_IS_VENDOR_DEFINED(alg: psa_algorithm_t) -> bool {
    alg & PSA_ALG_VENDOR_FLAG != 0
}

/// Whether a policy with this algorithm permits more than one.
#[inline]
pub const fn PSA_ALG_IS_WILDCARD(alg: psa_algorithm_t) -> bool {
    if PSA_ALG_IS_HASH_AND_SIGN(alg) {
        PSA_ALG_SIGN_GET_HASH(alg) == PSA_ALG_ANY_HASH
    } else if PSA_ALG_IS_MAC(alg) {
        alg & PSA_ALG_MAC_AT_LEAST_THIS_LENGTH_FLAG != 0
    } else if PSA_ALG_IS_AEAD(alg) {
        alg & PSA_ALG_AEAD_AT_LEAST_THIS_LENGTH_FLAG != 0
    } else {
        alg == PSA_ALG_ANY_HASH
    }
}

/// The hash that the algorithm is built on; 0 when there is none.
#[inline]
pub const fn PSA_ALG_GET_HASH(alg: psa_algorithm_t) -> psa_algorithm_t {
    let hash = alg & PSA_ALG_HASH_MASK;
    if hash == 0 {
        0
    } else {
        PSA_ALG_CATEGORY_HASH | hash
    }
}

/// The bits that hold the hash of an algorithm that is built on one.
pub const PSA_ALG_HASH_MASK: psa_algorithm_t = 0x0000_00ff;
/// MD5.
pub const PSA_ALG_MD5: psa_algorithm_t = 0x0200_0003;
/// RIPEMD-160.
pub const PSA_ALG_RIPEMD160: psa_algorithm_t = 0x0200_0004;
/// SHA-1.
pub const PSA_ALG_SHA_1: psa_algorithm_t = 0x0200_0005;
/// SHA-224.
pub const PSA_ALG_SHA_224: psa_algorithm_t = 0x0200_0008;
/// SHA-256.
pub const PSA_ALG_SHA_256: psa_algorithm_t = 0x0200_0009;
/// SHA-384.
pub const PSA_ALG_SHA_384: psa_algorithm_t = 0x0200_000a;
/// SHA-512.
pub const PSA_ALG_SHA_512: psa_algorithm_t = 0x0200_000b;
/// SHA-512/224.
pub const PSA_ALG_SHA_512_224: psa_algorithm_t = 0x0200_000c;
/// SHA-512/256.
pub const PSA_ALG_SHA_512_256: psa_algorithm_t = 0x0200_000d;
/// SHA3-224.
pub const PSA_ALG_SHA3_224: psa_algorithm_t = 0x0200_0010;
/// SHA3-256.
pub const PSA_ALG_SHA3_256: psa_algorithm_t = 0x0200_0011;
/// SHA3-384.
pub const PSA_ALG_SHA3_384: psa_algorithm_t = 0x0200_0012;
/// SHA3-512.
pub const PSA_ALG_SHA3_512: psa_algorithm_t = 0x0200_0013;
/// The first 512 bits of SHAKE256, as Ed448ph uses them.
pub const PSA_ALG_SHAKE256_512: psa_algorithm_t = 0x0200_0015;
/// In a policy: any hash.
pub const PSA_ALG_ANY_HASH: psa_algorithm_t = 0x0200_00ff;

/// The bits that hold the kind of MAC.
pub const PSA_ALG_MAC_SUBCATEGORY_MASK: psa_algorithm_t = 0x00c0_0000;
/// HMAC without its hash.
pub const PSA_ALG_HMAC_BASE: psa_algorithm_t = 0x0380_0000;
/// MACs on block ciphers.
pub const PSA_ALG_CIPHER_MAC_BASE: psa_algorithm_t = 0x03c0_0000;
/// CBC-MAC.
pub const PSA_ALG_CBC_MAC: psa_algorithm_t = 0x03c0_0100;
/// CMAC.
pub const PSA_ALG_CMAC: psa_algorithm_t = 0x03c0_0200;
/// The bits that hold a truncated length in bytes.
pub const PSA_ALG_MAC_TRUNCATION_MASK: psa_algorithm_t = 0x003f_0000;
/// Where the truncated length begins.
pub const PSA_MAC_TRUNCATION_OFFSET: u32 = 16;
/// In a policy: the length is a minimum.
pub const PSA_ALG_MAC_AT_LEAST_THIS_LENGTH_FLAG: psa_algorithm_t = 0x0000_8000;

/// HMAC on a hash.
#[inline]
pub const fn PSA_ALG_HMAC(hash_alg: psa_algorithm_t) -> psa_algorithm_t {
    PSA_ALG_HMAC_BASE | (hash_alg & PSA_ALG_HASH_MASK)
}

/// The hash of an HMAC.
#[inline]
pub const fn PSA_ALG_HMAC_GET_HASH(hmac_alg: psa_algorithm_t) -> psa_algorithm_t {
    PSA_ALG_CATEGORY_HASH | (hmac_alg & PSA_ALG_HASH_MASK)
}

/// Whether the algorithm is an HMAC.
#[inline]
pub const fn PSA_ALG_IS_HMAC(alg: psa_algorithm_t) -> bool {
    alg & (PSA_ALG_CATEGORY_MASK | PSA_ALG_MAC_SUBCATEGORY_MASK) == PSA_ALG_HMAC_BASE
}

/// Whether the algorithm is a MAC on a block cipher.
#[inline]
pub const fn PSA_ALG_IS_BLOCK_CIPHER_MAC(alg: psa_algorithm_t) -> bool {
    alg & (PSA_ALG_CATEGORY_MASK | PSA_ALG_MAC_SUBCATEGORY_MASK) == PSA_ALG_CIPHER_MAC_BASE
}

/// The MAC truncated to a length in bytes.
#[expect(clippy::cast_possible_truncation, reason = "the length has six bits")]
#[inline]
pub const fn PSA_ALG_TRUNCATED_MAC(mac_alg: psa_algorithm_t, mac_length: usize) -> psa_algorithm_t {
    PSA_ALG_FULL_LENGTH_MAC(mac_alg)
        | ((mac_length as u32) << PSA_MAC_TRUNCATION_OFFSET & PSA_ALG_MAC_TRUNCATION_MASK)
}

/// The MAC without truncation.
#[inline]
pub const fn PSA_ALG_FULL_LENGTH_MAC(mac_alg: psa_algorithm_t) -> psa_algorithm_t {
    mac_alg & !(PSA_ALG_MAC_TRUNCATION_MASK | PSA_ALG_MAC_AT_LEAST_THIS_LENGTH_FLAG)
}

/// The length in bytes of a truncated MAC; 0 when it is not truncated.
#[inline]
pub const fn PSA_MAC_TRUNCATED_LENGTH(mac_alg: psa_algorithm_t) -> usize {
    ((mac_alg & PSA_ALG_MAC_TRUNCATION_MASK) >> PSA_MAC_TRUNCATION_OFFSET) as usize
}

/// In a policy: the MAC with at least this length in bytes.
#[inline]
pub const fn PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(
    mac_alg: psa_algorithm_t,
    min_mac_length: usize,
) -> psa_algorithm_t {
    PSA_ALG_TRUNCATED_MAC(mac_alg, min_mac_length) | PSA_ALG_MAC_AT_LEAST_THIS_LENGTH_FLAG
}

/// The bit of stream ciphers.
pub const PSA_ALG_CIPHER_STREAM_FLAG: psa_algorithm_t = 0x0080_0000;
/// The bit of modes of block ciphers.
pub const PSA_ALG_CIPHER_FROM_BLOCK_FLAG: psa_algorithm_t = 0x0040_0000;
/// The stream cipher that the key type names.
pub const PSA_ALG_STREAM_CIPHER: psa_algorithm_t = 0x0480_0100;
/// Counter mode.
pub const PSA_ALG_CTR: psa_algorithm_t = 0x04c0_1000;
/// Cipher feedback mode.
pub const PSA_ALG_CFB: psa_algorithm_t = 0x04c0_1100;
/// Output feedback mode.
pub const PSA_ALG_OFB: psa_algorithm_t = 0x04c0_1200;
/// XTS.
pub const PSA_ALG_XTS: psa_algorithm_t = 0x0440_ff00;
/// Electronic codebook: not for messages.
pub const PSA_ALG_ECB_NO_PADDING: psa_algorithm_t = 0x0440_4400;
/// Cipher block chaining of whole blocks.
pub const PSA_ALG_CBC_NO_PADDING: psa_algorithm_t = 0x0440_4000;
/// Cipher block chaining with PKCS#7 padding.
pub const PSA_ALG_CBC_PKCS7: psa_algorithm_t = 0x0440_4100;
/// CCM* without a tag.
pub const PSA_ALG_CCM_STAR_NO_TAG: psa_algorithm_t = 0x04c0_1300;

/// Whether the algorithm is a stream cipher.
#[inline]
pub const fn PSA_ALG_IS_STREAM_CIPHER(alg: psa_algorithm_t) -> bool {
    alg & (PSA_ALG_CATEGORY_MASK | PSA_ALG_CIPHER_STREAM_FLAG)
        == PSA_ALG_CATEGORY_CIPHER | PSA_ALG_CIPHER_STREAM_FLAG
}

/// The bit of authenticated modes of block ciphers.
pub const PSA_ALG_AEAD_FROM_BLOCK_FLAG: psa_algorithm_t = 0x0040_0000;
/// CCM with a tag of 16 bytes.
pub const PSA_ALG_CCM: psa_algorithm_t = 0x0550_0100;
/// GCM with a tag of 16 bytes.
pub const PSA_ALG_GCM: psa_algorithm_t = 0x0550_0200;
/// ChaCha20-Poly1305.
pub const PSA_ALG_CHACHA20_POLY1305: psa_algorithm_t = 0x0510_0500;
/// The bits that hold the tag length in bytes.
pub const PSA_ALG_AEAD_TAG_LENGTH_MASK: psa_algorithm_t = 0x003f_0000;
/// Where the tag length begins.
pub const PSA_AEAD_TAG_LENGTH_OFFSET: u32 = 16;
/// In a policy: the tag length is a minimum.
pub const PSA_ALG_AEAD_AT_LEAST_THIS_LENGTH_FLAG: psa_algorithm_t = 0x0000_8000;

/// Whether the algorithm is an authenticated mode of a block cipher.
#[inline]
pub const fn PSA_ALG_IS_AEAD_ON_BLOCK_CIPHER(alg: psa_algorithm_t) -> bool {
    alg & (PSA_ALG_CATEGORY_MASK | PSA_ALG_AEAD_FROM_BLOCK_FLAG)
        == PSA_ALG_CATEGORY_AEAD | PSA_ALG_AEAD_FROM_BLOCK_FLAG
}

/// The authenticated cipher with a tag of this length in bytes.
#[expect(clippy::cast_possible_truncation, reason = "the length has six bits")]
#[inline]
pub const fn PSA_ALG_AEAD_WITH_SHORTENED_TAG(
    aead_alg: psa_algorithm_t,
    tag_length: usize,
) -> psa_algorithm_t {
    aead_alg & !(PSA_ALG_AEAD_TAG_LENGTH_MASK | PSA_ALG_AEAD_AT_LEAST_THIS_LENGTH_FLAG)
        | ((tag_length as u32) << PSA_AEAD_TAG_LENGTH_OFFSET & PSA_ALG_AEAD_TAG_LENGTH_MASK)
}

/// The tag length in bytes of an authenticated cipher.
#[inline]
pub const fn PSA_ALG_AEAD_GET_TAG_LENGTH(aead_alg: psa_algorithm_t) -> usize {
    ((aead_alg & PSA_ALG_AEAD_TAG_LENGTH_MASK) >> PSA_AEAD_TAG_LENGTH_OFFSET) as usize
}

/// The authenticated cipher with its usual tag; 0 when it is not a known one.
#[inline]
pub const fn PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG(aead_alg: psa_algorithm_t) -> psa_algorithm_t {
    const CCM: psa_algorithm_t = PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 0);
    const GCM: psa_algorithm_t = PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_GCM, 0);
    const CHACHA20_POLY1305: psa_algorithm_t =
        PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CHACHA20_POLY1305, 0);
    match PSA_ALG_AEAD_WITH_SHORTENED_TAG(aead_alg, 0) {
        CCM => PSA_ALG_CCM,
        GCM => PSA_ALG_GCM,
        CHACHA20_POLY1305 => PSA_ALG_CHACHA20_POLY1305,
        _ => 0,
    }
}

/// In a policy: the authenticated cipher with a tag of at least this length in bytes.
#[inline]
pub const fn PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(
    aead_alg: psa_algorithm_t,
    min_tag_length: usize,
) -> psa_algorithm_t {
    PSA_ALG_AEAD_WITH_SHORTENED_TAG(aead_alg, min_tag_length)
        | PSA_ALG_AEAD_AT_LEAST_THIS_LENGTH_FLAG
}

/// Whether two authenticated ciphers differ at most in their tag lengths.
#[inline]
pub const fn MBEDTLS_PSA_ALG_AEAD_EQUAL(
    aead_alg_1: psa_algorithm_t,
    aead_alg_2: psa_algorithm_t,
) -> bool {
    (aead_alg_1 ^ aead_alg_2)
        & !(PSA_ALG_AEAD_TAG_LENGTH_MASK | PSA_ALG_AEAD_AT_LEAST_THIS_LENGTH_FLAG)
        == 0
}
