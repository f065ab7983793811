//! Keys that verify.

use super::{PsaSignature, failed, hash_of};
use crate::{Key, Result, Sign, key::Scheme};
use ::signature::{MultipartVerifier, Verifier, hazmat::PrehashVerifier};
use core::borrow::Borrow;

/// A key that verifies with one algorithm: a key pair's public half, or a public key.
///
/// It is a [`Verifier`], a [`MultipartVerifier`] and a [`PrehashVerifier`]; with feature `digest` a `DigestVerifier`.
/// [`SigningKey::verifying_key`](::signature::Keypair::verifying_key) answers one over the same key, which needs
/// [`Usage::VERIFY`](crate::Usage::VERIFY) too.
///
/// ```
/// use psa::signature::{Signature, SigningKey, VerifyingKey};
/// use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
/// use signature::{MultipartSigner, Verifier};
///
/// psa::init()?;
/// let ecdsa = Algorithm::ecdsa(Hash::Sha256);
/// let key = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(ecdsa))?;
/// let signature: Signature = SigningKey::new(&key)?.try_multipart_sign(&[b"hel", b"lo"])?;
///
/// let public = Attributes::ecc_public_key(Curve::P256).usage(Usage::VERIFY).algorithm(ecdsa);
/// let verifier = VerifyingKey::new(Key::import(public, &key.export_public()?)?)?;
/// verifier.verify(b"hello", &signature)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct VerifyingKey<K> {
    key: K,
    scheme: Scheme,
}

impl<K: Borrow<Key>> VerifyingKey<K> {
    /// The key with the algorithm that its policy permits; where the policy leaves the hash open, it is SHA-256, or
    /// SHA-384 and SHA-512 on curves of that size.
    ///
    /// # Errors
    /// [`Error::NotPermitted`](crate::Error::NotPermitted) when the policy permits to verify none.
    pub fn new(key: K) -> Result<Self> {
        let scheme = Scheme::to_verify(&key.borrow().attributes()?)?;
        Ok(Self { key, scheme })
    }

    /// The key with this algorithm.
    ///
    /// # Errors
    /// What the provider answers when it is asked for the attributes. Whether the policy permits the algorithm shows when
    /// it verifies.
    pub fn with_algorithm(key: K, algorithm: Sign) -> Result<Self> {
        let scheme = Scheme::new(&key.borrow().attributes()?, algorithm);
        Ok(Self { key, scheme })
    }

    pub(super) const fn of(key: K, scheme: Scheme) -> Self {
        Self { key, scheme }
    }

    /// The algorithm that it verifies with.
    pub const fn algorithm(&self) -> Sign {
        self.scheme.algorithm
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

impl<K: Borrow<Key>, S: PsaSignature> Verifier<S> for VerifyingKey<K> {
    fn verify(&self, message: &[u8], signature: &S) -> Result<(), ::signature::Error> {
        let mut verify = |signature: &[u8]| self.scheme.verify(self.key(), message, signature);
        signature
            .verified(&self.scheme, &mut verify)
            .map_err(failed)
    }
}

impl<K: Borrow<Key>, S: PsaSignature> PrehashVerifier<S> for VerifyingKey<K> {
    fn verify_prehash(&self, hash: &[u8], signature: &S) -> Result<(), ::signature::Error> {
        let mut verify = |signature: &[u8]| self.scheme.verify_hash(self.key(), hash, signature);
        signature
            .verified(&self.scheme, &mut verify)
            .map_err(failed)
    }
}

impl<K: Borrow<Key>, S: PsaSignature> MultipartVerifier<S> for VerifyingKey<K> {
    fn multipart_verify(&self, parts: &[&[u8]], signature: &S) -> Result<(), ::signature::Error> {
        let mut buffer = [0; tfm_sys::PSA_HASH_MAX_SIZE];
        let hash = hash_of(&self.scheme, parts, &mut buffer).map_err(failed)?;
        self.verify_prehash(hash, signature)
    }
}

#[cfg(feature = "digest")]
impl<K, S, D> ::signature::DigestVerifier<D, S> for VerifyingKey<K>
where
    K: Borrow<Key>,
    S: PsaSignature,
    D: digest::Digest + digest::Update,
{
    fn verify_digest<F>(&self, feed: F, signature: &S) -> Result<(), ::signature::Error>
    where
        F: Fn(&mut D) -> Result<(), ::signature::Error>,
    {
        let mut digest = D::new();
        feed(&mut digest)?;
        self.verify_prehash(&digest.finalize(), signature)
    }
}
