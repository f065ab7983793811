//! The JSON output; the README describes it.
use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use crate::explain::{Finding, Reading, Report, Version};

/// The version of the schema: fields may be added under the same number, none changes or goes.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    schema: u32,
    input: &'a str,
    codes: Vec<Code<'a>>,
    truncated: bool,
}

#[derive(Serialize)]
struct Code<'a> {
    text: &'a str,
    count: usize,
    readings: Vec<Entry<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Entry<'a> {
    value: i64,
    notation: &'static str,
    domain: &'static str,
    names: &'a [&'static str],
    high: Option<&'static str>,
    low: Option<&'static str>,
    psa: Option<&'static str>,
    module: Option<&'static str>,
    header: Option<&'static str>,
    versions: Vec<&'static str>,
    certainty: &'static str,
    meaning: &'a str,
    causes: &'a [Cow<'static, str>],
    actions: &'a [&'static str],
    reason: &'a str,
}

impl<'a> From<&'a Finding<'a>> for Code<'a> {
    fn from(finding: &'a Finding<'a>) -> Self {
        Self {
            text: finding.text,
            count: finding.count,
            readings: finding.readings.iter().map(Entry::from).collect(),
            notes: &finding.notes,
        }
    }
}

impl<'a> From<&'a Reading> for Entry<'a> {
    fn from(reading: &'a Reading) -> Self {
        Self {
            value: reading.value,
            notation: reading.notation.name(),
            domain: reading.domain.name(),
            names: &reading.names,
            high: reading.high,
            low: reading.low,
            psa: reading.psa,
            module: reading.module,
            header: reading.header,
            versions: reading.versions.iter().map(Version::name).collect(),
            certainty: reading.certainty.name(),
            meaning: &reading.meaning,
            causes: &reading.causes,
            actions: &reading.actions,
            reason: &reading.reason,
        }
    }
}

/// Writes one object on one line.
pub(super) fn write(out: &mut impl Write, input: &str, report: &Report<'_>) -> io::Result<()> {
    let output = Output {
        schema: SCHEMA,
        input,
        codes: report.findings.iter().map(Code::from).collect(),
        truncated: report.truncated,
    };
    serde_json::to_writer(&mut *out, &output)?;
    writeln!(out)
}
