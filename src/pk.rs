//! Keys as Mbed TLS's PK module has them: made here, read from PEM or DER, or kept in the PSA core.
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use crate::error::{Error, Result};
use crate::ffi::pk::{Context, SIGNATURE_MAX};
use crate::md::Md;
use crate::sys;

#[cfg(mbedtls = "PK_WRITE_C")]
mod write;

/// An elliptic curve.
///
/// Which of them a build knows depends on its configuration: the others give an error when a key is made or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs)] // their names say what they are
pub enum Curve {
    P192,
    P224,
    P256,
    P384,
    P521,
    Secp192k1,
    Secp224k1,
    Secp256k1,
    BrainpoolP256r1,
    BrainpoolP384r1,
    BrainpoolP512r1,
    /// For key agreement only: X25519.
    Curve25519,
    /// For key agreement only: X448. PEM and DER of the library do not have it.
    Curve448,
}

/// What a key is.
///
/// ```
/// use mbedtls_psa::pk::{Curve, KeyType, Pk};
///
/// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
/// assert_eq!(key.key_type()?, KeyType::Ec(Curve::P256));
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyType {
    /// A key of an elliptic curve.
    Ec(Curve),
    /// An RSA key; the public exponent of a new one is 65537.
    Rsa {
        /// Length of the modulus in bits.
        bits: usize,
    },
}

/// A key (`mbedtls_pk_context`): a public key, a key pair, or a key pair that stays in the PSA core.
///
/// `'k` is the life of the PSA key behind an opaque one; every other `Pk` owns what it needs and is a `Pk<'static>`.
/// A `Pk` can move to another thread, and be used by one at a time.
///
/// ```
/// use mbedtls_psa::md::Md;
/// use mbedtls_psa::pk::{Curve, KeyType, Pk};
///
/// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
/// let signature = key.sign_message(Md::Sha256, b"hello")?;
/// key.verify_message(Md::Sha256, b"hello", &signature)?;
/// assert!(key.verify_message(Md::Sha256, b"Hello", &signature).is_err());
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
pub struct Pk<'k> {
    pub(crate) context: Context,
    key: PhantomData<&'k ()>,
}

impl Pk<'_> {
    fn new(context: Context) -> Self {
        Self {
            context,
            key: PhantomData,
        }
    }

    /// Makes a new key pair from the random source of the PSA core.
    ///
    /// # Errors
    /// `PSA_ERROR_NOT_SUPPORTED` for a type or size that the configuration leaves out; `PSA_ERROR_INSUFFICIENT_ENTROPY`
    /// without a random source.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// assert_eq!(key.bits(), 256);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn generate(key_type: KeyType) -> Result<Pk<'static>> {
        Context::generate(key_type).map(Pk::new)
    }

    /// Wraps a key pair of the PSA core (`mbedtls_pk_setup_opaque`): it signs without leaving its place.
    ///
    /// The caller chooses `'k`; `psa::Key::to_pk` binds it to the key, so prefer that: once the key is destroyed its number
    /// gives errors, until the PSA core gives it to a new key, with which this one then signs. What an opaque key can do
    /// follows from its policy, and an opaque RSA key cannot verify.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_PK_BAD_INPUT_DATA` if there is no such key, `MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE` if it is no key pair
    /// of EC or RSA.
    ///
    /// ```
    /// use mbedtls_psa::pk::Pk;
    ///
    /// let error = Pk::opaque(0x3fff_ffff).unwrap_err();
    /// assert_eq!(error.to_string(), "MBEDTLS_ERR_PK_BAD_INPUT_DATA (-0x3E80, -16000)");
    /// ```
    pub fn opaque(id: u32) -> Result<Self> {
        Context::opaque(id).map(Self::new)
    }

    /// Reads a private key: SEC1, PKCS#1 or PKCS#8, in PEM or DER, encrypted or not.
    ///
    /// The two halves must belong together. The final zero that C wants after PEM is not needed. An encrypted file says
    /// itself how often its key derivation is iterated: one from a stranger can keep this function busy.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_PK_PASSWORD_REQUIRED` and `..._PASSWORD_MISMATCH`; `MBEDTLS_ERR_PK_KEY_INVALID_FORMAT` for what is no
    /// key; `MBEDTLS_ERR_PK_UNKNOWN_NAMED_CURVE` for a curve that the configuration leaves out;
    /// `MBEDTLS_ERR_ECP_BAD_INPUT_DATA` or `MBEDTLS_ERR_RSA_KEY_CHECK_FAILED` for halves of two keys.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let pem = Pk::generate(KeyType::Ec(Curve::P256))?.key_pem()?;
    /// let key = Pk::parse_key(pem.as_bytes(), None)?;
    /// assert!(Pk::parse_key(&pem.as_bytes()[..100], None).is_err());
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(mbedtls = "PK_PARSE_C")]
    pub fn parse_key(pem_or_der: &[u8], password: Option<&[u8]>) -> Result<Pk<'static>> {
        Context::parse_key(pem_or_der, password).map(Pk::new)
    }

    /// Reads a public key: `SubjectPublicKeyInfo`, or PKCS#1 for RSA, in PEM or DER.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_PK_INVALID_PUBKEY` or `MBEDTLS_ERR_PK_KEY_INVALID_FORMAT` for what is no public key.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let public = Pk::parse_public_key(key.pubkey_pem()?.as_bytes())?;
    /// key.check_pair(&public)?;
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(mbedtls = "PK_PARSE_C")]
    pub fn parse_public_key(pem_or_der: &[u8]) -> Result<Pk<'static>> {
        Context::parse_public_key(pem_or_der).map(Pk::new)
    }

    /// What the key is.
    ///
    /// # Errors
    /// Only for an opaque key: the status of the PSA core if the key is gone.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// assert_eq!(Pk::generate(KeyType::Ec(Curve::P256))?.key_type()?, KeyType::Ec(Curve::P256));
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn key_type(&self) -> Result<KeyType> {
        self.context
            .key_type()?
            .ok_or(Error::from_code(sys::MBEDTLS_ERR_PK_UNKNOWN_PK_ALG))
    }

    /// The size of the key in bits, or 0 for an opaque key that is gone.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// assert_eq!(Pk::generate(KeyType::Ec(Curve::P256))?.bits(), 256);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn bits(&self) -> usize {
        self.context.bits()
    }

    /// Whether the key lives in the PSA core.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// assert!(!Pk::generate(KeyType::Ec(Curve::P256))?.is_opaque());
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn is_opaque(&self) -> bool {
        self.context.is_opaque()
    }

    /// Signs a digest: ECDSA in ASN.1 form (RFC 3279), RSA as PKCS#1 v1.5.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_PK_BAD_INPUT_DATA` for a digest that has not the length of its hash or a key without its private half;
    /// for an opaque key the PSA status, translated, if its policy forbids this.
    ///
    /// ```
    /// use mbedtls_psa::md::Md;
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let digest = Md::Sha256.hash(b"hello")?;
    /// let signature = key.sign(Md::Sha256, &digest)?;
    /// key.verify(Md::Sha256, &digest, &signature)?;
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn sign(&self, md: Md, digest: &[u8]) -> Result<Signature> {
        check_digest(md, digest)?;
        let mut bytes = [0; SIGNATURE_MAX];
        let len = self.context.sign(md, digest, &mut bytes)?;
        Ok(Signature { bytes, len })
    }

    /// Hashes a message and signs the digest.
    ///
    /// # Errors
    /// As [`sign`](Self::sign) and [`Md::hash`].
    ///
    /// ```
    /// use mbedtls_psa::md::Md;
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let signature = key.sign_message(Md::Sha256, b"hello")?;
    /// assert_eq!(signature[0], 0x30);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn sign_message(&self, md: Md, message: &[u8]) -> Result<Signature> {
        self.sign(md, &md.hash(message)?)
    }

    /// Verifies a signature of a digest.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_ECP_VERIFY_FAILED` or `MBEDTLS_ERR_RSA_VERIFY_FAILED` for a wrong signature,
    /// `MBEDTLS_ERR_PK_SIG_LEN_MISMATCH` for a right one with something behind it, `MBEDTLS_ERR_PK_BAD_INPUT_DATA` for a
    /// digest that has not the length of its hash.
    ///
    /// ```
    /// use mbedtls_psa::md::Md;
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let digest = Md::Sha256.hash(b"hello")?;
    /// assert!(key.verify(Md::Sha256, &digest, b"no signature").is_err());
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn verify(&self, md: Md, digest: &[u8], signature: &[u8]) -> Result<()> {
        check_digest(md, digest)?;
        self.context.verify(md, digest, signature)
    }

    /// Hashes a message and verifies a signature of the digest.
    ///
    /// # Errors
    /// As [`verify`](Self::verify) and [`Md::hash`].
    ///
    /// ```
    /// use mbedtls_psa::md::Md;
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let signature = key.sign_message(Md::Sha256, b"hello")?;
    /// key.verify_message(Md::Sha256, b"hello", &signature)?;
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn verify_message(&self, md: Md, message: &[u8], signature: &[u8]) -> Result<()> {
        self.verify(md, &md.hash(message)?, signature)
    }

    /// Checks that `public` is the public half of this key pair.
    ///
    /// The whole points are compared, and the private half is multiplied out unless it stays in the PSA core.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_PK_TYPE_MISMATCH` for keys of two kinds; `MBEDTLS_ERR_ECP_BAD_INPUT_DATA`,
    /// `MBEDTLS_ERR_RSA_KEY_CHECK_FAILED` or, for an opaque key and where a driver is alone with its curve,
    /// `MBEDTLS_ERR_PK_BAD_INPUT_DATA` for another key's half.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    ///
    /// let (mine, other) = (Pk::generate(KeyType::Ec(Curve::P256))?, Pk::generate(KeyType::Ec(Curve::P256))?);
    /// mine.check_pair(&mine)?;
    /// assert!(mine.check_pair(&other).is_err());
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn check_pair(&self, public: &Pk<'_>) -> Result<()> {
        self.context.check_pair(&public.context)
    }
}

impl fmt::Debug for Pk<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Pk");
        if let Ok(key_type) = self.key_type() {
            shown.field("key_type", &key_type);
        }
        shown
            .field("opaque", &self.is_opaque())
            .finish_non_exhaustive()
    }
}

fn check_digest(md: Md, digest: &[u8]) -> Result<()> {
    if digest.len() == md.size() {
        Ok(())
    } else {
        Err(Error::from_code(sys::MBEDTLS_ERR_PK_BAD_INPUT_DATA))
    }
}

/// A signature: ECDSA in ASN.1 form, or RSA.
///
/// ```
/// use mbedtls_psa::md::Md;
/// use mbedtls_psa::pk::{Curve, KeyType, Pk};
///
/// let signature = Pk::generate(KeyType::Ec(Curve::P256))?.sign_message(Md::Sha256, b"hello")?;
/// assert!(signature.len() <= 72);
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Signature {
    bytes: [u8; SIGNATURE_MAX],
    len: usize,
}

impl Deref for Signature {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
