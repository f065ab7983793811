//! The program of tests/constant-time under valgrind: no branch and no address depends on a marked secret.
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::Count;
use crate::shell::{self, Workspace};

/// What handles secrets, compiled as an application is: optimized, and without checks that branch. The C library is in
/// every build.
const OPTIMIZED: [&str; 19] = [
    "base64ct",
    "block-buffer",
    "constant-time",
    "crypto-bigint",
    "der",
    "digest",
    "elliptic-curve",
    "generic-array",
    "hmac",
    "p256",
    "pem-rfc7468",
    "pkcs8",
    "primeorder",
    "psa-client",
    "psa-p256",
    "rfc6979",
    "sec1",
    "sha2",
    "subtle",
];

pub fn run(workspace: &Workspace) -> Count {
    Count::one(check(workspace))
}

fn check(workspace: &Workspace) -> Result<()> {
    let program = build(workspace)?;
    let mut command = workspace.command("valgrind");
    command
        .args(["--quiet", "--num-callers=30"])
        .arg("--suppressions=tests/constant-time/public.supp")
        .arg(program);
    // Its exit status is the number of cases that do not hold; what valgrind reports beside them are the leaks on purpose.
    shell::run(&mut command)
}

fn build(workspace: &Workspace) -> Result<PathBuf> {
    let mut build = workspace.cargo();
    build.args(["build", "--locked", "--package", "constant-time"]);
    build.args(["--features", "program"]);
    build.arg("--message-format=json-render-diagnostics");
    for package in OPTIMIZED {
        for (setting, value) in [
            ("opt-level", "3"),
            ("overflow-checks", "false"),
            ("debug-assertions", "false"),
        ] {
            let setting = format!("profile.dev.package.{package}.{setting}={value}");
            build.args(["--config", &setting]);
        }
    }
    shell::output_shown(&mut build)?
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo names no program of constant-time")
}
