//! The key derivations of the specification, each complete before it begins.

use super::KeyDerivationOperation as Operation;
use super::{JpakeSecret, KeyDerivationOutput, KeyDerivationStep as Step};
use crate::{Algorithm, Error, Hash, Key, KeyAgreement, KeyDerivation, Result};

mod sealed {
    use super::{Algorithm, KeyDerivation, Operation, Result, Step};

    pub trait Secret: Sized {
        /// The algorithm of an operation that takes this secret.
        fn algorithm(&self, derivation: KeyDerivation) -> Algorithm {
            Algorithm::KeyDerivation(derivation)
        }

        fn input(self, operation: &mut Operation, step: Step) -> Result<()>;
    }
}

/// What keys are derived from: a [`Key`], bytes, an [`Agreement`] or a [`JpakeSecret`].
///
/// ```
/// use psa::{Agreement, Algorithm, Attributes, Curve, Hash, Hkdf, Key, KeyAgreement, KeyDerivation, KeyType, Usage};
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let hkdf = Hkdf { hash: Hash::Sha256, salt: b"", info: b"session" };
/// let algorithm = Algorithm::KeyAgreement(KeyAgreement::Ecdh, KeyDerivation::Hkdf(Hash::Sha256));
/// let own = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::DERIVE).algorithm(algorithm))?;
/// # let peer = Key::generate(Attributes::ecc_key_pair(Curve::P256))?.export_public()?;
/// let agreement = Agreement { algorithm: KeyAgreement::Ecdh, private_key: &own, peer_public: &peer };
/// let session = hkdf.derive(agreement)?.output_key(Attributes::new(KeyType::Aes, 128))?;
/// # session.destroy()?;
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
pub trait DerivationSecret: sealed::Secret {}

/// What keys are derived from slowly: a [`Key`] or bytes. An agreement is no password.
///
/// ```compile_fail
/// use psa::{Agreement, Hash, Key, Pbkdf2Hmac};
///
/// fn derive(agreement: Agreement<'_>) {
///     let pbkdf2 = Pbkdf2Hmac { hash: Hash::Sha256, iterations: 1000, salt: b"salt" };
///     pbkdf2.derive(agreement);
/// }
/// ```
pub trait DerivationPassword: DerivationSecret {}

impl sealed::Secret for &Key {
    fn input(self, operation: &mut Operation, step: Step) -> Result<()> {
        operation.input_key(step, self)
    }
}

impl sealed::Secret for &[u8] {
    fn input(self, operation: &mut Operation, step: Step) -> Result<()> {
        operation.input_bytes(step, self)
    }
}

impl<const N: usize> sealed::Secret for &[u8; N] {
    fn input(self, operation: &mut Operation, step: Step) -> Result<()> {
        operation.input_bytes(step, self)
    }
}

impl sealed::Secret for Agreement<'_> {
    fn algorithm(&self, derivation: KeyDerivation) -> Algorithm {
        Algorithm::KeyAgreement(self.algorithm, derivation)
    }

    fn input(self, operation: &mut Operation, step: Step) -> Result<()> {
        operation.key_agreement(step, self.private_key, self.peer_public)
    }
}

impl sealed::Secret for JpakeSecret {
    fn input(self, operation: &mut Operation, step: Step) -> Result<()> {
        if step != Step::Secret {
            return Err(Error::InvalidArgument);
        }
        operation.input_pake(self)
    }
}

impl DerivationSecret for &Key {}
impl DerivationSecret for &[u8] {}
impl<const N: usize> DerivationSecret for &[u8; N] {}
impl DerivationSecret for Agreement<'_> {}
impl DerivationSecret for JpakeSecret {}
impl DerivationPassword for &Key {}
impl DerivationPassword for &[u8] {}
impl<const N: usize> DerivationPassword for &[u8; N] {}

/// A key agreement whose shared secret goes into a derivation and nowhere else.
///
/// The policy of the private key must permit exactly this: [`Algorithm::KeyAgreement`] of both.
#[derive(Clone, Copy, Debug)]
pub struct Agreement<'a> {
    /// How the two agree.
    pub algorithm: KeyAgreement,
    /// Our key pair.
    pub private_key: &'a Key,
    /// The peer's public key, in the format of [`Key::export_public_into`].
    pub peer_public: &'a [u8],
}

fn begin(derivation: KeyDerivation, secret: &impl sealed::Secret) -> Result<Operation> {
    Operation::new(secret.algorithm(derivation))
}

/// HKDF (RFC 5869): from a secret to keys for several purposes.
///
/// ```
/// use psa::{Hash, Hkdf};
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let hkdf = Hkdf { hash: Hash::Sha256, salt: b"salt", info: b"session" };
/// let mut buffer = [0; 42];
/// let key_material = hkdf.derive(b"input key material")?.output_bytes_into(&mut buffer)?;
/// assert_eq!(key_material.len(), 42);
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
///
/// An input that is forgotten is an error of the compiler:
///
/// ```compile_fail
/// # use psa::{Hash, Hkdf};
/// let hkdf = Hkdf { hash: Hash::Sha256, salt: b"salt" };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hkdf<'a> {
    /// The hash.
    pub hash: Hash,
    /// Public and better random; empty for none.
    pub salt: &'a [u8],
    /// What the output is for, and for whom; may be empty.
    pub info: &'a [u8],
}

impl Hkdf<'_> {
    /// Derives from a secret, at most 255 times as many bytes as the hash has.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when a key's policy does not permit it, [`Error::InvalidArgument`] when a key has another
    /// type than [`KeyType::Derive`](crate::KeyType::Derive) or the peer's public key is none,
    /// [`Error::NotSupported`] when the provider does not have the algorithm.
    pub fn derive(&self, secret: impl DerivationSecret) -> Result<KeyDerivationOutput> {
        let mut operation = begin(KeyDerivation::Hkdf(self.hash), &secret)?;
        operation.input_bytes(Step::Salt, self.salt)?;
        secret.input(&mut operation, Step::Secret)?;
        operation.input_bytes(Step::Info, self.info)?;
        Ok(operation.into_output())
    }
}

/// The first step of HKDF (RFC 5869): from a secret of any form to a pseudorandom key as long as the hash.
///
/// ```
/// use psa::{Hash, HkdfExpand, HkdfExtract};
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let extract = HkdfExtract { hash: Hash::Sha256, salt: b"salt" };
/// let pseudorandom_key = extract.derive(b"input key material")?.output_bytes(32)?;
/// let expand = HkdfExpand { hash: Hash::Sha256, info: b"session" };
/// assert_eq!(expand.derive(&*pseudorandom_key)?.output_bytes(42)?.len(), 42);
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HkdfExtract<'a> {
    /// The hash.
    pub hash: Hash,
    /// Public and better random; empty for none.
    pub salt: &'a [u8],
}

impl HkdfExtract<'_> {
    /// Derives from a secret as many bytes as the hash has.
    ///
    /// # Errors
    /// As for [`Hkdf::derive`].
    pub fn derive(&self, secret: impl DerivationSecret) -> Result<KeyDerivationOutput> {
        let mut operation = begin(KeyDerivation::HkdfExtract(self.hash), &secret)?;
        operation.input_bytes(Step::Salt, self.salt)?;
        secret.input(&mut operation, Step::Secret)?;
        Ok(operation.into_output())
    }
}

/// The second step of HKDF (RFC 5869): from a pseudorandom key to keys for several purposes. [`HkdfExtract`] shows both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HkdfExpand<'a> {
    /// The hash.
    pub hash: Hash,
    /// What the output is for, and for whom; may be empty.
    pub info: &'a [u8],
}

impl HkdfExpand<'_> {
    /// Derives from a pseudorandom key, at most 255 times as many bytes as the hash has.
    ///
    /// # Errors
    /// As for [`Hkdf::derive`]; [`Error::InvalidArgument`] too when the secret is not as long as the hash.
    ///
    /// ```
    /// # use psa::{Error, Hash, HkdfExpand};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// let short = HkdfExpand { hash: Hash::Sha256, info: b"" }.derive(&[7; 31]);
    /// assert_eq!(short.err(), Some(Error::InvalidArgument));
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn derive(&self, secret: impl DerivationSecret) -> Result<KeyDerivationOutput> {
        let mut operation = begin(KeyDerivation::HkdfExpand(self.hash), &secret)?;
        secret.input(&mut operation, Step::Secret)?;
        operation.input_bytes(Step::Info, self.info)?;
        Ok(operation.into_output())
    }
}

/// The pseudorandom function of TLS 1.2 (RFC 5246 section 5), with SHA-256 or SHA-384.
///
/// ```
/// use psa::{Hash, Tls12Prf};
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let expansion = Tls12Prf { hash: Hash::Sha256, label: b"key expansion", seed: b"server and client random" };
/// let mut buffer = [0; 40];
/// assert_eq!(expansion.derive(b"master secret")?.output_bytes_into(&mut buffer)?.len(), 40);
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tls12Prf<'a> {
    /// The hash.
    pub hash: Hash,
    /// What the output is for.
    pub label: &'a [u8],
    /// Public; in TLS both sides' random numbers.
    pub seed: &'a [u8],
}

impl Tls12Prf<'_> {
    /// Derives from a secret, without a limit.
    ///
    /// # Errors
    /// As for [`Hkdf::derive`].
    pub fn derive(&self, secret: impl DerivationSecret) -> Result<KeyDerivationOutput> {
        let mut operation = begin(KeyDerivation::Tls12Prf(self.hash), &secret)?;
        operation.input_bytes(Step::Seed, self.seed)?;
        secret.input(&mut operation, Step::Secret)?;
        operation.input_bytes(Step::Label, self.label)?;
        Ok(operation.into_output())
    }
}

/// The master secret of TLS 1.2 from a pre-shared key (RFC 4279), alone or with the secret of another key exchange
/// (RFC 5489), with SHA-256 or SHA-384.
///
/// ```
/// use psa::{Hash, Tls12PskToMs};
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let master = Tls12PskToMs { hash: Hash::Sha256, label: b"master secret", seed: b"client and server random" };
/// let mut buffer = [0; 48];
/// assert_eq!(master.derive(b"pre-shared key")?.output_bytes_into(&mut buffer)?.len(), 48);
///
/// let mixed = master.derive_with(b"ECDH secret", b"pre-shared key")?;
/// # assert_eq!(mixed.capacity()?, 48);
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tls12PskToMs<'a> {
    /// The hash.
    pub hash: Hash,
    /// What the output is for.
    pub label: &'a [u8],
    /// Public; in TLS both sides' random numbers.
    pub seed: &'a [u8],
}

impl Tls12PskToMs<'_> {
    /// Derives 48 bytes from a pre-shared key of at most 128 bytes.
    ///
    /// # Errors
    /// As for [`Hkdf::derive`]; [`Error::InvalidArgument`] too when the pre-shared key is longer.
    pub fn derive(&self, psk: impl DerivationPassword) -> Result<KeyDerivationOutput> {
        let mut operation = begin(KeyDerivation::Tls12PskToMs(self.hash), &psk)?;
        operation.input_bytes(Step::Seed, self.seed)?;
        self.finish(operation, psk)
    }

    /// Derives 48 bytes from the secret of another key exchange, an [`Agreement`] for instance, and a pre-shared key.
    ///
    /// # Errors
    /// As for [`derive`](Self::derive).
    pub fn derive_with(
        &self,
        other_secret: impl DerivationSecret,
        psk: impl DerivationPassword,
    ) -> Result<KeyDerivationOutput> {
        let mut operation = begin(KeyDerivation::Tls12PskToMs(self.hash), &other_secret)?;
        operation.input_bytes(Step::Seed, self.seed)?;
        other_secret.input(&mut operation, Step::OtherSecret)?;
        self.finish(operation, psk)
    }

    fn finish(
        &self,
        mut operation: Operation,
        psk: impl DerivationPassword,
    ) -> Result<KeyDerivationOutput> {
        psk.input(&mut operation, Step::Secret)?;
        operation.input_bytes(Step::Label, self.label)?;
        Ok(operation.into_output())
    }
}

/// The premaster secret of TLS 1.2 from EC J-PAKE: SHA-256 of the shared point's first coordinate. [`Jpake`](crate::Jpake)
/// shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tls12EcjpakeToPms;

impl Tls12EcjpakeToPms {
    /// Derives 32 bytes from an exchange, or from its shared point: 65 bytes, the first of which is 4. Mbed TLS gives all of
    /// them at once: an output of another length fails with [`Error::InvalidArgument`].
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when the point has another form, and for an [`Agreement`]; [`Error::NotSupported`] when
    /// the provider does not have the algorithm.
    pub fn derive(&self, secret: impl DerivationSecret) -> Result<KeyDerivationOutput> {
        let mut operation = begin(KeyDerivation::Tls12EcjpakeToPms, &secret)?;
        secret.input(&mut operation, Step::Secret)?;
        Ok(operation.into_output())
    }
}

/// PBKDF2 with HMAC (RFC 8018): from a password to keys, slowly.
///
/// ```
/// use psa::{Hash, Pbkdf2Hmac};
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let pbkdf2 = Pbkdf2Hmac { hash: Hash::Sha256, iterations: 1000, salt: b"random salt" };
/// let mut buffer = [0; 32];
/// assert_eq!(pbkdf2.derive(b"correct horse")?.output_bytes_into(&mut buffer)?.len(), 32);
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pbkdf2Hmac<'a> {
    /// The hash.
    pub hash: Hash,
    /// How many times the work is repeated, at least once.
    pub iterations: u64,
    /// Public and random.
    pub salt: &'a [u8],
}

impl Pbkdf2Hmac<'_> {
    /// Derives from a password.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] without iterations, [`Error::NotSupported`] with more than the provider makes (Mbed TLS:
    /// 2³² - 1) and when it does not have the algorithm, [`Error::NotPermitted`] when a key's policy does not permit it.
    pub fn derive(&self, password: impl DerivationPassword) -> Result<KeyDerivationOutput> {
        let algorithm = KeyDerivation::Pbkdf2Hmac(self.hash);
        pbkdf2(algorithm, self.iterations, self.salt, password)
    }
}

/// PBKDF2 with AES-CMAC-PRF-128 (RFC 8018, RFC 4615): from a password to keys, slowly.
///
/// ```
/// use psa::Pbkdf2AesCmacPrf128;
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let pbkdf2 = Pbkdf2AesCmacPrf128 { iterations: 1000, salt: b"random salt" };
/// let mut buffer = [0; 16];
/// assert_eq!(pbkdf2.derive(b"correct horse")?.output_bytes_into(&mut buffer)?.len(), 16);
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pbkdf2AesCmacPrf128<'a> {
    /// How many times the work is repeated, at least once.
    pub iterations: u64,
    /// Public and random.
    pub salt: &'a [u8],
}

impl Pbkdf2AesCmacPrf128<'_> {
    /// Derives from a password.
    ///
    /// # Errors
    /// As for [`Pbkdf2Hmac::derive`].
    pub fn derive(&self, password: impl DerivationPassword) -> Result<KeyDerivationOutput> {
        let algorithm = KeyDerivation::Pbkdf2AesCmacPrf128;
        pbkdf2(algorithm, self.iterations, self.salt, password)
    }
}

fn pbkdf2(
    algorithm: KeyDerivation,
    iterations: u64,
    salt: &[u8],
    password: impl DerivationPassword,
) -> Result<KeyDerivationOutput> {
    let mut operation = begin(algorithm, &password)?;
    operation.input_integer(Step::Cost, iterations)?;
    operation.input_bytes(Step::Salt, salt)?;
    password.input(&mut operation, Step::Password)?;
    Ok(operation.into_output())
}
