//! Buffer sizes in bytes of asymmetric keys, signatures and agreements.

use super::algorithm_asymmetric::{PSA_ALG_IS_RSA_OAEP, PSA_ALG_RSA_OAEP_GET_HASH};
use super::key_type::*;
use super::sizes::*;
use super::types::{psa_algorithm_t, psa_key_type_t};

/// The padding that RSA encryption needs at least.
#[inline]
pub const fn PSA_RSA_MINIMUM_PADDING_SIZE(alg: psa_algorithm_t) -> usize {
    if PSA_ALG_IS_RSA_OAEP(alg) {
        2 * PSA_HASH_LENGTH(PSA_ALG_RSA_OAEP_GET_HASH(alg)) + 1
    } else {
        11
    }
}

/// An ECDSA signature: r and s, each as long as the curve's order.
#[inline]
pub const fn PSA_ECDSA_SIGNATURE_SIZE(curve_bits: usize) -> usize {
    PSA_BITS_TO_BYTES(curve_bits) * 2
}

/// The longest ECDSA signature.
pub const PSA_VENDOR_ECDSA_SIGNATURE_MAX_SIZE: usize =
    PSA_ECDSA_SIGNATURE_SIZE(PSA_VENDOR_ECC_MAX_CURVE_BITS);

/// A signature; 0 for a key that cannot sign.
#[inline]
pub const fn PSA_SIGN_OUTPUT_SIZE(
    key_type: psa_key_type_t,
    key_bits: usize,
    _alg: psa_algorithm_t,
) -> usize {
    if PSA_KEY_TYPE_IS_RSA(key_type) {
        PSA_BITS_TO_BYTES(key_bits)
    } else if PSA_KEY_TYPE_IS_ECC(key_type) {
        PSA_ECDSA_SIGNATURE_SIZE(key_bits)
    } else {
        0
    }
}

/// The longest signature: RSA with 4096 bits.
pub const PSA_SIGNATURE_MAX_SIZE: usize = PSA_BITS_TO_BYTES(PSA_VENDOR_RSA_MAX_KEY_BITS);

/// An asymmetric ciphertext; 0 for a key that cannot encrypt.
#[inline]
pub const fn PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(
    key_type: psa_key_type_t,
    key_bits: usize,
    _alg: psa_algorithm_t,
) -> usize {
    if PSA_KEY_TYPE_IS_RSA(key_type) {
        PSA_BITS_TO_BYTES(key_bits)
    } else {
        0
    }
}

/// The longest asymmetric ciphertext.
pub const PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE: usize =
    PSA_BITS_TO_BYTES(PSA_VENDOR_RSA_MAX_KEY_BITS);

/// The longest plaintext of an asymmetric ciphertext; 0 for a key that cannot decrypt or is too short.
#[inline]
pub const fn PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(
    key_type: psa_key_type_t,
    key_bits: usize,
    alg: psa_algorithm_t,
) -> usize {
    if PSA_KEY_TYPE_IS_RSA(key_type) {
        PSA_BITS_TO_BYTES(key_bits).saturating_sub(PSA_RSA_MINIMUM_PADDING_SIZE(alg))
    } else {
        0
    }
}

/// The longest plaintext of any asymmetric ciphertext.
pub const PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE: usize =
    PSA_BITS_TO_BYTES(PSA_VENDOR_RSA_MAX_KEY_BITS);

/// A DER INTEGER of so many bits.
#[inline]
pub const fn PSA_KEY_EXPORT_ASN1_INTEGER_MAX_SIZE(bits: usize) -> usize {
    bits / 8 + 5
}

/// An exported RSA public key.
#[inline]
pub const fn PSA_KEY_EXPORT_RSA_PUBLIC_KEY_MAX_SIZE(key_bits: usize) -> usize {
    PSA_KEY_EXPORT_ASN1_INTEGER_MAX_SIZE(key_bits) + 11
}

/// An exported RSA key pair.
#[inline]
pub const fn PSA_KEY_EXPORT_RSA_KEY_PAIR_MAX_SIZE(key_bits: usize) -> usize {
    9 * PSA_KEY_EXPORT_ASN1_INTEGER_MAX_SIZE(key_bits / 2 + 1) + 14
}

/// An exported DSA public key.
#[inline]
pub const fn PSA_KEY_EXPORT_DSA_PUBLIC_KEY_MAX_SIZE(key_bits: usize) -> usize {
    PSA_KEY_EXPORT_ASN1_INTEGER_MAX_SIZE(key_bits) * 3 + 59
}

/// An exported DSA key pair.
#[inline]
pub const fn PSA_KEY_EXPORT_DSA_KEY_PAIR_MAX_SIZE(key_bits: usize) -> usize {
    PSA_KEY_EXPORT_ASN1_INTEGER_MAX_SIZE(key_bits) * 3 + 75
}

/// An exported elliptic-curve public key: an uncompressed point.
#[inline]
pub const fn PSA_KEY_EXPORT_ECC_PUBLIC_KEY_MAX_SIZE(key_bits: usize) -> usize {
    2 * PSA_BITS_TO_BYTES(key_bits) + 1
}

/// An exported elliptic-curve key pair: the private scalar.
#[inline]
pub const fn PSA_KEY_EXPORT_ECC_KEY_PAIR_MAX_SIZE(key_bits: usize) -> usize {
    PSA_BITS_TO_BYTES(key_bits)
}

/// An exported Diffie-Hellman key pair.
#[inline]
pub const fn PSA_KEY_EXPORT_FFDH_KEY_PAIR_MAX_SIZE(key_bits: usize) -> usize {
    PSA_BITS_TO_BYTES(key_bits)
}

/// An exported Diffie-Hellman public key.
#[inline]
pub const fn PSA_KEY_EXPORT_FFDH_PUBLIC_KEY_MAX_SIZE(key_bits: usize) -> usize {
    PSA_BITS_TO_BYTES(key_bits)
}

/// What `psa_export_key` writes at most; 0 for an unknown type.
#[inline]
pub const fn PSA_EXPORT_KEY_OUTPUT_SIZE(key_type: psa_key_type_t, key_bits: usize) -> usize {
    match key_type {
        PSA_KEY_TYPE_RSA_KEY_PAIR => PSA_KEY_EXPORT_RSA_KEY_PAIR_MAX_SIZE(key_bits),
        PSA_KEY_TYPE_RSA_PUBLIC_KEY => PSA_KEY_EXPORT_RSA_PUBLIC_KEY_MAX_SIZE(key_bits),
        PSA_KEY_TYPE_DSA_KEY_PAIR => PSA_KEY_EXPORT_DSA_KEY_PAIR_MAX_SIZE(key_bits),
        PSA_KEY_TYPE_DSA_PUBLIC_KEY => PSA_KEY_EXPORT_DSA_PUBLIC_KEY_MAX_SIZE(key_bits),
        _ if PSA_KEY_TYPE_IS_UNSTRUCTURED(key_type) || PSA_KEY_TYPE_IS_DH(key_type) => {
            PSA_BITS_TO_BYTES(key_bits)
        }
        _ if PSA_KEY_TYPE_IS_ECC_KEY_PAIR(key_type) => {
            PSA_KEY_EXPORT_ECC_KEY_PAIR_MAX_SIZE(key_bits)
        }
        _ if PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(key_type) => {
            PSA_KEY_EXPORT_ECC_PUBLIC_KEY_MAX_SIZE(key_bits)
        }
        _ => 0,
    }
}

/// What `psa_export_public_key` writes at most; 0 for an unknown type.
#[inline]
pub const fn PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(key_type: psa_key_type_t, key_bits: usize) -> usize {
    if PSA_KEY_TYPE_IS_RSA(key_type) {
        PSA_KEY_EXPORT_RSA_PUBLIC_KEY_MAX_SIZE(key_bits)
    } else if PSA_KEY_TYPE_IS_ECC(key_type) {
        PSA_KEY_EXPORT_ECC_PUBLIC_KEY_MAX_SIZE(key_bits)
    } else if PSA_KEY_TYPE_IS_DH(key_type) {
        PSA_BITS_TO_BYTES(key_bits)
    } else {
        0
    }
}

/// The longest exported key pair: RSA with 4096 bits.
pub const PSA_EXPORT_KEY_PAIR_MAX_SIZE: usize =
    PSA_KEY_EXPORT_RSA_KEY_PAIR_MAX_SIZE(PSA_VENDOR_RSA_MAX_KEY_BITS);
/// The longest exported public key: Diffie-Hellman with 8192 bits.
pub const PSA_EXPORT_PUBLIC_KEY_MAX_SIZE: usize =
    PSA_KEY_EXPORT_FFDH_PUBLIC_KEY_MAX_SIZE(PSA_VENDOR_FFDH_MAX_KEY_BITS);
/// The longest exported key.
pub const PSA_EXPORT_KEY_PAIR_OR_PUBLIC_MAX_SIZE: usize = PSA_EXPORT_KEY_PAIR_MAX_SIZE;

/// The shared secret of a raw key agreement; 0 for a key that cannot agree.
#[inline]
pub const fn PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(key_type: psa_key_type_t, key_bits: usize) -> usize {
    if PSA_KEY_TYPE_IS_ECC_KEY_PAIR(key_type) || PSA_KEY_TYPE_IS_DH_KEY_PAIR(key_type) {
        PSA_BITS_TO_BYTES(key_bits)
    } else {
        0
    }
}

/// The longest shared secret: Diffie-Hellman with 8192 bits.
pub const PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE: usize =
    PSA_BITS_TO_BYTES(PSA_VENDOR_FFDH_MAX_KEY_BITS);
