//! Message authentication codes in several steps.

use crate::{Error, Key, Mac, Result, ffi::mac::Authenticating};
use core::fmt;

/// A MAC that is computed in several steps (PSA Crypto API, "Multi-part MAC operations").
///
/// It ends with [`finish_into`](Self::finish_into), or is aborted when it is dropped. To compare with a MAC, use a
/// [`MacVerifyOperation`].
///
/// It is [`Send`] and [`Sync`]: any thread may make its next step, one at a time.
///
#[doc = example_of_full!()]
/// use psa::{Attributes, Hash, Key, KeyType, Mac, MacSignOperation, Usage};
///
/// psa::init()?;
/// let hmac = Mac::Hmac(Hash::Sha256);
/// let key = Key::import(
///     Attributes::new(KeyType::Hmac, 0).usage(Usage::SIGN_MESSAGE).algorithm(hmac.into()),
///     b"Jefe",
/// )?;
/// let mut operation = MacSignOperation::new(&key, hmac)?;
/// operation.update(b"what do ya want ")?;
/// operation.update(b"for nothing?")?;
/// let mut buffer = [0; 32];
/// assert_eq!(operation.finish_into(&mut buffer)?[..4], [0x5b, 0xdc, 0xc1, 0x46]); // RFC 4231, test case 2
/// # Ok::<(), psa::Error>(())
/// ```
#[must_use = "an operation that is dropped is aborted"]
pub struct MacSignOperation(Authenticating);

impl MacSignOperation {
    /// Begins (`psa_mac_sign_setup`). The key may be dropped or destroyed before the end: the operation has what it needs
    /// of it.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::SIGN_MESSAGE`](crate::Usage::SIGN_MESSAGE) or has another
    /// algorithm, [`Error::InvalidArgument`] when key and algorithm do not belong together, [`Error::NotSupported`] when
    /// the provider does not have the algorithm.
    pub fn new(key: &Key, algorithm: Mac) -> Result<Self> {
        Authenticating::sign(key.id().to_raw(), algorithm.to_raw()).map(Self)
    }

    /// Takes the next part (`psa_mac_update`).
    ///
    /// # Errors
    /// What the provider answers; every later step fails then with [`Error::BadState`].
    pub fn update(&mut self, input: &[u8]) -> Result<()> {
        self.0.update(input)
    }

    /// Writes the MAC to the start of `output` and answers that part of it (`psa_mac_sign_finish`). What is left of
    /// `output` has no defined contents afterwards.
    ///
    /// # Errors
    /// [`Error::BufferTooSmall`] when `output` is shorter than [`sizes::mac_length`](crate::sizes::mac_length).
    pub fn finish_into(self, output: &mut [u8]) -> Result<&[u8]> {
        let len = self.0.sign_finish(output)?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }
}

/// A MAC that is compared in several steps (PSA Crypto API, "Multi-part MAC operations").
///
/// It ends with [`verify`](Self::verify), or is aborted when it is dropped.
///
/// It is [`Send`] and [`Sync`]: any thread may make its next step, one at a time.
///
#[doc = example_of_full!()]
/// use psa::{Attributes, Error, Hash, Key, KeyType, Mac, MacVerifyOperation, Usage};
///
/// psa::init()?;
/// let hmac = Mac::Hmac(Hash::Sha256);
/// let key = Key::generate(
///     Attributes::new(KeyType::Hmac, 256).usage(Usage::VERIFY_MESSAGE).algorithm(hmac.into()),
/// )?;
/// let mut operation = MacVerifyOperation::new(&key, hmac)?;
/// operation.update(b"a message")?;
/// assert_eq!(operation.verify(&[0; 32]), Err(Error::InvalidSignature));
/// # Ok::<(), psa::Error>(())
/// ```
#[must_use = "an operation that is dropped is aborted"]
pub struct MacVerifyOperation(Authenticating);

impl MacVerifyOperation {
    /// Begins (`psa_mac_verify_setup`).
    ///
    /// # Errors
    /// As for [`MacSignOperation::new`], with [`Usage::VERIFY_MESSAGE`](crate::Usage::VERIFY_MESSAGE).
    pub fn new(key: &Key, algorithm: Mac) -> Result<Self> {
        Authenticating::verify(key.id().to_raw(), algorithm.to_raw()).map(Self)
    }

    /// Takes the next part (`psa_mac_update`).
    ///
    /// # Errors
    /// What the provider answers; every later step fails then with [`Error::BadState`].
    pub fn update(&mut self, input: &[u8]) -> Result<()> {
        self.0.update(input)
    }

    /// Compares the MAC with another in constant time (`psa_mac_verify_finish`).
    ///
    /// # Errors
    /// [`Error::InvalidSignature`] when they differ or `mac` has another length.
    pub fn verify(self, mac: &[u8]) -> Result<()> {
        self.0.verify_finish(mac)
    }
}

impl fmt::Debug for MacSignOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MacSignOperation(..)")
    }
}

impl fmt::Debug for MacVerifyOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MacVerifyOperation(..)")
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use super::MacSignOperation;
    use crate::{Result, sizes};
    use alloc::{vec, vec::Vec};

    impl MacSignOperation {
        /// Answers the MAC (`psa_mac_sign_finish`).
        ///
        /// # Errors
        /// What the provider answers.
        ///
        #[doc = example_of_full!()]
        /// # use psa::{Attributes, Hash, Key, KeyType, Mac, MacSignOperation, Usage};
        /// # psa::init()?;
        /// # let hmac = Mac::Hmac(Hash::Sha256);
        /// # let attributes = Attributes::new(KeyType::Hmac, 256).usage(Usage::SIGN_MESSAGE).algorithm(hmac.into());
        /// # let key = Key::generate(attributes)?;
        /// assert_eq!(MacSignOperation::new(&key, hmac)?.finish()?.len(), 32);
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn finish(self) -> Result<Vec<u8>> {
            let mut output = vec![0; sizes::MAC_MAX_SIZE];
            let len = self.0.sign_finish(&mut output)?;
            output.truncate(len);
            Ok(output)
        }
    }
}
