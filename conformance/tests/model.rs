//! The model of the key store on this host, with more steps than the list has, and shortened when it disagrees.

mod provider;

use proptest::prelude::*;
use provider::provider;
use psa_conformance::model::{Model, Step};

/// Steps of one sequence; a sequence begins with an empty store.
const STEPS: usize = 250;

proptest! {
    // 100 sequences: 25,000 steps.
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn model_and_library_agree_on_every_status(steps in prop::collection::vec(any::<Step>(), STEPS)) {
        let mut model = Model::new(provider());
        for (index, step) in steps.iter().enumerate() {
            if let Err(failure) = model.step(*step) {
                return Err(TestCaseError::fail(format!("step {index}: {failure}")));
            }
        }
    }
}
