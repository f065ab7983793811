//! `cargo xtask bench`: figures, one group after the other, as tables, as JSON, and as `benches/results.md`.
//!
//! A group is a line of `GROUPS` and a function that returns a report: rows, each of them one figure, and how they were
//! taken. A row with a limit is a promise, and the command fails when it is broken.
mod baseline;
mod chart;
mod clean_build;
mod elf;
mod host;
mod m33;
mod names;
mod ns;
mod options;
mod results;
mod size;
mod table;

use std::cell::OnceCell;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use lexopt::prelude::*;
use serde::Serialize;

use crate::firmware::export::Export;
use crate::firmware::spe;
use crate::setup;
use crate::shell::Workspace;

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    pub group: &'static str,
    /// What was measured.
    pub metric: String,
    /// Of what.
    pub subject: String,
    pub value: f64,
    pub unit: &'static str,
    /// The value may not be greater.
    #[serde(skip)]
    pub limit: Option<f64>,
}

impl Row {
    fn is_kept(&self) -> bool {
        self.limit.is_none_or(|limit| self.value <= limit)
    }
}

/// What a group has measured.
#[derive(Default)]
pub struct Report {
    pub rows: Vec<Row>,
    /// How it was taken, in sentences.
    pub notes: Vec<String>,
    /// Subjects that could not be measured, and why.
    pub missing: Vec<(&'static str, String)>,
}

/// What the groups measure with.
pub struct Bench<'a> {
    pub workspace: &'a Workspace,
    /// A TF-M of the user's: `--tfm`, or `TFM_API_NS`.
    tfm: Option<Export>,
    stand_in: OnceCell<Export>,
}

impl Bench<'_> {
    /// TF-M, when there is one.
    pub fn tfm(&self) -> Option<&Export> {
        self.tfm.as_ref()
    }

    /// TF-M, or the stand-in.
    pub fn secure_side(&self) -> Result<&Export> {
        if let Some(tfm) = &self.tfm {
            return Ok(tfm);
        }
        if self.stand_in.get().is_none() {
            let built = spe::build(self.workspace)?.into_export();
            _ = self.stand_in.set(built);
        }
        self.stand_in.get().context("it was just built")
    }
}

/// A group: what it is called, what it is about, and what measures it.
struct Group {
    name: &'static str,
    title: &'static str,
    about: &'static str,
    measure: fn(&Bench) -> Result<Report>,
}

const GROUPS: &[Group] = &[
    Group {
        name: m33::GROUP,
        title: "Cortex-M33",
        about: "Ticks of 50 ns of an operation, counted by SysTick at 20 MHz under QEMU's `-icount shift=0`, where an \
            instruction takes 1 ns: a tick is 50 instructions, and waits of a real memory are not in it. Each is the mean of \
            4 runs (16 of the short ones) after a first one that is not counted. The random numbers of all subjects are \
            those of Mbed TLS's CTR_DRBG over the same test entropy. `verify` has a public key.",
        measure: |bench| m33::run(bench.workspace),
    },
    Group {
        name: ns::GROUP,
        title: "Non-secure side",
        about: "Instructions of a call into TF-M on the non-secure side, with a veneer of two instructions in TF-M's place; \
            `lock`: with an RTOS's lock that is free.",
        measure: ns::run,
    },
    Group {
        name: size::GROUP,
        title: "Image sizes",
        about: "The journey of `tests/firmware/checks`: a key with its PEM, a key that cannot be exported, its request, and \
            the certificate that comes back. Flash: code, constants and initial values. RAM: variables without the heap, \
            the most of the heap that was in use (with the allocator's own words), and the most of the stack, which was \
            painted before.",
        measure: size::run,
    },
    Group {
        name: names::GROUP,
        title: "Names of codes",
        about: "What they add to the flash of an image, tables and code.",
        measure: |bench| names::run(bench.workspace).map(Report::of),
    },
    Group {
        name: host::GROUP,
        title: "Host",
        about: "Operations on this machine. Keys, PEM and requests as on the Cortex-M33; `verify` has a public key.",
        measure: |bench| host::run(bench.workspace),
    },
    Group {
        name: clean_build::GROUP,
        title: "Clean build",
        about: "How long a crate takes to build, with the C library below it.",
        measure: |bench| clean_build::run(bench.workspace),
    },
    Group {
        name: options::GROUP,
        title: "Options of Mbed TLS",
        about: "The programs in C on AN505 (`-march=armv8-m.main+dsp`), with one choice changed at a time; `options-driver`: \
            P-256 by a driver (p256-m), so that no curve of Mbed TLS is in the image. `base`: `-Os`, \
            `ECP_NIST_OPTIM`, otherwise Mbed TLS's defaults for curves, one AES table, in flash, `SHA256_SMALLER`, four key \
            slots. Hot files: `aes`, `bignum*` and `ecp*`. The profiles hold among all that is measured here: `size` is the \
            smallest of flash and RAM together but for what takes twice as long to sign, `speed` within 5 % of the fastest.",
        measure: |bench| options::run(bench.workspace),
    },
];

impl Report {
    fn of(rows: Vec<Row>) -> Self {
        Self {
            rows,
            ..Self::default()
        }
    }
}

/// The feature that puts the P-256 driver into an image or a program: assembly where the core has DSP, else `RustCrypto`.
const DRIVER: &str = "psa-client/p256-driver";
/// The same of assembly alone, for a device that is known to have DSP.
const DRIVER_ASM: &str = "psa-client/p256-driver-asm";

#[derive(Default)]
struct Options {
    only: Vec<String>,
    json: Option<PathBuf>,
    tfm: Option<PathBuf>,
}

impl Options {
    fn parse(args: &[OsString]) -> Result<Self> {
        let mut options = Self::default();
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("only") => options.only.push(parser.value()?.string()?),
                Long("json") => options.json = Some(parser.value()?.into()),
                Long("tfm") => options.tfm = Some(parser.value()?.into()),
                other => return Err(other.unexpected().into()),
            }
        }
        if let Some(unknown) = options
            .only
            .iter()
            .find(|name| GROUPS.iter().all(|group| group.name != **name))
        {
            let names: Vec<&str> = GROUPS.iter().map(|group| group.name).collect();
            bail!("no group `{unknown}`; there are: {}", names.join(", "));
        }
        Ok(options)
    }

    fn groups(&self) -> impl Iterator<Item = &'static Group> {
        GROUPS
            .iter()
            .filter(|group| self.only.is_empty() || self.only.iter().any(|name| name == group.name))
    }
}

/// Compiles the program in C that the size of ours is held against.
pub fn program_in_c(workspace: &Workspace) -> Result<()> {
    let image = size::in_c(workspace)?;
    println!("{}", image.display());
    Ok(())
}

/// Measures the groups that the arguments name, all of them without any; then `benches/results.md` is written anew.
pub fn run(workspace: &Workspace, args: &[OsString]) -> Result<()> {
    let options = Options::parse(args)?;
    if options.groups().any(|group| group.name != names::GROUP) {
        setup::run(workspace, &setup::for_bench())?;
    }
    let tfm = options
        .tfm
        .clone()
        .or_else(|| std::env::var_os("TFM_API_NS").map(PathBuf::from));
    let bench = Bench {
        workspace,
        tfm: tfm.as_deref().map(Export::open).transpose()?,
        stand_in: OnceCell::new(),
    };
    let mut reports = Vec::new();
    for group in options.groups() {
        let report = (group.measure)(&bench).with_context(|| format!("group {}", group.name))?;
        println!("\n{}", results::section(group, &report));
        reports.push((group, report));
    }
    let rows: Vec<&Row> = reports
        .iter()
        .flat_map(|(_, report)| &report.rows)
        .collect();
    if let Some(path) = &options.json {
        fs::write(path, json(&rows)?).with_context(|| path.display().to_string())?;
    }
    // A part of the figures beside older ones would compare two machines, or two states of the code.
    if options.only.is_empty() {
        results::write(&workspace.root().join("benches"), &reports)?;
    }
    let broken: Vec<String> = rows
        .iter()
        .filter(|row| !row.is_kept())
        .map(|row| table::broken(row))
        .collect();
    ensure!(
        broken.is_empty(),
        "{} figures are above their limits:\n{}",
        broken.len(),
        broken.join("\n")
    );
    Ok(())
}

/// One row a line, in brackets.
fn json(rows: &[&Row]) -> Result<String> {
    let lines: Result<Vec<String>, _> = rows.iter().map(serde_json::to_string).collect();
    Ok(format!("[\n{}\n]\n", lines?.join(",\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: f64, limit: Option<f64>) -> Row {
        Row {
            group: "names",
            metric: "size".to_owned(),
            subject: "tables".to_owned(),
            value,
            unit: "B",
            limit,
        }
    }

    fn parse(args: &[&str]) -> Result<Options> {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        Options::parse(&args)
    }

    #[test]
    fn a_group_is_chosen_by_its_name_and_an_unknown_one_is_an_error() {
        assert_eq!(parse(&[]).unwrap().groups().count(), GROUPS.len());
        assert_eq!(parse(&["--only", "names"]).unwrap().groups().count(), 1);
        assert!(parse(&["--only", "name"]).is_err());
        assert!(parse(&["names"]).is_err());
    }

    #[test]
    fn the_json_is_a_list_of_rows() {
        let text = json(&[&row(1.0, None), &row(2.5, Some(3.0))]).unwrap();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let expected = serde_json::json!([
            {"group": "names", "metric": "size", "subject": "tables", "value": 1.0, "unit": "B"},
            {"group": "names", "metric": "size", "subject": "tables", "value": 2.5, "unit": "B"},
        ]);
        assert_eq!(value, expected);
    }

    #[test]
    fn a_broken_limit_is_seen() {
        assert!(row(3.0, Some(3.0)).is_kept() && row(4.0, None).is_kept());
        assert!(!row(3.5, Some(3.0)).is_kept());
    }
}
