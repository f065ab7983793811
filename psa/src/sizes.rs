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

use crate::{AsymmetricEncryption, KeyType, Sign, format::pem};

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

/// `PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE`: bytes of the secret that a key pair agrees on with a peer.
#[must_use]
pub const fn raw_key_agreement_output_size(key_type: KeyType, bits: usize) -> usize {
    tfm_sys::PSA_RAW_KEY_AGREEMENT_OUTPUT_SIZE(key_type.to_raw(), bits)
}

/// `PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE`: bytes of a ciphertext.
#[must_use]
pub const fn asymmetric_encrypt_output_size(
    key_type: KeyType,
    bits: usize,
    algorithm: AsymmetricEncryption,
) -> usize {
    tfm_sys::PSA_ASYMMETRIC_ENCRYPT_OUTPUT_SIZE(key_type.to_raw(), bits, algorithm.to_raw())
}

/// `PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE`: at most so many bytes has a decrypted message.
#[must_use]
pub const fn asymmetric_decrypt_output_size(
    key_type: KeyType,
    bits: usize,
    algorithm: AsymmetricEncryption,
) -> usize {
    tfm_sys::PSA_ASYMMETRIC_DECRYPT_OUTPUT_SIZE(key_type.to_raw(), bits, algorithm.to_raw())
}

/// `PSA_SIGNATURE_MAX_SIZE`: at most so many bytes has a signature.
pub const SIGNATURE_MAX_SIZE: usize = tfm_sys::PSA_SIGNATURE_MAX_SIZE;
/// `PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE`: at most so many bytes has a secret that two agree on.
pub const RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE: usize = tfm_sys::PSA_RAW_KEY_AGREEMENT_OUTPUT_MAX_SIZE;
/// `PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE`: at most so many bytes has a ciphertext of a public key.
pub const ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE: usize =
    tfm_sys::PSA_ASYMMETRIC_ENCRYPT_OUTPUT_MAX_SIZE;
/// `PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE`: at most so many bytes has a message that a private key decrypts.
pub const ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE: usize =
    tfm_sys::PSA_ASYMMETRIC_DECRYPT_OUTPUT_MAX_SIZE;
/// `PSA_EXPORT_KEY_PAIR_MAX_SIZE`: at most so many bytes has an exported key pair.
pub const EXPORT_KEY_PAIR_MAX_SIZE: usize = tfm_sys::PSA_EXPORT_KEY_PAIR_MAX_SIZE;
/// `PSA_EXPORT_PUBLIC_KEY_MAX_SIZE`: at most so many bytes has an exported public key.
pub const EXPORT_PUBLIC_KEY_MAX_SIZE: usize = tfm_sys::PSA_EXPORT_PUBLIC_KEY_MAX_SIZE;
/// `PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE`: at most so many bytes may a pre-shared key have for
/// [`Tls12PskToMs`](crate::Tls12PskToMs).
pub const TLS12_PSK_TO_MS_PSK_MAX_SIZE: usize = tfm_sys::PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE;
/// `PSA_TLS12_ECJPAKE_TO_PMS_OUTPUT_SIZE`: bytes of a premaster secret from EC J-PAKE.
pub const TLS12_ECJPAKE_TO_PMS_OUTPUT_SIZE: usize = tfm_sys::PSA_TLS12_ECJPAKE_TO_PMS_DATA_SIZE;

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
