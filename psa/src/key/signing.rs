//! Signatures.

use crate::{Error, Key, Result, Sign, ffi};

impl Key {
    /// Signs a hash into the start of `buffer` and answers that part of it (`psa_sign_hash`).
    ///
    /// An ECDSA signature is `r || s`, each as long as the curve's order; RSA's is as long as the modulus.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::SIGN_HASH`](crate::Usage::SIGN_HASH) or has another
    /// algorithm, [`Error::InvalidArgument`] when the hash has a wrong length, [`Error::BufferTooSmall`].
    ///
    /// ```
    /// use psa::{Algorithm, Attributes, Curve, Hash, Key, Sign, Usage};
    ///
    /// psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::ecc_key_pair(Curve::P256)
    ///         .usage(Usage::SIGN | Usage::VERIFY)
    ///         .algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// )?;
    /// let hash = [7; 32];
    /// let mut buffer = [0; 64];
    /// let signature = key.sign_hash_into(Sign::Ecdsa(Hash::Sha256), &hash, &mut buffer)?;
    /// key.verify_hash(Sign::Ecdsa(Hash::Sha256), &hash, signature)?;
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn sign_hash_into<'b>(
        &self,
        algorithm: Sign,
        hash: &[u8],
        buffer: &'b mut [u8],
    ) -> Result<&'b [u8]> {
        let len = ffi::sign::hash(self.id, algorithm.to_raw(), hash, buffer)?;
        buffer.get(..len).ok_or(Error::CorruptionDetected)
    }

    /// Hashes and signs a message into the start of `buffer` and answers that part of it (`psa_sign_message`).
    ///
    /// # Errors
    /// As for [`sign_hash_into`](Self::sign_hash_into), with [`Usage::SIGN_MESSAGE`](crate::Usage::SIGN_MESSAGE).
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Sign, Usage};
    /// # psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// )?;
    /// let mut buffer = [0; 64];
    /// assert_eq!(key.sign_message_into(Sign::Ecdsa(Hash::Sha256), b"hello", &mut buffer)?.len(), 64);
    /// let other = key.sign_message_into(Sign::DeterministicEcdsa(Hash::Sha256), b"hello", &mut buffer);
    /// assert_eq!(other.err(), Some(Error::NotPermitted));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn sign_message_into<'b>(
        &self,
        algorithm: Sign,
        message: &[u8],
        buffer: &'b mut [u8],
    ) -> Result<&'b [u8]> {
        let len = ffi::sign::message(self.id, algorithm.to_raw(), message, buffer)?;
        buffer.get(..len).ok_or(Error::CorruptionDetected)
    }

    /// Verifies the signature of a hash (`psa_verify_hash`).
    ///
    /// # Errors
    /// [`Error::InvalidSignature`] when it is wrong, [`Error::NotPermitted`] when the policy lacks
    /// [`Usage::VERIFY_HASH`](crate::Usage::VERIFY_HASH) or has another algorithm.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Sign, Usage};
    /// # psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::VERIFY).algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// )?;
    /// let forged = key.verify_hash(Sign::Ecdsa(Hash::Sha256), &[7; 32], &[1; 64]);
    /// assert_eq!(forged, Err(Error::InvalidSignature));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn verify_hash(&self, algorithm: Sign, hash: &[u8], signature: &[u8]) -> Result<()> {
        ffi::sign::verify_hash(self.id, algorithm.to_raw(), hash, signature)
    }

    /// Verifies the signature of a message (`psa_verify_message`).
    ///
    /// # Errors
    /// [`Error::InvalidSignature`] when it is wrong, [`Error::NotPermitted`] when the policy lacks
    /// [`Usage::VERIFY_MESSAGE`](crate::Usage::VERIFY_MESSAGE) or has another algorithm.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Sign, Usage};
    /// # psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::VERIFY).algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// )?;
    /// let forged = key.verify_message(Sign::Ecdsa(Hash::Sha256), b"hello", &[1; 64]);
    /// assert_eq!(forged, Err(Error::InvalidSignature));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn verify_message(&self, algorithm: Sign, message: &[u8], signature: &[u8]) -> Result<()> {
        ffi::sign::verify_message(self.id, algorithm.to_raw(), message, signature)
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use crate::{Key, Result, Sign, sizes};
    use alloc::{vec, vec::Vec};

    impl Key {
        /// Signs a hash (`psa_sign_hash`).
        ///
        /// # Errors
        /// As for [`sign_hash_into`](Self::sign_hash_into).
        ///
        /// ```
        /// # use psa::{Algorithm, Attributes, Curve, Hash, Key, Sign, Usage};
        /// # psa::init()?;
        /// let key = Key::generate(
        ///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
        /// )?;
        /// assert_eq!(key.sign_hash(Sign::Ecdsa(Hash::Sha256), &[7; 32])?.len(), 64);
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn sign_hash(&self, algorithm: Sign, hash: &[u8]) -> Result<Vec<u8>> {
            self.signature(algorithm, |buffer| {
                Ok(self.sign_hash_into(algorithm, hash, buffer)?.len())
            })
        }

        /// Hashes and signs a message (`psa_sign_message`).
        ///
        /// # Errors
        /// As for [`sign_message_into`](Self::sign_message_into).
        ///
        /// ```
        /// # use psa::{Algorithm, Attributes, Curve, Hash, Key, Sign, Usage};
        /// # psa::init()?;
        /// let key = Key::generate(
        ///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
        /// )?;
        /// assert_eq!(key.sign_message(Sign::Ecdsa(Hash::Sha256), b"hello")?.len(), 64);
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn sign_message(&self, algorithm: Sign, message: &[u8]) -> Result<Vec<u8>> {
            self.signature(algorithm, |buffer| {
                Ok(self.sign_message_into(algorithm, message, buffer)?.len())
            })
        }

        fn signature(
            &self,
            algorithm: Sign,
            sign: impl FnOnce(&mut [u8]) -> Result<usize>,
        ) -> Result<Vec<u8>> {
            let attributes = self.attributes()?;
            let size = sizes::sign_output_size(attributes.key_type(), attributes.bits(), algorithm);
            let mut signature = vec![0; size];
            let len = sign(&mut signature)?;
            signature.truncate(len);
            Ok(signature)
        }
    }
}
