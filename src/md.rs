//! Hashes, as signatures use them.
use core::fmt;
use core::ops::Deref;

use crate::error::Result;
use crate::ffi;

/// A hash algorithm (`mbedtls_md_type_t`).
///
/// Which of them a build has depends on its configuration: the others give `PSA_ERROR_NOT_SUPPORTED`.
///
/// ```
/// use mbedtls_psa::md::Md;
///
/// let digest = Md::Sha256.hash(b"abc")?;
/// assert_eq!(digest.len(), Md::Sha256.size());
/// assert_eq!(digest[..4], [0xba, 0x78, 0x16, 0xbf]);
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs)] // their names say what they are
pub enum Md {
    Md5,
    Ripemd160,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sha3_224,
    Sha3_256,
    Sha3_384,
    Sha3_512,
}

impl Md {
    /// Bytes of its digest.
    ///
    /// ```
    /// assert_eq!(mbedtls_psa::md::Md::Sha384.size(), 48);
    /// ```
    pub const fn size(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Ripemd160 | Self::Sha1 => 20,
            Self::Sha224 | Self::Sha3_224 => 28,
            Self::Sha256 | Self::Sha3_256 => 32,
            Self::Sha384 | Self::Sha3_384 => 48,
            Self::Sha512 | Self::Sha3_512 => 64,
        }
    }

    /// The digest of a message.
    ///
    /// # Errors
    /// `PSA_ERROR_NOT_SUPPORTED` if the configuration leaves the algorithm out.
    ///
    /// ```
    /// let digest = mbedtls_psa::md::Md::Sha256.hash(b"")?;
    /// assert_eq!(digest[..4], [0xe3, 0xb0, 0xc4, 0x42]);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn hash(self, message: &[u8]) -> Result<Digest> {
        let (bytes, len) = ffi::md::hash(self, message)?;
        Ok(Digest { bytes, len })
    }
}

/// The hash of a message.
///
/// ```
/// let digest = mbedtls_psa::md::Md::Sha256.hash(b"abc")?;
/// assert_eq!(digest.len(), 32);
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest {
    bytes: [u8; ffi::md::MAX_SIZE],
    len: usize,
}

impl Deref for Digest {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
