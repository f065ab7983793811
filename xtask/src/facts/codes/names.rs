//! The small table for devices: spellings that share their words.
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use anyhow::{Result, bail};

use super::{Row, head};

/// The compact table: sorted magnitudes, each name as numbers of words.
pub fn table(rows: &[Row]) -> Result<String> {
    let mut names = BTreeMap::new();
    for row in rows.iter().filter(|row| row.is_on_device()) {
        if let Some(other) = names.insert(row.value.unsigned_abs(), row.name.as_str()) {
            bail!("{} and {other} are one number", row.name);
        }
    }
    let words: BTreeSet<&str> = names.values().flat_map(|name| words_of(name)).collect();
    let number: BTreeMap<&str, usize> = words.iter().copied().zip(1..).collect();
    if words.len() > 255 {
        bail!("{} words do not fit a byte", words.len());
    }

    let mut text = format!(
        "{}\n/// Magnitudes of the codes, ascending.\n",
        head("error_codes.json")
    );
    let _ = writeln!(
        text,
        "#[rustfmt::skip]\npub(crate) static MAGNITUDES: [u16; {}] = [",
        names.len()
    );
    let magnitudes: Vec<_> = names.keys().map(|m| format!("{m:#06X}")).collect();
    for line in magnitudes.chunks(10) {
        let _ = writeln!(text, "    {},", line.join(", "));
    }
    text.push_str(
        "];\n\n/// Their names in the same order: numbers of words from 1, ended by 0.\n",
    );
    text.push_str("#[rustfmt::skip]\npub(crate) static SPELLINGS: &[u8] = &[\n");
    for (magnitude, name) in &names {
        let mut numbers = String::new();
        for word in words_of(name) {
            let _ = write!(numbers, "{}, ", number[word]);
        }
        let _ = writeln!(text, "    {numbers}0, // {magnitude:#06X} {name}");
    }
    text.push_str(
        "];\n\n/// The words, separated by spaces.\npub(crate) static WORDS: &str = \"\\\n",
    );
    let mut column = 0;
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            text.push(' ');
        }
        if column + word.len() > 90 {
            text.push_str("\\\n");
            column = 0;
        }
        text.push_str(word);
        column += word.len() + 1;
    }
    text.push_str("\";\n");
    Ok(text)
}

/// The words of a name behind the prefix that its number implies.
fn words_of(name: &str) -> impl Iterator<Item = &str> {
    let rest = name
        .strip_prefix("MBEDTLS_ERR_")
        .or_else(|| name.strip_prefix("PSA_"));
    rest.unwrap_or(name).split('_')
}

/// Each name as a constant, so that a misspelt name does not compile.
pub fn constants(rows: &[Row]) -> String {
    let mut text = head("error_codes.json");
    text.push('\n');
    for row in rows.iter().filter(|row| row.is_on_device()) {
        let name = &row.name;
        let name = name.strip_prefix("MBEDTLS_ERR_").unwrap_or(name);
        let name = name.replace("PSA_ERROR_", "PSA_");
        let magnitude = row.value.unsigned_abs();
        let _ = writeln!(text, "pub(crate) const {name}: u16 = {magnitude:#06X};");
    }
    text
}
