//! `benches/results.md` and its chart.
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Group, Report, Row, chart, table};
use crate::shell;

const HEAD: &str = "\
# Figures

Written by `cargo xtask bench`, which measures all of it in one run; no figure is typed by hand. A run of single groups
(`--only`) prints and changes nothing here.

`ours` has the P-256 driver, `ours-no-driver` has not. `(limit ...)` is what the figure may be at most: the command fails
when one is broken. `-` is what a subject does not have, or could not be measured; the notes say which.

![P-256 on a Cortex-M33, and the size of images](results.svg)
";

/// Writes both files.
pub fn write(folder: &Path, reports: &[(&Group, Report)]) -> Result<()> {
    let mut text = format!("{HEAD}\nTools: {}.\n", tools());
    for (group, report) in reports {
        _ = write!(text, "\n{}", section(group, report));
    }
    let rows: Vec<&Row> = reports
        .iter()
        .flat_map(|(_, report)| &report.rows)
        .collect();
    for (name, content) in [("results.md", text), ("results.svg", chart::svg(&rows))] {
        let path = folder.join(name);
        fs::write(&path, content).with_context(|| path.display().to_string())?;
        println!("written: {}", path.display());
    }
    Ok(())
}

/// A group with its tables: one of each of the names that its rows have.
pub fn section(group: &Group, report: &Report) -> String {
    let mut text = format!("## {} (`{}`)\n\n{}\n", group.title, group.name, group.about);
    for note in &report.notes {
        _ = write!(text, "\n- {note}");
    }
    for (subject, why) in &report.missing {
        _ = write!(text, "\n- Not measured: `{subject}`: {why}");
    }
    if !(report.notes.is_empty() && report.missing.is_empty()) {
        text.push('\n');
    }
    let mut names: Vec<&str> = report.rows.iter().map(|row| row.group).collect();
    names.dedup();
    for name in &names {
        let rows: Vec<&Row> = report
            .rows
            .iter()
            .filter(|row| row.group == *name)
            .collect();
        if names.len() > 1 {
            _ = write!(text, "\n`{name}`:\n");
        }
        _ = write!(text, "\n{}", table::markdown(&rows));
    }
    text
}

/// The programs that the figures depend on, and the processor.
fn tools() -> String {
    let version = |program: &str, argument: &str| {
        let output = shell::output(Command::new(program).arg(argument)).ok()?;
        Some(output.lines().next()?.trim().to_owned())
    };
    let mut all: Vec<String> = [
        ("rustc", "--version"),
        ("arm-none-eabi-gcc", "--version"),
        ("cc", "--version"),
        ("qemu-system-arm", "--version"),
        ("valgrind", "--version"),
    ]
    .into_iter()
    .filter_map(|(program, argument)| version(program, argument))
    .collect();
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processor
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    all.extend(model.map(|(_, model)| model.to_owned()));
    all.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_says_what_was_not_measured_and_has_a_table_for_each_name() {
        let row = |group| Row {
            group,
            metric: "sign".to_owned(),
            subject: "ours".to_owned(),
            value: 5.0,
            unit: "ticks",
            limit: None,
        };
        let report = Report {
            rows: vec![row("m33"), row("m33-no-dsp")],
            notes: vec!["QEMU.".to_owned()],
            missing: vec![("tfm-c", "no export was given".to_owned())],
        };
        let group = &super::super::GROUPS[0];
        let text = section(group, &report);
        for part in [
            "## Cortex-M33 (`m33`)\n",
            "\n- QEMU.\n",
            "\n- Not measured: `tfm-c`: no export was given\n",
            "\n`m33-no-dsp`:\n\n| metric",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(text.matches("| sign, ticks |    5 |").count(), 2);
    }

    #[test]
    fn both_files_are_written_whole() {
        let folder = tempfile::tempdir().unwrap();
        let row = Row {
            group: crate::bench::m33::GROUP,
            metric: "sign".to_owned(),
            subject: "ours".to_owned(),
            value: 5000.0,
            unit: "ticks",
            limit: Some(5700.0),
        };
        let report = || Report::of(vec![row.clone()]);
        let groups = &super::super::GROUPS[..2];
        let reports: Vec<_> = groups.iter().map(|group| (group, report())).collect();
        write(folder.path(), &reports).unwrap();
        let read = |name| fs::read_to_string(folder.path().join(name)).unwrap();
        let text = read("results.md");
        assert!(text.starts_with("# Figures\n") && text.contains("](results.svg)"));
        assert_eq!(text.matches("\n## ").count(), 2);
        assert!(text.contains("5,000 (limit 5,700)"));
        assert!(read("results.svg").contains(">5,000</text>"));
    }
}
