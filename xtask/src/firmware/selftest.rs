//! The stand-in's own test image: C, raw calls, each status compared with the facts about TF-M.
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};

use super::arm::{self, Sources};
use super::output_folder;
use super::qemu::{End, Machine};
use super::spe::Spe;
use super::stamp::{self, Inputs};
use crate::shell::Workspace;

/// What must end in a reset of the secure side, and a part of the reason that it must give.
const FATAL: [(&str, &str); 4] = [
    ("call-from-handler", "called from an interrupt handler"),
    ("second-call", "called while another call is in progress"),
    ("read-secure-memory", "SecureFault in the non-secure state"),
    (
        "jump-past-the-veneer",
        "SecureFault in the non-secure state",
    ),
];

/// Builds and runs the image: once through all checks, then once for each way to be reset.
pub fn run(workspace: &Workspace, spe: &Spe) -> Result<()> {
    let image = build(workspace, spe)?;
    all_checks(spe, &image)?;
    for (scenario, reason) in FATAL {
        let end = run_scenario(spe, &image, scenario)?;
        match &end {
            End::Reset(given) if given.contains(reason) => {
                println!("ok   {scenario}: resets, and says: {given}");
            }
            _ => bail!("{scenario}: expected a reset ({reason}), but {end}"),
        }
    }
    let end = run_scenario(spe, &image, "system-reset")?;
    ensure!(
        end == End::Reset(String::new()),
        "system-reset: expected a reset without a fault, but {end}"
    );
    println!("ok   system-reset: resets without a fault");
    Ok(())
}

fn all_checks(spe: &Spe, image: &Path) -> Result<()> {
    let begin = Instant::now();
    let mut failures = Vec::new();
    let mut summary = None;
    let machine = Machine::an521(spe.export().image(), image.to_path_buf());
    let end = machine.run(|line| {
        println!("{line}");
        if line.starts_with("FAIL") {
            failures.push(line.to_owned());
        }
        if line.starts_with("selftest:") {
            summary = Some(line.to_owned());
        }
    })?;
    ensure!(
        end == End::Exit(0) && failures.is_empty(),
        "{end}\n{}",
        failures.join("\n")
    );
    summary.context("the image ended before its last line")?;
    println!("one run takes {:.2} s", begin.elapsed().as_secs_f64());
    Ok(())
}

fn run_scenario(spe: &Spe, image: &Path, scenario: &str) -> Result<End> {
    let mut machine = Machine::an521(spe.export().image(), image.to_path_buf());
    machine.arguments = vec!["selftest".to_owned(), scenario.to_owned()];
    machine.run(|line| {
        if line.starts_with("FAIL") {
            println!("{line}");
        }
    })
}

fn build(workspace: &Workspace, spe: &Spe) -> Result<PathBuf> {
    let folder = output_folder(workspace)?.join("selftest");
    fs::create_dir_all(&folder)?;
    let image = folder.join("ns.elf");
    let source = spe.source().join("selftest");
    let include = spe.export().root().join("interface/include");
    let sources = Sources {
        files: stamp::files_below(&source)?
            .into_iter()
            .filter(|file| file.extension().is_some_and(|extension| extension == "c"))
            .collect(),
        include: vec![include.clone(), source.clone(), spe.source().join("config")],
        define: vec![
            ("MBEDTLS_CONFIG_FILE", "\"client_config.h\"".to_owned()),
            (
                "MBEDTLS_PSA_CRYPTO_CONFIG_FILE",
                "\"spe_crypto_config.h\"".to_owned(),
            ),
        ],
        flags: vec!["-Wall", "-Wextra", "-Werror"],
        ..Sources::default()
    };
    let mut inputs = Inputs::default();
    sources.note_settings(&mut inputs)?;
    inputs
        .path(&source)?
        .path(&include)?
        .path(&spe.export().veneers())?;
    if !inputs.made(&image) {
        let mut objects = sources.compile(&folder)?;
        objects.push(spe.export().veneers());
        let no_options: [&OsStr; 0] = [];
        arm::link(
            arm::AN521,
            &objects,
            &source.join("ns.ld"),
            &no_options,
            &image,
        )?;
        inputs.note(&image)?;
    }
    Ok(image)
}
