//! Mbed TLS in client mode on the non-secure side: PK and X.509 over keys in TF-M.
use anyhow::Result;

use super::checks;
use super::export::Export;
use super::image::Image;
use super::qemu::Machine;
use crate::shell::Workspace;

pub fn run(workspace: &Workspace, secure: &Export) -> Result<()> {
    let environment = [("TFM_API_NS", secure.root().as_os_str())];
    let machine = |non_secure| Machine::an521(secure.image(), non_secure);
    let tests = Image {
        package: "firmware-hybrid",
        features: &["tests"],
        environment: &environment,
        ..Image::default()
    }
    .build(workspace)?;
    checks::conformance(
        workspace,
        machine(tests),
        "hybrid",
        &secure.provider()?,
        &mut |line| println!("{line}"),
    )?;

    let journey = Image {
        package: "firmware-hybrid",
        program: Some("firmware-hybrid-journey"),
        environment: &environment,
        ..Image::default()
    }
    .build(workspace)?;
    for way in ["journey", "pk-journey"] {
        checks::journey(machine(journey.clone()), way)?;
    }
    let text = checks::text_size(workspace, &journey)?;
    println!("text of both journeys, the C library's part included: {text} bytes");
    Ok(())
}
