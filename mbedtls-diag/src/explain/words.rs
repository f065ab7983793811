//! Readings, put into words.
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::advice;
use super::alert;
use super::decode::{self, FATAL_ALERT, Fit, Parts};
use super::group::Group;
use super::reading::{Candidate, Meaning, Numbering, Success};
use super::report::certainty;
use super::{Certainty, Domain, Finding, Notation, Reading, Versions};
use crate::tables::Code;

/// What surrounds a finding.
pub(super) struct Said<'s> {
    pub line: &'s str,
    pub group: &'s Group,
    /// The number of an alert that the text names.
    pub alert: Option<u8>,
}

/// Puts a finding into words; there is at least one candidate.
pub(super) fn finding<'a>(text: &'a str, candidates: &[Candidate], said: &Said<'_>) -> Finding<'a> {
    let scores: Vec<i16> = candidates.iter().map(|c| c.score).collect();
    let readings: Vec<Reading> = candidates
        .iter()
        .enumerate()
        .map(|(i, candidate)| {
            let alone = candidate.notation == Notation::Name && candidates.len() == 1;
            let either = i == 0 || candidate.notation == Notation::Name;
            let certainty = if said.group.conflict && either {
                Certainty::Possible
            } else {
                certainty(&scores, i, candidate.named || alone)
            };
            reading(candidate, certainty, said)
        })
        .collect();
    let notes = notes(&readings, said);
    Finding {
        text,
        count: 1,
        readings,
        notes,
    }
}

fn reading(candidate: &Candidate, certainty: Certainty, said: &Said<'_>) -> Reading {
    let mut reading = Reading {
        value: candidate.value,
        notation: candidate.notation,
        domain: Domain::Unknown,
        names: Vec::new(),
        high: None,
        low: None,
        psa: None,
        module: None,
        header: None,
        versions: Versions::default(),
        certainty,
        meaning: Cow::Borrowed(""),
        causes: Vec::new(),
        actions: Vec::new(),
        reason: String::new(),
    };
    match candidate.meaning {
        Meaning::Mbedtls(parts) => mbedtls(&mut reading, parts, said),
        Meaning::Sum { outer, inner } => sum(&mut reading, outer, inner),
        Meaning::Psa | Meaning::Tfm | Meaning::TfmChanged | Meaning::Psa2018 => {
            psa(&mut reading, candidate.meaning);
        }
        Meaning::Errno { name, numbering } => errno(&mut reading, name, numbering),
        Meaning::Resolver { name, lwip } => {
            let module = if lwip {
                "getaddrinfo (lwIP: ESP-IDF and others)"
            } else {
                "getaddrinfo (Zephyr, Linux)"
            };
            owned(&mut reading, Domain::Errno, name, module);
        }
        Meaning::Wolfssl(name) => owned(&mut reading, Domain::Wolfssl, name, "wolfSSL"),
        Meaning::AxTls(name) => owned(&mut reading, Domain::Unknown, name, "axTLS"),
        Meaning::Lwip(name) => owned(&mut reading, Domain::Errno, name, "lwIP (err_t)"),
        Meaning::Winsock(name) => owned(&mut reading, Domain::Errno, name, "Windows Sockets"),
        Meaning::EspIdf { name, old } => {
            let module = if old {
                "ESP-IDF 4.2 and older"
            } else {
                "ESP-IDF"
            };
            owned(&mut reading, Domain::EspIdf, name, module);
        }
        Meaning::Cme => modem(&mut reading, candidate.value, "AT command interface"),
        Meaning::AtResponse => at_response(&mut reading),
        Meaning::Success(success) => succeeded(&mut reading, success, said),
        Meaning::Unknown => {
            reading.meaning = Cow::Borrowed(
                "no version of Mbed TLS, PSA, TF-M nor another known owner has this number",
            );
            reading
                .actions
                .push("check that the number was copied whole, and which function returned it");
        }
    }
    reading.reason = reason(&reading, candidate, said);
    reading
}

fn mbedtls(reading: &mut Reading, parts: Parts, said: &Said<'_>) {
    reading.domain = Domain::Mbedtls;
    reading.versions = parts.versions;
    let first = |magnitude: u16| decode::macros(magnitude, parts.versions).next();
    let high = (parts.high != 0).then(|| first(parts.high)).flatten();
    let is_alert = parts.high == FATAL_ALERT;
    let low = (parts.low != 0 && !is_alert)
        .then(|| first(parts.low))
        .flatten();
    reading.high = high.map(|code| code.name);
    reading.low = low.map(|code| code.name);
    for magnitude in [parts.high, parts.low].into_iter().filter(|m| *m != 0) {
        if !(is_alert && magnitude == parts.low) {
            let names = decode::macros(magnitude, parts.versions).map(|code| code.name);
            reading.names.extend(names);
        }
    }
    let main = high.or(low);
    reading.module = main.map(Code::module);
    reading.header = main.map(|code| code.header);
    reading.meaning = match (high, low) {
        (Some(high), Some(low)) => format!("{}; below it: {}", advice::meaning(high), advice::meaning(low)).into(),
        (Some(code), None) if parts.fit == Fit::HighOnly => format!(
            "{}; what was added to it, {:#04x}, is no code of these versions",
            advice::meaning(code),
            parts.low
        )
        .into(),
        (None, Some(code)) if parts.high != 0 => format!(
            "the low-level part says: {}; the high-level part, {:#06x}, is no code of these versions",
            advice::meaning(code),
            parts.high
        )
        .into(),
        (Some(code), None) | (None, Some(code)) => advice::meaning(code).into(),
        (None, None) => Cow::Borrowed(""),
    };
    if is_alert {
        let number = said
            .alert
            .or_else(|| u8::try_from(parts.low).ok().filter(|low| *low != 0));
        let alert = number.and_then(alert::describe);
        reading.causes.extend(alert.map(Cow::Borrowed));
    }
    for code in [high, low].into_iter().flatten() {
        advise(reading, code.name);
    }
}

fn advise(reading: &mut Reading, name: &str) {
    let (causes, actions) = advice::of(name);
    reading
        .causes
        .extend(causes.iter().copied().map(Cow::Borrowed));
    for action in actions {
        if !reading.actions.contains(action) {
            reading.actions.push(action);
        }
    }
}

fn sum(reading: &mut Reading, outer: u16, inner: u16) {
    reading.domain = Domain::Mbedtls;
    let codes = [outer, inner].map(|part| decode::macros(part, Versions::MBEDTLS).next());
    let versions = |code: Option<&Code>| code.map_or(Versions::default(), |code| code.versions);
    reading.versions = versions(codes[0])
        .intersection(versions(codes[1]))
        .intersection(Versions::V2.union(Versions::V3));
    for code in codes.into_iter().flatten() {
        reading.names.push(code.name);
        advise(reading, code.name);
    }
    reading.module = codes[0].map(Code::module);
    reading.header = codes[0].map(|code| code.header);
    let [one, two] = codes.map(|code| code.map_or_else(String::new, advice::meaning));
    reading.meaning = format!(
        "two high-level codes that were added up by mistake: {one}; and: {two}; no function of the library can name the sum"
    )
    .into();
    reading.actions.push(
        "update Mbed TLS: adding two high-level codes is a bug of the release that returned this",
    );
}

fn psa(reading: &mut Reading, meaning: Meaning) {
    let codes: Vec<_> = decode::psa(reading.value).collect();
    let is_tfm = matches!(meaning, Meaning::Tfm | Meaning::TfmChanged);
    reading.domain = if is_tfm { Domain::Tfm } else { Domain::Psa };
    let Some(first) = codes.first() else {
        return;
    };
    reading.names = codes.iter().map(|code| code.name).collect();
    reading
        .names
        .extend(decode::aliases(reading.value).map(|code| code.name));
    reading.psa = first.is_psa().then_some(first.name);
    reading.module = Some(if is_tfm { "TF-M" } else { "PSA" });
    reading.header = Some(first.header);
    reading.versions = codes
        .iter()
        .map(|code| code.versions)
        .fold(Versions::default(), Versions::union);
    reading.meaning = advice::meaning(first).into();
    advise(reading, first.name);
}

fn owned(reading: &mut Reading, domain: Domain, name: &'static str, module: &'static str) {
    reading.domain = domain;
    reading.names.push(name);
    reading.module = Some(module);
    reading.meaning = advice::foreign(domain, name).into();
    advise(reading, name);
}

fn errno(reading: &mut Reading, name: &'static str, numbering: Numbering) {
    let module = match numbering {
        Numbering {
            newlib: true,
            linux: true,
            ..
        } => "errno (newlib, Zephyr, Linux)",
        Numbering { newlib: true, .. } => "errno (newlib, Zephyr, ESP-IDF)",
        Numbering { linux: true, .. } => "errno (Linux)",
        Numbering { .. } => "errno (Zephyr's own C library until 2021)",
    };
    owned(reading, Domain::Errno, name, module);
}

fn modem(reading: &mut Reading, code: i64, module: &'static str) {
    reading.domain = Domain::Modem;
    reading.module = Some(module);
    let (meaning, causes, actions) = advice::cme(code);
    reading.meaning = Cow::Borrowed(meaning);
    reading
        .causes
        .extend(causes.iter().copied().map(Cow::Borrowed));
    reading.actions.extend(actions);
}

fn at_response(reading: &mut Reading) {
    let code = reading.value & 0xFFFF;
    match reading.value >> 16 {
        2 => {
            modem(reading, code, "nrf_modem_at");
            reading.meaning =
                format!("the modem answered +CME ERROR: {code}: {}", reading.meaning).into();
        }
        kind => {
            reading.domain = Domain::Modem;
            reading.module = Some("nrf_modem_at");
            reading.meaning = if kind == 1 {
                Cow::Borrowed("the modem answered ERROR to the AT command")
            } else {
                format!("the modem answered +CMS ERROR: {code}").into()
            };
            reading
                .actions
                .push("send AT+CMEE=1 first, then the modem says why");
        }
    }
}

fn succeeded(reading: &mut Reading, success: Success, said: &Said<'_>) {
    reading.domain = Domain::Success;
    let parse = ["crt_parse", "parse_file", "parse_path", "crt"]
        .iter()
        .any(|word| said.line.contains(word));
    let value = reading.value;
    reading.meaning = match success {
        Success::Done => Cow::Borrowed(
            "success; from a function that reads: the other side closed the connection",
        ),
        Success::Bytes if parse => skipped(value),
        Success::Skipped => skipped(value),
        Success::Bytes => {
            format!("not an error: a positive result, such as a count of {value} bytes").into()
        }
        Success::Status => {
            let name = decode::psa(value).find(|code| code.is_psa());
            reading.psa = name.map(|code| code.name);
            reading.names.extend(reading.psa);
            Cow::Borrowed("not an error: the firmware update succeeded and asks for a restart")
        }
    };
    let counted = matches!(success, Success::Bytes | Success::Skipped);
    if counted
        && said
            .group
            .readings
            .iter()
            .any(|r| r.notation == Notation::NegatedUnsigned)
    {
        reading.causes.push(Cow::Borrowed(
            "the debug output of Mbed TLS prints every result as if it were an error",
        ));
    }
    if success == Success::Skipped || counted && parse {
        reading.actions.push("treat only results below 0 as errors");
    }
}

fn skipped(value: i64) -> Cow<'static, str> {
    let certificates = if value == 1 {
        "certificate"
    } else {
        "certificates"
    };
    format!("not an error code: {value} {certificates} of the chain could not be parsed and were skipped").into()
}

/// Why a reading is what it is.
fn reason(reading: &Reading, candidate: &Candidate, said: &Said<'_>) -> String {
    let mut reason = reading.notation.describe().to_string();
    if candidate.confirmed {
        reason.push_str("; what stands beside it says the same");
    }
    match candidate.meaning {
        Meaning::Psa2018 => {
            reason.push_str("; read as the positive numbers that PSA statuses had before 2019");
        }
        Meaning::TfmChanged => {
            reason.push_str("; TF-M 2.1 built for debugging returns -1 for this status");
        }
        Meaning::Mbedtls(Parts {
            fit: Fit::Strange, ..
        }) => reason.push_str("; the library hardly adds these two codes"),
        _ => {}
    }
    if let Some(word) = witness(said) {
        reason.push_str("; near `");
        reason.push_str(word);
        reason.push('`');
    }
    reason
}

fn witness<'s>(said: &Said<'s>) -> Option<&'s str> {
    let (start, end) = said.group.witness?;
    Some(&said.line[start..end])
}

/// What a reader must know before believing the first reading.
fn notes(readings: &[Reading], said: &Said<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if said.group.conflict {
        notes.push(String::from("the name and the number contradict each other: believe neither until you have seen the number itself"));
    }
    // Another owner of the same number is named even where it is unlikely.
    let best = &readings[0];
    let collides = |r: &Reading| r.value == best.value && r.domain != best.domain;
    let shown = readings
        .iter()
        .filter(|r| r.certainty != Certainty::Unlikely || collides(r));
    let shown: Vec<&Reading> = shown.collect();
    if shown.len() > 1 && !said.group.conflict {
        let what: Vec<String> = shown.iter().map(|reading| brief(reading)).collect();
        let mut note = what.join(", or ");
        if let Some(word) = witness(said) {
            let owner = owner(best);
            note = format!("{note}; near `{word}` the likeliest owner is {owner}");
        }
        notes.push(note);
    }
    notes
}

/// A reading in a few words: `-116 is ETIMEDOUT, errno (newlib)`.
fn brief(reading: &Reading) -> String {
    let value = reading.value;
    let names = if reading.names.is_empty() {
        reading.domain.name().to_string()
    } else {
        let first: Vec<&str> = match (reading.high, reading.low) {
            (Some(high), Some(low)) => [high, low].into(),
            _ => reading.names[..1].into(),
        };
        first.join(" + ")
    };
    format!("{value} is {names} ({})", owner(reading))
}

fn owner(reading: &Reading) -> String {
    match reading.domain {
        Domain::Mbedtls => format!("Mbed TLS {}", reading.versions),
        Domain::Success => String::from("no error"),
        Domain::Unknown => String::from(reading.module.unwrap_or("nobody known")),
        _ => reading.module.unwrap_or(reading.domain.name()).to_string(),
    }
}
