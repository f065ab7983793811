//! Everything in one image: Mbed TLS with its PSA core, on a board with the DSP extension and on one without.
use anyhow::Result;

use super::checks;
use super::image::Image;
use super::qemu::Machine;
use crate::shell::Workspace;

/// AN505 has DSP, AN521 has not.
pub const BOARDS: [&str; 2] = ["mps2-an505", "mps2-an521"];

/// A provider of the conformance list, and the features that make the image it.
type Configuration = (&'static str, &'static [&'static str]);

/// Mbed TLS for provisioning.
const SMALL: Configuration = ("local", &["tests"]);
/// Mbed TLS with every algorithm of the PSA Crypto API.
pub const FULL: Configuration = ("local-full", &["tests", "full"]);

pub fn run(workspace: &Workspace) -> Result<()> {
    for (provider, features) in [SMALL, FULL] {
        let tests = Image {
            package: "firmware-local",
            suffix: provider.strip_prefix("local").unwrap_or_default(),
            features,
            ..Image::default()
        }
        .build(workspace)?;
        for board in BOARDS {
            println!("-- {provider}, {board}");
            let machine = Machine::alone(board, tests.clone());
            checks::conformance(workspace, machine, "local", provider)?;
        }
    }
    let journey = Image {
        package: "firmware-local",
        program: Some("firmware-local-journey"),
        ..Image::default()
    }
    .build(workspace)?;
    for board in BOARDS {
        println!("-- {board}");
        for way in ["journey", "pk-journey"] {
            checks::journey(Machine::alone(board, journey.clone()), way)?;
        }
    }
    let text = checks::text_size(workspace, &journey)?;
    println!("text of both journeys, the C library included: {text} bytes");
    Ok(())
}
