//! What an operation is for and what it takes next, as types without values.

/// The operation encrypts.
///
/// ```
/// # fn only_encrypts(_: psa::AeadOperation<psa::Encrypt>) {}
/// ```
pub enum Encrypt {}

/// The operation decrypts.
///
/// ```
/// # fn only_decrypts(_: psa::AeadOperation<psa::Decrypt>) {}
/// ```
pub enum Decrypt {}

/// [`Encrypt`] or [`Decrypt`].
///
/// ```
/// use psa::{Cipher, CipherOperation, Direction, Key};
///
/// fn begin<D: Direction>(key: &Key) -> psa::Result<CipherOperation<D>> {
///     CipherOperation::new(key, Cipher::Ctr)
/// }
/// ```
pub trait Direction: sealed::Direction {
    /// What an operation answers on the heap: of a ciphertext a `Vec`, of a plaintext a
    /// [`SecretVec`](crate::SecretVec).
    #[cfg(feature = "alloc")]
    type Output: core::ops::Deref<Target = [u8]> + AsRef<[u8]> + sealed::Output;
}

impl Direction for Encrypt {
    #[cfg(feature = "alloc")]
    type Output = alloc::vec::Vec<u8>;
}

impl Direction for Decrypt {
    #[cfg(feature = "alloc")]
    type Output = crate::SecretVec;
}

/// A [`CipherOperation`](crate::CipherOperation) that has no initialization vector yet.
pub enum NeedsIv {}

/// An [`AeadOperation`](crate::AeadOperation) that has no nonce yet; its lengths may be set.
pub enum NeedsNonce {}

/// An [`AeadOperation`](crate::AeadOperation) with a nonce, which takes associated data.
pub enum TakesAssociatedData {}

/// An operation that takes the data to encrypt or decrypt.
pub enum TakesData {}

pub(super) mod sealed {
    pub trait Direction {
        const ENCRYPTS: bool;
    }

    #[cfg(feature = "alloc")]
    pub trait Output {
        fn of(output: crate::SecretVec) -> Self;
    }

    #[cfg(feature = "alloc")]
    impl Output for alloc::vec::Vec<u8> {
        fn of(output: crate::SecretVec) -> Self {
            output.into_public()
        }
    }

    #[cfg(feature = "alloc")]
    impl Output for crate::SecretVec {
        fn of(output: crate::SecretVec) -> Self {
            output
        }
    }

    impl Direction for super::Encrypt {
        const ENCRYPTS: bool = true;
    }

    impl Direction for super::Decrypt {
        const ENCRYPTS: bool = false;
    }
}
