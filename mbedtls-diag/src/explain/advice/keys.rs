//! Keys: PK, RSA, elliptic curves, big numbers.
use super::Advice;

pub(super) static ADVICE: &[Advice] = &[
    Advice {
        names: &["PK_FEATURE_UNAVAILABLE"],
        causes: &[
            "mbedtls_pk_write_key_* and a key that lives in PSA or TF-M (opaque): up to 3.5.1 such keys are never written",
            "MBEDTLS_ECP_C is off, so that the function has no branch for elliptic curve keys; PSA_WANT_ECC_SECP_R1_256 alone does not switch it on",
            "the key is of a type that is not compiled in, or encrypted with something that is not",
        ],
        actions: &[
            "from 3.5.2 on an opaque key is written if its policy allows PSA_KEY_USAGE_EXPORT (without it an EC key gives -0x4F80, ECP_BAD_INPUT_DATA); before, export it with psa_export_key and write it as a plain key",
            "switch on MBEDTLS_ECP_C (Zephyr: CONFIG_MBEDTLS_ECP_C=y), MBEDTLS_PK_WRITE_C (CONFIG_MBEDTLS_PK_WRITE_C=y) and MBEDTLS_PEM_WRITE_C",
            "see what the build lacks: mbedtls-diag config FILE --needs pk-write-pem",
        ],
    },
    Advice {
        names: &["PK_KEY_INVALID_FORMAT"],
        causes: &[
            "it is PEM, but the length given leaves out the terminating zero: mbedtls_pk_parse_key wants strlen + 1",
            "it is a public key or certificate, not a private key; or the other way round",
            "PEM parsing, or the algorithm of the key, is not compiled in",
        ],
        actions: &[
            "pass sizeof of the array, or strlen + 1, for PEM",
            "check the file: openssl pkey -in FILE -text",
            "switch on MBEDTLS_PEM_PARSE_C, and MBEDTLS_RSA_C or MBEDTLS_ECP_C for the kind of key",
        ],
    },
    Advice {
        names: &["PK_UNKNOWN_PK_ALG", "PK_UNKNOWN_NAMED_CURVE"],
        causes: &[
            "RSA or the curve of the key is not compiled in",
            "Ed25519 and Ed448 are not supported",
        ],
        actions: &[
            "switch on MBEDTLS_RSA_C, or MBEDTLS_ECP_DP_..._ENABLED of the curve (PSA: PSA_WANT_ECC_...)",
        ],
    },
    Advice {
        names: &[
            "PK_INVALID_PUBKEY",
            "PK_INVALID_ALG",
            "PK_KEY_INVALID_VERSION",
        ],
        causes: &["the key is damaged, or of a kind that is not compiled in"],
        actions: &["check the file: openssl pkey -in FILE -text"],
    },
    Advice {
        names: &["PK_BAD_INPUT_DATA"],
        causes: &[
            "the key context is empty: parsing or generating failed before, or mbedtls_pk_setup was not called",
            "the length of the hash does not suit the hash algorithm",
        ],
        actions: &[
            "check the result of the function that filled the context",
            "pass the hash's own length",
        ],
    },
    Advice {
        names: &["PK_TYPE_MISMATCH"],
        causes: &[
            "an RSA key where an elliptic curve key is needed, or the other way round",
            "a key that cannot do this operation",
        ],
        actions: &["ask mbedtls_pk_get_type and mbedtls_pk_can_do first"],
    },
    Advice {
        names: &[
            "PK_BUFFER_TOO_SMALL",
            "ECP_BUFFER_TOO_SMALL",
            "MPI_BUFFER_TOO_SMALL",
            "RSA_OUTPUT_TOO_LARGE",
        ],
        causes: &["the output does not fit the buffer"],
        actions: &[
            "use a larger buffer: MBEDTLS_PK_SIGNATURE_MAX_SIZE for signatures, the key's length for RSA",
        ],
    },
    Advice {
        names: &["RSA_VERIFY_FAILED", "ECP_VERIFY_FAILED"],
        causes: &[
            "the data, the key or the hash algorithm is another than at signing",
            "the signature is in another form: DER against raw r and s, PSS against PKCS #1 v1.5",
        ],
        actions: &[
            "verify the same files with openssl dgst -verify",
            "check the form of the signature: mbedtls_pk_verify wants DER for ECDSA, PSA wants r and s one after the other",
        ],
    },
    Advice {
        names: &["RSA_PRIVATE_FAILED"],
        causes: &[
            "memory ran out in the big number arithmetic",
            "the random generator for blinding failed or was not given",
            "the key is damaged: the result did not check",
        ],
        actions: &[
            "enlarge the heap: an RSA operation with 2048 bits needs some 10 KiB in one piece",
            "check the key: mbedtls_rsa_check_privkey",
        ],
    },
    Advice {
        names: &["RSA_PUBLIC_FAILED"],
        causes: &[
            "memory ran out",
            "the number is not smaller than the modulus: another key, or damaged data",
        ],
        actions: &[
            "enlarge the heap",
            "check the key and the length of the data",
        ],
    },
    Advice {
        names: &["RSA_KEY_CHECK_FAILED"],
        causes: &["the parts of the key do not belong together, or some are missing"],
        actions: &["check the file: openssl rsa -in FILE -check"],
    },
    Advice {
        names: &["RSA_KEY_GEN_FAILED", "RSA_RNG_FAILED", "ECP_RANDOM_FAILED"],
        causes: &["the random generator failed", "memory ran out"],
        actions: &["check the entropy source first: mbedtls_ctr_drbg_seed must have returned 0"],
    },
    Advice {
        names: &["RSA_INVALID_PADDING"],
        causes: &[
            "another key than at encryption",
            "another padding: OAEP against PKCS #1 v1.5, or another hash in OAEP",
        ],
        actions: &["set the padding on both sides: mbedtls_rsa_set_padding"],
    },
    Advice {
        names: &["RSA_BAD_INPUT_DATA"],
        causes: &[
            "the length of the data does not suit the key and padding",
            "the key is incomplete: mbedtls_rsa_complete was not called",
        ],
        actions: &[
            "PKCS #1 v1.5 takes at most the key's length less 11 bytes; OAEP less two hashes and 2",
            "call mbedtls_rsa_complete after mbedtls_rsa_import",
        ],
    },
    Advice {
        names: &["ECP_BAD_INPUT_DATA"],
        causes: &[
            "the group was not loaded (mbedtls_ecp_group_load)",
            "mbedtls_pk_write_key_* and an EC key that lives in PSA (opaque) without PSA_KEY_USAGE_EXPORT: from 3.5.2 on this stands for PSA_ERROR_NOT_PERMITTED",
            "the curve of the key is another than the operation's",
            "the curve is not compiled in",
        ],
        actions: &[
            "load the group first",
            "give the key PSA_KEY_USAGE_EXPORT when it is made, if it is to be written: psa_set_key_usage_flags",
            "switch on MBEDTLS_ECP_DP_..._ENABLED of the curve",
        ],
    },
    Advice {
        names: &["ECP_FEATURE_UNAVAILABLE"],
        causes: &[
            "the curve, or this form of a point, is not compiled in; compressed points are read only for some curves",
        ],
        actions: &[
            "switch on MBEDTLS_ECP_DP_..._ENABLED of the curve",
            "use uncompressed points (first byte 04)",
        ],
    },
    Advice {
        names: &["ECP_INVALID_KEY"],
        causes: &[
            "the point is not on the curve or the private number out of range: bytes in the wrong order or cut off",
        ],
        actions: &[
            "public key: 04, then x and y, most significant byte first; private key: most significant byte first",
        ],
    },
    Advice {
        names: &["MPI_ALLOC_FAILED", "ECP_ALLOC_FAILED", "PK_ALLOC_FAILED"],
        causes: &[
            "no memory in one piece for the arithmetic; mostly with RSA, or after long running",
        ],
        actions: &[
            "enlarge the heap that Mbed TLS uses (Zephyr: CONFIG_MBEDTLS_HEAP_SIZE)",
            "prefer elliptic curves to RSA, and lower MBEDTLS_ECP_WINDOW_SIZE",
        ],
    },
    Advice {
        names: &["MPI_NOT_ACCEPTABLE"],
        causes: &["a number without an inverse: a damaged key, or data that is not a signature"],
        actions: &["check the key"],
    },
    Advice {
        names: &["MPI_INVALID_CHARACTER"],
        causes: &[
            "the text is not a number of the given base",
            "this is how mbedtls_strerror up to 3.6 describes the low bits of PSA status -134",
        ],
        actions: &["if the number was -134, read it as PSA_ERROR_NOT_SUPPORTED"],
    },
    Advice {
        names: &["DHM_READ_PARAMS_FAILED", "DHM_READ_PUBLIC_FAILED"],
        causes: &[
            "the server's Diffie-Hellman group is too short (mbedtls_ssl_conf_dhm_min_bitlen) or malformed",
        ],
        actions: &["prefer ECDHE suites"],
    },
];
