//! Ciphers without authentication, in several steps.

use super::state::{Direction, Encrypt, NeedsIv, TakesData};
use crate::{Cipher, Error, Key, Result, ffi::cipher::Ciphering};
use core::{fmt, marker::PhantomData};

/// Encryption or decryption in several steps (PSA Crypto API, "Multi-part cipher operations").
///
/// It is [`Encrypt`] or [`Decrypt`](crate::Decrypt), and first [`NeedsIv`]: [`set_iv`](Self::set_iv),
/// [`generate_iv_into`](CipherOperation::generate_iv_into) or [`without_iv`](Self::without_iv) make it one that
/// [`TakesData`], which ends with [`finish_into`](CipherOperation::finish_into), or is aborted when it is dropped.
///
/// Data is not taken before there is an initialization vector:
///
/// It is [`Send`] and [`Sync`]: any thread may make its next step, one at a time.
///
/// ```compile_fail,E0599
/// # use psa::{Cipher, CipherOperation, Encrypt, Key};
/// # fn f(key: &Key) -> psa::Result<()> {
/// let mut operation = CipherOperation::<Encrypt>::new(key, Cipher::Ctr)?;
/// operation.update_into(b"data", &mut [0; 16])?;
/// # Ok(()) }
/// ```
///
#[doc = example_of_full!()]
/// use psa::{Attributes, Cipher, CipherOperation, Decrypt, Encrypt, Key, KeyType, Usage};
///
/// psa::init()?;
/// let key = Key::generate(
///     Attributes::new(KeyType::Aes, 128).usage(Usage::ENCRYPT | Usage::DECRYPT).algorithm(Cipher::CbcPkcs7.into()),
/// )?;
/// let mut iv = [0; 16];
/// let (mut operation, iv) = CipherOperation::<Encrypt>::new(&key, Cipher::CbcPkcs7)?.generate_iv_into(&mut iv)?;
/// let (mut first, mut last) = ([0; 32], [0; 16]);
/// assert_eq!(operation.update_into(b"attack at dawn, from", &mut first)?.len(), 16);
/// operation.finish_into(&mut last)?;
///
/// let mut operation = CipherOperation::<Decrypt>::new(&key, Cipher::CbcPkcs7)?.set_iv(iv)?;
/// let mut plain = [0; 32];
/// operation.update_into(&first[..16], &mut [0; 16])?;
/// operation.update_into(&last, &mut plain)?;
/// assert_eq!(operation.finish_into(&mut plain)?, b"from");
/// # Ok::<(), psa::Error>(())
/// ```
#[must_use = "an operation that is dropped is aborted"]
pub struct CipherOperation<D, S = NeedsIv>(Ciphering, PhantomData<(D, S)>);

impl<D: Direction> CipherOperation<D> {
    /// Begins (`psa_cipher_encrypt_setup`, `psa_cipher_decrypt_setup`). The key may be dropped or destroyed before the end:
    /// the operation has what it needs of it.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::ENCRYPT`](crate::Usage::ENCRYPT) or
    /// [`Usage::DECRYPT`](crate::Usage::DECRYPT) or has another algorithm, [`Error::InvalidArgument`] when key and
    /// algorithm do not belong together, [`Error::NotSupported`] when the provider does not have the algorithm.
    pub fn new(key: &Key, algorithm: Cipher) -> Result<Self> {
        let (id, algorithm) = (key.id().to_raw(), algorithm.to_raw());
        let operation = if D::ENCRYPTS {
            Ciphering::encrypt(id, algorithm)
        } else {
            Ciphering::decrypt(id, algorithm)
        };
        operation.map(Self::in_state)
    }

    /// Takes the initialization vector (`psa_cipher_set_iv`). To encrypt, it must be one that was never used with this key
    /// and for CBC also one that nobody can foresee: rather let one be [generated](CipherOperation::generate_iv_into).
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when the length is not [`sizes::cipher_iv_length`](crate::sizes::cipher_iv_length),
    /// [`Error::BadState`] when the algorithm has no initialization vector.
    pub fn set_iv(mut self, iv: &[u8]) -> Result<CipherOperation<D, TakesData>> {
        self.0.set_iv(iv)?;
        Ok(CipherOperation::in_state(self.0))
    }

    /// Goes on without an initialization vector, for an algorithm that has none: [`Cipher::EcbNoPadding`].
    ///
    /// With any other the next step answers [`Error::BadState`].
    ///
    #[doc = example_of_full!()]
    /// # use psa::{Attributes, Cipher, CipherOperation, Encrypt, Error, Key, KeyType, Usage};
    /// # psa::init()?;
    /// # let attributes = Attributes::new(KeyType::Aes, 128).usage(Usage::ENCRYPT);
    /// # let key = Key::generate(attributes.algorithm(Cipher::EcbNoPadding.into()))?;
    /// let mut operation = CipherOperation::<Encrypt>::new(&key, Cipher::EcbNoPadding)?.without_iv();
    /// assert_eq!(operation.update_into(&[0; 16], &mut [0; 16])?.len(), 16);
    /// # let key = Key::generate(attributes.algorithm(Cipher::Ctr.into()))?;
    /// let mut operation = CipherOperation::<Encrypt>::new(&key, Cipher::Ctr)?.without_iv();
    /// assert_eq!(operation.update_into(&[0; 16], &mut [0; 16]), Err(Error::BadState));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn without_iv(self) -> CipherOperation<D, TakesData> {
        CipherOperation::in_state(self.0)
    }
}

impl CipherOperation<Encrypt> {
    /// Generates an initialization vector into the start of `buffer` and answers that part of it
    /// (`psa_cipher_generate_iv`).
    ///
    /// # Errors
    /// [`Error::BufferTooSmall`] when `buffer` is shorter than
    /// [`sizes::cipher_iv_length`](crate::sizes::cipher_iv_length), [`Error::BadState`] when the algorithm has no
    /// initialization vector, [`Error::InsufficientEntropy`] without a random source.
    pub fn generate_iv_into(
        mut self,
        buffer: &mut [u8],
    ) -> Result<(CipherOperation<Encrypt, TakesData>, &[u8])> {
        let len = self.0.generate_iv(buffer)?;
        let iv = buffer.get(..len).ok_or(Error::CorruptionDetected)?;
        Ok((CipherOperation::in_state(self.0), iv))
    }
}

impl<D: Direction> CipherOperation<D, TakesData> {
    /// Takes the next part, writes what can be written of the output to the start of `output`, and answers that part of it
    /// (`psa_cipher_update`). That may be less than `input`, or more: a block is written when it is whole. When it fails the
    /// whole of `output` is wiped.
    ///
    /// # Errors
    /// [`Error::BufferTooSmall`] when `output` is shorter than
    /// [`sizes::cipher_update_output_size`](crate::sizes::cipher_update_output_size) says, and what the provider answers.
    /// Every later step fails then with [`Error::BadState`].
    pub fn update_into<'b>(&mut self, input: &[u8], output: &'b mut [u8]) -> Result<&'b [u8]> {
        let len = self.0.update(input, output)?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }

    /// Writes the rest of the output to the start of `output` and answers that part of it (`psa_cipher_finish`). When it fails
    /// the whole of `output` is wiped, and the plaintext of earlier updates is the caller's to wipe.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when the data is no whole number of blocks and the algorithm has no padding,
    /// [`Error::BufferTooSmall`], and when decrypting [`Error::InvalidPadding`]. Who can make a device tell wrong padding
    /// from a right one, by an answer or by time, can decrypt with it: check a MAC before, or use an
    /// [`Aead`](crate::Aead).
    pub fn finish_into(self, output: &mut [u8]) -> Result<&[u8]> {
        let len = self.0.finish(output)?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }
}

impl<D, S> CipherOperation<D, S> {
    const fn in_state(operation: Ciphering) -> Self {
        Self(operation, PhantomData)
    }
}

impl<D, S> fmt::Debug for CipherOperation<D, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CipherOperation(..)")
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use super::{CipherOperation, Direction, Encrypt, TakesData};
    use crate::operation::state::sealed::Output;
    use crate::{Result, SecretVec, sizes};
    use alloc::{vec, vec::Vec};

    impl CipherOperation<Encrypt> {
        /// Generates an initialization vector (`psa_cipher_generate_iv`).
        ///
        /// # Errors
        /// As for [`generate_iv_into`](Self::generate_iv_into).
        ///
        #[doc = example_of_full!()]
        /// # use psa::{Attributes, Cipher, CipherOperation, Encrypt, Key, KeyType, Usage};
        /// # psa::init()?;
        /// # let attributes = Attributes::new(KeyType::Aes, 128).usage(Usage::ENCRYPT).algorithm(Cipher::CbcPkcs7.into());
        /// # let key = Key::generate(attributes)?;
        /// let (mut operation, iv) = CipherOperation::<Encrypt>::new(&key, Cipher::CbcPkcs7)?.generate_iv()?;
        /// let mut ciphertext = operation.update(b"attack at dawn, from behind")?;
        /// ciphertext.extend(operation.finish()?);
        /// assert_eq!((iv.len(), ciphertext.len()), (16, 32));
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn generate_iv(mut self) -> Result<(CipherOperation<Encrypt, TakesData>, Vec<u8>)> {
            let mut iv = vec![0; sizes::CIPHER_IV_MAX_SIZE];
            let len = self.0.generate_iv(&mut iv)?;
            iv.truncate(len);
            Ok((CipherOperation::in_state(self.0), iv))
        }
    }

    impl<D: Direction> CipherOperation<D, TakesData> {
        /// Takes the next part and answers what can be said of the output (`psa_cipher_update`).
        ///
        /// # Errors
        /// What the provider answers; every later step fails then with [`Error::BadState`](crate::Error::BadState).
        pub fn update(&mut self, input: &[u8]) -> Result<D::Output> {
            let room = sizes::cipher_update_output_max_size(input.len());
            SecretVec::written(room, |output| self.0.update(input, output)).map(D::Output::of)
        }

        /// Answers the rest of the output (`psa_cipher_finish`).
        ///
        /// # Errors
        /// As for [`finish_into`](Self::finish_into).
        pub fn finish(self) -> Result<D::Output> {
            let room = sizes::CIPHER_FINISH_OUTPUT_MAX_SIZE;
            SecretVec::written(room, |output| self.0.finish(output)).map(D::Output::of)
        }
    }
}
