//! Hashes.

use super::numbered;
use crate::{Error, Result, ffi};
use tfm_sys as raw;

numbered! {
    /// A hash algorithm (PSA Crypto API, "Hash algorithms").
    ///
    /// ```
    /// use psa::Hash;
    ///
    /// assert_eq!(Hash::Sha256.to_raw(), 0x0200_0009);
    /// assert_eq!(Hash::Sha256.len(), 32);
    /// ```
    Hash {
        /// MD5: broken, for old formats only.
        Md5 = PSA_ALG_MD5,
        /// RIPEMD-160.
        Ripemd160 = PSA_ALG_RIPEMD160,
        /// SHA-1: broken, for old formats only.
        Sha1 = PSA_ALG_SHA_1,
        /// SHA-224.
        Sha224 = PSA_ALG_SHA_224,
        /// SHA-256.
        Sha256 = PSA_ALG_SHA_256,
        /// SHA-384.
        Sha384 = PSA_ALG_SHA_384,
        /// SHA-512.
        Sha512 = PSA_ALG_SHA_512,
        /// SHA-512/224.
        Sha512_224 = PSA_ALG_SHA_512_224,
        /// SHA-512/256.
        Sha512_256 = PSA_ALG_SHA_512_256,
        /// SHA3-224.
        Sha3_224 = PSA_ALG_SHA3_224,
        /// SHA3-256.
        Sha3_256 = PSA_ALG_SHA3_256,
        /// SHA3-384.
        Sha3_384 = PSA_ALG_SHA3_384,
        /// SHA3-512.
        Sha3_512 = PSA_ALG_SHA3_512,
    }
}

impl Hash {
    /// The length of the hash in bytes; 0 for a [`Hash::Raw`] that the specification does not know.
    #[must_use]
    #[allow(
        clippy::len_without_is_empty,
        reason = "the length of an output, not of a collection"
    )]
    pub const fn len(self) -> usize {
        raw::PSA_HASH_LENGTH(self.to_raw())
    }

    /// The hash that the low bits of an algorithm name, if they name one.
    pub(super) const fn of(number: u32) -> Option<Self> {
        match number & raw::PSA_ALG_HASH_MASK {
            0 | raw::PSA_ALG_HASH_MASK => None,
            hash => Some(Self::from_raw(raw::PSA_ALG_CATEGORY_HASH | hash)),
        }
    }

    /// Hashes `input` into the start of `output` and answers that part of it.
    ///
    /// # Errors
    /// [`Error::BufferTooSmall`] when `output` is shorter than [`len`](Self::len), [`Error::NotSupported`] when the
    /// provider does not have the algorithm.
    ///
    /// ```
    /// use psa::Hash;
    ///
    /// psa::init()?;
    /// let mut buffer = [0; 32];
    /// assert_eq!(Hash::Sha256.compute_into(b"abc", &mut buffer)?[..4], [0xba, 0x78, 0x16, 0xbf]);
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn compute_into<'b>(self, input: &[u8], output: &'b mut [u8]) -> Result<&'b [u8]> {
        let len = ffi::hash::compute(self.to_raw(), input, output)?;
        output.get(..len).ok_or(Error::CorruptionDetected)
    }

    /// Compares the hash of `input` with another in constant time (`psa_hash_compare`).
    ///
    /// # Errors
    /// [`Error::InvalidSignature`] when they differ, [`Error::NotSupported`] when the provider does not have the algorithm.
    ///
    /// ```
    /// # use psa::{Error, Hash};
    /// # psa::init()?;
    /// assert_eq!(Hash::Sha256.compare(b"abc", &[0; 32]), Err(Error::InvalidSignature));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn compare(self, input: &[u8], hash: &[u8]) -> Result<()> {
        ffi::hash::compare(self.to_raw(), input, hash)
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use super::Hash;
    use crate::{Result, sizes};
    use alloc::{vec, vec::Vec};

    impl Hash {
        /// Hashes `input` (`psa_hash_compute`).
        ///
        /// # Errors
        /// [`Error::NotSupported`](crate::Error::NotSupported) when the provider does not have the algorithm.
        ///
        /// ```
        /// # use psa::Hash;
        /// # psa::init()?;
        /// assert_eq!(Hash::Sha256.compute(b"abc")?[..4], [0xba, 0x78, 0x16, 0xbf]);
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn compute(self, input: &[u8]) -> Result<Vec<u8>> {
            let mut output = vec![0; sizes::HASH_MAX_SIZE];
            let len = self.compute_into(input, &mut output)?.len();
            output.truncate(len);
            Ok(output)
        }
    }
}
