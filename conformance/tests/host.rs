//! The conformance list on this host.

mod provider;

use provider::provider;
use psa_conformance::{Ctx, Line, Outcome, run, tests};

#[test]
fn every_promise_holds_on_the_host() {
    let home = tempfile::tempdir().unwrap();
    psa::storage::set_folder(home.path().join("keys")).unwrap();
    let mut memory = [0; Ctx::MEMORY];
    let mut failures = Vec::new();
    let mut ctx = Ctx::new(&mut memory);
    let summary = run(tests(), provider(), &mut ctx, &mut |test, outcome| {
        println!("{}", Line(test, outcome));
        if let Outcome::Failed(failure) = outcome {
            failures.push(format!("{}: {failure}", test.name()));
        }
    });
    println!("{summary}");
    assert_eq!(failures, Vec::<String>::new());
    assert_eq!(summary.failed, 0);
}
