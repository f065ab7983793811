//! Encryption without authentication.

use crate::{Cipher, Error, Key, Result, ffi};

impl Key {
    /// Encrypts into the start of `output` and answers that part of it: a random initialization vector, if the algorithm
    /// has one, and the ciphertext (`psa_cipher_encrypt`).
    ///
    /// Nothing shows the receiver that the ciphertext was changed: prefer [`aead_encrypt_into`](Self::aead_encrypt_into).
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::ENCRYPT`](crate::Usage::ENCRYPT) or has another algorithm,
    /// [`Error::InvalidArgument`] when key and algorithm do not belong together, or `input` is no whole number of blocks
    /// and the algorithm has no padding, [`Error::NotSupported`] when the provider does not have the algorithm,
    /// [`Error::BufferTooSmall`] when `output` is shorter than
    /// [`sizes::cipher_encrypt_output_size`](crate::sizes::cipher_encrypt_output_size).
    ///
    #[doc = example_of_full!()]
    /// use psa::{Attributes, Cipher, Key, KeyType, Usage, sizes};
    ///
    /// psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::new(KeyType::Aes, 256).usage(Usage::ENCRYPT | Usage::DECRYPT).algorithm(Cipher::Ctr.into()),
    /// )?;
    /// let mut sent = [0; sizes::cipher_encrypt_output_size(KeyType::Aes, Cipher::Ctr, 5)];
    /// let sent = key.encrypt_into(Cipher::Ctr, b"hello", &mut sent)?;
    /// assert_eq!(sent.len(), 16 + 5);
    /// assert_eq!(key.decrypt_into(Cipher::Ctr, sent, &mut [0; 21])?, b"hello");
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn encrypt_into<'b>(
        &self,
        algorithm: Cipher,
        input: &[u8],
        output: &'b mut [u8],
    ) -> Result<&'b [u8]> {
        let len = ffi::cipher::encrypt(self.id, algorithm.to_raw(), input, output)?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }

    /// Decrypts into the start of `output` and answers that part of it; the initialization vector stands at the start of
    /// `input`, as [`encrypt_into`](Self::encrypt_into) puts it there (`psa_cipher_decrypt`). When it fails the whole of
    /// `output` is wiped.
    ///
    /// The example is shown there.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when `input` is shorter than the initialization vector or no whole number of blocks where
    /// the algorithm wants that, [`Error::BufferTooSmall`] when `output` is shorter than
    /// [`sizes::cipher_decrypt_output_size`](crate::sizes::cipher_decrypt_output_size),
    /// [`Error::InvalidPadding`]: who can make a device tell wrong padding from a right one, by an answer or by time, can
    /// decrypt with it. Otherwise as for [`encrypt_into`](Self::encrypt_into), with
    /// [`Usage::DECRYPT`](crate::Usage::DECRYPT).
    pub fn decrypt_into<'b>(
        &self,
        algorithm: Cipher,
        input: &[u8],
        output: &'b mut [u8],
    ) -> Result<&'b [u8]> {
        let len = ffi::cipher::decrypt(self.id, algorithm.to_raw(), input, output)?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use crate::{Cipher, Key, Result, SecretVec, ffi, sizes};
    use alloc::{vec, vec::Vec};

    impl Key {
        /// Encrypts: answers a random initialization vector, if the algorithm has one, and the ciphertext
        /// (`psa_cipher_encrypt`).
        ///
        /// # Errors
        /// As for [`encrypt_into`](Self::encrypt_into).
        ///
        #[doc = example_of_full!()]
        /// # use psa::{Attributes, Cipher, Key, KeyType, Usage};
        /// # psa::init()?;
        /// # let attributes = Attributes::new(KeyType::Aes, 128).usage(Usage::ENCRYPT | Usage::DECRYPT);
        /// # let key = Key::generate(attributes.algorithm(Cipher::CbcPkcs7.into()))?;
        /// let sent = key.encrypt(Cipher::CbcPkcs7, b"hello")?;
        /// assert_eq!(sent.len(), 16 + 16);
        /// assert_eq!(*key.decrypt(Cipher::CbcPkcs7, &sent)?, *b"hello");
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn encrypt(&self, algorithm: Cipher, input: &[u8]) -> Result<Vec<u8>> {
            let mut output = vec![0; sizes::cipher_encrypt_output_max_size(input.len())];
            let len = self.encrypt_into(algorithm, input, &mut output)?.len();
            output.truncate(len);
            Ok(output)
        }

        /// Decrypts what has its initialization vector at its start (`psa_cipher_decrypt`).
        ///
        /// # Errors
        /// As for [`decrypt_into`](Self::decrypt_into).
        pub fn decrypt(&self, algorithm: Cipher, input: &[u8]) -> Result<SecretVec> {
            let size = sizes::cipher_decrypt_output_max_size(input.len());
            SecretVec::written(size, |output| {
                ffi::cipher::decrypt(self.id, algorithm.to_raw(), input, output)
            })
        }
    }
}
