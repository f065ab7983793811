//! The test programs that contain C, once more under valgrind.
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::Count;
use crate::shell::{self, Workspace};

/// The packages whose tests run C. Pure Rust gains nothing here.
const PACKAGES: [&str; 2] = ["mbedtls-psa", "psa-client"];

/// How long one test program may take.
const LIMIT: Duration = Duration::from_secs(180);

pub fn run(workspace: &Workspace) -> Count {
    let programs = match test_programs(workspace) {
        Ok(programs) => programs,
        Err(error) => return Count::one(Err(error)),
    };
    let mut sum = Count::default();
    for program in programs {
        sum += Count::one(check(workspace, &program));
    }
    sum
}

/// Builds the tests, as the first step did, and finds the programs.
fn test_programs(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut command = workspace.cargo();
    command.args(["test", "--no-run", "--locked", "--workspace"]);
    command.args([
        "--features",
        "mbedtls-psa/full,psa-client/full",
        "--message-format=json",
    ]);
    let messages = shell::output(&mut command)?;
    let programs: Vec<_> = messages.lines().filter_map(test_program).collect();
    if programs.is_empty() {
        bail!("cargo names no test program of {}", PACKAGES.join(", "));
    }
    Ok(programs)
}

/// The program that a line of cargo's JSON names, when it is a test of one of our packages.
fn test_program(line: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    let package = message["package_id"].as_str()?;
    let ours = PACKAGES.iter().any(|name| is_package(package, name));
    let test = message["profile"]["test"].as_bool()?;
    // It reads all of its process's memory, valgrind's shadow of it included.
    let whole_memory = message["target"]["name"] == "secrets";
    (ours && test && !whole_memory).then(|| message["executable"].as_str().map(PathBuf::from))?
}

/// Whether a package id (`path+file:///x/psa#psa-client@0.1.0`, or `...#0.1.0` where the folder has the name) is of `name`.
fn is_package(id: &str, name: &str) -> bool {
    let Some((source, fragment)) = id.split_once('#') else {
        return false;
    };
    match fragment.split_once('@') {
        Some((package, _)) => package == name,
        None => source.rsplit('/').next() == Some(name),
    }
}

fn check(workspace: &Workspace, program: &std::path::Path) -> Result<()> {
    let mut command = workspace.command("valgrind");
    command
        .args(["--quiet", "--error-exitcode=99", "--leak-check=full"])
        .args([
            "--errors-for-leak-kinds=definite,indirect",
            "--show-leak-kinds=definite,indirect",
        ])
        .arg(program)
        .args(["--test-threads=1", "--quiet"])
        // Each case takes some fifty times as long here; the plain run does the many.
        .env("PROPTEST_CASES", "8");
    println!("$ {}", shell::shown(&command));
    let begin = Instant::now();
    let mut child = command.spawn().context("cannot run valgrind")?;
    loop {
        if let Some(status) = child.try_wait()? {
            if status.success() {
                return Ok(());
            }
            bail!("valgrind or a test under it found an error ({status})");
        }
        if begin.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            bail!("took more than {} s under valgrind", LIMIT.as_secs());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_test_programs_in_cargo_s_messages() {
        let line = |id: &str, test: bool| {
            format!(
                r#"{{"package_id":"{id}","profile":{{"test":{test}}},"executable":"/t/deps/x"}}"#
            )
        };
        assert!(test_program(&line("path+file:///a/psa#psa-client@0.1.0", true)).is_some());
        assert!(test_program(&line("path+file:///a/mbedtls-psa#0.1.0", true)).is_some());
        assert!(test_program(&line("path+file:///a/wt#mbedtls-psa@0.1.0", false)).is_none());
        assert!(test_program(&line("path+file:///a/mbedtls-diag#0.1.0", true)).is_none());
        assert!(test_program("not json").is_none());
    }
}
