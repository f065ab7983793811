//! What the faults happen to: each test of the conformance list, the journey, and PK and X.509.

use psa::Error;
use psa_conformance::{Ctx, Provider, Test};

use crate::journey;
#[cfg(all(feature = "full", feature = "mbedtls"))]
use crate::pk;

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As it should.
    Passed,
    /// A call answered this error where the case wanted something else.
    Refused(String),
    /// A call that must fail succeeded, or what a call gave is wrong.
    Lied(String),
}

/// Something with operations in it, which checks itself what they answer.
#[derive(Clone, Copy)]
pub struct Case {
    /// What it is called.
    pub name: &'static str,
    run: Run,
}

#[derive(Clone, Copy)]
enum Run {
    Conformance(&'static Test, Provider),
    Own(fn() -> Outcome),
}

impl Case {
    /// One that `run` goes through.
    pub const fn new(name: &'static str, run: fn() -> Outcome) -> Self {
        Self {
            name,
            run: Run::Own(run),
        }
    }

    /// Whether it goes through a file of vectors: many times what other cases do once.
    pub fn is_of_vectors(&self) -> bool {
        self.name.starts_with("Wycheproof: ")
    }

    /// Whether it is of PK and X.509, which are not of the PSA Crypto API.
    pub fn is_of_mbedtls(&self) -> bool {
        ["PK: ", "X.509: "]
            .iter()
            .any(|part| self.name.starts_with(part))
    }

    /// Goes through it once.
    pub fn run(&self) -> Outcome {
        match self.run {
            Run::Own(run) => run(),
            Run::Conformance(test, provider) => conformance(test, provider),
        }
    }
}

fn conformance(test: &Test, provider: Provider) -> Outcome {
    let mut memory = [0; Ctx::MEMORY];
    let mut ctx = Ctx::new(&mut memory);
    let mut ended = Outcome::Passed;
    psa_conformance::run([test], provider, &mut ctx, &mut |_, outcome| {
        if let psa_conformance::Outcome::Failed(failure) = outcome {
            ended = match failure.answered() {
                Some(error) => Outcome::Refused(format!("{error:?}")),
                None => Outcome::Lied(failure.to_string()),
            };
        }
    });
    ended
}

/// Every case.
pub fn cases(provider: Provider) -> Vec<Case> {
    let list = psa_conformance::tests().map(|test| Case {
        name: test.name(),
        run: Run::Conformance(test, provider),
    });
    let list = list.chain(journey::CASES.iter().copied());
    #[cfg(all(feature = "full", feature = "mbedtls"))]
    let list = list.chain(pk::CASES);
    list.collect()
}

/// What ends a case of this package early.
pub(crate) struct Ended(Outcome);

impl<E: std::error::Error> From<E> for Ended {
    fn from(error: E) -> Self {
        Self(Outcome::Refused(error.to_string()))
    }
}

pub(crate) fn ended(result: Result<(), Ended>) -> Outcome {
    match result {
        Ok(()) => Outcome::Passed,
        Err(Ended(outcome)) => outcome,
    }
}

/// Holds, or what a call gave is wrong.
pub(crate) fn holds(condition: bool, what: &str) -> Result<(), Ended> {
    if condition {
        Ok(())
    } else {
        Err(Ended(Outcome::Lied(what.to_owned())))
    }
}

/// The call failed with this error; another one ends the case.
#[expect(
    clippy::needless_pass_by_value,
    reason = "what a call answers is handed on as it stands"
)]
pub(crate) fn refused<T>(result: psa::Result<T>, error: Error, what: &str) -> Result<(), Ended> {
    match result {
        Ok(_) => Err(Ended(Outcome::Lied(what.to_owned()))),
        Err(found) if found == error => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// The call failed; which error is not asked, since a fault may have been faster.
#[cfg(all(feature = "full", feature = "mbedtls"))]
#[expect(
    clippy::needless_pass_by_value,
    reason = "what a call answers is handed on as it stands"
)]
pub(crate) fn fails<T, E>(result: Result<T, E>, what: &str) -> Result<(), Ended> {
    holds(result.is_err(), what)
}
