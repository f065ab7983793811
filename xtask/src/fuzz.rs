//! `cargo xtask fuzz`: every fuzz target for its share of the time, and what came of it.
mod report;

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use lexopt::prelude::*;

use crate::assurance;
use crate::setup::{self, Installed};
use crate::shell::{self, Workspace};
use crate::workers;
use report::{Campaign, Run};

const TOOL: Installed = Installed {
    name: "cargo-fuzz",
    version: "0.13.2",
};

/// Where the sanitizers have a runtime, and this toolchain makes programs for.
const HOST: &str = "x86_64-unknown-linux-gnu";

/// Of C: addresses and coverage as cargo-fuzz has them of Rust, and undefined behaviour, which ends the process.
const C_FLAGS: &str = "-g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link \
                       -fno-sanitize-recover=undefined";

/// Seconds after which one input is said to hang, and MiB that a target may use.
const TIMEOUT: &str = "-timeout=20";
const MEMORY: &str = "-rss_limit_mb=2048";

/// A campaign of fewer inputs, or of some targets only, is not recorded.
const RECORDED_FROM: u64 = 10_000_000;

struct Options {
    minutes: u64,
    /// Empty: all.
    only: Vec<String>,
}

impl Options {
    fn parse(args: &[OsString]) -> Result<Self> {
        let mut options = Self {
            minutes: 10,
            only: Vec::new(),
        };
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("minutes") => options.minutes = parser.value()?.parse()?,
                Value(name) => options.only.push(name.string()?),
                other => return Err(other.unexpected().into()),
            }
        }
        ensure!(options.minutes > 0, "--minutes is at least 1");
        Ok(options)
    }

    /// The targets that are named, or all.
    fn targets(&self, all: Vec<String>) -> Result<Vec<String>> {
        if let Some(unknown) = self.only.iter().find(|name| !all.contains(name)) {
            bail!(
                "there is no fuzz target `{unknown}`; there are: {}",
                all.join(", ")
            );
        }
        let wanted = |name: &String| self.only.is_empty() || self.only.contains(name);
        Ok(all.into_iter().filter(wanted).collect())
    }
}

/// Runs the targets, prints what came of it, and records a whole campaign in `docs/assurance.md`.
pub fn run(workspace: &Workspace, args: &[OsString]) -> Result<()> {
    let options = Options::parse(args)?;
    let all = targets(workspace)?;
    let count = all.len();
    let chosen = options.targets(all)?;
    setup::run(workspace, &setup::for_fuzzing())?;
    let programs = build(workspace)?;

    let seconds = options.minutes * 60 * workers::count() as u64 / chosen.len() as u64;
    let runs = workers::each(&chosen, |target| {
        fuzz(workspace, &programs, target, seconds.max(1))
    });
    let campaign = Campaign::new(
        runs.into_iter().collect::<Result<_>>()?,
        Duration::from_secs(options.minutes * 60),
    );
    println!("\n{}", campaign.table());
    if chosen.len() == count && campaign.inputs() >= RECORDED_FROM {
        assurance::write_section(workspace, "fuzzing", &campaign.section())?;
    } else {
        println!("not recorded: that takes all targets and {RECORDED_FROM} inputs");
    }
    ensure!(
        campaign.failures() == 0,
        "a target has failed: its input stands in fuzz/artifacts"
    );
    Ok(())
}

/// The programs of `fuzz/`.
fn targets(workspace: &Workspace) -> Result<Vec<String>> {
    let folder = workspace.root().join("fuzz/fuzz_targets");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        let name = path.file_stem().context("a file has a name")?;
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Builds all of them; the folder of the programs.
fn build(workspace: &Workspace) -> Result<PathBuf> {
    let tool = TOOL.program(workspace)?;
    let folder = workspace.root().join("target/fuzz");
    let mut command = workspace.command("rustup");
    command
        .args(["run", setup::MIRI])
        .arg(tool)
        .args(["fuzz", "build", "--target", HOST, "--target-dir"])
        .arg(&folder)
        // It would take the cargo that runs us.
        .env_remove("CARGO")
        .env("CC", "clang")
        .env("CFLAGS", C_FLAGS);
    shell::run(&mut command)?;
    Ok(folder.join(HOST).join("release"))
}

/// Runs one target, over what an earlier campaign found and over the corpus that is kept.
fn fuzz(workspace: &Workspace, programs: &Path, target: &str, seconds: u64) -> Result<Run> {
    let folder = workspace.root().join("fuzz");
    let found = folder.join("corpus").join(target);
    let artifacts = folder.join("artifacts").join(target);
    for folder in [&found, &artifacts] {
        fs::create_dir_all(folder)?;
    }
    let log = artifacts.join("output.log");
    let mut prefix = OsString::from("-artifact_prefix=");
    prefix.push(artifacts.join(""));
    let mut command = workspace.command(programs.join(target));
    command
        .arg(&found)
        .arg(workspace.root().join("tests/fuzz/corpus").join(target))
        .arg(format!("-max_total_time={seconds}"))
        .args(["-print_final_stats=1", TIMEOUT, MEMORY])
        .arg(prefix)
        .stdout(File::create(&log)?)
        .stderr(File::options().append(true).open(&log)?);
    let status = command
        .status()
        .with_context(|| format!("cannot run the target {target}"))?;
    let output = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    let run = Run::read(target, &output, status.success())
        .with_context(|| format!("what {target} writes: {}", log.display()))?;
    println!("{}", run.line());
    if run.failed() {
        println!("{}", report::what_failed(&output));
    }
    Ok(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_named_or_all() {
        let all = || vec!["csr".to_owned(), "key".to_owned()];
        let options = |args: &[&str]| {
            let args: Vec<_> = args.iter().map(OsString::from).collect();
            Options::parse(&args)
        };
        assert_eq!(options(&[]).unwrap().targets(all()).unwrap(), all());
        let one = options(&["--minutes", "3", "key"]).unwrap();
        assert_eq!(
            (one.minutes, one.targets(all()).unwrap()),
            (3, vec!["key".to_owned()])
        );
        assert!(options(&["yek"]).unwrap().targets(all()).is_err());
        assert!(options(&["--minutes", "0"]).is_err());
    }
}
