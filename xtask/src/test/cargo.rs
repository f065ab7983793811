//! Steps that cargo does.
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

use super::{Count, features};
use crate::shell::{self, Workspace};
use crate::{bench, setup};

/// The target of every device build.
pub const THUMB: &str = "thumbv8m.main-none-eabi";

/// Runs `cargo test` and counts the tests. An ignored test counts as failed: none may be.
pub fn libtest(workspace: &Workspace, args: &[&str]) -> Count {
    let mut command = workspace.cargo();
    command
        .args(["test", "--locked", "--no-fail-fast"])
        .args(args);
    libtest_of(&mut command)
}

/// The same, where the conformance list must ask the driver for P-256 (`with`) or must not (`without`).
pub fn libtest_driver(workspace: &Workspace, driver: &str, args: &[&str]) -> Count {
    let mut command = workspace.cargo();
    command
        .args(["test", "--locked", "--no-fail-fast"])
        .args(args)
        .env("PSA_DRIVER", driver);
    libtest_of(&mut command)
}

/// Runs a command that runs tests, and counts them.
pub fn libtest_of(command: &mut Command) -> Count {
    counted(command).unwrap_or_else(|error| Count::one(Err(error)))
}

pub fn counted(command: &mut Command) -> Result<Count> {
    println!("$ {}", shell::shown(command));
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().context("the output is piped")?;
    let mut sum = Count::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        if let Some(count) = result_line(&line) {
            sum += count;
        }
    }
    let success = child.wait()?.success();
    if sum.failed == 0 && (!success || sum.passed == 0) {
        // It did not compile, a test took the process with it, or there was no test at all.
        sum.failed = 1;
    }
    Ok(sum)
}

/// Reads libtest's `test result: ok. 3 passed; 0 failed; 0 ignored; ...`.
fn result_line(line: &str) -> Option<Count> {
    let numbers = line
        .trim()
        .strip_prefix("test result: ")?
        .split_once(". ")?
        .1;
    let number = |what: &str| {
        numbers
            .split("; ")
            .find_map(|part| part.strip_suffix(what)?.trim().parse::<usize>().ok())
    };
    Some(Count {
        passed: number("passed")?,
        failed: number("failed")? + number("ignored")?,
        ..Count::default()
    })
}

/// What has no C in it, interpreted: no undefined behaviour, no access out of bounds, no pointer from nowhere.
///
/// Test programs that compile C or start processes leave themselves out. Of the crates without `unsafe` the readers and the
/// decoder: what walks whole tables takes an interpreter minutes and has no pointer in it.
pub fn miri(workspace: &Workspace) -> Count {
    const RUNS: [&[&str]; 3] = [
        &["-p", "tfm-sys", "--features", "tfm"],
        &[
            "-p",
            "mbedtls-config",
            "--lib",
            "--",
            "cpp::",
            "error::",
            "expr::",
        ],
        &[
            "-p",
            "mbedtls-diag",
            "--lib",
            "--no-default-features",
            "--features",
            "explain",
            "--",
            "evidence",
            "wrap",
        ],
    ];
    let mut sum = Count::default();
    for run in RUNS {
        let mut command = workspace.cargo_of(setup::MIRI);
        command
            .args(["miri", "test", "--locked"])
            .args(run)
            .env("MIRIFLAGS", "-Zmiri-strict-provenance");
        sum += libtest_of(&mut command);
    }
    sum
}

/// The documentation of all packages, with warnings as errors.
pub fn documentation(workspace: &Workspace) -> Count {
    let mut command = workspace.cargo();
    command.args(["doc", "--locked", "--workspace", "--no-deps"]);
    Count::one(shell::run(command.env("RUSTDOCFLAGS", "-D warnings")))
}

/// The fuzz targets, which stand in a workspace of their own; compiled without libFuzzer, which is C++.
pub fn fuzz_targets(workspace: &Workspace) -> Count {
    let mut command = workspace.cargo();
    command
        .args(["clippy", "--locked", "--manifest-path", FUZZ])
        .args(["--no-default-features", "--target-dir", "target"]);
    Count::one(shell::run(command.args(["--", "-D", "warnings"])))
}

const FUZZ: &str = "fuzz/Cargo.toml";

/// Compiles libraries with warnings as errors. Clippy, because rustc's flag for that would compile everything anew.
pub fn lint(workspace: &Workspace, args: &[&str]) -> Count {
    let mut command = workspace.cargo();
    command.args(["clippy", "--locked", "--lib"]).args(args);
    Count::one(shell::run(command.args(["--", "-D", "warnings"])))
}

/// The device builds: everything that runs on a Cortex-M33 compiles for it, C included.
pub fn thumb(workspace: &Workspace) -> Count {
    let builds: [&[&str]; 4] = [
        &[
            "--package",
            "mbedtls-psa",
            "--no-default-features",
            "--features",
            "provisioning",
        ],
        &[
            "--package",
            "psa-client",
            "--no-default-features",
            "--features",
            "mbedtls",
        ],
        &["--package", "tfm-sys", "--no-default-features"],
        // What the samples for Zephyr are made of, without any provider.
        &["--package", "provision-journey"],
    ];
    let mut sum = Count::default();
    for build in builds {
        sum += lint(workspace, &[&["--target", THUMB], build].concat());
    }
    // What only the benchmark runs.
    let mut command = workspace.cargo();
    command
        .args(["check", "--locked", "--target", THUMB, "--bins"])
        .args(["-p", "firmware-size", "-p", "firmware-ticks"])
        .args([
            "--features",
            "firmware-size/local,firmware-ticks/rustcrypto",
        ]);
    sum += Count::one(shell::run(&mut command));
    sum += Count::one(bench::program_in_c(workspace));
    sum
}

/// The libraries compile with the oldest Rust they promise, with default features and with all algorithms.
///
/// Of `mbedtls-diag` that is the library; its command line stands on crates that need a newer Rust.
pub fn oldest(workspace: &Workspace) -> Count {
    const REST: [&str; 4] = ["--workspace", "--exclude", "mbedtls-diag", "--features"];
    const DIAG: [&str; 4] = [
        "--package",
        "mbedtls-diag",
        "--no-default-features",
        "--features",
    ];
    let mut sum = Count::default();
    for (packages, features) in [
        (REST, "mbedtls-psa/default"),
        (REST, "mbedtls-psa/full,psa-client/full"),
        (DIAG, "describe"),
    ] {
        let mut command = workspace.cargo_of(&setup::msrv());
        command.args(["check", "--lib", "--locked"]).args(packages);
        sum += Count::one(shell::run(command.arg(features)));
    }
    sum += Count::one(features::oldest(workspace));
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_result_line_of_libtest() {
        let line = "test result: FAILED. 14 passed; 2 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.02s";
        let count = result_line(line).unwrap();
        assert_eq!((count.passed, count.failed), (14, 3));
        assert!(result_line("test result_line ... ok").is_none());
    }

    #[test]
    fn a_run_without_a_single_test_has_failed() {
        let count = counted(&mut Command::new("true")).unwrap();
        assert_eq!((count.passed, count.failed), (0, 1));
    }
}
