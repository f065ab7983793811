//! What people want from a build, and how to tell whether it is there.

use mbedtls_config::expr::Expr;
use mbedtls_config::facts::Version;

use mbedtls_config::readers::Build;
use mbedtls_config::{Config, Platform};

/// Something that a build can or cannot do.
#[derive(Debug)]
pub struct Need {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, for a person.
    pub text: &'static str,
    /// Functions that must be compiled, all of them.
    pub functions: &'static [&'static str],
    /// A condition over macros, in the notation of the tables of mbedtls-config; empty when the functions say it all.
    condition: &'static str,
    /// A condition under which the PSA Crypto API does it; empty when it does not.
    psa: &'static str,
    /// Options that bring the condition about.
    options: &'static [&'static str],
}

/// A name that is no need.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no need `{name}`; known are: {known}", known = names())]
pub struct UnknownNeed {
    /// The name.
    pub name: String,
}

fn names() -> String {
    let names: Vec<&str> = NEEDS.iter().map(|need| need.name).collect();
    names.join(", ")
}

/// Finds needs by their names, separated by commas.
///
/// ```
/// use mbedtls_diag::buildconfig::find;
///
/// assert_eq!(find("pk-write-pem, strerror").unwrap()[1].name, "strerror");
/// assert!(find("teleport").is_err());
/// ```
pub fn find(list: &str) -> Result<Vec<&'static Need>, UnknownNeed> {
    let names = list
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names
        .map(|name| {
            let wanted = name.to_ascii_lowercase();
            NEEDS
                .iter()
                .find(|need| need.name == wanted)
                .ok_or_else(|| UnknownNeed {
                    name: name.to_string(),
                })
        })
        .collect()
}

impl Need {
    /// True when the build can do it.
    pub fn is_met(&self, build: &Build) -> bool {
        self.is_met_by_functions(build) || self.is_met_by_psa(build)
    }

    /// True when the build can do it through the PSA Crypto API and in no other way.
    pub fn is_met_only_by_psa(&self, build: &Build) -> bool {
        !self.is_met_by_functions(build) && self.is_met_by_psa(build)
    }

    /// True when the lines that brought the build here are what a person would choose: a key of the PK layer is an EC
    /// key, unless the build had RSA before.
    pub(super) fn is_well_met(&self, build: &Build, before: &Build) -> bool {
        let keys = self
            .functions
            .iter()
            .any(|name| name.starts_with("mbedtls_pk_") || name.starts_with("mbedtls_x509"));
        let ec = ["MBEDTLS_ECP_C", "MBEDTLS_PK_HAVE_ECC_KEYS"];
        self.is_met(build)
            && (!keys || before.is_on("MBEDTLS_RSA_C") || ec.iter().any(|name| build.is_on(name)))
    }

    /// True for an option that the condition of a function names itself.
    fn is_own(&self, option: &str) -> bool {
        let facts = Version::V3_6.facts();
        let mut own = false;
        for function in self.functions {
            for known in facts.function(function) {
                known.guard.each_macro(&mut |name| own |= name == option);
            }
        }
        own
    }

    fn is_met_by_functions(&self, build: &Build) -> bool {
        (self.condition.is_empty() || holds(build, self.condition))
            && self
                .functions
                .iter()
                .all(|function| is_there(build, function))
    }

    fn is_met_by_psa(&self, build: &Build) -> bool {
        let psa = build.is_on("MBEDTLS_PSA_CRYPTO_C") || build.is_on("MBEDTLS_PSA_CRYPTO_CLIENT");
        psa && !self.psa.is_empty() && holds(build, self.psa)
    }

    /// The options that it takes in a build: where the PSA core is chosen by Kconfig, those of PSA.
    pub(super) fn options_in(&self, build: &Build) -> Vec<String> {
        let psa = build.is_on("MBEDTLS_PSA_CRYPTO_CONFIG") && build.port().is_some();
        match Expr::parse(self.psa) {
            Ok(expr) if psa => {
                let mut options = Vec::new();
                expr.each_macro(&mut |name| options.push(name.to_string()));
                if self.psa.contains("_EC") {
                    options.extend(PSA_KEYS.map(ToString::to_string));
                }
                options
            }
            _ => self.options(),
        }
    }

    /// The options that it takes, starting from nothing; its own first, then what they depend on.
    pub fn options(&self) -> Vec<String> {
        let mut options: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if !options.iter().any(|known| known == name) {
                options.push(name.to_string());
            }
        };
        let required: Vec<String> = self
            .functions
            .iter()
            .flat_map(|function| Build::requirements(function).unwrap_or_default())
            .collect();
        // What the functions say themselves is what people look for; then what this need adds; then the rest.
        for name in required.iter().filter(|name| self.is_own(name)) {
            add(name);
        }
        for name in self.options {
            add(name);
        }
        for name in &required {
            add(name);
        }
        for name in closure(&options) {
            if !options.contains(&name) {
                options.push(name);
            }
        }
        options
    }
}

/// What a person writes who switches these on and nothing else.
fn closure(options: &[String]) -> Vec<String> {
    let mut config = Config::new(Platform::BareMetal);
    let platform = config.clone();
    for option in options {
        // Options that cannot be set by name are derived from the others.
        let _ = config.enable(option);
    }
    let (Ok(all), Ok(before)) = (config.resolve(), platform.resolve()) else {
        return Vec::new();
    };
    let on = all.options().map(|(name, _)| name);
    on.filter(|name| !before.is_enabled(name))
        .map(ToString::to_string)
        .collect()
}

/// The conditions are part of this crate; a test reads all of them.
fn holds(build: &Build, condition: &str) -> bool {
    Expr::parse(condition).is_ok_and(|expr| build.holds(&expr))
}

/// Compiled here, or by somebody else under an `_ALT` macro.
fn is_there(build: &Build, function: &str) -> bool {
    build.defines(function) == Some(true) || !build.alternatives(function).is_empty()
}

const fn function(
    name: &'static str,
    text: &'static str,
    functions: &'static [&'static str],
) -> Need {
    Need {
        name,
        text,
        functions,
        condition: "",
        psa: "",
        options: &[],
    }
}

const fn option(
    name: &'static str,
    text: &'static str,
    condition: &'static str,
    psa: &'static str,
    options: &'static [&'static str],
) -> Need {
    Need {
        name,
        text,
        functions: &[],
        condition,
        psa,
        options,
    }
}

/// A key of the PK layer can be written when one of these is there. A build that has P-256 means P-256.
const WRITABLE_KEY: &str = "MBEDTLS_ECP_C || MBEDTLS_PK_HAVE_ECC_KEYS || MBEDTLS_RSA_C && !MBEDTLS_ECP_DP_SECP256R1_ENABLED && !PSA_WANT_ECC_SECP_R1_256";
/// What a key on a curve takes besides; what is not needed is left out again.
const PSA_KEYS: [&str; 4] = [
    "PSA_WANT_ECC_SECP_R1_256",
    "PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_GENERATE",
    "PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_IMPORT",
    "PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_EXPORT",
];
const P256: [&str; 3] = [
    "MBEDTLS_ECP_C",
    "MBEDTLS_ECP_DP_SECP256R1_ENABLED",
    "MBEDTLS_BIGNUM_C",
];

/// Every need, in the order in which they are shown.
pub const NEEDS: &[Need] = &[
    option(
        "p256",
        "P-256 keys",
        "MBEDTLS_ECP_C && MBEDTLS_ECP_DP_SECP256R1_ENABLED",
        "PSA_WANT_ECC_SECP_R1_256",
        &P256,
    ),
    option(
        "ecdsa",
        "ECDSA signatures",
        "MBEDTLS_ECDSA_C",
        "PSA_WANT_ALG_ECDSA",
        &[
            "MBEDTLS_ECDSA_C",
            "MBEDTLS_ECP_C",
            "MBEDTLS_ECP_DP_SECP256R1_ENABLED",
            "MBEDTLS_BIGNUM_C",
            "MBEDTLS_ASN1_PARSE_C",
            "MBEDTLS_ASN1_WRITE_C",
        ],
    ),
    option(
        "ecdh",
        "ECDH key agreement",
        "MBEDTLS_ECDH_C",
        "PSA_WANT_ALG_ECDH",
        &[
            "MBEDTLS_ECDH_C",
            "MBEDTLS_ECP_C",
            "MBEDTLS_ECP_DP_SECP256R1_ENABLED",
            "MBEDTLS_BIGNUM_C",
        ],
    ),
    function("rsa", "RSA keys", &["mbedtls_rsa_pkcs1_sign"]),
    Need {
        name: "pk-write-der",
        text: "private key as DER",
        functions: &["mbedtls_pk_write_key_der"],
        condition: WRITABLE_KEY,
        psa: "",
        options: &P256,
    },
    Need {
        name: "pk-write-pem",
        text: "private key as PEM",
        functions: &["mbedtls_pk_write_key_pem"],
        condition: WRITABLE_KEY,
        psa: "",
        options: &P256,
    },
    Need {
        name: "pk-write-pubkey-pem",
        text: "public key as PEM",
        functions: &["mbedtls_pk_write_pubkey_pem"],
        condition: WRITABLE_KEY,
        psa: "",
        options: &P256,
    },
    function(
        "pk-parse-der",
        "reading keys as DER",
        &["mbedtls_pk_parse_key"],
    ),
    Need {
        name: "pk-parse-pem",
        text: "reading keys as PEM",
        functions: &["mbedtls_pk_parse_key", "mbedtls_pem_read_buffer"],
        condition: "",
        psa: "",
        options: &[],
    },
    function(
        "csr",
        "certificate requests as DER",
        &["mbedtls_x509write_csr_der"],
    ),
    function(
        "csr-pem",
        "certificate requests as PEM",
        &["mbedtls_x509write_csr_pem"],
    ),
    function(
        "csr-parse",
        "reading certificate requests",
        &["mbedtls_x509_csr_parse_der"],
    ),
    function(
        "x509-parse",
        "reading certificates as DER",
        &["mbedtls_x509_crt_parse_der"],
    ),
    function(
        "x509-parse-pem",
        "reading certificates as PEM",
        &["mbedtls_x509_crt_parse", "mbedtls_pem_read_buffer"],
    ),
    function(
        "x509-write",
        "writing certificates",
        &["mbedtls_x509write_crt_der"],
    ),
    Need {
        name: "strerror",
        text: "strerror",
        functions: &["mbedtls_strerror"],
        condition: "MBEDTLS_ERROR_C",
        psa: "",
        options: &["MBEDTLS_ERROR_C"],
    },
    function(
        "debug",
        "debug output of TLS",
        &["mbedtls_debug_set_threshold"],
    ),
    Need {
        name: "tls-client",
        text: "TLS client",
        functions: &["mbedtls_ssl_init"],
        condition: "MBEDTLS_SSL_CLI_C && (MBEDTLS_SSL_PROTO_TLS1_2 || MBEDTLS_SSL_PROTO_TLS1_3)",
        psa: "",
        options: &["MBEDTLS_SSL_CLI_C", "MBEDTLS_SSL_PROTO_TLS1_2"],
    },
    Need {
        name: "tls-server",
        text: "TLS server",
        functions: &["mbedtls_ssl_init"],
        condition: "MBEDTLS_SSL_SRV_C && (MBEDTLS_SSL_PROTO_TLS1_2 || MBEDTLS_SSL_PROTO_TLS1_3)",
        psa: "",
        options: &["MBEDTLS_SSL_SRV_C", "MBEDTLS_SSL_PROTO_TLS1_2"],
    },
    Need {
        name: "tls13",
        text: "TLS 1.3",
        functions: &["mbedtls_ssl_init"],
        condition: "MBEDTLS_SSL_PROTO_TLS1_3 && (MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_ENABLED || MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_PSK_EPHEMERAL_ENABLED || MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ENABLED)",
        psa: "",
        options: &[
            "MBEDTLS_SSL_PROTO_TLS1_3",
            "MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ENABLED",
            "MBEDTLS_SSL_KEEP_PEER_CERTIFICATE",
            "MBEDTLS_SSL_CLI_C",
            "MBEDTLS_PSA_CRYPTO_C",
            "MBEDTLS_CTR_DRBG_C",
            "MBEDTLS_ENTROPY_C",
            "MBEDTLS_AES_C",
        ],
    },
    Need {
        name: "dtls",
        text: "DTLS",
        functions: &["mbedtls_ssl_init"],
        condition: "MBEDTLS_SSL_PROTO_DTLS",
        psa: "",
        options: &[
            "MBEDTLS_SSL_PROTO_DTLS",
            "MBEDTLS_SSL_PROTO_TLS1_2",
            "MBEDTLS_SSL_CLI_C",
        ],
    },
    option(
        "psa",
        "PSA Crypto API",
        "MBEDTLS_PSA_CRYPTO_C || MBEDTLS_PSA_CRYPTO_CLIENT",
        "",
        &[
            "MBEDTLS_PSA_CRYPTO_C",
            "MBEDTLS_CTR_DRBG_C",
            "MBEDTLS_ENTROPY_C",
            "MBEDTLS_AES_C",
            "MBEDTLS_SHA256_C",
        ],
    ),
    option(
        "persistent-keys",
        "PSA keys that survive a reset",
        "MBEDTLS_PSA_CRYPTO_STORAGE_C || MBEDTLS_PSA_CRYPTO_CLIENT && !MBEDTLS_PSA_CRYPTO_C",
        "",
        &[
            "MBEDTLS_PSA_CRYPTO_STORAGE_C",
            "MBEDTLS_PSA_CRYPTO_C",
            "MBEDTLS_CTR_DRBG_C",
            "MBEDTLS_ENTROPY_C",
            "MBEDTLS_AES_C",
            "MBEDTLS_SHA256_C",
        ],
    ),
    option(
        "random",
        "random numbers",
        "MBEDTLS_CTR_DRBG_C || MBEDTLS_HMAC_DRBG_C || MBEDTLS_PSA_CRYPTO_C || MBEDTLS_PSA_CRYPTO_CLIENT",
        "",
        &[
            "MBEDTLS_CTR_DRBG_C",
            "MBEDTLS_AES_C",
            "MBEDTLS_ENTROPY_C",
            "MBEDTLS_SHA256_C",
        ],
    ),
    option(
        "sha256",
        "SHA-256",
        "MBEDTLS_SHA256_C",
        "PSA_WANT_ALG_SHA_256",
        &["MBEDTLS_SHA256_C"],
    ),
    option(
        "sha512",
        "SHA-512",
        "MBEDTLS_SHA512_C",
        "PSA_WANT_ALG_SHA_512",
        &["MBEDTLS_SHA512_C"],
    ),
    function("hmac", "HMAC", &["mbedtls_md_hmac"]),
    option(
        "aes-gcm",
        "AES-GCM",
        "MBEDTLS_GCM_C && MBEDTLS_AES_C",
        "PSA_WANT_ALG_GCM && PSA_WANT_KEY_TYPE_AES",
        &["MBEDTLS_GCM_C", "MBEDTLS_AES_C"],
    ),
    option(
        "aes-ccm",
        "AES-CCM",
        "MBEDTLS_CCM_C && MBEDTLS_AES_C",
        "PSA_WANT_ALG_CCM && PSA_WANT_KEY_TYPE_AES",
        &["MBEDTLS_CCM_C", "MBEDTLS_AES_C"],
    ),
    option(
        "chacha20-poly1305",
        "ChaCha20-Poly1305",
        "MBEDTLS_CHACHAPOLY_C",
        "PSA_WANT_ALG_CHACHA20_POLY1305",
        &[
            "MBEDTLS_CHACHAPOLY_C",
            "MBEDTLS_CHACHA20_C",
            "MBEDTLS_POLY1305_C",
        ],
    ),
    option(
        "hkdf",
        "HKDF",
        "MBEDTLS_HKDF_C",
        "PSA_WANT_ALG_HKDF",
        &["MBEDTLS_HKDF_C", "MBEDTLS_MD_C", "MBEDTLS_SHA256_C"],
    ),
    function("pbkdf2", "PBKDF2", &["mbedtls_pkcs5_pbkdf2_hmac_ext"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_need_can_be_read_and_had() {
        for need in NEEDS {
            for condition in [need.condition, need.psa] {
                assert!(
                    condition.is_empty() || Expr::parse(condition).is_ok(),
                    "{condition}"
                );
            }
            assert!(!need.options().is_empty(), "{}", need.name);
        }
    }

    #[test]
    fn names_are_found_in_any_case() {
        assert_eq!(find("PK-write-PEM,").unwrap()[0].name, "pk-write-pem");
        let error = find("pk-write-pen").unwrap_err().to_string();
        assert!(error.contains("pk-write-pem"), "{error}");
    }
}
