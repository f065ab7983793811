//! Keys that sign certificates, requests and revocation lists of the crate [`rcgen`](::rcgen).

use crate::{Curve, Error, Hash, Key, Result, Sign, format::signature, key::Scheme};
use ::rcgen::{PublicKeyData, SignatureAlgorithm};
use alloc::vec::Vec;
use core::borrow::Borrow;

/// A key for `rcgen`, which calls it a `SigningKey` as well: the key of an authority, or of a request.
///
/// ECDSA on P-256 with SHA-256 and on P-384 with SHA-384, and RSA PKCS#1 v1.5 with SHA-256, SHA-384 or SHA-512: what
/// `rcgen` has names for.
///
/// ```
/// use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage, rcgen::SigningKey};
/// use rcgen::{BasicConstraints, CertificateParams, IsCa, SerialNumber};
///
/// psa::init()?;
/// let key = Key::generate(
///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
/// )?;
/// let signer = SigningKey::new(&key)?;
/// let mut authority = CertificateParams::new(Vec::new())?;
/// authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
/// authority.serial_number = Some(SerialNumber::from(1)); // without its feature `crypto`, rcgen makes none
/// # authority.key_identifier_method = rcgen::KeyIdMethod::PreSpecified(vec![1; 20]);
/// let certificate = authority.self_signed(&signer)?;
/// key.matches_certificate(certificate.der())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct SigningKey<K> {
    key: K,
    scheme: Scheme,
    public: Vec<u8>,
    algorithm: &'static SignatureAlgorithm,
}

impl<K: Borrow<Key>> SigningKey<K> {
    /// The key with the algorithm that its policy permits; where the policy leaves the hash open, it is SHA-256, or
    /// SHA-384 on P-384.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy permits no signature, [`Error::UnsupportedKey`] when `rcgen` has no name
    /// for the algorithm.
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Error, Key, rcgen::SigningKey};
    /// # psa::init()?;
    /// let useless = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// assert_eq!(SigningKey::new(useless).err(), Some(Error::NotPermitted));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn new(key: K) -> Result<Self> {
        let attributes = key.borrow().attributes()?;
        let scheme = Scheme::to_sign(&attributes)?;
        let algorithm = match (scheme.algorithm, scheme.hash, attributes.curve()) {
            (Sign::RsaPkcs1v15(_), Hash::Sha256, _) => &::rcgen::PKCS_RSA_SHA256,
            (Sign::RsaPkcs1v15(_), Hash::Sha384, _) => &::rcgen::PKCS_RSA_SHA384,
            (Sign::RsaPkcs1v15(_), Hash::Sha512, _) => &::rcgen::PKCS_RSA_SHA512,
            (sign, Hash::Sha256, Some(Curve::P256)) if signature::is_ecdsa(sign) => {
                &::rcgen::PKCS_ECDSA_P256_SHA256
            }
            (sign, Hash::Sha384, Some(Curve::P384)) if signature::is_ecdsa(sign) => {
                &::rcgen::PKCS_ECDSA_P384_SHA384
            }
            _ => return Err(Error::UnsupportedKey),
        };
        Ok(Self {
            public: key.borrow().export_public()?,
            key,
            scheme,
            algorithm,
        })
    }

    /// The key.
    pub fn key(&self) -> &Key {
        self.key.borrow()
    }

    /// Gives the key back.
    pub fn into_key(self) -> K {
        self.key
    }
}

impl<K: Borrow<Key>> PublicKeyData for SigningKey<K> {
    fn der_bytes(&self) -> &[u8] {
        &self.public
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.algorithm
    }
}

impl<K: Borrow<Key>> ::rcgen::SigningKey for SigningKey<K> {
    /// An error of the provider becomes [`RemoteKeyError`](::rcgen::Error::RemoteKeyError), which says no more.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, ::rcgen::Error> {
        self.scheme
            .sign_x509(self.key(), message)
            .map_err(|_| ::rcgen::Error::RemoteKeyError)
    }
}
