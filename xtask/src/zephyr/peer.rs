//! The other end of the console: it checks what the device prints, and answers its request as an authority would.
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};
use std::{fs, io};

use anyhow::{Context as _, Result, bail, ensure};

use super::boards::Board;
use crate::authority::Authority;
use crate::firmware::checks::{Printed, certificate};
use crate::firmware::qemu::Running;
use crate::scratch::Scratch;
use crate::shell;

/// When the journey has hung.
const LIMIT: Duration = Duration::from_secs(120);

/// Runs the sample that twister has built below `output`, and goes the journey with it.
pub fn answered(board: &Board, output: &Path, sample: &str) -> Result<()> {
    let builds = builds(output, sample)?;
    let fits = |build: &&PathBuf| built_for(build, board);
    let build = builds.iter().find(fits);
    let build = build.context("twister left no build of it")?;
    let mut command = board.command(build).context("this board is hardware")?;
    println!("$ {}", shell::shown(&command));
    journey(&mut command)
}

/// The folders below twister's that `CMake` has built a sample in.
fn builds(output: &Path, sample: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![output.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if folder.join("zephyr/.config").is_file() {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            if name.rsplit('.').next() == Some(sample) {
                found.push(folder);
            }
            continue;
        }
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    Ok(found)
}

/// Whether a build folder is that board's: `CMake` remembers.
fn built_for(build: &Path, board: &Board) -> bool {
    let cache = fs::read_to_string(build.join("CMakeCache.txt")).unwrap_or_default();
    let named = cache
        .lines()
        .find_map(|line| line.strip_prefix("BOARD:STRING="));
    named.is_some_and(|name| board.is(name))
}

/// The journey: the certificate of another key is refused, and the device's own is taken.
fn journey(command: &mut Command) -> Result<()> {
    let scratch = Scratch::new()?;
    let authority = Authority::new(&scratch, "authority")?;
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut device = Running::start(command)?;
    let mut console = device.0.stdin.take().context("the input is piped")?;
    let lines = device.lines()?;
    let deadline = Instant::now() + LIMIT;
    let mut printed = Printed::default();
    let mut refused = false;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let line = match lines.recv_timeout(left) {
            Ok(line) => line,
            Err(RecvTimeoutError::Timeout) => bail!("it did not end within {} s", LIMIT.as_secs()),
            Err(RecvTimeoutError::Disconnected) => bail!("it stopped before the end"),
        };
        println!("{line}");
        printed.see(&line);
        if line == "waiting for the certificate" {
            let file = if refused {
                certificate(&scratch, &authority, &printed)?
            } else {
                authority.certificate()
            };
            paste(&mut console, &scratch.read(&file)?)?;
        }
        refused |= line.starts_with("refused: ");
        if line.starts_with("the journey ended early") {
            bail!("{line}");
        }
        if line == "the journey ended well" {
            ensure!(refused, "the certificate of another key was taken");
            return named(&printed);
        }
    }
}

/// Writes a certificate as a terminal does.
fn paste(console: &mut impl io::Write, certificate: &str) -> io::Result<()> {
    console.write_all(certificate.replace('\n', "\r").as_bytes())?;
    console.flush()
}

fn named(printed: &Printed) -> Result<()> {
    let refusal = "without EXPORT: PSA_ERROR_NOT_PERMITTED";
    ensure!(
        printed.lines.iter().any(|line| line.starts_with(refusal)),
        "a key without EXPORT was not refused by name"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::boards;
    use super::*;

    #[test]
    fn a_build_is_found_by_its_sample_and_its_board() {
        let output = tempfile::tempdir().unwrap();
        for (platform, board) in [
            ("mps2_an521_cpu0", "mps2/an521/cpu0"),
            ("mps2_an521_cpu0_ns", "mps2/an521/cpu0/ns"),
        ] {
            for sample in ["explain", "provision"] {
                let scenario = format!("gnuarmemb/samples/{sample}/sample.mbedtls_psa.{sample}");
                let build = output.path().join(platform).join(scenario);
                fs::create_dir_all(build.join("zephyr")).unwrap();
                fs::write(build.join("zephyr/.config"), "").unwrap();
                fs::write(
                    build.join("CMakeCache.txt"),
                    format!("A:B=C\nBOARD:STRING={board}\n"),
                )
                .unwrap();
            }
        }
        let builds = builds(output.path(), "provision").unwrap();
        assert_eq!(builds.len(), 2);
        let board = boards::named("mps2/an521/cpu0").unwrap();
        let fits: Vec<_> = builds
            .iter()
            .filter(|build| built_for(build, board))
            .collect();
        assert_eq!(fits.len(), 1);
        assert!(fits[0].starts_with(output.path().join("mps2_an521_cpu0")));
    }

    /// The host's console plays the device, with what a Zephyr device adds at the end.
    #[test]
    fn a_device_that_takes_any_certificate_fails() {
        let mut device = Command::new("sh");
        device.args([
            "-c",
            "echo 'waiting for the certificate'; head -c 99 > /dev/null; echo 'the journey ended well'",
        ]);
        let error = journey(&mut device).unwrap_err();
        assert!(
            error.to_string().contains("another key was taken"),
            "{error}"
        );
        let mut device = Command::new("sh");
        device.args([
            "-c",
            "echo 'the journey ended early: PSA_ERROR_INSUFFICIENT_ENTROPY'",
        ]);
        let error = journey(&mut device).unwrap_err();
        assert!(
            error.to_string().contains("INSUFFICIENT_ENTROPY"),
            "{error}"
        );
        let error = journey(&mut Command::new("true")).unwrap_err();
        assert!(error.to_string().contains("before the end"), "{error}");
    }
}
