//! What a call into TF-M costs on our side; the image itself holds the bounds.
use anyhow::{Result, ensure};

use super::image::Image;
use super::qemu::{End, Machine};
use crate::shell::Workspace;

pub fn run(workspace: &Workspace) -> Result<()> {
    let image = Image {
        package: "firmware-cost",
        ..Image::default()
    }
    .build(workspace)?;
    let machine = Machine::alone("mps2-an521", image).counting_instructions();
    let end = machine.run(|line| println!("{line}"))?;
    ensure!(end == End::Exit(0), "{end}");
    Ok(())
}
