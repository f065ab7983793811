//! Meanings of names that the table for devices does not have: of 2.x, of old PSA, of TF-M's
//! inside, and the private ones.
use alloc::format;
use alloc::string::{String, ToString};

/// What such a name means.
pub(super) fn meaning(name: &str) -> String {
    let short = name.strip_prefix("MBEDTLS_ERR_").unwrap_or(name);
    if let Some((_, meaning)) = MEANINGS.iter().find(|(other, _)| *other == short) {
        return (*meaning).to_string();
    }
    if let Some(module) = short.strip_suffix("_HW_ACCEL_FAILED") {
        return format!(
            "the hardware accelerator for {module} failed; hardly any code of 2.x returns this"
        );
    }
    if let Some(module) = short.strip_suffix("_FEATURE_UNAVAILABLE") {
        return format!("this feature of {module} is not compiled in or not implemented");
    }
    if let Some(module) = short.strip_suffix("_INVALID_INPUT_LENGTH") {
        return format!("the length of the data does not suit {module}");
    }
    if let Some(module) = short.strip_suffix("_INVALID_KEY_LENGTH") {
        return format!("the length of the key does not suit {module}");
    }
    // A name kept from before its number changed: 4.x made many names aliases of PSA statuses.
    let mut values = crate::tables::by_name(name).map(|code| code.value);
    let described = values.find_map(crate::name);
    described.map_or_else(
        || format!("{short}, of an older version"),
        |name| name.describe().to_string(),
    )
}

const MEANINGS: &[(&str, &str)] = &[
    (
        "SSL_BAD_HS_CLIENT_HELLO",
        "the client's hello is malformed or asks for what this server does not do",
    ),
    (
        "SSL_BAD_HS_SERVER_HELLO",
        "the server's hello is malformed or chose what was not offered",
    ),
    (
        "SSL_BAD_HS_CERTIFICATE",
        "the peer's certificate message is malformed",
    ),
    (
        "SSL_BAD_HS_CERTIFICATE_REQUEST",
        "the server's certificate request is malformed",
    ),
    (
        "SSL_BAD_HS_SERVER_KEY_EXCHANGE",
        "the server's key exchange is malformed, or its signature or group is not acceptable",
    ),
    (
        "SSL_BAD_HS_SERVER_HELLO_DONE",
        "the message that ends the server's hello is malformed",
    ),
    (
        "SSL_BAD_HS_CLIENT_KEY_EXCHANGE",
        "the client's key exchange is malformed",
    ),
    (
        "SSL_BAD_HS_CLIENT_KEY_EXCHANGE_RP",
        "the client's key exchange could not be read: its public value is malformed",
    ),
    (
        "SSL_BAD_HS_CLIENT_KEY_EXCHANGE_CS",
        "the shared secret of the client's key exchange could not be computed",
    ),
    (
        "SSL_BAD_HS_CERTIFICATE_VERIFY",
        "the client did not prove that it owns the key of its certificate",
    ),
    (
        "SSL_BAD_HS_CHANGE_CIPHER_SPEC",
        "the message that switches encryption on is malformed",
    ),
    (
        "SSL_BAD_HS_FINISHED",
        "the last handshake message does not match: the two sides saw different handshakes",
    ),
    (
        "SSL_BAD_HS_PROTOCOL_VERSION",
        "the peer chose a TLS version that is not allowed here",
    ),
    (
        "SSL_BAD_HS_NEW_SESSION_TICKET",
        "the session ticket message is malformed",
    ),
    (
        "SSL_PEER_VERIFY_FAILED",
        "the peer's certificate was not accepted",
    ),
    (
        "SSL_CERTIFICATE_REQUIRED",
        "this side needs a certificate of its own and has none",
    ),
    (
        "SSL_CERTIFICATE_TOO_LARGE",
        "this side's certificate chain does not fit the outgoing buffer",
    ),
    (
        "SSL_NO_CIPHER_CHOSEN",
        "the server shares no cipher suite with the client",
    ),
    (
        "SSL_UNKNOWN_CIPHER",
        "the server chose a cipher suite that this side does not know",
    ),
    (
        "SSL_NO_USABLE_CIPHERSUITE",
        "suites are shared, but none suits the keys and certificates at hand",
    ),
    (
        "SSL_INVALID_VERIFY_HASH",
        "the hash that the peer chose for its signature cannot be used",
    ),
    (
        "SSL_COMPRESSION_FAILED",
        "compressing or expanding a record failed",
    ),
    (
        "SSL_CACHE_ENTRY_NOT_FOUND",
        "the session is not in the session cache; a full handshake follows",
    ),
    (
        "RSA_UNSUPPORTED_OPERATION",
        "the RSA implementation does not do this kind of operation",
    ),
    (
        "BLOWFISH_BAD_INPUT_DATA",
        "Blowfish was called with arguments that it does not accept",
    ),
    (
        "PADLOCK_DATA_MISALIGNED",
        "used inside the library: data for the VIA PadLock is not aligned",
    ),
    (
        "THREADING_USAGE_ERROR",
        "a mutex is used in a way that its state does not allow",
    ),
    (
        "THREADING_MUTEX_ERROR",
        "a mutex could not be locked, unlocked or freed",
    ),
    (
        "MPS_OPERATION_UNEXPECTED",
        "used inside the library: a step of the message processing out of order",
    ),
    (
        "MPS_INTERNAL_ERROR",
        "used inside the library: the message processing met what should not occur",
    ),
    (
        "MPS_READER_DATA_LEFT",
        "used inside the library: data of a message is left unread",
    ),
    (
        "MPS_READER_INVALID_ARG",
        "used inside the library: a wrong argument to the message reader",
    ),
    (
        "MPS_READER_NEED_MORE",
        "used inside the library: the message reader needs more data",
    ),
    (
        "MPS_READER_OUT_OF_DATA",
        "used inside the library: the message reader has no data left",
    ),
    (
        "MPS_READER_INCONSISTENT_REQUESTS",
        "used inside the library: requests to the message reader contradict each other",
    ),
    (
        "MPS_READER_NEED_ACCUMULATOR",
        "used inside the library: the message reader needs a buffer",
    ),
    (
        "MPS_READER_ACCUMULATOR_TOO_SMALL",
        "used inside the library: the buffer of the message reader is too small",
    ),
    (
        "PSA_ERROR_UNKNOWN_ERROR",
        "an error that no other status describes",
    ),
    (
        "PSA_ERROR_OCCUPIED_SLOT",
        "a key exists already in this slot",
    ),
    ("PSA_ERROR_EMPTY_SLOT", "there is no key in this slot"),
    (
        "PSA_ERROR_INSUFFICIENT_CAPACITY",
        "less data is available than was asked for",
    ),
    (
        "PSA_ERROR_TAMPERING_DETECTED",
        "memory corruption or tampering was noticed",
    ),
    (
        "PSA_ERROR_CURRENTLY_INSTALLING",
        "a firmware image is being installed already",
    ),
    (
        "PSA_SUCCESS_REBOOT",
        "not an error: the firmware update needs a restart of the system",
    ),
    (
        "PSA_SUCCESS_RESTART",
        "not an error: the firmware update needs a restart of the component",
    ),
    ("TFM_SUCCESS", "success, inside TF-M"),
    ("TFM_PARTITION_BUSY", "the secure partition is busy"),
    (
        "TFM_ERROR_SECURE_DOMAIN_LOCKED",
        "another caller is in the secure world",
    ),
    (
        "TFM_ERROR_INVALID_PARAMETER",
        "a parameter of the secure call is wrong",
    ),
    (
        "TFM_ERROR_PARTITION_NON_REENTRANT",
        "the secure partition was entered a second time",
    ),
    (
        "TFM_ERROR_NS_THREAD_MODE_CALL",
        "the secure call came from the wrong processor mode: it must come from thread mode",
    ),
    (
        "TFM_ERROR_NOT_INITIALIZED",
        "the secure side is not initialised",
    ),
    (
        "TFM_ERROR_NO_ACTIVE_PARTITION",
        "no secure partition is active",
    ),
    (
        "TFM_ERROR_INVALID_EXC_MODE",
        "the secure call came from an exception or interrupt",
    ),
    (
        "TFM_ERROR_NOT_IN_RANGE",
        "a buffer of the secure call lies outside the caller's memory",
    ),
    (
        "TFM_SECURE_LOCK_FAILED",
        "the lock around secure calls could not be taken",
    ),
    (
        "TFM_SECURE_UNLOCK_FAILED",
        "the lock around secure calls could not be released",
    ),
    (
        "TFM_ERROR_GENERIC",
        "an error inside TF-M without further distinction",
    ),
];
