//! What libFuzzer says at the end, and what is kept of it.
use std::fmt::Write as _;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// One target's run.
pub struct Run {
    target: String,
    inputs: u64,
    /// Places of the program that were reached: edges between blocks, of Rust and of C.
    reached: u64,
    crashed: bool,
}

impl Run {
    /// Reads the output of a run.
    pub fn read(target: &str, output: &str, success: bool) -> Result<Self> {
        let mut inputs = None;
        let mut reached = 0;
        for line in output.lines() {
            if let Some(count) = line.strip_prefix("stat::number_of_executed_units:") {
                inputs = count.trim().parse().ok();
            } else if let Some(rest) = line.strip_prefix('#') {
                // `#1024  NEW    cov: 811 ft: ...`; after a crash this is the only count there is.
                let words: Vec<_> = rest.split_whitespace().collect();
                let after = |word: &str| {
                    let place = words.iter().position(|&known| known == word)?;
                    words.get(place + 1)?.parse().ok()
                };
                reached = after("cov:").unwrap_or(reached);
            }
        }
        Ok(Self {
            target: target.to_owned(),
            inputs: inputs.context("no number of inputs")?,
            reached,
            crashed: !success,
        })
    }

    pub const fn failed(&self) -> bool {
        self.crashed
    }

    /// One line, as the run ends.
    pub fn line(&self) -> String {
        let end = if self.crashed { "FAILED" } else { "ok" };
        format!(
            "{:<12} {:>10} inputs, {:>6} places reached, {end}",
            self.target, self.inputs, self.reached
        )
    }
}

/// What the program said before it ended: from the panic or the sanitizer's word on.
pub fn what_failed(output: &str) -> String {
    const LINES: usize = 40;
    let begins = |line: &str| {
        ["panicked at", "ERROR:", "SUMMARY:", "ALARM"]
            .iter()
            .any(|word| line.contains(word))
    };
    let lines: Vec<_> = output.lines().collect();
    let start = lines.iter().position(|line| begins(line)).unwrap_or(0);
    let mut text = lines[start..]
        .iter()
        .take(LINES)
        .copied()
        .collect::<Vec<_>>();
    text.extend(
        lines
            .iter()
            .filter(|line| line.contains("Test unit written to")),
    );
    text.join("\n")
}

/// All runs.
pub struct Campaign {
    runs: Vec<Run>,
    time: Duration,
}

impl Campaign {
    pub fn new(mut runs: Vec<Run>, time: Duration) -> Self {
        runs.sort_by(|a, b| a.target.cmp(&b.target));
        Self { runs, time }
    }

    pub fn inputs(&self) -> u64 {
        self.runs.iter().map(|run| run.inputs).sum()
    }

    pub fn failures(&self) -> usize {
        self.runs.iter().filter(|run| run.crashed).count()
    }

    /// For the screen.
    pub fn table(&self) -> String {
        let mut text = String::new();
        for run in &self.runs {
            text += &run.line();
            text.push('\n');
        }
        let (inputs, failures) = (self.inputs(), self.failures());
        text + &format!(
            "{:<12} {inputs:>10} inputs, {failures} of {} targets failed",
            "all",
            self.runs.len()
        )
    }

    /// For the document.
    pub fn section(&self) -> String {
        let mut text =
            String::from("| target | inputs | places reached | failures |\n|---|---:|---:|---:|\n");
        for run in &self.runs {
            let Run {
                target,
                inputs,
                reached,
                crashed,
            } = run;
            // Writing to a String does not fail.
            let _ = writeln!(
                text,
                "| `{target}` | {inputs} | {reached} | {} |",
                u8::from(*crashed)
            );
        }
        let (inputs, failures) = (self.inputs(), self.failures());
        let _ = writeln!(text, "| all | {inputs} | | {failures} |");
        let minutes = self.time.as_secs() / 60;
        let _ = writeln!(
            text,
            "\n{minutes} minutes on all processors of one machine."
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "INFO: Loaded 1 modules\n#12\tINITED cov: 10 ft: 9\n#64\tNEW    cov: 31 ft: 40 corp: 3/9b\n\
                          #99\tDONE   cov: 33 ft: 41\nstat::number_of_executed_units: 99\n";

    #[test]
    fn reads_inputs_and_places_of_libfuzzer_s_last_words() {
        let run = Run::read("key", OUTPUT, true).unwrap();
        assert_eq!((run.inputs, run.reached, run.crashed), (99, 33, false));
        assert!(Run::read("key", "clang: not found", false).is_err());
    }

    #[test]
    fn a_campaign_adds_up_and_counts_failures() {
        let run = |target, ok| Run::read(target, OUTPUT, ok).unwrap();
        let campaign = Campaign::new(
            vec![run("pk", false), run("csr", true)],
            Duration::from_secs(120),
        );
        assert_eq!((campaign.inputs(), campaign.failures()), (198, 1));
        let section = campaign.section();
        assert!(
            section
                .contains("| `csr` | 99 | 33 | 0 |\n| `pk` | 99 | 33 | 1 |\n| all | 198 | | 1 |")
        );
        assert!(what_failed("a\nthread panicked at x\ny").starts_with("thread"));
    }
}
