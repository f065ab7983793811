//! Signatures, asymmetric encryption, key derivation and agreement: PSA Crypto API 1.2.

use super::algorithm::{
    PSA_ALG_CATEGORY_HASH, PSA_ALG_CATEGORY_KEY_AGREEMENT, PSA_ALG_CATEGORY_KEY_DERIVATION,
    PSA_ALG_HASH_MASK, PSA_ALG_IS_KEY_AGREEMENT, PSA_ALG_IS_KEY_DERIVATION, PSA_ALG_SHA_512,
    PSA_ALG_SHAKE256_512,
};
use super::types::psa_algorithm_t;

/// Algorithms that are a base and a hash: the base's name, the constructor and the test.
macro_rules! on_a_hash {
    ($($name:literal: $base:ident = $value:literal, $make:ident, $is:ident;)*) => {$(
        #[doc = concat!($name, ", without its hash.")]
        pub const $base: psa_algorithm_t = $value;

        #[doc = concat!($name, " with a hash.")]
        #[inline]
        pub const fn $make(hash_alg: psa_algorithm_t) -> psa_algorithm_t {
            $base | (hash_alg & PSA_ALG_HASH_MASK)
        }

        #[doc = concat!("Whether the algorithm is ", $name, ", with whatever hash.")]
        #[inline]
        pub const fn $is(alg: psa_algorithm_t) -> bool {
            alg & !PSA_ALG_HASH_MASK == $base
        }
    )*};
}

on_a_hash! {
    "RSA PKCS#1 v1.5 signature": PSA_ALG_RSA_PKCS1V15_SIGN_BASE = 0x0600_0200,
        PSA_ALG_RSA_PKCS1V15_SIGN, PSA_ALG_IS_RSA_PKCS1V15_SIGN;
    "RSA PSS with a salt as long as the hash": PSA_ALG_RSA_PSS_BASE = 0x0600_0300,
        PSA_ALG_RSA_PSS, PSA_ALG_IS_RSA_PSS_STANDARD_SALT;
    "RSA PSS that accepts any length of salt": PSA_ALG_RSA_PSS_ANY_SALT_BASE = 0x0600_1300,
        PSA_ALG_RSA_PSS_ANY_SALT, PSA_ALG_IS_RSA_PSS_ANY_SALT;
    "RSA OAEP": PSA_ALG_RSA_OAEP_BASE = 0x0700_0300, PSA_ALG_RSA_OAEP, PSA_ALG_IS_RSA_OAEP;
    "HKDF": PSA_ALG_HKDF_BASE = 0x0800_0100, PSA_ALG_HKDF, PSA_ALG_IS_HKDF;
    "the extract step of HKDF": PSA_ALG_HKDF_EXTRACT_BASE = 0x0800_0400,
        PSA_ALG_HKDF_EXTRACT, PSA_ALG_IS_HKDF_EXTRACT;
    "the expand step of HKDF": PSA_ALG_HKDF_EXPAND_BASE = 0x0800_0500,
        PSA_ALG_HKDF_EXPAND, PSA_ALG_IS_HKDF_EXPAND;
    "the pseudorandom function of TLS 1.2": PSA_ALG_TLS12_PRF_BASE = 0x0800_0200,
        PSA_ALG_TLS12_PRF, PSA_ALG_IS_TLS12_PRF;
    "TLS 1.2's master secret from a pre-shared key": PSA_ALG_TLS12_PSK_TO_MS_BASE = 0x0800_0300,
        PSA_ALG_TLS12_PSK_TO_MS, PSA_ALG_IS_TLS12_PSK_TO_MS;
    "PBKDF2 with HMAC": PSA_ALG_PBKDF2_HMAC_BASE = 0x0880_0100,
        PSA_ALG_PBKDF2_HMAC, PSA_ALG_IS_PBKDF2_HMAC;
}

/// RSA PKCS#1 v1.5 signature of what the caller has encoded.
pub const PSA_ALG_RSA_PKCS1V15_SIGN_RAW: psa_algorithm_t = PSA_ALG_RSA_PKCS1V15_SIGN_BASE;

/// Whether the algorithm is RSA PSS of either kind.
#[inline]
pub const fn PSA_ALG_IS_RSA_PSS(alg: psa_algorithm_t) -> bool {
    PSA_ALG_IS_RSA_PSS_STANDARD_SALT(alg) || PSA_ALG_IS_RSA_PSS_ANY_SALT(alg)
}

/// The bit that distinguishes deterministic ECDSA.
pub const PSA_ALG_ECDSA_DETERMINISTIC_FLAG: psa_algorithm_t = 0x0000_0100;
/// The bit that distinguishes deterministic DSA.
pub const PSA_ALG_DSA_DETERMINISTIC_FLAG: psa_algorithm_t = PSA_ALG_ECDSA_DETERMINISTIC_FLAG;

/// ECDSA and DSA have the same shape: randomized or deterministic (RFC 6979), on a hash.
macro_rules! randomized_or_deterministic {
    ($($name:literal: $base:ident = $value:literal, $make:ident, $is:ident, $is_random:ident,
       $deterministic_base:ident, $make_deterministic:ident, $flagged:ident, $is_deterministic:ident;)*) => {$(
        #[doc = concat!($name, ", without its hash.")]
        pub const $base: psa_algorithm_t = $value;
        #[doc = concat!("Deterministic ", $name, " (RFC 6979), without its hash.")]
        pub const $deterministic_base: psa_algorithm_t = $value | PSA_ALG_ECDSA_DETERMINISTIC_FLAG;

        #[doc = concat!($name, " with a hash.")]
        #[inline]
        pub const fn $make(hash_alg: psa_algorithm_t) -> psa_algorithm_t {
            $base | (hash_alg & PSA_ALG_HASH_MASK)
        }

        #[doc = concat!("Deterministic ", $name, " (RFC 6979) with a hash.")]
        #[inline]
        pub const fn $make_deterministic(hash_alg: psa_algorithm_t) -> psa_algorithm_t {
            $deterministic_base | (hash_alg & PSA_ALG_HASH_MASK)
        }

        #[doc = concat!("Whether the algorithm is ", $name, ", randomized or deterministic.")]
        #[inline]
        pub const fn $is(alg: psa_algorithm_t) -> bool {
            alg & !PSA_ALG_HASH_MASK & !PSA_ALG_ECDSA_DETERMINISTIC_FLAG == $base
        }

        #[doc = concat!("Whether an algorithm that is ", $name, " is the deterministic one.")]
        #[inline]
        pub const fn $flagged(alg: psa_algorithm_t) -> bool {
            alg & PSA_ALG_ECDSA_DETERMINISTIC_FLAG != 0
        }

        #[doc = concat!("Whether the algorithm is deterministic ", $name, ".")]
        #[inline]
        pub const fn $is_deterministic(alg: psa_algorithm_t) -> bool {
            $is(alg) && $flagged(alg)
        }

        #[doc = concat!("Whether the algorithm is randomized ", $name, ".")]
        #[inline]
        pub const fn $is_random(alg: psa_algorithm_t) -> bool {
            $is(alg) && !$flagged(alg)
        }
    )*};
}

randomized_or_deterministic! {
    "ECDSA": PSA_ALG_ECDSA_BASE = 0x0600_0600, PSA_ALG_ECDSA, PSA_ALG_IS_ECDSA,
        PSA_ALG_IS_RANDOMIZED_ECDSA, PSA_ALG_DETERMINISTIC_ECDSA_BASE,
        PSA_ALG_DETERMINISTIC_ECDSA, PSA_ALG_ECDSA_IS_DETERMINISTIC,
        PSA_ALG_IS_DETERMINISTIC_ECDSA;
    "DSA": PSA_ALG_DSA_BASE = 0x0600_0400, PSA_ALG_DSA, PSA_ALG_IS_DSA,
        PSA_ALG_IS_RANDOMIZED_DSA, PSA_ALG_DETERMINISTIC_DSA_BASE, PSA_ALG_DETERMINISTIC_DSA,
        PSA_ALG_DSA_IS_DETERMINISTIC, PSA_ALG_IS_DETERMINISTIC_DSA;
}

/// ECDSA of a hash whose algorithm is not said.
pub const PSA_ALG_ECDSA_ANY: psa_algorithm_t = PSA_ALG_ECDSA_BASE;
/// Ed25519 or Ed448 of a message.
pub const PSA_ALG_PURE_EDDSA: psa_algorithm_t = 0x0600_0800;
/// `EdDSA` of a hash, without its hash.
pub const PSA_ALG_HASH_EDDSA_BASE: psa_algorithm_t = 0x0600_0900;
/// Ed25519ph.
pub const PSA_ALG_ED25519PH: psa_algorithm_t =
    PSA_ALG_HASH_EDDSA_BASE | (PSA_ALG_SHA_512 & PSA_ALG_HASH_MASK);
/// Ed448ph.
pub const PSA_ALG_ED448PH: psa_algorithm_t =
    PSA_ALG_HASH_EDDSA_BASE | (PSA_ALG_SHAKE256_512 & PSA_ALG_HASH_MASK);

/// Whether the algorithm is `EdDSA` of a hash.
#[inline]
pub const fn PSA_ALG_IS_HASH_EDDSA(alg: psa_algorithm_t) -> bool {
    alg & !PSA_ALG_HASH_MASK == PSA_ALG_HASH_EDDSA_BASE
}

/// Whether the algorithm is a hash-and-sign of Mbed TLS's own: DSA.
#[inline]
pub const fn PSA_ALG_IS_VENDOR_HASH_AND_SIGN(alg: psa_algorithm_t) -> bool {
    PSA_ALG_IS_DSA(alg)
}

/// Whether the algorithm can sign a hash.
#[inline]
pub const fn PSA_ALG_IS_SIGN_HASH(alg: psa_algorithm_t) -> bool {
    PSA_ALG_IS_RSA_PSS(alg)
        || PSA_ALG_IS_RSA_PKCS1V15_SIGN(alg)
        || PSA_ALG_IS_ECDSA(alg)
        || PSA_ALG_IS_HASH_EDDSA(alg)
        || PSA_ALG_IS_VENDOR_HASH_AND_SIGN(alg)
}

/// Whether the algorithm can sign a message.
#[inline]
pub const fn PSA_ALG_IS_SIGN_MESSAGE(alg: psa_algorithm_t) -> bool {
    PSA_ALG_IS_SIGN_HASH(alg) || alg == PSA_ALG_PURE_EDDSA
}

/// Whether the algorithm hashes a message and signs the hash.
#[inline]
pub const fn PSA_ALG_IS_HASH_AND_SIGN(alg: psa_algorithm_t) -> bool {
    PSA_ALG_IS_SIGN_HASH(alg) && alg & PSA_ALG_HASH_MASK != 0
}

/// The hash of a signature algorithm; 0 when it has none.
#[inline]
pub const fn PSA_ALG_SIGN_GET_HASH(alg: psa_algorithm_t) -> psa_algorithm_t {
    if PSA_ALG_IS_HASH_AND_SIGN(alg) {
        alg & PSA_ALG_HASH_MASK | PSA_ALG_CATEGORY_HASH
    } else {
        0
    }
}

/// RSA PKCS#1 v1.5 encryption.
pub const PSA_ALG_RSA_PKCS1V15_CRYPT: psa_algorithm_t = 0x0700_0200;

/// The hash of RSA OAEP; 0 for another algorithm.
#[inline]
pub const fn PSA_ALG_RSA_OAEP_GET_HASH(alg: psa_algorithm_t) -> psa_algorithm_t {
    if PSA_ALG_IS_RSA_OAEP(alg) {
        alg & PSA_ALG_HASH_MASK | PSA_ALG_CATEGORY_HASH
    } else {
        0
    }
}

/// Whether the algorithm is HKDF or one of its steps.
#[inline]
pub const fn PSA_ALG_IS_ANY_HKDF(alg: psa_algorithm_t) -> bool {
    PSA_ALG_IS_HKDF(alg) || PSA_ALG_IS_HKDF_EXTRACT(alg) || PSA_ALG_IS_HKDF_EXPAND(alg)
}

macro_rules! derivation_hashes {
    ($($name:literal: $get:ident;)*) => {$(
        #[doc = concat!("The hash of ", $name, ".")]
        #[inline]
        pub const fn $get(alg: psa_algorithm_t) -> psa_algorithm_t {
            PSA_ALG_CATEGORY_HASH | (alg & PSA_ALG_HASH_MASK)
        }
    )*};
}

derivation_hashes! {
    "HKDF": PSA_ALG_HKDF_GET_HASH;
    "the pseudorandom function of TLS 1.2": PSA_ALG_TLS12_PRF_GET_HASH;
    "TLS 1.2's master secret from a pre-shared key": PSA_ALG_TLS12_PSK_TO_MS_GET_HASH;
    "PBKDF2 with HMAC": PSA_ALG_PBKDF2_HMAC_GET_HASH;
}

/// TLS 1.2's premaster secret from EC J-PAKE.
pub const PSA_ALG_TLS12_ECJPAKE_TO_PMS: psa_algorithm_t = 0x0800_0609;
/// PBKDF2 with AES-CMAC-PRF-128.
pub const PSA_ALG_PBKDF2_AES_CMAC_PRF_128: psa_algorithm_t = 0x0880_0200;
/// The bit of derivations that are slow on purpose.
pub const PSA_ALG_KEY_DERIVATION_STRETCHING_FLAG: psa_algorithm_t = 0x0080_0000;
/// The bits that hold the derivation of a combined agreement.
pub const PSA_ALG_KEY_DERIVATION_MASK: psa_algorithm_t = 0xfe00_ffff;
/// The bits that hold the agreement itself.
pub const PSA_ALG_KEY_AGREEMENT_MASK: psa_algorithm_t = 0xffff_0000;
/// Finite-field Diffie-Hellman.
pub const PSA_ALG_FFDH: psa_algorithm_t = 0x0901_0000;
/// Elliptic-curve Diffie-Hellman.
pub const PSA_ALG_ECDH: psa_algorithm_t = 0x0902_0000;
/// EC J-PAKE.
pub const PSA_ALG_JPAKE: psa_algorithm_t = 0x0a00_0100;

/// Whether the algorithm is a derivation that is slow on purpose.
#[inline]
pub const fn PSA_ALG_IS_KEY_DERIVATION_STRETCHING(alg: psa_algorithm_t) -> bool {
    PSA_ALG_IS_KEY_DERIVATION(alg) && alg & PSA_ALG_KEY_DERIVATION_STRETCHING_FLAG != 0
}

/// Whether the algorithm is PBKDF2 of either kind.
#[inline]
pub const fn PSA_ALG_IS_PBKDF2(kdf_alg: psa_algorithm_t) -> bool {
    PSA_ALG_IS_PBKDF2_HMAC(kdf_alg) || kdf_alg == PSA_ALG_PBKDF2_AES_CMAC_PRF_128
}

/// A key agreement whose secret goes into a derivation.
#[inline]
pub const fn PSA_ALG_KEY_AGREEMENT(
    ka_alg: psa_algorithm_t,
    kdf_alg: psa_algorithm_t,
) -> psa_algorithm_t {
    ka_alg | kdf_alg
}

/// The derivation of a combined agreement.
#[inline]
pub const fn PSA_ALG_KEY_AGREEMENT_GET_KDF(alg: psa_algorithm_t) -> psa_algorithm_t {
    alg & PSA_ALG_KEY_DERIVATION_MASK | PSA_ALG_CATEGORY_KEY_DERIVATION
}

/// The agreement of a combined agreement.
#[inline]
pub const fn PSA_ALG_KEY_AGREEMENT_GET_BASE(alg: psa_algorithm_t) -> psa_algorithm_t {
    alg & PSA_ALG_KEY_AGREEMENT_MASK | PSA_ALG_CATEGORY_KEY_AGREEMENT
}

/// Whether the algorithm is an agreement without a derivation.
#[inline]
pub const fn PSA_ALG_IS_RAW_KEY_AGREEMENT(alg: psa_algorithm_t) -> bool {
    PSA_ALG_IS_KEY_AGREEMENT(alg)
        && PSA_ALG_KEY_AGREEMENT_GET_KDF(alg) == PSA_ALG_CATEGORY_KEY_DERIVATION
}

/// Whether the algorithm is a derivation or an agreement.
#[inline]
pub const fn PSA_ALG_IS_KEY_DERIVATION_OR_AGREEMENT(alg: psa_algorithm_t) -> bool {
    PSA_ALG_IS_KEY_DERIVATION(alg) || PSA_ALG_IS_KEY_AGREEMENT(alg)
}

/// Whether the agreement is finite-field Diffie-Hellman.
#[inline]
pub const fn PSA_ALG_IS_FFDH(alg: psa_algorithm_t) -> bool {
    PSA_ALG_KEY_AGREEMENT_GET_BASE(alg) == PSA_ALG_FFDH
}

/// Whether the agreement is elliptic-curve Diffie-Hellman.
#[inline]
pub const fn PSA_ALG_IS_ECDH(alg: psa_algorithm_t) -> bool {
    PSA_ALG_KEY_AGREEMENT_GET_BASE(alg) == PSA_ALG_ECDH
}
