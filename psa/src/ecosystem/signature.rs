//! Keys that sign and verify, for code that knows them by the traits of the crate [`signature`](::signature).
//!
//! [`SigningKey`] and [`VerifyingKey`] are a [`Key`] with one algorithm. The key is owned, borrowed or shared, as its
//! user wants it: `SigningKey<Key>`, `SigningKey<&Key>`, `SigningKey<Arc<Key>>`. A signature is what the receiver asks
//! for: [`Signature`] as PSA has it, [`DerSignature`] as X.509 and TLS have it, and with feature `ecdsa` the types of that
//! crate, which `p256`, `p384` and `p521` share.
//!
//! ```
//! use psa::signature::{DerSignature, SigningKey};
//! use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
//! use signature::{Keypair, Signer, Verifier};
//!
//! psa::init()?;
//! let key = Key::generate(
//!     Attributes::ecc_key_pair(Curve::P256)
//!         .usage(Usage::SIGN | Usage::VERIFY)
//!         .algorithm(Algorithm::ecdsa(Hash::Sha256)),
//! )?;
//! let signer = SigningKey::new(&key)?;
//! let signature: DerSignature = signer.try_sign(b"hello")?;
//! signer.verifying_key().verify(b"hello", &signature)?;
//! assert!(signer.verifying_key().verify(b"jello", &signature).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `Signer::sign` of that crate panics where the provider fails; `try_sign` answers the error. With feature `alloc` the
//! [`Error`] of this crate is the source of the error. There is no `RandomizedSigner`: the provider's own random numbers
//! go into a signature, never a caller's.

mod bytes;
#[cfg(feature = "ecdsa")]
mod ecdsa;
mod verifying;

pub use bytes::{DerSignature, Signature};
pub use verifying::VerifyingKey;

use crate::{Error, HashOperation, Key, Result, Sign, key::Scheme};
use ::signature::{Keypair, MultipartSigner, Signer, hazmat::PrehashSigner};
use core::borrow::Borrow;

/// A signature that keys make and verify: [`Signature`], [`DerSignature`], and with feature `ecdsa` the two types of that
/// crate.
///
/// ```
/// fn form<S: psa::signature::PsaSignature>() {}
/// form::<psa::signature::Signature>();
/// form::<psa::signature::DerSignature>();
/// ```
pub trait PsaSignature: form::Form {}

impl<S: form::Form> PsaSignature for S {}

pub(crate) mod form {
    use crate::{Result, key::Scheme};

    /// How a signature is made of PSA's, and becomes one again.
    pub trait Form: Sized {
        /// What `sign` writes to the buffer it is given, in this form.
        fn signed(
            scheme: &Scheme,
            sign: &mut dyn FnMut(&mut [u8]) -> Result<usize>,
        ) -> Result<Self>;

        /// Shows the signature as PSA has it to `verify`.
        fn verified(
            &self,
            scheme: &Scheme,
            verify: &mut dyn FnMut(&[u8]) -> Result<()>,
        ) -> Result<()>;
    }
}

/// A key that signs with one algorithm.
///
/// It is a [`Signer`], a [`MultipartSigner`] and a [`PrehashSigner`]; with feature `digest` a `DigestSigner`. Where `K` can
/// be cloned it is a [`Keypair`].
///
/// ```
/// use psa::signature::{Signature, SigningKey};
/// use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
/// use signature::{Signer, hazmat::PrehashSigner};
///
/// psa::init()?;
/// let signer = SigningKey::new(Key::generate(
///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
/// )?)?;
/// let signature: Signature = signer.try_sign(b"hello")?;
/// assert_eq!(signature.as_ref().len(), 64);
/// let of_a_hash: Signature = signer.sign_prehash(&[7; 32])?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SigningKey<K> {
    key: K,
    scheme: Scheme,
}

impl<K: Borrow<Key>> SigningKey<K> {
    /// The key with the algorithm that its policy permits; where the policy leaves the hash open, it is SHA-256, or
    /// SHA-384 and SHA-512 on curves of that size.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy permits no signature.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Sign, Usage, signature::SigningKey};
    /// # psa::init()?;
    /// let attributes = Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN);
    /// let key = Key::generate(attributes.algorithm(Algorithm::ecdsa_any_hash()))?;
    /// assert_eq!(SigningKey::new(&key)?.algorithm(), Sign::Ecdsa(Hash::Sha256));
    ///
    /// let useless = Key::generate(attributes)?;
    /// assert_eq!(SigningKey::new(&useless).err(), Some(Error::NotPermitted));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn new(key: K) -> Result<Self> {
        let scheme = Scheme::to_sign(&key.borrow().attributes()?)?;
        Ok(Self { key, scheme })
    }

    /// The key with this algorithm.
    ///
    /// # Errors
    /// What the provider answers when it is asked for the attributes. Whether the policy permits the algorithm shows when
    /// it signs.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Hash, Key, Sign, Usage, signature::SigningKey};
    /// # psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa_any_hash()),
    /// )?;
    /// let signer = SigningKey::with_algorithm(&key, Sign::Ecdsa(Hash::Sha384))?;
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn with_algorithm(key: K, algorithm: Sign) -> Result<Self> {
        let scheme = Scheme::new(&key.borrow().attributes()?, algorithm);
        Ok(Self { key, scheme })
    }

    /// The algorithm that it signs with.
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

    #[cfg(feature = "spki")]
    pub(super) const fn scheme(&self) -> &Scheme {
        &self.scheme
    }
}

impl<K: Borrow<Key>, S: PsaSignature> Signer<S> for SigningKey<K> {
    fn try_sign(&self, message: &[u8]) -> Result<S, ::signature::Error> {
        let mut sign = |buffer: &mut [u8]| {
            let signature = self.scheme.sign_into(self.key(), message, buffer)?;
            Ok(signature.len())
        };
        S::signed(&self.scheme, &mut sign).map_err(failed)
    }
}

impl<K: Borrow<Key>, S: PsaSignature> PrehashSigner<S> for SigningKey<K> {
    fn sign_prehash(&self, hash: &[u8]) -> Result<S, ::signature::Error> {
        let mut sign = |buffer: &mut [u8]| {
            let signature = self.scheme.sign_hash_into(self.key(), hash, buffer)?;
            Ok(signature.len())
        };
        S::signed(&self.scheme, &mut sign).map_err(failed)
    }
}

impl<K: Borrow<Key>, S: PsaSignature> MultipartSigner<S> for SigningKey<K> {
    fn try_multipart_sign(&self, parts: &[&[u8]]) -> Result<S, ::signature::Error> {
        let mut buffer = [0; tfm_sys::PSA_HASH_MAX_SIZE];
        let hash = hash_of(&self.scheme, parts, &mut buffer).map_err(failed)?;
        self.sign_prehash(hash)
    }
}

#[cfg(feature = "digest")]
impl<K, S, D> ::signature::DigestSigner<D, S> for SigningKey<K>
where
    K: Borrow<Key>,
    S: PsaSignature,
    D: digest::Digest + digest::Update,
{
    fn try_sign_digest<F>(&self, feed: F) -> Result<S, ::signature::Error>
    where
        F: Fn(&mut D) -> Result<(), ::signature::Error>,
    {
        let mut digest = D::new();
        feed(&mut digest)?;
        self.sign_prehash(&digest.finalize())
    }
}

impl<K: Borrow<Key> + Clone> Keypair for SigningKey<K> {
    type VerifyingKey = VerifyingKey<K>;

    fn verifying_key(&self) -> VerifyingKey<K> {
        VerifyingKey::of(self.key.clone(), self.scheme)
    }
}

/// The hash of a message in parts: PSA takes messages whole, and hashes.
fn hash_of<'b>(scheme: &Scheme, parts: &[&[u8]], buffer: &'b mut [u8]) -> Result<&'b [u8]> {
    let mut operation = HashOperation::new(scheme.hash)?;
    for part in parts {
        operation.update(part)?;
    }
    operation.finish_into(buffer)
}

/// The error of the traits, which says nothing but may have a source.
#[cfg(feature = "alloc")]
fn failed(error: Error) -> ::signature::Error {
    ::signature::Error::from_source(error)
}

#[cfg(not(feature = "alloc"))]
fn failed(_: Error) -> ::signature::Error {
    ::signature::Error::new()
}
