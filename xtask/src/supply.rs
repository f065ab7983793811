//! Where the code comes from: dependencies, their licences and sources, and how much `unsafe` is ours.
mod deny;
mod dependencies;
mod licences;
mod unsafe_code;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::assurance;
use crate::shell::{self, Workspace};
use crate::test::Count;

pub use deny::run as deny;

/// What must hold of every dependency, and what the document says of them, without the network and in seconds; and what
/// advisories say of them, where they are known.
pub fn check(workspace: &Workspace) -> Count {
    let mut count = Count::default();
    for result in [
        metadata(workspace).and_then(|metadata| licences::check(workspace, &metadata)),
        sections(workspace).and_then(|sections| {
            sections
                .into_iter()
                .try_for_each(|(name, text)| assurance::is_current(workspace, name, &text))
        }),
    ] {
        count += Count::one(result);
    }
    count += deny::advisories_if_known(workspace);
    count
}

/// The sections of `docs/assurance.md` that this writes.
pub fn sections(workspace: &Workspace) -> Result<Vec<(&'static str, String)>> {
    let metadata = metadata(workspace)?;
    Ok(vec![
        ("dependencies", dependencies::section(workspace, &metadata)?),
        ("unsafe", unsafe_code::section(&metadata)?),
    ])
}

/// What cargo says of the workspace and of all that it stands on, with every feature.
fn metadata(workspace: &Workspace) -> Result<Value> {
    let mut command = workspace.cargo();
    command.args(["metadata", "--all-features", "--offline", "--locked"]);
    let json = shell::output(command.args(["--format-version", "1"]))?;
    serde_json::from_str(&json).context("cargo metadata is no JSON")
}

/// The packages.
fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten()
}

/// Ours, which are those that come from no registry.
fn ours(metadata: &Value) -> impl Iterator<Item = &Value> {
    packages(metadata).filter(|package| package["source"].is_null())
}

/// Those of others.
fn others(metadata: &Value) -> impl Iterator<Item = &Value> {
    packages(metadata).filter(|package| !package["source"].is_null())
}

fn text<'a>(package: &'a Value, key: &str) -> &'a str {
    package[key].as_str().unwrap_or_default()
}
