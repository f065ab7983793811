//! `cargo xtask firmware`: the Cortex-M33 images, built and run in QEMU.
mod arm;
mod export;
mod image;
mod qemu;
mod selftest;
mod smoke;
mod spe;
mod stamp;

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::shell::Workspace;

/// The name of an image, and what builds and runs it.
type Image = (&'static str, fn(&Workspace) -> Result<()>);

const IMAGES: [Image; 2] = [("spe", stand_in), ("smoke", smoke)];

/// Builds the named images (all, when none is named) and runs them.
pub fn run(workspace: &Workspace, args: &[OsString]) -> Result<()> {
    let names: Vec<_> = args.iter().map(|name| name.to_string_lossy()).collect();
    if let Some(name) = names
        .iter()
        .find(|name| IMAGES.iter().all(|(image, _)| image != name))
    {
        let all = IMAGES.map(|(image, _)| image).join(", ");
        bail!("there is no image `{name}`; there are: {all}");
    }
    for (image, run) in IMAGES {
        if names.is_empty() || names.iter().any(|name| name == image) {
            println!("== {image}");
            run(workspace).with_context(|| format!("image {image}"))?;
        }
    }
    Ok(())
}

/// The stand-in secure side, asked everything by its own test image.
fn stand_in(workspace: &Workspace) -> Result<()> {
    let spe = spe::build(workspace)?;
    println!("{}", spe.summary()?);
    selftest::run(workspace, &spe)
}

/// What all images share.
fn smoke(workspace: &Workspace) -> Result<()> {
    smoke::run(workspace, &spe::build(workspace)?)
}

/// Where firmware is built: `firmware` in cargo's target folder.
fn output_folder(workspace: &Workspace) -> Result<PathBuf> {
    let metadata = workspace.metadata()?;
    let target = metadata["target_directory"]
        .as_str()
        .context("cargo metadata names the target folder")?;
    Ok(PathBuf::from(target).join("firmware"))
}
