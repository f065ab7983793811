//! Distinguished names from text (RFC 4514), straight into DER: nothing is stored but the text.

use crate::{
    Error, Result,
    format::writer::{DerWriter, tag},
};
use core::fmt;

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
        writer.wrap(tag::SEQUENCE, mark)
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
        writer.wrap(tag::SET, mark)
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

/// Three reversals: the standard library's rotation is quicker and, on a device, a kilobyte longer.
fn rotate_left(bytes: &mut [u8], middle: usize) {
    if let Some((first, second)) = bytes.split_at_mut_checked(middle) {
        first.reverse();
        second.reverse();
        bytes.reverse();
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

/// How the value of an attribute type is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StringKind {
    Printable,
    Ia5,
    Utf8,
}

impl StringKind {
    const fn tag(self) -> u8 {
        match self {
            Self::Printable => tag::PRINTABLE_STRING,
            Self::Ia5 => tag::IA5_STRING,
            Self::Utf8 => tag::UTF8_STRING,
        }
    }

    fn allows(self, char: Utf8Char) -> bool {
        match self {
            Self::Printable => {
                char.bytes[0].is_ascii_alphanumeric()
                    || matches!(char.bytes[0], b' ' | b'\'' | b'('..=b')' | b'+'..=b'/' | b':' | b'=' | b'?')
            }
            Self::Ia5 => char.bytes[0].is_ascii(),
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
    value: &'a [u8],
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
        match self.value.first() {
            None => return Err(self.error(SubjectErrorKind::EmptyValue, 0)),
            Some(b'#') => return Err(self.error(SubjectErrorKind::HexValue, 0)),
            Some(_) => {}
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
        if (self.kind.min..=self.kind.max).contains(&count) {
            Ok(())
        } else {
            Err(self.error(SubjectErrorKind::Length, 0))
        }
    }

    /// Writes `AttributeTypeAndValue`.
    fn write(&self, writer: &mut DerWriter<'_>) -> Result<()> {
        let mark = writer.len();
        let mut length = 0;
        for char in self.chars() {
            length += char?.1.as_bytes().len();
        }
        let mut room = writer.reserve(length)?;
        for char in self.chars() {
            let char = char?.1;
            let (place, rest) = room
                .split_at_mut_checked(char.len)
                .ok_or(Error::BufferTooSmall)?;
            place.copy_from_slice(char.as_bytes());
            room = rest;
        }
        writer.wrap(self.kind.string.tag(), mark)?;
        writer.element(tag::OBJECT_IDENTIFIER, self.kind.oid)?;
        writer.wrap(tag::SEQUENCE, mark)
    }
}

fn error(kind: SubjectErrorKind, position: usize) -> SubjectError {
    SubjectError {
        position: u16::try_from(position).unwrap_or(u16::MAX),
        kind,
    }
}

/// Reads attributes one by one, as bytes: everything that has a meaning is ASCII.
struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    separator: u8,
    /// A separator was read: another attribute must follow.
    more: bool,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        let slashes = text.as_bytes().first() == Some(&b'/');
        Self {
            text: text.as_bytes(),
            at: usize::from(slashes),
            separator: if slashes { b'/' } else { b',' },
            more: !text.is_empty(),
        }
    }

    fn error(&self, kind: SubjectErrorKind) -> SubjectError {
        error(kind, self.at)
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn next(&mut self) -> Result<Option<Attribute<'a>>, SubjectError> {
        if !self.more {
            return Ok(None);
        }
        self.skip_spaces();
        let kind = self.kind()?;
        self.skip_spaces();
        let value_at = self.at;
        let value = self.value()?;
        let end = self.peek();
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
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Reads the type and the `=` behind it.
    fn kind(&mut self) -> Result<&'static AttributeType, SubjectError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let is_end = |byte: &u8| matches!(*byte, b'=' | b'+') || *byte == self.separator;
        let len = rest.iter().position(is_end).unwrap_or(rest.len());
        if rest.get(len) != Some(&b'=') {
            return Err(self.error(SubjectErrorKind::MissingEquals));
        }
        let mut name = rest.get(..len).unwrap_or_default();
        while let [shorter @ .., b' '] = name {
            name = shorter;
        }
        let is_this = |kind: &&AttributeType| {
            kind.names
                .iter()
                .any(|known| known.as_bytes().eq_ignore_ascii_case(name))
        };
        let kind = TYPES
            .iter()
            .find(is_this)
            .ok_or(self.error(SubjectErrorKind::UnknownType))?;
        self.at += len + 1;
        Ok(kind)
    }

    /// Reads up to the next separator; spaces at the end do not belong to the value unless they are escaped.
    fn value(&mut self) -> Result<&'a [u8], SubjectError> {
        let start = self.at;
        let mut end = start;
        while let Some(byte) = self.peek() {
            match byte {
                // What is escaped is checked with the value; here it only must not end it.
                b'\\' => {
                    self.at += 1;
                    end = self.at + 1;
                }
                b'+' => break,
                _ if byte == self.separator => break,
                b'"' | b';' | b'<' | b'>' => return Err(self.error(SubjectErrorKind::Unescaped)),
                b' ' => {}
                _ => end = self.at + 1,
            }
            self.at += 1;
        }
        // A backslash at the very end escapes nothing.
        self.text
            .get(start..end)
            .ok_or(error(SubjectErrorKind::Escape, self.text.len()))
    }
}

/// One character in UTF-8.
#[derive(Clone, Copy)]
struct Utf8Char {
    bytes: [u8; 4],
    len: usize,
}

impl Utf8Char {
    const fn ascii(byte: u8) -> Self {
        Self {
            bytes: [byte, 0, 0, 0],
            len: 1,
        }
    }

    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// C0, DEL and C1.
    const fn is_control(self) -> bool {
        matches!(self.bytes, [0..=0x1f | 0x7f, ..] | [0xc2, 0x80..=0x9f, ..])
    }
}

/// The characters of a value, escapes resolved, each with its place in the text.
struct Chars<'a> {
    rest: &'a [u8],
    at: usize,
}

impl Chars<'_> {
    fn advance(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        self.at += bytes;
    }

    /// The byte that a backslash and two hexadecimal digits stand for.
    fn hex_byte(&self) -> Option<u8> {
        match self.rest {
            [b'\\', high, low, ..] => Some(hex_digit(*high)? << 4 | hex_digit(*low)?),
            _ => None,
        }
    }

    /// One character from escaped bytes of UTF-8.
    fn hex_char(&mut self) -> Option<Utf8Char> {
        let mut char = Utf8Char {
            bytes: [0; 4],
            len: 0,
        };
        while let Some(slot) = char.bytes.get_mut(char.len) {
            *slot = self.hex_byte()?;
            char.len += 1;
            self.advance(3);
            if core::str::from_utf8(char.as_bytes()).is_ok() {
                return Some(char);
            }
        }
        None
    }

    /// One character that stands for itself; the text is UTF-8, so its first byte tells its length.
    fn plain_char(&mut self, first: u8) -> Utf8Char {
        let len = match first {
            0..=0x7f => 1,
            0x80..=0xdf => 2,
            0xe0..=0xef => 3,
            _ => 4,
        };
        let mut char = Utf8Char { bytes: [0; 4], len };
        for (to, from) in char.bytes.iter_mut().zip(self.rest).take(len) {
            *to = *from;
        }
        self.advance(len);
        char
    }
}

const fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

impl Iterator for Chars<'_> {
    type Item = Result<(usize, Utf8Char), SubjectError>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let char = match *self.rest {
            [] => return None,
            [b'\\', ..] if self.hex_byte().is_some() => self.hex_char(),
            [b'\\', escaped, ..] => {
                self.advance(2);
                matches!(
                    escaped,
                    b' ' | b',' | b'+' | b'"' | b'\\' | b'<' | b'>' | b';' | b'=' | b'#' | b'/'
                )
                .then_some(Utf8Char::ascii(escaped))
            }
            [b'\\'] => None,
            [first, ..] => Some(self.plain_char(first)),
        };
        Some(
            char.map(|char| (at, char))
                .ok_or(error(SubjectErrorKind::Escape, at)),
        )
    }
}
