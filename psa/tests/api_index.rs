//! The table of what stands for each function of the PSA Crypto API is whole and right. That the items it names exist is
//! rustdoc's to say, which resolves its links.

use std::collections::BTreeSet;

const INDEX: &str = include_str!("../docs/api-index.md");
const SPECIFICATION: &str = include_str!("data/psa-crypto-1.2.txt");

/// What Mbed TLS 3.6.5 defines: `  <kind> <name> <condition>`.
const MBEDTLS: &str = include_str!("../../mbedtls-config/data/3.6.5/functions.txt");

/// Inline functions of `psa/crypto_extra.h` that have a prototype before them; the list above leaves such out.
const INLINE: [&str; 6] = [
    "psa_pake_cipher_suite_init",
    "psa_pake_cs_get_algorithm",
    "psa_pake_cs_get_primitive",
    "psa_pake_cs_set_algorithm",
    "psa_pake_cs_set_primitive",
    "psa_pake_operation_init",
];

/// What TF-M's crypto service offers: name without `psa_`, and so on.
const TFM: &str = include_str!("../../tfm-sys/data/functions.tsv");

struct Row {
    function: &'static str,
    cells: Vec<&'static str>,
}

/// The rows of the table in the section whose heading begins so.
fn rows(heading: &str) -> Vec<Row> {
    let section = INDEX.split("\n# ").find(|part| part.starts_with(heading));
    let lines = section.expect("there is such a section").lines();
    lines
        .filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"))
        .map(|line| {
            let mut cells = line.split(" | ").map(str::trim);
            let function = cells.next().unwrap().trim_end_matches('`');
            Row {
                function,
                cells: cells.collect(),
            }
        })
        .collect()
}

fn all() -> Vec<Row> {
    ["PSA Crypto API 1.2", "Its extension", "What Mbed TLS"]
        .into_iter()
        .flat_map(rows)
        .collect()
}

#[test]
fn no_cell_is_blank() {
    for row in all() {
        assert_eq!(row.cells.len(), 4, "{}", row.function);
        assert!(
            row.cells.iter().all(|cell| !cell.is_empty()),
            "{}",
            row.function
        );
        let providers = &row.cells[1..3];
        assert!(
            providers.iter().all(|cell| ["yes", "no"].contains(cell)),
            "{}",
            row.function
        );
    }
}

#[test]
fn every_function_of_the_specification_has_its_row() {
    let specified: BTreeSet<_> = SPECIFICATION
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert_eq!(specified.len(), 88);
    let listed: Vec<_> = rows("PSA Crypto API 1.2")
        .iter()
        .map(|row| row.function)
        .collect();
    assert_eq!(listed, specified.into_iter().collect::<Vec<_>>());
}

#[test]
fn mbedtls_has_what_the_table_says() {
    let defined: BTreeSet<_> = MBEDTLS
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let kind = words.next()?;
            ["public", "inline"].contains(&kind).then(|| words.next())?
        })
        .collect();
    for row in all() {
        let has = defined.contains(row.function) || INLINE.contains(&row.function);
        assert_eq!(row.cells[1] == "yes", has, "{}", row.function);
    }
}

#[test]
fn tfm_has_what_the_table_says() {
    let service: BTreeSet<_> = TFM
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, _)| name)
        .collect();
    /// What a client does itself: it asks nobody.
    fn is_local(function: &str) -> bool {
        let attributes = ["get_key_", "set_key_", "reset_key_", "key_attributes_init"];
        function == "crypto_init"
            || (function.ends_with("_operation_init") && !function.starts_with("pake"))
            || attributes.iter().any(|start| function.starts_with(start))
    }
    for row in all() {
        let name = row.function.trim_start_matches("psa_");
        let has = is_local(name) || service.contains(name);
        assert_eq!(row.cells[2] == "yes", has, "{}", row.function);
    }
}
