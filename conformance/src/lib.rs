//! One list of tests that every provider of the PSA Crypto API must pass: on a host, in one image on a device, across
//! `TrustZone`.
//!
//! A test asks the safe API of `psa` and compares with what the specification or an RFC says, or with what another
//! implementation has written. What a provider does not offer stands in `data/offers.tsv`; whatever else it refuses is a
//! failure, and so is what it offers although the table denies it.
//!
//! ```
//! use psa_conformance::{Ctx, Outcome, Provider, run, tests};
//!
//! let provider = Provider::named("host").unwrap();
//! let mut memory = [0; Ctx::MEMORY];
//! let mut ctx = Ctx::new(&mut memory);
//! let summary = run(tests(), provider, &mut ctx, &mut |test, outcome| {
//!     if let Outcome::Failed(failure) = outcome {
//!         println!("FAIL {}: {failure}", test.name());
//!     }
//! });
//! assert!(summary.passed > 0);
//! ```
#![no_std]
#![forbid(unsafe_code)]

mod certificate;
pub mod check;
mod csr;
mod hash;
mod key;
mod known;
mod matrix;
mod misuse;
pub mod model;
mod operation;
mod pem;
mod persistent;
mod policy;
mod provider;
mod rsa;
mod signature;
mod vectors;
pub mod wycheproof;

use core::fmt;

pub use check::{Failure, Result};
pub use provider::Provider;
pub use vectors::hex;

/// What a test needs beside the provider: memory.
pub struct Ctx<'a> {
    /// Where a test writes a text, or whatever else is long.
    pub text: &'a mut [u8],
    /// How many vectors the test has gone through.
    vectors: usize,
    /// Whom the test asks.
    provider: Option<Provider>,
}

impl<'a> Ctx<'a> {
    /// Bytes that suffice for every test.
    pub const MEMORY: usize = 4096;

    /// With this memory.
    pub const fn new(text: &'a mut [u8]) -> Self {
        Self {
            text,
            vectors: 0,
            provider: None,
        }
    }
}

/// A promise, and the function that checks it.
pub struct Test {
    name: &'static str,
    needs: &'static [&'static str],
    run: fn(&mut Ctx) -> Result<()>,
}

impl Test {
    /// A test that every provider must pass.
    pub const fn new(name: &'static str, run: fn(&mut Ctx) -> Result<()>) -> Self {
        Self {
            name,
            needs: &[],
            run,
        }
    }

    /// Rows of the table without which this test cannot pass.
    #[must_use]
    pub const fn needs(mut self, needs: &'static [&'static str]) -> Self {
        self.needs = needs;
        self
    }

    /// The promise, in a few words; no two tests have the same.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Checks the promise on this provider.
    fn run(&self, provider: Provider, ctx: &mut Ctx) -> Outcome {
        let lacks = self.needs.iter().any(|need| !provider.offers(need));
        ctx.vectors = 0;
        ctx.provider = Some(provider);
        match (self.run)(ctx) {
            Ok(()) if lacks => Outcome::Failed(Failure::OFFERED),
            Ok(()) => Outcome::Passed(ctx.vectors),
            Err(failure) if lacks && failure.is_not_offered() => Outcome::NotOffered,
            Err(failure) => Outcome::Failed(failure),
        }
    }
}

/// How a test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The promise holds, with this many vectors of another project; most tests have none.
    Passed(usize),
    /// The provider answered that it does not have this, or not the memory for it, as the table says.
    NotOffered,
    /// The promise does not hold, or the table is wrong.
    Failed(Failure),
}

/// Whether the list has only the tests with vectors of another project's files: a small device's flash does not hold all of
/// them beside the rest.
pub const ONLY_VECTORS: bool = cfg!(feature = "only-vectors");

const TESTS: &[&[&[Test]]] = if ONLY_VECTORS {
    &[wycheproof::TESTS]
} else {
    &[
        &[
            key::TESTS,
            policy::TESTS,
            matrix::TESTS,
            persistent::TESTS,
            hash::TESTS,
            operation::TESTS,
        ],
        signature::TESTS,
        pem::TESTS,
        csr::TESTS,
        certificate::TESTS,
        &[rsa::TESTS, model::TESTS],
        misuse::TESTS,
        known::TESTS,
        wycheproof::TESTS,
    ]
};

/// Every test, in the order in which they run.
pub fn tests() -> impl Iterator<Item = &'static Test> {
    TESTS.iter().copied().flatten().copied().flatten()
}

/// How many tests ended in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Promises that hold.
    pub passed: usize,
    /// Promises about what this provider does not have.
    pub not_offered: usize,
    /// Promises that do not hold.
    pub failed: usize,
    /// Vectors of other projects, among the promises that hold.
    pub vectors: usize,
}

/// What each run counts.
const COUNTS: &str = include_str!("../data/counts.tsv");

impl Summary {
    /// What this run counts when nothing is missing: a provider on a host, or an image and its provider.
    ///
    /// ```
    /// # use psa_conformance::Summary;
    /// assert!(Summary::recorded("host").unwrap().passed > 50);
    /// assert_eq!(Summary::recorded("abacus"), None);
    /// ```
    pub fn recorded(run: &str) -> Option<Self> {
        let (_, counts) = recorded_rows().find(|(name, _)| *name == run)?;
        let mut counts = counts.split('\t').map(|count| count.parse().ok());
        Some(Self {
            passed: counts.next()??,
            not_offered: counts.next()??,
            vectors: counts.next()??,
            failed: 0,
        })
    }

    /// The runs of the table.
    pub fn recorded_runs() -> impl Iterator<Item = &'static str> {
        recorded_rows().map(|(run, _)| run)
    }
}

fn recorded_rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let rows = COUNTS.lines().filter(|line| !line.starts_with('#'));
    rows.skip(1).filter_map(|row| row.split_once('\t'))
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} passed, {} not offered, {} failed; {} vectors",
            self.passed, self.not_offered, self.failed, self.vectors
        )
    }
}

/// Runs tests, those of [`tests`] or others, and reports each as it ends.
pub fn run<'t>(
    tests: impl IntoIterator<Item = &'t Test>,
    provider: Provider,
    ctx: &mut Ctx,
    report: &mut dyn FnMut(&Test, &Outcome),
) -> Summary {
    let mut summary = Summary::default();
    for test in tests {
        let outcome = test.run(provider, ctx);
        match outcome {
            Outcome::Passed(vectors) => {
                summary.passed += 1;
                summary.vectors += vectors;
            }
            Outcome::NotOffered => summary.not_offered += 1,
            Outcome::Failed(_) => summary.failed += 1,
        }
        report(test, &outcome);
    }
    summary
}

/// The line of one test: `ok   <name>`, `n/a  <name>` or `FAIL <name>: <why>`.
pub struct Line<'a>(pub &'a Test, pub &'a Outcome);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.name;
        match self.1 {
            Outcome::Passed(0) => write!(f, "ok   {name}"),
            Outcome::Passed(vectors) => write!(f, "ok   {name} ({vectors} vectors)"),
            Outcome::NotOffered => write!(f, "n/a  {name}"),
            Outcome::Failed(failure) => write!(f, "FAIL {name}: {failure}"),
        }
    }
}
