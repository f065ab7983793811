//! Fingerprints of the texts of `mbedtls_strerror`.
//!
//! The texts themselves are the library's and stay there. What is kept of a text is a hash of its
//! first words, as few as tell it apart from the other texts of its module: so a text that was cut
//! off, or that runs on into other words, is recognised too. Two codes may share a text.
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::head;

/// Number of words, hash of the module and these words, name of the code.
pub type Fingerprint = (usize, u32, String);

/// The fingerprints of some trees as JSON.
pub fn fingerprints(trees: &[&Path]) -> Result<String> {
    let mut texts: BTreeSet<(Vec<String>, String)> = BTreeSet::new();
    for tree in trees {
        let path = tree.join("library/error.c");
        let source = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let found = cases(&source);
        if found.len() < 200 {
            bail!("{}: only {} texts", path.display(), found.len());
        }
        texts.extend(found);
    }
    let rows: BTreeSet<Fingerprint> = texts
        .iter()
        .map(|(words, name)| {
            let others = texts.iter().filter(|(_, other)| other != name);
            let shared = others
                .map(|(other, _)| common(words, other))
                .max()
                .unwrap_or(0);
            let count = (shared + 1).max(3).min(words.len());
            (count, hash(&words[..count]), name.clone())
        })
        .collect();
    let rows: Vec<_> = rows
        .iter()
        .map(serde_json::to_string)
        .collect::<Result<_, _>>()?;
    Ok(format!("[\n{}\n]\n", rows.join(",\n")))
}

/// The text of each code: the module, then the words, in lower case.
fn cases(source: &str) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    let mut name = None;
    for line in source.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("case -(") {
            name = rest.split(')').next();
        } else if let (Some(name), Some(rest)) = (name, line.strip_prefix("return( \"")) {
            let text = rest.split('"').next().unwrap_or_default();
            found.push((words(text), name.to_owned()));
        }
    }
    found
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// How many words two texts begin with alike.
fn common(one: &[String], other: &[String]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

/// FNV-1a over the words, each followed by a space; mbedtls-diag computes the same.
fn hash(words: &[String]) -> u32 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([b' ']));
    bytes.fold(0x811C_9DC5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The fingerprints, by hash.
pub fn table(rows: &[Fingerprint]) -> String {
    let mut text = head("strerror.json");
    text.push_str(
        "\n/// Hash of the first words, their number, the code; by hash.\n#[rustfmt::skip]\n",
    );
    text.push_str("pub(crate) static TEXTS: &[(u32, u8, &str)] = &[\n");
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort_by_key(|(count, hash, _)| (*hash, *count));
    for (count, hash, name) in rows {
        let _ = writeln!(text, "    ({hash:#010X}, {count}, {name:?}),");
    }
    text.push_str("];\n");
    text
}
