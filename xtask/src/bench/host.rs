//! Operations on a host: instructions that valgrind counts, and time, of ours and of each peer.
use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::{Report, Row};
use crate::firmware::output_folder;
use crate::shell::{self, Workspace};
use crate::test::peers;

pub const GROUP: &str = "host";

/// What the safe layer may cost at most, as a ratio to the direct calls.
const SAFE: f64 = 1.01;
/// What ours may take of the instructions of Mbed TLS's C, called directly, with `ECP_NIST_OPTIM`.
const HALF: f64 = 0.5;

/// An operation, how often it runs when instructions are counted, and what is promised of it.
struct Operation {
    metric: &'static str,
    count: u32,
    /// The direct calls do the same: PEM and requests are PK's there, and not.
    safe: bool,
    half: bool,
}

const fn operation(metric: &'static str, count: u32, safe: bool, half: bool) -> Operation {
    Operation {
        metric,
        count,
        safe,
        half,
    }
}

/// Every count is that of the loop alone, and but for keys and signatures nothing in it is random. A signature draws a nonce,
/// and two differ by some 0.1 % in their instructions; over these many the mean is that of all to a tenth of it.
const OPERATIONS: [Operation; 11] = [
    operation("key", 500, true, false),
    operation("key+pem", 20, false, true),
    operation("csr", 20, false, false),
    operation("key+pem+csr", 10, false, false),
    operation("sign", 100, true, true),
    operation("verify", 5, true, true),
    operation("ecdh", 20, true, false),
    operation("sha256-1k", 200, true, false),
    operation("aes-gcm-1k", 200, true, false),
    operation("aes-gcm-1k decrypt", 200, true, false),
    operation("random 32 B", 2000, true, false),
];

/// How many runs of an operation are timed, so many times; the fastest counts, because what else runs only adds.
const TIMED: u32 = 5;

/// A subject: a program, and what it is given before the operation.
struct Subject {
    name: &'static str,
    program: PathBuf,
    arguments: &'static [&'static str],
}

/// Peers that are crates, and their programs.
const PEERS: [(&str, &str); 4] = [
    ("psa-crypto", "bench-psa-crypto"),
    ("mbedtls", "bench-mbedtls"),
    ("rustcrypto", "bench-p256"),
    ("openssl", "bench-openssl"),
];

pub fn run(workspace: &Workspace) -> Result<Report> {
    let with_driver = build(workspace, "driver", &[super::DRIVER])?;
    let without = build(workspace, "no-driver", &[])?;
    let mut subjects = Vec::new();
    for (name, program, argument) in [
        ("ours", &with_driver, ["psa"].as_slice()),
        ("ffi", &with_driver, &["ffi"]),
        ("ours-no-driver", &without, &["psa"]),
        ("mbedtls-c", &without, &["ffi"]),
    ] {
        subjects.push(Subject {
            name,
            program: program.clone(),
            arguments: argument,
        });
    }
    let mut report = Report {
        notes: vec![
            "`ffi`: the same C functions called directly, PEM and requests by PK and X.509 of Mbed TLS; `mbedtls-c`: these \
             without the driver, so Mbed TLS's own P-256 with `ECP_NIST_OPTIM`, by the same compiler with the same flags."
                .to_owned(),
            "`psa-crypto`, `mbedtls` (over Mbed TLS 2.28), `rustcrypto` (`p256`) and `openssl` (the system's library): the \
             programs of `peers/`, built with `--release`. `rustcrypto` signs deterministically."
                .to_owned(),
            format!(
                "Instructions: valgrind's callgrind, the mean of 5 to 2000 runs. Time in us: the fastest mean of {TIMED} \
                 series, on a machine that may do other work."
            ),
        ],
        ..Report::default()
    };
    for (name, program) in PEERS {
        match peer(workspace, name, program) {
            Ok(program) => subjects.push(Subject {
                name,
                program,
                arguments: &[],
            }),
            Err(error) => report.missing.push((name, format!("{error:#}"))),
        }
    }
    for subject in &subjects {
        let offered = shell::output(&mut subject.command(workspace))?;
        for operation in &OPERATIONS {
            if offered.lines().any(|line| line == operation.metric) {
                report.rows.extend(measured(workspace, subject, operation)?);
            }
        }
    }
    let ratios = ratios(&report.rows);
    report.rows.extend(ratios);
    // One metric after the other.
    report.rows.sort_by_key(|row| {
        let index = OPERATIONS.iter().position(|it| it.metric == row.metric);
        (row.group, index, row.unit)
    });
    Ok(report)
}

/// Builds benches/host as an application is built; a program that no later build overwrites.
fn build(workspace: &Workspace, name: &str, features: &[&str]) -> Result<PathBuf> {
    let mut build = workspace.cargo();
    build
        .args(["build", "--release", "--locked", "--quiet"])
        .args(["--package", "bench-host"])
        .arg("--features")
        .arg([&["mbedtls-psa/aes-gcm"], features].concat().join(","))
        .arg("--message-format=json-render-diagnostics");
    let program = shell::output_shown(&mut build)?
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo names no program of bench-host")?;
    let folder = output_folder(workspace)?.join("host");
    fs::create_dir_all(&folder)?;
    let kept = folder.join(format!("bench-host-{name}{EXE_SUFFIX}"));
    fs::copy(&program, &kept).with_context(|| program.display().to_string())?;
    Ok(kept)
}

/// Builds the program of a peer.
fn peer(workspace: &Workspace, name: &str, program: &str) -> Result<PathBuf> {
    let package = match name {
        "rustcrypto" => "peer-p256".to_owned(),
        name => format!("peer-{name}"),
    };
    let mut build = peers::cargo(workspace);
    build
        .args(["build", "--release", "--quiet"])
        .args(peers::MANIFEST)
        .args(["--package", &package, "--bin", program]);
    shell::output(&mut build)?;
    let target = workspace.root().join("peers/target/release");
    Ok(target.join(format!("{program}{EXE_SUFFIX}")))
}

impl Subject {
    fn command(&self, workspace: &Workspace) -> Command {
        let mut command = workspace.command(&self.program);
        command.args(self.arguments);
        command
    }
}

/// Instructions and time of one operation.
fn measured(workspace: &Workspace, subject: &Subject, operation: &Operation) -> Result<Vec<Row>> {
    let row = |value, unit| Row {
        group: GROUP,
        metric: operation.metric.to_owned(),
        subject: subject.name.to_owned(),
        value,
        unit,
        limit: None,
    };
    Ok(vec![
        row(instructions(workspace, subject, operation)?, "instructions"),
        row(microseconds(workspace, subject, operation)?, "us"),
    ])
}

/// The instructions of one operation, the mean of all runs.
fn instructions(workspace: &Workspace, subject: &Subject, operation: &Operation) -> Result<f64> {
    let mut command = workspace.command("valgrind");
    command
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=measure::measured*")
        .arg(&subject.program)
        .args(subject.arguments)
        .args([operation.metric, &operation.count.to_string()]);
    let output = command
        .output()
        .with_context(|| format!("cannot run {}", shell::shown(&command)))?;
    let text = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "{} failed: {text}",
        shell::shown(&command)
    );
    let collected = collected(&text).with_context(|| format!("valgrind counts nothing: {text}"))?;
    Ok(collected / f64::from(operation.count))
}

/// Reads callgrind's `==7== Collected : 705293`. Nothing collected means that the function was not found.
fn collected(text: &str) -> Option<f64> {
    let number = text
        .lines()
        .find_map(|line| line.split_once("Collected :"))?
        .1;
    let number: f64 = number.trim().parse().ok()?;
    (number > 0.0).then_some(number)
}

fn microseconds(workspace: &Workspace, subject: &Subject, operation: &Operation) -> Result<f64> {
    let mut best = f64::INFINITY;
    for _ in 0..TIMED {
        let mut command = subject.command(workspace);
        command.args([operation.metric, &operation.count.to_string()]);
        let text = shell::output(&mut command)?;
        let nanoseconds: f64 = text
            .trim()
            .parse()
            .with_context(|| format!("{} says no time but {text:?}", shell::shown(&command)))?;
        best = best.min(nanoseconds / 1000.0 / f64::from(operation.count));
    }
    Ok(best)
}

/// The rows that hold the promises: ratios of instructions.
fn ratios(rows: &[Row]) -> Vec<Row> {
    let of = |subject: &str, metric: &str| {
        let row = rows.iter().find(|row| {
            row.subject == subject && row.metric == metric && row.unit == "instructions"
        });
        row.map(|row| row.value)
    };
    let mut ratios = Vec::new();
    for operation in &OPERATIONS {
        for (wanted, to, limit) in [
            (operation.safe, "ffi", SAFE),
            (operation.half, "mbedtls-c", HALF),
        ] {
            let both = of("ours", operation.metric).zip(of(to, operation.metric));
            if let Some((ours, other)) = both.filter(|_| wanted) {
                ratios.push(Row {
                    group: "host-ratios",
                    metric: operation.metric.to_owned(),
                    subject: format!("ours / {to}"),
                    value: ours / other,
                    unit: "ratio",
                    limit: Some(limit),
                });
            }
        }
    }
    ratios
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_callgrind_collected_and_zero_is_nothing() {
        assert_eq!(
            collected("==7== \n==7== Collected : 705293\n"),
            Some(705_293.0)
        );
        assert_eq!(collected("==7== Collected : 0"), None);
        assert_eq!(collected("==7== Events : Ir"), None);
    }

    #[test]
    fn a_promise_is_a_ratio_of_instructions() {
        let row = |subject: &str, metric: &str, value, unit| Row {
            group: GROUP,
            metric: metric.to_owned(),
            subject: subject.to_owned(),
            value,
            unit,
            limit: None,
        };
        let rows = [
            row("ours", "sign", 100.0, "instructions"),
            row("ours", "sign", 1.0, "us"),
            row("ffi", "sign", 80.0, "instructions"),
            row("mbedtls-c", "sign", 400.0, "instructions"),
            row("ours", "csr", 7.0, "instructions"),
            row("ffi", "csr", 7.0, "instructions"),
        ];
        let ratios = ratios(&rows);
        let found: Vec<_> = ratios
            .iter()
            .map(|row| (row.subject.as_str(), row.value, row.is_kept()))
            .collect();
        assert_eq!(
            found,
            [
                ("ours / ffi", 1.25, false),
                ("ours / mbedtls-c", 0.25, true)
            ]
        );
    }
}
