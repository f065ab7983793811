//! Authenticated encryption in several steps.

use super::state::{Decrypt, Direction, Encrypt, NeedsNonce, TakesAssociatedData, TakesData};
use crate::{Aead, Error, Key, Result, ffi::aead::Sealing};
use core::{fmt, marker::PhantomData};

/// Authenticated encryption or decryption in several steps (PSA Crypto API, "Multi-part AEAD operations").
///
/// It is [`Encrypt`] or [`Decrypt`], and passes through three states:
///
/// 1. [`NeedsNonce`]: [`set_lengths`](Self::set_lengths), which CCM needs, then [`set_nonce`](Self::set_nonce) or
///    [`generate_nonce_into`](AeadOperation::generate_nonce_into);
/// 2. [`TakesAssociatedData`]: [`update_ad`](AeadOperation::update_ad) any number of times, then
///    [`begin_data`](AeadOperation::begin_data);
/// 3. [`TakesData`]: [`update_into`](AeadOperation::update_into) any number of times, then
///    [`finish_into`](AeadOperation::finish_into) or [`verify_into`](AeadOperation::verify_into).
///
/// Dropped before its end, it is aborted. Associated data is not taken after data:
///
/// It is [`Send`] and [`Sync`]: any thread may make its next step, one at a time.
///
/// ```compile_fail,E0599
/// # use psa::{Aead, AeadOperation, Encrypt, Key};
/// # fn f(key: &Key) -> psa::Result<()> {
/// let mut operation = AeadOperation::<Encrypt>::new(key, Aead::Gcm)?.set_nonce(&[0; 12])?.begin_data();
/// operation.update_ad(b"header")?;
/// # Ok(()) }
/// ```
///
/// Whoever decrypts in several steps gets plaintext that nobody has vouched for yet: **what `update_into` answers must not
/// be used, nor leave the device, before `verify_into` has succeeded.** When it fails, wipe what the updates wrote.
///
#[doc = example_of_full!()]
/// use psa::{Aead, AeadOperation, Attributes, Decrypt, Encrypt, Error, Key, KeyType, Usage};
///
/// psa::init()?;
/// let key = Key::generate(
///     Attributes::new(KeyType::Aes, 128).usage(Usage::ENCRYPT | Usage::DECRYPT).algorithm(Aead::Ccm.into()),
/// )?;
/// let mut nonce = [0; 13];
/// let (mut operation, nonce) = AeadOperation::<Encrypt>::new(&key, Aead::Ccm)?
///     .set_lengths(6, 11)?
///     .generate_nonce_into(&mut nonce)?;
/// operation.update_ad(b"header")?;
/// let mut operation = operation.begin_data();
/// let (mut ciphertext, mut rest, mut tag) = ([0; 16], [0; 16], [0; 16]);
/// let ciphertext = operation.update_into(b"hello world", &mut ciphertext)?;
/// let (rest, tag) = operation.finish_into(&mut rest, &mut tag)?;
/// assert_eq!(ciphertext.len() + rest.len(), 11);
///
/// let begin = || {
///     let mut operation = AeadOperation::<Decrypt>::new(&key, Aead::Ccm)?.set_lengths(6, 11)?.set_nonce(nonce)?;
///     operation.update_ad(b"header")?;
///     Ok::<_, Error>(operation.begin_data())
/// };
/// let (mut plaintext, mut rest) = ([0; 16], [0; 16]);
/// let mut operation = begin()?;
/// let plaintext = operation.update_into(ciphertext, &mut plaintext)?;
/// operation.verify_into(&mut rest, tag)?;
/// assert_eq!(plaintext, b"hello world"); // Not before this line.
///
/// let mut operation = begin()?;
/// operation.update_into(ciphertext, &mut [0; 16])?;
/// assert_eq!(operation.verify_into(&mut rest, &[0; 16]), Err(Error::InvalidSignature));
/// # Ok::<(), psa::Error>(())
/// ```
#[must_use = "an operation that is dropped is aborted"]
pub struct AeadOperation<D, S = NeedsNonce>(Sealing, PhantomData<(D, S)>);

impl<D: Direction> AeadOperation<D> {
    /// Begins (`psa_aead_encrypt_setup`, `psa_aead_decrypt_setup`). The key may be dropped or destroyed before the end: the
    /// operation has what it needs of it.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::ENCRYPT`](crate::Usage::ENCRYPT) or
    /// [`Usage::DECRYPT`](crate::Usage::DECRYPT) or has another algorithm, [`Error::InvalidArgument`] when key and
    /// algorithm do not belong together or the algorithm has no tag of that length, [`Error::NotSupported`] when the
    /// provider does not have the algorithm.
    pub fn new(key: &Key, algorithm: Aead) -> Result<Self> {
        let (id, algorithm) = (key.id().to_raw(), algorithm.to_raw());
        let operation = if D::ENCRYPTS {
            Sealing::encrypt(id, algorithm)
        } else {
            Sealing::decrypt(id, algorithm)
        };
        operation.map(Self::in_state)
    }

    /// Says how many bytes of associated data and of plaintext there will be (`psa_aead_set_lengths`). CCM needs it; with
    /// any other the provider checks that it comes true.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when the algorithm does not take so much, [`Error::BadState`] when the lengths are set
    /// already.
    pub fn set_lengths(mut self, associated_data: usize, plaintext: usize) -> Result<Self> {
        self.0.set_lengths(associated_data, plaintext)?;
        Ok(self)
    }

    /// Takes the nonce (`psa_aead_set_nonce`). To encrypt, it must be one that was never used with this key: with two
    /// messages under one nonce, both can be read and others forged. Count, or let one be
    /// [generated](AeadOperation::generate_nonce_into).
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when the algorithm has no nonce of this length, or [`Error::NotSupported`] when only the
    /// provider has not; [`Error::BadState`] for CCM without [`set_lengths`](Self::set_lengths), now or in the next step.
    pub fn set_nonce(mut self, nonce: &[u8]) -> Result<AeadOperation<D, TakesAssociatedData>> {
        self.0.set_nonce(nonce)?;
        Ok(AeadOperation::in_state(self.0))
    }
}

impl AeadOperation<Encrypt> {
    /// Generates a nonce into the start of `buffer` and answers that part of it (`psa_aead_generate_nonce`).
    ///
    /// # Errors
    /// [`Error::BufferTooSmall`] when `buffer` is shorter than
    /// [`sizes::aead_nonce_length`](crate::sizes::aead_nonce_length), [`Error::InsufficientEntropy`] without a random
    /// source.
    pub fn generate_nonce_into(
        mut self,
        buffer: &mut [u8],
    ) -> Result<(AeadOperation<Encrypt, TakesAssociatedData>, &[u8])> {
        let len = self.0.generate_nonce(buffer)?;
        let nonce = buffer.get(..len).ok_or(Error::CorruptionDetected)?;
        Ok((AeadOperation::in_state(self.0), nonce))
    }
}

impl<D: Direction> AeadOperation<D, TakesAssociatedData> {
    /// Takes the next part of the associated data (`psa_aead_update_ad`).
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when it is more than [`set_lengths`](AeadOperation::set_lengths) said,
    /// [`Error::BadState`] for CCM without lengths. Every later step fails then with [`Error::BadState`].
    pub fn update_ad(&mut self, input: &[u8]) -> Result<()> {
        self.0.update_ad(input)
    }

    /// Goes on to the data, with the associated data taken so far, which may be none.
    pub fn begin_data(self) -> AeadOperation<D, TakesData> {
        AeadOperation::in_state(self.0)
    }
}

impl<D: Direction> AeadOperation<D, TakesData> {
    /// Takes the next part of the plaintext or ciphertext, writes what can be written of the output to the start of
    /// `output`, and answers that part of it (`psa_aead_update`).
    ///
    /// A provider may keep back a part of a block: what is missing comes with the next update, or at the end. When it fails
    /// the whole of `output` is wiped.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when the associated data or the data is not what
    /// [`set_lengths`](AeadOperation::set_lengths) said, [`Error::BufferTooSmall`] when `output` is shorter than
    /// [`sizes::aead_update_output_size`](crate::sizes::aead_update_output_size) says, [`Error::BadState`] for CCM without
    /// lengths. Every later step fails then with [`Error::BadState`].
    pub fn update_into<'b>(&mut self, input: &[u8], output: &'b mut [u8]) -> Result<&'b [u8]> {
        let len = self.0.update(input, output)?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }
}

impl AeadOperation<Encrypt, TakesData> {
    /// Writes the rest of the ciphertext and the tag, and answers both (`psa_aead_finish`).
    ///
    /// # Errors
    /// [`Error::BufferTooSmall`] when `rest` is shorter than
    /// [`sizes::aead_finish_output_size`](crate::sizes::aead_finish_output_size) says (of Mbed TLS, which keeps nothing
    /// back, it may be empty) or `tag` than [`sizes::aead_tag_length`](crate::sizes::aead_tag_length),
    /// [`Error::InvalidArgument`] when there was less than [`set_lengths`](AeadOperation::set_lengths) said.
    pub fn finish_into<'b>(
        self,
        rest: &'b mut [u8],
        tag: &'b mut [u8],
    ) -> Result<(&'b [u8], &'b [u8])> {
        let (len, tag_len) = self.0.finish(rest, tag)?;
        let rest = rest.get(..len).ok_or(Error::CorruptionDetected)?;
        let tag = tag.get(..tag_len).ok_or(Error::CorruptionDetected)?;
        Ok((rest, tag))
    }
}

impl AeadOperation<Decrypt, TakesData> {
    /// Checks the tag in constant time, writes the rest of the plaintext to the start of `rest`, and answers that part of
    /// it (`psa_aead_verify`). Only now the plaintext of earlier updates may be used.
    ///
    /// When it fails the whole of `rest` is wiped, and the plaintext of earlier updates is the caller's to wipe.
    ///
    /// # Errors
    /// [`Error::InvalidSignature`] when the tag is wrong or has another length, [`Error::BufferTooSmall`] when `rest` is
    /// shorter than [`sizes::aead_verify_output_size`](crate::sizes::aead_verify_output_size) says (of Mbed TLS, which
    /// keeps nothing back, it may be empty), [`Error::InvalidArgument`] when there was less than
    /// [`set_lengths`](AeadOperation::set_lengths) said.
    pub fn verify_into<'b>(self, rest: &'b mut [u8], tag: &[u8]) -> Result<&'b [u8]> {
        let len = self.0.verify(rest, tag)?;
        rest.get(..len).ok_or(Error::CorruptionDetected)
    }
}

impl<D, S> AeadOperation<D, S> {
    const fn in_state(operation: Sealing) -> Self {
        Self(operation, PhantomData)
    }
}

impl<D, S> fmt::Debug for AeadOperation<D, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AeadOperation(..)")
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use super::{AeadOperation, Decrypt, Direction, Encrypt, TakesAssociatedData, TakesData};
    use crate::operation::state::sealed::Output;
    use crate::{Result, SecretVec, sizes};
    use alloc::{vec, vec::Vec};

    impl AeadOperation<Encrypt> {
        /// Generates a nonce (`psa_aead_generate_nonce`).
        ///
        /// # Errors
        /// As for [`generate_nonce_into`](Self::generate_nonce_into).
        pub fn generate_nonce(
            mut self,
        ) -> Result<(AeadOperation<Encrypt, TakesAssociatedData>, Vec<u8>)> {
            let mut nonce = vec![0; sizes::AEAD_NONCE_MAX_SIZE];
            let len = self.0.generate_nonce(&mut nonce)?;
            nonce.truncate(len);
            Ok((AeadOperation::in_state(self.0), nonce))
        }
    }

    impl<D: Direction> AeadOperation<D, TakesData> {
        /// Takes the next part and answers what can be said of the output (`psa_aead_update`). Of plaintext nothing may be
        /// used before [`verify`](AeadOperation::verify).
        ///
        /// # Errors
        /// As for [`update_into`](Self::update_into).
        pub fn update(&mut self, input: &[u8]) -> Result<D::Output> {
            let room = sizes::aead_update_output_max_size(input.len());
            SecretVec::written(room, |output| self.0.update(input, output)).map(D::Output::of)
        }
    }

    impl AeadOperation<Encrypt, TakesData> {
        /// Answers the rest of the ciphertext and the tag (`psa_aead_finish`).
        ///
        /// # Errors
        /// As for [`finish_into`](Self::finish_into).
        ///
        #[doc = example_of_full!()]
        /// # use psa::{Aead, AeadOperation, Attributes, Decrypt, Encrypt, Key, KeyType, Usage};
        /// # psa::init()?;
        /// # let attributes = Attributes::new(KeyType::Aes, 256).usage(Usage::ENCRYPT | Usage::DECRYPT);
        /// # let key = Key::generate(attributes.algorithm(Aead::Gcm.into()))?;
        /// let (mut operation, nonce) = AeadOperation::<Encrypt>::new(&key, Aead::Gcm)?.generate_nonce()?;
        /// operation.update_ad(b"header")?;
        /// let mut operation = operation.begin_data();
        /// let mut ciphertext = operation.update(b"hello world")?;
        /// let (rest, tag) = operation.finish()?;
        /// ciphertext.extend(rest);
        ///
        /// let mut operation = AeadOperation::<Decrypt>::new(&key, Aead::Gcm)?.set_nonce(&nonce)?;
        /// operation.update_ad(b"header")?;
        /// let mut operation = operation.begin_data();
        /// let (plaintext, rest) = (operation.update(&ciphertext)?, operation.verify(&tag)?);
        /// assert_eq!((&*plaintext, &*rest), (&b"hello world"[..], &b""[..]));
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn finish(self) -> Result<(Vec<u8>, Vec<u8>)> {
            let mut rest = vec![0; sizes::AEAD_FINISH_OUTPUT_MAX_SIZE];
            let mut tag = vec![0; sizes::AEAD_TAG_MAX_SIZE];
            let (len, tag_len) = self.0.finish(&mut rest, &mut tag)?;
            rest.truncate(len);
            tag.truncate(tag_len);
            Ok((rest, tag))
        }
    }

    impl AeadOperation<Decrypt, TakesData> {
        /// Checks the tag in constant time and answers the rest of the plaintext (`psa_aead_verify`).
        ///
        /// # Errors
        /// As for [`verify_into`](Self::verify_into).
        pub fn verify(self, tag: &[u8]) -> Result<SecretVec> {
            let room = sizes::AEAD_VERIFY_OUTPUT_MAX_SIZE;
            SecretVec::written(room, |rest| self.0.verify(rest, tag))
        }
    }
}
