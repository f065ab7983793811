//! What the codes of keys and of their arithmetic mean.
use super::Text;
use crate::tables::constants::*;

pub(super) static TEXTS: &[Text] = &[
    (PK_ALLOC_FAILED, "no memory left for the key"),
    (
        PK_TYPE_MISMATCH,
        "the key is of another type than the operation needs",
    ),
    (
        PK_BAD_INPUT_DATA,
        "a PK function was called with arguments that it does not accept, often an empty key context",
    ),
    (PK_FILE_IO_ERROR, "the key file could not be read"),
    (
        PK_KEY_INVALID_VERSION,
        "the version of the private key structure is not supported",
    ),
    (
        PK_KEY_INVALID_FORMAT,
        "the data is not a key of a known format",
    ),
    (
        PK_UNKNOWN_PK_ALG,
        "the key's algorithm is not known or not compiled in",
    ),
    (
        PK_PASSWORD_REQUIRED,
        "the private key is encrypted and no password was given",
    ),
    (
        PK_PASSWORD_MISMATCH,
        "the password of the private key is wrong",
    ),
    (
        PK_INVALID_PUBKEY,
        "the public key is malformed, or of an algorithm that is not compiled in",
    ),
    (
        PK_INVALID_ALG,
        "the algorithm identifier of the key is malformed",
    ),
    (
        PK_UNKNOWN_NAMED_CURVE,
        "the curve of the key is not known or not compiled in",
    ),
    (
        PK_FEATURE_UNAVAILABLE,
        "no code for this kind of key is compiled into the function that was called",
    ),
    (
        PK_SIG_LEN_MISMATCH,
        "the signature is valid but followed by other bytes",
    ),
    (
        PK_BUFFER_TOO_SMALL,
        "the buffer is too small for the key or signature",
    ),
    (
        RSA_RNG_FAILED,
        "the random generator failed during an RSA operation",
    ),
    (
        RSA_OUTPUT_TOO_LARGE,
        "the decrypted RSA message does not fit the buffer",
    ),
    (RSA_VERIFY_FAILED, "the RSA signature does not match"),
    (RSA_PRIVATE_FAILED, "the RSA private key operation failed"),
    (RSA_PUBLIC_FAILED, "the RSA public key operation failed"),
    (
        RSA_KEY_CHECK_FAILED,
        "the parts of the RSA key do not fit together",
    ),
    (RSA_KEY_GEN_FAILED, "an RSA key could not be generated"),
    (
        RSA_INVALID_PADDING,
        "the RSA padding is wrong: other key, other scheme or damaged data",
    ),
    (
        RSA_BAD_INPUT_DATA,
        "an RSA function was called with arguments that it does not accept",
    ),
    (
        ECP_BAD_INPUT_DATA,
        "an elliptic curve function was called with arguments that it does not accept",
    ),
    (
        ECP_BUFFER_TOO_SMALL,
        "the buffer is too small for the point or number",
    ),
    (
        ECP_FEATURE_UNAVAILABLE,
        "the curve or point format is not compiled in",
    ),
    (ECP_VERIFY_FAILED, "the signature does not match"),
    (
        ECP_ALLOC_FAILED,
        "no memory left for the elliptic curve computation",
    ),
    (
        ECP_RANDOM_FAILED,
        "no usable random number for the elliptic curve operation was found",
    ),
    (
        ECP_INVALID_KEY,
        "the private or public key is not valid on this curve",
    ),
    (
        ECP_SIG_LEN_MISMATCH,
        "the signature is valid but followed by other bytes",
    ),
    (
        ECP_IN_PROGRESS,
        "not a failure: the restartable computation is not finished; call again",
    ),
    (
        DHM_SET_GROUP_FAILED,
        "the Diffie-Hellman group could not be set",
    ),
    (
        DHM_FILE_IO_ERROR,
        "the Diffie-Hellman parameter file could not be read",
    ),
    (
        DHM_ALLOC_FAILED,
        "no memory left for the Diffie-Hellman parameters",
    ),
    (
        DHM_INVALID_FORMAT,
        "the Diffie-Hellman parameters are malformed",
    ),
    (
        DHM_CALC_SECRET_FAILED,
        "the shared Diffie-Hellman secret could not be computed",
    ),
    (
        DHM_MAKE_PUBLIC_FAILED,
        "the Diffie-Hellman public value could not be made",
    ),
    (
        DHM_READ_PUBLIC_FAILED,
        "the peer's Diffie-Hellman public value is malformed or weak",
    ),
    (
        DHM_MAKE_PARAMS_FAILED,
        "the Diffie-Hellman parameters could not be written",
    ),
    (
        DHM_READ_PARAMS_FAILED,
        "the peer's Diffie-Hellman parameters are malformed or weak",
    ),
    (
        DHM_BAD_INPUT_DATA,
        "a Diffie-Hellman function was called with arguments that it does not accept",
    ),
    (MPI_ALLOC_FAILED, "no memory left for a big number"),
    (
        MPI_NOT_ACCEPTABLE,
        "a number is not what the computation needs, such as one without an inverse",
    ),
    (MPI_DIVISION_BY_ZERO, "division of a big number by zero"),
    (
        MPI_NEGATIVE_VALUE,
        "a big number is negative where it must not be",
    ),
    (
        MPI_BUFFER_TOO_SMALL,
        "the buffer is too small for the big number",
    ),
    (
        MPI_INVALID_CHARACTER,
        "a character is not a digit of the big number's base",
    ),
    (
        MPI_BAD_INPUT_DATA,
        "a big number function was called with arguments that it does not accept",
    ),
    (
        MPI_FILE_IO_ERROR,
        "the file with the big number could not be read or written",
    ),
    (
        LMS_BUFFER_TOO_SMALL,
        "the buffer is too small for the LMS key or signature",
    ),
    (LMS_ALLOC_FAILED, "no memory left for the LMS operation"),
    (LMS_VERIFY_FAILED, "the LMS signature does not match"),
    (
        LMS_OUT_OF_PRIVATE_KEYS,
        "every one-time key of this LMS private key has been used",
    ),
    (
        LMS_BAD_INPUT_DATA,
        "an LMS function was called with arguments that it does not accept",
    ),
];
