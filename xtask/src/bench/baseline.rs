//! The programs in C of `benches/c-baseline`, over Mbed TLS from the pinned sources.
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use mbedtls_config::Tuning;

use crate::firmware::arm::{self, Sources};
use crate::firmware::stamp::{self, Inputs};
use crate::firmware::{output_folder, spe};
use crate::shell::Workspace;

/// AN505 with the DSP extension: what a compiler of C is told, and `cc` for the target of our images, but for `+dsp`.
pub const WITH_DSP: arm::Machine = ["-march=armv8-m.main+dsp", "-mthumb", "-mfloat-abi=soft"];
/// Any Cortex-M33: what `cc` tells the compiler for the target of our images.
pub const WITHOUT_DSP: arm::Machine = ["-march=armv8-m.main", "-mthumb", "-mfloat-abi=soft"];

/// Parts of Mbed TLS that no program here needs, and that need an operating system or text to print.
const LEFT_OUT: [&str; 6] = [
    "debug",
    "mps_",
    "net_sockets",
    "ssl_",
    "timing",
    "psa_its_file",
];

/// Which configuration a program has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Configuration {
    /// The smallest for the journey.
    Journey,
    /// Mbed TLS's default.
    Default,
}

/// A program of `benches/c-baseline`.
#[derive(Clone)]
pub struct Program<'a> {
    /// What its files are called.
    pub name: &'a str,
    /// The C file with its `main`, without `.c`.
    pub main: &'a str,
    pub machine: arm::Machine,
    pub configuration: Configuration,
    /// Options of Mbed TLS on top of the configuration.
    pub define: &'a [(&'static str, &'a str)],
    /// Flags for the files in which the time is spent, stronger than those before them.
    pub hot: Option<&'static str>,
}

impl Program<'_> {
    /// Compiles and links it; the ELF file.
    pub fn build(&self, workspace: &Workspace) -> Result<PathBuf> {
        let folder = output_folder(workspace)?.join("c-baseline").join(self.name);
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let mbedtls = spe::mbedtls(workspace, &folder)?;
        let own = workspace.root().join("benches/c-baseline");
        let (cold, hot) = self.sources(&mbedtls, &own)?;
        let layout = workspace.root().join("tests/firmware/common/layout/single");
        let script = own.join("board.ld");

        let image = folder.join(format!("{}.elf", self.name));
        let mut inputs = Inputs::default();
        cold.note_settings(&mut inputs)?;
        hot.note_settings(&mut inputs)?;
        for part in ["include", "library", "3rdparty/p256-m"] {
            inputs.path(&mbedtls.join(part))?;
        }
        inputs.path(&own)?.path(&layout)?;
        if inputs.made(&image) {
            return Ok(image);
        }
        let mut objects = cold.compile(&folder.join("cold"))?;
        objects.extend(hot.compile(&folder.join("hot"))?);
        let mut layout_folder = OsString::from("-L");
        layout_folder.push(&layout);
        arm::link(self.machine, &objects, &script, &[&layout_folder], &image)
            .with_context(|| format!("{} does not link", self.name))?;
        inputs.note(&image)?;
        Ok(image)
    }

    /// What is compiled for size alone, and what may be compiled otherwise.
    fn sources(&self, mbedtls: &Path, own: &Path) -> Result<(Sources, Sources)> {
        let mut cold = Sources {
            machine: self.machine,
            include: vec![own.to_path_buf()],
            ..Sources::default()
        };
        for folder in [
            "include",
            "library",
            "3rdparty/p256-m/p256-m/include",
            "3rdparty/p256-m/p256-m/include/p256-m",
            "3rdparty/p256-m/p256-m_driver_interface",
        ] {
            cold.include.push(mbedtls.join(folder));
        }
        let header = |name, file: &str| (name, format!("\"{file}\""));
        cold.define = match self.configuration {
            Configuration::Journey => vec![
                header("MBEDTLS_CONFIG_FILE", "journey_config.h"),
                header("MBEDTLS_PSA_CRYPTO_CONFIG_FILE", "journey_crypto_config.h"),
            ],
            Configuration::Default => vec![header("MBEDTLS_USER_CONFIG_FILE", "ticks_config.h")],
        };
        let more = self.define.iter();
        cold.define
            .extend(more.map(|(name, value)| (*name, (*value).to_owned())));
        let mut hot = cold.clone();
        hot.flags.extend(self.hot);
        for file in library(mbedtls)? {
            let name = file.file_name().and_then(|name| name.to_str());
            let of = if name.is_some_and(|name| Tuning::HOT.contains(&name)) {
                &mut hot
            } else {
                &mut cold
            };
            of.files.push(file);
        }
        for name in ["board", self.main] {
            cold.files.push(own.join(name).with_extension("c"));
        }
        Ok((cold, hot))
    }
}

/// The C files of Mbed TLS and of p256-m, sorted.
fn library(mbedtls: &Path) -> Result<Vec<PathBuf>> {
    let p256_m = mbedtls.join("3rdparty/p256-m");
    let mut files = stamp::files_below(&mbedtls.join("library"))?;
    files.retain(|file| {
        file.extension().is_some_and(|ending| ending == "c")
            && !LEFT_OUT.iter().any(|part| stem(file).starts_with(part))
    });
    files.push(p256_m.join("p256-m_driver_entrypoints.c"));
    files.push(p256_m.join("p256-m/p256-m.c"));
    Ok(files)
}

fn stem(file: &Path) -> String {
    file.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
