//! Zephyr's handover, by the miniature in `tests/zephyr`: what a Zephyr build tells cargo, and what comes of it.
mod miniature;
mod refused;
mod symbols;

use anyhow::{Result, ensure};

use super::Count;
use crate::firmware;
use crate::firmware::qemu::{End, Machine};
use crate::shell::Workspace;
use miniature::{Board, Miniature};

type Case = (&'static str, fn(&Workspace) -> Result<()>);

/// What is tried, in an order in which the first has built what the others share.
const CASES: &[Case] = &[
    ("over the image's own Mbed TLS 3.6, natively", mbedtls),
    ("over TrustZone, on AN521", trustzone),
    ("Zephyr 3.4 to 3.6, rebound when its headers change", older),
    ("Zephyr from 4.4 on", newer),
    ("nRF Connect SDK", nrf_connect),
    ("TF-M 1.8", old_tfm),
    (
        "a difference of sizes fails at the link",
        refused::other_sizes,
    ),
    ("what CMake refuses", refused::by_cmake),
    (
        "what cargo's build scripts refuse",
        refused::by_build_scripts,
    ),
];

pub fn run(workspace: &Workspace) -> Count {
    let mut count = Count::default();
    for (name, case) in CASES {
        println!("-- {name}");
        count += Count::one(case(workspace));
    }
    count
}

/// Lines of a run: as many promises as there are, and the end.
fn check_lines(lines: &[String], promises: usize) -> Result<()> {
    let kept = lines.iter().filter(|line| line.starts_with("ok   "));
    let kept = kept.count();
    let ended = lines.iter().any(|line| line == "rust_main came back");
    let failed = lines.iter().any(|line| line.starts_with("FAIL"));
    ensure!(
        kept == promises && ended && !failed,
        "{kept} of {promises} promises are kept:\n{}",
        lines.join("\n")
    );
    Ok(())
}

fn mbedtls(workspace: &Workspace) -> Result<()> {
    let miniature = Miniature::new(workspace, "3.7", Board::Native)?
        .features("pk")
        .define("CLIPPY", "ON");
    miniature.fresh()?;
    let image = miniature.build()?;
    check_lines(&miniature::run_native(&image)?, 11)?;
    symbols::defined_once(&miniature.map(), "libmbedTLSBase.a")
}

/// TF-M's headers are not there before its target is built: that cargo reads them shows that it waits.
fn trustzone(workspace: &Workspace) -> Result<()> {
    let export = firmware::stand_in_export(workspace)?;
    let miniature = Miniature::new(workspace, "3.7", Board::An521)?
        .features("client")
        .option("CONFIG_MBEDTLS=n")
        .option("CONFIG_BUILD_WITH_TFM=y")
        .define("TFM_EXPORT", export.root());
    miniature.fresh()?;
    let image = miniature.build()?;
    let mut lines = Vec::new();
    let end = Machine::an521(export.image(), image).run(|line| lines.push(line.to_owned()))?;
    ensure!(end == End::Exit(0), "{end}\n{}", lines.join("\n"));
    check_lines(&lines, 10)?;
    symbols::defined_once(&miniature.map(), "libtfm_api.a")
}

/// Builds a version of which there are shapes, and runs it.
fn shape(miniature: &Miniature) -> Result<()> {
    let image = miniature.build()?;
    check_lines(&miniature::run_native(&image)?, 4)
}

fn older(workspace: &Workspace) -> Result<()> {
    let miniature = Miniature::new(workspace, "3.4", Board::Native)?.features("shape");
    miniature.fresh()?;
    shape(&miniature)?;
    // The same folder: had cargo not seen the change, the sizes would differ.
    shape(&miniature.define("SHAPE", "35"))
}

fn newer(workspace: &Workspace) -> Result<()> {
    fresh_shape(workspace, "4.4")
}

fn nrf_connect(workspace: &Workspace) -> Result<()> {
    fresh_shape(workspace, "ncs")
}

fn old_tfm(workspace: &Workspace) -> Result<()> {
    fresh_shape(workspace, "tfm-1.8")
}

fn fresh_shape(workspace: &Workspace, era: &'static str) -> Result<()> {
    let miniature = Miniature::new(workspace, era, Board::Native)?.features("shape");
    miniature.fresh()?;
    shape(&miniature)
}
