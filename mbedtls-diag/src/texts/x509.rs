//! What the codes of certificates and their encodings mean.
use super::Text;
use crate::tables::constants::*;

pub(super) static TEXTS: &[Text] = &[
    (
        X509_FATAL_ERROR,
        "certificate verification was aborted, mostly by the verify callback",
    ),
    (
        X509_BUFFER_TOO_SMALL,
        "the buffer is too small for the certificate or the text about it",
    ),
    (X509_FILE_IO_ERROR, "a certificate file could not be read"),
    (X509_ALLOC_FAILED, "no memory left for the certificate"),
    (
        X509_BAD_INPUT_DATA,
        "an X.509 function was called with arguments that it does not accept",
    ),
    (
        X509_CERT_UNKNOWN_FORMAT,
        "the data is neither DER nor a PEM certificate",
    ),
    (
        X509_CERT_VERIFY_FAILED,
        "the peer's certificate was not accepted",
    ),
    (
        X509_SIG_MISMATCH,
        "the two places of a certificate that name its signature algorithm disagree",
    ),
    (
        X509_UNKNOWN_SIG_ALG,
        "the signature algorithm of the certificate is not known or not compiled in",
    ),
    (
        X509_UNKNOWN_VERSION,
        "the version of the certificate, request or list is not supported",
    ),
    (
        X509_INVALID_EXTENSIONS,
        "an extension of the certificate is malformed or critical and not understood",
    ),
    (
        X509_INVALID_SIGNATURE,
        "the signature field of the certificate is malformed",
    ),
    (X509_INVALID_DATE, "a date in the certificate is malformed"),
    (X509_INVALID_NAME, "a subject or issuer name is malformed"),
    (X509_INVALID_ALG, "an algorithm identifier is malformed"),
    (X509_INVALID_SERIAL, "the serial number is malformed"),
    (X509_INVALID_VERSION, "the version field is malformed"),
    (
        X509_INVALID_FORMAT,
        "the data does not have the structure of a certificate, request or list",
    ),
    (
        X509_UNKNOWN_OID,
        "an object identifier is not known to this build",
    ),
    (
        X509_FEATURE_UNAVAILABLE,
        "a feature needed for this certificate is not compiled in",
    ),
    (
        PEM_BAD_INPUT_DATA,
        "a PEM function was called with arguments that it does not accept",
    ),
    (
        PEM_FEATURE_UNAVAILABLE,
        "this kind of encrypted PEM is not compiled in",
    ),
    (
        PEM_PASSWORD_MISMATCH,
        "the password of the encrypted PEM is wrong",
    ),
    (
        PEM_PASSWORD_REQUIRED,
        "the PEM is encrypted and no password was given",
    ),
    (
        PEM_UNKNOWN_ENC_ALG,
        "the PEM is encrypted with a cipher that is not known",
    ),
    (
        PEM_INVALID_ENC_IV,
        "the initialisation vector in the PEM header is malformed",
    ),
    (PEM_ALLOC_FAILED, "no memory left to decode the PEM"),
    (
        PEM_INVALID_DATA,
        "what stands between the PEM lines is damaged",
    ),
    (
        PEM_NO_HEADER_FOOTER_PRESENT,
        "the expected BEGIN or END line is missing",
    ),
    (
        PKCS5_BAD_INPUT_DATA,
        "a password-based encryption function was called with wrong arguments",
    ),
    (
        PKCS5_INVALID_FORMAT,
        "the parameters of the password-based encryption are malformed",
    ),
    (
        PKCS5_FEATURE_UNAVAILABLE,
        "the cipher or hash of the password-based encryption is not available",
    ),
    (
        PKCS5_PASSWORD_MISMATCH,
        "the password of the encrypted key is wrong",
    ),
    (
        PKCS12_BAD_INPUT_DATA,
        "a PKCS #12 function was called with wrong arguments",
    ),
    (
        PKCS12_FEATURE_UNAVAILABLE,
        "this PKCS #12 encryption is not available",
    ),
    (
        PKCS12_PBE_INVALID_FORMAT,
        "the PKCS #12 encryption parameters are malformed",
    ),
    (PKCS12_PASSWORD_MISMATCH, "the PKCS #12 password is wrong"),
    (
        PKCS7_CERT_DATE_INVALID,
        "the signer's certificate is expired or not yet valid",
    ),
    (
        PKCS7_VERIFY_FAIL,
        "no signature of the PKCS #7 message verifies",
    ),
    (PKCS7_ALLOC_FAILED, "no memory left for the PKCS #7 message"),
    (
        PKCS7_BAD_INPUT_DATA,
        "a PKCS #7 function was called with wrong arguments",
    ),
    (
        PKCS7_INVALID_SIGNER_INFO,
        "the signer information is malformed or not supported",
    ),
    (
        PKCS7_INVALID_SIGNATURE,
        "the signature field of the PKCS #7 message is malformed",
    ),
    (
        PKCS7_INVALID_CERT,
        "a certificate in the PKCS #7 message is malformed",
    ),
    (
        PKCS7_INVALID_ALG,
        "an algorithm identifier of the PKCS #7 message is malformed or unknown",
    ),
    (
        PKCS7_INVALID_CONTENT_INFO,
        "the content of the PKCS #7 message is malformed or of an unsupported kind",
    ),
    (
        PKCS7_INVALID_VERSION,
        "the version of the PKCS #7 message is not supported",
    ),
    (
        PKCS7_FEATURE_UNAVAILABLE,
        "this kind of PKCS #7 message is not supported",
    ),
    (
        PKCS7_INVALID_FORMAT,
        "the data does not have the structure of a PKCS #7 message",
    ),
    (
        ASN1_BUF_TOO_SMALL,
        "the buffer is too small for the DER to be written",
    ),
    (ASN1_ALLOC_FAILED, "no memory left for a decoded element"),
    (
        ASN1_INVALID_DATA,
        "a DER element holds a value that is not allowed",
    ),
    (
        ASN1_LENGTH_MISMATCH,
        "a DER element is longer or shorter than its container says",
    ),
    (ASN1_INVALID_LENGTH, "a DER length field is malformed"),
    (
        ASN1_UNEXPECTED_TAG,
        "another DER element stands where a certain one must be: mostly not the expected kind of data",
    ),
    (
        ASN1_OUT_OF_DATA,
        "the DER ends too early: cut off or wrong length given",
    ),
    (
        OID_NOT_FOUND,
        "the object identifier is not in the library's tables",
    ),
    (
        OID_BUF_TOO_SMALL,
        "the buffer is too small for the text of the object identifier",
    ),
    (BASE64_INVALID_CHARACTER, "a character is not base64"),
    (
        BASE64_BUFFER_TOO_SMALL,
        "the buffer is too small for the base64 result",
    ),
];
