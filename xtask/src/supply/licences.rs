//! Licences, sources and generations: what `cargo deny` looks at as well, from what cargo knows itself.
use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

use super::{others, text};
use crate::shell::{self, Workspace};

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

/// Where the libraries are looked at: what is only for other systems is not linked there.
const HOST: &str = "x86_64-unknown-linux-gnu";

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
    let twice = twice(workspace)?;
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

/// Crates of which a library brings two generations, with every feature: into what it is linked with, not what builds it.
fn twice(workspace: &Workspace) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for library in LIBRARIES {
        let mut command = workspace.cargo();
        command
            .args([
                "tree",
                "--offline",
                "--locked",
                "--all-features",
                "--prefix=none",
            ])
            .args(["--package", library, "--target", HOST, "--format", "{p}"])
            .args(["--edges", "normal,no-proc-macro"]);
        found.extend(names_that_repeat(&shell::output(&mut command)?));
    }
    Ok(found)
}

/// Reads lines such as `der v0.8.0` and `der v0.8.0 (*)`.
fn names_that_repeat(tree: &str) -> BTreeSet<String> {
    let words = |line: &str| {
        let mut words = line.split(' ').map(str::to_owned);
        Some((words.next()?, words.next()?))
    };
    let packages: BTreeSet<_> = tree.lines().filter_map(words).collect();
    let mut seen = BTreeSet::new();
    let names = packages.into_iter().map(|(name, _)| name);
    names.filter(|name| !seen.insert(name.clone())).collect()
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
    fn a_second_generation_is_seen_and_a_second_mention_is_none() {
        let tree = "tfm-sys v0.1.0 (/x)\na v1.0.0\nb v2.0.0\na v1.0.0 (*)\n";
        assert!(names_that_repeat(tree).is_empty());
        let repeated = names_that_repeat(&format!("{tree}a v2.0.0\n"));
        assert_eq!(repeated, BTreeSet::from(["a".to_owned()]));
    }
}
