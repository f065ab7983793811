//! The attribute types of names.

use super::parse::Utf8Char;
use crate::format::writer::tag;

/// How the value of an attribute type is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StringKind {
    Printable,
    Ia5,
    Utf8,
}

impl StringKind {
    pub(super) const fn tag(self) -> u8 {
        match self {
            Self::Printable => tag::PRINTABLE_STRING,
            Self::Ia5 => tag::IA5_STRING,
            Self::Utf8 => tag::UTF8_STRING,
        }
    }

    pub(super) fn allows(self, char: Utf8Char) -> bool {
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
pub(super) struct AttributeType {
    pub(super) names: &'static [&'static str],
    pub(super) oid: &'static [u8],
    pub(super) string: StringKind,
    pub(super) min: u16,
    pub(super) max: u16,
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
pub(super) const TYPES: &[AttributeType] = &[
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
