//! What can go wrong, and what to do about it.

use crate::csr::SubjectError;
use core::{
    convert::Infallible,
    fmt::{self, Write},
};

/// The result of this crate's functions.
pub type Result<T, E = Error> = core::result::Result<T, E>;

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident = $status:ident, $message:literal;)*) => {
        /// Why a call failed: a status of the PSA Crypto API, or what this crate found before or after calling it.
        ///
        /// Statuses that this crate does not know keep their number in [`Error::Other`].
        ///
        /// ```
        /// use psa::Error;
        ///
        /// let error = Error::from_status(-133);
        /// assert_eq!(error, Error::NotPermitted);
        /// assert_eq!(error.status(), Some(-133));
        /// assert!(error.to_string().contains("Usage"));
        /// assert_eq!(Error::from_status(-1000), Error::Other(-1000));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Error {
            $($(#[$doc])* $name,)*
            /// A status that the specification does not name; vendors define their own.
            Other(i32),
            /// Called from an interrupt handler; the secure side is left alone.
            CalledFromHandler,
            /// Another call is in progress and nothing was set up that could wait for it. Nothing was done; but an operation
            /// that was to end is aborted.
            Busy,
            /// Nothing was named where persistent keys and stored items could be kept: see `psa::storage`.
            NoStorage,
            /// The text holds no PEM block of a kind that fits here, or the block is damaged.
            Pem,
            /// The DER is damaged, or is not the structure that was expected.
            Der,
            /// The private key is encrypted with a password.
            Encrypted,
            /// The key type or curve has no such format, or the algorithm in the file is unknown.
            UnsupportedKey,
            /// The file holds another type or size of key than the attributes ask for.
            DifferentKeyType,
            /// The certificate was issued for another key.
            DifferentKey,
            /// The subject is no distinguished name.
            Subject(SubjectError),
            /// A subject alternative name holds characters that it may not hold.
            AlternativeName,
        }

        impl Error {
            /// The error for a status; statuses without a name are kept as [`Error::Other`].
            ///
            /// Give it failures only: 0, which is success, becomes `Other(0)`.
            #[must_use]
            pub const fn from_status(status: i32) -> Self {
                match status {
                    $(tfm_sys::$status => Self::$name,)*
                    tfm_sys::STATUS_CALLED_FROM_HANDLER => Self::CalledFromHandler,
                    tfm_sys::STATUS_BUSY => Self::Busy,
                    other => Self::Other(other),
                }
            }

            /// The PSA status behind the error, if it is one.
            ///
            /// [`CalledFromHandler`](Error::CalledFromHandler) and [`Busy`](Error::Busy) answer -137,
            /// [`NoStorage`](Error::NoStorage) answers -146, as C callers see them.
            #[must_use]
            pub const fn status(self) -> Option<i32> {
                match self {
                    $(Self::$name => Some(tfm_sys::$status),)*
                    Self::Other(status) => Some(status),
                    Self::CalledFromHandler | Self::Busy => Some(tfm_sys::PSA_ERROR_BAD_STATE),
                    Self::NoStorage => Some(tfm_sys::PSA_ERROR_STORAGE_FAILURE),
                    _ => None,
                }
            }

            /// What the C headers call the status, if it is one that they name.
            ///
            /// ```
            /// use psa::Error;
            ///
            /// assert_eq!(Error::NotPermitted.name(), Some("PSA_ERROR_NOT_PERMITTED"));
            /// assert_eq!(Error::Busy.name(), Some("PSA_ERROR_BAD_STATE"));
            /// assert_eq!(Error::Other(-1000).name(), None);
            /// ```
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self {
                    $(Self::$name => Some(stringify!($status)),)*
                    Self::CalledFromHandler | Self::Busy => Some("PSA_ERROR_BAD_STATE"),
                    Self::NoStorage => Some("PSA_ERROR_STORAGE_FAILURE"),
                    _ => None,
                }
            }

            const fn message(self) -> &'static str {
                match self {
                    $(Self::$name => $message,)*
                    Self::Other(_) => "the provider answered a status outside the PSA specification: look it up with its vendor",
                    Self::CalledFromHandler => "called from an interrupt handler: call from a thread",
                    Self::Busy => "another call is in progress: try again, or set a lock that waits",
                    Self::NoStorage => "nothing was named where keys could be kept: call psa::storage::set_folder or set_storage first",
                    Self::Pem => "no PEM block that fits here: check the BEGIN and END lines and the text between them",
                    Self::Der => "damaged DER, or another structure than expected: check what the file holds",
                    Self::Encrypted => "the private key is encrypted: decrypt it first, with the password",
                    Self::UnsupportedKey => "this key type or curve has no such format here: check the algorithm and the curve",
                    Self::DifferentKeyType => "the file holds another type or size of key: change the attributes or the file",
                    Self::DifferentKey => "the certificate belongs to another key: was it issued for this device's request?",
                    Self::Subject(_) => "the subject is no distinguished name",
                    Self::AlternativeName => "a subject alternative name is empty or holds a character that it may not hold",
                }
            }
        }
    };
}

statuses! {
    /// Any error that has no status of its own.
    GenericError = PSA_ERROR_GENERIC_ERROR, "the provider failed and says no more: look at its log";
    /// The key's policy does not permit this use.
    NotPermitted = PSA_ERROR_NOT_PERMITTED,
        "the key's policy does not permit this: give it the Usage and the algorithm when it is created";
    /// The provider does not have this algorithm, key type or size.
    NotSupported = PSA_ERROR_NOT_SUPPORTED,
        "the provider does not offer this: enable the algorithm, key type or size where it is built";
    /// A parameter is invalid.
    InvalidArgument = PSA_ERROR_INVALID_ARGUMENT,
        "an argument is invalid: check that key type, size, algorithm and lengths belong together";
    /// No such key: never created, destroyed, or purged.
    InvalidHandle = PSA_ERROR_INVALID_HANDLE, "there is no such key: it was destroyed, or its id is wrong";
    /// Called in the wrong order, or before [`init`](crate::init).
    BadState = PSA_ERROR_BAD_STATE, "called in the wrong order: call psa::init first, and steps of an operation in order";
    /// The output buffer is too small.
    BufferTooSmall = PSA_ERROR_BUFFER_TOO_SMALL, "the output buffer is too small: the size functions say how much is enough";
    /// There is such a key or file already.
    AlreadyExists = PSA_ERROR_ALREADY_EXISTS, "this id is taken: destroy what has it, or choose another";
    /// There is no such key or file.
    DoesNotExist = PSA_ERROR_DOES_NOT_EXIST, "nothing is stored under this id";
    /// Not enough memory, or no free key slot.
    InsufficientMemory = PSA_ERROR_INSUFFICIENT_MEMORY, "out of memory or key slots: destroy keys, or enlarge the heap";
    /// Not enough persistent storage.
    InsufficientStorage = PSA_ERROR_INSUFFICIENT_STORAGE, "the persistent storage is full: remove something";
    /// A read needs more data than there is.
    InsufficientData = PSA_ERROR_INSUFFICIENT_DATA, "more was asked for than there is: ask for less";
    /// A service behind the interface failed.
    ServiceFailure = PSA_ERROR_SERVICE_FAILURE, "a service behind the provider failed: look at its log";
    /// The connection to the secure side or secure element failed.
    CommunicationFailure = PSA_ERROR_COMMUNICATION_FAILURE,
        "the connection to the secure side failed: it may be absent, crashed or asleep";
    /// Persistent storage failed.
    StorageFailure = PSA_ERROR_STORAGE_FAILURE, "reading or writing persistent storage failed: check the medium";
    /// The hardware failed.
    HardwareFailure = PSA_ERROR_HARDWARE_FAILURE, "the hardware reported a failure";
    /// No randomness to be had.
    InsufficientEntropy = PSA_ERROR_INSUFFICIENT_ENTROPY,
        "there is no random source, or it failed: give the provider one before psa::init";
    /// The signature, MAC or tag is wrong.
    InvalidSignature = PSA_ERROR_INVALID_SIGNATURE, "the signature, MAC or tag is wrong: do not use the data";
    /// The decrypted padding is wrong.
    InvalidPadding = PSA_ERROR_INVALID_PADDING, "the padding is wrong: do not use the data";
    /// The provider detected tampering.
    CorruptionDetected = PSA_ERROR_CORRUPTION_DETECTED, "the provider found itself tampered with: stop using it";
    /// Stored data is damaged.
    DataCorrupt = PSA_ERROR_DATA_CORRUPT, "stored data is damaged: restore or recreate it";
    /// Stored data is not valid for this provider.
    DataInvalid = PSA_ERROR_DATA_INVALID, "stored data has a format that this provider does not know";
    /// An interruptible operation has more to do.
    OperationIncomplete = PSA_OPERATION_INCOMPLETE, "the operation has more to do: call it again";
    /// TF-M refused the call as malformed.
    ProgrammerError = PSA_ERROR_PROGRAMMER_ERROR,
        "TF-M refused the call: wrong version of its interface, a service that is not built in, or a pointer it may not use";
    /// TF-M refused the connection.
    ConnectionRefused = PSA_ERROR_CONNECTION_REFUSED, "TF-M refused the connection: this caller may not use the service";
    /// TF-M has no connection to spare.
    ConnectionBusy = PSA_ERROR_CONNECTION_BUSY, "TF-M has no free connection: try again";
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())?;
        if let Self::Subject(error) = self {
            f.write_str(": ")?;
            error.fmt(f)?;
        }
        if let Some(status) = self.status() {
            f.write_str(" (PSA status ")?;
            write_decimal(f, status)?;
            f.write_str(")")?;
        }
        Ok(())
    }
}

/// Writes a number without the formatting machinery, which is larger than all else that an image needs to print.
pub(crate) fn write_decimal(f: &mut fmt::Formatter<'_>, number: i32) -> fmt::Result {
    if number < 0 {
        f.write_char('-')?;
    }
    let mut rest = number.unsigned_abs();
    let mut unit = 1_000_000_000;
    while unit > 1 && rest < unit {
        unit /= 10;
    }
    while unit > 0 {
        let digit = char::from_digit(rest / unit, 10).unwrap_or('?');
        f.write_char(digit)?;
        rest %= unit;
        unit /= 10;
    }
    Ok(())
}

impl core::error::Error for Error {}

impl From<SubjectError> for Error {
    fn from(error: SubjectError) -> Self {
        Self::Subject(error)
    }
}

impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}
