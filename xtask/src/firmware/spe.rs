//! The stand-in secure side: `tests/firmware/spe` on the pinned Mbed TLS, and its export in the shape of TF-M's.
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use mbedtls_config::source;

use super::arm::{self, Sources};
use super::export::{self, Export};
use super::output_folder;
use super::stamp::{self, Inputs};
use crate::shell::Workspace;

/// The part of Mbed TLS that a PSA core with this configuration consists of.
const LIBRARY: &str = include_str!("../../../tests/firmware/spe/config/library.txt");
const P256_M: [&str; 2] = ["p256-m_driver_entrypoints.c", "p256-m/p256-m.c"];

/// The stand-in, and the export of it.
pub struct Spe {
    export: Export,
    source: PathBuf,
    mbedtls: PathBuf,
    took: Option<Duration>,
}

impl Spe {
    /// What a TF-M build would have put into its `api_ns`.
    pub fn export(&self) -> &Export {
        &self.export
    }

    /// The same, when nothing else is asked for.
    pub fn into_export(self) -> Export {
        self.export
    }

    /// `tests/firmware/spe`.
    pub fn source(&self) -> &Path {
        &self.source
    }

    /// The Mbed TLS inside.
    pub fn mbedtls(&self) -> &Path {
        &self.mbedtls
    }

    /// One line: where it is, and whether it had to be built.
    pub fn summary(&self) -> Result<String> {
        let bytes = fs::metadata(self.export.image())?.len();
        let state = self.took.map_or_else(
            || "unchanged".to_owned(),
            |took| format!("built in {:.1} s", took.as_secs_f64()),
        );
        Ok(format!(
            "stand-in secure side: {state}, {} KiB with symbols, {}",
            bytes / 1024,
            self.export.root().display()
        ))
    }
}

/// Builds the secure image and its export, or finds them unchanged.
pub fn build(workspace: &Workspace) -> Result<Spe> {
    let begin = Instant::now();
    let folder = output_folder(workspace)?.join("spe");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut spe = Spe {
        export: Export::at(folder.join("api_ns")),
        source: workspace.root().join("tests/firmware/spe"),
        mbedtls: mbedtls(workspace, &folder)?,
        took: None,
    };

    let library = library(&spe);
    let own = own_sources(&spe)?;
    let mut library_inputs = Inputs::default();
    library.note_settings(&mut library_inputs)?;
    for part in ["include", "library", "3rdparty/p256-m"] {
        library_inputs.path(&spe.mbedtls.join(part))?;
    }
    library_inputs.path(&spe.source.join("config"))?;
    let mut inputs = library_inputs.clone();
    own.note_settings(&mut inputs)?;
    for part in ["include", "src", "spe.ld"] {
        inputs.path(&spe.source.join(part))?;
    }
    inputs.text(export::CONTENTS_VERSION);
    if inputs.made(spe.export.root()) {
        return Ok(spe);
    }

    let objects = folder.join("mbedtls");
    let mut all = compile_once(&library, &library_inputs, &objects)?;
    all.extend(own.compile(&folder.join("own"))?);
    export::begin(&spe)?;
    link(&spe, &all)?;
    inputs.note(spe.export.root())?;
    spe.took = Some(begin.elapsed());
    Ok(spe)
}

/// The pinned sources of Mbed TLS, or those of `MBEDTLS_SOURCE_DIR`.
pub fn mbedtls(workspace: &Workspace, folder: &Path) -> Result<PathBuf> {
    let mut environment = source::Environment::from_build_script();
    environment.manifest_dir = workspace.root().join("xtask");
    environment.out_dir = folder.to_path_buf();
    environment.offline |= workspace.offline();
    Ok(source::find(&environment)?.root)
}

/// What both the library and the service see of each other: one configuration.
fn common(spe: &Spe) -> Sources {
    let quoted = |name: &str| format!("\"{name}\"");
    Sources {
        include: vec![
            spe.source.join("config"),
            spe.source.join("include"),
            spe.mbedtls.join("include"),
            spe.mbedtls.join("3rdparty/p256-m"),
            spe.mbedtls.join("3rdparty/p256-m/p256-m"),
            spe.mbedtls.join("3rdparty/p256-m/p256-m/include"),
        ],
        define: vec![
            ("MBEDTLS_CONFIG_FILE", quoted("spe_mbedtls_config.h")),
            (
                "MBEDTLS_PSA_CRYPTO_CONFIG_FILE",
                quoted("spe_crypto_config.h"),
            ),
        ],
        ..Sources::default()
    }
}

fn library(spe: &Spe) -> Sources {
    let library = spe.mbedtls.join("library");
    let p256_m = spe.mbedtls.join("3rdparty/p256-m");
    let mut sources = common(spe);
    sources.files = LIBRARY
        .lines()
        .map(|name| library.join(format!("{name}.c")))
        .chain(P256_M.iter().map(|name| p256_m.join(name)))
        .collect();
    sources.include.push(library);
    sources
}

fn own_sources(spe: &Spe) -> Result<Sources> {
    let mut sources = common(spe);
    sources.files = stamp::files_below(&spe.source.join("src"))?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "c"))
        .collect();
    // Handlers of one table share a signature: not each uses every parameter.
    sources.flags = vec![
        "-mcmse",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-Wno-unused-parameter",
    ];
    Ok(sources)
}

/// The library's objects: compiled, or left from a build with the same inputs.
fn compile_once(sources: &Sources, inputs: &Inputs, folder: &Path) -> Result<Vec<PathBuf>> {
    if inputs.made(folder) {
        let mut objects = stamp::files_below(folder)?;
        objects.retain(|file| file.extension().is_some_and(|extension| extension == "o"));
        return Ok(objects);
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let objects = sources.compile(folder)?;
    inputs.note(folder)?;
    Ok(objects)
}

fn link(spe: &Spe, objects: &[PathBuf]) -> Result<()> {
    let mut import_library = OsString::from("-Wl,--out-implib=");
    import_library.push(spe.export.veneers());
    arm::link(
        arm::AN521,
        objects,
        &spe.source.join("spe.ld"),
        &["-Wl,--cmse-implib".as_ref(), &import_library],
        &spe.export.image(),
    )
    .context("the stand-in secure side does not link")
}
