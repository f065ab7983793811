//! Profiles and cargo features: the one table that says which options each of them brings.

/// A ready choice of options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// The smallest that generates a P-256 key, writes PEM and a certificate request, reads the certificate that comes
    /// back, and names errors.
    Provisioning,
    /// Every algorithm, key type and format that makes sense on the platform.
    Full,
}

impl Profile {
    /// The cargo feature of the same name.
    pub fn feature(self) -> &'static str {
        match self {
            Self::Provisioning => "provisioning",
            Self::Full => "full",
        }
    }
}

/// A cargo feature of the root package and what it brings.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// Its name.
    pub name: &'static str,
    /// What it is for, in a line.
    pub about: &'static str,
    /// Features that it includes.
    pub includes: &'static [&'static str],
    /// Options without the prefix `MBEDTLS_`, or with `PSA_WANT_`: what Mbed TLS offers in its PSA Crypto API alone.
    pub options: &'static [&'static str],
    /// Options that need files, time or a network, and therefore a [`Platform::Unix`](crate::Platform::Unix).
    pub unix_options: &'static [&'static str],
}

const fn feature(
    name: &'static str,
    about: &'static str,
    includes: &'static [&'static str],
    options: &'static [&'static str],
) -> Feature {
    Feature {
        name,
        about,
        includes,
        options,
        unix_options: &[],
    }
}

/// Every cargo feature, the profiles first.
pub const FEATURES: &[Feature] = &[
    feature(
        "provisioning",
        "The smallest configuration that generates a P-256 key, writes PEM and a CSR, and names errors.",
        &["psa", "secp256r1", "pem", "x509-csr"],
        &["ERROR_C", "X509_CRT_PARSE_C"],
    ),
    Feature {
        name: "full",
        about: "Every algorithm, key type and format of the library.",
        includes: &[
            "provisioning",
            "secp384r1",
            "secp521r1",
            "secp256k1",
            "legacy-curves",
            "brainpool",
            "curve25519",
            "curve448",
            "rsa",
            "sha1",
            "sha384",
            "sha512",
            "sha3",
            "md5",
            "ripemd160",
            "aes-gcm",
            "aes-ccm",
            "aes-cbc",
            "aes-modes",
            "aria",
            "camellia",
            "des",
            "chacha20-poly1305",
            "cmac",
            "nist-kw",
            "hkdf",
            "pbkdf2",
            "pbkdf2-cmac",
            "dhm",
            "encrypted-keys",
            "ecdsa-deterministic",
            "ecjpake",
            "lms",
            "pkcs7",
            "x509-crl",
            "x509-write",
            "restartable",
            "storage",
            "tls",
            "tls13",
            "dtls",
        ],
        options: &[
            "DEBUG_C",
            "PK_PARSE_EC_COMPRESSED",
            "PK_PARSE_EC_EXTENDED",
            "VERSION_C",
            "VERSION_FEATURES",
            "X509_TRUSTED_CERTIFICATE_CALLBACK",
            "AES_C",
            "PSA_KEY_STORE_DYNAMIC",
            "X509_RSASSA_PSS_SUPPORT",
            "SHA224_C",
            "LMS_PRIVATE",
            "KEY_EXCHANGE_DHE_PSK_ENABLED",
            "KEY_EXCHANGE_DHE_RSA_ENABLED",
            "KEY_EXCHANGE_ECDHE_PSK_ENABLED",
            "KEY_EXCHANGE_ECDHE_RSA_ENABLED",
            "KEY_EXCHANGE_ECJPAKE_ENABLED",
            "KEY_EXCHANGE_PSK_ENABLED",
            "SSL_ALL_ALERT_MESSAGES",
            "SSL_ASYNC_PRIVATE",
            "SSL_CACHE_C",
            "SSL_DTLS_SRTP",
            "SSL_EARLY_DATA",
            "SSL_ENCRYPT_THEN_MAC",
            "SSL_KEYING_MATERIAL_EXPORT",
            "SSL_RECORD_SIZE_LIMIT",
            "SSL_RENEGOTIATION",
            "SSL_TICKET_C",
            "SSL_VARIABLE_BUFFER_LENGTH",
        ],
        unix_options: &["AESCE_C", "NET_C", "TIMING_C"],
    },
    Feature {
        name: "psa",
        about: "The PSA Crypto API with its own key store in this image.",
        includes: &[],
        options: &[
            "PSA_CRYPTO_C",
            // Rust lends a buffer to one call at a time, and none that it reads to one that writes. Without this every
            // input and output is copied to the heap, and 3.6.5 writes to address 0 when there is none left for the tag
            // of psa_aead_finish.
            "PSA_ASSUME_EXCLUSIVE_BUFFERS",
            "USE_PSA_CRYPTO",
            "CTR_DRBG_C",
            "ENTROPY_C",
            "AES_C",
            "SHA256_C",
        ],
        // AES of the processor where it has it: twice as fast, and without tables of which a cache could tell.
        unix_options: &["AESNI_C"],
    },
    feature(
        "p256-driver",
        "P-256 by psa-p256 instead of the C library: assembly on Cortex-M4, M7 and M33, RustCrypto elsewhere.",
        &["psa", "secp256r1"],
        &["PSA_P256M_DRIVER_ENABLED"],
    ),
    feature(
        "p256-driver-asm",
        "The same by the assembly alone, on Cortex-M processors that surely have the DSP extension: smaller.",
        &["psa", "secp256r1"],
        &["PSA_P256M_DRIVER_ENABLED"],
    ),
    feature(
        "p256-driver-rust",
        "The same by RustCrypto alone, on Cortex-M processors that surely have no DSP extension: smaller.",
        &["psa", "secp256r1"],
        &["PSA_P256M_DRIVER_ENABLED"],
    ),
    feature(
        "storage",
        "Persistent keys, in a folder on a host and in the application's storage on a device.",
        &["psa"],
        &["PSA_CRYPTO_STORAGE_C"],
    ),
    feature(
        "pem",
        "Reading and writing keys and certificates as PEM.",
        &[],
        &["PEM_PARSE_C", "PEM_WRITE_C", "PK_PARSE_C", "PK_WRITE_C"],
    ),
    feature(
        "secp256r1",
        "The curve P-256, with ECDSA and ECDH.",
        &["ecc"],
        &["ECP_DP_SECP256R1_ENABLED", "ECP_NIST_OPTIM"],
    ),
    feature(
        "secp384r1",
        "The curve P-384.",
        &["ecc"],
        &["ECP_DP_SECP384R1_ENABLED", "ECP_NIST_OPTIM"],
    ),
    feature(
        "secp521r1",
        "The curve P-521.",
        &["ecc"],
        &["ECP_DP_SECP521R1_ENABLED", "ECP_NIST_OPTIM"],
    ),
    feature(
        "secp256k1",
        "The curve secp256k1.",
        &["ecc"],
        &["ECP_DP_SECP256K1_ENABLED", "ECP_NIST_OPTIM"],
    ),
    feature(
        "legacy-curves",
        "Curves of 192 and 224 bits.",
        &["ecc"],
        &[
            "ECP_DP_SECP192K1_ENABLED",
            "ECP_DP_SECP192R1_ENABLED",
            "ECP_DP_SECP224K1_ENABLED",
            "ECP_DP_SECP224R1_ENABLED",
            "ECP_NIST_OPTIM",
        ],
    ),
    feature(
        "brainpool",
        "The Brainpool curves of 256, 384 and 512 bits.",
        &["ecc"],
        &[
            "ECP_DP_BP256R1_ENABLED",
            "ECP_DP_BP384R1_ENABLED",
            "ECP_DP_BP512R1_ENABLED",
        ],
    ),
    feature(
        "curve25519",
        "X25519 key agreement.",
        &[],
        &["ECP_C", "ECDH_C", "ECP_DP_CURVE25519_ENABLED"],
    ),
    feature(
        "curve448",
        "X448 key agreement.",
        &[],
        &["ECP_C", "ECDH_C", "ECP_DP_CURVE448_ENABLED"],
    ),
    feature(
        "ecc",
        "ECDSA and ECDH; the curves are features of their own.",
        &[],
        &["ECDH_C", "ECDSA_C", "ECP_C"],
    ),
    feature(
        "ecdsa-deterministic",
        "Deterministic ECDSA (RFC 6979).",
        &["ecc"],
        &["ECDSA_DETERMINISTIC", "HMAC_DRBG_C"],
    ),
    feature(
        "ecjpake",
        "The password-authenticated key exchange EC J-PAKE.",
        &["ecc"],
        &["ECJPAKE_C"],
    ),
    feature(
        "restartable",
        "ECC operations that can be interrupted and continued.",
        &["ecc"],
        &["ECP_RESTARTABLE"],
    ),
    feature(
        "rsa",
        "RSA: generation, PKCS#1 v1.5, PSS and OAEP.",
        &[],
        &[
            "RSA_C",
            "PKCS1_V15",
            "PKCS1_V21",
            "GENPRIME",
            "PK_RSA_ALT_SUPPORT",
        ],
    ),
    feature("dhm", "Finite-field Diffie-Hellman.", &[], &["DHM_C"]),
    feature(
        "sha1",
        "SHA-1, for what still needs it.",
        &[],
        &["SHA1_C", "MD_C"],
    ),
    feature("sha384", "SHA-384.", &[], &["SHA384_C", "MD_C"]),
    feature("sha512", "SHA-512.", &[], &["SHA512_C", "MD_C"]),
    feature("sha3", "SHA-3.", &[], &["SHA3_C", "MD_C"]),
    feature(
        "md5",
        "MD5, for what still needs it.",
        &[],
        &["MD5_C", "MD_C"],
    ),
    feature("ripemd160", "RIPEMD-160.", &[], &["RIPEMD160_C", "MD_C"]),
    feature(
        "aes-gcm",
        "AES in Galois/counter mode.",
        &[],
        &["AES_C", "GCM_C", "CIPHER_C"],
    ),
    feature(
        "aes-ccm",
        "AES in counter mode with CBC-MAC.",
        &[],
        &["AES_C", "CCM_C", "CIPHER_C"],
    ),
    feature(
        "aes-cbc",
        "AES in cipher block chaining mode.",
        &[],
        &[
            "AES_C",
            "CIPHER_MODE_CBC",
            "CIPHER_PADDING_PKCS7",
            "CIPHER_C",
        ],
    ),
    feature(
        "aes-modes",
        "AES in the modes CTR, CFB, OFB and XTS, and every padding.",
        &["aes-cbc"],
        &[
            "CIPHER_MODE_CFB",
            "CIPHER_MODE_CTR",
            "CIPHER_MODE_OFB",
            "CIPHER_MODE_XTS",
            "CIPHER_PADDING_ONE_AND_ZEROS",
            "CIPHER_PADDING_ZEROS",
            "CIPHER_PADDING_ZEROS_AND_LEN",
        ],
    ),
    feature(
        "aria",
        "The block cipher ARIA.",
        &[],
        &["ARIA_C", "CIPHER_C"],
    ),
    feature(
        "camellia",
        "The block cipher Camellia.",
        &[],
        &["CAMELLIA_C", "CIPHER_C"],
    ),
    feature(
        "des",
        "DES and triple DES, for what still needs them.",
        &[],
        &["DES_C", "CIPHER_C"],
    ),
    feature(
        "chacha20-poly1305",
        "ChaCha20-Poly1305.",
        &[],
        &["CHACHA20_C", "CHACHAPOLY_C", "POLY1305_C", "CIPHER_C"],
    ),
    feature(
        "cmac",
        "CMAC with AES.",
        &[],
        &["AES_C", "CMAC_C", "CIPHER_C"],
    ),
    feature(
        "nist-kw",
        "AES key wrapping (NIST SP 800-38F).",
        &[],
        &["NIST_KW_C"],
    ),
    feature(
        "hkdf",
        "The key derivation HKDF.",
        &[],
        &["HKDF_C", "SHA256_C"],
    ),
    feature(
        "pbkdf2",
        "The password-based key derivation PBKDF2 with HMAC, in the PSA Crypto API.",
        &["psa"],
        &["PSA_WANT_ALG_PBKDF2_HMAC"],
    ),
    feature(
        "pbkdf2-cmac",
        "PBKDF2 with AES-CMAC-PRF-128, in the PSA Crypto API.",
        &["psa", "cmac"],
        &["PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128"],
    ),
    feature(
        "encrypted-keys",
        "Private keys under a password: PKCS#5 (PBES2) and PKCS#12.",
        &["pem", "aes-cbc", "sha1", "md5", "des"],
        &["PKCS5_C", "PKCS12_C", "SHA256_C"],
    ),
    feature("lms", "Verifying LMS signatures.", &["psa"], &["LMS_C"]),
    feature(
        "pkcs7",
        "PKCS#7 signed data.",
        &["x509-crl"],
        &["PKCS7_C", "X509_CRT_PARSE_C"],
    ),
    feature(
        "x509-csr",
        "Reading and writing certificate requests.",
        &["pem"],
        &["X509_CSR_PARSE_C", "X509_CSR_WRITE_C"],
    ),
    feature(
        "x509-crl",
        "Revocation lists.",
        &["pem"],
        &["X509_CRL_PARSE_C"],
    ),
    feature(
        "x509-write",
        "Writing certificates.",
        &["pem"],
        &["X509_CRT_WRITE_C"],
    ),
    feature(
        "tls",
        "TLS 1.2 with client and server.",
        &["pem", "aes-gcm"],
        &[
            "KEY_EXCHANGE_ECDHE_ECDSA_ENABLED",
            "SSL_ALPN",
            "SSL_CLI_C",
            "SSL_CONTEXT_SERIALIZATION",
            "SSL_EXTENDED_MASTER_SECRET",
            "SSL_KEEP_PEER_CERTIFICATE",
            "SSL_MAX_FRAGMENT_LENGTH",
            "SSL_PROTO_TLS1_2",
            "SSL_SERVER_NAME_INDICATION",
            "SSL_SESSION_TICKETS",
            "SSL_SRV_C",
            "SSL_TLS_C",
            "X509_CRT_PARSE_C",
        ],
    ),
    feature(
        "tls13",
        "TLS 1.3.",
        &["tls", "psa", "secp256r1", "hkdf"],
        &[
            "SSL_PROTO_TLS1_3",
            "SSL_TLS1_3_COMPATIBILITY_MODE",
            "SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ENABLED",
            "SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_EPHEMERAL_ENABLED",
            "SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED",
        ],
    ),
    feature(
        "dtls",
        "DTLS 1.2.",
        &["tls"],
        &[
            "SSL_COOKIE_C",
            "SSL_DTLS_ANTI_REPLAY",
            "SSL_DTLS_CLIENT_PORT_REUSE",
            "SSL_DTLS_CONNECTION_ID",
            "SSL_DTLS_HELLO_VERIFY",
            "SSL_PROTO_DTLS",
        ],
    ),
    feature(
        "self-test",
        "The library's own checks of its algorithms. With it ECC is for one thread: it counts in plain variables.",
        &[],
        &["SELF_TEST"],
    ),
];

/// The whole name of an option in the table.
pub(crate) fn whole_name(option: &str) -> String {
    if option.starts_with("PSA_WANT_") {
        option.to_owned()
    } else {
        format!("MBEDTLS_{option}")
    }
}

/// A feature by its name.
pub fn find(name: &str) -> Option<&'static Feature> {
    FEATURES.iter().find(|feature| feature.name == name)
}
