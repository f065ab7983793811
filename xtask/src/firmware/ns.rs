//! The non-secure side: the client of TF-M, tested behind a secure side, and the journey with its size.
use anyhow::{Result, ensure};

use super::checks;
use super::export::Export;
use super::image::Image;
use super::qemu::Machine;
use crate::shell::Workspace;

/// Bytes of code and constants of the journey: key, PEM, request, certificate, names of errors.
const TEXT_MAX: usize = 28 * 1024;

pub fn run(workspace: &Workspace, secure: &Export) -> Result<()> {
    let environment = [("TFM_API_NS", secure.root().as_os_str())];
    let tests = Image {
        package: "firmware-ns",
        features: &["tests"],
        environment: &environment,
        ..Image::default()
    }
    .build(workspace)?;
    let machine = Machine::an521(secure.image(), tests);
    checks::conformance(workspace, machine, "ns", &secure.provider()?, &mut |line| {
        println!("{line}");
    })?;

    let journey = Image {
        package: "firmware-ns",
        program: Some("firmware-ns-journey"),
        environment: &environment,
        ..Image::default()
    }
    .build(workspace)?;
    checks::journey(Machine::an521(secure.image(), journey.clone()), "journey")?;
    let text = checks::text_size(workspace, &journey)?;
    println!("text of the journey: {text} bytes (at most {TEXT_MAX})");
    ensure!(text <= TEXT_MAX, "the journey has {text} bytes of text");
    Ok(())
}
