//! `cargo xtask bench`: what things cost, as rows of figures.
mod host;

use std::io::Write as _;

use anyhow::{Result, bail};
use serde::Serialize;

use crate::shell::Workspace;

#[derive(Default)]
pub struct Options {
    /// Only groups whose names contain one of these; empty: all.
    pub only: Vec<String>,
    /// Rows as JSON, one object a line, instead of a table.
    pub json: bool,
}

/// One figure.
#[derive(Serialize)]
pub struct Row {
    group: &'static str,
    metric: &'static str,
    subject: &'static str,
    value: f64,
    unit: &'static str,
    /// What the value may be at most, where that was promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<f64>,
}

impl Row {
    fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| self.value > limit)
    }
}

/// A group: its name, and what measures it.
type Group = (&'static str, fn(&Workspace) -> Result<Vec<Row>>);

const GROUPS: &[Group] = &[(host::NAME, host::run)];

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let wanted = |name: &str| options.only.iter().any(|part| name.contains(part.as_str()));
    let groups: Vec<&Group> = GROUPS
        .iter()
        .filter(|(name, _)| options.only.is_empty() || wanted(name))
        .collect();
    if groups.is_empty() {
        let names: Vec<_> = GROUPS.iter().map(|(name, _)| *name).collect();
        bail!("no such group; there are: {}", names.join(", "));
    }
    let mut output = std::io::stdout().lock();
    for (_, measure) in groups {
        for row in measure(workspace)? {
            if options.json {
                serde_json::to_writer(&mut output, &row)?;
                writeln!(output)?;
            } else {
                writeln!(output, "{}", line(&row))?;
            }
        }
    }
    Ok(())
}

/// A row of the table; one that is over its limit says so.
fn line(row: &Row) -> String {
    let digits = if row.unit == "ratio" { 4 } else { 0 };
    let mark = match row.limit {
        Some(limit) if row.is_over() => format!("  OVER the limit of {limit}"),
        Some(limit) => format!("  (at most {limit})"),
        None => String::new(),
    };
    format!(
        "{:<12} {:<24} {:<12} {:>14.digits$} {}{mark}",
        row.group, row.metric, row.subject, row.value, row.unit
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_over_its_limit_is_marked_and_one_at_it_is_not() {
        let row = |value| Row {
            group: "group",
            metric: "metric",
            subject: "subject",
            value,
            unit: "ratio",
            limit: Some(1.01),
        };
        assert!(line(&row(1.011)).ends_with("1.0110 ratio  OVER the limit of 1.01"));
        assert!(line(&row(1.01)).ends_with("1.0100 ratio  (at most 1.01)"));
    }
}
