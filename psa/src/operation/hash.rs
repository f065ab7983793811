//! Hashes in several steps.

use crate::{Error, Hash, Result, ffi::hash::Hashing};
use core::fmt;

/// A hash in progress (PSA Crypto API, "Multi-part hashing").
///
/// It ends with [`finish_into`](Self::finish_into) or [`verify`](Self::verify), or is aborted when it is dropped.
///
/// It is [`Send`] and [`Sync`]: any thread may make its next step, one at a time, and several may clone it.
///
/// ```
/// use psa::{Hash, HashOperation};
///
/// psa::init()?;
/// let mut operation = HashOperation::new(Hash::Sha256)?;
/// operation.update(b"a")?;
/// let other = operation.try_clone()?;
/// operation.update(b"bc")?;
/// let mut buffer = [0; 32];
/// assert_eq!(operation.finish_into(&mut buffer)?[..4], [0xba, 0x78, 0x16, 0xbf]);
/// assert_eq!(other.finish_into(&mut buffer)?[..4], [0xca, 0x97, 0x81, 0x12]);
/// # Ok::<(), psa::Error>(())
/// ```
#[must_use = "an operation that is dropped is aborted"]
pub struct HashOperation(Hashing);

impl HashOperation {
    /// Begins (`psa_hash_setup`).
    ///
    /// # Errors
    /// [`Error::NotSupported`] when the provider does not have the algorithm.
    pub fn new(algorithm: Hash) -> Result<Self> {
        Hashing::new(algorithm.to_raw()).map(Self)
    }

    /// Takes the next part (`psa_hash_update`).
    ///
    /// # Errors
    /// What the provider answers; every later step fails then with [`Error::BadState`].
    pub fn update(&mut self, input: &[u8]) -> Result<()> {
        self.0.update(input)
    }

    /// A second operation that has taken the same parts (`psa_hash_clone`).
    ///
    /// # Errors
    /// What the provider answers, for instance that it has no room for another operation.
    pub fn try_clone(&self) -> Result<Self> {
        self.0.try_clone().map(Self)
    }

    /// Writes the hash to the start of `output` and answers that part of it (`psa_hash_finish`).
    ///
    /// # Errors
    /// [`Error::BufferTooSmall`] when `output` is shorter than [`Hash::len`].
    pub fn finish_into(self, output: &mut [u8]) -> Result<&[u8]> {
        let len = self.0.finish(output)?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }

    /// Compares the hash with another in constant time (`psa_hash_verify`).
    ///
    /// # Errors
    /// [`Error::InvalidSignature`] when they differ.
    ///
    /// ```
    /// # use psa::{Error, Hash, HashOperation};
    /// # psa::init()?;
    /// let operation = HashOperation::new(Hash::Sha256)?;
    /// assert_eq!(operation.verify(&[0; 32]), Err(Error::InvalidSignature));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn verify(self, hash: &[u8]) -> Result<()> {
        self.0.verify(hash)
    }
}

impl fmt::Debug for HashOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashOperation(..)")
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use super::HashOperation;
    use crate::{Result, sizes};
    use alloc::{vec, vec::Vec};

    impl HashOperation {
        /// Answers the hash (`psa_hash_finish`).
        ///
        /// # Errors
        /// What the provider answers.
        ///
        /// ```
        /// # use psa::{Hash, HashOperation};
        /// # psa::init()?;
        /// let mut operation = HashOperation::new(Hash::Sha256)?;
        /// operation.update(b"abc")?;
        /// assert_eq!(operation.finish()?[..4], [0xba, 0x78, 0x16, 0xbf]);
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn finish(self) -> Result<Vec<u8>> {
            let mut output = vec![0; sizes::HASH_MAX_SIZE];
            let len = self.0.finish(&mut output)?;
            output.truncate(len);
            Ok(output)
        }
    }
}
