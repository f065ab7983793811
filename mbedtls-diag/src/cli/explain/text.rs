//! The output for people.
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::explain::{Certainty, Domain, Finding, Reading, Report, Version, Versions};
use crate::wrap::wrap;

const NAME: Style = Style::new().bold();
const SURE: Style = AnsiColor::Green.on_default();
const UNSURE: Style = AnsiColor::Yellow.on_default();
const HEADING: Style = Style::new().underline();
const DIM: Style = Style::new().dimmed();

/// Writes what was found, each distinct reading once.
pub(super) fn write(out: &mut impl Write, input: &str, report: &Report<'_>) -> io::Result<()> {
    if report.findings.is_empty() {
        writeln!(out, "No code of Mbed TLS, PSA or TF-M was found.")?;
        if is_of_a_linker(input) {
            writeln!(out, "Why a symbol does not link: mbedtls-diag why SYMBOL")?;
        }
        return Ok(());
    }
    let is_success = |finding: &&Finding<'_>| finding.readings[0].domain == Domain::Success;
    let (successes, errors): (Vec<_>, Vec<_>) = report.findings.iter().partition(is_success);
    let shown = if errors.is_empty() {
        &successes
    } else {
        &errors
    };
    let mut groups: Vec<Vec<&Finding<'_>>> = Vec::new();
    for finding in shown {
        let group = groups
            .iter_mut()
            .find(|group| says_the_same(group[0], finding));
        match group {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    for (i, group) in groups.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        finding(out, group)?;
    }
    if !errors.is_empty() && !successes.is_empty() {
        let texts: Vec<&str> = successes.iter().map(|finding| finding.text).collect();
        let texts = format!("{}.", texts.join(", "));
        writeln!(out, "\n{HEADING}No errors{HEADING:#}")?;
        paragraph(out, &texts, "  ", "  ")?;
    }
    if report.truncated {
        writeln!(
            out,
            "\nThere were more codes than a report holds; the rest is left out."
        )?;
    }
    Ok(())
}

fn is_of_a_linker(text: &str) -> bool {
    [
        "undefined reference",
        "undefined symbol",
        "Undefined symbol",
        "unresolved external",
    ]
    .into_iter()
    .any(|words| text.contains(words))
}

/// Whether two findings differ only in how the code is written.
fn says_the_same(one: &Finding<'_>, other: &Finding<'_>) -> bool {
    let key = |finding: &Finding<'_>| {
        let best = &finding.readings[0];
        (
            best.value,
            best.domain,
            best.names.clone(),
            finding.readings.len(),
        )
    };
    key(one) == key(other)
}

fn finding(out: &mut impl Write, group: &[&Finding<'_>]) -> io::Result<()> {
    let mut texts: Vec<&str> = group.iter().map(|finding| finding.text).collect();
    texts.dedup();
    let count: usize = group.iter().map(|finding| finding.count).sum();
    let times = if count > texts.len() {
        format!("  ({count} times)")
    } else {
        String::new()
    };
    writeln!(out, "{NAME}{}{NAME:#}{times}", texts.join(", "))?;
    let (best, others) = group[0]
        .readings
        .split_first()
        .expect("a finding has a reading");
    reading(out, best)?;
    if !others.is_empty() {
        writeln!(out, "  {HEADING}Other readings{HEADING:#}")?;
    }
    for other in others {
        let line = format!(
            "{}, {}: {} ({})",
            title(other),
            source(other),
            other.meaning,
            other.certainty
        );
        item(out, &line)?;
    }
    for note in &group[0].notes {
        writeln!(out, "  {HEADING}Note{HEADING:#}")?;
        paragraph(out, note, "    ", "    ")?;
    }
    Ok(())
}

fn reading(out: &mut impl Write, reading: &Reading) -> io::Result<()> {
    let style = match reading.certainty {
        Certainty::Certain | Certainty::Likely => SURE,
        Certainty::Possible | Certainty::Unlikely => UNSURE,
    };
    writeln!(
        out,
        "  {NAME}{}{NAME:#}  {style}{}{style:#}",
        title(reading),
        reading.certainty
    )?;
    paragraph(out, &sentence(&reading.meaning), "  ", "  ")?;
    write!(out, "{DIM}")?;
    paragraph(out, &sentence(&source(reading)), "  ", "  ")?;
    paragraph(out, &format!("Read as {}.", reading.reason), "  ", "  ")?;
    write!(out, "{DIM:#}")?;
    list(
        out,
        "Usual causes",
        reading.causes.iter().map(AsRef::as_ref),
    )?;
    list(out, "What to do", reading.actions.iter().copied())
}

/// The value and its names.
fn title(reading: &Reading) -> String {
    let value = match reading.domain {
        Domain::Mbedtls if reading.value < 0 => {
            let magnitude = reading.value.unsigned_abs();
            format!("{} (-0x{magnitude:04X})", reading.value)
        }
        _ => reading.value.to_string(),
    };
    let names = match (reading.high, reading.low, reading.names.first()) {
        (Some(high), Some(low), _) => format!("{high} + {low}"),
        _ if is_sum(reading) => reading.names.join(" + "),
        (_, _, first) => first.copied().unwrap_or_default().to_owned(),
    };
    if names.is_empty() {
        value
    } else {
        format!("{value}  {names}")
    }
}

/// Where the number comes from: owner, versions, header.
fn source(reading: &Reading) -> String {
    let mut source = match reading.domain {
        Domain::Success => return String::from("no error"),
        Domain::Unknown => return String::from("owner unknown"),
        Domain::Mbedtls | Domain::Psa | Domain::Tfm => versions(reading.versions),
        _ => reading.module.unwrap_or("another owner").to_owned(),
    };
    if let (Domain::Mbedtls, Some(module)) = (reading.domain, reading.module) {
        source = format!("{source}; module {module}");
    }
    if let Some(header) = reading.header {
        source = format!("{source}, {header}");
    }
    let others = reading.names.iter().skip(1).copied();
    let others: Vec<&str> = others.filter(|name| Some(*name) != reading.low).collect();
    if others.is_empty() || is_sum(reading) {
        return source;
    }
    let listed = others[..others.len().min(MAX_NAMES)].join(", ");
    let more = match others.len().saturating_sub(MAX_NAMES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{source}; also called {listed}{more}")
}

/// More names of one number are only counted.
const MAX_NAMES: usize = 4;

/// Whether it is two high-level codes in one number.
fn is_sum(reading: &Reading) -> bool {
    reading.domain == Domain::Mbedtls && reading.high.is_none() && reading.low.is_none()
}

/// The versions of both projects, each as a list or a range.
fn versions(versions: Versions) -> String {
    let (mbedtls, tfm): (Vec<Version>, Vec<Version>) = versions
        .iter()
        .partition(|&version| Versions::MBEDTLS.meets(version.into()));
    let range = |versions: &[Version], project: &str| {
        let short = |version: &Version| version.name().trim_start_matches("TF-M ").to_owned();
        let contiguous = versions
            .windows(2)
            .all(|pair| pair[0] as u8 + 1 == pair[1] as u8);
        match versions {
            [] => None,
            [first, .., last] if contiguous && versions.len() > 2 => {
                Some(format!("{project} {} to {}", short(first), short(last)))
            }
            _ => {
                let list: Vec<String> = versions.iter().map(short).collect();
                Some(format!("{project} {}", list.join(", ")))
            }
        }
    };
    let parts = [range(&mbedtls, "Mbed TLS"), range(&tfm, "TF-M")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join("; ")
}

/// A text with a capital at its beginning and a full stop at its end.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).chain(['.']).collect()
}

fn list<'a>(
    out: &mut impl Write,
    title: &str,
    items: impl Iterator<Item = &'a str>,
) -> io::Result<()> {
    for (i, text) in items.enumerate() {
        if i == 0 {
            writeln!(out, "  {HEADING}{title}{HEADING:#}")?;
        }
        item(out, text)?;
    }
    Ok(())
}

fn item(out: &mut impl Write, text: &str) -> io::Result<()> {
    paragraph(out, text, "    - ", "      ")
}

/// A paragraph, broken into lines; the first and the further lines begin differently.
fn paragraph(out: &mut impl Write, text: &str, first: &str, further: &str) -> io::Result<()> {
    out.write_all(wrap(text, first, further).as_bytes())
}
