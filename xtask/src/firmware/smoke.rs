//! Runs what the images share by itself: behind a secure side, and alone on each board.
use std::time::Instant;

use anyhow::{Result, ensure};

use super::export::Export;
use super::image::Image;
use super::qemu::{End, Machine};
use crate::shell::Workspace;

/// The status of an image that panicked.
const PANICKED: i32 = 101;

pub fn run(workspace: &Workspace, secure: &Export) -> Result<()> {
    let image = |layout: &'static str| {
        Image {
            package: "firmware-smoke",
            suffix: &format!("-{layout}"),
            environment: &[("FIRMWARE_LAYOUT", layout.as_ref())],
            ..Image::default()
        }
        .build(workspace)
    };
    let (non_secure, single) = (image("non-secure")?, image("single")?);
    let machines = [
        (
            "AN521, non-secure",
            Machine::an521(secure.image(), non_secure),
        ),
        ("AN521, alone", Machine::alone("mps2-an521", single.clone())),
        ("AN505, alone", Machine::alone("mps2-an505", single)),
    ];
    for (name, machine) in machines {
        let mut machine = machine.counting_instructions();
        println!("-- {name}");
        let begin = Instant::now();
        machine.arguments = vec!["smoke".to_owned()];
        let end = machine.run(|line| println!("{line}"))?;
        ensure!(end == End::Exit(0), "{name}: {end}");
        machine.arguments.push("panic".to_owned());
        let end = machine.run(|_| ())?;
        ensure!(end == End::Exit(PANICKED), "{name}, asked to panic: {end}");
        println!("two runs in {:.2} s", begin.elapsed().as_secs_f64());
    }
    Ok(())
}
