//! The programs that contain C, once more under valgrind: the tests, and the example of the journey.
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::{Count, programs};
use crate::demo;
use crate::shell::{self, Workspace};
use crate::workers;

/// The packages whose tests run C. Pure Rust gains nothing here.
const PACKAGES: [&str; 2] = ["mbedtls-psa", "psa-client"];

/// How long one test program may take.
const LIMIT: Duration = Duration::from_secs(300);

pub fn run(workspace: &Workspace) -> Count {
    match commands(workspace) {
        Ok(commands) => {
            let mut sum = Count::default();
            for result in workers::each(commands, check) {
                sum += Count::one(result);
            }
            sum
        }
        Err(error) => Count::one(Err(error)),
    }
}

/// What is to run: the example, and every test program.
fn commands(workspace: &Workspace) -> Result<Vec<Command>> {
    let provision = demo::build_example(workspace, "provision")?;
    let mut example = valgrind(workspace, &provision);
    example.args(["--out", "device"]);
    let mut commands = vec![example];
    for program in test_programs(workspace)? {
        let mut command = valgrind(workspace, &program);
        command.args(["--test-threads=1", "--quiet"]);
        // Each case takes some fifty times as long here; the plain run does the many.
        command.env("PROPTEST_CASES", "8");
        command.env("PSA_SIGNATURES", "50");
        commands.push(command);
    }
    Ok(commands)
}

/// Builds the tests, as the first step did, and finds the programs.
fn test_programs(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let everything = [
        "--workspace",
        "--features",
        "mbedtls-psa/full,psa-conformance/full",
    ];
    let programs: Vec<_> = programs::built(workspace, &everything)?
        .into_iter()
        .filter(|program| PACKAGES.contains(&program.name.0.as_str()))
        // It reads all of its process's memory, valgrind's shadow of it included.
        .filter(|program| program.name.1 != "secrets")
        .map(|program| program.path)
        .collect();
    if programs.is_empty() {
        bail!("cargo names no test program of {}", PACKAGES.join(", "));
    }
    Ok(programs)
}

fn valgrind(workspace: &Workspace, program: &Path) -> Command {
    let mut command = workspace.command("valgrind");
    command
        .args(["--quiet", "--error-exitcode=99", "--leak-check=full"])
        .arg("--errors-for-leak-kinds=definite,indirect")
        .arg("--show-leak-kinds=definite,indirect")
        .arg(program);
    command
}

/// Runs one program in a folder of its own; what it writes is shown when it ends.
fn check(mut command: Command) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("output");
    let output = File::create(&path)?;
    command.stdout(output.try_clone()?).stderr(output);
    let begin = Instant::now();
    let mut child = command
        .current_dir(folder.path())
        .spawn()
        .context("cannot run valgrind")?;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if begin.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            break None;
        }
        thread::sleep(Duration::from_millis(50));
    };
    let text = fs::read(&path)?;
    println!(
        "$ {}\n{}",
        shell::shown(&command),
        String::from_utf8_lossy(&text)
    );
    match status {
        None => bail!("took more than {} s under valgrind", LIMIT.as_secs()),
        Some(status) if status.success() => Ok(()),
        Some(status) => bail!("valgrind, or the program under it, found an error ({status})"),
    }
}
