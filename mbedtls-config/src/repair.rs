//! Ways out of a refusal: which options, switched on, make a condition come out differently.

use std::collections::{BTreeMap, BTreeSet};

use crate::expr::{Expr, Lookup};
use crate::facts::{Cause, Facts, HIDDEN};
use crate::rules::{Macros, Met};

/// Options to switch on together.
pub(crate) type Remedy = BTreeSet<&'static str>;

/// More alternatives than this are not looked at.
const MOST: usize = 24;

/// Options that are preferred where several would do, from the most to the least welcome.
const PREFERRED: [&str; 24] = [
    "MBEDTLS_AES_C",
    "MBEDTLS_SHA256_C",
    "MBEDTLS_ECP_DP_SECP256R1_ENABLED",
    "MBEDTLS_ECP_C",
    "MBEDTLS_MD_C",
    "MBEDTLS_CTR_DRBG_C",
    "MBEDTLS_ENTROPY_C",
    "MBEDTLS_CIPHER_C",
    "MBEDTLS_BIGNUM_C",
    "MBEDTLS_OID_C",
    "MBEDTLS_ASN1_PARSE_C",
    "MBEDTLS_ASN1_WRITE_C",
    "MBEDTLS_BASE64_C",
    "MBEDTLS_PLATFORM_C",
    "MBEDTLS_ECDSA_C",
    "MBEDTLS_ECDH_C",
    "MBEDTLS_PSA_CRYPTO_C",
    "MBEDTLS_PKCS1_V15",
    "MBEDTLS_GCM_C",
    "MBEDTLS_THREADING_PTHREAD",
    "MBEDTLS_CIPHER_MODE_CBC",
    "MBEDTLS_SSL_PROTO_TLS1_2",
    "MBEDTLS_KEY_EXCHANGE_ECDHE_ECDSA_ENABLED",
    "MBEDTLS_SSL_TLS1_3_KEY_EXCHANGE_MODE_EPHEMERAL_ENABLED",
];

/// Options that change who implements what, or how safe it is: only a person may switch them on.
fn is_a_persons_choice(name: &str) -> bool {
    const WHOLE: [&str; 12] = [
        "MBEDTLS_PSA_CRYPTO_CONFIG",
        "MBEDTLS_PSA_CRYPTO_CLIENT",
        "MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG",
        "MBEDTLS_PSA_CRYPTO_SPM",
        "MBEDTLS_PSA_CRYPTO_SE_C",
        "MBEDTLS_PSA_P256M_DRIVER_ENABLED",
        "MBEDTLS_PSA_INJECT_ENTROPY",
        "MBEDTLS_NO_PLATFORM_ENTROPY",
        "MBEDTLS_NO_DEFAULT_ENTROPY_SOURCES",
        "MBEDTLS_CIPHER_NULL_CIPHER",
        "MBEDTLS_TEST_HOOKS",
        "MBEDTLS_USE_PSA_CRYPTO",
    ];
    WHOLE.contains(&name)
        || name.ends_with("_ALT")
        || name.starts_with("MBEDTLS_DEPRECATED")
        || name.contains("_TEST_")
}

/// How unwelcome a remedy is.
fn cost(remedy: &Remedy) -> usize {
    remedy
        .iter()
        .map(|name| {
            PREFERRED
                .iter()
                .position(|other| other == name)
                .map_or(100, |rank| 10 + rank)
        })
        .sum()
}

/// Looks for remedies in one state of the configuration.
pub(crate) struct Repair<'a> {
    pub(crate) facts: &'static Facts,
    pub(crate) causes: &'a BTreeMap<&'static str, Vec<Cause>>,
    /// Every macro that is defined now.
    pub(crate) macros: &'a Macros,
    /// Options that may not be switched on.
    pub(crate) off: &'a BTreeSet<&'static str>,
    /// Names of `PSA_WANT_` are options only with `MBEDTLS_PSA_CRYPTO_CONFIG`.
    pub(crate) psa_config: bool,
}

impl Repair<'_> {
    /// Every way to leave a path of conditions, the most welcome first.
    pub(crate) fn leave(&self, path: &[Met<'_>]) -> Vec<Remedy> {
        let mut visited = Vec::new();
        let ways = path
            .iter()
            .flat_map(|met| self.make(met.expr, !met.held, &mut visited))
            .collect();
        sorted(ways)
            .into_iter()
            .filter(|remedy| !remedy.is_empty())
            .collect()
    }

    /// Every way to make a condition hold, the most welcome first.
    pub(crate) fn reach(&self, expr: &Expr) -> Vec<Remedy> {
        sorted(self.make(expr, true, &mut Vec::new()))
    }

    fn make<'e>(&self, expr: &'e Expr, wanted: bool, visited: &mut Vec<&'e str>) -> Vec<Remedy>
    where
        Self: 'e,
    {
        if expr.is_true(self.macros) == wanted {
            return vec![Remedy::new()];
        }
        match expr {
            Expr::Defined(name) if wanted => self.define(name, visited),
            Expr::Not(inner) => self.make(inner, !wanted, visited),
            Expr::And(parts) if wanted => self.all(parts.iter().map(|part| (part, true)), visited),
            Expr::Or(parts) if !wanted => self.all(parts.iter().map(|part| (part, false)), visited),
            Expr::And(parts) | Expr::Or(parts) => sorted(
                parts
                    .iter()
                    .flat_map(|part| self.make(part, wanted, visited))
                    .collect(),
            ),
            // Switching on never takes a macro away, and values are a person's choice.
            _ => Vec::new(),
        }
    }

    fn all<'e>(
        &self,
        parts: impl Iterator<Item = (&'e Expr, bool)>,
        visited: &mut Vec<&'e str>,
    ) -> Vec<Remedy>
    where
        Self: 'e,
    {
        let mut ways = vec![Remedy::new()];
        for (part, wanted) in parts {
            let more = self.make(part, wanted, visited);
            let joined = ways
                .iter()
                .flat_map(|way| more.iter().map(move |other| way | other))
                .collect();
            ways = sorted(joined);
        }
        ways
    }

    fn define<'e>(&self, name: &'e str, visited: &mut Vec<&'e str>) -> Vec<Remedy>
    where
        Self: 'e,
    {
        if let Some(option) = self.facts.option(name) {
            let offered = option.section != HIDDEN;
            let settable = offered && (!name.starts_with("PSA_WANT_") || self.psa_config);
            if settable
                && option.example.is_none()
                && !is_a_persons_choice(name)
                && !self.off.contains(name)
            {
                return vec![Remedy::from([option.name])];
            }
        }
        if visited.contains(&name) {
            return Vec::new();
        }
        visited.push(name);
        let mut ways = Vec::new();
        for cause in self.causes.get(name).into_iter().flatten() {
            let mut inner: Vec<&str> = visited.clone();
            ways.extend(self.all(cause.iter().map(|met| (met.expr, met.held)), &mut inner));
        }
        visited.pop();
        sorted(ways)
    }
}

/// The most welcome first, without repetitions and without those that contain a smaller one.
fn sorted(mut ways: Vec<Remedy>) -> Vec<Remedy> {
    ways.sort_by_cached_key(|way| (cost(way), way.len()));
    let mut kept: Vec<Remedy> = Vec::new();
    for way in ways {
        if kept.len() < MOST && !kept.iter().any(|smaller| smaller.is_subset(&way)) {
            kept.push(way);
        }
    }
    kept
}

/// The macros that a condition asked for and got: who is to blame that it holds.
pub(crate) fn askers(path: &[Met<'_>], macros: &impl Lookup) -> Vec<String> {
    fn collect(expr: &Expr, held: bool, macros: &impl Lookup, found: &mut Vec<String>) {
        match expr {
            Expr::Defined(name)
                if held && macros.lookup(name).is_some() && !found.contains(name) =>
            {
                found.push(name.clone());
            }
            Expr::Not(inner) => collect(inner, !held, macros, found),
            Expr::And(parts) | Expr::Or(parts) => {
                for part in parts {
                    collect(part, held, macros, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for met in path {
        collect(met.expr, met.held, macros, &mut found);
    }
    found
}
