//! `psa-p256` compiles for every kind of processor that it is for, and says what it is not for.
use anyhow::{Result, ensure};

use super::Count;
use super::cargo::lint;
use crate::shell::Workspace;

/// Features, and the targets that are compiled with them. Those of test images are compiled there.
const COMPILED: [(&str, &[&str]); 3] = [
    (
        "auto,deterministic",
        &[
            "thumbv6m-none-eabi",
            "thumbv7em-none-eabi",
            "thumbv8m.main-none-eabihf",
            "riscv32imac-unknown-none-elf",
        ],
    ),
    (
        "asm",
        &[
            "thumbv7em-none-eabi",
            "thumbv7em-none-eabihf",
            "thumbv8m.main-none-eabihf",
            // It brings nothing here, where RustCrypto is always.
            "riscv32imac-unknown-none-elf",
        ],
    ),
    (
        "rust",
        &[
            "thumbv6m-none-eabi",
            "thumbv7m-none-eabi",
            "thumbv7em-none-eabi",
        ],
    ),
];

/// Features, and a target for which they leave nothing: the assembly without its instructions, and no back end at all.
const REFUSED: [(&str, &str); 3] = [
    ("asm", "thumbv6m-none-eabi"),
    ("asm", "thumbv7m-none-eabi"),
    ("", "thumbv8m.main-none-eabi"),
];

pub fn run(workspace: &Workspace) -> Count {
    let mut sum = Count::default();
    for (features, targets) in COMPILED {
        let targets = targets.iter().flat_map(|target| ["--target", target]);
        let args: Vec<_> = crate_with(features).into_iter().chain(targets).collect();
        sum += lint(workspace, &args);
    }
    for (features, target) in REFUSED {
        sum += Count::one(is_refused(workspace, features, target));
    }
    sum
}

fn crate_with(features: &str) -> [&str; 5] {
    let package = ["--package", "psa-p256", "--no-default-features"];
    [package[0], package[1], package[2], "--features", features]
}

/// The build ends with an error that names the target and the way out.
fn is_refused(workspace: &Workspace, features: &str, target: &str) -> Result<()> {
    let mut command = workspace.cargo();
    command.args(["check", "--locked", "--target", target]);
    command.args(crate_with(features));
    println!("$ {}", crate::shell::shown(&command));
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let error = format!("psa-p256 has no back end for {target}: switch on its feature `rust`");
    ensure!(
        !output.status.success() && said.contains(&error),
        "`{features}` for {target} must be refused, but: {said}"
    );
    Ok(())
}
