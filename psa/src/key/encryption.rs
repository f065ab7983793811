//! Encryption with a public key.

use crate::{AsymmetricEncryption, Error, Key, Result, Secret, ffi};

impl Key {
    /// Encrypts a short message into the start of `buffer` and answers that part of it (`psa_asymmetric_encrypt`).
    ///
    /// `label` is OAEP's, and mostly empty; PKCS#1 v1.5 has none. A key pair encrypts with its public half.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::ENCRYPT`](crate::Usage::ENCRYPT) or has another algorithm,
    /// [`Error::InvalidArgument`] when the message is too long for the key and for a label where there is none,
    /// [`Error::BufferTooSmall`] when `buffer` is shorter than
    /// [`asymmetric_encrypt_output_size`](crate::sizes::asymmetric_encrypt_output_size).
    ///
    /// ```
    /// use psa::{AsymmetricEncryption, Attributes, Hash, Key, Usage};
    ///
    /// # #[cfg(feature = "full")] {
    /// psa::init()?;
    /// let oaep = AsymmetricEncryption::RsaOaep(Hash::Sha256);
    /// let key = Key::generate(
    ///     Attributes::rsa_key_pair(2048).usage(Usage::ENCRYPT | Usage::DECRYPT).algorithm(oaep.into()),
    /// )?;
    /// let mut buffer = [0; 256];
    /// let ciphertext = key.asymmetric_encrypt_into(oaep, b"a session key", b"", &mut buffer)?;
    /// let mut buffer = [0; 256];
    /// let message = key.asymmetric_decrypt_into(oaep, ciphertext, b"", &mut buffer)?;
    /// assert_eq!(*message, *b"a session key");
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn asymmetric_encrypt_into<'b>(
        &self,
        algorithm: AsymmetricEncryption,
        message: &[u8],
        label: &[u8],
        buffer: &'b mut [u8],
    ) -> Result<&'b [u8]> {
        let len = ffi::encryption::encrypt(self.id, algorithm.to_raw(), message, label, buffer)?;
        buffer.get(..len).ok_or(Error::CorruptionDetected)
    }

    /// Decrypts a message into the start of `buffer` (`psa_asymmetric_decrypt`). The buffer is wiped when the answer is
    /// dropped, and when anything fails.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::DECRYPT`](crate::Usage::DECRYPT) or has another algorithm,
    /// [`Error::InvalidPadding`] when the decrypted padding is wrong: of PKCS#1 v1.5, tell nobody;
    /// [`Error::InvalidArgument`] for a public key, for a ciphertext of another length than the key's and for a label where
    /// there is none; [`Error::BufferTooSmall`] when `buffer` is shorter than the message.
    ///
    /// ```
    /// # use psa::{AsymmetricEncryption, Attributes, Error, Hash, Key, Usage};
    /// # #[cfg(feature = "full")] {
    /// # psa::init()?;
    /// let oaep = AsymmetricEncryption::RsaOaep(Hash::Sha256);
    /// let key = Key::generate(
    ///     Attributes::rsa_key_pair(1024).usage(Usage::ENCRYPT | Usage::DECRYPT).algorithm(oaep.into()),
    /// )?;
    /// let ciphertext = key.asymmetric_encrypt(oaep, b"a session key", b"label")?;
    /// let mut buffer = [0; 128];
    /// let other = key.asymmetric_decrypt_into(oaep, &ciphertext, b"other label", &mut buffer);
    /// assert_eq!(other.err(), Some(Error::InvalidPadding));
    /// # }
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn asymmetric_decrypt_into<'b>(
        &self,
        algorithm: AsymmetricEncryption,
        ciphertext: &[u8],
        label: &[u8],
        buffer: &'b mut [u8],
    ) -> Result<Secret<'b, [u8]>> {
        let mut secret = Secret::new(buffer);
        let output = secret.get_mut();
        let len = ffi::encryption::decrypt(self.id, algorithm.to_raw(), ciphertext, label, output)?;
        Ok(secret.first(len))
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use crate::{AsymmetricEncryption, Key, Result, SecretVec, ffi, sizes};
    use alloc::{vec, vec::Vec};

    impl Key {
        /// Encrypts a short message (`psa_asymmetric_encrypt`).
        ///
        /// # Errors
        /// As for [`asymmetric_encrypt_into`](Self::asymmetric_encrypt_into).
        ///
        /// ```
        /// # use psa::{AsymmetricEncryption, Attributes, Hash, Key, Usage};
        /// # #[cfg(feature = "full")] {
        /// # psa::init()?;
        /// let oaep = AsymmetricEncryption::RsaOaep(Hash::Sha256);
        /// let key = Key::generate(Attributes::rsa_key_pair(1024).usage(Usage::ENCRYPT).algorithm(oaep.into()))?;
        /// assert_eq!(key.asymmetric_encrypt(oaep, b"a session key", b"")?.len(), 128);
        /// # }
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn asymmetric_encrypt(
            &self,
            algorithm: AsymmetricEncryption,
            message: &[u8],
            label: &[u8],
        ) -> Result<Vec<u8>> {
            let attributes = self.attributes()?;
            let size = sizes::asymmetric_encrypt_output_size(
                attributes.key_type(),
                attributes.bits(),
                algorithm,
            );
            let mut ciphertext = vec![0; size];
            let output = &mut ciphertext;
            let len =
                ffi::encryption::encrypt(self.id, algorithm.to_raw(), message, label, output)?;
            ciphertext.truncate(len);
            Ok(ciphertext)
        }

        /// Decrypts a message (`psa_asymmetric_decrypt`).
        ///
        /// # Errors
        /// As for [`asymmetric_decrypt_into`](Self::asymmetric_decrypt_into).
        ///
        /// ```
        /// # use psa::{AsymmetricEncryption, Attributes, Key, Usage};
        /// # #[cfg(feature = "full")] {
        /// # psa::init()?;
        /// let pkcs1 = AsymmetricEncryption::RsaPkcs1v15;
        /// let key = Key::generate(
        ///     Attributes::rsa_key_pair(1024).usage(Usage::ENCRYPT | Usage::DECRYPT).algorithm(pkcs1.into()),
        /// )?;
        /// let ciphertext = key.asymmetric_encrypt(pkcs1, b"a session key", b"")?;
        /// assert_eq!(*key.asymmetric_decrypt(pkcs1, &ciphertext, b"")?, *b"a session key");
        /// # }
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn asymmetric_decrypt(
            &self,
            algorithm: AsymmetricEncryption,
            ciphertext: &[u8],
            label: &[u8],
        ) -> Result<SecretVec> {
            let attributes = self.attributes()?;
            let size = sizes::asymmetric_decrypt_output_size(
                attributes.key_type(),
                attributes.bits(),
                algorithm,
            );
            SecretVec::written(size, |output| {
                ffi::encryption::decrypt(self.id, algorithm.to_raw(), ciphertext, label, output)
            })
        }
    }
}
