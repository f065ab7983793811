//! `psa-p256` alone: its checks on every kind of processor, and its signatures and secrets crosswise with Mbed TLS's.
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};

use super::image::{Image, THUMB};
use super::local::{self, Board};
use super::parallel::{self, Job};
use super::qemu::{End, Machine};
use crate::scratch::Scratch;
use crate::shell::{self, Workspace};

/// Armv7E-M with the calling convention of its floating-point unit, and Armv7-M.
pub const CORTEX_M4: &str = "thumbv7em-none-eabihf";
const CORTEX_M3: &str = "thumbv7m-none-eabi";

/// A board of Armv7-M.
pub fn cortex_m4(image: PathBuf) -> Machine {
    Machine::alone("mps2-an386", image)
}

/// For each target the boards, and whom psa-p256 must choose there.
const BOARDS: [(&str, &[(Board, &str)]); 3] = [
    (
        THUMB,
        &[
            (local::BOARDS[0], "Asm"),
            (local::BOARDS[1], "Rust"),
            (local::BOARDS[2], "Asm"),
        ],
    ),
    (
        CORTEX_M4,
        &[
            (("AN386, a Cortex-M4", cortex_m4), "Asm"),
            (
                ("AN500, a Cortex-M7", |image| {
                    Machine::alone("mps2-an500", image)
                }),
                "Asm",
            ),
        ],
    ),
    (
        CORTEX_M3,
        &[(
            ("AN385, a Cortex-M3", |image| {
                Machine::alone("mps2-an385", image)
            }),
            "Rust",
        )],
    ),
];

/// Signatures of each side, in the tests and with `--long`.
const SIGNATURES: u32 = 200;
const LONG_SIGNATURES: u32 = 10_000;

/// A function of the assembly.
const ASSEMBLY: &str = "P256_add_sub_j";

/// The checks on each board, and some signatures crosswise.
pub fn run(workspace: &Workspace) -> Result<()> {
    let mbedtls = build_mbedtls(workspace)?;
    let images = images(workspace)?;
    for (image, (target, _)) in images.iter().zip(&BOARDS) {
        let symbols = shell::output(workspace.command("arm-none-eabi-nm").arg(image))?;
        ensure!(
            symbols.contains(ASSEMBLY) == (*target != CORTEX_M3),
            "{target}: the assembly is where it cannot run, or is not where it can"
        );
    }
    let mut jobs: Vec<Job> = Vec::new();
    for (image, (_, boards)) in images.iter().zip(&BOARDS) {
        for ((board, machine), backend) in *boards {
            let machine = machine(image.clone());
            jobs.push(Job::new(format!("checks, {board}"), move |show| {
                checks(machine, backend, show)
            }));
        }
    }
    jobs.extend(crosswise(&images, &mbedtls, SIGNATURES)?);
    parallel::run(jobs)
}

/// Many signatures crosswise.
pub fn long(workspace: &Workspace) -> Result<()> {
    let mbedtls = build_mbedtls(workspace)?;
    parallel::run(crosswise(&images(workspace)?, &mbedtls, LONG_SIGNATURES)?)
}

/// An image for each target, in their order.
fn images(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let image = Image {
        package: "firmware-p256",
        ..Image::default()
    };
    image.build_for(workspace, &BOARDS.map(|(target, _)| target))
}

fn checks(mut machine: Machine, backend: &str, show: &mut dyn FnMut(&str)) -> Result<()> {
    machine.arguments = ["checks", backend].map(str::to_owned).into();
    let mut passed = false;
    let end = machine.run(|line| {
        show(line);
        passed |= line.contains(" passed, 0 not offered, 0 failed; ");
    })?;
    ensure!(end == End::Exit(0) && passed, "{end}");
    Ok(())
}

/// The assembly without floating-point registers, and with them, each beside Mbed TLS's own code.
fn crosswise(images: &[PathBuf], mbedtls: &Path, count: u32) -> Result<Vec<Job<'static>>> {
    // Other keys and hashes each time; what fails is repeated with the seed that is printed.
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let seed = now.subsec_nanos();
    let boards = [
        ("AN505", local::an505(images[0].clone())),
        ("AN386", cortex_m4(images[1].clone())),
    ];
    let job = |(board, machine): (&str, Machine)| {
        let mbedtls = mbedtls.to_path_buf();
        Job::new(
            format!("{count} signatures crosswise, {board}, seed {seed}"),
            move |show: &mut dyn FnMut(&str)| exchange(machine, &mbedtls, seed, count, show),
        )
    };
    Ok(boards.map(job).into())
}

fn exchange(
    mut machine: Machine,
    mbedtls: &Path,
    seed: u32,
    count: u32,
    show: &mut dyn FnMut(&str),
) -> Result<()> {
    let scratch = Scratch::new()?;
    let numbers = [seed, count].map(|number| number.to_string());
    let ask = |way: &str, show: &mut dyn FnMut(&str)| {
        let begin = Instant::now();
        let said = shell::output(scratch.command(mbedtls).args([way, "."]).args(&numbers))?;
        said.lines().for_each(&mut *show);
        show(&format!("{way}: {:.1} s", begin.elapsed().as_secs_f64()));
        Ok::<_, anyhow::Error>(())
    };
    ask("make", show)?;
    machine.folder = Some(scratch.folder().to_path_buf());
    machine.arguments = ["crosswise", "Asm"].map(str::to_owned).into();
    machine.arguments.extend(numbers.clone());
    machine.limit = super::checks::LONG_LIMIT;
    let begin = Instant::now();
    let end = machine.run(&mut *show)?;
    ensure!(end == End::Exit(0), "{end}");
    show(&format!("device: {:.1} s", begin.elapsed().as_secs_f64()));
    ask("judge", show)
}

/// Mbed TLS on this host, without the driver because nothing beside it asks for that.
fn build_mbedtls(workspace: &Workspace) -> Result<PathBuf> {
    let mut build = workspace.cargo();
    build.args(["build", "--locked", "--package", "p256-checks"]);
    build.args(["--bin", "p256-crosswise"]);
    build.arg("--message-format=json-render-diagnostics");
    println!("$ {}", shell::shown(&build));
    shell::output_shown(&mut build)?
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo names no program of p256-checks")
}
