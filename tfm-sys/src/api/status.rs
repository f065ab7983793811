//! Status codes: PSA Status Codes API 1.0, and those that only TF-M's framework answers.

use super::types::psa_status_t;

/// Success.
pub const PSA_SUCCESS: psa_status_t = 0;
/// A programming error: a bad handle, a bad pointer, too many vectors, or overlapping input vectors (TF-M).
pub const PSA_ERROR_PROGRAMMER_ERROR: psa_status_t = -129;
/// The service refused the connection (TF-M).
pub const PSA_ERROR_CONNECTION_REFUSED: psa_status_t = -130;
/// The service cannot take the connection now (TF-M).
pub const PSA_ERROR_CONNECTION_BUSY: psa_status_t = -131;
/// An error that no other code describes.
pub const PSA_ERROR_GENERIC_ERROR: psa_status_t = -132;
/// The policy of the key, or of the platform, forbids the operation.
pub const PSA_ERROR_NOT_PERMITTED: psa_status_t = -133;
/// The operation or one of its parameters is not supported by this implementation.
pub const PSA_ERROR_NOT_SUPPORTED: psa_status_t = -134;
/// A parameter is invalid.
pub const PSA_ERROR_INVALID_ARGUMENT: psa_status_t = -135;
/// No key has this identifier.
pub const PSA_ERROR_INVALID_HANDLE: psa_status_t = -136;
/// The call is not allowed in the present state of the operation.
pub const PSA_ERROR_BAD_STATE: psa_status_t = -137;
/// An output buffer is too small.
pub const PSA_ERROR_BUFFER_TOO_SMALL: psa_status_t = -138;
/// An item with this identifier exists already.
pub const PSA_ERROR_ALREADY_EXISTS: psa_status_t = -139;
/// No item has this identifier.
pub const PSA_ERROR_DOES_NOT_EXIST: psa_status_t = -140;
/// There is not enough memory for the operation.
pub const PSA_ERROR_INSUFFICIENT_MEMORY: psa_status_t = -141;
/// There is not enough persistent storage.
pub const PSA_ERROR_INSUFFICIENT_STORAGE: psa_status_t = -142;
/// A source of data has run out.
pub const PSA_ERROR_INSUFFICIENT_DATA: psa_status_t = -143;
/// A service failed inside.
pub const PSA_ERROR_SERVICE_FAILURE: psa_status_t = -144;
/// Communication inside the implementation failed.
pub const PSA_ERROR_COMMUNICATION_FAILURE: psa_status_t = -145;
/// The storage failed; data may be lost.
pub const PSA_ERROR_STORAGE_FAILURE: psa_status_t = -146;
/// The hardware failed.
pub const PSA_ERROR_HARDWARE_FAILURE: psa_status_t = -147;
/// There is not enough entropy to generate random data.
pub const PSA_ERROR_INSUFFICIENT_ENTROPY: psa_status_t = -148;
/// A signature, MAC, tag or hash is not the expected one.
pub const PSA_ERROR_INVALID_SIGNATURE: psa_status_t = -149;
/// The decrypted padding is wrong.
pub const PSA_ERROR_INVALID_PADDING: psa_status_t = -150;
/// Tampering was detected.
pub const PSA_ERROR_CORRUPTION_DETECTED: psa_status_t = -151;
/// Stored data is corrupt.
pub const PSA_ERROR_DATA_CORRUPT: psa_status_t = -152;
/// Stored data cannot be understood.
pub const PSA_ERROR_DATA_INVALID: psa_status_t = -153;
/// An interruptible operation has more to do.
pub const PSA_OPERATION_INCOMPLETE: psa_status_t = -248;
