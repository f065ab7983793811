//! Test programs: where cargo builds them, and that none is left out or empty.
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, ensure};
use serde_json::Value;

use crate::shell::{self, Workspace};

/// A package and the name of its test program. Unit tests have the package's own name.
pub type Name = (String, String);

/// A test program that cargo has built.
pub struct Program {
    pub name: Name,
    /// Whether it stands in the package's `tests`.
    pub is_of_tests: bool,
    pub path: PathBuf,
}

/// The test programs of `cargo test` with these arguments, built.
pub fn built(workspace: &Workspace, args: &[&str]) -> Result<Vec<Program>> {
    let mut command = workspace.cargo();
    command.args(["test", "--no-run", "--locked", "--message-format=json"]);
    let messages = shell::output_shown(command.args(args))?;
    let programs: Vec<_> = messages.lines().filter_map(program).collect();
    ensure!(!programs.is_empty(), "cargo names no test program");
    Ok(programs)
}

/// The program that a line of cargo's JSON names, when it is one of tests.
fn program(line: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message["profile"]["test"] != true {
        return None;
    }
    let target = &message["target"];
    Some(Program {
        name: (
            package(message["package_id"].as_str()?)?.to_owned(),
            target["name"].as_str()?.to_owned(),
        ),
        is_of_tests: is_of_tests(target),
        path: message["executable"].as_str()?.into(),
    })
}

fn is_of_tests(target: &Value) -> bool {
    target["kind"]
        .as_array()
        .is_some_and(|kinds| kinds.iter().any(|kind| kind == "test"))
}

/// The name in a package id: `path+file:///x/psa#psa-client@0.1.0`, or `...#0.1.0` where the folder has the name.
fn package(id: &str) -> Option<&str> {
    let (source, fragment) = id.split_once('#')?;
    match fragment.split_once('@') {
        Some((package, _)) => Some(package),
        None => source.rsplit('/').next(),
    }
}

/// Each program that stands in the `tests` of a package is built by one of these runs and has a test in it then. One that
/// asks for features which no run has, or leaves itself out, would otherwise pass for good.
pub fn none_is_empty(workspace: &Workspace, runs: &[&[&str]]) -> Result<()> {
    let declared = declared(&workspace.metadata()?);
    ensure!(!declared.is_empty(), "the workspace has no test program");
    let mut with_tests = BTreeSet::new();
    for run in runs {
        for program in built(workspace, run)? {
            if program.is_of_tests && has_tests(&program)? {
                with_tests.insert(program.name);
            }
        }
    }
    let empty: Vec<_> = declared.difference(&with_tests).collect();
    ensure!(
        empty.is_empty(),
        "these test programs are built by no step, or have no test in them: {empty:?}"
    );
    println!("{} test programs, each with tests", declared.len());
    Ok(())
}

/// The programs in the `tests` of all packages.
fn declared(metadata: &Value) -> BTreeSet<Name> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let targets = packages.flat_map(|package| {
        let targets = package["targets"].as_array().into_iter().flatten();
        targets.map(move |target| (package, target))
    });
    targets
        .filter(|(_, target)| is_of_tests(target))
        .filter_map(|(package, target)| {
            let name = |of: &Value| of["name"].as_str().map(str::to_owned);
            Some((name(package)?, name(target)?))
        })
        .collect()
}

fn has_tests(program: &Program) -> Result<bool> {
    let mut command = Command::new(&program.path);
    let list = shell::output(command.args(["--list", "--format", "terse"]))?;
    Ok(list.lines().any(|line| line.ends_with(": test")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_test_programs_in_cargo_s_messages() {
        let line = |id: &str, kind: &str, test: bool| {
            format!(
                r#"{{"package_id":"{id}","profile":{{"test":{test}}},"executable":"/t/deps/x",
                    "target":{{"name":"driver","kind":["{kind}"]}}}}"#
            )
            .replace('\n', "")
        };
        let psa = "path+file:///a/psa#psa-client@0.1.0";
        let found = program(&line(psa, "test", true)).unwrap();
        assert_eq!(found.name, ("psa-client".to_owned(), "driver".to_owned()));
        assert!(found.is_of_tests);
        let found = program(&line("path+file:///a/mbedtls-psa#0.1.0", "lib", true)).unwrap();
        assert_eq!(found.name.0, "mbedtls-psa");
        assert!(!found.is_of_tests);
        assert!(program(&line(psa, "test", false)).is_none());
        assert!(program("not json").is_none());
    }

    #[test]
    fn the_programs_of_the_workspace_are_those_of_its_folders_of_tests() {
        let declared = declared(&Workspace::new(true).unwrap().metadata().unwrap());
        for name in [("psa-client", "driver"), ("psa-faults", "veneer")] {
            let name = (name.0.to_owned(), name.1.to_owned());
            assert!(declared.contains(&name), "{name:?}");
        }
    }
}
