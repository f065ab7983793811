//! Mbed TLS as a client of a PSA core that is elsewhere: what that core offers, and what it need not be given twice.

/// What the secure side of TF-M offers: one of its named profiles. A build of TF-M 2.1 or 2.2 does not export it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SecureProfile {
    /// ECDSA and ECDH with P-256, SHA-256, AES-CCM, HKDF.
    Medium,
    /// More curves, hashes and modes, and RSA.
    Large,
}

impl SecureProfile {
    /// The cargo feature of the root package that asks for it.
    pub fn feature(self) -> &'static str {
        match self {
            Self::Medium => "tfm",
            Self::Large => "tfm-large",
        }
    }

    /// Names of `PSA_WANT_` macros.
    ///
    /// ```
    /// use mbedtls_config::SecureProfile;
    ///
    /// let mut wants = SecureProfile::Medium.wants();
    /// assert!(wants.any(|name| name == "PSA_WANT_ECC_SECP_R1_256"));
    /// ```
    pub fn wants(self) -> impl Iterator<Item = &'static str> {
        let text = match self {
            Self::Medium => include_str!("../data/tfm/medium.txt"),
            Self::Large => include_str!("../data/tfm/large.txt"),
        };
        text.lines().filter(|line| !line.starts_with('#'))
    }
}

/// Options that belong to the core and never to its client.
pub(crate) const LEFT_TO_THE_CORE: [&str; 6] = [
    "MBEDTLS_CTR_DRBG_C",
    "MBEDTLS_ENTROPY_C",
    "MBEDTLS_PSA_CRYPTO_C",
    "MBEDTLS_PSA_CRYPTO_STORAGE_C",
    "MBEDTLS_PSA_KEY_STORE_DYNAMIC",
    "MBEDTLS_PSA_P256M_DRIVER_ENABLED",
];

/// What features ask of a core in this image. What one elsewhere has, its profile says.
pub(crate) const ONLY_IN_THE_CORE: [&str; 2] = [
    "PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128",
    "PSA_WANT_ALG_PBKDF2_HMAC",
];

/// What RSA of a client needs of its core: pk.c asks it for what its own RSA cannot do, and does not compile where the
/// core has none. Mbed TLS's own checks do not know that.
pub(crate) const RSA_ELSEWHERE: &str = "PSA_WANT_KEY_TYPE_RSA_PUBLIC_KEY";

/// The hashes that a core may have, by what follows `PSA_WANT_ALG_` and `PSA_ALG_`.
pub(crate) const HASHES: [&str; 11] = [
    "MD5",
    "RIPEMD160",
    "SHA_1",
    "SHA_224",
    "SHA_256",
    "SHA_384",
    "SHA_512",
    "SHA3_224",
    "SHA3_256",
    "SHA3_384",
    "SHA3_512",
];

/// What a core offers, and the option that would bring the same as code of the client. A feature that brings the option
/// then brings nothing; what cannot go without the client's own code still gets it, because it needs it.
const OFFERED: [(&str, &str); 19] = [
    ("PSA_WANT_ALG_CCM", "MBEDTLS_CCM_C"),
    ("PSA_WANT_ALG_CMAC", "MBEDTLS_CMAC_C"),
    (
        "PSA_WANT_ALG_DETERMINISTIC_ECDSA",
        "MBEDTLS_ECDSA_DETERMINISTIC",
    ),
    ("PSA_WANT_ALG_DETERMINISTIC_ECDSA", "MBEDTLS_HMAC_DRBG_C"),
    ("PSA_WANT_ALG_ECDH", "MBEDTLS_ECDH_C"),
    ("PSA_WANT_ALG_ECDSA", "MBEDTLS_ECDSA_C"),
    // A signature that is made elsewhere cannot be interrupted here.
    ("PSA_WANT_ALG_ECDSA", "MBEDTLS_ECP_RESTARTABLE"),
    ("PSA_WANT_ALG_GCM", "MBEDTLS_GCM_C"),
    ("PSA_WANT_ALG_HKDF", "MBEDTLS_HKDF_C"),
    ("PSA_WANT_ALG_SHA_224", "MBEDTLS_SHA224_C"),
    ("PSA_WANT_ALG_SHA_256", "MBEDTLS_SHA256_C"),
    ("PSA_WANT_ALG_SHA_384", "MBEDTLS_SHA384_C"),
    ("PSA_WANT_ALG_SHA_512", "MBEDTLS_SHA512_C"),
    (
        "PSA_WANT_ECC_SECP_R1_256",
        "MBEDTLS_ECP_DP_SECP256R1_ENABLED",
    ),
    ("PSA_WANT_ECC_SECP_R1_256", "MBEDTLS_ECP_NIST_OPTIM"),
    (
        "PSA_WANT_ECC_SECP_R1_384",
        "MBEDTLS_ECP_DP_SECP384R1_ENABLED",
    ),
    ("PSA_WANT_KEY_TYPE_AES", "MBEDTLS_AES_C"),
    ("PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_BASIC", "MBEDTLS_ECP_C"),
    ("PSA_WANT_KEY_TYPE_ECC_PUBLIC_KEY", "MBEDTLS_ECP_C"),
];

/// The options that a core with these `PSA_WANT_` macros makes needless.
pub(crate) fn needless<'a>(wants: &'a [&str]) -> impl Iterator<Item = &'static str> + 'a {
    OFFERED
        .iter()
        .filter(|(want, _)| wants.contains(want))
        .map(|(_, option)| *option)
}
