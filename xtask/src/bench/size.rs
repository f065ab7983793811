//! What the journey takes of a device: flash, and RAM for variables, heap and stack.
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::baseline::{self, Configuration, Program};
use super::elf;
use super::{Bench, Report, Row};
use crate::firmware::checks;
use crate::firmware::image::Image;
use crate::firmware::qemu::Machine;
use crate::shell::Workspace;

pub const GROUP: &str = "size";

/// Bytes of flash that the journey of everything in one image may take.
const FLASH: f64 = 64.0 * 1024.0;
/// Bytes of RAM: variables, and the most of heap and stack.
const RAM: f64 = 12.0 * 1024.0;

/// As many keys at a time as the programs in C have room for, in `journey_config.h`.
const KEY_SLOTS: &str = "4";

/// What `checks` calls the journey; the images here know one only.
const WAY: &str = "journey";

/// The subject that is promised to be no larger than the program in C, and that program.
const OURS: &str = "ours";
const IN_C: &str = "p256-m";

/// An image that has gone its way.
pub struct Measured {
    subject: &'static str,
    flash: f64,
    variables: f64,
    heap: f64,
    stack: f64,
}

impl Measured {
    pub fn ram(&self) -> f64 {
        self.variables + self.heap + self.stack
    }

    fn metrics(&self) -> [(&'static str, f64); 5] {
        [
            ("flash", self.flash),
            ("ram", self.ram()),
            ("ram: variables", self.variables),
            ("ram: most heap", self.heap),
            ("ram: most stack", self.stack),
        ]
    }
}

pub fn run(bench: &Bench) -> Result<Report> {
    let workspace = bench.workspace;
    let local = |subject: &'static str, features: &[&str]| {
        let features = [&["local"], features].concat();
        alone(
            subject,
            &rust(workspace, &format!("-{subject}"), &features, None)?,
        )
    };
    let mut images = vec![
        local(OURS, &[super::DRIVER_ASM])?,
        local("ours-no-driver", &[])?,
        alone(IN_C, &in_c(workspace)?)?,
        alone("mbedtls-c", &c(workspace, "mbedtls-c", &[])?)?,
        local("ours-auto", &[super::DRIVER])?,
    ];
    let secure = bench.secure_side()?;
    let root = secure.root().as_os_str();
    for (subject, feature) in [("ours-ns", "ns"), ("ours-hybrid", "hybrid")] {
        let image = rust(workspace, &format!("-{feature}"), &[feature], Some(root))?;
        let machine = Machine::an521(secure.image(), image.clone());
        images.push(gone(subject, &image, machine)?);
    }
    Ok(Report {
        rows: rows(&images),
        notes: vec![
            format!(
                "`ours`: everything in one image, with the driver's assembly, as the programs in C are (Mbed TLS with p256-m, and \
                 with its built-in ECC); `ours-auto` has RustCrypto's P-256 as well, for cores without DSP; `ours-ns` and \
                 `ours-hybrid` have their keys behind TrustZone ({}).",
                secure.provider()?
            ),
            format!(
                "C flags: `{} -Os`, newlib-nano, `--gc-sections`.",
                baseline::WITHOUT_DSP.join(" ")
            ),
        ],
        ..Report::default()
    })
}

/// An image of `firmware-size`.
fn rust(
    workspace: &Workspace,
    suffix: &str,
    features: &[&str],
    secure: Option<&std::ffi::OsStr>,
) -> Result<PathBuf> {
    let secure = secure.map(|root| ("TFM_API_NS", root));
    let environment: Vec<_> = secure
        .into_iter()
        .chain([("MBEDTLS_PSA_KEY_SLOT_COUNT", KEY_SLOTS.as_ref())])
        .collect();
    Image {
        package: "firmware-size",
        profile: Some("firmware-size"),
        suffix,
        features,
        environment: &environment,
        ..Image::default()
    }
    .build(workspace)
}

/// The program in C, with p256-m.
pub fn in_c(workspace: &Workspace) -> Result<PathBuf> {
    c(workspace, IN_C, &[("JOURNEY_P256_M", "1")])
}

fn c(workspace: &Workspace, name: &str, define: &[(&'static str, &str)]) -> Result<PathBuf> {
    Program {
        name: &format!("journey-{name}"),
        main: "journey",
        machine: baseline::WITHOUT_DSP,
        configuration: Configuration::Journey,
        define,
        hot: None,
    }
    .build(workspace)
}

/// Lets an image that needs no secure side go its way on AN505.
pub fn alone(subject: &'static str, image: &Path) -> Result<Measured> {
    let machine = Machine::alone("mps2-an505", image.to_path_buf());
    gone(subject, image, machine)
}

/// Lets an image go its way, which the host checks, and reads what it took.
fn gone(subject: &'static str, image: &Path, machine: Machine) -> Result<Measured> {
    let lines = checks::journey_quietly(machine, WAY).context(subject)?;
    let number = |what: &str| lines.iter().find_map(|line| number(line, what));
    let variables = bytes(elf::variables(image)?);
    Ok(Measured {
        subject,
        flash: bytes(elf::flash(image)?),
        // A heap among the variables counts by what is used of it.
        variables: variables - number("heap, room: ").unwrap_or_default(),
        heap: number("heap, most in use: ").unwrap_or_default(),
        stack: number("stack, most in use: ").context("the image says nothing of its stack")?,
    })
}

#[allow(clippy::cast_precision_loss, reason = "no image is that large")]
pub fn bytes(count: u64) -> f64 {
    count as f64
}

fn number(line: &str, what: &str) -> Option<f64> {
    line.strip_prefix(what)?.parse().ok()
}

fn rows(images: &[Measured]) -> Vec<Row> {
    let in_c = |metric: &str| {
        let image = images.iter().find(|image| image.subject == IN_C)?;
        let found = image
            .metrics()
            .into_iter()
            .find(|(name, _)| *name == metric);
        found.map(|(_, value)| value)
    };
    let limit = |subject: &str, metric: &str| {
        let own = match metric {
            "flash" => FLASH,
            "ram" => RAM,
            _ => return None,
        };
        (subject == OURS).then(|| in_c(metric).map_or(own, |other| own.min(other)))
    };
    let mut rows = Vec::new();
    for image in images {
        for (metric, value) in image.metrics() {
            rows.push(Row {
                group: GROUP,
                metric: metric.to_owned(),
                subject: image.subject.to_owned(),
                value,
                unit: "B",
                limit: limit(image.subject, metric),
            });
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(subject: &'static str, flash: f64, stack: f64) -> Measured {
        Measured {
            subject,
            flash,
            variables: 1000.0,
            heap: 2000.0,
            stack,
        }
    }

    #[test]
    fn ours_may_not_be_larger_than_the_program_in_c_nor_than_is_promised() {
        let rows = rows(&[
            image(OURS, 40_000.0, 500.0),
            image(IN_C, 37_000.0, 99_000.0),
        ]);
        let row = |metric: &str| rows.iter().find(|row| row.metric == metric).unwrap();
        assert_eq!(row("flash").limit, Some(37_000.0));
        assert!(!row("flash").is_kept());
        assert_eq!((row("ram").value, row("ram").limit), (3500.0, Some(RAM)));
        let of_c = rows.iter().filter(|row| row.subject == IN_C);
        assert!(of_c.into_iter().all(|row| row.limit.is_none()));
    }

    #[test]
    fn what_an_image_says_is_read() {
        assert_eq!(number("heap, room: 32768", "heap, room: "), Some(32768.0));
        assert_eq!(number("heap, room: ", "heap, room: "), None);
    }
}
