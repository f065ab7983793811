//! Numbers to codes, per line of versions.

use super::Versions;
use crate::tables::{Code, Kind, by_value};

/// What a number means in some versions of Mbed TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// Magnitude of the high-level part; 0 if there is none.
    pub high: u16,
    /// Magnitude of the low-level part; 0 if there is none.
    pub low: u16,
    /// The versions in which every part that has a macro has this one.
    pub versions: Versions,
    pub fit: Fit,
}

/// How well the parts of a number fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Neither an unknown part nor a strange combination.
    Whole,
    /// Both parts are known, but the library hardly adds these two.
    Strange,
    /// The high-level part is known, the low-level part is not.
    HighOnly,
    /// The low-level part is known, the high-level part is not.
    LowOnly,
}

/// Magnitude of the fatal alert, whose lowest bits are no low-level code.
pub(super) const FATAL_ALERT: u16 = 0x7780;

/// Whether a magnitude has no low-level part.
pub(super) const fn is_high(magnitude: u16) -> bool {
    magnitude % 0x80 == 0
}

/// The macros of Mbed TLS with this magnitude in these versions, public ones first.
pub(super) fn macros(magnitude: u16, versions: Versions) -> impl Iterator<Item = &'static Code> {
    known(by_value(-i32::from(magnitude)), versions)
}

fn known(codes: &'static [Code], versions: Versions) -> impl Iterator<Item = &'static Code> {
    let known = move |code: &&Code| code.is_mbedtls() && code.versions.meets(versions);
    let public = codes.iter().filter(|code| code.kind != Kind::Private);
    let private = codes.iter().filter(|code| code.kind == Kind::Private);
    public.chain(private).filter(known)
}

/// The macros with one magnitude, and the versions that have any of them.
#[derive(Clone, Copy)]
struct Place {
    codes: &'static [Code],
    versions: Versions,
}

impl Place {
    fn new(magnitude: u16) -> Self {
        let codes = match magnitude {
            0 => &[],
            _ => by_value(-i32::from(magnitude)),
        };
        let known = codes.iter().filter(|code| code.is_mbedtls());
        let versions = known.map(|code| code.versions);
        Self {
            codes,
            versions: versions.fold(Versions::default(), Versions::union),
        }
    }

    /// The macro to say first in these versions.
    fn first(&self, versions: Versions) -> Option<&'static Code> {
        let mut private = None;
        for code in self.codes {
            if code.is_mbedtls() && code.versions.meets(versions) {
                if code.kind != Kind::Private {
                    return Some(code);
                }
                private = private.or(Some(code));
            }
        }
        private
    }
}

/// A magnitude with the macros of the whole and of its two parts, of all versions.
struct Places {
    magnitude: u16,
    whole: Place,
    high: Place,
    low: Place,
}

/// Every way in which versions of Mbed TLS read a negative number, the newest version first.
pub(super) fn mbedtls(value: i64) -> impl Iterator<Item = Parts> + use<> {
    let mut readings = [None; 3];
    let magnitude = u16::try_from(-value).unwrap_or_default();
    if (1..=0x7FFF).contains(&magnitude) {
        let places = Places {
            magnitude,
            whole: Place::new(magnitude),
            high: Place::new(magnitude & !0x7F),
            low: Place::new(magnitude & 0x7F),
        };
        places.readings(&mut readings);
    }
    readings.into_iter().flatten()
}

impl Places {
    fn readings(&self, readings: &mut [Option<Parts>; 3]) {
        let mut count = 0;
        for family in [Versions::V3, Versions::V4, Versions::V2] {
            let Some(parts) = self.in_family(family) else {
                continue;
            };
            let same = |other: &&mut Parts| {
                (other.high, other.low) == (parts.high, parts.low)
                    && self.agree(parts.versions, other.versions)
            };
            if let Some(other) = readings.iter_mut().flatten().find(same) {
                other.versions = other.versions.union(parts.versions);
            } else {
                readings[count] = Some(parts);
                count += 1;
            }
        }
    }

    /// Whether two sets of versions give the parts the same names.
    fn agree(&self, one: Versions, other: Versions) -> bool {
        [self.whole, self.high, self.low].into_iter().all(|place| {
            let first = |versions| place.first(versions).map(|code| code.name);
            first(one) == first(other)
        })
    }

    fn in_family(&self, family: Versions) -> Option<Parts> {
        let whole = |high, low, versions| Parts {
            high,
            low,
            versions,
            fit: Fit::Whole,
        };
        let exact = self.whole.versions.intersection(family);
        if !exact.is_empty() {
            let parts = if is_high(self.magnitude) {
                whole(self.magnitude, 0, exact)
            } else {
                whole(0, self.magnitude, exact)
            };
            return Some(parts);
        }
        let (high, low) = (self.magnitude & !0x7F, self.magnitude & 0x7F);
        // From 4.0 on a code is never put together from two.
        if family == Versions::V4 || high == 0 || low == 0 {
            return None;
        }
        let of_high = self.high.versions.intersection(family);
        let of_low = self.low.versions.intersection(family);
        if high == FATAL_ALERT && !of_high.is_empty() {
            return Some(whole(high, low, of_high));
        }
        let (versions, fit) = match (of_high.is_empty(), of_low.is_empty()) {
            (true, true) => return None,
            (false, true) => (of_high, Fit::HighOnly),
            (true, false) => (of_low, Fit::LowOnly),
            (false, false) => (of_high.intersection(of_low), self.fit(family)),
        };
        let mut parts = whole(high, low, versions);
        parts.fit = fit;
        Some(parts)
    }

    /// Whether the library adds such a low-level code to such a high-level code.
    fn fit(&self, family: Versions) -> Fit {
        let (Some(high), Some(low)) = (self.high.first(family), self.low.first(family)) else {
            return Fit::Strange;
        };
        let Some(name) = high.name.get(PREFIX.len()..) else {
            return Fit::Strange;
        };
        let added = ADDED.iter().find(|(added, _)| *added == name);
        if added.is_some_and(|(_, modules)| modules.contains(&low.module())) {
            Fit::Whole
        } else {
            Fit::Strange
        }
    }
}

const PREFIX: &str = "MBEDTLS_ERR";

/// The high-level codes to which the library adds what it got from below, and the modules that
/// are below. Every other code is returned as it is.
const ADDED: &[(&str, &[&str])] = &[
    ("_X509_INVALID_EXTENSIONS", DER),
    ("_X509_INVALID_ALG", DER),
    ("_X509_INVALID_FORMAT", DER),
    ("_X509_INVALID_NAME", DER),
    ("_X509_INVALID_VERSION", DER),
    ("_X509_INVALID_DATE", DER),
    ("_X509_INVALID_SIGNATURE", DER),
    ("_X509_INVALID_SERIAL", DER),
    ("_X509_UNKNOWN_SIG_ALG", DER),
    ("_X509_FEATURE_UNAVAILABLE", DER),
    ("_PK_KEY_INVALID_FORMAT", DER),
    ("_PK_KEY_INVALID_VERSION", DER),
    ("_PK_INVALID_PUBKEY", DER),
    ("_PK_INVALID_ALG", DER),
    ("_PKCS5_INVALID_FORMAT", DER),
    ("_PKCS12_PBE_INVALID_FORMAT", DER),
    ("_PKCS7_INVALID_FORMAT", DER),
    ("_PKCS7_INVALID_CONTENT_INFO", DER),
    ("_PKCS7_INVALID_ALG", DER),
    ("_PKCS7_INVALID_VERSION", DER),
    ("_PKCS7_INVALID_SIGNER_INFO", DER),
    ("_PKCS7_INVALID_CERT", DER),
    ("_DHM_INVALID_FORMAT", DER),
    ("_PEM_INVALID_DATA", &["BASE64"]),
    ("_RSA_BAD_INPUT_DATA", NUMBERS),
    ("_RSA_RNG_FAILED", &["CTR_DRBG", "HMAC_DRBG", "ENTROPY"]),
    ("_RSA_PUBLIC_FAILED", NUMBERS),
    ("_RSA_PRIVATE_FAILED", NUMBERS),
    ("_RSA_KEY_GEN_FAILED", NUMBERS),
    ("_RSA_KEY_CHECK_FAILED", NUMBERS),
    ("_DHM_SET_GROUP_FAILED", NUMBERS),
    ("_DHM_READ_PUBLIC_FAILED", NUMBERS),
    ("_DHM_READ_PARAMS_FAILED", NUMBERS),
    ("_DHM_MAKE_PUBLIC_FAILED", NUMBERS),
    ("_DHM_MAKE_PARAMS_FAILED", NUMBERS),
    ("_DHM_CALC_SECRET_FAILED", NUMBERS),
    ("_SSL_INTERNAL_ERROR", &["MPI", "ASN1"]),
];
const DER: &[&str] = &["ASN1", "OID", "MPI", "ERROR"];
const NUMBERS: &[&str] = &["MPI", "ASN1", "CTR_DRBG", "HMAC_DRBG", "ENTROPY"];

/// Two high-level codes whose sum a number is, the likeliest pair first: functions that add the code
/// of an inner function to their own get such a number when the inner code is high-level too.
pub(super) fn sum_of_two(value: i64) -> Option<(u16, u16)> {
    let sum = u16::try_from(-value).ok().filter(|sum| *sum > 0x7FFF)?;
    let known = |part: u16| is_high(part) && macros(part, Versions::MBEDTLS).next().is_some();
    OUTER.into_iter().find_map(|outer| {
        let inner = sum.checked_sub(outer)?;
        ((0x1000..=0x7F80).contains(&inner) && known(inner)).then_some((outer, inner))
    })
}

/// The codes that functions add to what they got from below: RSA private, public, key generation,
/// random numbers, bad input; PK key format, public key.
const OUTER: [u16; 7] = [0x4300, 0x4280, 0x4180, 0x4480, 0x4080, 0x3D00, 0x3B00];

/// The macros of PSA and TF-M with this value, the names in use today first.
pub(super) fn psa(value: i64) -> impl Iterator<Item = &'static Code> {
    let codes = in_psa_range(value);
    let today = Versions::V3.union(Versions::V4);
    let is_psa = |code: &&Code| code.is_psa() || code.name.starts_with("TFM_");
    let newest = codes.iter().filter(move |code| code.versions.meets(today));
    let others = codes.iter().filter(move |code| !code.versions.meets(today));
    newest.chain(others).filter(is_psa)
}

/// The macros with a value as small as those of PSA and TF-M.
fn in_psa_range(value: i64) -> &'static [Code] {
    let small = i32::try_from(value).ok().filter(|v| (-300..64).contains(v));
    small.map_or(&[], by_value)
}

/// The names that a PSA status has as `MBEDTLS_ERR_*` in Mbed TLS 4.x.
pub(super) fn aliases(value: i64) -> impl Iterator<Item = &'static Code> {
    in_psa_range(value)
        .iter()
        .filter(|code| code.kind == Kind::Alias)
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn every_code_that_gets_another_added_exists() {
        let codes: Vec<&Code> = (-0x7FFF..0).flat_map(by_value).collect();
        for (name, modules) in ADDED {
            let is = |code: &&Code| code.name.strip_prefix(PREFIX) == Some(name);
            assert!(codes.iter().any(is), "{name}");
            for module in *modules {
                let found = codes.iter().any(|code| code.module() == *module);
                assert!(found, "{name}: {module}");
            }
        }
    }
}
