//! Everything in one image: Mbed TLS with its PSA core, on a board with the DSP extension and on one without.
use std::path::PathBuf;

use anyhow::Result;

use super::checks;
use super::image::{Image, THUMB};
use super::p256::{CORTEX_M4, cortex_m4};
use super::parallel::{self, Job};
use super::qemu::Machine;
use crate::shell::Workspace;

/// A machine for one image.
pub type Board = (&'static str, fn(PathBuf) -> Machine);

/// AN505 has the DSP extension, AN521 has it on demand.
pub const BOARDS: [Board; 3] = [
    ("AN505", an505),
    ("AN521", |image| Machine::alone("mps2-an521", image)),
    ("AN521 with DSP", |image| {
        let mut machine = Machine::alone("mps2-an521", image);
        machine
            .options
            .extend(["-global", "sse-200.CPU0_DSP=on"].map(str::to_owned));
        machine
    }),
];

pub fn an505(image: PathBuf) -> Machine {
    Machine::alone("mps2-an505", image)
}

/// A provider of the conformance list, and the features that make the image it.
type Configuration = (&'static str, &'static [&'static str]);

/// Mbed TLS for provisioning.
const SMALL: Configuration = ("local", &["tests"]);
/// Mbed TLS with every algorithm of the PSA Crypto API.
pub const FULL: Configuration = ("local-full", &["tests", "full"]);

/// The list with the driver for P-256 and without it, on every board; and the journey, also on a Cortex-M4.
pub fn run(workspace: &Workspace) -> Result<()> {
    let mut jobs = Vec::new();
    for (provider, features) in [SMALL, FULL] {
        for (run, driver) in [("local+driver", &["driver"][..]), ("local", &[])] {
            let tests = Image {
                package: "firmware-local",
                suffix: &format!("{provider}-{run}"),
                features: &[features, driver].concat(),
                ..Image::default()
            }
            .build(workspace)?;
            for (board, machine) in BOARDS {
                let machine = machine(tests.clone());
                let name = format!("{provider} as {run}, {board}");
                jobs.push(Job::new(name, move |show| {
                    checks::conformance(workspace, machine, run, provider, show)
                }));
            }
        }
    }
    parallel::run(jobs)?;

    let journeys = Image {
        package: "firmware-local",
        program: Some("firmware-local-journey"),
        features: &["driver-asm"],
        ..Image::default()
    }
    .build_for(workspace, &[THUMB, CORTEX_M4])?;
    for (journey, machine) in journeys.iter().zip([an505, cortex_m4]) {
        for way in ["journey", "pk-journey"] {
            checks::journey(machine(journey.clone()), way)?;
        }
        let text = checks::text_size(workspace, journey)?;
        println!("text of both journeys, the C library included: {text} bytes");
    }
    Ok(())
}
