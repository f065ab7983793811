//! Keys that encrypt with authentication, for code that knows them by the traits of the crate [`aead`](::aead).

use crate::{
    AeadKind, AeadOperation, Decrypt, Direction, Encrypt, Error, Key, Result, TagLength,
    state::{TakesAssociatedData, TakesData},
};
use ::aead::{
    AeadCore, AeadInOut, Nonce, Tag, TagPosition,
    array::ArraySize,
    consts::{U12, U16},
    inout::InOutBuf,
};
use core::{borrow::Borrow, fmt, marker::PhantomData};
use zeroize::{Zeroize, Zeroizing};

/// So much goes to the provider at once.
const CHUNK: usize = 256;
/// What the provider may have kept of the data before: less than one block of any cipher.
const BLOCK: usize = tfm_sys::PSA_BLOCK_CIPHER_BLOCK_MAX_SIZE;

/// A key that encrypts with the algorithm `A`, nonces of `N` bytes and tags of `T` bytes.
///
/// It is an [`AeadInOut`], and with feature `alloc` an `Aead`: nonce and tag are 12 and 16 bytes unless it
/// says otherwise. The key is owned, borrowed or shared, as its user wants it.
///
/// The data passes through an operation in several steps, 256 bytes at a time. When a tag is wrong the whole output is
/// wiped. The error of that crate says nothing: [`Key::aead_encrypt_into`] and [`Key::aead_decrypt_into`] do.
///
#[doc = example_of_full!()]
/// use aead::Aead;
/// use psa::{Attributes, Key, KeyType, Usage, aead::{Gcm, SealingKey}};
///
/// psa::init()?;
/// let key = Key::generate(
///     Attributes::new(KeyType::Aes, 256).usage(Usage::ENCRYPT | Usage::DECRYPT).algorithm(psa::Aead::Gcm.into()),
/// )?;
/// let key: SealingKey<&Key, Gcm> = SealingKey::new(&key);
/// let nonce = [7; 12].into(); // Never twice with one key.
/// let ciphertext = key.encrypt(&nonce, &b"hello"[..]).unwrap();
/// assert_eq!(ciphertext.len(), 5 + 16);
/// assert_eq!(key.decrypt(&nonce, &ciphertext[..]).unwrap(), b"hello");
/// # Ok::<(), psa::Error>(())
/// ```
pub struct SealingKey<K, A, N = U12, T = U16> {
    key: K,
    types: PhantomData<(A, N, T)>,
}

/// An authenticated cipher as a type, for [`SealingKey`].
///
/// ```
/// use psa::{AeadKind, aead::{AeadAlgorithm, Ccm}};
///
/// assert_eq!(Ccm::KIND, AeadKind::Ccm);
/// ```
pub trait AeadAlgorithm: sealed::Sealed {
    /// The algorithm.
    const KIND: AeadKind;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! algorithms {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name;

        impl sealed::Sealed for $name {}

        impl AeadAlgorithm for $name {
            const KIND: AeadKind = AeadKind::$name;
        }
    )*};
}

algorithms! {
    /// Galois/counter mode.
    Gcm,
    /// Counter mode with CBC-MAC: nonces of 7 to 13 bytes, 13 in most protocols.
    Ccm,
    /// `ChaCha20` with Poly1305.
    ChaCha20Poly1305,
}

impl<K: Borrow<Key>, A: AeadAlgorithm, N: ArraySize, T: ArraySize> SealingKey<K, A, N, T> {
    /// The key with this algorithm. Whether its policy permits it shows when it is used.
    pub const fn new(key: K) -> Self {
        Self {
            key,
            types: PhantomData,
        }
    }

    /// The key.
    pub fn key(&self) -> &Key {
        self.key.borrow()
    }

    fn algorithm() -> Result<crate::Aead> {
        let length = TagLength::new(T::USIZE).ok_or(Error::InvalidArgument)?;
        Ok(crate::Aead::Shortened(A::KIND, length))
    }

    fn begin<D: Direction>(
        &self,
        nonce: &[u8],
        associated_data: &[u8],
        len: usize,
    ) -> Result<AeadOperation<D, TakesData>> {
        let operation = AeadOperation::<D>::new(self.key(), Self::algorithm()?)?;
        let mut operation: AeadOperation<D, TakesAssociatedData> = operation
            .set_lengths(associated_data.len(), len)?
            .set_nonce(nonce)?;
        operation.update_ad(associated_data)?;
        Ok(operation.begin_data())
    }

    fn seal(
        &self,
        nonce: &[u8],
        associated_data: &[u8],
        buffer: &mut InOutBuf<'_, '_, u8>,
    ) -> Result<Tag<Self>> {
        let mut operation = self.begin::<Encrypt>(nonce, associated_data, buffer.len())?;
        let written = pass(&mut operation, buffer)?;
        let (mut rest, mut tag) = ([0; BLOCK], Tag::<Self>::default());
        let (rest, written_tag) = operation.finish_into(&mut rest, &mut tag)?;
        complete(buffer, written, rest)?;
        if written_tag.len() == T::USIZE {
            Ok(tag)
        } else {
            Err(Error::CorruptionDetected)
        }
    }

    fn open(
        &self,
        nonce: &[u8],
        associated_data: &[u8],
        buffer: &mut InOutBuf<'_, '_, u8>,
        tag: &[u8],
    ) -> Result<()> {
        let mut operation = self.begin::<Decrypt>(nonce, associated_data, buffer.len())?;
        let opened = pass(&mut operation, buffer).and_then(|written| {
            let mut rest = Zeroizing::new([0; BLOCK]);
            let rest = operation.verify_into(&mut *rest, tag)?;
            complete(buffer, written, rest)
        });
        if opened.is_err() {
            // Nobody has vouched for what stands there.
            buffer.get_out().zeroize();
        }
        opened
    }
}

/// Passes the data through the operation and answers how much it gave back. It never gives more than it took, so where the
/// output stands in the place of the input, what is written was read before.
fn pass<D: Direction>(
    operation: &mut AeadOperation<D, TakesData>,
    buffer: &mut InOutBuf<'_, '_, u8>,
) -> Result<usize> {
    let mut input = Zeroizing::new([0; CHUNK]);
    let mut output = Zeroizing::new([0; CHUNK + BLOCK]);
    let (mut taken, mut written) = (0, 0);
    while let Some(rest) = buffer.get_in().get(taken..).filter(|rest| !rest.is_empty()) {
        let len = rest.len().min(CHUNK);
        let input = input.get_mut(..len).ok_or(Error::CorruptionDetected)?;
        input.copy_from_slice(rest.get(..len).ok_or(Error::CorruptionDetected)?);
        taken += len;
        let given = operation.update_into(input, &mut *output)?;
        let end = written + given.len();
        if end > taken {
            return Err(Error::CorruptionDetected);
        }
        buffer
            .get_out()
            .get_mut(written..end)
            .ok_or(Error::CorruptionDetected)?
            .copy_from_slice(given);
        written = end;
    }
    Ok(written)
}

/// Writes what the end of the operation gave, which is all that is missing.
fn complete(buffer: &mut InOutBuf<'_, '_, u8>, written: usize, rest: &[u8]) -> Result<()> {
    let missing = buffer.get_out().get_mut(written..).unwrap_or_default();
    if missing.len() != rest.len() {
        return Err(Error::CorruptionDetected);
    }
    missing.copy_from_slice(rest);
    Ok(())
}

impl<K, A, N, T> AeadCore for SealingKey<K, A, N, T>
where
    N: ArraySize,
    T: ArraySize,
{
    type NonceSize = N;
    type TagSize = T;

    const TAG_POSITION: TagPosition = TagPosition::Postfix;
}

impl<K, A, N, T> AeadInOut for SealingKey<K, A, N, T>
where
    K: Borrow<Key>,
    A: AeadAlgorithm,
    N: ArraySize,
    T: ArraySize,
{
    fn encrypt_inout_detached(
        &self,
        nonce: &Nonce<Self>,
        associated_data: &[u8],
        mut buffer: InOutBuf<'_, '_, u8>,
    ) -> ::aead::Result<Tag<Self>> {
        self.seal(nonce, associated_data, &mut buffer)
            .map_err(|_| ::aead::Error)
    }

    fn decrypt_inout_detached(
        &self,
        nonce: &Nonce<Self>,
        associated_data: &[u8],
        mut buffer: InOutBuf<'_, '_, u8>,
        tag: &Tag<Self>,
    ) -> ::aead::Result<()> {
        self.open(nonce, associated_data, &mut buffer, tag)
            .map_err(|_| ::aead::Error)
    }
}

impl<K: Clone, A, N, T> Clone for SealingKey<K, A, N, T> {
    fn clone(&self) -> Self {
        Self {
            key: self.key.clone(),
            types: PhantomData,
        }
    }
}

impl<K: fmt::Debug, A, N, T> fmt::Debug for SealingKey<K, A, N, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SealingKey").field(&self.key).finish()
    }
}
