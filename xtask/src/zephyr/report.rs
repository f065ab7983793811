//! What twister reports, and what it leaves out.
use std::fmt;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use super::boards::Board;

/// `twister.json`, as far as it is read.
#[derive(Deserialize)]
struct Twister {
    testsuites: Vec<Suite>,
}

#[derive(Deserialize)]
struct Suite {
    name: String,
    platform: String,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    reason: Option<String>,
}

/// How a sample ended on a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It ran, and said what it must.
    Passed,
    /// It was built; the board is hardware, and twister was given none.
    Built,
    Failed(String),
    /// It was not even built, or not run where it could be.
    NotRun(String),
}

impl Outcome {
    fn of(suite: &Suite, board: &Board) -> Self {
        let reason = suite
            .reason
            .clone()
            .unwrap_or_else(|| "no reason given".into());
        // Older versions call a suite passed that was only built, and have no word for it.
        let built = if board.is_emulated() {
            Self::NotRun("built, and not run".into())
        } else {
            Self::Built
        };
        match suite.status.as_deref() {
            Some("passed") if board.is_emulated() => Self::Passed,
            Some("passed" | "not run" | "notrun") => built,
            Some("filtered" | "skipped") => Self::NotRun(reason),
            Some(status @ ("failed" | "error" | "blocked")) => {
                Self::Failed(format!("{status}: {reason}"))
            }
            other => Self::Failed(format!(
                "twister says `{}`: {reason}",
                other.unwrap_or("nothing")
            )),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed => write!(f, "passed"),
            Self::Built => write!(f, "built (hardware: not run here)"),
            Self::Failed(why) => write!(f, "FAILED: {why}"),
            Self::NotRun(why) => write!(f, "NOT RUN: {why}"),
        }
    }
}

/// Each sample on each board that was asked for.
pub struct Report {
    rows: Vec<(&'static str, &'static str, Outcome)>,
}

impl Report {
    /// Reads twister's report. What was asked for and is not in it was filtered silently.
    pub fn read(json: &str, runs: &[(&'static str, &'static Board)]) -> Result<Self> {
        let twister: Twister =
            serde_json::from_str(json).context("twister.json is not as it is known here")?;
        let mut rows = Vec::new();
        for (sample, board) in runs {
            let ours = twister.testsuites.iter().find(|suite| {
                let scenario = suite.name.rsplit('/').next().unwrap_or_default();
                scenario.rsplit('.').next() == Some(sample) && board.is(&suite.platform)
            });
            let outcome = ours.map_or_else(
                || Outcome::NotRun("twister does not mention it".into()),
                |suite| Outcome::of(suite, board),
            );
            rows.push((*sample, board.name, outcome));
        }
        Ok(Self { rows })
    }

    pub fn outcome(&self, sample: &str, board: &Board) -> Option<&Outcome> {
        let mut rows = self.rows.iter();
        let row = rows.find(|(name, place, _)| *name == sample && *place == board.name);
        row.map(|(_, _, outcome)| outcome)
    }

    /// Adds how the sample ended whose request was answered.
    pub fn answered(&mut self, board: &Board, result: Result<()>) {
        let outcome = match result {
            Ok(()) => Outcome::Passed,
            Err(error) => Outcome::Failed(format!("{error:#}")),
        };
        self.rows.push(("provision, answered", board.name, outcome));
    }

    /// Whether each sample ran on each board that can be run here, and all went well.
    pub fn is_good(&self) -> bool {
        self.rows
            .iter()
            .all(|(_, _, outcome)| matches!(outcome, Outcome::Passed | Outcome::Built))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<20} {:<28} result", "sample", "board")?;
        for (sample, board, outcome) in &self.rows {
            writeln!(f, "{sample:<20} {board:<28} {outcome}")?;
        }
        let count = |wanted: fn(&Outcome) -> bool| {
            self.rows
                .iter()
                .filter(|(_, _, outcome)| wanted(outcome))
                .count()
        };
        write!(
            f,
            "{} passed, {} built, {} failed, {} not run",
            count(|o| matches!(o, Outcome::Passed)),
            count(|o| matches!(o, Outcome::Built)),
            count(|o| matches!(o, Outcome::Failed(_))),
            count(|o| matches!(o, Outcome::NotRun(_))),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::boards;
    use super::*;

    /// As twister of Zephyr 4.2 writes it, shortened.
    fn json(suites: &[(&str, &str, &str, &str)]) -> String {
        let suites: Vec<_> = suites
            .iter()
            .map(|(name, platform, status, reason)| {
                serde_json::json!({
                    "name": format!("samples/{name}/sample.mbedtls_psa.{name}"),
                    "arch": "arm", "platform": platform, "path": "p", "run_id": "1", "runnable": true,
                    "status": status, "reason": reason, "testcases": [],
                })
            })
            .collect();
        serde_json::json!({ "environment": {}, "testsuites": suites }).to_string()
    }

    fn read(suites: &[(&str, &str, &str, &str)], board: &str) -> Report {
        let board = boards::named(board).unwrap();
        Report::read(&json(suites), &[("explain", board)]).unwrap()
    }

    #[test]
    fn what_passed_on_each_board_is_good() {
        let suites = [("explain", "qemu_cortex_m3/ti_lm3s6965", "passed", "")];
        let report = read(&suites, "qemu_cortex_m3");
        assert!(report.is_good());
        assert!(
            report
                .to_string()
                .ends_with("1 passed, 0 built, 0 failed, 0 not run")
        );
    }

    #[test]
    fn what_twister_filters_is_told_and_is_not_good() {
        let filtered = [(
            "explain",
            "mps2/an521/cpu0/ns",
            "filtered",
            "Excluded tags per platform",
        )];
        let report = read(&filtered, "mps2/an521/cpu0/ns");
        assert!(!report.is_good());
        assert!(
            report
                .to_string()
                .contains("NOT RUN: Excluded tags per platform")
        );
        // Of another board only, and of another sample only.
        for suites in [
            [("explain", "mps2/an521/cpu0", "passed", "")],
            [("provision", "mps2/an521/cpu0/ns", "passed", "")],
        ] {
            let report = read(&suites, "mps2/an521/cpu0/ns");
            assert!(!report.is_good());
            assert!(report.to_string().contains("does not mention"));
        }
    }

    #[test]
    fn a_failure_is_told_with_its_reason() {
        for status in ["failed", "error", "blocked", "dunno"] {
            let report = read(
                &[("explain", "qemu_cortex_m3", status, "Build failure")],
                "qemu_cortex_m3",
            );
            assert!(!report.is_good(), "{status}");
            assert!(report.to_string().contains("Build failure"), "{status}");
        }
    }

    #[test]
    fn hardware_is_built_and_what_can_be_run_must_be() {
        let nrf = "nrf9160dk/nrf9160/ns";
        let report = read(&[("explain", nrf, "not run", "")], nrf);
        assert!(report.is_good() && report.to_string().contains("built (hardware"));
        assert!(
            !read(
                &[("explain", "qemu_cortex_m3", "not run", "")],
                "qemu_cortex_m3"
            )
            .is_good()
        );
    }

    #[test]
    fn an_answer_that_was_refused_is_not_good() {
        let mut report = read(
            &[("explain", "qemu_cortex_m3", "passed", "")],
            "qemu_cortex_m3",
        );
        report.answered(
            boards::named("qemu_cortex_m3").unwrap(),
            Err(anyhow::anyhow!("refused")),
        );
        assert!(!report.is_good() && report.to_string().contains("refused"));
    }

    #[test]
    fn another_format_is_an_error() {
        assert!(Report::read("{}", &[]).is_err());
    }
}
