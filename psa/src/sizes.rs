//! How large a buffer must be: the size macros of the specification as constant functions, and those of the formats.
//!
//! ```
//! use psa::{Curve, EccFamily, Hash, KeyType, Sign, sizes};
//!
//! const P256: KeyType = KeyType::EccKeyPair(EccFamily::SecpR1);
//! let mut signature = [0; sizes::sign_output_size(P256, 256, Sign::Ecdsa(Hash::Sha256))];
//! let mut pem = [0; sizes::private_key_pem_size(P256, 256)];
//! assert_eq!(signature.len(), 64);
//! ```
//!
//! For symmetric algorithms:
//!
//! ```
//! use psa::{Aead, Cipher, Hash, KeyType, Mac, sizes};
//!
//! assert_eq!(sizes::mac_length(KeyType::Hmac, 256, Mac::Hmac(Hash::Sha256)), 32);
//! assert_eq!(sizes::cipher_encrypt_output_size(KeyType::Aes, Cipher::CbcPkcs7, 16), 16 + 32);
//! assert_eq!(sizes::aead_encrypt_output_size(KeyType::Aes, Aead::Gcm, 5), 5 + 16);
//! ```

mod symmetric;

pub use symmetric::*;

use crate::{KeyType, Sign, format::pem};

/// Room for identifiers and headers around a key: the longest, PKCS#8 on a Brainpool curve, needs less.
const AROUND_A_KEY: usize = 64;

/// `PSA_EXPORT_KEY_OUTPUT_SIZE`: bytes of an exported private or secret key.
#[must_use]
pub const fn export_key_output_size(key_type: KeyType, bits: usize) -> usize {
    tfm_sys::PSA_EXPORT_KEY_OUTPUT_SIZE(key_type.to_raw(), bits)
}

/// `PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE`: bytes of an exported public key.
#[must_use]
pub const fn export_public_key_output_size(key_type: KeyType, bits: usize) -> usize {
    tfm_sys::PSA_EXPORT_PUBLIC_KEY_OUTPUT_SIZE(key_type.to_raw(), bits)
}

/// `PSA_SIGN_OUTPUT_SIZE`: bytes of a signature.
#[must_use]
pub const fn sign_output_size(key_type: KeyType, bits: usize, algorithm: Sign) -> usize {
    tfm_sys::PSA_SIGN_OUTPUT_SIZE(key_type.to_raw(), bits, algorithm.to_raw())
}

/// At most so many bytes has the DER of a private key, in either form.
#[must_use]
pub const fn private_key_der_size(key_type: KeyType, bits: usize) -> usize {
    let public = match key_type {
        KeyType::EccKeyPair(_) => export_public_key_output_size(key_type, bits),
        _ => 0,
    };
    export_key_output_size(key_type, bits) + public + AROUND_A_KEY
}

/// At most so many bytes has the PEM of a private key, in either form.
#[must_use]
pub const fn private_key_pem_size(key_type: KeyType, bits: usize) -> usize {
    pem::encoded_len(pem::RSA_PRIVATE_KEY, private_key_der_size(key_type, bits))
}

/// At most so many bytes has the DER of a public key.
#[must_use]
pub const fn public_key_der_size(key_type: KeyType, bits: usize) -> usize {
    export_public_key_output_size(key_type, bits) + AROUND_A_KEY
}

/// At most so many bytes has the PEM of a public key.
#[must_use]
pub const fn public_key_pem_size(key_type: KeyType, bits: usize) -> usize {
    pem::encoded_len(pem::PUBLIC_KEY, public_key_der_size(key_type, bits))
}
