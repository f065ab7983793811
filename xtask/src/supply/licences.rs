//! Licences, sources and generations: what `cargo deny` looks at as well, from what cargo knows itself.
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

use super::{others, ours, text};
use crate::shell::Workspace;

/// Where every dependency comes from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// The libraries that applications depend on: in what they bring, each crate has one generation.
const LIBRARIES: [&str; 5] = [
    "mbedtls-psa",
    "psa-client",
    "tfm-sys",
    "mbedtls-config",
    "mbedtls-diag",
];

pub fn check(workspace: &Workspace, metadata: &Value) -> Result<()> {
    let allowed = allowed(&fs::read_to_string(workspace.root().join("deny.toml"))?)?;
    let mut count = 0;
    for package in others(metadata) {
        let name = text(package, "name");
        ensure!(
            text(package, "source") == REGISTRY,
            "{name} comes from {}",
            text(package, "source")
        );
        ensure!(
            permits(&allowed, text(package, "license")).with_context(|| name.to_owned())?,
            "the licence of {name} is {:?}: deny.toml does not allow that",
            text(package, "license")
        );
        count += 1;
    }
    ensure!(count > 0, "cargo names no dependency");
    let twice = twice(metadata)?;
    ensure!(
        twice.is_empty(),
        "what the libraries bring has two generations of {twice:?}"
    );
    println!(
        "{count} packages: all from the registry, under licences that deny.toml allows; none twice in a library"
    );
    Ok(())
}

/// The licences of the line `allow = [...]` below `[licenses]`.
fn allowed(deny: &str) -> Result<BTreeSet<String>> {
    let section = deny
        .split_once("[licenses]")
        .context("deny.toml has no [licenses]")?
        .1;
    let line = section
        .lines()
        .find(|line| line.starts_with("allow = ["))
        .context("[licenses] of deny.toml has no `allow`")?;
    let names = line.split('"').skip(1).step_by(2);
    let names: BTreeSet<_> = names.map(str::to_owned).collect();
    ensure!(!names.is_empty(), "deny.toml allows no licence");
    Ok(names)
}

fn permits(allowed: &BTreeSet<String>, licence: &str) -> Result<bool> {
    if licence.is_empty() {
        bail!("it names no licence");
    }
    let expression = Expression::parse_mode(licence, ParseMode::LAX)
        .map_err(|error| anyhow::anyhow!("{licence:?} is no licence: {error}"))?;
    let is_allowed = |licence: &LicenseReq| allowed.contains(&licence.to_string());
    Ok(expression.evaluate(is_allowed))
}

/// Crates of which the libraries bring two generations: of what they are linked with, not of what builds or tests them.
fn twice(metadata: &Value) -> Result<BTreeSet<String>> {
    let nodes = metadata["resolve"]["nodes"]
        .as_array()
        .context("cargo resolves nothing")?;
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|node| (text(node, "id"), node)).collect();
    let library = |package: &&Value| LIBRARIES.contains(&text(package, "name"));
    let mut found = BTreeSet::new();
    for library in ours(metadata).filter(library) {
        let mut todo = vec![text(library, "id")];
        let mut seen = BTreeSet::new();
        while let Some(id) = todo.pop() {
            if !seen.insert(id) {
                continue;
            }
            let dependencies = nodes.get(id).and_then(|node| node["deps"].as_array());
            for dependency in dependencies.into_iter().flatten() {
                let kinds = dependency["dep_kinds"].as_array();
                let normal = |kind: &Value| kind["kind"].is_null();
                if kinds.is_some_and(|kinds| kinds.iter().any(normal)) {
                    todo.push(text(dependency, "pkg"));
                }
            }
        }
        let mut names = BTreeSet::new();
        for package in others(metadata).filter(|package| seen.contains(text(package, "id"))) {
            if !names.insert(text(package, "name")) {
                found.insert(text(package, "name").to_owned());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_is_allowed_when_one_of_its_choices_is() {
        let allowed = allowed("[licenses]\nallow = [\"MIT\", \"ISC\"]\n").unwrap();
        for (licence, expected) in [
            ("MIT OR GPL-3.0-only", true),
            ("MIT/Apache-2.0", true),
            ("MIT AND ISC", true),
            ("MIT AND Apache-2.0", false),
            ("GPL-3.0-only", false),
        ] {
            assert_eq!(permits(&allowed, licence).unwrap(), expected, "{licence}");
        }
        assert!(permits(&allowed, "").is_err());
        assert!(permits(&allowed, "Whatever").is_err());
        assert!(super::allowed("[bans]\nallow = []").is_err());
    }

    #[test]
    fn a_second_generation_is_seen_where_a_library_is_linked_with_it() {
        let node = |id: &str, deps: &[(&str, Value)]| {
            let deps: Vec<_> = deps
                .iter()
                .map(|(pkg, kind)| serde_json::json!({"pkg": pkg, "dep_kinds": [{"kind": kind}]}))
                .collect();
            serde_json::json!({"id": id, "deps": deps})
        };
        let metadata = |kind: Value| {
            serde_json::json!({
                "packages": [
                    {"name": "tfm-sys", "id": "t", "source": null},
                    {"name": "a", "id": "a1", "source": "r"},
                    {"name": "a", "id": "a2", "source": "r"},
                ],
                "resolve": {"nodes": [
                    node("t", &[("a1", Value::Null), ("a2", kind)]), node("a1", &[]), node("a2", &[]),
                ]},
            })
        };
        assert_eq!(twice(&metadata(Value::Null)).unwrap().len(), 1);
        assert!(twice(&metadata("build".into())).unwrap().is_empty());
    }
}
