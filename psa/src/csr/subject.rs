//! Distinguished names from text (RFC 4514), straight into DER: nothing is stored but the text.

use crate::{Error, Result, format::writer::DerWriter};
use core::fmt;
use der::Tag;

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
        while let Some(attribute) = parser.next()? {
            attribute.check()?;
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
    pub(crate) fn write(self, writer: &mut DerWriter<'_>) -> Result<()> {
        let name = writer.len();
        let mut parser = Parser::new(self.text);
        let mut next = parser.next()?;
        while next.is_some() {
            let set = writer.len();
            let mut elements = Elements::default();
            while let Some(attribute) = next {
                elements.add(attribute, writer)?;
                next = parser.next()?;
                if !attribute.joined {
                    break;
                }
            }
            writer.wrap(Tag::Set, set)?;
            if self.reversed {
                writer.move_to_front(name, set);
            }
        }
        writer.wrap(Tag::Sequence, name)
    }
}

impl<'a> TryFrom<&'a str> for Subject<'a> {
    type Error = SubjectError;

    fn try_from(text: &'a str) -> Result<Self, SubjectError> {
        Self::parse(text)
    }
}

/// The values of one relative distinguished name: a set, which DER wants sorted.
#[derive(Default)]
struct Elements {
    starts: [usize; VALUES_MAX],
    count: usize,
}

impl Elements {
    fn add(&mut self, attribute: Attribute<'_>, writer: &mut DerWriter<'_>) -> Result<()> {
        let start = writer.len();
        if self.count == VALUES_MAX {
            return Err(attribute.error(SubjectErrorKind::TooManyValues, 0).into());
        }
        writer.element(Tag::ObjectIdentifier, attribute.kind.oid)?;
        let value = writer.len();
        for char in attribute.chars() {
            let (_, char) = char?;
            writer.bytes(char.encode_utf8(&mut [0; 4]).as_bytes())?;
        }
        writer.wrap(attribute.kind.string.tag(), value)?;
        writer.wrap(Tag::Sequence, start)?;

        let bytes = writer.as_bytes();
        let length = bytes.len() - start;
        let place = (0..self.count)
            .find(|&other| bytes[start..] < bytes[self.starts[other]..start])
            .unwrap_or(self.count);
        self.starts[self.count] = start;
        if place < self.count {
            writer.move_to_front(self.starts[place], start);
            let moved = self.starts[place];
            self.starts.copy_within(place..self.count, place + 1);
            self.starts[place] = moved;
            for later in &mut self.starts[place + 1..=self.count] {
                *later += length;
            }
        }
        self.count += 1;
        Ok(())
    }
}

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
        write!(f, "{}, at byte {}", self.kind.message(), self.position)
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

/// How the value of an attribute type is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StringKind {
    Printable,
    Ia5,
    Utf8,
}

impl StringKind {
    const fn tag(self) -> Tag {
        match self {
            Self::Printable => Tag::PrintableString,
            Self::Ia5 => Tag::Ia5String,
            Self::Utf8 => Tag::Utf8String,
        }
    }

    fn allows(self, char: char) -> bool {
        match self {
            Self::Printable => char.is_ascii_alphanumeric() || " '()+,-./:=?".contains(char),
            Self::Ia5 => char.is_ascii(),
            Self::Utf8 => true,
        }
    }
}

/// An attribute type: its names, its object identifier in DER, its string type, its length in characters.
struct AttributeType {
    names: &'static [&'static str],
    oid: &'static [u8],
    string: StringKind,
    min: u16,
    max: u16,
}

const fn utf8(names: &'static [&'static str], oid: &'static [u8], max: u16) -> AttributeType {
    AttributeType {
        names,
        oid,
        string: StringKind::Utf8,
        min: 1,
        max,
    }
}

const fn printable(
    names: &'static [&'static str],
    oid: &'static [u8],
    min: u16,
    max: u16,
) -> AttributeType {
    AttributeType {
        names,
        oid,
        string: StringKind::Printable,
        min,
        max,
    }
}

const fn ia5(names: &'static [&'static str], oid: &'static [u8], max: u16) -> AttributeType {
    AttributeType {
        names,
        oid,
        string: StringKind::Ia5,
        min: 1,
        max,
    }
}

/// RFC 5280, appendix A.1 (types, strings, upper bounds); RFC 4519 for `street` and `UID`; RFC 2985 for `emailAddress`.
const TYPES: &[AttributeType] = &[
    utf8(&["CN"], &[0x55, 4, 3], 64),
    printable(&["C"], &[0x55, 4, 6], 2, 2),
    utf8(&["O"], &[0x55, 4, 10], 64),
    utf8(&["OU"], &[0x55, 4, 11], 64),
    utf8(&["L"], &[0x55, 4, 7], 128),
    utf8(&["ST", "S"], &[0x55, 4, 8], 128),
    utf8(&["street"], &[0x55, 4, 9], 128),
    printable(&["serialNumber"], &[0x55, 4, 5], 1, 64),
    ia5(
        &["emailAddress", "E"],
        &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1],
        255,
    ),
    ia5(
        &["DC"],
        &[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25],
        255,
    ),
    utf8(
        &["UID"],
        &[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1],
        256,
    ),
    utf8(&["SN"], &[0x55, 4, 4], 40),
    utf8(&["GN"], &[0x55, 4, 42], 16),
    utf8(&["initials"], &[0x55, 4, 43], 5),
    utf8(&["title"], &[0x55, 4, 12], 64),
    printable(&["dnQualifier"], &[0x55, 4, 46], 1, 64),
    utf8(&["pseudonym"], &[0x55, 4, 65], 128),
];

/// One attribute as it stands in the text.
#[derive(Clone, Copy)]
struct Attribute<'a> {
    kind: &'static AttributeType,
    /// The value with its escapes.
    value: &'a str,
    value_at: usize,
    /// The next attribute belongs to the same relative distinguished name.
    joined: bool,
}

impl<'a> Attribute<'a> {
    fn chars(&self) -> Chars<'a> {
        Chars {
            rest: self.value,
            at: self.value_at,
        }
    }

    fn error(&self, kind: SubjectErrorKind, offset: usize) -> SubjectError {
        error(kind, self.value_at + offset)
    }

    fn check(&self) -> Result<(), SubjectError> {
        if self.value.is_empty() {
            return Err(self.error(SubjectErrorKind::EmptyValue, 0));
        }
        if self.value.starts_with('#') {
            return Err(self.error(SubjectErrorKind::HexValue, 0));
        }
        let mut count = 0;
        for char in self.chars() {
            let (at, char) = char?;
            if char.is_control() {
                return Err(error(SubjectErrorKind::Control, at));
            }
            if !self.kind.string.allows(char) {
                return Err(error(SubjectErrorKind::Character, at));
            }
            count += 1;
        }
        if (usize::from(self.kind.min)..=usize::from(self.kind.max)).contains(&count) {
            Ok(())
        } else {
            Err(self.error(SubjectErrorKind::Length, 0))
        }
    }
}

fn error(kind: SubjectErrorKind, position: usize) -> SubjectError {
    SubjectError {
        position: u16::try_from(position).unwrap_or(u16::MAX),
        kind,
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    separator: u8,
    /// A separator was read: another attribute must follow.
    more: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let slashes = text.starts_with('/');
        Self {
            text,
            at: usize::from(slashes),
            separator: if slashes { b'/' } else { b',' },
            more: !text.is_empty(),
        }
    }

    fn error(&self, kind: SubjectErrorKind) -> SubjectError {
        error(kind, self.at)
    }

    fn next(&mut self) -> Result<Option<Attribute<'a>>, SubjectError> {
        if !self.more {
            return Ok(None);
        }
        self.skip_spaces();
        let rest = &self.text[self.at..];
        let name_len = rest
            .bytes()
            .position(|byte| byte == b'=' || byte == b'+' || byte == self.separator)
            .filter(|&at| rest.as_bytes()[at] == b'=')
            .ok_or(self.error(SubjectErrorKind::MissingEquals))?;
        let name = rest[..name_len].trim_end_matches(' ');
        let kind = TYPES
            .iter()
            .find(|kind| {
                kind.names
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(name))
            })
            .ok_or(self.error(SubjectErrorKind::UnknownType))?;
        self.at += name_len + 1;
        self.skip_spaces();
        let (value_at, value) = (self.at, self.value()?);
        let end = self.text.as_bytes().get(self.at).copied();
        self.more = end.is_some();
        self.at += 1;
        Ok(Some(Attribute {
            kind,
            value,
            value_at,
            joined: end == Some(b'+'),
        }))
    }

    fn skip_spaces(&mut self) {
        while self.text.as_bytes().get(self.at) == Some(&b' ') {
            self.at += 1;
        }
    }

    /// Reads up to the next separator; spaces at the end do not belong to the value unless they are escaped.
    fn value(&mut self) -> Result<&'a str, SubjectError> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut end = start;
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'\\' => {
                    // What follows is checked with the value; here it only must not end it.
                    self.at += 1;
                    if !self.text.is_char_boundary(self.at) || self.at >= bytes.len() {
                        return Err(self.error(SubjectErrorKind::Escape));
                    }
                    end = (self.at + 1).min(bytes.len());
                }
                b'+' => break,
                _ if byte == self.separator => break,
                b'"' | b';' | b'<' | b'>' => return Err(self.error(SubjectErrorKind::Unescaped)),
                b' ' => {}
                _ => end = self.at + 1,
            }
            self.at += 1;
        }
        // An escaped character of several bytes is an error that the check finds; cut it at a boundary until then.
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        Ok(&self.text[start..end])
    }
}

/// The characters of a value, escapes resolved, each with its place in the text.
struct Chars<'a> {
    rest: &'a str,
    at: usize,
}

impl Chars<'_> {
    fn advance(&mut self, bytes: usize) {
        self.rest = &self.rest[bytes..];
        self.at += bytes;
    }

    /// The byte behind a backslash and two hexadecimal digits.
    fn hex_byte(&self) -> Option<u8> {
        let bytes = self.rest.as_bytes();
        let digits = bytes.strip_prefix(b"\\")?.get(..2)?;
        let digit = |digit: u8| char::from(digit).to_digit(16);
        u8::try_from(digit(digits[0])? * 16 + digit(digits[1])?).ok()
    }

    /// Reads one character from escaped bytes of UTF-8.
    fn hex_char(&mut self) -> Option<char> {
        let mut bytes = [0; 4];
        for len in 1..=bytes.len() {
            bytes[len - 1] = self.hex_byte()?;
            self.advance(3);
            if let Ok(text) = core::str::from_utf8(&bytes[..len]) {
                return text.chars().next();
            }
        }
        None
    }
}

impl Iterator for Chars<'_> {
    type Item = Result<(usize, char), SubjectError>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let char = self.rest.chars().next()?;
        if char != '\\' {
            self.advance(char.len_utf8());
            return Some(Ok((at, char)));
        }
        if self.hex_byte().is_some() {
            let char = self.hex_char();
            return Some(
                char.map(|char| (at, char))
                    .ok_or(error(SubjectErrorKind::Escape, at)),
            );
        }
        match self.rest[1..].chars().next() {
            Some(escaped) if " ,+\"\\<>;=#/".contains(escaped) => {
                self.advance(2);
                Some(Ok((at, escaped)))
            }
            _ => Some(Err(error(SubjectErrorKind::Escape, at))),
        }
    }
}

impl From<core::convert::Infallible> for Error {
    fn from(never: core::convert::Infallible) -> Self {
        match never {}
    }
}
