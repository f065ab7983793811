//! The provider's hashes, for code that knows them by the traits of the crate [`digest`](::digest).
//!
//! Those traits have no errors. A provider has: it may lack the algorithm, be out of operations, or be out of reach. A hash
//! made up in its place, zeros for instance, would be signed and compared like any other, and this crate does not panic. So
//! **the application says what happens then**: a [`Hasher`] names a type that is [`OnFailure`], which resets the device,
//! ends the process, or panics.
//!
//! ```
//! use digest::Digest;
//! use psa::digest::{Hasher, OnFailure, Sha256};
//!
//! struct EndProcess;
//!
//! impl OnFailure for EndProcess {
//!     fn failed(error: psa::Error) -> ! {
//!         eprintln!("no hash: {error}");
//!         std::process::abort()
//!     }
//! }
//!
//! psa::init()?;
//! let hash = Hasher::<Sha256, EndProcess>::digest(b"abc");
//! assert_eq!(hash[..4], [0xba, 0x78, 0x16, 0xbf]);
//! # Ok::<(), psa::Error>(())
//! ```
//!
//! The first failure is kept until the end. Who holds a [`Hasher`] can end it with [`finish_into`](Hasher::finish_into),
//! which answers it; only the ends of the traits, which cannot, call [`OnFailure::failed`].

mod algorithm;

pub use algorithm::{
    HashAlgorithm, Md5, Ripemd160, Sha1, Sha3_224, Sha3_256, Sha3_384, Sha3_512, Sha224, Sha256,
    Sha384, Sha512, Sha512_224, Sha512_256,
};

use crate::{Error, HashOperation, Result};
use ::digest::{
    FixedOutput, FixedOutputReset, HashMarker, Output, OutputSizeUser, Reset, Update,
    common::BlockSizeUser,
    const_oid::{AssociatedOid, ObjectIdentifier},
};
use core::{fmt, marker::PhantomData};

/// What an application does when the provider fails and the trait that was called has no errors.
///
/// ```
/// struct Panic;
///
/// impl psa::digest::OnFailure for Panic {
///     fn failed(error: psa::Error) -> ! {
///         panic!("no hash: {error}")
///     }
/// }
/// ```
pub trait OnFailure {
    /// Does not come back.
    fn failed(error: Error) -> !;
}

/// A hash in progress, of the algorithm `A`; `F` says what happens when the provider fails.
///
/// It is a `Digest`, and whatever else hashes are in that crate, but for the traits of their compression functions: the
/// state stays with the provider. Without the key's provider, `SimpleHmac` makes a MAC of it:
///
/// ```
/// use digest::Update;
/// use psa::{Error, digest::{Hasher, OnFailure, Sha256, Sha3_224}};
///
/// # struct Reset;
/// # impl OnFailure for Reset { fn failed(error: Error) -> ! { panic!("{error}") } }
/// psa::init()?;
/// let mut hasher = Hasher::<Sha256, Reset>::default();
/// hasher.update(b"abc");
/// hasher.status()?;
/// let mut buffer = [0; 32];
/// assert_eq!(hasher.finish_into(&mut buffer)?[..4], [0xba, 0x78, 0x16, 0xbf]);
/// # Ok::<(), Error>(())
/// ```
pub struct Hasher<A, F> {
    operation: Result<HashOperation>,
    types: PhantomData<fn() -> (A, F)>,
}

impl<A: HashAlgorithm, F> Hasher<A, F> {
    fn of(operation: Result<HashOperation>) -> Self {
        Self {
            operation,
            types: PhantomData,
        }
    }

    /// Whether all is well so far.
    ///
    /// # Errors
    /// The first failure: [`Error::NotSupported`] when the provider does not have the algorithm, and what else it answers.
    pub fn status(&self) -> Result<()> {
        self.operation.as_ref().map(|_| ()).map_err(|error| *error)
    }

    /// Writes the hash to the start of `output` and answers that part of it.
    ///
    /// # Errors
    /// The first failure; [`Error::BufferTooSmall`] when `output` is shorter than the hash.
    pub fn finish_into(self, output: &mut [u8]) -> Result<&[u8]> {
        self.operation?.finish_into(output)
    }
}

impl<A: HashAlgorithm, F> Default for Hasher<A, F> {
    fn default() -> Self {
        Self::of(HashOperation::new(A::HASH))
    }
}

impl<A: HashAlgorithm, F> Clone for Hasher<A, F> {
    fn clone(&self) -> Self {
        let clone = |operation: &HashOperation| operation.try_clone();
        Self::of(
            self.operation
                .as_ref()
                .map_err(|error| *error)
                .and_then(clone),
        )
    }
}

impl<A, F> fmt::Debug for Hasher<A, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Hasher").field(&self.operation).finish()
    }
}

impl<A: HashAlgorithm, F> Update for Hasher<A, F> {
    fn update(&mut self, data: &[u8]) {
        if let Ok(operation) = &mut self.operation {
            if let Err(error) = operation.update(data) {
                self.operation = Err(error);
            }
        }
    }
}

impl<A: HashAlgorithm, F> Reset for Hasher<A, F> {
    fn reset(&mut self) {
        *self = Self::default();
    }
}

impl<A: HashAlgorithm, F> OutputSizeUser for Hasher<A, F> {
    type OutputSize = A::OutputSize;
}

impl<A: HashAlgorithm, F> BlockSizeUser for Hasher<A, F> {
    type BlockSize = A::BlockSize;
}

impl<A: HashAlgorithm, F> HashMarker for Hasher<A, F> {}

impl<A: HashAlgorithm, F> AssociatedOid for Hasher<A, F> {
    const OID: ObjectIdentifier = A::OID;
}

impl<A: HashAlgorithm, F: OnFailure> FixedOutput for Hasher<A, F> {
    fn finalize_into(self, output: &mut Output<Self>) {
        let expected = output.len();
        match self.finish_into(output) {
            Ok(hash) if hash.len() == expected => {}
            Ok(_) => F::failed(Error::CorruptionDetected),
            Err(error) => F::failed(error),
        }
    }
}

impl<A: HashAlgorithm, F: OnFailure> FixedOutputReset for Hasher<A, F> {
    fn finalize_into_reset(&mut self, output: &mut Output<Self>) {
        core::mem::take(self).finalize_into(output);
    }
}
