//! The targets over their corpus, and over what a few damages make of it.

mod support;
#[path = "../targets/mod.rs"]
mod targets;

use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_target_holds_over_its_corpus_and_over_what_is_damaged() {
    for (name, target) in targets::TARGETS {
        // What is slow without optimisation is done less often.
        let damages = match name {
            "config" | "kconfig" | "model" => 6,
            _ => 60,
        };
        support::holds(name, target, damages);
    }
}

#[test]
fn every_program_for_libfuzzer_is_a_target_with_a_corpus() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = |folder: &Path| -> BTreeSet<String> {
        let entries = folder.read_dir().unwrap().map(Result::unwrap);
        let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
        entries.map(|entry| name(&entry.path())).collect()
    };
    let mut targets: BTreeSet<String> = targets::TARGETS.map(|(name, _)| name.to_owned()).into();
    targets.insert("psa_call".to_owned());
    assert_eq!(names(&here.join("corpus")), targets);
    assert_eq!(names(&here.join("../../fuzz/fuzz_targets")), targets);
}
