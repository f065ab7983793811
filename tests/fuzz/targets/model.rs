//! Sequences of operations, and the model of the key store beside them.

use psa_conformance::Provider;
use psa_conformance::model::Model;

/// Steps of one sequence: more take long and say little more.
const STEPS: usize = 96;

/// Four bytes are a step; the library and the model agree on what comes of each.
pub fn model(data: &[u8]) {
    super::ready();
    let provider = Provider::named("host-full").expect("it has a column");
    let mut model = Model::new(provider).expect("an empty store");
    for (index, step) in data.chunks_exact(4).take(STEPS).enumerate() {
        let step = step.try_into().expect("four bytes");
        if let Err(failure) = model.step(step) {
            panic!("step {index}: {failure}");
        }
    }
}
