//! C for a Cortex-M33: one compiler, and one set of flags a board.
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, anyhow};

use super::stamp::Inputs;
use crate::shell;

const GCC: &str = "arm-none-eabi-gcc";

/// What the compiler is told of the processor.
pub type Machine = [&'static str; 3];

/// AN521's first core has neither DSP nor FPU.
pub const AN521: Machine = ["-mcpu=cortex-m33+nodsp", "-mthumb", "-mfloat-abi=soft"];

/// `-g` costs nothing on the target and names lines to a debugger.
const FLAGS: [&str; 5] = [
    "-std=c11",
    "-Os",
    "-g",
    "-ffunction-sections",
    "-fdata-sections",
];

/// A set of C files that are compiled alike.
#[derive(Clone)]
pub struct Sources {
    pub machine: Machine,
    pub files: Vec<PathBuf>,
    pub include: Vec<PathBuf>,
    pub define: Vec<(&'static str, String)>,
    pub flags: Vec<&'static str>,
}

impl Default for Sources {
    fn default() -> Self {
        Self {
            machine: AN521,
            files: Vec::new(),
            include: Vec::new(),
            define: Vec::new(),
            flags: Vec::new(),
        }
    }
}

impl Sources {
    /// The whole of what the compiler is told but for folders and macros, later flags stronger than earlier ones.
    pub fn all_flags(&self) -> impl Iterator<Item = &'static str> {
        self.machine
            .into_iter()
            .chain(FLAGS)
            .chain(self.flags.iter().copied())
    }

    /// Adds all that decides what the objects become, but for the contents of files.
    pub fn note_settings(&self, inputs: &mut Inputs) -> Result<()> {
        inputs.text(&compiler_version()?);
        for flag in self.all_flags() {
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
        for flag in self.all_flags() {
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
pub fn link(
    machine: Machine,
    objects: &[PathBuf],
    script: &Path,
    options: &[&OsStr],
    output: &Path,
) -> Result<()> {
    let mut command = Command::new(GCC);
    command
        .args(machine)
        .args(["-nostartfiles", "--specs=nano.specs", "-T"])
        .arg(script)
        .args(["-Wl,--gc-sections", "-Wl,--fatal-warnings"])
        .args(options)
        .args(objects)
        .arg("-o")
        .arg(output);
    shell::output(&mut command).map(|_| ())
}
