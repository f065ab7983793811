//! The readings of a number, and how well each fits.
use alloc::vec::Vec;

use super::decode::{self, Fit, Parts};
use super::evidence::{Axis, Evidence};
use super::owners;
use super::reading::{Candidate, Meaning, Success};
use super::scan::{Form, Number};
use super::values::{Written, signed, values};
use super::{Notation, Versions};

/// Every reading of a number, best first.
pub(super) fn readings(number: &Number, evidence: &Evidence) -> Vec<Candidate> {
    let mut readings = Vec::with_capacity(8);
    for written in values(number, evidence.has(Axis::PrintsHex)) {
        if written.value < 0 {
            negative(number, written, evidence, &mut readings);
        } else {
            positive(number, written, evidence, &mut readings);
        }
    }
    if readings.is_empty() {
        readings.push(unknown(number, evidence));
    }
    readings.sort_by_key(|reading| core::cmp::Reverse(reading.score));
    readings
}

/// The reading of a number that nobody has.
fn unknown(number: &Number, evidence: &Evidence) -> Candidate {
    let value = i64::try_from(number.magnitude).unwrap_or(i64::MAX);
    let value = if number.negative { -value } else { value };
    let notation = if number.negative {
        signed(number)
    } else {
        Notation::Positive
    };
    let owner = evidence.of(Axis::Mbedtls).max(evidence.of(Axis::Psa));
    let owner = if number.negative { owner } else { 0 };
    Candidate::new(value, notation, Meaning::Unknown, 10 + owner)
}

/// Readings of an error.
fn negative(number: &Number, written: Written, evidence: &Evidence, readings: &mut Vec<Candidate>) {
    let Written {
        value,
        notation,
        ease,
    } = written;
    let mut add =
        |meaning, score| readings.push(Candidate::new(value, notation, meaning, score + ease));
    let is_psa = i32::try_from(value).is_ok_and(crate::is_psa_status);
    if !is_psa {
        let odd = matches!(
            notation,
            Notation::PositiveMagnitude | Notation::HexWithoutPrefix
        );
        for parts in decode::mbedtls(value) {
            if odd && parts.fit == Fit::LowOnly {
                continue;
            }
            add(
                Meaning::Mbedtls(parts),
                mbedtls_score(parts, number, value, evidence),
            );
        }
    }
    if let Some((outer, inner)) = decode::sum_of_two(value) {
        add(
            Meaning::Sum { outer, inner },
            45 + evidence.of(Axis::Mbedtls),
        );
    }
    let psa = evidence.of(Axis::Psa) + evidence.of(Axis::Mbedtls) / 3;
    if let Some(code) = decode::psa(value).next() {
        let tfm = owners::is_tfm(value);
        let score = if tfm { 46 } else { 54 };
        let psa = psa + if tfm { evidence.of(Axis::Tfm) } else { 0 };
        let meaning = if tfm || !code.is_psa() {
            Meaning::Tfm
        } else {
            Meaning::Psa
        };
        add(meaning, score + psa);
    }
    // Printed as 0xFFFFFFFF it is hardly meant for a mere "failed".
    let near = if notation == Notation::U32 { 20 } else { 40 };
    if value == -1 && evidence.of(Axis::Tfm) >= near {
        let mut changed = Candidate::new(-130, notation, Meaning::TfmChanged, 60);
        changed.score += ease;
        readings.push(changed);
    }
    // MicroPython prints what its sockets return in the same way as what the library returns.
    let hex = notation == Notation::HexWithoutPrefix && !evidence.has(Axis::PrintsHex);
    if notation != Notation::PositiveMagnitude && !hex {
        foreign(number, written, evidence, readings);
    }
}

fn mbedtls_score(parts: Parts, number: &Number, value: i64, evidence: &Evidence) -> i16 {
    let fit = match parts.fit {
        Fit::Whole if parts.high == 0 => owners::commonness(value),
        Fit::Whole if parts.low == 0 => 62,
        Fit::Whole => 58,
        Fit::Strange => 30,
        Fit::HighOnly => 22,
        Fit::LowOnly => 4,
    };
    // A small code without its sign is rare, unless it is called an error.
    let signless = !number.negative && number.form == Form::Decimal && number.magnitude < 0x80;
    let signless = if signless && !evidence.has(Axis::ErrorBeside) {
        -45
    } else {
        0
    };
    // Only Mbed TLS prints small errors in hexadecimal.
    let small = parts.high == 0 && number.form != Form::Decimal && number.magnitude < 0x80;
    let versions = |axis, versions| {
        if parts.versions.meets(versions) {
            evidence.of(axis)
        } else {
            0
        }
    };
    let version = versions(Axis::Version2, Versions::V2)
        .max(versions(Axis::Version3, Versions::V3))
        .max(versions(Axis::Version4, Versions::V4));
    let newest = if parts.versions.meets(Versions::V3) {
        2
    } else {
        0
    };
    // Words make a likely code likelier, and a strange one hardly.
    let bare = !number.negative && number.form == Form::Decimal;
    let called = evidence.has(Axis::ErrorBeside) || evidence.has(Axis::ResultBeside);
    let words = evidence.of(Axis::Mbedtls);
    let words = match parts.fit {
        _ if bare && !called => words / 3,
        Fit::Whole => words,
        _ => words / 2,
    };
    let count = if bare && evidence.of(Axis::Count) >= 30 {
        -30
    } else {
        0
    };
    fit + words + count + version + newest + signless + if small { 15 } else { 0 }
}

/// Readings of a negative number as another owner's.
fn foreign(number: &Number, written: Written, evidence: &Evidence, readings: &mut Vec<Candidate>) {
    let Written {
        value,
        notation,
        ease,
    } = written;
    let mut add =
        |meaning, score| readings.push(Candidate::new(value, notation, meaning, score + ease));
    let hex = if number.form == Form::Decimal { 0 } else { -25 };
    for (name, numbering, score) in owners::errno(-value, evidence) {
        add(
            Meaning::Errno { name, numbering },
            score + hex + evidence.of(Axis::Errno),
        );
    }
    if let Some((name, lwip)) = owners::resolver(-value) {
        // lwIP's numbers are hardly anything else; the usual ones are errno without such a word.
        let score = if lwip {
            26 + evidence.of(Axis::Errno) / 2
        } else {
            0
        };
        let words = evidence.of(Axis::Resolver);
        if lwip || words > 0 {
            add(Meaning::Resolver { name, lwip }, score + 2 * words);
        }
    }
    let lwip = evidence.of(Axis::Lwip);
    if let Some(name) = (lwip > 0).then(|| owners::lwip(value)).flatten() {
        add(Meaning::Lwip(name), 24 + 2 * lwip);
    }
    if let Some(name) = owners::axtls(value) {
        let words = evidence.of(Axis::Mbedtls).min(30);
        add(Meaning::AxTls(name), 36 + words + hex);
    }
    if let Some(name) = owners::wolfssl(value) {
        add(Meaning::Wolfssl(name), 18 + evidence.of(Axis::Wolfssl));
    }
    if value == -1 && evidence.of(Axis::EspIdf) > 20 {
        let meaning = Meaning::EspIdf {
            name: "ESP_FAIL",
            old: false,
        };
        add(meaning, 16 + evidence.of(Axis::EspIdf));
    }
}

/// Readings of a number that is not negative.
fn positive(number: &Number, written: Written, evidence: &Evidence, readings: &mut Vec<Candidate>) {
    let Written {
        value,
        notation,
        ease,
    } = written;
    let mut add = |value, meaning, score: i16| {
        readings.push(Candidate::new(value, notation, meaning, score + ease));
    };
    let decimal = number.form == Form::Decimal;
    for (name, old) in owners::esp_idf(value) {
        let base = if value < 0x1000 { 28 } else { 44 };
        let score = base - if decimal { 20 } else { 0 } - if old { 12 } else { 0 };
        add(
            value,
            Meaning::EspIdf { name, old },
            score + evidence.of(Axis::EspIdf),
        );
    }
    let psa = evidence.of(Axis::Psa);
    if psa >= 20 && evidence.of(Axis::Count) == 0 {
        if let Some(today) = owners::psa_2018(value) {
            add(today, Meaning::Psa2018, 18 + psa);
        }
        if value > 0 && decode::psa(value).any(|code| code.name.starts_with("TFM_")) {
            add(value, Meaning::Tfm, 8 + evidence.of(Axis::Tfm));
        }
    }
    if let Some(name) = owners::winsock(value).filter(|_| decimal) {
        add(
            value,
            Meaning::Winsock(name),
            30 + evidence.of(Axis::Windows),
        );
    }
    // What a modem says of credentials and keys is mostly told without `+CME ERROR`.
    let modem = evidence.of(Axis::Modem);
    if decimal && modem >= 20 && owners::is_cme(value) {
        add(value, Meaning::Cme, 26 + modem);
    }
    if owners::is_at_response(value) {
        add(value, Meaning::AtResponse, 40);
    }
    if decimal {
        without_sign(value, evidence, &mut add);
    }
    // A count has at most the size of a TLS record, or of a few, unless words speak of a count.
    let is_count = value <= 0x1_0000 || evidence.of(Axis::Count) > 0;
    if !is_count && notation != Notation::NegatedUnsigned {
        return;
    }
    let score = success_score(value, decimal, notation, evidence);
    add(value, Meaning::Success(success(value, evidence)), score);
}

/// Numbers of others that are printed without their sign.
fn without_sign(value: i64, evidence: &Evidence, add: &mut impl FnMut(i64, Meaning, i16)) {
    let called_error = evidence.has(Axis::ErrorBeside);
    if called_error || evidence.of(Axis::Errno) >= 40 {
        let doubt = if called_error { 6 } else { 20 };
        // The numbers of PSA are met without their sign more often than the highest errno.
        let doubt = if value > 128 { doubt + 20 } else { doubt };
        for (name, numbering, score) in owners::errno(value, evidence) {
            let score = score + evidence.of(Axis::Errno) / 2 - doubt;
            add(value, Meaning::Errno { name, numbering }, score);
        }
    }
    let words = evidence.of(Axis::Resolver);
    if let Some((name, lwip)) = owners::resolver(value).filter(|_| words > 0) {
        let score = if lwip { 30 } else { 0 };
        add(value, Meaning::Resolver { name, lwip }, score + words);
    }
    let wolfssl = evidence.of(Axis::Wolfssl);
    if let Some(name) = owners::wolfssl(-value).filter(|_| wolfssl >= 40) {
        add(-value, Meaning::Wolfssl(name), wolfssl);
    }
}

fn success(value: i64, evidence: &Evidence) -> Success {
    match value {
        0 => Success::Done,
        _ if is_fwu(value, evidence) => Success::Status,
        _ => Success::Bytes,
    }
}

/// Whether a positive status of a firmware update may be meant.
fn is_fwu(value: i64, evidence: &Evidence) -> bool {
    evidence.of(Axis::Tfm) >= 40 && decode::psa(value).any(crate::tables::Code::is_psa)
}

fn success_score(value: i64, decimal: bool, notation: Notation, evidence: &Evidence) -> i16 {
    let base = if value <= 0x1_0000 { 24 } else { 2 };
    let negated = notation == Notation::NegatedUnsigned;
    let fwu = if is_fwu(value, evidence) { 30 } else { 0 };
    let hex = if decimal || negated { 0 } else { -20 };
    let error = if evidence.has(Axis::ErrorBeside) {
        -20
    } else {
        0
    };
    base + evidence.of(Axis::Count) + fwu + hex + error + if negated { 24 } else { 0 }
}
