//! How a test compares, and what it says when it finds a difference.

use core::fmt;
use core::panic::Location;
use psa::Error;

/// The result of a test's parts.
pub type Result<T> = core::result::Result<T, Failure>;

/// Where a test failed, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    place: &'static Location<'static>,
    why: Why,
    vector: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// A call that must succeed did not.
    Error(Error),
    /// A call that must fail succeeded.
    Succeeded(Error),
    /// A call failed, but in another way.
    OtherError(Error, Error),
    Differs,
    Offered,
    Damaged,
}

impl Failure {
    #[track_caller]
    const fn new(why: Why) -> Self {
        Self {
            place: Location::caller(),
            why,
            vector: None,
        }
    }

    /// A call that must succeed did not.
    #[track_caller]
    pub(crate) const fn must_succeed(error: Error) -> Self {
        Self::new(Why::Error(error))
    }

    /// A call that must fail succeeded.
    #[track_caller]
    pub(crate) const fn must_fail(wanted: Error) -> Self {
        Self::new(Why::Succeeded(wanted))
    }

    /// A call failed in another way than it must.
    #[track_caller]
    pub(crate) const fn must_be(error: Error, wanted: Error) -> Self {
        Self::new(Why::OtherError(error, wanted))
    }

    /// A file of vectors does not have the form that it should.
    #[track_caller]
    pub(crate) const fn damaged() -> Self {
        Self::new(Why::Damaged)
    }

    /// The same failure, seen with this vector of a file.
    pub(crate) const fn of_vector(mut self, id: u32) -> Self {
        self.vector = Some(id);
        self
    }

    /// The test passed although the table says that the provider does not have what it needs.
    pub(crate) const OFFERED: Self = Self::new(Why::Offered);

    /// The same failure; or, of a call that failed with this error where it is known to mean that, one of what is not
    /// offered.
    pub(crate) fn or_not_offered(mut self, known: bool, error: Error) -> Self {
        if known && self.why == Why::Error(error) {
            self.why = Why::Error(Error::NotSupported);
        }
        self
    }

    /// The error that a call answered where the test wanted another end. None when a call succeeded that must not, or gave
    /// something else than it must.
    #[must_use]
    pub const fn answered(&self) -> Option<Error> {
        match self.why {
            Why::Error(error) | Why::OtherError(error, _) => Some(error),
            _ => None,
        }
    }

    /// A provider that does not have something says so, or finds no memory for it.
    pub(crate) const fn is_not_offered(&self) -> bool {
        matches!(
            self.why,
            Why::Error(Error::NotSupported | Error::InsufficientMemory)
        )
    }
}

impl From<Error> for Failure {
    #[track_caller]
    fn from(error: Error) -> Self {
        Self::new(Why::Error(error))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.place.file(), self.place.line())?;
        if let Some(id) = self.vector {
            write!(f, "vector {id}: ")?;
        }
        match self.why {
            Why::Error(error) => write!(f, "{error:?}: {error}"),
            Why::Succeeded(wanted) => write!(f, "succeeded, must be {wanted:?}"),
            Why::OtherError(got, wanted) => write!(f, "{got:?}, must be {wanted:?}"),
            Why::Differs => f.write_str("not what it must be"),
            Why::Damaged => f.write_str("the file of vectors is damaged"),
            Why::Offered => f.write_str("offered, but data/offers.tsv says that it is not"),
        }
    }
}

impl core::error::Error for Failure {}

/// The condition holds.
#[track_caller]
pub fn holds(condition: bool) -> Result<()> {
    if condition {
        Ok(())
    } else {
        Err(Failure::new(Why::Differs))
    }
}

/// Both are equal.
#[track_caller]
pub fn same<T: PartialEq + ?Sized>(left: &T, right: &T) -> Result<()> {
    holds(left == right)
}

/// The call failed, and with one of these errors; the first is the usual one.
///
/// A provider that does not have what the call needs, or not the memory, is not asked further: its answer ends the test as
/// such, unless it is among the errors.
#[track_caller]
#[expect(
    clippy::needless_pass_by_value,
    reason = "what a call answers is handed on as it stands"
)]
pub fn refused<T>(result: psa::Result<T>, errors: &[Error]) -> Result<()> {
    match result {
        Err(error) if errors.contains(&error) => Ok(()),
        Err(error @ (Error::NotSupported | Error::InsufficientMemory)) => {
            Err(Failure::new(Why::Error(error)))
        }
        Err(error) => Err(Failure::new(Why::OtherError(error, errors[0]))),
        Ok(_) => Err(Failure::new(Why::Succeeded(errors[0]))),
    }
}
