//! What the statuses of PSA and TF-M mean.
use super::Text;
use crate::tables::constants::*;

pub(super) static TEXTS: &[Text] = &[
    (PSA_SUCCESS, "success"),
    (PSA_GENERIC_ERROR, "an error that no other status describes"),
    (PSA_NOT_PERMITTED, "the key's policy does not allow this"),
    (
        PSA_NOT_SUPPORTED,
        "the algorithm, key type or parameter is not supported by this build or its drivers",
    ),
    (
        PSA_INVALID_ARGUMENT,
        "an argument is wrong or does not suit the others",
    ),
    (
        PSA_INVALID_HANDLE,
        "the key identifier or handle names nothing that is open",
    ),
    (
        PSA_BAD_STATE,
        "called out of order: the library is not initialised or the operation not in this state",
    ),
    (PSA_BUFFER_TOO_SMALL, "the output buffer is too small"),
    (
        PSA_ALREADY_EXISTS,
        "a key or item with this identifier exists already",
    ),
    (
        PSA_DOES_NOT_EXIST,
        "no key or item with this identifier exists",
    ),
    (PSA_INSUFFICIENT_MEMORY, "no memory left"),
    (
        PSA_INSUFFICIENT_STORAGE,
        "no room left in persistent storage",
    ),
    (
        PSA_INSUFFICIENT_DATA,
        "less data is available than was asked for",
    ),
    (PSA_SERVICE_FAILURE, "a secure service failed"),
    (
        PSA_COMMUNICATION_FAILURE,
        "the implementation and its key store or driver could not talk to each other",
    ),
    (
        PSA_STORAGE_FAILURE,
        "persistent storage failed to read or write",
    ),
    (
        PSA_HARDWARE_FAILURE,
        "the cryptographic hardware failed or refused",
    ),
    (
        PSA_INSUFFICIENT_ENTROPY,
        "there is not enough entropy for random numbers or keys",
    ),
    (
        PSA_INVALID_SIGNATURE,
        "the signature, MAC or tag does not match",
    ),
    (PSA_INVALID_PADDING, "the padding after decryption is wrong"),
    (
        PSA_CORRUPTION_DETECTED,
        "memory corruption or tampering was noticed, or a result was never set",
    ),
    (PSA_DATA_CORRUPT, "stored data is damaged"),
    (
        PSA_DATA_INVALID,
        "stored data is not what this version of the implementation writes",
    ),
    (
        PSA_OPERATION_INCOMPLETE,
        "not a failure: an interruptible operation is not finished; call again",
    ),
    (
        PSA_PROGRAMMER_ERROR,
        "the caller broke the rules of the PSA client interface",
    ),
    (
        PSA_CONNECTION_REFUSED,
        "the secure service does not accept this caller or version",
    ),
    (
        PSA_CONNECTION_BUSY,
        "the secure service cannot take another connection now",
    ),
    (
        PSA_DEPENDENCY_NEEDED,
        "the firmware image needs another image to be installed first",
    ),
    (
        PSA_FLASH_ABUSE,
        "the firmware update would wear out the flash",
    ),
    (
        PSA_INSUFFICIENT_POWER,
        "too little power to install the firmware",
    ),
];
