//! The readings of a macro's name.
use alloc::string::String;
use alloc::vec::Vec;

use super::decode::{self, Fit, Parts};
use super::owners;
use super::reading::{Candidate, Meaning};
use super::text::StrError;
use super::{Notation, Versions};
use crate::tables::{Code, Kind, by_name};

/// A name in the text, and whether it stands there in full.
pub(super) struct Named {
    pub readings: Vec<Candidate>,
    /// Without its prefix it is a name only where something beside it says so too.
    pub whole: bool,
    /// Whether it begins with the module of Mbed TLS at least: `SSL_CONN_EOF`.
    pub module: bool,
}

/// The readings of a word that may be the name of a code.
pub(super) fn readings(word: &str) -> Option<Named> {
    let upper = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    if !(4..=64).contains(&word.len()) || !word.bytes().all(upper) {
        return None;
    }
    let whole = |readings: Vec<Candidate>| Named {
        readings,
        whole: true,
        module: true,
    };
    if word.starts_with("MBEDTLS_ERR_") || word.starts_with("PSA_") || word.starts_with("TFM_") {
        return Some(whole(known(word))).filter(|named| !named.readings.is_empty());
    }
    if let Some(rest) = word.strip_prefix("POLARSSL_ERR_") {
        return Some(whole(prefixed("MBEDTLS_ERR_", rest)))
            .filter(|named| !named.readings.is_empty());
    }
    if let Some(reading) = foreign(word) {
        return Some(whole([reading].into()));
    }
    if !word.contains('_') {
        return None;
    }
    let (prefix, readings) = ["MBEDTLS_ERR_", "PSA_ERROR_", "MBEDTLS_"]
        .into_iter()
        .map(|prefix| (prefix, prefixed(prefix, word)))
        .find(|(_, readings)| !readings.is_empty())?;
    Some(Named {
        readings,
        whole: false,
        module: prefix == "MBEDTLS_ERR_",
    })
}

fn prefixed(prefix: &str, rest: &str) -> Vec<Candidate> {
    let mut name = String::with_capacity(prefix.len() + rest.len());
    name.push_str(prefix);
    name.push_str(rest);
    known(&name)
}

/// The readings of a whole name of Mbed TLS, PSA or TF-M: one for each value it has had.
fn known(name: &str) -> Vec<Candidate> {
    let mut readings: Vec<Candidate> = by_name(name).map(of_code).collect();
    readings.sort_by_key(|reading| core::cmp::Reverse(reading.score));
    readings
}

fn of_code(code: &Code) -> Candidate {
    let value = i64::from(code.value);
    let psa = code.is_psa() || code.kind == Kind::Alias || code.name.starts_with("TFM_");
    let (meaning, score) = if !psa {
        let magnitude = u16::try_from(code.value.unsigned_abs()).unwrap_or_default();
        let is_high = decode::is_high(magnitude);
        let parts = Parts {
            high: if is_high { magnitude } else { 0 },
            low: if is_high { 0 } else { magnitude },
            versions: code.versions,
            fit: Fit::Whole,
        };
        (Meaning::Mbedtls(parts), 80)
    } else if value > 0 || owners::is_tfm(value) {
        (Meaning::Tfm, 80)
    } else {
        // What a name meant for many years comes before what 4.x made of it.
        let alias = if code.kind == Kind::Alias { 20 } else { 0 };
        (Meaning::Psa, 80 - alias)
    };
    Candidate::new(value, Notation::Name, meaning, score)
}

fn foreign(word: &str) -> Option<Candidate> {
    let reading = |value: i64, meaning| Candidate::new(value, Notation::Name, meaning, 70);
    if word == "ESP_FAIL" {
        let meaning = Meaning::EspIdf {
            name: "ESP_FAIL",
            old: false,
        };
        return Some(reading(-1, meaning));
    }
    if let (Some(value), true) = (owners::esp_idf_of(word), word.starts_with("ESP_")) {
        let (name, old) = owners::esp_idf(value.into()).next()?;
        return Some(reading(value.into(), Meaning::EspIdf { name, old }));
    }
    if word.starts_with('E') && !word.contains('_') {
        let value = i64::from(owners::errno_of(word)?);
        let evidence = super::Evidence::default();
        let (name, numbering, _) =
            owners::errno(value, &evidence).find(|(name, ..)| *name == word)?;
        return Some(reading(value, Meaning::Errno { name, numbering }));
    }
    let value = i64::from(owners::wolfssl_of(word)?);
    let distinctive = word.ends_with("_E") && word.len() > 8 || word == "BAD_FUNC_ARG";
    distinctive
        .then(|| owners::wolfssl(value))?
        .map(|name| reading(value, Meaning::Wolfssl(name)))
}

/// The reading of a text of the C library's `strerror`.
pub(super) fn of_system_text(name: &'static str) -> Option<Vec<Candidate>> {
    if let Some(number) = owners::resolver_of(name) {
        let meaning = Meaning::Resolver { name, lwip: false };
        let value = -i64::from(number);
        return Some([Candidate::new(value, Notation::Name, meaning, 70)].into());
    }
    foreign(name).map(|reading| [reading].into())
}

/// The reading of two names joined by a plus, high-level one first.
pub(super) fn joined(high: &[Candidate], low: &[Candidate]) -> Vec<Candidate> {
    let mut readings = Vec::new();
    for h in high {
        for l in low {
            let (Meaning::Mbedtls(hp), Meaning::Mbedtls(lp)) = (h.meaning, l.meaning) else {
                continue;
            };
            if hp.low != 0 || lp.high != 0 {
                continue;
            }
            let value = h.value + l.value;
            let versions = hp
                .versions
                .intersection(lp.versions)
                .intersection(Versions::V2.union(Versions::V3));
            let parts = decode::mbedtls(value);
            let parts = parts.filter(|parts| parts.versions.meets(versions));
            readings.extend(parts.map(|mut parts| {
                parts.fit = Fit::Whole;
                Candidate::new(value, Notation::Name, Meaning::Mbedtls(parts), 80)
            }));
        }
    }
    readings
}

/// The readings of a text of `mbedtls_strerror`.
pub(super) fn of_text(text: StrError) -> Vec<Candidate> {
    let value = -i64::from(text.magnitude);
    let reading =
        |value, meaning, score| Candidate::new(value, Notation::StrerrorText, meaning, score);
    let mut readings = Vec::new();
    if let Some(code) = decode::psa(value).find(|code| code.is_psa()) {
        let meaning = if owners::is_tfm(code.value.into()) {
            Meaning::Tfm
        } else {
            Meaning::Psa
        };
        readings.push(reading(value, meaning, 75));
    }
    for mut parts in decode::mbedtls(value) {
        parts.versions = parts.versions.intersection(text.versions);
        if parts.versions.is_empty() || readings.iter().any(|r| r.meaning == Meaning::Psa) {
            continue;
        }
        let newest = if parts.versions.meets(Versions::V3) {
            2
        } else {
            0
        };
        // Where sockets are the platform's, the texts of their codes are not compiled in.
        let socket = (0x42..=0x52).contains(&text.magnitude);
        let score = match text.unknown {
            true if socket => 62,
            true => 40,
            false => 75,
        };
        readings.push(reading(value, Meaning::Mbedtls(parts), score + newest));
    }
    if text.unknown {
        readings.extend(of_unknown(text.magnitude));
    }
    readings
}

/// What a number was that `mbedtls_strerror` did not know.
fn of_unknown(magnitude: u16) -> Vec<Candidate> {
    let reading = |value, notation, meaning, score| Candidate::new(value, notation, meaning, score);
    let mut readings = Vec::new();
    let value = -i64::from(magnitude);
    if let Some((outer, inner)) = decode::sum_of_two(value) {
        let meaning = Meaning::Sum { outer, inner };
        readings.push(reading(value, Notation::StrerrorText, meaning, 56));
    }
    if magnitude >= 0x8000 {
        // The command-line tool was given a truncated number, and negated it.
        let value = i64::from(magnitude) - 0x1_0000;
        let parts = decode::mbedtls(value);
        readings
            .extend(parts.map(|parts| reading(value, Notation::U16, Meaning::Mbedtls(parts), 60)));
    }
    if magnitude < 0x80 {
        // A positive result looks the same to the function as a negative one.
        let success = Meaning::Success(super::reading::Success::Skipped);
        readings.push(reading(-value, Notation::StrerrorText, success, 50));
    }
    readings.push(reading(value, Notation::StrerrorText, Meaning::Unknown, 10));
    readings
}
