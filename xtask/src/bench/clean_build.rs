//! How long a clean build takes: ours, and the crates that have the same library below them.
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use anyhow::{Context as _, Result, ensure};

use super::{Report, Row};
use crate::scratch::Scratch;
use crate::shell::{self, Workspace};
use crate::test::peers;

pub const GROUP: &str = "build";

const OURS: &str = "ours";

/// A subject, the package and its manifest.
struct Subject {
    name: &'static str,
    package: &'static str,
    manifest: PathBuf,
}

pub fn run(workspace: &Workspace) -> Result<Report> {
    let scratch = Scratch::new()?;
    let root = workspace.root();
    let peers = root.join(peers::MANIFEST[2]);
    let subjects = [
        (OURS, "mbedtls-psa", root.join("Cargo.toml")),
        ("psa-crypto", "psa-crypto", peers.clone()),
        ("mbedtls", "mbedtls", peers),
        ("mbedtls-rs-sys", "mbedtls-rs-sys", pinned(root, &scratch)?),
    ]
    .map(|(name, package, manifest)| Subject {
        name,
        package,
        manifest,
    });
    let mut report = Report::default();
    let mut times = Vec::new();
    for subject in &subjects {
        match build(workspace, &scratch, subject) {
            Ok(time) => times.push((subject.name, time)),
            Err(error) => {
                ensure!(subject.name != OURS, "{error:#}");
                let text = format!("{error:#}");
                let last = text.lines().rfind(|line| !line.trim().is_empty());
                report
                    .missing
                    .push((subject.name, last.unwrap_or_default().to_owned()));
            }
        }
    }
    report.rows = rows(&times);
    report.notes.push(format!(
        "`cargo build --release` of the package with its default features into an empty target folder, on {} processors; what \
         cargo downloads is there already. `cpu` is the time of all processors together. `mbedtls` without default features \
         but `std`.",
        crate::workers::count()
    ));
    Ok(report)
}

/// The pin's package with its dependency for every target and with its default features, without which it does not build: there
/// it is locked, but never built.
fn pinned(root: &Path, scratch: &Scratch) -> Result<PathBuf> {
    let folder = scratch.path("pinned");
    fs::create_dir(&folder)?;
    for file in ["Cargo.lock", "lib.rs"] {
        fs::copy(root.join("mbedtls-src").join(file), folder.join(file))?;
    }
    let manifest = fs::read_to_string(root.join("mbedtls-src/Cargo.toml"))?;
    let built = for_every_target(&manifest).context("the pin's manifest has other words")?;
    let path = folder.join("Cargo.toml");
    fs::write(&path, built)?;
    Ok(path)
}

fn for_every_target(manifest: &str) -> Option<String> {
    let (before, after) = manifest.split_once("[target.'cfg(any())'.dependencies]")?;
    let after = after.replace(", default-features = false", "");
    Some(format!("{before}[dependencies]{after}"))
}

/// Seconds on the clock, and of all processors.
#[derive(Clone, Copy)]
struct Time {
    clock: f64,
    cpu: f64,
}

fn build(workspace: &Workspace, scratch: &Scratch, subject: &Subject) -> Result<Time> {
    let target = scratch.path(&format!("target-{}", subject.name));
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // The shell knows how long its children worked.
    let mut command: Command = workspace.command("sh");
    command
        .args(["-c", r#""$@" >&2 && times"#, "sh"])
        .arg(cargo)
        .args(["build", "--release", "--locked", "--offline", "--quiet"])
        .args(["--package", subject.package, "--manifest-path"])
        .arg(&subject.manifest)
        .arg("--target-dir")
        .arg(&target)
        .env("MBEDTLS_NO_PKG_CONFIG", "1");
    for variable in [
        "RUSTC_WRAPPER",
        "RUSTFLAGS",
        "CARGO_BUILD_JOBS",
        "CARGO_INCREMENTAL",
        "MBEDTLS_LIB_DIR",
        "MBEDTLS_INCLUDE_DIR",
    ] {
        command.env_remove(variable);
    }
    let begin = Instant::now();
    let text = shell::output(&mut command)?;
    let clock = begin.elapsed().as_secs_f64();
    fs::remove_dir_all(&target)?;
    let cpu = children(&text).with_context(|| format!("`times` of the shell says {text:?}"))?;
    Ok(Time { clock, cpu })
}

/// Reads the second line of the shell's `times`, that of its children: `1m4.72s 0m9.49s`.
fn children(text: &str) -> Option<f64> {
    let line = text.lines().nth(1)?;
    let seconds = |word: &str| {
        let (minutes, seconds) = word.strip_suffix('s')?.split_once('m')?;
        Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
    };
    line.split_whitespace().map(seconds).sum()
}

fn rows(times: &[(&'static str, Time)]) -> Vec<Row> {
    let row = |metric: &str, subject: &str, value, limit| Row {
        group: GROUP,
        metric: metric.to_owned(),
        subject: subject.to_owned(),
        value,
        unit: "s",
        limit,
    };
    let peers = times.iter().filter(|(name, _)| *name != OURS);
    let fastest = peers.map(|(_, time)| time.clock).reduce(f64::min);
    let mut rows = Vec::new();
    for (name, time) in times {
        let limit = fastest.filter(|_| *name == OURS);
        rows.push(row("clean build", name, time.clock, limit));
        rows.push(row("clean build, cpu", name, time.cpu, None));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_children_is_read() {
        let text = "0m0.00s 0m0.01s\n1m4.50s 0m9.25s\n";
        assert_eq!(children(text), Some(73.75));
        assert_eq!(children("0m0.00s 0m0.01s\n"), None);
        assert_eq!(children("x\n1m4.50s nine\n"), None);
    }

    #[test]
    fn ours_may_not_take_longer_than_the_fastest_peer() {
        let time = |clock| Time { clock, cpu: 1.0 };
        let rows = rows(&[
            (OURS, time(20.0)),
            ("mbedtls", time(30.0)),
            ("psa-crypto", time(15.0)),
        ]);
        assert_eq!((rows[0].limit, rows[0].is_kept()), (Some(15.0), false));
        assert!(rows[1..].iter().all(|row| row.limit.is_none()));
    }

    #[test]
    fn the_pin_is_built_where_its_condition_is_gone() {
        let manifest = "[package]\n[target.'cfg(any())'.dependencies]\n\
            x = { version = \"1\", default-features = false }\n";
        let built = for_every_target(manifest).unwrap();
        assert_eq!(
            built,
            "[package]\n[dependencies]\nx = { version = \"1\" }\n"
        );
        assert_eq!(for_every_target("[dependencies]"), None);
    }
}
