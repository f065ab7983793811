//! Every code of every version.
use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use super::{Row, head};

/// The versions in the order of their bits; mbedtls-diag names the same order.
const VERSIONS: [&str; 9] = [
    "2.16", "2.28", "3.6", "4.0", "4.1", "tf-m-1.3", "tf-m-1.8", "tf-m-2.1", "tf-m-2.3",
];

/// Sorted by value, then name; and the same rows by name, as indices.
pub fn table(rows: &[Row]) -> Result<String> {
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by_key(|row| (row.value, &row.name));
    let mut text = head("error_codes.json");
    text.push_str("use super::Code;\n\n/// By value, then by name.\n#[rustfmt::skip]\n");
    text.push_str("pub(crate) static CODES: &[Code] = &[\n");
    for row in &sorted {
        let mut bits = 0_u16;
        for version in row.versions.split(' ') {
            let bit = VERSIONS.iter().position(|v| *v == version);
            bits |= 1 << bit.with_context(|| format!("{}: {version}", row.name))?;
        }
        let kind = match (&row.alias_of, row.private) {
            (Some(_), _) => "alias",
            (None, true) => "private",
            (None, false) => "plain",
        };
        let header = row.header.split(' ').next().unwrap_or_default();
        let _ = writeln!(
            text,
            "    Code::{kind}({}, {:?}, {bits:#011b}, {header:?}),",
            row.value, row.name
        );
    }
    text.push_str("];\n\n/// Indices into `CODES`, by name.\n#[rustfmt::skip]\n");
    let mut by_name: Vec<usize> = (0..sorted.len()).collect();
    by_name.sort_by_key(|&i| (&sorted[i].name, i));
    let _ = writeln!(
        text,
        "pub(crate) static BY_NAME: [u16; {}] = [",
        by_name.len()
    );
    for line in by_name.chunks(16) {
        let line: Vec<_> = line.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "    {},", line.join(", "));
    }
    text.push_str("];\n");
    Ok(text)
}
