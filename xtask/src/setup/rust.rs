//! The Rust toolchains: the pinned one with its components and targets, and the oldest that must work.
use std::fs;

use anyhow::{Context, Result, bail};

use crate::shell::{self, Workspace};

/// The oldest Rust that the libraries promise to compile with, from `rust-version`.
pub fn msrv() -> String {
    // "1.85" of the manifest is the toolchain "1.85.0".
    format!("{}.0", env!("CARGO_PKG_RUST_VERSION"))
}

/// The nightly whose Miri interprets the tests of unsafe code; Miri is no part of stable Rust.
pub const MIRI: &str = "nightly-2026-05-20";

/// What only tests of `psa-p256` are built for (`firmware::p256`, `test::processors`); nobody else is to wait for them.
const OTHER_PROCESSORS: [&str; 6] = [
    "thumbv6m-none-eabi",
    "thumbv7m-none-eabi",
    "thumbv7em-none-eabi",
    "thumbv7em-none-eabihf",
    "thumbv8m.main-none-eabihf",
    "riscv32imac-unknown-none-elf",
];

/// A toolchain and what must stand in it.
#[derive(Debug, PartialEq)]
struct Toolchain {
    name: String,
    components: Vec<String>,
    targets: Vec<String>,
}

/// The strings that `rust-toolchain.toml` gives for `key`: one a line, as a string or a list of strings.
fn values(toml: &str, key: &str) -> Vec<String> {
    toml.lines()
        .filter_map(|line| line.split_once('='))
        .filter(|(name, _)| name.trim() == key)
        .flat_map(|(_, value)| value.split('"').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

fn pinned(toml: &str) -> Result<Toolchain> {
    Ok(Toolchain {
        name: values(toml, "channel")
            .pop()
            .context("rust-toolchain.toml names no channel")?,
        components: values(toml, "components"),
        targets: values(toml, "targets"),
    })
}

impl Toolchain {
    /// What `installed` (the lines of `rustup component list --installed`) lacks.
    fn lacks(&self, installed: &str) -> bool {
        let has = |prefix: &str| {
            installed.lines().any(|line| {
                line == prefix
                    || line
                        .strip_prefix(prefix)
                        .is_some_and(|r| r.starts_with('-'))
            })
        };
        !has("cargo")
            || self.components.iter().any(|component| !has(component))
            || self
                .targets
                .iter()
                .any(|target| !has(&format!("rust-std-{target}")))
    }

    fn install_arguments(&self) -> Vec<&str> {
        let mut words = vec![
            "toolchain",
            "install",
            &self.name,
            "--no-self-update",
            "--profile",
            "minimal",
        ];
        for component in &self.components {
            words.extend(["--component", component]);
        }
        for target in &self.targets {
            words.extend(["--target", target]);
        }
        words
    }
}

/// Installs the toolchains that are missing or incomplete.
pub fn install(workspace: &Workspace) -> Result<()> {
    let toml = fs::read_to_string(workspace.root().join("rust-toolchain.toml"))?;
    let oldest = Toolchain {
        name: msrv(),
        components: Vec::new(),
        targets: Vec::new(),
    };
    if shell::find("rustup").is_none() {
        bail!("rustup is missing: it keeps the toolchains of the tests (https://rustup.rs)");
    }
    let miri = Toolchain {
        name: MIRI.into(),
        components: vec!["miri".into(), "rust-src".into()],
        targets: Vec::new(),
    };
    let mut pinned = pinned(&toml)?;
    pinned.targets.extend(OTHER_PROCESSORS.map(str::to_owned));
    for toolchain in [pinned, oldest, miri] {
        let installed = shell::output(workspace.command("rustup").args([
            "component",
            "list",
            "--installed",
            "--toolchain",
            &toolchain.name,
        ]));
        if installed.is_ok_and(|lines| !toolchain.lacks(&lines)) {
            println!("set-up: Rust {} is there", toolchain.name);
            continue;
        }
        let words = toolchain.install_arguments();
        if workspace.offline() {
            bail!(
                "--offline, and Rust {} is missing or incomplete: run `rustup {}` once with the network",
                toolchain.name,
                words.join(" ")
            );
        }
        shell::run(workspace.command("rustup").args(words))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours() -> Toolchain {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../rust-toolchain.toml");
        pinned(&fs::read_to_string(path).unwrap()).unwrap()
    }

    #[test]
    fn reads_the_pinned_toolchain_of_this_repository() {
        let toolchain = ours();
        assert_eq!(toolchain.name.split('.').count(), 3, "an exact version");
        assert!(toolchain.components.contains(&"clippy".to_owned()));
        assert!(
            toolchain
                .targets
                .contains(&"thumbv8m.main-none-eabi".to_owned())
        );
    }

    #[test]
    fn a_component_or_target_that_is_not_installed_is_seen() {
        let toolchain = Toolchain {
            name: "1.95.0".into(),
            components: vec!["clippy".into()],
            targets: vec!["thumbv8m.main-none-eabi".into()],
        };
        let host = "cargo-x86_64-unknown-linux-gnu\nclippy-x86_64-unknown-linux-gnu\n";
        assert!(toolchain.lacks(host));
        assert!(toolchain.lacks(&format!("{host}rust-std-thumbv8m.main-none-eabihf\n")));
        assert!(!toolchain.lacks(&format!("{host}rust-std-thumbv8m.main-none-eabi\n")));
        assert!(
            toolchain.lacks("cargo-x86_64-unknown-linux-gnu\nrust-std-thumbv8m.main-none-eabi\n")
        );
    }

    #[test]
    fn the_oldest_rust_is_an_exact_toolchain() {
        assert_eq!(msrv().split('.').count(), 3);
    }
}
