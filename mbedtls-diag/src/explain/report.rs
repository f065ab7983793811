//! A whole text, line by line.
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use super::alert;
use super::evidence::{Axis, Evidence};
use super::group::{Group, groups};
use super::reading::{Candidate, Meaning};
use super::scan::{Token, tokens};
use super::words::{self, Said};
use super::{Certainty, Domain, Finding, Notation, Options, Platform, Report, Version, Versions};

/// No report holds more distinct codes.
const MAX_FINDINGS: usize = 500;
/// A longer line is cut where a space is.
const MAX_LINE: usize = 4096;
/// In a text of more than a line, what weighs less is not taken for a code.
const ENOUGH: i16 = 58;
/// In a short text without such a code, what weighs nearly as much as the best one is shown too.
const CLOSE: i16 = 15;
/// A reading that fits so much worse than the best one is not worth showing.
const HOPELESS: i16 = 45;
/// Another owner of the very same number is shown although it does not fit, unless it is rare.
const COLLIDES: i16 = 20;

/// Finds the codes in a text and says what each can mean.
///
/// The time grows with the length of the text, and no more than 500 distinct codes are reported;
/// what comes after them is not read.
///
/// ```
/// use mbedtls_diag::explain::{Domain, Options, Platform, explain};
///
/// let options = Options::default().platform(Platform::Zephyr);
/// let report = explain("uart_init failed (err -88)", &options);
/// assert_eq!(report.findings[0].readings[0].domain, Domain::Errno);
/// assert_eq!(report.findings[0].readings[0].names, ["ENOSYS"]);
/// ```
pub fn explain<'a>(text: &'a str, options: &Options) -> Report<'a> {
    let mut search = Search {
        options,
        enough: ENOUGH,
        best_weight: i16::MIN,
        alert: alert::find(text),
        seen: BTreeMap::new(),
        report: Report::default(),
    };
    search.text(text);
    // What a person pastes is a code, even if nothing around it says so.
    if search.report.findings.is_empty() && is_short(text) {
        search.enough = search.best_weight.saturating_sub(CLOSE);
        search.seen.clear();
        search.text(text);
    }
    leave_out_counts(&mut search.report.findings);
    search.report
}

/// Beside an error, a positive number that somebody called a result is not worth a word.
fn leave_out_counts(findings: &mut Vec<Finding<'_>>) {
    let is_count = |finding: &Finding<'_>| {
        let best = &finding.readings[0];
        best.domain == Domain::Success && best.notation == Notation::Positive && best.value > 0
    };
    let is_error = |finding: &Finding<'_>| {
        let best = &finding.readings[0];
        !matches!(best.domain, Domain::Success | Domain::Unknown)
    };
    if findings.iter().any(is_error) {
        findings.retain(|finding| !is_count(finding));
    }
}

fn is_short(text: &str) -> bool {
    text.len() <= 400 && text.trim().lines().count() <= 3
}

struct Search<'a, 'o> {
    options: &'o Options,
    enough: i16,
    /// The greatest weight met.
    best_weight: i16,
    alert: Option<u8>,
    /// Where in the report each piece of text stands.
    seen: BTreeMap<(&'a str, Evidence), usize>,
    report: Report<'a>,
}

impl<'a> Search<'a, '_> {
    fn text(&mut self, text: &'a str) {
        let mut before = self.background();
        for line in text.lines().flat_map(pieces) {
            if self.report.truncated {
                return;
            }
            let tokens = tokens(line);
            for group in groups(line, &tokens, &before) {
                self.group(line, &group);
            }
            before = self.after(&tokens, before);
        }
    }

    /// What the options say.
    fn background(&self) -> Evidence {
        let mut evidence = Evidence::default();
        if let Some(platform) = self.options.platform {
            evidence.add(platform_hint(platform), 100);
        }
        evidence
    }

    /// What a line says about the next one.
    fn after(&self, tokens: &[Token], before: Evidence) -> Evidence {
        let mut evidence = self.background();
        if tokens.is_empty() {
            return before;
        }
        for token in tokens {
            if let super::scan::Kind::Word(hints) = &token.kind {
                for hint in hints.iter().flatten().filter(|hint| hint.is_about_owner()) {
                    evidence.add(hint, 25);
                }
            }
        }
        evidence.keep_owners(&before, 50);
        evidence
    }

    fn group(&mut self, line: &'a str, group: &Group) {
        let weight = group.weight();
        self.best_weight = self.best_weight.max(weight);
        let is_zero = group.readings.first().is_some_and(|best| best.value == 0);
        if weight < self.enough || is_zero && self.enough == ENOUGH {
            return;
        }
        let text = &line[group.start..group.end];
        let key = (text, group.evidence);
        if let Some(&place) = self.seen.get(&key) {
            self.report.findings[place].count += 1;
        } else if let Some(place) = self.finding(line, text, group) {
            if self.seen.len() < 4 * MAX_FINDINGS {
                self.seen.insert(key, place);
            }
        }
    }

    /// Adds a finding; says where it stands.
    fn finding(&mut self, line: &'a str, text: &'a str, group: &Group) -> Option<usize> {
        if self.report.findings.len() >= MAX_FINDINGS {
            self.report.truncated = true;
            return None;
        }
        let mut candidates = group.readings.clone();
        let other_version = self.leave_out_other_versions(&mut candidates);
        leave_out_hopeless(&mut candidates);
        let said = Said {
            line,
            group,
            alert: self.alert,
        };
        let mut finding = words::finding(text, &candidates, &said);
        finding.notes.extend(other_version.map(|version| {
            format!("Mbed TLS {version} has no such code; this is what it is in other versions")
        }));
        let findings = &mut self.report.findings;
        let same = |other: &Finding<'_>| {
            other.text == finding.text && other.readings[0].names == finding.readings[0].names
        };
        if let Some(at) = findings.iter().position(same) {
            findings[at].count += 1;
            return Some(at);
        }
        findings.push(finding);
        Some(findings.len() - 1)
    }

    /// Leaves out what is no code in the version that the options name; if nothing else is one,
    /// everything stays, and the version is returned.
    fn leave_out_other_versions(&self, candidates: &mut Vec<Candidate>) -> Option<Version> {
        let version = self.options.mbedtls?;
        let fits = |candidate: &Candidate| match candidate.meaning {
            Meaning::Mbedtls(parts) => parts.versions.meets(version.into()),
            Meaning::Sum { .. } => !Versions::V4.meets(version.into()),
            _ => true,
        };
        let is_code = |candidate: &Candidate| {
            use Meaning::{Success, Sum, Unknown};
            !matches!(candidate.meaning, Sum { .. } | Success(_) | Unknown)
        };
        let best_fits = candidates.first().is_none_or(fits);
        if best_fits || candidates.iter().any(|c| fits(c) && is_code(c)) {
            candidates.retain(fits);
            return None;
        }
        Some(version)
    }
}

/// Leaves out the readings that fit far worse than the best one.
fn leave_out_hopeless(candidates: &mut Vec<Candidate>) {
    let Some(best) = candidates.first().copied() else {
        return;
    };
    let same_number = |c: &Candidate| (c.value, c.notation) == (best.value, best.notation);
    candidates
        .retain(|c| c.score >= best.score - HOPELESS || same_number(c) && c.score >= COLLIDES);
    candidates.truncate(6);
}

fn platform_hint(platform: Platform) -> &'static super::evidence::Hint {
    super::evidence::platform(match platform {
        Platform::Zephyr | Platform::Ncs => Axis::Newlib,
        Platform::EspIdf => Axis::EspIdf,
        Platform::Linux => Axis::Linux,
    })
}

/// A line in pieces of bounded length.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len().min(MAX_LINE);
        if end < rest.len() {
            while !rest.is_char_boundary(end) {
                end -= 1;
            }
            end = rest[..end].rfind(' ').map_or(end, |at| at + 1);
        }
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

/// How sure the best reading is, and the others.
pub(super) fn certainty(scores: &[i16], at: usize, named: bool) -> Certainty {
    let (score, best) = (scores[at], scores[0]);
    let next = scores.get(1).copied().unwrap_or(i16::MIN / 2);
    match at {
        0 if named => Certainty::Certain,
        0 if score >= 45 && score - next >= 10 => Certainty::Likely,
        _ if best - score <= 25 => Certainty::Possible,
        _ => Certainty::Unlikely,
    }
}
