//! A key for the PK module of Mbed TLS.

use crate::Key;
use mbedtls_psa::pk::Pk;

impl Key {
    /// The key for APIs of Mbed TLS that take a `Pk`: X.509, TLS (`mbedtls_pk_setup_opaque`).
    ///
    /// It signs with the key, which stays where it is; the `Pk` borrows the key, so it cannot outlive it.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE` when the key is no key pair of EC or RSA.
    ///
    /// ```
    /// use mbedtls_psa::md::Md;
    /// use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
    ///
    /// psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::ecc_key_pair(Curve::P256)
    ///         .usage(Usage::SIGN | Usage::VERIFY)
    ///         .algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// )?;
    /// let pk = key.to_pk()?;
    /// let signature = pk.sign_message(Md::Sha256, b"hello")?;
    /// pk.verify_message(Md::Sha256, b"hello", &signature)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_pk(&self) -> mbedtls_psa::Result<Pk<'_>> {
        Pk::opaque(self.id().to_raw())
    }
}
