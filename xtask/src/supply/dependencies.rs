//! The direct dependencies of the workspace: which, and why.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use super::{others, ours, text};
use crate::shell::Workspace;

const REASONS: &str = "xtask/data/dependencies.tsv";

/// A direct dependency.
#[derive(Default)]
struct Dependency {
    versions: BTreeSet<String>,
    licences: BTreeSet<String>,
    /// Where it is developed: the last two parts of its repository's address.
    kept: BTreeSet<String>,
    users: BTreeSet<String>,
}

pub fn section(workspace: &Workspace, metadata: &Value) -> Result<String> {
    let reasons = fs::read_to_string(workspace.root().join(REASONS))?;
    table(&direct(metadata), &read(&reasons)?)
}

/// Reads the table of reasons: crate, what it is for, why not our own.
fn read(reasons: &str) -> Result<BTreeMap<&str, (&str, &str)>> {
    let lines = reasons.lines().filter(|line| !line.starts_with('#'));
    let mut rows = BTreeMap::new();
    for line in lines.skip(1) {
        let cells: Vec<_> = line.split('\t').collect();
        let [name, purpose, why] = cells[..] else {
            anyhow::bail!("{REASONS}: three cells: {line}");
        };
        ensure!(!purpose.is_empty() && !why.is_empty(), "{REASONS}: {line}");
        let twice = rows.insert(name, (purpose, why)).is_some();
        ensure!(!twice, "{REASONS}: {name} stands there twice");
    }
    Ok(rows)
}

/// What our packages name in their manifests, as it was resolved.
fn direct(metadata: &Value) -> BTreeMap<String, Dependency> {
    let nodes = metadata["resolve"]["nodes"].as_array();
    let packages: BTreeMap<_, _> = others(metadata)
        .map(|package| (text(package, "id"), package))
        .collect();
    let mut found: BTreeMap<String, Dependency> = BTreeMap::new();
    for user in ours(metadata) {
        let mut all = nodes.into_iter().flatten();
        let node = all.find(|node| node["id"] == user["id"]);
        let dependencies = node.and_then(|node| node["dependencies"].as_array());
        let ids = dependencies.into_iter().flatten().filter_map(Value::as_str);
        for package in ids.filter_map(|id| packages.get(id)) {
            let entry = found.entry(text(package, "name").to_owned()).or_default();
            let repository = text(package, "repository").trim_end_matches(".git");
            let kept: Vec<_> = repository.split('/').skip(3).take(2).collect();
            entry.versions.insert(text(package, "version").to_owned());
            entry.licences.insert(text(package, "license").to_owned());
            entry.kept.insert(kept.join("/"));
            entry.users.insert(text(user, "name").to_owned());
        }
    }
    found
}

fn table(
    direct: &BTreeMap<String, Dependency>,
    reasons: &BTreeMap<&str, (&str, &str)>,
) -> Result<String> {
    let gone: Vec<_> = reasons
        .keys()
        .filter(|name| !direct.contains_key(**name))
        .collect();
    ensure!(gone.is_empty(), "{REASONS}: nobody depends on {gone:?}");
    let mut lines = vec![
        "| crate | version | licence | kept at | used by | what for | why not our own |".to_owned(),
        "|---|---|---|---|---|---|---|".to_owned(),
    ];
    for (name, dependency) in direct {
        let (purpose, why) = reasons
            .get(name.as_str())
            .with_context(|| format!("{REASONS} does not say what {name} is for"))?;
        let joined = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(", ");
        lines.push(format!(
            "| `{name}` | {} | {} | {} | {} | {purpose} | {why} |",
            joined(&dependency.versions),
            joined(&dependency.licences),
            joined(&dependency.kept),
            joined(&dependency.users),
        ));
    }
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_direct_dependency_has_a_reason_and_no_other_crate_has_one() {
        let direct = BTreeMap::from([("a".to_owned(), Dependency::default())]);
        let reasons = read("# of what\ncrate\tfor\twhy\na\tx\ty").unwrap();
        assert!(table(&direct, &reasons).unwrap().contains("| `a` |"));
        let more = read("crate\tfor\twhy\na\tx\ty\nb\tx\ty").unwrap();
        assert!(table(&direct, &more).is_err());
        assert!(table(&direct, &BTreeMap::new()).is_err());
        assert!(read("crate\tfor\twhy\na\tx").is_err());
        assert!(read("crate\tfor\twhy\na\tx\ty\na\tx\ty").is_err());
    }
}
