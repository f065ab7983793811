//! The conformance list on this host.

mod provider;

use provider::provider;
use psa_conformance::{Ctx, Line, Outcome, Summary, run, tests};

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
    // A test that is gone, a row of offers.tsv that says no, and vectors that are not read do not go unnoticed.
    assert_eq!(
        Some(summary),
        Summary::recorded(provider::NAME),
        "put what is right into conformance/data/counts.tsv"
    );
    // Other packages of one command of cargo's may bring the driver for P-256; who wants it with or without says so.
    if let Some(driver) = std::env::var_os("PSA_DRIVER") {
        let asked = psa_p256::multiplications() > 0;
        assert_eq!(driver, if asked { "with" } else { "without" });
    }
}

#[test]
fn each_run_is_recorded_once() {
    let mut runs = Vec::new();
    for run in Summary::recorded_runs() {
        let summary = Summary::recorded(run).expect("three numbers");
        assert!(summary.passed > 0, "{run}");
        assert!(!runs.contains(&run), "{run} stands there twice");
        runs.push(run);
    }
    assert!(runs.contains(&"host") && runs.contains(&"host-full"));
}
