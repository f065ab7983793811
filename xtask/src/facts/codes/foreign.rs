//! Numbers of other owners: errno, wolfSSL, ESP-IDF, and the PSA statuses of 2018.
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::head;

/// Name to value, by owner.
pub type Foreign = BTreeMap<String, BTreeMap<String, i32>>;

/// One list an owner, sorted by value.
pub fn table(owners: &Foreign) -> String {
    let mut text = head("foreign.json");
    for (owner, codes) in owners {
        let name = owner.to_uppercase().replace(['-', '.'], "_");
        let mut rows: Vec<(i32, &str)> =
            codes.iter().map(|(name, v)| (*v, name.as_str())).collect();
        rows.sort_unstable();
        let _ = writeln!(
            text,
            "\n#[rustfmt::skip]\npub(crate) static {name}: &[(i32, &str)] = &["
        );
        let mut line = String::from("   ");
        for (value, name) in rows {
            let cell = format!(" ({value}, {name:?}),");
            if line.len() + cell.len() > 110 {
                let _ = writeln!(text, "{line}");
                line.truncate(3);
            }
            line.push_str(&cell);
        }
        let _ = writeln!(text, "{line}\n];");
    }
    text
}
