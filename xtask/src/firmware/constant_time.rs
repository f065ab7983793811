//! P-256 with secrets, on a board with the DSP extension: as many instructions for each, and nothing left of them.
use std::ffi::OsStr;

use anyhow::{Result, ensure};

use super::image::Image;
use super::qemu::{End, Machine};
use crate::shell::Workspace;

/// The board with DSP and FPU.
const BOARD: &str = "mps2-an505";
const PACKAGE: &str = "firmware-constant-time";
/// How many random scalars the assembly gets, and `RustCrypto`, which takes twenty times as long.
const SCALARS: [&str; 2] = ["1000", "10"];
/// What makes the assembly use the floating-point unit, as it does for the target `thumbv8m.main-none-eabihf` without
/// being told.
const FLOAT: &str = "-mfloat-abi=softfp -mfpu=fpv5-sp-d16";

pub fn run(workspace: &Workspace) -> Result<()> {
    variant(workspace, "", &[], &["psa"])?;
    // The PSA core above it would only be compiled once more.
    variant(workspace, "-float", &[("CFLAGS", FLOAT.as_ref())], &[])
}

/// Builds both images and runs them; `features` are those of the second.
fn variant(
    workspace: &Workspace,
    suffix: &str,
    environment: &[(&str, &OsStr)],
    features: &[&str],
) -> Result<()> {
    let image = |program, features| {
        Image {
            package: PACKAGE,
            program: Some(program),
            suffix,
            features,
            environment,
            ..Image::default()
        }
        .build(workspace)
    };
    println!("-- instructions{suffix}");
    let mut machine = Machine::alone(BOARD, image(PACKAGE, &[])?).counting_instructions();
    machine.arguments = [PACKAGE, SCALARS[0], SCALARS[1]].map(str::to_owned).into();
    ended_well(&machine)?;
    println!("-- what is left{suffix}");
    ended_well(&Machine::alone(BOARD, image("firmware-secrets", features)?))
}

fn ended_well(machine: &Machine) -> Result<()> {
    let end = machine.run(|line| println!("{line}"))?;
    ensure!(end == End::Exit(0), "{end}");
    Ok(())
}
