//! Why a text is no distinguished name, and where.

use core::fmt;

/// Why a text is no distinguished name, and where.
///
/// ```
/// use psa::{Subject, SubjectErrorKind};
///
/// let error = Subject::parse("CN=device,C=Germany").unwrap_err();
/// assert_eq!(error.kind(), SubjectErrorKind::Length);
/// assert_eq!(error.to_string(), "the value is too short or too long for its type, at byte 12");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SubjectError {
    position: u16,
    kind: SubjectErrorKind,
}

impl SubjectError {
    /// The place in the text, in bytes from its start.
    #[must_use]
    pub const fn position(self) -> usize {
        self.position as usize
    }

    /// What is wrong there.
    #[must_use]
    pub const fn kind(self) -> SubjectErrorKind {
        self.kind
    }
}

impl fmt::Display for SubjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.message())?;
        f.write_str(", at byte ")?;
        crate::error::write_decimal(f, self.position.into())
    }
}

impl core::error::Error for SubjectError {}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident, $message:literal;)*) => {
        /// What is wrong with a subject.
        ///
        /// ```
        /// # use psa::{Subject, SubjectErrorKind};
        /// assert_eq!(Subject::parse("").unwrap_err().kind(), SubjectErrorKind::Empty);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum SubjectErrorKind {
            $($(#[$doc])* $name,)*
        }

        impl SubjectErrorKind {
            const fn message(self) -> &'static str {
                match self {
                    $(Self::$name => $message,)*
                }
            }
        }
    };
}

kinds! {
    /// The text is empty.
    Empty, "the text is empty: write CN=..., or take Subject::EMPTY";
    /// There is no `=` where a type and a value should stand.
    MissingEquals, "a type and = are missing: write CN=...";
    /// The type is none that is known.
    UnknownType, "the type is unknown: CN, C, O, OU, L, ST, serialNumber, emailAddress, DC and UID are common";
    /// There is nothing after the `=`.
    EmptyValue, "the value is empty";
    /// The value is too short or too long: a country has two letters, a common name at most 64 characters.
    Length, "the value is too short or too long for its type";
    /// The value holds a character that its type cannot hold.
    Character, "this character cannot stand in a value of this type";
    /// The value holds a control character.
    Control, "a control character cannot stand in a name";
    /// The backslash stands before nothing that it can escape, or the bytes are not UTF-8.
    Escape, "a backslash must stand before a special character or two hexadecimal digits of UTF-8";
    /// The character has a meaning of its own here.
    Unescaped, "this character needs a backslash before it";
    /// The value is given as DER in hexadecimal.
    HexValue, "values in hexadecimal are not supported: write the text, or a backslash before #";
    /// More values are joined by `+` than are supported.
    TooManyValues, "too many values are joined by +";
}

pub(super) fn error(kind: SubjectErrorKind, position: usize) -> SubjectError {
    SubjectError {
        position: u16::try_from(position).unwrap_or(u16::MAX),
        kind,
    }
}
