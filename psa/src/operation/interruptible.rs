//! Signatures and verifications in steps that take a bounded time.

use crate::ffi::interruptible::{self as ffi, Signing, Verifying};
use crate::{Error, Key, Result, Sign};
use core::{fmt, task::Poll};

/// Limits the work of each later step (`psa_interruptible_set_max_ops`), of every operation. The unit is the provider's: in
/// Mbed TLS about a field multiplication; a step does at least one unit of its own, whatever the limit.
///
/// Without a limit, which is how it starts (`u32::MAX`), an operation ends with its first step.
///
/// ```
/// psa::interruptible_set_max_ops(1000);
/// assert_eq!(psa::interruptible_get_max_ops(), 1000);
/// # psa::interruptible_set_max_ops(u32::MAX);
/// ```
pub fn interruptible_set_max_ops(max_ops: u32) {
    ffi::set_max_ops(max_ops);
}

/// The limit of a step (`psa_interruptible_get_max_ops`).
#[must_use]
pub fn interruptible_get_max_ops() -> u32 {
    ffi::max_ops()
}

/// A signature of a hash that is made in steps (PSA Crypto API 1.2, "Interruptible asymmetric signature operations").
///
/// Mbed TLS has this for ECDSA, with its feature `restartable`; TF-M does not. It is aborted when it is dropped.
///
/// It is [`Send`] and [`Sync`]: any thread may make its next step, one at a time.
///
/// ```
/// use core::task::Poll;
/// use psa::{Algorithm, Attributes, Curve, Hash, InterruptibleSign, Key, Sign, Usage};
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let key = Key::generate(
///     Attributes::ecc_key_pair(Curve::P256)
///         .usage(Usage::SIGN | Usage::VERIFY)
///         .algorithm(Algorithm::ecdsa(Hash::Sha256)),
/// )?;
/// psa::interruptible_set_max_ops(1000);
/// let mut operation = InterruptibleSign::start(&key, Sign::Ecdsa(Hash::Sha256), &[7; 32])?;
/// let mut buffer = [0; 64];
/// let signature = loop {
///     match operation.step(&mut buffer) {
///         Poll::Pending => { /* something else */ }
///         Poll::Ready(signature) => break signature?,
///     }
/// };
/// key.verify_hash(Sign::Ecdsa(Hash::Sha256), &[7; 32], signature)?;
/// # psa::interruptible_set_max_ops(u32::MAX);
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
#[must_use = "an operation that is dropped is aborted"]
pub struct InterruptibleSign(Signing);

impl InterruptibleSign {
    /// Begins (`psa_sign_hash_start`).
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::SIGN_HASH`](crate::Usage::SIGN_HASH) or has another
    /// algorithm, [`Error::InvalidArgument`] when the key cannot sign, [`Error::NotSupported`] when the provider cannot
    /// make this signature in steps: anything but ECDSA, and everything without the feature `restartable` and with TF-M.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Error, Hash, InterruptibleSign, Key, Sign, Usage};
    /// # psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::VERIFY).algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// )?;
    /// let operation = InterruptibleSign::start(&key, Sign::Ecdsa(Hash::Sha256), &[7; 32]);
    /// assert_eq!(operation.err(), Some(Error::NotPermitted));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn start(key: &Key, algorithm: Sign, hash: &[u8]) -> Result<Self> {
        Signing::start(key.id().to_raw(), algorithm.to_raw(), hash).map(Self)
    }

    /// Makes one step (`psa_sign_hash_complete`): [`Poll::Pending`] while there is more to do, in the end the signature at
    /// the start of `buffer`.
    ///
    /// In Mbed TLS a step shares variables with every other operation on a curve. With threads it waits until the others
    /// have left the library, and they wait for it: for as much work as [`interruptible_set_max_ops`] permits.
    ///
    /// # Errors
    /// [`Error::Busy`] while another context is inside a provider that has no threads: nothing was done, and the operation
    /// can be stepped again, later, not in the interrupt handler that got this. [`Error::BufferTooSmall`] when `buffer` is too small for the signature, already with the first step;
    /// [`Error::BadState`] after the signature and after any other error.
    pub fn step<'b>(&mut self, buffer: &'b mut [u8]) -> Poll<Result<&'b [u8]>> {
        self.0.complete(buffer).map(|answer| {
            let len = answer?;
            buffer.get(..len).ok_or(Error::CorruptionDetected)
        })
    }

    /// The work done so far (`psa_sign_hash_get_num_ops`), in the unit of [`interruptible_set_max_ops`].
    #[must_use]
    pub fn get_num_ops(&self) -> u32 {
        self.0.num_ops()
    }
}

impl fmt::Debug for InterruptibleSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InterruptibleSign(..)")
    }
}

/// A verification of a hash's signature that is made in steps (PSA Crypto API 1.2, "Interruptible asymmetric signature
/// operations"). What is said of [`InterruptibleSign`] is true of it.
///
/// ```
/// use core::task::Poll;
/// use psa::{Algorithm, Attributes, Curve, Hash, InterruptibleVerify, Key, Sign, Usage};
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let key = Key::generate(
///     Attributes::ecc_key_pair(Curve::P256)
///         .usage(Usage::SIGN | Usage::VERIFY)
///         .algorithm(Algorithm::ecdsa(Hash::Sha256)),
/// )?;
/// let signature = key.sign_hash(Sign::Ecdsa(Hash::Sha256), &[7; 32])?;
/// let mut operation = InterruptibleVerify::start(&key, Sign::Ecdsa(Hash::Sha256), &[7; 32], &signature)?;
/// loop {
///     match operation.step() {
///         Poll::Pending => { /* something else */ }
///         Poll::Ready(valid) => break valid?,
///     }
/// }
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
#[must_use = "an operation that is dropped is aborted"]
pub struct InterruptibleVerify(Verifying);

impl InterruptibleVerify {
    /// Begins (`psa_verify_hash_start`).
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy lacks [`Usage::VERIFY_HASH`](crate::Usage::VERIFY_HASH) or has another
    /// algorithm, [`Error::InvalidSignature`] when the signature has a wrong length, [`Error::NotSupported`] as for
    /// [`InterruptibleSign::start`].
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Error, Hash, InterruptibleVerify, Key, Sign, Usage};
    /// # psa::init()?;
    /// let key = Key::generate(
    ///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// )?;
    /// let operation = InterruptibleVerify::start(&key, Sign::Ecdsa(Hash::Sha256), &[7; 32], &[1; 64]);
    /// assert_eq!(operation.err(), Some(Error::NotPermitted));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn start(key: &Key, algorithm: Sign, hash: &[u8], signature: &[u8]) -> Result<Self> {
        Verifying::start(key.id().to_raw(), algorithm.to_raw(), hash, signature).map(Self)
    }

    /// Makes one step (`psa_verify_hash_complete`): [`Poll::Pending`] while there is more to do.
    ///
    /// # Errors
    /// [`Error::Busy`] as for [`InterruptibleSign::step`], [`Error::InvalidSignature`] when the signature is wrong, [`Error::BadState`] after
    /// the end and after any other error.
    pub fn step(&mut self) -> Poll<Result<()>> {
        self.0.complete()
    }

    /// The work done so far (`psa_verify_hash_get_num_ops`), in the unit of [`interruptible_set_max_ops`].
    #[must_use]
    pub fn get_num_ops(&self) -> u32 {
        self.0.num_ops()
    }
}

impl fmt::Debug for InterruptibleVerify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InterruptibleVerify(..)")
    }
}
