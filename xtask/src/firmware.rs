//! `cargo xtask firmware`: the Cortex-M33 images, built and run in QEMU.
mod arm;
mod export;
mod qemu;
mod selftest;
mod spe;
mod stamp;

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::shell::Workspace;

/// Builds the named images (all, when none is named) and runs them.
pub fn run(workspace: &Workspace, args: &[OsString]) -> Result<()> {
    let names: Vec<_> = args.iter().map(|name| name.to_string_lossy()).collect();
    for name in &names {
        if name != "spe" {
            bail!("there is no image `{name}`; there is: spe");
        }
    }
    secure_stand_in(workspace)
}

/// Builds the stand-in secure side and lets its own test image ask it everything.
pub fn secure_stand_in(workspace: &Workspace) -> Result<()> {
    let spe = spe::build(workspace)?;
    println!("{}", spe.summary()?);
    selftest::run(workspace, &spe)
}

/// Where firmware is built: `firmware` in cargo's target folder.
fn output_folder(workspace: &Workspace) -> Result<PathBuf> {
    let metadata = workspace.metadata()?;
    let target = metadata["target_directory"]
        .as_str()
        .context("cargo metadata names the target folder")?;
    Ok(PathBuf::from(target).join("firmware"))
}
