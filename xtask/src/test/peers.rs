//! The same work done with other libraries: `peers/`.
use std::env::consts::EXE_SUFFIX;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use super::Count;
use super::cargo::counted;
use crate::shell::{self, Workspace};

/// The peers, ours first.
const PEERS: [&str; 4] = ["ours", "psa-crypto", "mbedtls", "p256"];

pub const MANIFEST: [&str; 3] = ["--locked", "--manifest-path", "peers/Cargo.toml"];

/// Builds the peers, and compares what they answer to the same tasks.
pub fn run(workspace: &Workspace) -> Count {
    let mut sum = Count::default();
    let mut tests = cargo(workspace);
    tests.arg("test").args(MANIFEST).args(["-p", "exchange"]);
    for count in [counted(&mut tests), compare(workspace)] {
        sum += count.unwrap_or_else(|error| Count::one(Err(error)));
    }
    sum
}

/// A cargo whose builds take the C sources that the peers bring, and no library of the machine.
pub fn cargo(workspace: &Workspace) -> Command {
    let mut cargo = workspace.cargo();
    cargo
        .env("MBEDTLS_NO_PKG_CONFIG", "1")
        .env_remove("MBEDTLS_LIB_DIR")
        .env_remove("MBEDTLS_INCLUDE_DIR");
    cargo
}

fn compare(workspace: &Workspace) -> Result<Count> {
    shell::run(cargo(workspace).arg("build").args(MANIFEST))?;
    let target = workspace.root().join("peers/target");
    let program = |name: &str| target.join("debug").join(format!("{name}{EXE_SUFFIX}"));
    let mut command = workspace.command(program("compare"));
    command
        .arg(target.join("exchange"))
        .arg(workspace.root().join("peers/lacks.tsv"));
    for peer in PEERS {
        let program = program(&format!("peer-{peer}"));
        command.arg(format!("{peer}={}", program.display()));
    }
    println!("$ {}", shell::shown(&command));
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().context("the output is piped")?;
    let mut last = String::new();
    for line in BufReader::new(output).lines() {
        last = line?;
        println!("{last}");
    }
    let success = child.wait()?.success();
    let count = last_line(&last).with_context(|| format!("the comparison ends with {last:?}"))?;
    ensure!(
        success == (count.failed == 0),
        "the comparison counts {last:?}, and its exit status says otherwise"
    );
    Ok(count)
}

/// Reads `14825 agreed, 0 failed`.
fn last_line(line: &str) -> Option<Count> {
    let (agreed, failed) = line.split_once(" agreed, ")?;
    let count = Count {
        passed: agreed.parse().ok()?,
        failed: failed.strip_suffix(" failed")?.parse().ok()?,
        ..Count::default()
    };
    (count.passed + count.failed != 0).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_last_line_of_the_comparison_and_nothing_is_no_success() {
        let count = last_line("14825 agreed, 2 failed").unwrap();
        assert_eq!((count.passed, count.failed), (14825, 2));
        assert!(last_line("0 agreed, 0 failed").is_none());
        assert!(last_line("compare: no such file").is_none());
    }
}
