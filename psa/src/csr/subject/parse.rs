//! Reading names: attributes one by one, values character by character, as bytes: everything with a meaning is ASCII.

use super::{
    error::{SubjectError, SubjectErrorKind, error},
    types::{AttributeType, TYPES},
};
use crate::{
    Error, Result,
    format::writer::{DerWriter, tag},
};

/// One attribute as it stands in the text.
#[derive(Clone, Copy)]
pub(super) struct Attribute<'a> {
    kind: &'static AttributeType,
    /// The value with its escapes.
    value: &'a [u8],
    value_at: usize,
    /// The next attribute belongs to the same relative distinguished name.
    pub(super) joined: bool,
}

impl<'a> Attribute<'a> {
    fn chars(&self) -> Chars<'a> {
        Chars {
            rest: self.value,
            at: self.value_at,
        }
    }

    pub(super) fn error(&self, kind: SubjectErrorKind, offset: usize) -> SubjectError {
        error(kind, self.value_at + offset)
    }

    pub(super) fn check(&self) -> Result<(), SubjectError> {
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
    pub(super) fn write(&self, writer: &mut DerWriter<'_>) -> Result<()> {
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
        writer.wrap(self.kind.string.tag(), mark);
        writer.element(tag::OBJECT_IDENTIFIER, self.kind.oid);
        writer.wrap(tag::SEQUENCE, mark);
        Ok(())
    }
}

/// Reads attributes one by one.
pub(super) struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    separator: u8,
    /// A separator was read: another attribute must follow.
    more: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let slashes = text.as_bytes().first() == Some(&b'/');
        Self {
            text: text.as_bytes(),
            at: usize::from(slashes),
            separator: if slashes { b'/' } else { b',' },
            more: !text.is_empty(),
        }
    }

    pub(super) fn error(&self, kind: SubjectErrorKind) -> SubjectError {
        error(kind, self.at)
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    pub(super) fn next(&mut self) -> Result<Option<Attribute<'a>>, SubjectError> {
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
pub(super) struct Utf8Char {
    pub(super) bytes: [u8; 4],
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
