//! The conformance list, and tests that only one kind of image has.

use firmware_common::{argument, println};
use psa_conformance::{Ctx, Line, ONLY_VECTORS, Provider, Test, run, tests};

/// Runs the list and then the image's own tests, prints each as it ends, and answers how many failed. The image's first
/// argument names the provider: a column of the table of what is offered.
///
/// # Panics
/// Without that argument.
pub fn conformance(own: &'static [&'static [Test]]) -> i32 {
    let provider = argument(1, Provider::named)
        .flatten()
        .expect("the first argument names a provider");
    let mut text = [0; Ctx::MEMORY];
    let mut ctx = Ctx::new(&mut text);
    let own = if ONLY_VECTORS { &[] } else { own };
    let all = tests().chain(own.iter().copied().flatten());
    let summary = run(all, provider, &mut ctx, &mut |test, outcome| {
        println!("{}", Line(test, outcome));
    });
    println!("{summary}");
    summary.failed.try_into().unwrap_or(i32::MAX)
}
