//! The programs that contain C, once more under valgrind: the tests, and the example of the journey.
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::Count;
use crate::demo;
use crate::shell::{self, Workspace};

/// The packages whose tests run C. Pure Rust gains nothing here.
const PACKAGES: [&str; 2] = ["mbedtls-psa", "psa-client"];

/// How long one test program may take.
const LIMIT: Duration = Duration::from_secs(300);

pub fn run(workspace: &Workspace) -> Count {
    match commands(workspace) {
        Ok(commands) => check_all(commands),
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

/// Runs as many at a time as there are processors: under valgrind a program uses one.
fn check_all(commands: Vec<Command>) -> Count {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let queue = Mutex::new(commands.into_iter());
    let sum = Mutex::new(Count::default());
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(command) = locked(&queue).next() {
                    let result = check(command);
                    *locked(&sum) += Count::one(result);
                }
            });
        }
    });
    *locked(&sum)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Builds the tests, as the first step did, and finds the programs.
fn test_programs(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut command = workspace.cargo();
    command.args(["test", "--no-run", "--locked", "--workspace"]);
    command.args([
        "--features",
        "mbedtls-psa/full,psa-conformance/full",
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
