//! Distinguished names from text (RFC 4514), straight into DER: nothing is stored but the text.

mod error;
mod parse;
mod types;

pub use error::{SubjectError, SubjectErrorKind};

use crate::{
    Result,
    format::writer::{DerWriter, rotate_left, tag},
};
use parse::{Attribute, Parser};

/// Values in one relative distinguished name (`CN=a+serialNumber=1`): at most this many.
const VALUES_MAX: usize = 8;

/// The subject of a certificate request, checked.
///
/// Written as RFC 4514 does, `CN=device-0001,O=Example\, Inc.`, or as OpenSSL's `-subj`, `/O=Example/CN=device-0001`.
/// Known attribute types, in capitals or not: `CN`, `C`, `O`, `OU`, `L`, `ST`, `S`, `street`, `SN`, `GN`, `initials`,
/// `title`, `serialNumber`, `dnQualifier`, `pseudonym`, `emailAddress` (or `E`), `DC`, `UID`. A backslash takes the
/// meaning from `, + " \ < > ; = # /` and the space, and before two hexadecimal digits it stands for a byte of UTF-8.
/// `C`, `serialNumber` and `dnQualifier` become a `PrintableString`, `emailAddress` and `DC` an `IA5String`, all others
/// a `UTF8String` (RFC 5280, appendix A).
///
/// ```
/// use psa::Subject;
///
/// let subject = Subject::parse("C=DE, O=Example, CN=device-0001")?;
/// let error = Subject::parse("CN=device-0001,Example").unwrap_err();
/// assert_eq!(error.position(), 15);
/// # Ok::<(), psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    text: &'a str,
    reversed: bool,
}

impl<'a> Subject<'a> {
    /// No name at all: for requests whose names are alternative names.
    pub const EMPTY: Self = Self {
        text: "",
        reversed: false,
    };

    /// Checks a name that stands in the certificate as it is written, as Mbed TLS and OpenSSL do it.
    ///
    /// # Errors
    /// A [`SubjectError`] with the place in the text.
    ///
    /// ```
    /// assert!(psa::Subject::parse("CN=device-0001,O=Example").is_ok());
    /// ```
    pub fn parse(text: &'a str) -> Result<Self, SubjectError> {
        let mut parser = Parser::new(text);
        if text.is_empty() {
            return Err(parser.error(SubjectErrorKind::Empty));
        }
        let mut joined = 0;
        while let Some(attribute) = parser.next()? {
            attribute.check()?;
            joined = if attribute.joined { joined + 1 } else { 0 };
            if joined == VALUES_MAX {
                return Err(attribute.error(SubjectErrorKind::TooManyValues, 0));
            }
        }
        Ok(Self {
            text,
            reversed: false,
        })
    }

    /// Checks a name that stands in the certificate in reverse, as RFC 4514 has it: its text begins with the last.
    ///
    /// # Errors
    /// A [`SubjectError`] with the place in the text.
    ///
    /// ```
    /// assert!(psa::Subject::rfc4514("CN=device-0001,O=Example,C=DE").is_ok());
    /// ```
    pub fn rfc4514(text: &'a str) -> Result<Self, SubjectError> {
        Ok(Self {
            reversed: true,
            ..Self::parse(text)?
        })
    }

    /// Writes the `Name` (RFC 5280, section 4.1.2.4).
    ///
    /// The writer wants the last part first, so the text is read again for each part: names have few.
    pub(crate) fn write(self, writer: &mut DerWriter<'_>) -> Result<()> {
        let mark = writer.len();
        let mut parts = 0;
        let mut parser = Parser::new(self.text);
        while let Some(attribute) = parser.next()? {
            parts += usize::from(!attribute.joined);
        }
        for index in 0..parts {
            let part = if self.reversed {
                index
            } else {
                parts - 1 - index
            };
            self.write_part(part, writer)?;
        }
        writer.wrap(tag::SEQUENCE, mark);
        Ok(())
    }

    /// Writes one `RelativeDistinguishedName`: a set, which DER wants sorted.
    fn write_part(self, part: usize, writer: &mut DerWriter<'_>) -> Result<()> {
        let mark = writer.len();
        let mut values = SortedValues::default();
        let mut index = 0;
        let mut parser = Parser::new(self.text);
        while let Some(attribute) = parser.next()? {
            if index == part {
                values.add(attribute, writer)?;
            }
            index += usize::from(!attribute.joined);
        }
        writer.wrap(tag::SET, mark);
        Ok(())
    }
}

impl<'a> TryFrom<&'a str> for Subject<'a> {
    type Error = SubjectError;

    fn try_from(text: &'a str) -> Result<Self, SubjectError> {
        Self::parse(text)
    }
}

#[cfg(feature = "alloc")]
impl<'a> TryFrom<&'a alloc::string::String> for Subject<'a> {
    type Error = SubjectError;

    fn try_from(text: &'a alloc::string::String) -> Result<Self, SubjectError> {
        Self::parse(text)
    }
}

/// The lengths of the values that were written, in their order.
#[derive(Default)]
struct SortedValues {
    lengths: [usize; VALUES_MAX],
    count: usize,
}

impl SortedValues {
    /// Writes a value in front of the others and moves it behind those that are smaller.
    fn add(&mut self, attribute: Attribute<'_>, writer: &mut DerWriter<'_>) -> Result<()> {
        let mark = writer.len();
        attribute.write(writer)?;
        let length = writer.len() - mark;
        let written = writer.written();
        let mut end = length;
        let mut place = 0;
        for &other in self.lengths.iter().take(self.count) {
            let (new, others) = written.split_at_checked(length).unwrap_or_default();
            if others
                .get(end - length..)
                .is_none_or(|others| *new <= *others)
            {
                break;
            }
            end += other;
            place += 1;
        }
        if let Some(moved) = written.get_mut(..end) {
            rotate_left(moved, length);
        }
        let room = self.lengths.get_mut(place..=self.count);
        let room = room.ok_or(attribute.error(SubjectErrorKind::TooManyValues, 0))?;
        let mut length = length;
        for slot in room {
            core::mem::swap(slot, &mut length);
        }
        self.count += 1;
        Ok(())
    }
}
