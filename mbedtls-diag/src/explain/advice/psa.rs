//! PSA Crypto and TF-M.
use super::Advice;

pub(super) static ADVICE: &[Advice] = &[
    Advice {
        names: &["PSA_ERROR_GENERIC_ERROR"],
        causes: &[
            "a driver or secure service failed without saying how",
            "client and secure side of TF-M are of different versions: the packed arguments have another size",
        ],
        actions: &[
            "build the non-secure side against the export (api_ns) of the very TF-M that runs",
            "switch on the log of the secure side",
        ],
    },
    Advice {
        names: &["PSA_ERROR_NOT_PERMITTED"],
        causes: &[
            "the key's usage flags do not include this operation (PSA_KEY_USAGE_EXPORT, _SIGN_HASH, _VERIFY_HASH, ...)",
            "the key's policy names another algorithm: PSA_ALG_ECDSA(PSA_ALG_SHA_256) allows no deterministic ECDSA and no other hash",
            "the key belongs to the platform or to another partition and may not leave it",
        ],
        actions: &[
            "set usage flags and algorithm before generating or importing: psa_set_key_usage_flags, psa_set_key_algorithm",
            "a policy cannot be widened afterwards: make the key anew, or copy it if PSA_KEY_USAGE_COPY allows",
        ],
    },
    Advice {
        names: &["PSA_ERROR_NOT_SUPPORTED"],
        causes: &[
            "the PSA_WANT_* option for the algorithm, curve or key type is off, or no driver does it",
            "the key type is switched on only in part: import, export and generation have options of their own",
            "on TF-M: the profile of the secure image leaves the algorithm out, or psa_connect was used on a stateless service",
        ],
        actions: &[
            "switch on CONFIG_PSA_WANT_ALG_..., CONFIG_PSA_WANT_ECC_..., CONFIG_PSA_WANT_KEY_TYPE_..._KEY_PAIR_{IMPORT,EXPORT,GENERATE}",
            "on TF-M switch it on for the secure image too (profile, or the PSA config of the SDK), then build both",
        ],
    },
    Advice {
        names: &["PSA_ERROR_INVALID_ARGUMENT"],
        causes: &[
            "the key's type, size and data do not fit together: a P-256 private key is exactly 32 bytes, a public key 65 with its leading 04",
            "the hash has another length than the algorithm says",
            "the lifetime or identifier of a persistent key is out of range",
            "on TF-M: the stored key is larger than ITS_MAX_ASSET_SIZE, or a buffer lies outside the caller's memory",
        ],
        actions: &[
            "check the attributes one by one: type, bits, algorithm, lifetime, id",
            "import raw key material, not DER or PEM",
        ],
    },
    Advice {
        names: &["PSA_ERROR_INVALID_HANDLE"],
        causes: &[
            "the key was destroyed or never made",
            "a volatile key did not survive a restart",
            "the identifier is that of another partition",
        ],
        actions: &[
            "check the result of the function that made the key",
            "give the key a persistent lifetime and an id if it must survive",
        ],
    },
    Advice {
        names: &["PSA_ERROR_BAD_STATE"],
        causes: &[
            "psa_crypto_init() was not called or failed",
            "a multi-part operation is used out of order or after an error",
        ],
        actions: &[
            "call psa_crypto_init() and check its result",
            "abort the operation (psa_*_abort) before starting anew",
        ],
    },
    Advice {
        names: &["PSA_ERROR_BUFFER_TOO_SMALL"],
        causes: &["the output does not fit"],
        actions: &[
            "size the buffer with the macro of the function: PSA_SIGN_OUTPUT_SIZE, PSA_EXPORT_KEY_OUTPUT_SIZE, PSA_AEAD_ENCRYPT_OUTPUT_SIZE",
        ],
    },
    Advice {
        names: &["PSA_ERROR_ALREADY_EXISTS"],
        causes: &["a persistent key with this id is stored from an earlier run"],
        actions: &[
            "use it, or destroy it first: psa_destroy_key",
            "while developing: erase the storage with the flash",
        ],
    },
    Advice {
        names: &["PSA_ERROR_DOES_NOT_EXIST"],
        causes: &[
            "no persistent key or item with this id: never stored, erased with the flash, or of another owner",
            "the first start of a device",
        ],
        actions: &["treat it as the first start and make the key"],
    },
    Advice {
        names: &["PSA_ERROR_INSUFFICIENT_MEMORY"],
        causes: &[
            "the heap or the number of key slots is used up (MBEDTLS_PSA_KEY_SLOT_COUNT)",
            "on TF-M: the buffer of the crypto service is too small (CRYPTO_ENGINE_BUF_SIZE, CRYPTO_IOVEC_BUFFER_SIZE), or too many operations are open (CRYPTO_CONC_OPER_NUM)",
        ],
        actions: &[
            "destroy volatile keys and abort operations that are no longer used",
            "enlarge the heap (Zephyr: CONFIG_MBEDTLS_HEAP_SIZE) or the buffers of the secure side",
        ],
    },
    Advice {
        names: &["PSA_ERROR_INSUFFICIENT_STORAGE"],
        causes: &["the storage partition or its table is full (ITS_NUM_ASSETS, PS_NUM_ASSETS)"],
        actions: &["destroy keys, or enlarge the storage"],
    },
    Advice {
        names: &[
            "PSA_ERROR_COMMUNICATION_FAILURE",
            "PSA_ERROR_HARDWARE_FAILURE",
        ],
        causes: &[
            "a secure element or accelerator does not answer, is not initialised, or refuses the parameters",
            "the driver does not know this algorithm or key size and says so badly",
        ],
        actions: &[
            "try with the software implementation or another driver, to see whose fault it is (nRF Connect SDK: Oberon instead of CryptoCell)",
        ],
    },
    Advice {
        names: &["PSA_ERROR_STORAGE_FAILURE"],
        causes: &[
            "flash or file access failed; no file system, or a partition missing",
            "another layout was flashed over the old storage",
        ],
        actions: &[
            "erase the storage partition once",
            "check the partition table for the storage",
        ],
    },
    Advice {
        names: &["PSA_ERROR_DATA_CORRUPT", "PSA_ERROR_DATA_INVALID"],
        causes: &[
            "the stored key or item was written by another version, cut off, or damaged",
            "a stored key is larger than the storage allows in one piece (ITS_MAX_ASSET_SIZE)",
        ],
        actions: &[
            "erase the item and make it anew",
            "raise ITS_MAX_ASSET_SIZE for large keys",
        ],
    },
    Advice {
        names: &["PSA_ERROR_INSUFFICIENT_ENTROPY"],
        causes: &[
            "no entropy source works: the hardware random generator is missing, off or not connected",
            "MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG without mbedtls_psa_external_get_random",
        ],
        actions: &[
            "connect the hardware random generator (Zephyr: CONFIG_ENTROPY_GENERATOR=y; on QEMU: CONFIG_TEST_RANDOM_GENERATOR=y)",
        ],
    },
    Advice {
        names: &["PSA_ERROR_INVALID_SIGNATURE"],
        causes: &[
            "the data, key, hash or nonce is another than at signing or encrypting",
            "an ECDSA signature in DER: PSA wants r and s one after the other, 64 bytes for P-256",
        ],
        actions: &["convert the signature, and compare the inputs byte by byte on both sides"],
    },
    Advice {
        names: &["PSA_ERROR_INVALID_PADDING"],
        causes: &["a wrong key or initialisation vector, or data cut off"],
        actions: &["compare key and initialisation vector on both sides"],
    },
    Advice {
        names: &["PSA_ERROR_CORRUPTION_DETECTED"],
        causes: &[
            "a function ended without setting its result: memory was overwritten, or a fault",
            "another library under the same names, built with another configuration",
        ],
        actions: &[
            "look for memory corruption and stack overflow",
            "check that headers and library are of one configuration",
        ],
    },
    Advice {
        names: &["PSA_ERROR_SERVICE_FAILURE"],
        causes: &["a secure service stopped or failed inside"],
        actions: &["switch on the log of the secure side"],
    },
    Advice {
        names: &["PSA_ERROR_PROGRAMMER_ERROR"],
        causes: &[
            "a handle, vector or length breaks the rules: more than four vectors, a buffer outside the caller's memory, a handle that was closed",
            "the call came from an interrupt",
        ],
        actions: &[
            "call secure services from thread mode only",
            "check the vectors; on a release build of TF-M the secure side may reset instead",
        ],
    },
    Advice {
        names: &["PSA_ERROR_CONNECTION_REFUSED"],
        causes: &[
            "the service is not in this secure image, is closed to non-secure callers, or has another version",
            "TF-M 2.1 built for debugging returns -1 (0xFFFFFFFF) here",
        ],
        actions: &[
            "check the SID and version in psa_manifest/sid.h, and that the partition is switched on (TFM_PARTITION_...)",
        ],
    },
    Advice {
        names: &["PSA_ERROR_CONNECTION_BUSY"],
        causes: &["all connections of the service are in use (CONFIG_TFM_CONN_HANDLE_MAX_NUM)"],
        actions: &["close connections, or try again later"],
    },
    Advice {
        names: &[
            "PSA_ERROR_DEPENDENCY_NEEDED",
            "PSA_ERROR_CURRENTLY_INSTALLING",
            "PSA_ERROR_FLASH_ABUSE",
            "PSA_ERROR_INSUFFICIENT_POWER",
        ],
        causes: &["the state of the firmware update does not allow this step"],
        actions: &["ask psa_fwu_query for the state of each component"],
    },
    Advice {
        names: &["PSA_OPERATION_INCOMPLETE"],
        causes: &["an interruptible operation in slices"],
        actions: &["call the psa_*_complete function again"],
    },
];
