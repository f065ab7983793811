//! wolfSSL.
use super::Advice;

pub(super) static MEANINGS: &[(&str, &str)] = &[
    ("MEMORY_E", "wolfSSL: no memory left"),
    ("BUFFER_E", "wolfSSL: the buffer is too small"),
    (
        "ASN_PARSE_E",
        "wolfSSL: a certificate or key could not be parsed",
    ),
    (
        "ASN_VERSION_E",
        "wolfSSL: the version of a certificate or key is wrong",
    ),
    (
        "ASN_GETINT_E",
        "wolfSSL: a number in a certificate or key is malformed",
    ),
    ("ASN_RSA_KEY_E", "wolfSSL: an RSA key is malformed"),
    (
        "ASN_OBJECT_ID_E",
        "wolfSSL: an object identifier is malformed",
    ),
    ("ASN_EXPECT_0_E", "wolfSSL: a zero byte is missing in a key"),
    ("ASN_BITSTR_E", "wolfSSL: a bit string is malformed"),
    (
        "ASN_UNKNOWN_OID_E",
        "wolfSSL: an object identifier is not known",
    ),
    (
        "ASN_BEFORE_DATE_E",
        "wolfSSL: the certificate is not valid yet, or the clock is wrong",
    ),
    (
        "ASN_AFTER_DATE_E",
        "wolfSSL: the certificate has expired, or the clock is wrong",
    ),
    (
        "ASN_SIG_OID_E",
        "wolfSSL: the certificate names two signature algorithms",
    ),
    ("ASN_INPUT_E", "wolfSSL: a certificate or key is cut off"),
    (
        "ASN_SIG_CONFIRM_E",
        "wolfSSL: the signature of a certificate does not verify",
    ),
    (
        "ASN_SIG_HASH_E",
        "wolfSSL: the hash of a certificate's signature is not supported",
    ),
    (
        "ASN_SIG_KEY_E",
        "wolfSSL: the key type of a certificate's signature is not supported",
    ),
    (
        "ASN_CRIT_EXT_E",
        "wolfSSL: a critical extension is not understood",
    ),
    (
        "ASN_NO_PEM_HEADER",
        "wolfSSL: the BEGIN line of the PEM is missing",
    ),
    ("BAD_FUNC_ARG", "wolfSSL: a function got a wrong argument"),
    ("NOT_COMPILED_IN", "wolfSSL: the feature is not compiled in"),
    (
        "ASN_NO_SIGNER_E",
        "wolfSSL: no trusted CA that signed the certificate is loaded",
    ),
    ("BAD_STATE_E", "wolfSSL: called in the wrong state"),
    ("RNG_FAILURE_E", "wolfSSL: the random generator failed"),
    ("AES_GCM_AUTH_E", "wolfSSL: the GCM tag does not match"),
    ("WC_HW_E", "wolfSSL: the hardware accelerator failed"),
    ("WC_TIMEOUT_E", "wolfSSL: a time limit ran out"),
    ("SIG_VERIFY_E", "wolfSSL: a signature does not verify"),
    (
        "VERIFY_FINISHED_ERROR",
        "wolfSSL: the last handshake message does not match",
    ),
    (
        "VERIFY_MAC_ERROR",
        "wolfSSL: a record failed its integrity check",
    ),
    ("SOCKET_ERROR_E", "wolfSSL: the socket failed"),
    ("SOCKET_NODATA", "wolfSSL: expected data did not arrive"),
    (
        "UNKNOWN_RECORD_TYPE",
        "wolfSSL: what arrived is not a TLS record",
    ),
    ("FATAL_ERROR", "wolfSSL: the peer sent a fatal alert"),
    ("NO_PEER_KEY", "wolfSSL: the peer's key is missing"),
    (
        "DOMAIN_NAME_MISMATCH",
        "wolfSSL: the certificate is for another host name",
    ),
    (
        "WANT_READ",
        "wolfSSL: not a failure: call again when data has arrived",
    ),
    (
        "WANT_WRITE",
        "wolfSSL: not a failure: call again when the socket is writable",
    ),
    (
        "VERSION_ERROR",
        "wolfSSL: the peer uses another TLS version",
    ),
    ("BUFFER_ERROR", "wolfSSL: a message is malformed"),
    (
        "VERIFY_CERT_ERROR",
        "wolfSSL: the certificate could not be verified",
    ),
    (
        "ZERO_RETURN",
        "wolfSSL: not a failure: the peer ended the connection",
    ),
    ("NO_PEER_CERT", "wolfSSL: the peer sent no certificate"),
    (
        "NOT_CA_ERROR",
        "wolfSSL: a certificate that must be a CA is none",
    ),
    ("OCSP_CERT_REVOKED", "wolfSSL: the certificate is revoked"),
    ("CRL_CERT_REVOKED", "wolfSSL: the certificate is revoked"),
    ("MATCH_SUITE_ERROR", "wolfSSL: no cipher suite in common"),
    (
        "UNSUPPORTED_SUITE",
        "wolfSSL: the cipher suite is not supported",
    ),
    (
        "SOCKET_PEER_CLOSED_E",
        "wolfSSL: the peer closed the connection",
    ),
];

pub(super) static ADVICE: &[Advice] = &[
    Advice {
        names: &["ASN_NO_SIGNER_E", "ASN_SIG_CONFIRM_E"],
        causes: &["the CA given to wolfSSL is not the one that signed the server's certificate"],
        actions: &["load the root of the server's chain: wolfSSL_CTX_load_verify_buffer"],
    },
    Advice {
        names: &["ASN_BEFORE_DATE_E", "ASN_AFTER_DATE_E"],
        causes: &["the clock of the device is wrong"],
        actions: &["set the clock before the handshake"],
    },
];
