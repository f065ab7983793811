//! Random numbers, ciphers and the platform.
use super::Advice;

pub(super) static ADVICE: &[Advice] = &[
    Advice {
        names: &[
            "CTR_DRBG_ENTROPY_SOURCE_FAILED",
            "HMAC_DRBG_ENTROPY_SOURCE_FAILED",
            "ENTROPY_SOURCE_FAILED",
        ],
        causes: &[
            "no hardware random generator is connected: mbedtls_hardware_poll is missing or returns nothing",
            "the hardware random generator is off, not clocked, or in use by a radio stack",
        ],
        actions: &[
            "bare metal: define MBEDTLS_ENTROPY_HARDWARE_ALT and write mbedtls_hardware_poll",
            "Zephyr: CONFIG_ENTROPY_GENERATOR=y and CONFIG_MBEDTLS_ENTROPY_ENABLED=y",
            "call the hardware random generator by itself and look at its result",
        ],
    },
    Advice {
        names: &["ENTROPY_NO_SOURCES_DEFINED", "ENTROPY_NO_STRONG_SOURCE"],
        causes: &[
            "the platform's source is switched off (MBEDTLS_NO_PLATFORM_ENTROPY) and no other was added",
        ],
        actions: &[
            "define MBEDTLS_ENTROPY_HARDWARE_ALT and write mbedtls_hardware_poll, or call mbedtls_entropy_add_source",
        ],
    },
    Advice {
        names: &["CTR_DRBG_REQUEST_TOO_BIG", "HMAC_DRBG_REQUEST_TOO_BIG"],
        causes: &["more than 1024 bytes were asked for in one call"],
        actions: &["ask several times"],
    },
    Advice {
        names: &[
            "CIPHER_AUTH_FAILED",
            "GCM_AUTH_FAILED",
            "CCM_AUTH_FAILED",
            "CHACHAPOLY_AUTH_FAILED",
        ],
        causes: &[
            "another key, nonce or additional data than at encryption",
            "the tag is cut off or in the wrong place",
        ],
        actions: &["compare key, nonce, additional data and tag byte by byte on both sides"],
    },
    Advice {
        names: &[
            "CIPHER_FULL_BLOCK_EXPECTED",
            "AES_INVALID_INPUT_LENGTH",
            "DES_INVALID_INPUT_LENGTH",
        ],
        causes: &["CBC or ECB without padding was given a part of a block"],
        actions: &["pad the data to whole blocks, or choose a mode that needs none (CTR, GCM)"],
    },
    Advice {
        names: &["CIPHER_INVALID_PADDING"],
        causes: &["a wrong key or initialisation vector, or data cut off"],
        actions: &["compare key and initialisation vector on both sides"],
    },
    Advice {
        names: &[
            "CIPHER_FEATURE_UNAVAILABLE",
            "MD_FEATURE_UNAVAILABLE",
            "PLATFORM_FEATURE_UNSUPPORTED",
        ],
        causes: &[
            "the algorithm is not compiled in, or an alternative implementation (_ALT) does not do it",
        ],
        actions: &["switch the algorithm on; see which option: mbedtls-diag why FUNCTION"],
    },
    Advice {
        names: &["PLATFORM_HW_ACCEL_FAILED"],
        causes: &["the hardware accelerator is off, busy, or not allowed for this caller"],
        actions: &["try without it: switch the _ALT option or driver off"],
    },
    Advice {
        names: &["ERROR_CORRUPTION_DETECTED"],
        causes: &[
            "a function ended without setting its result: memory was overwritten, a callback returned this value, or a bug",
            "on Linux -110 is also ETIMEDOUT, which a callback for sockets may hand through",
        ],
        actions: &[
            "check what the send and receive callbacks return: errno must become an MBEDTLS_ERR_ code",
            "look for memory corruption and stack overflow",
        ],
    },
    Advice {
        names: &["ERROR_GENERIC_ERROR"],
        causes: &["a callback or a layer above returned -1, which happens to be this code"],
        actions: &["find the function that returned it: -1 says nothing by itself"],
    },
    Advice {
        names: &[
            "THREADING_MUTEX_ERROR",
            "THREADING_BAD_INPUT_DATA",
            "THREADING_USAGE_ERROR",
        ],
        causes: &["mbedtls_threading_set_alt was not called, or a context was freed while in use"],
        actions: &["call mbedtls_threading_set_alt first of all"],
    },
];
