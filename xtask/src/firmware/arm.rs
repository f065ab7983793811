//! C for the Cortex-M33 of AN521: one compiler, one set of flags.
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, anyhow};

use super::stamp::Inputs;
use crate::shell;

const GCC: &str = "arm-none-eabi-gcc";

/// AN521's first core has neither DSP nor FPU. `-g` costs nothing on the target and names lines to a debugger.
const MACHINE: [&str; 3] = ["-mcpu=cortex-m33+nodsp", "-mthumb", "-mfloat-abi=soft"];
const FLAGS: [&str; 5] = [
    "-std=c11",
    "-Os",
    "-g",
    "-ffunction-sections",
    "-fdata-sections",
];

/// A set of C files that are compiled alike.
#[derive(Default)]
pub struct Sources {
    pub files: Vec<PathBuf>,
    pub include: Vec<PathBuf>,
    pub define: Vec<(&'static str, String)>,
    pub flags: Vec<&'static str>,
}

impl Sources {
    /// Adds all that decides what the objects become, but for the contents of files.
    pub fn note_settings(&self, inputs: &mut Inputs) -> Result<()> {
        inputs.text(&compiler_version()?);
        let settings = MACHINE.iter().chain(&FLAGS).chain(&self.flags);
        for flag in settings {
            inputs.text(flag);
        }
        for (name, value) in &self.define {
            inputs.text(name).text(value);
        }
        for path in self.files.iter().chain(&self.include) {
            inputs.text(&path.to_string_lossy());
        }
        Ok(())
    }

    /// Compiles, on all cores; the object files, below `folder`.
    pub fn compile(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        let mut build = cc::Build::new();
        build
            .compiler(GCC)
            .no_default_flags(true)
            .target("thumbv8m.main-none-eabi")
            .host(std::env::consts::ARCH)
            .opt_level_str("s")
            .out_dir(folder)
            .cargo_metadata(false)
            .cargo_debug(false)
            .files(&self.files)
            .includes(&self.include);
        for flag in MACHINE.iter().chain(&FLAGS).chain(&self.flags) {
            build.flag(flag);
        }
        for (name, value) in &self.define {
            build.define(name, value.as_str());
        }
        build
            .try_compile_intermediates()
            .map_err(|error| anyhow!("{GCC} failed: {error}"))
    }
}

/// The compiler's first line of `--version`.
pub fn compiler_version() -> Result<String> {
    let text = shell::output(Command::new(GCC).arg("--version")).with_context(|| {
        format!("{GCC} is needed: packages gcc-arm-none-eabi and libnewlib-arm-none-eabi, or `cargo xtask setup`")
    })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// Links objects with a linker script, newlib-nano and what else is given.
pub fn link(objects: &[PathBuf], script: &Path, options: &[&OsStr], output: &Path) -> Result<()> {
    let mut command = Command::new(GCC);
    command
        .args(MACHINE)
        .args(["-nostartfiles", "--specs=nano.specs", "-T"])
        .arg(script)
        .args(["-Wl,--gc-sections", "-Wl,--fatal-warnings"])
        .args(options)
        .args(objects)
        .arg("-o")
        .arg(output);
    shell::output(&mut command).map(|_| ())
}
