//! Builds the images that are Rust: a crate below `tests/firmware`, for the Cortex-M33 or for others.
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::output_folder;
use crate::shell::{self, Workspace};

/// The target of the Cortex-M33, whose first core on AN521 has neither DSP nor FPU.
pub const THUMB: &str = "thumbv8m.main-none-eabi";
/// The profile of the workspace for small images with symbols.
const PROFILE: &str = "firmware";

/// An image to build.
#[derive(Default)]
pub struct Image<'a> {
    /// The crate, and the program of that name.
    pub package: &'a str,
    /// Another program of the crate.
    pub program: Option<&'a str>,
    /// Added to the file's name, where one crate becomes several images.
    pub suffix: &'a str,
    /// Another profile than that for small images.
    pub profile: Option<&'a str>,
    /// Features of the crate.
    pub features: &'a [&'a str],
    /// What its build script reads, such as `TFM_API_NS`.
    pub environment: &'a [(&'a str, &'a OsStr)],
}

impl Image<'_> {
    /// The ELF file, which no later build of the same crate overwrites.
    pub fn build(&self, workspace: &Workspace) -> Result<PathBuf> {
        let mut images = self.build_for(workspace, &[THUMB])?;
        images.pop().context("an image for each target")
    }

    /// The same for several targets at once: linking takes one core for each.
    pub fn build_for(&self, workspace: &Workspace, targets: &[&str]) -> Result<Vec<PathBuf>> {
        let program = self.program.unwrap_or(self.package);
        let profile = self.profile.unwrap_or(PROFILE);
        let mut command = workspace.cargo();
        command.args(["build", "--locked"]);
        for target in targets {
            command.args(["--target", target]);
        }
        command
            .args(["--profile", profile, "--package", self.package])
            .args(["--bin", program])
            .args(["--features", &self.features.join(",")])
            .envs(self.environment.iter().copied());
        shell::run(&mut command)?;

        let folder = output_folder(workspace)?;
        let output = folder.parent().context("a folder of the target folder")?;
        let kept = folder.join("images");
        fs::create_dir_all(&kept)?;
        let keep = |target: &&str| {
            let built = output.join(target).join(profile).join(program);
            let suffix = match *target {
                THUMB => self.suffix.to_owned(),
                other => format!("{}-{other}", self.suffix),
            };
            let image = kept.join(format!("{program}{suffix}.elf"));
            fs::copy(&built, &image).with_context(|| format!("cannot copy {}", built.display()))?;
            Ok(image)
        };
        targets.iter().map(keep).collect()
    }
}
