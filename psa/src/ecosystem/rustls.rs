//! Keys that authenticate a client or a server in TLS of the crate [`rustls`](::rustls).
//!
//! The cryptography of the connection itself stays that of rustls's provider; the key that proves who this is lies in
//! PSA, and need not be exportable.

use crate::{
    Algorithm, Attributes, Curve, Error, Hash, Key, Result, Sign, SignAnyHash, key::Scheme,
};
use ::rustls::{
    SignatureAlgorithm, SignatureScheme,
    pki_types::{CertificateDer, SubjectPublicKeyInfoDer},
    sign::{CertifiedKey, Signer},
};
use alloc::{boxed::Box, string::ToString, sync::Arc, vec::Vec};

/// A key with its certificate chain, for `with_client_cert_resolver` and `with_cert_resolver` of rustls.
///
/// # Errors
/// [`Error::NotPermitted`] when the policy permits no signature that TLS has a name for, [`Error::DifferentKey`] when the
/// first certificate was issued for another key, [`Error::Der`] when there is none or it is damaged.
///
/// ```
/// use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Usage};
/// use rustls::{pki_types::CertificateDer, sign::SingleCertAndKey};
/// use std::sync::Arc;
///
/// /// The answer goes to `with_client_cert_resolver`.
/// fn client(key: Key, chain: Vec<CertificateDer<'static>>) -> psa::Result<Arc<SingleCertAndKey>> {
///     let certified = psa::rustls::certified_key(key, chain)?;
///     Ok(Arc::new(SingleCertAndKey::from(certified)))
/// }
///
/// psa::init()?;
/// let key = Key::generate(
///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
/// )?;
/// assert_eq!(client(key, vec![]).err(), Some(Error::Der));
/// # Ok::<(), psa::Error>(())
/// ```
pub fn certified_key(
    key: impl Into<Arc<Key>>,
    chain: Vec<CertificateDer<'static>>,
) -> Result<CertifiedKey> {
    let key = key.into();
    key.matches_certificate(chain.first().ok_or(Error::Der)?)?;
    Ok(CertifiedKey::new(chain, Arc::new(SigningKey::new(key)?)))
}

/// A key for rustls, which calls it a `SigningKey` as well.
///
/// It offers the signature schemes that its policy permits, the second algorithm of Mbed TLS included: for a curve the one
/// that TLS 1.3 has for it, for RSA up to six. TLS 1.3 needs RSA-PSS.
///
/// ```
/// use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage, rustls::SigningKey};
/// use rustls::{SignatureScheme, sign::SigningKey as _};
///
/// psa::init()?;
/// let key = Key::generate(
///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
/// )?;
/// let key = SigningKey::new(key)?;
/// let signer = key.choose_scheme(&[SignatureScheme::ED25519, SignatureScheme::ECDSA_NISTP256_SHA256]).unwrap();
/// assert_eq!(signer.sign(b"hello")?[0], 0x30);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct SigningKey {
    key: Arc<Key>,
    public: SubjectPublicKeyInfoDer<'static>,
    algorithm: SignatureAlgorithm,
    schemes: Vec<(SignatureScheme, Scheme)>,
}

impl SigningKey {
    /// The key with every scheme that its policy permits.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy permits none that TLS has a name for.
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Error, Key, rustls::SigningKey};
    /// # psa::init()?;
    /// let useless = Key::generate(Attributes::ecc_key_pair(Curve::P256))?;
    /// assert_eq!(SigningKey::new(useless).err(), Some(Error::NotPermitted));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn new(key: impl Into<Arc<Key>>) -> Result<Self> {
        let key = key.into();
        let attributes = key.attributes()?;
        // Of what it permits this is the first; that it permits any is what counts here.
        Scheme::to_sign(&attributes)?;
        let schemes: Vec<_> = candidates(&attributes)
            .iter()
            .filter_map(|&(name, any, hash)| {
                let algorithm = permitted(&attributes, any, hash)?;
                let mut scheme = Scheme::new(&attributes, algorithm);
                scheme.hash = hash;
                Some((name, scheme))
            })
            .collect();
        if schemes.is_empty() {
            return Err(Error::NotPermitted);
        }
        Ok(Self {
            public: key.public_key_der()?.into(),
            algorithm: match attributes.curve() {
                Some(_) => SignatureAlgorithm::ECDSA,
                None => SignatureAlgorithm::RSA,
            },
            key,
            schemes,
        })
    }

    /// The key.
    pub fn key(&self) -> &Key {
        &self.key
    }
}

type Candidate = (SignatureScheme, SignAnyHash, Hash);

/// What TLS 1.3 has for a curve, and TLS 1.2 and 1.3 for RSA; the best comes first.
fn candidates(attributes: &Attributes) -> &'static [Candidate] {
    const RSA: &[Candidate] = &[
        (
            SignatureScheme::RSA_PSS_SHA512,
            SignAnyHash::RsaPss,
            Hash::Sha512,
        ),
        (
            SignatureScheme::RSA_PSS_SHA384,
            SignAnyHash::RsaPss,
            Hash::Sha384,
        ),
        (
            SignatureScheme::RSA_PSS_SHA256,
            SignAnyHash::RsaPss,
            Hash::Sha256,
        ),
        (
            SignatureScheme::RSA_PKCS1_SHA512,
            SignAnyHash::RsaPkcs1v15,
            Hash::Sha512,
        ),
        (
            SignatureScheme::RSA_PKCS1_SHA384,
            SignAnyHash::RsaPkcs1v15,
            Hash::Sha384,
        ),
        (
            SignatureScheme::RSA_PKCS1_SHA256,
            SignAnyHash::RsaPkcs1v15,
            Hash::Sha256,
        ),
    ];
    const P256: &[Candidate] = &[(
        SignatureScheme::ECDSA_NISTP256_SHA256,
        SignAnyHash::Ecdsa,
        Hash::Sha256,
    )];
    const P384: &[Candidate] = &[(
        SignatureScheme::ECDSA_NISTP384_SHA384,
        SignAnyHash::Ecdsa,
        Hash::Sha384,
    )];
    const P521: &[Candidate] = &[(
        SignatureScheme::ECDSA_NISTP521_SHA512,
        SignAnyHash::Ecdsa,
        Hash::Sha512,
    )];
    match (attributes.key_type(), attributes.curve()) {
        (crate::KeyType::RsaKeyPair, _) => RSA,
        (crate::KeyType::EccKeyPair(_), Some(Curve::P256)) => P256,
        (crate::KeyType::EccKeyPair(_), Some(Curve::P384)) => P384,
        (crate::KeyType::EccKeyPair(_), Some(Curve::P521)) => P521,
        _ => &[],
    }
}

/// The algorithm by which the policy permits such signatures.
fn permitted(attributes: &Attributes, any: SignAnyHash, hash: Hash) -> Option<Sign> {
    // Which nonces ECDSA takes, and which salts PSS accepts, no verifier sees.
    let (same, bare) = match any {
        SignAnyHash::Ecdsa => (SignAnyHash::DeterministicEcdsa, Some(Sign::EcdsaAny)),
        SignAnyHash::RsaPss => (SignAnyHash::RsaPssAnySalt, None),
        other => (other, None),
    };
    [
        attributes.permitted_algorithm(),
        attributes.permitted_enrollment_algorithm(),
    ]
    .into_iter()
    .find_map(|policy| {
        let candidates = [Some(any.with(hash)), Some(same.with(hash)), bare];
        candidates.into_iter().flatten().find(|&sign| match policy {
            Algorithm::Sign(permitted) => permitted == sign,
            Algorithm::SignAnyHash(permitted) => permitted.with(hash) == sign,
            _ => false,
        })
    })
}

impl ::rustls::sign::SigningKey for SigningKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let (name, scheme) = self
            .schemes
            .iter()
            .find(|(name, _)| offered.contains(name))?;
        Some(Box::new(OneScheme {
            key: self.key.clone(),
            name: *name,
            scheme: *scheme,
        }))
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        Some(self.public.as_ref().into())
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }
}

#[derive(Debug)]
struct OneScheme {
    key: Arc<Key>,
    name: SignatureScheme,
    scheme: Scheme,
}

impl Signer for OneScheme {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, ::rustls::Error> {
        self.scheme
            .sign_x509(&self.key, message)
            .map_err(|error| ::rustls::Error::General(error.to_string()))
    }

    fn scheme(&self) -> SignatureScheme {
        self.name
    }
}
