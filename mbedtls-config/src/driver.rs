//! The driver for P-256 beside Mbed TLS's own curves: the two shapes of a configuration that 3.6 allows.
//!
//! *P-256 and nothing else of curves*: the PSA half of the configuration is asked for (`MBEDTLS_PSA_CRYPTO_CONFIG`), the
//! driver does all of it, and neither ECP nor, without RSA, bignum is compiled. *More*: the legacy half is asked for, the
//! driver comes first and Mbed TLS's own code does the rest. The PSA half with the driver and a second curve is what
//! `check_config.h` refuses.

use crate::config::{Choice, Choices, Config, Origin};
use crate::error::{Contradiction, Error, Reason};
use crate::resolve::{PSA_CONFIG, Resolved, Search, apply, wanted_of_psa};

/// The option that makes Mbed TLS ask the driver.
pub(crate) const DRIVER: &str = "MBEDTLS_PSA_P256M_DRIVER_ENABLED";

/// What features bring for P-256, and what the driver makes needless.
const DONE_BY_THE_DRIVER: [&str; 5] = [
    "MBEDTLS_ECDH_C",
    "MBEDTLS_ECDSA_C",
    "MBEDTLS_ECP_C",
    "MBEDTLS_ECP_DP_SECP256R1_ENABLED",
    "MBEDTLS_ECP_NIST_OPTIM",
];

/// What no driver does: a key of a curve that comes of a key derivation.
const DERIVED_KEY: &str = "PSA_WANT_KEY_TYPE_ECC_KEY_PAIR_DERIVE";

/// What makes keys of anything, and so of a curve.
const DERIVATIONS: [&str; 3] = [
    "MBEDTLS_HKDF_C",
    "PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128",
    "PSA_WANT_ALG_PBKDF2_HMAC",
];

/// The options of which the PSA half alone knows, and what it derives from each: beside the legacy half that is written
/// out. (`config_adjust_legacy_from_psa.h`)
const ONLY_OF_PSA: [(&str, [&str; 3]); 2] = [
    (
        "PSA_WANT_ALG_PBKDF2_HMAC",
        [
            "MBEDTLS_PSA_BUILTIN_ALG_PBKDF2_HMAC",
            "PSA_HAVE_SOFT_PBKDF2",
            "PSA_HAVE_SOFT_PBKDF2_HMAC",
        ],
    ),
    (
        "PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128",
        [
            "MBEDTLS_PSA_BUILTIN_ALG_PBKDF2_AES_CMAC_PRF_128",
            "PSA_HAVE_SOFT_PBKDF2",
            "PSA_HAVE_SOFT_PBKDF2_CMAC",
        ],
    ),
];

/// Resolves a configuration with the driver.
pub(crate) fn resolve(config: &Config, search: &mut Search<'_>) -> Result<Resolved, Error> {
    if config.on.contains_key(PSA_CONFIG) {
        let resolved = search.close(config.on.clone());
        return resolved.map_err(|error| refusal(config).unwrap_or(Error::Contradiction(error)));
    }
    let mut on = config.on.clone();
    for (want, derived) in ONLY_OF_PSA {
        if on.contains_key(want) {
            apply(&mut on, &derived, want);
        }
    }
    let legacy = search.close(on).map_err(Error::Contradiction)?;
    Ok(alone(config, &legacy, search).unwrap_or(legacy))
}

/// The configuration without Mbed TLS's own curves; nothing when something wants them.
fn alone(config: &Config, legacy: &Resolved, search: &mut Search<'_>) -> Option<Resolved> {
    if !legacy.is_enabled("MBEDTLS_USE_PSA_CRYPTO")
        || DERIVATIONS.iter().any(|name| legacy.is_enabled(name))
    {
        return None;
    }
    let needless = |name: &str, choice: &Choice| {
        DONE_BY_THE_DRIVER.contains(&name) && choice.origin != Origin::Asked
    };
    let mut on: Choices = config
        .on
        .iter()
        .filter(|(name, choice)| !needless(name, choice))
        .map(|(name, choice)| (*name, choice.clone()))
        .collect();
    for (want, by) in wanted_of_psa(config, legacy) {
        if want != DERIVED_KEY {
            apply(&mut on, &[want], by.unwrap_or(DRIVER));
        }
    }
    apply(&mut on, &[PSA_CONFIG], DRIVER);
    let small = search.close(on).ok()?;
    (!small.is_enabled("MBEDTLS_ECP_LIGHT")).then_some(small)
}

/// A second curve, which the PSA half cannot have beside the driver.
fn refusal(config: &Config) -> Option<Error> {
    let is_curve =
        |name: &str| name.starts_with("MBEDTLS_ECP_DP_") || name.starts_with("PSA_WANT_ECC_");
    let curve = config.on.keys().find(|name| {
        is_curve(name) && !name.contains("SECP256R1") && !name.contains("SECP_R1_256")
    })?;
    Some(Error::Contradiction(Contradiction {
        chain: vec![DRIVER.to_owned()],
        reason: Reason::OneCurve((*curve).to_owned()),
    }))
}
