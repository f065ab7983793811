//! Authenticated encryption.

use crate::{Aead, Error, Key, Result, ffi};

impl Key {
    /// Encrypts and authenticates into the start of `output` and answers that part of it: the ciphertext and the tag
    /// (`psa_aead_encrypt`). `associated_data` is authenticated and not encrypted; it may be empty.
    ///
    /// The nonce must be one that was never used with this key: with two messages under one nonce, both can be read and
    /// others forged.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::ENCRYPT`](crate::Usage::ENCRYPT) or has another algorithm,
    /// [`Error::InvalidArgument`] when key and algorithm do not belong together or the algorithm has no nonce of this
    /// length, [`Error::NotSupported`] when the provider does not have the algorithm or such a nonce,
    /// [`Error::BufferTooSmall`] when `output` is shorter than
    /// [`sizes::aead_encrypt_output_size`](crate::sizes::aead_encrypt_output_size).
    ///
    #[doc = example_of_full!()]
    /// use psa::{Aead, Attributes, Error, Key, KeyType, Usage, sizes};
    ///
    /// psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::new(KeyType::ChaCha20, 256)
    ///         .usage(Usage::ENCRYPT | Usage::DECRYPT)
    ///         .algorithm(Aead::ChaCha20Poly1305.into()),
    /// )?;
    /// let nonce = [0; 12]; // The first message of this key.
    /// let mut sent = [0; sizes::aead_encrypt_output_size(KeyType::ChaCha20, Aead::ChaCha20Poly1305, 5)];
    /// key.aead_encrypt_into(Aead::ChaCha20Poly1305, &nonce, b"header", b"hello", &mut sent)?;
    ///
    /// let mut plain = [0; 5];
    /// key.aead_decrypt_into(Aead::ChaCha20Poly1305, &nonce, b"header", &sent, &mut plain)?;
    /// assert_eq!(plain, *b"hello");
    /// let forged = key.aead_decrypt_into(Aead::ChaCha20Poly1305, &nonce, b"other", &sent, &mut plain);
    /// assert_eq!(forged, Err(Error::InvalidSignature));
    /// assert_eq!(plain, [0; 5]);
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn aead_encrypt_into<'b>(
        &self,
        algorithm: Aead,
        nonce: &[u8],
        associated_data: &[u8],
        input: &[u8],
        output: &'b mut [u8],
    ) -> Result<&'b [u8]> {
        let len = ffi::aead::encrypt(
            self.id,
            algorithm.to_raw(),
            nonce,
            associated_data,
            input,
            output,
        )?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }

    /// Decrypts a ciphertext with its tag into the start of `output`, checks it, and answers that part of `output`
    /// (`psa_aead_decrypt`). When it fails the whole of `output` is wiped.
    ///
    /// The example is shown at [`aead_encrypt_into`](Self::aead_encrypt_into).
    ///
    /// # Errors
    /// [`Error::InvalidSignature`] when ciphertext, tag, nonce, associated data or key are not those that were encrypted
    /// with, [`Error::BufferTooSmall`] when `output` is shorter than
    /// [`sizes::aead_decrypt_output_size`](crate::sizes::aead_decrypt_output_size), [`Error::InvalidArgument`] when `input`
    /// is shorter than the tag; otherwise as for [`aead_encrypt_into`](Self::aead_encrypt_into), with
    /// [`Usage::DECRYPT`](crate::Usage::DECRYPT).
    pub fn aead_decrypt_into<'b>(
        &self,
        algorithm: Aead,
        nonce: &[u8],
        associated_data: &[u8],
        input: &[u8],
        output: &'b mut [u8],
    ) -> Result<&'b [u8]> {
        let len = ffi::aead::decrypt(
            self.id,
            algorithm.to_raw(),
            nonce,
            associated_data,
            input,
            output,
        )?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use crate::{Aead, Key, Result, SecretVec, ffi, sizes};
    use alloc::{vec, vec::Vec};

    impl Key {
        /// Encrypts and authenticates: answers the ciphertext and the tag (`psa_aead_encrypt`).
        ///
        /// # Errors
        /// As for [`aead_encrypt_into`](Self::aead_encrypt_into).
        ///
        #[doc = example_of_full!()]
        /// # use psa::{Aead, Attributes, Key, KeyType, Usage};
        /// # psa::init()?;
        /// # let attributes = Attributes::new(KeyType::Aes, 128).usage(Usage::ENCRYPT | Usage::DECRYPT);
        /// # let key = Key::generate(attributes.algorithm(Aead::Gcm.into()))?;
        /// let mut nonce = [0; 12];
        /// psa::generate_random(&mut nonce)?;
        /// let sent = key.aead_encrypt(Aead::Gcm, &nonce, b"header", b"hello")?;
        /// assert_eq!(*key.aead_decrypt(Aead::Gcm, &nonce, b"header", &sent)?, *b"hello");
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn aead_encrypt(
            &self,
            algorithm: Aead,
            nonce: &[u8],
            associated_data: &[u8],
            input: &[u8],
        ) -> Result<Vec<u8>> {
            let mut output = vec![0; sizes::aead_encrypt_output_max_size(input.len())];
            let len = self
                .aead_encrypt_into(algorithm, nonce, associated_data, input, &mut output)?
                .len();
            output.truncate(len);
            Ok(output)
        }

        /// Decrypts a ciphertext with its tag and checks it (`psa_aead_decrypt`).
        ///
        /// # Errors
        /// As for [`aead_decrypt_into`](Self::aead_decrypt_into).
        pub fn aead_decrypt(
            &self,
            algorithm: Aead,
            nonce: &[u8],
            associated_data: &[u8],
            input: &[u8],
        ) -> Result<SecretVec> {
            let size = sizes::aead_decrypt_output_max_size(input.len());
            SecretVec::written(size, |output| {
                let algorithm = algorithm.to_raw();
                ffi::aead::decrypt(self.id, algorithm, nonce, associated_data, input, output)
            })
        }
    }
}
