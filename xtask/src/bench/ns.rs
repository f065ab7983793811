//! What a call into TF-M costs on the non-secure side: our client, beside TF-M's own from the sources of an export.
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::baseline;
use super::{Bench, Report, Row};
use crate::firmware::arm::{self, Sources};
use crate::firmware::export::Export;
use crate::firmware::image::Image;
use crate::firmware::qemu::{End, Machine};
use crate::firmware::{output_folder, stamp};
use crate::shell::Workspace;

pub const GROUP: &str = "ns";
/// TF-M's client, without a lock and with one of an RTOS.
const THEIRS: &str = "tfm-c";

pub fn run(bench: &Bench) -> Result<Report> {
    let workspace = bench.workspace;
    let image = Image {
        package: "firmware-cost",
        ..Image::default()
    }
    .build(workspace)?;
    let mut report = Report {
        rows: rows("ours", &printed(image)?, ""),
        ..Report::default()
    };
    match bench.tfm() {
        Some(tfm) => {
            for (lock, suffix) in [(false, ""), (true, LOCKED)] {
                let lines = printed(theirs(workspace, tfm, lock)?)?;
                report.rows.extend(rows(THEIRS, &lines, suffix));
            }
            report.notes.push(format!(
                "`{THEIRS}`: the client of {}, compiled with `{} -Os`.",
                tfm.provider()?,
                baseline::WITHOUT_DSP.join(" ")
            ));
        }
        None => report.missing.push((
            THEIRS,
            "no export of a TF-M build was given (`--tfm`, or `TFM_API_NS`)".to_owned(),
        )),
    }
    Ok(report)
}

/// The image of TF-M's client.
fn theirs(workspace: &Workspace, tfm: &Export, lock: bool) -> Result<PathBuf> {
    let (name, wrapper) = if lock {
        ("tfm-client-rtos", "tfm_ns_interface_rtos.c")
    } else {
        ("tfm-client", "tfm_ns_interface_bare_metal.c")
    };
    let folder = output_folder(workspace)?.join("c-baseline").join(name);
    fs::create_dir_all(&folder)?;
    let own = workspace.root().join("benches/c-baseline");
    let interface = tfm.root().join("interface");
    let source = interface.join("src");
    let mut files = stamp::files_below(&source)?;
    files.retain(|file| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        file.parent() == Some(&source) && name.ends_with("_api.c")
    });
    files.push(source.join("os_wrapper").join(wrapper));
    files.extend([own.join("tfm_client.c"), own.join("board.c")]);
    let header = |name, file: &str| (name, format!("\"{file}\""));
    let mut define = vec![
        ("DOMAIN_NS", "1".to_owned()),
        header("MBEDTLS_CONFIG_FILE", "tfm_client_config.h"),
        header("MBEDTLS_PSA_CRYPTO_CONFIG_FILE", "journey_crypto_config.h"),
        header("TF_PSA_CRYPTO_CONFIG_FILE", "journey_crypto_config.h"),
    ];
    if lock {
        define.push(("WITH_LOCK", "1".to_owned()));
    }
    let sources = Sources {
        machine: baseline::WITHOUT_DSP,
        files,
        include: vec![
            own.clone(),
            interface.join("include"),
            interface.join("include/crypto_keys"),
        ],
        define,
        // Theirs and ours alike have functions of one type that do not use all they are given.
        flags: vec!["-w"],
    };
    let image = folder.join("image.elf");
    let mut layout = OsString::from("-L");
    layout.push(workspace.root().join("tests/firmware/common/layout/single"));
    arm::link(
        sources.machine,
        &sources.compile(&folder)?,
        &own.join("board.ld"),
        &[&layout],
        &image,
    )?;
    Ok(image)
}

/// Runs an image where an instruction takes longer than a tick, and answers its lines.
fn printed(image: PathBuf) -> Result<Vec<String>> {
    let machine = Machine::alone("mps2-an521", image).counting_instructions();
    let mut lines = Vec::new();
    let end = machine.run(|line| lines.push(line.to_owned()))?;
    ensure!(end == End::Exit(0), "{end}\n{}", lines.join("\n"));
    Ok(lines)
}

/// Added to the metric of a call under a lock.
const LOCKED: &str = ", lock";

/// Reads `ok   NAME: 100 instructions (at most 116), ...` or `NAME: 100`. What comes after `with a lock:` is that.
fn rows(subject: &str, lines: &[String], suffix: &str) -> Vec<Row> {
    let mut suffix = suffix;
    let mut rows = Vec::new();
    for line in lines {
        if line == "with a lock:" {
            suffix = LOCKED;
        }
        let Some((name, rest)) = line.split_once(": ") else {
            continue;
        };
        let name = name.trim_start_matches("ok   ");
        let words: Vec<&str> = rest.split_whitespace().collect();
        let Some(Ok(value)) = words.first().map(|word| word.parse()) else {
            continue;
        };
        let limit = rest
            .split_once("instructions (at most ")
            .and_then(|(_, rest)| rest.split_once(')')?.0.parse().ok());
        rows.push(Row {
            group: GROUP,
            metric: format!("{name}{suffix}"),
            subject: subject.to_owned(),
            value,
            unit: "instructions",
            limit,
        });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_either_image_become_rows() {
        let lines = [
            "ok   sign_hash: 96 instructions (at most 125), 88 bytes of stack (at most 160)",
            "ok   verify_hash: 90 instructions, 88 bytes of stack (at most 160)",
            "with a lock:",
            "ok   sign_hash: 101 instructions (at most 125), 88 bytes of stack (at most 160)",
        ]
        .map(str::to_owned);
        let ours = rows("ours", &lines, "");
        let found: Vec<_> = ours
            .iter()
            .map(|row| (row.metric.as_str(), row.value, row.limit))
            .collect();
        assert_eq!(
            found,
            [
                ("sign_hash", 96.0, Some(125.0)),
                ("verify_hash", 90.0, None),
                ("sign_hash, lock", 101.0, Some(125.0)),
            ]
        );
        let theirs = rows(THEIRS, &["sign_hash: 134".to_owned()], LOCKED);
        assert_eq!(
            (theirs[0].metric.as_str(), theirs[0].value),
            ("sign_hash, lock", 134.0)
        );
    }
}
