//! The conformance list on this host.

use psa::{Attributes, Curve, Error, Key};
use psa_conformance::{Ctx, Line, Outcome, Provider, run, tests};

/// This workspace's tests run with Mbed TLS built for provisioning and built with everything. The two differ in all
/// tables of the list, so that one question is enough to know which it is.
fn provider() -> Provider {
    psa::init().unwrap();
    let name = match Key::generate(Attributes::ecc_key_pair(Curve::P384)) {
        Ok(_) => "host-full",
        Err(Error::NotSupported) => "host",
        Err(error) => panic!("{error}"),
    };
    Provider::named(name).unwrap()
}

#[test]
fn every_promise_holds_on_the_host() {
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
