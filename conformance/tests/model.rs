//! The model of the key store on this host, with more steps than the list has, and shortened when it disagrees.

mod provider;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use provider::provider;
use psa_conformance::model::{Model, Step};
use std::cell::Cell;

/// Steps of one sequence; a sequence begins with an empty store.
const STEPS: usize = 500;
/// Sequences: 50,000 steps in all.
const SEQUENCES: u32 = 100;

#[test]
fn model_and_library_agree_on_every_status() {
    let home = tempfile::tempdir().unwrap();
    psa::storage::set_folder(home.path().join("keys")).unwrap();
    let config = ProptestConfig {
        cases: SEQUENCES,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let succeeded: [Cell<u32>; Model::KINDS] = Default::default();
    let steps = prop::collection::vec(any::<Step>(), STEPS);
    let result = TestRunner::new(config).run(&steps, |steps| {
        let mut model = Model::new(provider()).unwrap();
        for (index, step) in steps.into_iter().enumerate() {
            let done = model
                .step(step)
                .map_err(|failure| TestCaseError::fail(format!("step {index}: {failure}")))?;
            let count = &succeeded[Model::kind(step)];
            count.set(count.get() + u32::from(done));
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    println!(
        "succeeded, by kind: {:?}",
        succeeded.each_ref().map(Cell::get)
    );
    let model = Model::new(provider()).unwrap();
    for (kind, count) in succeeded.iter().enumerate() {
        assert_eq!(count.get() > 0, model.can(kind), "kind {kind}: {count:?}");
    }
}
