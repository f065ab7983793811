//! Certificates, PEM, DER and base64.
use super::Advice;

pub(super) static ADVICE: &[Advice] = &[
    Advice {
        names: &["X509_CERT_VERIFY_FAILED", "SSL_PEER_VERIFY_FAILED"],
        causes: &[
            "the CA given to the device is not the one that signed the server's chain",
            "the clock of the device is wrong, so the certificate counts as expired or not yet valid",
            "the certificate is for another host name, or the server was addressed by its IP address",
            "an algorithm, key size or hash of the chain is not allowed or not compiled in (SHA-1, SHA-384, RSA below 2048 bits)",
        ],
        actions: &[
            "ask for the flags: mbedtls_ssl_get_verify_result, and put them into words with mbedtls_x509_crt_verify_info",
            "fetch the chain (openssl s_client -showcerts) and load the root that ends it",
            "set the clock before the handshake",
            "give mbedtls_ssl_set_hostname the name that the certificate carries",
        ],
    },
    Advice {
        names: &["X509_FATAL_ERROR"],
        causes: &[
            "the verify callback returned an error, often because memory ran out while the chain was checked",
            "a platform's certificate bundle found no fitting CA (ESP-IDF: esp_crt_bundle)",
        ],
        actions: &[
            "look at what the verify callback returns",
            "ESP-IDF: enable the full bundle (CONFIG_MBEDTLS_CERTIFICATE_BUNDLE_DEFAULT_FULL=y)",
        ],
    },
    Advice {
        names: &["X509_INVALID_FORMAT", "X509_CERT_UNKNOWN_FORMAT"],
        causes: &[
            "it is PEM, but the length given leaves out the terminating zero: mbedtls_x509_crt_parse wants strlen + 1",
            "it is PEM, but PEM parsing is not compiled in",
            "it is a key, a PKCS #7 or #12 file, or cut off",
        ],
        actions: &[
            "pass sizeof of the array, or strlen + 1, for PEM; the exact length for DER",
            "switch on MBEDTLS_PEM_PARSE_C (Zephyr: CONFIG_MBEDTLS_PEM_CERTIFICATE_FORMAT=y)",
            "check the file: openssl x509 -in FILE -text",
        ],
    },
    Advice {
        names: &["X509_UNKNOWN_SIG_ALG", "X509_UNKNOWN_OID"],
        causes: &[
            "the certificate is signed with a hash or algorithm that is not compiled in: SHA-384, SHA-512, RSA-PSS, Ed25519",
        ],
        actions: &[
            "see which one: openssl x509 -in FILE -text",
            "switch it on (MBEDTLS_SHA384_C, MBEDTLS_SHA512_C, MBEDTLS_X509_RSASSA_PSS_SUPPORT); Ed25519 is not supported",
        ],
    },
    Advice {
        names: &["X509_INVALID_EXTENSIONS"],
        causes: &[
            "a critical extension that Mbed TLS does not know",
            "an extension that breaks the rules of X.509",
        ],
        actions: &[
            "look at the extensions: openssl x509 -in FILE -text",
            "mbedtls_x509_crt_parse_der_with_ext_cb lets the application take extensions that the library does not know",
        ],
    },
    Advice {
        names: &[
            "X509_INVALID_ALG",
            "X509_INVALID_SIGNATURE",
            "X509_SIG_MISMATCH",
        ],
        causes: &[
            "an algorithm identifier that strict parsers refuse, such as NULL parameters with ECDSA",
            "a damaged certificate or request",
        ],
        actions: &[
            "compare with openssl asn1parse",
            "for a request from an nRF91 modem: mbedtls-diag modem keygen normalises it",
        ],
    },
    Advice {
        names: &[
            "X509_INVALID_DATE",
            "X509_INVALID_NAME",
            "X509_INVALID_SERIAL",
            "X509_INVALID_VERSION",
            "X509_UNKNOWN_VERSION",
        ],
        causes: &[
            "a field is not written as X.509 demands",
            "the data is damaged or not a certificate",
            "when writing: a name such as \"CN=...,O=...\" is misspelt",
        ],
        actions: &[
            "compare with openssl asn1parse",
            "check the string given to mbedtls_x509write_*_set_subject_name",
        ],
    },
    Advice {
        names: &["X509_ALLOC_FAILED", "PEM_ALLOC_FAILED", "ASN1_ALLOC_FAILED"],
        causes: &["the heap is too small: a parsed certificate takes about 2 KiB beside its data"],
        actions: &[
            "enlarge the heap that Mbed TLS uses (Zephyr: CONFIG_MBEDTLS_HEAP_SIZE)",
            "parse fewer CAs, or use mbedtls_x509_crt_parse_der_nocopy",
        ],
    },
    Advice {
        names: &["X509_FILE_IO_ERROR", "PK_FILE_IO_ERROR"],
        causes: &["the path is wrong, or the file may not be read"],
        actions: &["check the path from the program's working folder"],
    },
    Advice {
        names: &["X509_BAD_INPUT_DATA"],
        causes: &[
            "an argument is NULL, a field of the request or certificate was not set, or a length is 0",
        ],
        actions: &[
            "set subject, key and hash before writing; check the pointer and length before parsing",
        ],
    },
    Advice {
        names: &["X509_BUFFER_TOO_SMALL", "ASN1_BUF_TOO_SMALL"],
        causes: &["the output does not fit the buffer"],
        actions: &[
            "use a larger buffer: 4096 bytes hold every usual certificate or request as PEM",
        ],
    },
    Advice {
        names: &["X509_FEATURE_UNAVAILABLE"],
        causes: &["an option for this kind of certificate or signature is off"],
        actions: &["find the option: mbedtls-diag why FUNCTION"],
    },
    Advice {
        names: &["PEM_NO_HEADER_FOOTER_PRESENT"],
        causes: &[
            "it is DER, not PEM",
            "the BEGIN line is of another kind: a key where a certificate is expected",
            "the length given cuts the END line off, or the text has no line ends",
        ],
        actions: &[
            "look at the first and last line",
            "pass strlen + 1 as the length",
        ],
    },
    Advice {
        names: &["PEM_INVALID_DATA"],
        causes: &[
            "line ends, quotes or escapes were lost when the text was put into the source, a JSON file or an environment variable",
            "a part was cut off",
        ],
        actions: &[
            "write each line with its \\n, without blanks",
            "check the text: openssl x509 -in FILE, openssl pkey -in FILE",
        ],
    },
    Advice {
        names: &["BASE64_INVALID_CHARACTER"],
        causes: &[
            "blanks, quotes, \\r or a literal \\n in the text",
            "base64url (- and _) instead of base64",
        ],
        actions: &["print the text byte by byte near the end of the last line that is right"],
    },
    Advice {
        names: &["PEM_PASSWORD_REQUIRED", "PK_PASSWORD_REQUIRED"],
        causes: &["the key is encrypted"],
        actions: &[
            "pass the password and its length",
            "or decrypt it once: openssl pkey -in FILE -out PLAIN",
        ],
    },
    Advice {
        names: &[
            "PEM_PASSWORD_MISMATCH",
            "PK_PASSWORD_MISMATCH",
            "PKCS5_PASSWORD_MISMATCH",
            "PKCS12_PASSWORD_MISMATCH",
        ],
        causes: &["the password is wrong, or its length counts the terminating zero"],
        actions: &["pass strlen of the password, and check for blanks and line ends"],
    },
    Advice {
        names: &[
            "PEM_FEATURE_UNAVAILABLE",
            "PEM_UNKNOWN_ENC_ALG",
            "PKCS5_FEATURE_UNAVAILABLE",
        ],
        causes: &["the key is encrypted with a cipher or hash that is not compiled in"],
        actions: &[
            "switch on MBEDTLS_PKCS5_C, MBEDTLS_CIPHER_MODE_CBC, MBEDTLS_AES_C or MBEDTLS_DES_C, and MBEDTLS_MD5_C for old PEM",
            "or decrypt it once: openssl pkey -in FILE -out PLAIN",
        ],
    },
    Advice {
        names: &["ASN1_UNEXPECTED_TAG"],
        causes: &[
            "the data is of another kind than the function expects, or PEM where DER is expected",
            "the certificate or key is damaged",
        ],
        actions: &["look at it: openssl asn1parse -inform DER -in FILE"],
    },
    Advice {
        names: &[
            "ASN1_OUT_OF_DATA",
            "ASN1_LENGTH_MISMATCH",
            "ASN1_INVALID_LENGTH",
            "ASN1_INVALID_DATA",
        ],
        causes: &[
            "the length given is too short or too long for the DER",
            "mbedtls_pk_write_*_der and mbedtls_x509write_*_der write at the end of the buffer, and the beginning was read",
        ],
        actions: &[
            "use the exact length: what the writing function returned, counted from the buffer's end",
            "look at it: openssl asn1parse -inform DER -in FILE",
        ],
    },
    Advice {
        names: &["OID_NOT_FOUND"],
        causes: &["the algorithm or attribute that the identifier names is not compiled in"],
        actions: &[
            "see which one: openssl asn1parse",
            "switch the algorithm on",
        ],
    },
    Advice {
        names: &["PKCS12_FEATURE_UNAVAILABLE", "PKCS7_FEATURE_UNAVAILABLE"],
        causes: &["only a part of this format is supported"],
        actions: &["convert the file with openssl"],
    },
];
