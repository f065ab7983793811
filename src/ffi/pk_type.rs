//! Key types: ours and those of the PSA Crypto API.
use crate::error::{Error, Result};
use crate::pk::{Curve, KeyType};
use crate::sys;

/// A number of the PSA headers in the type of its role: their macros' casts are lost in the binding.
#[allow(clippy::cast_possible_truncation)] // key types have 16 bits
const fn psa(number: u32) -> sys::psa_key_type_t {
    number as sys::psa_key_type_t
}

pub(super) const RSA_PUBLIC_KEY: sys::psa_key_type_t = psa(sys::PSA_KEY_TYPE_RSA_PUBLIC_KEY);
const RSA_KEY_PAIR: sys::psa_key_type_t = psa(sys::PSA_KEY_TYPE_RSA_KEY_PAIR);
const ECC_KEY_PAIR: sys::psa_key_type_t = psa(sys::PSA_KEY_TYPE_ECC_KEY_PAIR_BASE);
const ECC_PUBLIC_KEY: sys::psa_key_type_t = psa(sys::PSA_KEY_TYPE_ECC_PUBLIC_KEY_BASE);
const ECC_FAMILY: sys::psa_key_type_t = psa(sys::PSA_KEY_TYPE_ECC_CURVE_MASK);

/// Each curve with its family and its size in bits.
const CURVES: [(Curve, u32, usize); 13] = {
    use sys::{
        PSA_ECC_FAMILY_BRAINPOOL_P_R1, PSA_ECC_FAMILY_MONTGOMERY, PSA_ECC_FAMILY_SECP_K1,
        PSA_ECC_FAMILY_SECP_R1,
    };
    [
        (Curve::P192, PSA_ECC_FAMILY_SECP_R1, 192),
        (Curve::P224, PSA_ECC_FAMILY_SECP_R1, 224),
        (Curve::P256, PSA_ECC_FAMILY_SECP_R1, 256),
        (Curve::P384, PSA_ECC_FAMILY_SECP_R1, 384),
        (Curve::P521, PSA_ECC_FAMILY_SECP_R1, 521),
        (Curve::Secp192k1, PSA_ECC_FAMILY_SECP_K1, 192),
        (Curve::Secp224k1, PSA_ECC_FAMILY_SECP_K1, 224),
        (Curve::Secp256k1, PSA_ECC_FAMILY_SECP_K1, 256),
        (Curve::BrainpoolP256r1, PSA_ECC_FAMILY_BRAINPOOL_P_R1, 256),
        (Curve::BrainpoolP384r1, PSA_ECC_FAMILY_BRAINPOOL_P_R1, 384),
        (Curve::BrainpoolP512r1, PSA_ECC_FAMILY_BRAINPOOL_P_R1, 512),
        (Curve::Curve25519, PSA_ECC_FAMILY_MONTGOMERY, 255),
        (Curve::Curve448, PSA_ECC_FAMILY_MONTGOMERY, 448),
    ]
};

/// The type and size of a key pair.
pub(super) fn psa_type(key_type: KeyType) -> Result<(sys::psa_key_type_t, usize)> {
    match key_type {
        KeyType::Rsa { bits } => Ok((RSA_KEY_PAIR, bits)),
        KeyType::Ec(curve) => CURVES
            .iter()
            .find(|known| known.0 == curve)
            .map(|&(_, family, bits)| (ECC_KEY_PAIR | psa(family), bits))
            .ok_or(Error::from_code(sys::PSA_ERROR_NOT_SUPPORTED)),
    }
}

/// The kind of a key of this type, public or pair, and size; `None` if it has no name here.
pub(super) fn key_type(psa_type: sys::psa_key_type_t, bits: usize) -> Option<KeyType> {
    match psa_type {
        RSA_PUBLIC_KEY | RSA_KEY_PAIR => Some(KeyType::Rsa { bits }),
        _ if matches!(psa_type & !ECC_FAMILY, ECC_KEY_PAIR | ECC_PUBLIC_KEY) => {
            let curve = |known: &&(Curve, u32, usize)| {
                psa(known.1) == psa_type & ECC_FAMILY && known.2 == bits
            };
            CURVES.iter().find(curve).map(|known| KeyType::Ec(known.0))
        }
        _ => None,
    }
}
