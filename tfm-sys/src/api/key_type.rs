//! Key types: PSA Crypto API 1.2, section "Key types".

use super::types::{psa_dh_family_t, psa_ecc_family_t, psa_key_type_t};

/// No key type.
pub const PSA_KEY_TYPE_NONE: psa_key_type_t = 0x0000;
/// The bit that marks a vendor's own key types.
pub const PSA_KEY_TYPE_VENDOR_FLAG: psa_key_type_t = 0x8000;
/// The bits that hold the category.
pub const PSA_KEY_TYPE_CATEGORY_MASK: psa_key_type_t = 0x7000;
/// The category of unstructured data.
pub const PSA_KEY_TYPE_CATEGORY_RAW: psa_key_type_t = 0x1000;
/// The category of symmetric keys.
pub const PSA_KEY_TYPE_CATEGORY_SYMMETRIC: psa_key_type_t = 0x2000;
/// The category of public keys.
pub const PSA_KEY_TYPE_CATEGORY_PUBLIC_KEY: psa_key_type_t = 0x4000;
/// The category of key pairs.
pub const PSA_KEY_TYPE_CATEGORY_KEY_PAIR: psa_key_type_t = 0x7000;
/// The bits that distinguish a key pair from its public key.
pub const PSA_KEY_TYPE_CATEGORY_FLAG_PAIR: psa_key_type_t = 0x3000;
/// Bytes without a meaning of their own.
pub const PSA_KEY_TYPE_RAW_DATA: psa_key_type_t = 0x1001;
/// An HMAC key.
pub const PSA_KEY_TYPE_HMAC: psa_key_type_t = 0x1100;
/// A secret for key derivation.
pub const PSA_KEY_TYPE_DERIVE: psa_key_type_t = 0x1200;
/// A password of little entropy.
pub const PSA_KEY_TYPE_PASSWORD: psa_key_type_t = 0x1203;
/// A hash to check a password against.
pub const PSA_KEY_TYPE_PASSWORD_HASH: psa_key_type_t = 0x1205;
/// A secret that is added to password hashes.
pub const PSA_KEY_TYPE_PEPPER: psa_key_type_t = 0x1206;
/// An AES key of 128, 192 or 256 bits.
pub const PSA_KEY_TYPE_AES: psa_key_type_t = 0x2400;
/// An ARIA key of 128, 192 or 256 bits.
pub const PSA_KEY_TYPE_ARIA: psa_key_type_t = 0x2406;
/// A DES or 3DES key of 64, 128 or 192 bits.
pub const PSA_KEY_TYPE_DES: psa_key_type_t = 0x2301;
/// A Camellia key of 128, 192 or 256 bits.
pub const PSA_KEY_TYPE_CAMELLIA: psa_key_type_t = 0x2403;
/// A `ChaCha20` key of 256 bits.
pub const PSA_KEY_TYPE_CHACHA20: psa_key_type_t = 0x2004;
/// An RSA public key.
pub const PSA_KEY_TYPE_RSA_PUBLIC_KEY: psa_key_type_t = 0x4001;
/// An RSA key pair.
pub const PSA_KEY_TYPE_RSA_KEY_PAIR: psa_key_type_t = 0x7001;
/// A DSA public key (an extension of Mbed TLS, without an implementation).
pub const PSA_KEY_TYPE_DSA_PUBLIC_KEY: psa_key_type_t = 0x4002;
/// A DSA key pair (an extension of Mbed TLS, without an implementation).
pub const PSA_KEY_TYPE_DSA_KEY_PAIR: psa_key_type_t = 0x7002;
/// An elliptic-curve public key, without its family.
pub const PSA_KEY_TYPE_ECC_PUBLIC_KEY_BASE: psa_key_type_t = 0x4100;
/// An elliptic-curve key pair, without its family.
pub const PSA_KEY_TYPE_ECC_KEY_PAIR_BASE: psa_key_type_t = 0x7100;
/// The bits that hold the curve family.
pub const PSA_KEY_TYPE_ECC_CURVE_MASK: psa_key_type_t = 0x00ff;
/// A Diffie-Hellman public key, without its family.
pub const PSA_KEY_TYPE_DH_PUBLIC_KEY_BASE: psa_key_type_t = 0x4200;
/// A Diffie-Hellman key pair, without its family.
pub const PSA_KEY_TYPE_DH_KEY_PAIR_BASE: psa_key_type_t = 0x7200;
/// The bits that hold the group family.
pub const PSA_KEY_TYPE_DH_GROUP_MASK: psa_key_type_t = 0x00ff;

/// SEC Koblitz curves over prime fields: secp192k1, secp224k1 (225 bits), secp256k1.
pub const PSA_ECC_FAMILY_SECP_K1: psa_ecc_family_t = 0x17;
/// SEC random curves over prime fields: P-192, P-224, P-256, P-384, P-521.
pub const PSA_ECC_FAMILY_SECP_R1: psa_ecc_family_t = 0x12;
/// secp160r2.
pub const PSA_ECC_FAMILY_SECP_R2: psa_ecc_family_t = 0x1b;
/// SEC Koblitz curves over binary fields.
pub const PSA_ECC_FAMILY_SECT_K1: psa_ecc_family_t = 0x27;
/// SEC random curves over binary fields.
pub const PSA_ECC_FAMILY_SECT_R1: psa_ecc_family_t = 0x22;
/// sect163r2.
pub const PSA_ECC_FAMILY_SECT_R2: psa_ecc_family_t = 0x2b;
/// Brainpool P random curves (RFC 5639).
pub const PSA_ECC_FAMILY_BRAINPOOL_P_R1: psa_ecc_family_t = 0x30;
/// Curve25519 (255 bits) and Curve448 (448 bits).
pub const PSA_ECC_FAMILY_MONTGOMERY: psa_ecc_family_t = 0x41;
/// Ed25519 (255 bits) and Ed448 (448 bits).
pub const PSA_ECC_FAMILY_TWISTED_EDWARDS: psa_ecc_family_t = 0x42;
/// Finite-field groups of RFC 7919.
pub const PSA_DH_FAMILY_RFC7919: psa_dh_family_t = 0x03;

/// Whether the type is a vendor's own.
#[inline]
pub const fn PSA_KEY_TYPE_IS_VENDOR_DEFINED(key_type: psa_key_type_t) -> bool {
    key_type & PSA_KEY_TYPE_VENDOR_FLAG != 0
}

/// Whether a key of this type is a plain string of bytes.
#[inline]
pub const fn PSA_KEY_TYPE_IS_UNSTRUCTURED(key_type: psa_key_type_t) -> bool {
    let category = key_type & PSA_KEY_TYPE_CATEGORY_MASK;
    category == PSA_KEY_TYPE_CATEGORY_RAW || category == PSA_KEY_TYPE_CATEGORY_SYMMETRIC
}

/// Whether the type is a public key or a key pair.
#[inline]
pub const fn PSA_KEY_TYPE_IS_ASYMMETRIC(key_type: psa_key_type_t) -> bool {
    key_type & PSA_KEY_TYPE_CATEGORY_MASK & !PSA_KEY_TYPE_CATEGORY_FLAG_PAIR
        == PSA_KEY_TYPE_CATEGORY_PUBLIC_KEY
}

/// Whether the type is a public key.
#[inline]
pub const fn PSA_KEY_TYPE_IS_PUBLIC_KEY(key_type: psa_key_type_t) -> bool {
    key_type & PSA_KEY_TYPE_CATEGORY_MASK == PSA_KEY_TYPE_CATEGORY_PUBLIC_KEY
}

/// Whether the type is a key pair.
#[inline]
pub const fn PSA_KEY_TYPE_IS_KEY_PAIR(key_type: psa_key_type_t) -> bool {
    key_type & PSA_KEY_TYPE_CATEGORY_MASK == PSA_KEY_TYPE_CATEGORY_KEY_PAIR
}

/// The key-pair type of a public-key type.
#[inline]
pub const fn PSA_KEY_TYPE_KEY_PAIR_OF_PUBLIC_KEY(key_type: psa_key_type_t) -> psa_key_type_t {
    key_type | PSA_KEY_TYPE_CATEGORY_FLAG_PAIR
}

/// The public-key type of a key-pair type.
#[inline]
pub const fn PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(key_type: psa_key_type_t) -> psa_key_type_t {
    key_type & !PSA_KEY_TYPE_CATEGORY_FLAG_PAIR
}

/// Whether the type is RSA.
#[inline]
pub const fn PSA_KEY_TYPE_IS_RSA(key_type: psa_key_type_t) -> bool {
    PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(key_type) == PSA_KEY_TYPE_RSA_PUBLIC_KEY
}

/// Whether the type is DSA.
#[inline]
pub const fn PSA_KEY_TYPE_IS_DSA(key_type: psa_key_type_t) -> bool {
    PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(key_type) == PSA_KEY_TYPE_DSA_PUBLIC_KEY
}

/// The key-pair type of a curve family.
#[inline]
pub const fn PSA_KEY_TYPE_ECC_KEY_PAIR(curve: psa_ecc_family_t) -> psa_key_type_t {
    PSA_KEY_TYPE_ECC_KEY_PAIR_BASE | curve as psa_key_type_t
}

/// The public-key type of a curve family.
#[inline]
pub const fn PSA_KEY_TYPE_ECC_PUBLIC_KEY(curve: psa_ecc_family_t) -> psa_key_type_t {
    PSA_KEY_TYPE_ECC_PUBLIC_KEY_BASE | curve as psa_key_type_t
}

/// Whether the type is an elliptic-curve key, public or pair.
#[inline]
pub const fn PSA_KEY_TYPE_IS_ECC(key_type: psa_key_type_t) -> bool {
    PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(key_type) & !PSA_KEY_TYPE_ECC_CURVE_MASK
        == PSA_KEY_TYPE_ECC_PUBLIC_KEY_BASE
}

/// Whether the type is an elliptic-curve key pair.
#[inline]
pub const fn PSA_KEY_TYPE_IS_ECC_KEY_PAIR(key_type: psa_key_type_t) -> bool {
    key_type & !PSA_KEY_TYPE_ECC_CURVE_MASK == PSA_KEY_TYPE_ECC_KEY_PAIR_BASE
}

/// Whether the type is an elliptic-curve public key.
#[inline]
pub const fn PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(key_type: psa_key_type_t) -> bool {
    key_type & !PSA_KEY_TYPE_ECC_CURVE_MASK == PSA_KEY_TYPE_ECC_PUBLIC_KEY_BASE
}

/// The curve family of a type; 0 when the type is no elliptic-curve key.
#[inline]
pub const fn PSA_KEY_TYPE_ECC_GET_FAMILY(key_type: psa_key_type_t) -> psa_ecc_family_t {
    if PSA_KEY_TYPE_IS_ECC(key_type) {
        key_type.to_le_bytes()[0]
    } else {
        0
    }
}

/// Whether the curves of the family are Weierstrass curves.
#[inline]
pub const fn PSA_ECC_FAMILY_IS_WEIERSTRASS(family: psa_ecc_family_t) -> bool {
    family & 0xc0 == 0
}

/// The key-pair type of a group family.
#[inline]
pub const fn PSA_KEY_TYPE_DH_KEY_PAIR(group: psa_dh_family_t) -> psa_key_type_t {
    PSA_KEY_TYPE_DH_KEY_PAIR_BASE | group as psa_key_type_t
}

/// The public-key type of a group family.
#[inline]
pub const fn PSA_KEY_TYPE_DH_PUBLIC_KEY(group: psa_dh_family_t) -> psa_key_type_t {
    PSA_KEY_TYPE_DH_PUBLIC_KEY_BASE | group as psa_key_type_t
}

/// Whether the type is a Diffie-Hellman key, public or pair.
#[inline]
pub const fn PSA_KEY_TYPE_IS_DH(key_type: psa_key_type_t) -> bool {
    PSA_KEY_TYPE_PUBLIC_KEY_OF_KEY_PAIR(key_type) & !PSA_KEY_TYPE_DH_GROUP_MASK
        == PSA_KEY_TYPE_DH_PUBLIC_KEY_BASE
}

/// Whether the type is a Diffie-Hellman key pair.
#[inline]
pub const fn PSA_KEY_TYPE_IS_DH_KEY_PAIR(key_type: psa_key_type_t) -> bool {
    key_type & !PSA_KEY_TYPE_DH_GROUP_MASK == PSA_KEY_TYPE_DH_KEY_PAIR_BASE
}

/// Whether the type is a Diffie-Hellman public key.
#[inline]
pub const fn PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(key_type: psa_key_type_t) -> bool {
    key_type & !PSA_KEY_TYPE_DH_GROUP_MASK == PSA_KEY_TYPE_DH_PUBLIC_KEY_BASE
}

/// The group family of a type; 0 when the type is no Diffie-Hellman key.
#[inline]
pub const fn PSA_KEY_TYPE_DH_GET_FAMILY(key_type: psa_key_type_t) -> psa_dh_family_t {
    if PSA_KEY_TYPE_IS_DH(key_type) {
        key_type.to_le_bytes()[0]
    } else {
        0
    }
}

/// The binary logarithm of the block size in bytes of a symmetric key type.
#[inline]
pub const fn PSA_GET_KEY_TYPE_BLOCK_SIZE_EXPONENT(key_type: psa_key_type_t) -> usize {
    (key_type as usize >> 8) & 7
}

/// The block size in bytes of a symmetric key type: 1 for a stream cipher, 0 for other keys.
#[inline]
pub const fn PSA_BLOCK_CIPHER_BLOCK_LENGTH(key_type: psa_key_type_t) -> usize {
    if key_type & PSA_KEY_TYPE_CATEGORY_MASK == PSA_KEY_TYPE_CATEGORY_SYMMETRIC {
        1 << PSA_GET_KEY_TYPE_BLOCK_SIZE_EXPONENT(key_type)
    } else {
        0
    }
}
