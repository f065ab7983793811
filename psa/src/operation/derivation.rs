//! Key derivation in steps: inputs, then outputs.

use crate::ffi::derivation::Deriving;
use crate::operation::JpakeSecret;
use crate::{Algorithm, Attributes, CustomKeyParameters, Error, Key, Result, Secret};
use core::fmt;
use subtle::{Choice, ConstantTimeEq};
use tfm_sys as raw;

/// What an input of a key derivation is for (PSA Crypto API, "Key derivation algorithms").
///
/// ```
/// assert_eq!(psa::KeyDerivationStep::Salt.to_raw(), 0x0202);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyDerivationStep {
    /// The secret that keys are derived from.
    Secret,
    /// A password, or another secret of low entropy.
    Password,
    /// A second secret.
    OtherSecret,
    /// A label: what the derivation is for.
    Label,
    /// A salt, public and better random.
    Salt,
    /// What the output is for, and for whom.
    Info,
    /// A seed, public.
    Seed,
    /// How many times the work is repeated: a number.
    Cost,
    /// Any other, by its number.
    Raw(u16),
}

impl KeyDerivationStep {
    /// The number in the PSA Crypto API.
    #[must_use]
    pub const fn to_raw(self) -> u16 {
        match self {
            Self::Secret => raw::PSA_KEY_DERIVATION_INPUT_SECRET,
            Self::Password => raw::PSA_KEY_DERIVATION_INPUT_PASSWORD,
            Self::OtherSecret => raw::PSA_KEY_DERIVATION_INPUT_OTHER_SECRET,
            Self::Label => raw::PSA_KEY_DERIVATION_INPUT_LABEL,
            Self::Salt => raw::PSA_KEY_DERIVATION_INPUT_SALT,
            Self::Info => raw::PSA_KEY_DERIVATION_INPUT_INFO,
            Self::Seed => raw::PSA_KEY_DERIVATION_INPUT_SEED,
            Self::Cost => raw::PSA_KEY_DERIVATION_INPUT_COST,
            Self::Raw(number) => number,
        }
    }

    /// The step with this number.
    ///
    /// ```
    /// use psa::KeyDerivationStep;
    ///
    /// assert_eq!(KeyDerivationStep::from_raw(0x0202), KeyDerivationStep::Salt);
    /// assert_eq!(KeyDerivationStep::from_raw(0x02ff), KeyDerivationStep::Raw(0x02ff));
    /// ```
    #[must_use]
    pub const fn from_raw(number: u16) -> Self {
        match number {
            raw::PSA_KEY_DERIVATION_INPUT_SECRET => Self::Secret,
            raw::PSA_KEY_DERIVATION_INPUT_PASSWORD => Self::Password,
            raw::PSA_KEY_DERIVATION_INPUT_OTHER_SECRET => Self::OtherSecret,
            raw::PSA_KEY_DERIVATION_INPUT_LABEL => Self::Label,
            raw::PSA_KEY_DERIVATION_INPUT_SALT => Self::Salt,
            raw::PSA_KEY_DERIVATION_INPUT_INFO => Self::Info,
            raw::PSA_KEY_DERIVATION_INPUT_SEED => Self::Seed,
            raw::PSA_KEY_DERIVATION_INPUT_COST => Self::Cost,
            _ => Self::Raw(number),
        }
    }
}

/// A key derivation that takes its inputs (PSA Crypto API, "Key derivation").
///
/// Which inputs there are, and in which order, the algorithm says. For the algorithms of the specification there are types
/// that cannot be fed wrongly: [`Hkdf`](crate::Hkdf), [`HkdfExtract`](crate::HkdfExtract),
/// [`HkdfExpand`](crate::HkdfExpand), [`Pbkdf2Hmac`](crate::Pbkdf2Hmac),
/// [`Pbkdf2AesCmacPrf128`](crate::Pbkdf2AesCmacPrf128), [`Tls12Prf`](crate::Tls12Prf),
/// [`Tls12PskToMs`](crate::Tls12PskToMs), [`Tls12EcjpakeToPms`](crate::Tls12EcjpakeToPms).
///
/// After a step that failed, every later one fails with [`Error::BadState`].
///
/// It is [`Send`] and [`Sync`]: any thread may make its next step, one at a time.
///
/// ```
/// use psa::{Hash, KeyDerivation, KeyDerivationOperation, KeyDerivationStep};
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let mut operation = KeyDerivationOperation::new(KeyDerivation::Hkdf(Hash::Sha256))?;
/// operation.input_bytes(KeyDerivationStep::Salt, b"salt")?;
/// operation.input_bytes(KeyDerivationStep::Secret, b"input key material")?;
/// operation.input_bytes(KeyDerivationStep::Info, b"session")?;
/// let mut output = operation.into_output();
/// let mut buffer = [0; 16];
/// let first = output.output_bytes_into(&mut buffer)?;
/// assert_eq!(first.len(), 16);
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
///
/// There is no output before the inputs are declared complete, and no input after:
///
/// ```compile_fail,E0599
/// # use psa::{Hash, KeyDerivation, KeyDerivationOperation};
/// let mut operation = KeyDerivationOperation::new(KeyDerivation::Hkdf(Hash::Sha256))?;
/// operation.output_bytes_into(&mut [0; 16])?;
/// # Ok::<(), psa::Error>(())
/// ```
///
/// ```compile_fail,E0599
/// # use psa::{Hash, KeyDerivation, KeyDerivationOperation, KeyDerivationStep};
/// let operation = KeyDerivationOperation::new(KeyDerivation::Hkdf(Hash::Sha256))?;
/// let mut output = operation.into_output();
/// output.input_bytes(KeyDerivationStep::Info, b"too late")?;
/// # Ok::<(), psa::Error>(())
/// ```
#[must_use = "an operation that is dropped is aborted"]
pub struct KeyDerivationOperation(Deriving);

impl KeyDerivationOperation {
    /// Begins (`psa_key_derivation_setup`): a [`KeyDerivation`](crate::KeyDerivation), or an
    /// [`Algorithm::KeyAgreement`], which takes its secret from an agreement.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when it is no key derivation, [`Error::NotSupported`] when the provider does not have it.
    ///
    /// ```
    /// # use psa::{Error, Hash, KeyAgreement, KeyDerivationOperation};
    /// # psa::init()?;
    /// let raw = KeyDerivationOperation::new(KeyAgreement::Ecdh);
    /// assert_eq!(raw.err(), Some(Error::InvalidArgument));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn new(algorithm: impl Into<Algorithm>) -> Result<Self> {
        Deriving::new(algorithm.into().to_raw()).map(Self)
    }

    /// How many bytes can still be derived (`psa_key_derivation_get_capacity`); `usize::MAX` means that there is no limit.
    ///
    /// # Errors
    /// [`Error::BadState`] after a step that failed.
    pub fn capacity(&self) -> Result<usize> {
        self.0.capacity()
    }

    /// Lowers the number of bytes that can be derived (`psa_key_derivation_set_capacity`).
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when it is more than [`capacity`](Self::capacity), [`Error::BadState`] after a step that
    /// failed.
    ///
    /// ```
    /// # use psa::{Error, Hash, KeyDerivation, KeyDerivationOperation};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// let mut operation = KeyDerivationOperation::new(KeyDerivation::Hkdf(Hash::Sha256))?;
    /// assert_eq!(operation.capacity()?, 255 * 32);
    /// operation.set_capacity(42)?;
    /// assert_eq!(operation.capacity()?, 42);
    /// assert_eq!(operation.set_capacity(43), Err(Error::InvalidArgument));
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn set_capacity(&mut self, capacity: usize) -> Result<()> {
        self.0.set_capacity(capacity)
    }

    /// Takes an input from memory (`psa_key_derivation_input_bytes`). What is derived of a secret that came this way cannot
    /// become a key in the provider.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when the algorithm has no such input, [`Error::BadState`] when it is not its turn.
    ///
    /// ```
    /// # use psa::{Error, Hash, KeyDerivation, KeyDerivationOperation, KeyDerivationStep};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// let mut operation = KeyDerivationOperation::new(KeyDerivation::Hkdf(Hash::Sha256))?;
    /// let wrong = operation.input_bytes(KeyDerivationStep::Seed, b"HKDF has no seed");
    /// assert_eq!(wrong, Err(Error::InvalidArgument));
    /// assert_eq!(operation.input_bytes(KeyDerivationStep::Salt, b""), Err(Error::BadState));
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn input_bytes(&mut self, step: KeyDerivationStep, data: &[u8]) -> Result<()> {
        self.0.input_bytes(step.to_raw(), data)
    }

    /// Takes a number (`psa_key_derivation_input_integer`), which is the cost of PBKDF2.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] for an algorithm without such an input and for a cost of 0, [`Error::NotSupported`] when
    /// the number is too large, [`Error::BadState`] when it is not its turn.
    ///
    /// ```
    /// # use psa::{Error, Hash, KeyDerivation, KeyDerivationOperation, KeyDerivationStep};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// let mut operation = KeyDerivationOperation::new(KeyDerivation::Hkdf(Hash::Sha256))?;
    /// let wrong = operation.input_integer(KeyDerivationStep::Cost, 1000);
    /// assert_eq!(wrong, Err(Error::InvalidArgument));
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn input_integer(&mut self, step: KeyDerivationStep, value: u64) -> Result<()> {
        self.0.input_integer(step.to_raw(), value)
    }

    /// Takes an input from a key (`psa_key_derivation_input_key`). A secret or password that came this way is what keys
    /// can be derived from.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::DERIVE`](crate::Usage::DERIVE) or has another algorithm,
    /// [`Error::InvalidArgument`] when the key's type does not fit the step ([`KeyType::Derive`](crate::KeyType::Derive)
    /// for secrets, [`KeyType::Password`](crate::KeyType::Password) too for passwords,
    /// [`KeyType::RawData`](crate::KeyType::RawData) for what is public), [`Error::BadState`] when it is not its turn.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Hash, Key, KeyDerivation, KeyDerivationOperation, KeyDerivationStep, KeyType, Usage};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// let hkdf = KeyDerivation::Hkdf(Hash::Sha256);
    /// let root = Key::generate(
    ///     Attributes::new(KeyType::Derive, 256).usage(Usage::DERIVE).algorithm(Algorithm::KeyDerivation(hkdf)),
    /// )?;
    /// let mut operation = KeyDerivationOperation::new(hkdf)?;
    /// operation.input_key(KeyDerivationStep::Secret, &root)?;
    /// operation.input_bytes(KeyDerivationStep::Info, b"storage")?;
    /// let storage = operation.into_output().output_key(Attributes::new(KeyType::Aes, 128))?;
    /// assert_eq!(storage.attributes()?.bits(), 128);
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn input_key(&mut self, step: KeyDerivationStep, key: &Key) -> Result<()> {
        self.0.input_key(step.to_raw(), key.id().to_raw())
    }

    /// Agrees on a secret with a peer and takes it as input (`psa_key_derivation_key_agreement`): the operation must have
    /// been begun with an [`Algorithm::KeyAgreement`].
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy of `private_key` lacks [`Usage::DERIVE`](crate::Usage::DERIVE) or has
    /// another algorithm, [`Error::InvalidArgument`] when `peer_public` is no public key of the same curve or group, and
    /// for an operation without agreement, [`Error::BadState`] when it is not its turn.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Hash, Key, KeyAgreement, KeyDerivation, KeyDerivationOperation};
    /// # use psa::{KeyDerivationStep, Usage};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// let algorithm = Algorithm::KeyAgreement(KeyAgreement::Ecdh, KeyDerivation::Hkdf(Hash::Sha256));
    /// let own = Key::generate(Attributes::ecc_key_pair(Curve::P256).usage(Usage::DERIVE).algorithm(algorithm))?;
    /// # let peer = own.export_public()?;
    /// let mut operation = KeyDerivationOperation::new(algorithm)?;
    /// operation.key_agreement(KeyDerivationStep::Secret, &own, &peer)?;
    /// operation.input_bytes(KeyDerivationStep::Info, b"session")?;
    /// assert_eq!(operation.into_output().output_bytes(16)?.len(), 16);
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn key_agreement(
        &mut self,
        step: KeyDerivationStep,
        private_key: &Key,
        peer_public: &[u8],
    ) -> Result<()> {
        self.0
            .key_agreement(step.to_raw(), private_key.id().to_raw(), peer_public)
    }

    /// Takes the secret of a password-authenticated exchange (`psa_pake_get_implicit_key`) as
    /// [`KeyDerivationStep::Secret`]. In Mbed TLS 3.6 only bytes can be derived from it, no keys.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when the algorithm has no such input, [`Error::BadState`] when it is not its turn.
    pub fn input_pake(&mut self, secret: JpakeSecret) -> Result<()> {
        self.0.input_pake(secret.0)
    }

    /// Declares the inputs complete. Whether they are shows the first output, which fails with [`Error::BadState`] when one
    /// is missing.
    pub fn into_output(self) -> KeyDerivationOutput {
        KeyDerivationOutput(self.0)
    }
}

impl fmt::Debug for KeyDerivationOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyDerivationOperation(..)")
    }
}

/// The output of a key derivation: a stream of secret bytes, of which each call takes the next ones.
///
/// It is [`Send`] and [`Sync`]: any thread may make its next step, one at a time.
///
/// ```
/// use psa::{Hash, Hkdf};
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let hkdf = Hkdf { hash: Hash::Sha256, salt: b"salt", info: b"session" };
/// let mut output = hkdf.derive(b"input key material")?;
/// let (first, second) = (output.output_bytes(16)?, output.output_bytes(16)?);
/// assert_ne!(*first, *second);
/// assert_eq!(output.capacity()?, 255 * 32 - 32);
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
#[must_use = "an output that is dropped derives no more"]
pub struct KeyDerivationOutput(Deriving);

impl KeyDerivationOutput {
    /// How many bytes can still be derived (`psa_key_derivation_get_capacity`); `usize::MAX` means that there is no limit.
    ///
    /// # Errors
    /// [`Error::BadState`] after an output that failed.
    pub fn capacity(&self) -> Result<usize> {
        self.0.capacity()
    }

    /// Lowers the number of bytes that can still be derived (`psa_key_derivation_set_capacity`).
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when it is more than [`capacity`](Self::capacity).
    pub fn set_capacity(&mut self, capacity: usize) -> Result<()> {
        self.0.set_capacity(capacity)
    }

    /// Fills `buffer` with the next bytes (`psa_key_derivation_output_bytes`). It is wiped when the answer is dropped, and
    /// when anything fails.
    ///
    /// # Errors
    /// [`Error::InsufficientData`] when there are not so many; nothing can be derived after that. [`Error::BadState`] when
    /// an input is missing.
    ///
    /// ```
    /// # use psa::{Error, Hash, Hkdf};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// let mut output = Hkdf { hash: Hash::Sha256, salt: b"", info: b"" }.derive(b"secret")?;
    /// output.set_capacity(20)?;
    /// let mut buffer = [0; 16];
    /// assert_eq!(output.output_bytes_into(&mut buffer)?.len(), 16);
    /// assert_eq!(buffer, [0; 16]);
    /// assert_eq!(output.output_bytes_into(&mut buffer).err(), Some(Error::InsufficientData));
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn output_bytes_into<'b>(&mut self, buffer: &'b mut [u8]) -> Result<Secret<'b, [u8]>> {
        let mut secret = Secret::new(buffer);
        self.0.output_bytes(secret.get_mut())?;
        Ok(secret)
    }

    /// Derives a key with these attributes (`psa_key_derivation_output_key`): the next bytes become it and never leave the
    /// provider.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the secret did not come from a key, [`Error::InsufficientData`] when there is not
    /// enough left, [`Error::InvalidArgument`] when the attributes have no size, [`Error::NotSupported`] when the provider
    /// cannot derive the type: RSA, for instance.
    ///
    /// ```
    /// # use psa::{Attributes, Error, Hash, Hkdf, KeyType};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// let mut output = Hkdf { hash: Hash::Sha256, salt: b"", info: b"" }.derive(b"not from a key")?;
    /// let key = output.output_key(Attributes::new(KeyType::Aes, 128));
    /// assert_eq!(key.err(), Some(Error::NotPermitted));
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn output_key(&mut self, attributes: Attributes) -> Result<Key> {
        let id = self.0.output_key(&attributes)?;
        Ok(Key::made(id, &attributes))
    }

    /// Derives a key in another way than the usual one (`psa_key_derivation_output_key_custom`). Mbed TLS 3.6 and TF-M have
    /// the usual one alone.
    ///
    /// # Errors
    /// As for [`output_key`](Self::output_key); parameters that are not [`CustomKeyParameters::DEFAULT`] are answered with
    /// [`Error::InvalidArgument`] by Mbed TLS and with [`Error::NotSupported`] by TF-M.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, CustomKeyParameters, Hash, Hkdf, Key, KeyDerivation, KeyType, Usage};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// # let hkdf = Algorithm::KeyDerivation(KeyDerivation::Hkdf(Hash::Sha256));
    /// # let root = Key::generate(Attributes::new(KeyType::Derive, 256).usage(Usage::DERIVE).algorithm(hkdf))?;
    /// let mut output = Hkdf { hash: Hash::Sha256, salt: b"", info: b"" }.derive(&root)?;
    /// output.output_key_custom(Attributes::new(KeyType::Aes, 128), CustomKeyParameters::DEFAULT)?;
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn output_key_custom(
        &mut self,
        attributes: Attributes,
        custom: CustomKeyParameters<'_>,
    ) -> Result<Key> {
        let id = self
            .0
            .output_key_custom(&attributes, custom.flags, custom.data)?;
        Ok(Key::made(id, &attributes))
    }

    /// Compares the next bytes with others, in constant time (`psa_key_derivation_verify_bytes`).
    ///
    /// A provider may permit this with [`Usage::VERIFY_DERIVATION`](crate::Usage::VERIFY_DERIVATION) alone. Mbed TLS 3.6 and
    /// TF-M do not have the function: there the bytes are derived into memory that is wiped, and compared here, which needs
    /// [`Usage::DERIVE`](crate::Usage::DERIVE).
    ///
    /// # Errors
    /// [`Error::InvalidSignature`] when they differ, [`Error::InsufficientData`] when there are not so many,
    /// [`Error::BadState`] when an input is missing.
    ///
    /// ```
    /// # use psa::{Error, Hash, Pbkdf2Hmac};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// let stored = Pbkdf2Hmac { hash: Hash::Sha256, iterations: 1000, salt: b"salt" };
    /// let hash = stored.derive(b"correct horse")?.output_bytes(32)?;
    /// stored.derive(b"correct horse")?.verify_bytes(&hash)?;
    /// let wrong = stored.derive(b"wrong horse")?.verify_bytes(&hash);
    /// assert_eq!(wrong, Err(Error::InvalidSignature));
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn verify_bytes(&mut self, expected: &[u8]) -> Result<()> {
        match self.0.verify_bytes(expected) {
            Err(Error::NotSupported) => self.compare_bytes(expected),
            answer => answer,
        }
    }

    /// Compares all of the bytes, whatever the first ones are.
    fn compare_bytes(&mut self, expected: &[u8]) -> Result<()> {
        if expected.len() > self.capacity()? {
            self.set_capacity(0)?;
            return Err(Error::InsufficientData);
        }
        let mut equal = Choice::from(1);
        let mut buffer = [0; 32];
        for expected in expected.chunks(buffer.len()) {
            let part = buffer
                .get_mut(..expected.len())
                .ok_or(Error::CorruptionDetected)?;
            equal &= self.output_bytes_into(part)?.ct_eq(expected);
        }
        if equal.into() {
            Ok(())
        } else {
            Err(Error::InvalidSignature)
        }
    }

    /// Compares the next bytes with a key of the type [`PasswordHash`](crate::KeyType::PasswordHash)
    /// (`psa_key_derivation_verify_key`).
    ///
    /// # Errors
    /// [`Error::InvalidSignature`] when they differ, [`Error::NotPermitted`] when the policy of `expected` lacks
    /// [`Usage::VERIFY_DERIVATION`](crate::Usage::VERIFY_DERIVATION), [`Error::NotSupported`] with Mbed TLS 3.6 and TF-M,
    /// which do not have the function.
    ///
    /// ```
    /// # use psa::{Attributes, Error, Hash, Hkdf, Key, KeyType, Usage};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// let attributes = Attributes::new(KeyType::PasswordHash, 0).usage(Usage::VERIFY_DERIVATION);
    /// let expected = Key::import(attributes, &[7; 32])?;
    /// let mut output = Hkdf { hash: Hash::Sha256, salt: b"", info: b"" }.derive(b"secret")?;
    /// assert_eq!(output.verify_key(&expected), Err(Error::NotSupported));
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn verify_key(&mut self, expected: &Key) -> Result<()> {
        self.0.verify_key(expected.id().to_raw())
    }
}

impl fmt::Debug for KeyDerivationOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyDerivationOutput(..)")
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use super::KeyDerivationOutput;
    use crate::{Error, Result, SecretVec};
    use alloc::vec::Vec;
    use zeroize::Zeroizing;

    impl KeyDerivationOutput {
        /// The next `len` bytes (`psa_key_derivation_output_bytes`).
        ///
        /// # Errors
        /// [`Error::InsufficientData`] when there are not so many; nothing can be derived after that. [`Error::BadState`]
        /// when an input is missing, [`Error::InsufficientMemory`].
        ///
        /// ```
        /// # use psa::{Error, Hash, HkdfExtract};
        /// # #[cfg(feature = "full")] {
        /// # psa::init()?;
        /// let mut output = HkdfExtract { hash: Hash::Sha256, salt: b"salt" }.derive(b"secret")?;
        /// assert_eq!(output.output_bytes(32)?.len(), 32);
        /// assert_eq!(output.output_bytes(1).err(), Some(Error::InsufficientData));
        /// # }
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn output_bytes(&mut self, len: usize) -> Result<SecretVec> {
            // Before memory is asked for that nothing could fill.
            if len > self.capacity()? {
                self.set_capacity(0)?;
                return Err(Error::InsufficientData);
            }
            let mut buffer = Zeroizing::new(Vec::new());
            buffer
                .try_reserve_exact(len)
                .map_err(|_| Error::InsufficientMemory)?;
            buffer.resize(len, 0);
            self.0.output_bytes(&mut buffer)?;
            Ok(SecretVec::new(core::mem::take(&mut *buffer)))
        }
    }
}
