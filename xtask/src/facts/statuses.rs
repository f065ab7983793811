//! Holds the list of statuses that tests must see against the specification and the headers that prescribe them.
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

const HEADERS: [&str; 2] = ["include/psa/crypto.h", "include/psa/crypto_extra.h"];
/// What the specification prescribes: a function and its errors a line.
const SPECIFICATION: &str = "conformance/data/psa-crypto-1.2-statuses.txt";
const TABLE: &str = "conformance/data/statuses.tsv";

/// The statuses that the table leaves out, and says why.
const LEFT_OUT: [&str; 13] = [
    "BAD_STATE",
    "COMMUNICATION_FAILURE",
    "CORRUPTION_DETECTED",
    "DATA_CORRUPT",
    "DATA_INVALID",
    "GENERIC_ERROR",
    "HARDWARE_FAILURE",
    "INSUFFICIENT_ENTROPY",
    "INSUFFICIENT_MEMORY",
    "INSUFFICIENT_STORAGE",
    "NOT_SUPPORTED",
    "SERVICE_FAILURE",
    "STORAGE_FAILURE",
];

/// Functions that are another spelling of one in the table, or not of the API.
fn is_left_out(function: &str) -> bool {
    function.ends_with("_ext")
        || function.ends_with("_slot_number")
        || function.starts_with("psa_crypto_driver_")
}

/// Fails when the table lacks a status of a function, or has one that neither the specification nor a header prescribes.
pub fn run(repository: &Path, mbedtls: &Path) -> Result<()> {
    let specification = fs::read_to_string(repository.join(SPECIFICATION))?;
    let mut prescribed: BTreeSet<_> = specified(&specification).collect();
    for header in HEADERS {
        let file = mbedtls.join(header);
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        prescribed.extend(statuses(&text));
    }
    let table = fs::read_to_string(repository.join(TABLE))?;
    let listed: BTreeSet<_> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .skip(1)
        .filter_map(|line| {
            let (function, rest) = line.split_once('\t')?;
            let (status, _) = rest.split_once('\t')?;
            Some((function.to_owned(), status.to_owned()))
        })
        .collect();
    let missing: Vec<_> = prescribed.difference(&listed).collect();
    let surplus: Vec<_> = listed.difference(&prescribed).collect();
    ensure!(
        missing.is_empty() && surplus.is_empty(),
        "{TABLE} lacks {missing:?} and has besides {surplus:?}"
    );
    Ok(())
}

/// Functions, and the statuses that the specification prescribes.
fn specified(text: &str) -> impl Iterator<Item = (String, String)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| {
        let (function, errors) = line.split_once(' ').unwrap_or((line, ""));
        let errors = errors.split_whitespace();
        let errors = errors.filter(|error| !LEFT_OUT.contains(error));
        errors.map(move |error| (function.to_owned(), format!("PSA_ERROR_{error}")))
    })
}

/// Functions, and the statuses that the comment before each prescribes.
fn statuses(header: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in header.split("/**").skip(1) {
        let Some((comment, code)) = part.split_once("*/") else {
            continue;
        };
        let declaration = code.split(';').next().unwrap_or_default();
        let Some((_, name)) = declaration.split_once("psa_status_t ") else {
            continue;
        };
        let function = name.split('(').next().unwrap_or_default().trim();
        if declaration.contains("#define") || !function.starts_with("psa_") || is_left_out(function)
        {
            continue;
        }
        for value in comment.split("\\retval").skip(1) {
            let status = value.split_whitespace().next().unwrap_or_default();
            let status = status.trim_start_matches('#');
            let short = status.strip_prefix("PSA_ERROR_");
            if short.is_some_and(|short| !LEFT_OUT.contains(&short)) {
                found.push((function.to_owned(), status.to_owned()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_comment_prescribes() {
        let header = "\
/** \\brief Does.
 * \\retval #PSA_SUCCESS
 * \\retval #PSA_ERROR_NOT_PERMITTED Why.
 * \\retval #PSA_ERROR_BAD_STATE
 */
psa_status_t psa_do_it(int it);
/** \\retval #PSA_ERROR_NOT_PERMITTED */
#define NOTHING 1
";
        let pair = ("psa_do_it".to_owned(), "PSA_ERROR_NOT_PERMITTED".to_owned());
        assert_eq!(statuses(header), std::slice::from_ref(&pair));
        let specification = "# Errors.\npsa_do_it BAD_STATE NOT_PERMITTED\n";
        assert_eq!(specified(specification).collect::<Vec<_>>(), [pair]);
    }
}
