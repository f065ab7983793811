//! Real reports: what people paste, and what it means.
use std::collections::BTreeMap;
use std::fmt::Write as _;

use mbedtls_diag::explain::{Domain, Options, Reading, explain};
use serde::Deserialize;

/// A report, with the right answer.
#[derive(Deserialize)]
struct Row {
    id: String,
    text: String,
    class: String,
    /// `mbedtls`, `psa`, or `other` for a number of another owner or no error.
    domain: String,
    value: Option<i64>,
    high: Option<String>,
    low: Option<String>,
    psa: Option<String>,
    /// The name that another owner gives the number.
    name: Option<String>,
}

impl Row {
    fn fits(&self, reading: &Reading) -> bool {
        let domain = match self.domain.as_str() {
            "mbedtls" => reading.domain == Domain::Mbedtls,
            "psa" => matches!(reading.domain, Domain::Psa | Domain::Tfm),
            "other" => !matches!(
                reading.domain,
                Domain::Mbedtls | Domain::Psa | Domain::Tfm | Domain::Unknown
            ),
            exact => reading.domain.name() == exact,
        };
        domain
            && self.value.is_none_or(|value| value == reading.value)
            && self.high.as_deref() == reading.high
            && self.low.as_deref() == reading.low
            && self.psa.as_deref() == reading.psa
            && self
                .name
                .as_deref()
                .is_none_or(|name| reading.names.contains(&name))
    }

    /// Whether the answer is right; otherwise, what it was.
    fn judge(&self) -> Result<(), String> {
        let report = explain(&self.text, &Options::default());
        let Some(finding) = report.findings.first() else {
            // Where nothing is anybody's, nothing need be said.
            let silence = self.domain == "unknown" && self.value.is_none();
            return silence
                .then_some(())
                .ok_or_else(|| "nothing found".to_owned());
        };
        let right = if self.class == "ambiguous" {
            finding.readings.iter().any(|reading| self.fits(reading)) && !finding.notes.is_empty()
        } else {
            self.fits(&finding.readings[0])
        };
        if right {
            return Ok(());
        }
        let mut said = format!("{:?}:", finding.text);
        for r in &finding.readings {
            let _ = write!(
                said,
                " {} {} {:?} ({});",
                r.value, r.domain, r.names, r.certainty
            );
        }
        Err(said)
    }
}

/// Right and all answers by class, and the wrong ones.
fn score(json: &str) -> (BTreeMap<String, (usize, usize)>, Vec<String>) {
    let rows: Vec<Row> = serde_json::from_str(json).unwrap();
    let mut classes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &rows {
        let class = classes.entry(row.class.clone()).or_default();
        class.1 += 1;
        match row.judge() {
            Ok(()) => class.0 += 1,
            Err(said) => wrong.push(format!("{} {:?} -> {said}", row.id, row.text)),
        }
    }
    for (class, (right, all)) in &classes {
        println!("{class:24} {right:3} of {all:3}");
    }
    (classes, wrong)
}

#[test]
fn every_further_report_has_the_right_first_reading() {
    let (classes, wrong) = score(include_str!("../data/reports_further.json"));
    assert!(classes.values().map(|(_, all)| all).sum::<usize>() >= 60);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_later_report_has_the_right_first_reading() {
    let (classes, wrong) = score(include_str!("../data/reports_later.json"));
    assert!(classes.values().map(|(_, all)| all).sum::<usize>() >= 180);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_report_has_the_right_first_reading() {
    let (classes, wrong) = score(include_str!("../data/reports.json"));
    assert!(classes.values().map(|(_, all)| all).sum::<usize>() >= 46);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
