//! Steps that cargo does.
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

use super::Count;
use crate::setup;
use crate::shell::{self, Workspace};

/// The target of every device build.
const THUMB: &str = "thumbv8m.main-none-eabi";

/// Runs `cargo test` and counts the tests. An ignored test counts as failed: none may be.
pub fn libtest(workspace: &Workspace, args: &[&str]) -> Count {
    let mut command = workspace.cargo();
    command
        .args(["test", "--locked", "--no-fail-fast"])
        .args(args);
    libtest_of(&mut command)
}

/// Runs a command that runs tests, and counts them.
pub fn libtest_of(command: &mut Command) -> Count {
    counted(command).unwrap_or_else(|error| Count::one(Err(error)))
}

fn counted(command: &mut Command) -> Result<Count> {
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
    })
}

/// The tests that pack a call of TF-M's client, interpreted: no undefined behaviour, no access out of bounds.
///
/// Test programs that compile C or start processes leave themselves out.
pub fn miri(workspace: &Workspace) -> Count {
    let mut command = workspace.cargo_of(setup::MIRI);
    command
        .args([
            "miri",
            "test",
            "--locked",
            "-p",
            "tfm-sys",
            "--features",
            "tfm",
        ])
        .env("MIRIFLAGS", "-Zmiri-strict-provenance");
    libtest_of(&mut command)
}

/// The documentation of all packages, with warnings as errors.
pub fn documentation(workspace: &Workspace) -> Count {
    let mut command = workspace.cargo();
    command.args(["doc", "--locked", "--workspace", "--no-deps"]);
    Count::one(shell::run(command.env("RUSTDOCFLAGS", "-D warnings")))
}

/// The root package, whose features are mostly options of the C library.
const ROOT: &str = "mbedtls-psa";

/// The features of the root package that change its Rust side. Each one costs a build of the C library here.
const RUST_FEATURES: [&str; 4] = ["alloc", "std", "provisioning", "tfm"];

/// Compiles libraries with warnings as errors. Clippy, because rustc's flag for that would compile everything anew.
fn lint(workspace: &Workspace, args: &[&str]) -> Count {
    let mut command = workspace.cargo();
    command.args(["clippy", "--locked", "--lib"]).args(args);
    Count::one(shell::run(command.args(["--", "-D", "warnings"])))
}

/// Every library with each of its features alone, and with none; of the root package those that are not options of C.
pub fn each_feature(workspace: &Workspace) -> Count {
    alone(workspace, |package, feature| {
        package != ROOT || RUST_FEATURES.contains(&feature)
    })
}

/// The root package with each option of the C library alone.
pub fn each_option(workspace: &Workspace) -> Count {
    alone(workspace, |package, feature| {
        package == ROOT && !RUST_FEATURES.contains(&feature)
    })
}

/// Checks what is chosen of (package, feature), the feature "" being none at all.
fn alone(workspace: &Workspace, chosen: fn(&str, &str) -> bool) -> Count {
    let libraries = match libraries(workspace) {
        Ok(libraries) => libraries,
        Err(error) => return Count::one(Err(error)),
    };
    let mut sum = Count::default();
    for (package, features) in libraries {
        let features = features.iter().map(String::as_str).chain([""]);
        for feature in features.filter(|feature| chosen(&package, feature)) {
            let package = ["--package", &package, "--no-default-features"];
            sum += lint(
                workspace,
                &[&package[..], &["--features", feature]].concat(),
            );
        }
    }
    sum
}

/// The packages with a library, and their features but `default`.
fn libraries(workspace: &Workspace) -> Result<Vec<(String, Vec<String>)>> {
    let metadata = workspace.metadata()?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata names no packages")?;
    Ok(packages
        .iter()
        .filter(|package| has_library(package))
        .map(|package| {
            let features = package["features"].as_object();
            let features = features.into_iter().flat_map(serde_json::Map::keys);
            (
                package["name"].as_str().unwrap_or_default().to_owned(),
                features
                    .filter(|name| *name != "default")
                    .cloned()
                    .collect(),
            )
        })
        .collect())
}

fn has_library(package: &serde_json::Value) -> bool {
    let kind_is_lib = |target: &serde_json::Value| target["kind"][0] == "lib";
    package["targets"]
        .as_array()
        .is_some_and(|targets| targets.iter().any(kind_is_lib))
}

/// The device builds: everything that runs on a Cortex-M33 compiles for it, C included.
pub fn thumb(workspace: &Workspace) -> Count {
    let builds: [&[&str]; 3] = [
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
    ];
    let mut sum = Count::default();
    for build in builds {
        sum += lint(workspace, &[&["--target", THUMB], build].concat());
    }
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

    #[test]
    fn finds_the_libraries_and_their_features() {
        let libraries = libraries(&Workspace::new(true).unwrap()).unwrap();
        let root = libraries
            .iter()
            .find(|(name, _)| name == "mbedtls-psa")
            .unwrap();
        assert!(root.1.contains(&"provisioning".to_owned()));
        assert!(!root.1.contains(&"default".to_owned()));
        assert!(libraries.iter().all(|(name, _)| name != "xtask"));
    }
}
