//! Ticks on a Cortex-M33, with and without the DSP extension: ours beside Mbed TLS in C, p256-m and `RustCrypto`.
use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use mbedtls_config::Tuning;

use super::baseline::{self, Configuration, Program};
use super::{Report, Row};
use crate::firmware::arm;
use crate::firmware::image::Image;
use crate::firmware::qemu::{End, Machine};
use crate::shell::Workspace;

pub const GROUP: &str = "m33";
/// The same on a core without DSP.
pub const GROUP_NO_DSP: &str = "m33-no-dsp";

/// Ticks of ours that are promised, with DSP. Key: no multiplication; key and PEM: one; all three: two.
const LIMITS: [(&str, f64); 5] = [
    ("key", 250.0),
    ("key+pem", 5600.0),
    ("key+pem+csr", 11_800.0),
    ("sign", 5700.0),
    ("verify", 14_500.0),
];

/// The profile of the workspace for what is measured by its speed, and how C is compiled then.
const SPEED: Option<&str> = Some("firmware-speed");
const HOT_FLAG: &str = Tuning::HOT_FLAG;
const OTHER_FLAG: &str = Tuning::FLAG;

/// A board, and what compilers are told of its core.
struct Board {
    group: &'static str,
    machine: &'static str,
    c: arm::Machine,
    /// What C in Rust images is compiled with beside what the crate `cc` chooses for the target.
    cflags: &'static str,
    rust: &'static str,
    limits: &'static [(&'static str, f64)],
}

const BOARDS: [Board; 2] = [
    Board {
        group: GROUP,
        machine: "mps2-an505",
        c: baseline::WITH_DSP,
        cflags: baseline::WITH_DSP[0],
        rust: "-C target-cpu=cortex-m33",
        limits: &LIMITS,
    },
    Board {
        group: GROUP_NO_DSP,
        machine: "mps2-an521",
        c: baseline::WITHOUT_DSP,
        // The assembly for DSP, which is not used there, asks for its own.
        cflags: "",
        rust: "",
        limits: &[],
    },
];

/// Nothing takes longer, but a machine that has much else to do.
const TIME_LIMIT: Duration = Duration::from_secs(300);

pub fn run(workspace: &Workspace) -> Result<Report> {
    let mut report = Report::default();
    for board in &BOARDS {
        for (subject, image) in images(workspace, board)? {
            let limits = if subject == "ours" { board.limits } else { &[] };
            for (metric, ticks) in measured(board, image).context(subject)? {
                let limit = limits.iter().find(|(name, _)| *name == metric);
                report.rows.push(Row {
                    group: board.group,
                    metric,
                    subject: subject.to_owned(),
                    value: ticks,
                    unit: "ticks",
                    limit: limit.map(|(_, limit)| *limit),
                });
            }
        }
        report.notes.push(format!(
            "`{}`: QEMU's `{}`; C `{} {OTHER_FLAG}` and {HOT_FLAG} for the files in which the time is spent, on all sides; \
             Rust `{}`, opt-level 3.",
            board.group,
            board.machine,
            board.c.join(" "),
            if board.rust.is_empty() {
                "no flags"
            } else {
                board.rust
            },
        ));
    }
    report
        .notes
        .push(format!("C compiler: {}.", arm::compiler_version()?));
    Ok(report)
}

/// Every subject and its image for a board.
fn images(workspace: &Workspace, board: &Board) -> Result<Vec<(&'static str, PathBuf)>> {
    let environment = [
        ("CFLAGS_thumbv8m_main_none_eabi", OsStr::new(board.cflags)),
        (
            "CARGO_TARGET_THUMBV8M_MAIN_NONE_EABI_RUSTFLAGS",
            OsStr::new(board.rust),
        ),
    ];
    let rust = |subject: &'static str, profile, features: &[&str]| {
        let image = Image {
            package: "firmware-ticks",
            suffix: &format!("-{subject}-{}", board.group),
            profile,
            features,
            environment: &environment,
            ..Image::default()
        };
        Ok::<_, anyhow::Error>((subject, image.build(workspace)?))
    };
    let c = |subject: &'static str, define| {
        let program = Program {
            name: &format!("ticks-{subject}-{}", board.group),
            main: "ticks",
            machine: board.c,
            configuration: Configuration::Default,
            define,
            hot: Some(HOT_FLAG),
        };
        Ok::<_, anyhow::Error>((subject, program.build(workspace)?))
    };
    Ok(vec![
        rust("ours", SPEED, &[super::DRIVER])?,
        rust("ours-no-driver", SPEED, &[])?,
        c("mbedtls-c", &[])?,
        c("p256-m", &[("MBEDTLS_PSA_P256M_DRIVER_ENABLED", "1")])?,
        rust("rustcrypto", SPEED, &["rustcrypto"])?,
    ])
}

/// Runs an image; each metric and its mean.
fn measured(board: &Board, image: PathBuf) -> Result<Vec<(String, f64)>> {
    ticks(board.machine, image)
}

/// Runs an image that prints ticks, and answers the mean of each metric.
pub fn ticks(board: &'static str, image: PathBuf) -> Result<Vec<(String, f64)>> {
    let mut machine = Machine::alone(board, image);
    // An instruction takes a nanosecond, a tick of the timer 50.
    machine.options = ["-icount", "shift=0"].map(str::to_owned).into();
    machine.limit = TIME_LIMIT;
    let mut means = Vec::new();
    let mut lines = Vec::new();
    let end = machine.run(|line| {
        means.extend(mean(line));
        lines.push(line.to_owned());
    })?;
    ensure!(
        end == End::Exit(0) && !means.is_empty(),
        "{end}\n{}",
        lines.join("\n")
    );
    Ok(means)
}

/// Reads `ticks METRIC RUNS TICKS`.
fn mean(line: &str) -> Option<(String, f64)> {
    let mut words = line.strip_prefix("ticks ")?.split(' ');
    let (metric, runs, sum) = (words.next()?, words.next()?, words.next()?);
    let (runs, sum): (u32, u32) = (runs.parse().ok()?, sum.parse().ok()?);
    (runs > 0).then(|| (metric.to_owned(), f64::from(sum) / f64::from(runs)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_metric_and_its_mean() {
        let read = mean("ticks key+pem 4 401853");
        assert_eq!(read, Some(("key+pem".to_owned(), 100_463.25)));
        for wrong in ["", "ticks key 0 5", "ticks key 4", "ticks key 4 failed: -3"] {
            assert_eq!(mean(wrong), None, "{wrong}");
        }
    }
}
