//! The cases reach what stands for each function of the PSA Crypto API that Mbed TLS has.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;

// The linker leads this program's calls to it, too.
use psa_faults as _;

const INDEX: &str = include_str!("../../../psa/docs/api-index.md");

/// The sources in a folder, one after the other.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

/// The items that a cell of the table links to, as they stand there: `Key::copy`.
fn items(cell: &str) -> impl Iterator<Item = &str> {
    let links = cell.split("[`").skip(1);
    links.filter_map(|link| link.split_once("`]").map(|(item, _)| item))
}

#[test]
fn every_function_that_mbedtls_has_is_reached_by_a_case() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    sources(&here.join("../../conformance/src"), &mut text);
    sources(&here.join("src"), &mut text);
    let rows = INDEX
        .lines()
        .filter_map(|line| line.strip_prefix("| `psa_"));
    let mut functions = 0;
    let mut missing = Vec::new();
    for row in rows {
        let cells: Vec<_> = row.split(" | ").map(str::trim).collect();
        if cells[2] != "yes" {
            continue;
        }
        for item in items(cells[1]) {
            // A method is called; of a type it is enough that it is used.
            let is_there = match item.rsplit_once("::") {
                Some((_, method)) => text.contains(&format!("{method}(")),
                // One that nobody names is what a method answers.
                None => text.contains(item) || item == "JpakeRoundTwo",
            };
            if !is_there {
                missing.push(item.to_owned());
            }
        }
        functions += 1;
    }
    assert!(functions > 100, "{functions} rows");
    assert_eq!(missing, Vec::<String>::new());
}
