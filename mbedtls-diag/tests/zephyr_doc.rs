//! `docs/zephyr.md` agrees with the tables: its names of Kconfig are known, and its lines bring about what they promise.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mbedtls_config::readers::{Build, Line, Port, Source, System};
use mbedtls_diag::buildconfig;

/// Options that are not Mbed TLS's, so that no table here knows them; each was in a build of Zephyr that ran, but those of
/// other versions, which are named after their documentation.
const ZEPHYRS: [&str; 20] = [
    "CONFIG_BUILD_WITH_TFM",
    "CONFIG_COMMON_LIBC_MALLOC_ARENA_SIZE",
    "CONFIG_FLASH",
    "CONFIG_FLASH_MAP",
    "CONFIG_MAIN_STACK_SIZE",
    "CONFIG_MBEDTLS",
    "CONFIG_MBEDTLS_ENABLE_HEAP",
    "CONFIG_MBEDTLS_HEAP_SIZE",
    "CONFIG_MBEDTLS_PSA_CRYPTO_C",
    "CONFIG_MBEDTLS_PSA_RUST",
    "CONFIG_MBEDTLS_USER_CONFIG_ENABLE",
    "CONFIG_MBEDTLS_USER_CONFIG_FILE",
    "CONFIG_NRF_SECURITY",
    "CONFIG_PSA_CRYPTO",
    "CONFIG_RUST",
    "CONFIG_SECURE_STORAGE",
    "CONFIG_SECURE_STORAGE_ITS_MAX_DATA_SIZE",
    "CONFIG_TEST_RANDOM_GENERATOR",
    "CONFIG_ZMS",
    // Of nRF Connect SDK alone.
    "CONFIG_PSA_WANT_GENERATE_RANDOM",
];

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).expect(path)
}

/// The words of a text that begin with `CONFIG_`.
fn options(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !c.is_ascii_uppercase() && !c.is_ascii_digit() && c != '_');
    parts
        .filter(|part| part.starts_with("CONFIG_") && !part.ends_with('_'))
        .map(str::to_owned)
        .collect()
}

/// The cells of each row of the table under this heading.
fn table(document: &str, first_cells: &str) -> Vec<Vec<String>> {
    let lines = document
        .lines()
        .skip_while(|line| !line.starts_with(first_cells));
    lines
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells = line.trim_matches('|').split('|');
            cells.map(|cell| cell.trim().to_owned()).collect()
        })
        .collect()
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn each_option_in_the_document_is_known() {
    let mut known: BTreeSet<String> = ZEPHYRS.map(str::to_owned).into();
    for era in ["zephyr-3.4", "zephyr-3.7", "zephyr-4.4", "ncs"] {
        known.extend(options(&read(&format!(
            "mbedtls-config/data/kconfig/{era}.txt"
        ))));
    }
    let wants = read("mbedtls-config/data/3.6.5/options.txt");
    for option in options(&read("docs/zephyr.md")) {
        let macro_name = option.trim_start_matches("CONFIG_");
        let is_want = macro_name.starts_with("PSA_WANT_")
            && wants.split_whitespace().any(|word| word == macro_name);
        assert!(
            known.contains(&option) || is_want,
            "{option}: no table has it"
        );
    }
}

#[test]
fn the_samples_set_what_the_document_says_of_a_p256_key() {
    let document = read("docs/zephyr.md");
    let rows = table(&document, "| I want | need | lines");
    let row = rows.iter().find(|row| row[1] == "`secp256r1`").unwrap();
    let settings = read("samples/provision/prj.conf");
    for line in quoted(&row[2]) {
        assert!(settings.lines().any(|set| set == line), "{line}");
    }
}

#[test]
fn the_lines_of_the_psa_api_are_those_that_the_build_asks_for() {
    let needs = read("zephyr/needs.txt");
    let wants = |name: &str| -> BTreeSet<String> {
        let mut open = vec![name.to_owned()];
        let mut found = BTreeSet::new();
        while let Some(name) = open.pop() {
            if name.starts_with("PSA_WANT_") {
                found.insert(format!("CONFIG_{name}=y"));
                continue;
            }
            let begin = format!("{name}: ");
            let rest = needs.lines().find_map(|line| line.strip_prefix(&begin));
            open.extend(rest.expect(&name).split_whitespace().map(str::to_owned));
        }
        found
    };
    let document = read("docs/zephyr.md");
    let rows = table(&document, "| I want | need | lines");
    assert!(rows.len() > 4);
    let keys = wants("ecc-keys");
    for row in rows {
        let lines: BTreeSet<_> = quoted(&row[2]).into_iter().map(str::to_owned).collect();
        let mut wanted = wants(quoted(&row[1])[0]);
        if row[2].contains("the keys above") {
            wanted = &wanted - &keys;
        }
        assert_eq!(lines, wanted, "{}", row[0]);
    }
}

#[test]
fn the_lines_for_c_bring_about_what_they_promise() {
    let document = read("docs/zephyr.md");
    let providers = table(&document, "| version | Mbed TLS in this image");
    let rows = table(&document, "| I want | need | Zephyr 3.7 to 4.3 |");
    assert!(rows.len() > 3);
    let era = "Zephyr 3.7 to 4.3";
    let port = Port::all().iter().find(|port| port.name == era).unwrap();
    let provider = providers.iter().find(|row| row[0] == era).unwrap();
    let text = quoted(&provider[1]).join("\n");
    let sources = [Source {
        name: "prj.conf",
        text: &text,
    }];
    let before = Build::read(&sources, Some(System::Zephyr))
        .unwrap()
        .built_by(port);
    for row in &rows {
        let need = buildconfig::find(quoted(&row[1])[0]).unwrap()[0];
        let lines: Vec<Line> = quoted(&row[2])
            .into_iter()
            .map(|line| Line::parse(line, System::Zephyr).expect(line))
            .collect();
        assert!(!need.is_met(&before), "{}: it needs no line", row[0]);
        assert!(need.is_met(&before.with(&lines)), "{}: {lines:?}", row[0]);
    }
}
