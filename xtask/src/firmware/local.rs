//! Everything in one image: Mbed TLS with its PSA core, on a board with the DSP extension and on one without.
use std::path::PathBuf;

use anyhow::Result;

use super::checks;
use super::image::Image;
use super::qemu::Machine;
use crate::shell::Workspace;

/// A machine for one image.
type Board = (&'static str, fn(PathBuf) -> Machine);

/// AN505 has the DSP extension, AN521 has it on demand.
const BOARDS: [Board; 3] = [
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

/// With the driver for P-256 on every board, and without it on one: the C library looks at no processor.
pub fn run(workspace: &Workspace) -> Result<()> {
    for (provider, features) in [SMALL, FULL] {
        for (run, driver, boards) in [
            ("local+driver", &["driver"][..], &BOARDS[..]),
            ("local", &[], &BOARDS[..1]),
        ] {
            let tests = Image {
                package: "firmware-local",
                suffix: &format!("{provider}-{run}"),
                features: &[features, driver].concat(),
                ..Image::default()
            }
            .build(workspace)?;
            for (board, machine) in boards {
                println!("-- {provider} as {run}, {board}");
                checks::conformance(workspace, machine(tests.clone()), run, provider)?;
            }
        }
    }
    let journey = Image {
        package: "firmware-local",
        program: Some("firmware-local-journey"),
        features: &["driver-asm"],
        ..Image::default()
    }
    .build(workspace)?;
    for way in ["journey", "pk-journey"] {
        checks::journey(an505(journey.clone()), way)?;
    }
    let text = checks::text_size(workspace, &journey)?;
    println!("text of both journeys, the C library included: {text} bytes");
    Ok(())
}
