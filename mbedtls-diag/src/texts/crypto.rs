//! What the codes of ciphers, hashes, random numbers and the platform mean.
use super::Text;
use crate::tables::constants::*;

pub(super) static TEXTS: &[Text] = &[
    (
        CIPHER_INVALID_CONTEXT,
        "the cipher context is not set up or was freed",
    ),
    (
        CIPHER_AUTH_FAILED,
        "the authentication tag does not match: wrong key, nonce or changed data",
    ),
    (
        CIPHER_FULL_BLOCK_EXPECTED,
        "the data is not a whole number of cipher blocks",
    ),
    (
        CIPHER_INVALID_PADDING,
        "the padding after decryption is wrong: mostly a wrong key",
    ),
    (CIPHER_ALLOC_FAILED, "no memory left for the cipher"),
    (
        CIPHER_BAD_INPUT_DATA,
        "a cipher function was called with arguments that it does not accept",
    ),
    (
        CIPHER_FEATURE_UNAVAILABLE,
        "the cipher or mode is not compiled in",
    ),
    (
        HKDF_BAD_INPUT_DATA,
        "HKDF was called with arguments that it does not accept",
    ),
    (MD_FILE_IO_ERROR, "the file to be hashed could not be read"),
    (MD_ALLOC_FAILED, "no memory left for the hash"),
    (
        MD_BAD_INPUT_DATA,
        "a hash function was called with arguments that it does not accept",
    ),
    (MD_FEATURE_UNAVAILABLE, "the hash is not compiled in"),
    (
        SHA3_BAD_INPUT_DATA,
        "SHA-3 was called with arguments that it does not accept",
    ),
    (
        SHA512_BAD_INPUT_DATA,
        "SHA-384 or SHA-512 was called with arguments that it does not accept",
    ),
    (
        SHA256_BAD_INPUT_DATA,
        "SHA-224 or SHA-256 was called with arguments that it does not accept",
    ),
    (
        SHA1_BAD_INPUT_DATA,
        "SHA-1 was called with arguments that it does not accept",
    ),
    (
        ARIA_INVALID_INPUT_LENGTH,
        "the length of the data does not suit ARIA",
    ),
    (
        ARIA_BAD_INPUT_DATA,
        "ARIA was called with arguments that it does not accept",
    ),
    (
        POLY1305_BAD_INPUT_DATA,
        "Poly1305 was called with arguments that it does not accept",
    ),
    (
        CHACHAPOLY_AUTH_FAILED,
        "the ChaCha20-Poly1305 tag does not match: wrong key, nonce or changed data",
    ),
    (
        CHACHAPOLY_BAD_STATE,
        "a ChaCha20-Poly1305 function was called out of order",
    ),
    (
        CHACHA20_BAD_INPUT_DATA,
        "ChaCha20 was called with arguments that it does not accept",
    ),
    (
        DES_INVALID_INPUT_LENGTH,
        "the length of the data does not suit DES",
    ),
    (
        CAMELLIA_INVALID_INPUT_LENGTH,
        "the length of the data does not suit Camellia",
    ),
    (
        CAMELLIA_BAD_INPUT_DATA,
        "Camellia was called with arguments that it does not accept",
    ),
    (
        AES_INVALID_INPUT_LENGTH,
        "the length of the data does not suit this AES mode",
    ),
    (
        AES_BAD_INPUT_DATA,
        "AES was called with arguments that it does not accept",
    ),
    (
        AES_INVALID_KEY_LENGTH,
        "an AES key must have 128, 192 or 256 bits",
    ),
    (
        GCM_BUFFER_TOO_SMALL,
        "the buffer is too small for the GCM output",
    ),
    (
        GCM_BAD_INPUT,
        "GCM was called with arguments that it does not accept",
    ),
    (
        GCM_AUTH_FAILED,
        "the GCM tag does not match: wrong key, nonce or changed data",
    ),
    (
        CCM_AUTH_FAILED,
        "the CCM tag does not match: wrong key, nonce or changed data",
    ),
    (
        CCM_BAD_INPUT,
        "CCM was called with arguments that it does not accept",
    ),
    (
        ENTROPY_NO_SOURCES_DEFINED,
        "no source of entropy is registered",
    ),
    (
        ENTROPY_FILE_IO_ERROR,
        "the entropy seed file could not be read or written",
    ),
    (
        ENTROPY_MAX_SOURCES,
        "no more entropy sources can be registered",
    ),
    (
        ENTROPY_NO_STRONG_SOURCE,
        "only weak sources of entropy are registered",
    ),
    (
        ENTROPY_SOURCE_FAILED,
        "an entropy source failed: often the hardware random generator",
    ),
    (
        CTR_DRBG_FILE_IO_ERROR,
        "the seed file of the random generator could not be read or written",
    ),
    (
        CTR_DRBG_INPUT_TOO_BIG,
        "too much additional input for the random generator",
    ),
    (
        CTR_DRBG_REQUEST_TOO_BIG,
        "too many random bytes were asked for in one call",
    ),
    (
        CTR_DRBG_ENTROPY_SOURCE_FAILED,
        "the random generator got no entropy to seed itself",
    ),
    (
        HMAC_DRBG_ENTROPY_SOURCE_FAILED,
        "the random generator got no entropy to seed itself",
    ),
    (
        HMAC_DRBG_FILE_IO_ERROR,
        "the seed file of the random generator could not be read or written",
    ),
    (
        HMAC_DRBG_INPUT_TOO_BIG,
        "too much additional input for the random generator",
    ),
    (
        HMAC_DRBG_REQUEST_TOO_BIG,
        "too many random bytes were asked for in one call",
    ),
    (
        THREADING_MUTEX_ERROR,
        "a mutex could not be locked, unlocked or freed",
    ),
    (
        THREADING_BAD_INPUT_DATA,
        "a mutex function was called with arguments that it does not accept",
    ),
    (
        PLATFORM_FEATURE_UNSUPPORTED,
        "the platform or an alternative implementation lacks this function",
    ),
    (PLATFORM_HW_ACCEL_FAILED, "the hardware accelerator failed"),
    (
        ERROR_CORRUPTION_DETECTED,
        "the value that functions start from and overwrite: memory corruption, a fault attack, or a path that forgot to set its result",
    ),
    (ERROR_GENERIC_ERROR, "an error without further distinction"),
];
