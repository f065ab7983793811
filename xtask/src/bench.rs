//! `cargo xtask bench`: figures, one group after the other, as a table and as JSON.
//!
//! A group is a line of `GROUPS` and a function that returns rows. Each row is one figure; one with a limit is a
//! promise, and the command fails when it is broken.
mod host;
mod names;

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use lexopt::prelude::*;
use serde::Serialize;

use crate::shell::Workspace;

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    pub group: &'static str,
    /// What was measured.
    pub metric: String,
    /// Of what.
    pub subject: String,
    pub value: f64,
    pub unit: &'static str,
    /// The value may not be greater.
    #[serde(skip)]
    pub limit: Option<f64>,
}

impl Row {
    fn is_kept(&self) -> bool {
        self.limit.is_none_or(|limit| self.value <= limit)
    }
}

type Measure = fn(&Workspace) -> Result<Vec<Row>>;

const GROUPS: &[(&str, Measure)] = &[(names::GROUP, names::run), (host::GROUP, host::run)];

#[derive(Default)]
struct Options {
    only: Vec<String>,
    json: Option<PathBuf>,
}

impl Options {
    fn parse(args: &[OsString]) -> Result<Self> {
        let mut options = Self::default();
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("only") => options.only.push(parser.value()?.string()?),
                Long("json") => options.json = Some(parser.value()?.into()),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }

    fn groups(&self) -> Result<Vec<Measure>> {
        let known = |name: &str| GROUPS.iter().any(|(group, _)| *group == name);
        if let Some(unknown) = self.only.iter().find(|name| !known(name)) {
            let names: Vec<&str> = GROUPS.iter().map(|(name, _)| *name).collect();
            bail!("no group `{unknown}`; there are: {}", names.join(", "));
        }
        let wanted =
            |group: &str| self.only.is_empty() || self.only.iter().any(|name| name == group);
        let chosen = GROUPS.iter().filter(|(group, _)| wanted(group));
        Ok(chosen.map(|(_, measure)| *measure).collect())
    }
}

/// Measures the groups that the arguments name, all of them without any.
pub fn run(workspace: &Workspace, args: &[OsString]) -> Result<()> {
    let options = Options::parse(args)?;
    let mut rows = Vec::new();
    for measure in options.groups()? {
        rows.extend(measure(workspace)?);
    }
    println!("{}", table(&rows));
    if let Some(path) = &options.json {
        fs::write(path, json(&rows)?).with_context(|| path.display().to_string())?;
    }
    let broken = rows.iter().filter(|row| !row.is_kept()).count();
    ensure!(broken == 0, "{broken} figures are above their limits");
    Ok(())
}

/// One row a line, in brackets.
fn json(rows: &[Row]) -> Result<String> {
    let lines: Result<Vec<String>, _> = rows.iter().map(serde_json::to_string).collect();
    Ok(format!("[\n{}\n]\n", lines?.join(",\n")))
}

fn table(rows: &[Row]) -> String {
    let lines = rows.iter().map(|row| {
        let limit = match row.limit {
            Some(limit) if row.is_kept() => format!("  (limit {limit})"),
            Some(limit) => format!("  ABOVE THE LIMIT {limit}"),
            None => String::new(),
        };
        let digits = if row.unit == "ratio" { 4 } else { 0 };
        format!(
            "{:<10} {:<24} {:<32} {:>10.digits$} {}{limit}",
            row.group, row.metric, row.subject, row.value, row.unit
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: f64, limit: Option<f64>) -> Row {
        Row {
            group: "names",
            metric: "size".to_owned(),
            subject: "tables".to_owned(),
            value,
            unit: "B",
            limit,
        }
    }

    fn parse(args: &[&str]) -> Result<Options> {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        Options::parse(&args)
    }

    #[test]
    fn a_group_is_chosen_by_its_name_and_an_unknown_one_is_an_error() {
        assert_eq!(parse(&[]).unwrap().groups().unwrap().len(), GROUPS.len());
        let one = parse(&["--only", "names"]).unwrap();
        assert_eq!(one.groups().unwrap().len(), 1);
        assert!(parse(&["--only", "name"]).unwrap().groups().is_err());
        assert!(parse(&["names"]).is_err());
    }

    #[test]
    fn the_json_is_a_list_of_rows() {
        let text = json(&[row(1.0, None), row(2.5, Some(3.0))]).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let expected = serde_json::json!([
            {"group": "names", "metric": "size", "subject": "tables", "value": 1.0, "unit": "B"},
            {"group": "names", "metric": "size", "subject": "tables", "value": 2.5, "unit": "B"},
        ]);
        assert_eq!(value, expected);
    }

    #[test]
    fn a_broken_limit_is_seen() {
        assert!(row(3.0, Some(3.0)).is_kept() && row(4.0, None).is_kept());
        assert!(!row(3.5, Some(3.0)).is_kept());
        assert!(table(&[row(3.5, Some(3.0))]).contains("ABOVE THE LIMIT 3"));
    }
}
