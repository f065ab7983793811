//! `cargo xtask firmware`: the Cortex-M33 images, built and run in QEMU.
use std::ffi::OsString;

use anyhow::{Result, bail};

use crate::shell::Workspace;

pub fn run(_workspace: &Workspace, _args: &[OsString]) -> Result<()> {
    bail!("no firmware image is built yet")
}
