//! The rules against the real preprocessor, over configurations that nobody would write.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use common::{Compiler, HOST, THUMB, macros, ours, tree};
use mbedtls_config::facts::{OptionFact, Version};
use mbedtls_config::source::SourceTree;
use mbedtls_config::{Config, Evaluation, Refusal};
use proptest::prelude::*;
use proptest::sample::{Index, subsequence};

static TREE: LazyLock<SourceTree> = LazyLock::new(tree);
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());
static PREDEFINED: LazyLock<[BTreeMap<String, String>; 2]> =
    LazyLock::new(|| [HOST.predefined(), THUMB.predefined()]);

/// Flags that a person may set; those of the build itself are the build's.
fn flags() -> Vec<&'static OptionFact> {
    let options = Version::V3_6.facts().options.iter();
    options.filter(|option| option.example.is_none()).collect()
}

/// What the preprocessor makes of these flags: the macros, or the number of its refusals.
fn real(
    compiler: &Compiler,
    flags: &[&str],
    name: &str,
) -> Result<BTreeMap<String, String>, usize> {
    let path = FOLDER.path().join(name);
    let mut text = format!(
        "#define MBEDTLS_PSA_CRYPTO_CONFIG_FILE \"{}\"\n",
        empty().display()
    );
    for flag in flags {
        writeln!(text, "#define {flag} {}", text_of(flag)).unwrap();
    }
    fs::write(&path, text).unwrap();
    let output = compiler
        .command()
        .arg(format!("-DMBEDTLS_CONFIG_FILE=\"{}\"", path.display()))
        .arg("-I")
        .arg(TREE.root.join("include"))
        .args(["-E", "-dM"])
        .arg(TREE.root.join("include/mbedtls/build_info.h"))
        .output()
        .unwrap_or_else(|error| panic!("{compiler:?} does not start: {error}"));
    let refused = String::from_utf8_lossy(&output.stderr)
        .matches("error: #error")
        .count();
    if output.status.success() {
        Ok(macros(&output))
    } else {
        Err(refused)
    }
}

/// What a flag is defined as, here and by this crate.
fn text_of(flag: &str) -> &'static str {
    if flag.starts_with("PSA_WANT_") {
        "1"
    } else {
        ""
    }
}

fn empty() -> &'static Path {
    static EMPTY: LazyLock<std::path::PathBuf> = LazyLock::new(|| {
        let path = FOLDER.path().join("empty.h");
        fs::write(&path, "").unwrap();
        path
    });
    &EMPTY
}

fn evaluated(compiler: &Compiler, which: usize, flags: &[&str]) -> Evaluation {
    let file = format!("\"{}\"", empty().display());
    let mut all: Vec<(&str, &str)> = PREDEFINED[which]
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    all.extend(flags.iter().map(|flag| (*flag, text_of(flag))));
    all.push(("MBEDTLS_PSA_CRYPTO_CONFIG_FILE", &file));
    Config::of_project(Version::V3_6, compiler.platform, all).evaluate()
}

/// Refusals of the headers, not of single C files.
fn of_headers(refusals: &[Refusal]) -> usize {
    refusals
        .iter()
        .filter(|refusal| !refusal.file.starts_with("library/"))
        .count()
}

fn agree(which: usize, flags: &[&str]) {
    let compiler = [HOST, THUMB][which];
    let evaluation = evaluated(&compiler, which, flags);
    let name = format!("config-{which}-{:?}.h", std::thread::current().id());
    match real(&compiler, flags, &name.replace(['(', ')'], "")) {
        Ok(real) => {
            assert_eq!(
                of_headers(&evaluation.refusals()),
                0,
                "refused without reason: {:?}",
                evaluation.refusals()
            );
            let own: BTreeMap<String, String> = evaluation
                .macros()
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .collect();
            assert_eq!(ours(&own), ours(&real));
        }
        Err(refused) => assert_eq!(
            of_headers(&evaluation.refusals()),
            refused,
            "{:#?}",
            evaluation.refusals()
        ),
    }
}

/// Flags without those that are refused for themselves.
fn usual() -> Vec<&'static str> {
    let odd = [
        "_ALT",
        "_ACCEL_",
        "_TEST_",
        "DEPRECATED",
        "_INT32",
        "_INT64",
        "_ONLY",
        "INJECT",
        "_SPM",
        "_SE_C",
        "HW_RECORD",
    ];
    let facts = flags()
        .into_iter()
        .filter(|option| option.section != "Read by the rules only");
    facts
        .map(|option| option.name)
        .filter(|name| !odd.iter().any(|word| name.contains(word)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// A few flags: mostly refused, each time for as many reasons as the compiler gives.
    #[test]
    fn few_flags_are_judged_as_the_preprocessor_judges_them(
        which in 0..2usize,
        picks in proptest::collection::vec(any::<Index>(), 0..12),
    ) {
        let all = flags();
        let picked: BTreeSet<&str> = picks.iter().map(|pick| pick.get(&all).name).collect();
        agree(which, &picked.into_iter().collect::<Vec<_>>());
    }

    /// Nearly all flags: many reasons at once, or hundreds of derived macros.
    #[test]
    fn most_flags_are_judged_as_the_preprocessor_judges_them(which in 0..2usize, picked in subsequence(usual(), usual().len() * 9 / 10..usual().len())) {
        agree(which, &picked);
    }

    /// What was closed over is accepted.
    #[test]
    fn what_is_resolved_is_accepted(which in 0..2usize, picked in subsequence(usual(), 0..6)) {
        let compiler = [HOST, THUMB][which];
        let mut config = Config::new(compiler.platform);
        for (name, value) in &PREDEFINED[which] {
            config.predefine(name, value);
        }
        for flag in &picked {
            config.enable(flag).unwrap();
        }
        if let Ok(resolved) = config.resolve() {
            let all: Vec<&str> = resolved.options().map(|(name, _)| name).collect();
            agree(which, &all);
            for flag in picked {
                prop_assert!(resolved.is_enabled(flag), "{flag} is lost");
            }
        }
    }
}
