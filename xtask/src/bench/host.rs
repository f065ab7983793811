//! What the safe layer costs on a host: instructions that valgrind counts, beside the same calls made directly.
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use super::Row;
use crate::shell::{self, Workspace};

pub const GROUP: &str = "host";

/// What the safe layer may cost at most, as a ratio to the direct calls.
const LIMIT: f64 = 1.01;

/// An operation of benches/host, what it is, and how often it runs.
///
/// Every count is that of the loop alone, and but for `sign` nothing in it is random. A signature draws a nonce, and two
/// differ by some 0.1 % in their instructions; over this many the mean is that of all to a tenth of it.
const OPERATIONS: [(&str, &str, u32); 6] = [
    ("sign", "sign, P-256", 100),
    ("verify", "verify, P-256", 5),
    ("hash", "SHA-256, 1 KiB", 200),
    ("aead-encrypt", "AES-GCM encrypt, 1 KiB", 200),
    ("aead-decrypt", "AES-GCM decrypt, 1 KiB", 200),
    ("random", "random, 32 bytes", 2000),
];

pub fn run(workspace: &Workspace) -> Result<Vec<Row>> {
    let program = build(workspace)?;
    let mut rows = Vec::new();
    for (operation, metric, count) in OPERATIONS {
        let mut row = |subject: &str, value, unit, limit| {
            rows.push(Row {
                group: GROUP,
                metric: metric.to_owned(),
                subject: subject.to_owned(),
                value,
                unit,
                limit,
            });
        };
        let safe = instructions(workspace, &program, "psa", operation, count)?;
        let direct = instructions(workspace, &program, "ffi", operation, count)?;
        row("ours", safe, "instructions", None);
        row("ffi", direct, "instructions", None);
        row("ours / ffi", safe / direct, "ratio", Some(LIMIT));
    }
    Ok(rows)
}

/// Builds benches/host as an application is built.
fn build(workspace: &Workspace) -> Result<PathBuf> {
    let mut build = workspace.cargo();
    build
        .args(["build", "--release", "--locked", "--quiet"])
        .args(["--package", "bench-host"])
        .args(["--features", "mbedtls-psa/aes-gcm"])
        .arg("--message-format=json-render-diagnostics");
    shell::output_shown(&mut build)?
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo names no program of bench-host")
}

/// The instructions of one operation, the mean of `count`.
fn instructions(
    workspace: &Workspace,
    program: &Path,
    subject: &str,
    operation: &str,
    count: u32,
) -> Result<f64> {
    let mut command = workspace.command("valgrind");
    command
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=bench_host::measured*")
        .arg(program)
        .args([subject, operation])
        .arg(count.to_string());
    let output = command
        .output()
        .with_context(|| format!("cannot run {}", shell::shown(&command)))?;
    let text = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "{} failed: {text}",
        shell::shown(&command)
    );
    let collected = collected(&text).with_context(|| format!("valgrind counts nothing: {text}"))?;
    Ok(collected / f64::from(count))
}

/// Reads callgrind's `==7== Collected : 705293`. Nothing collected means that the function was not found.
fn collected(text: &str) -> Option<f64> {
    let number = text
        .lines()
        .find_map(|line| line.split_once("Collected :"))?
        .1;
    let number: f64 = number.trim().parse().ok()?;
    (number > 0.0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_callgrind_collected_and_zero_is_nothing() {
        assert_eq!(
            collected("==7== \n==7== Collected : 705293\n"),
            Some(705_293.0)
        );
        assert_eq!(collected("==7== Collected : 0"), None);
        assert_eq!(collected("==7== Events : Ir"), None);
    }
}
