//! The checks on this host.

use psa_conformance::{Ctx, Line, Outcome, Provider, run};

#[test]
fn each_back_end_passes_every_check() {
    psa::init().unwrap();
    let provider = Provider::named("host-full").unwrap();
    let mut memory = [0; Ctx::MEMORY];
    let mut failures = Vec::new();
    let mut ctx = Ctx::new(&mut memory);
    let summary = run(
        p256_checks::TESTS.iter(),
        provider,
        &mut ctx,
        &mut |test, outcome| {
            println!("{}", Line(test, outcome));
            if let Outcome::Failed(failure) = outcome {
                failures.push(format!("{}: {failure}", test.name()));
            }
        },
    );
    assert_eq!(failures, Vec::<String>::new());
    assert_eq!(
        (summary.passed, summary.failed),
        (p256_checks::TESTS.len(), 0)
    );
    println!("{summary}");
}
