//! Distinguished names.
use core::ffi::{CStr, c_int};
use core::fmt;
use core::str::FromStr;

use crate::error::{Error, Result};
use crate::ffi::x509::Attribute;
use crate::ffi::x509::MAX_ATTRIBUTES;
use crate::sys;

/// A distinguished name to be written, parsed from text such as `C=DE,O=Example,CN=device-0001`.
///
/// The attributes stand in the certificate in the order of the text. Their types are those of
/// `mbedtls_x509_string_to_names`: `CN`, `C`, `O`, `OU`, `L`, `ST`, `serialNumber`, `emailAddress`, `DC` and so on. A
/// backslash takes the meaning from `, = + < > # ; " \` and the space, and before two hexadecimal digits it stands for a
/// byte of UTF-8. Unlike the C function this keeps attributes that come twice (`DC=example,DC=org`) and leaves nothing of
/// the text out.
///
/// ```
/// use mbedtls_psa::x509::Name;
///
/// let name: Name = r"C=DE, O=Example\, Inc., CN=device-0001".parse()?;
/// assert!(Name::parse("CN=device-0001,Example").is_err());
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    /// The values, one after the other, escapes resolved.
    text: [u8; TEXT_MAX],
    /// The index into [`TYPES`] and the end of the value in `text`.
    parts: [(u8, u16); MAX_ATTRIBUTES],
    count: usize,
}

const TEXT_MAX: usize = 512;
/// `MBEDTLS_X509_MAX_DN_NAME_SIZE` less one: what the library's own parser accepts.
const VALUE_MAX: usize = 255;

/// An attribute type: its names, its object identifier, the tag of its string.
pub(super) type Type = (&'static [&'static str], &'static CStr, u32);

/// The types of `x509_create.c`.
pub(super) const TYPES: &[Type] = {
    use sys::{
        MBEDTLS_ASN1_IA5_STRING as IA5, MBEDTLS_ASN1_PRINTABLE_STRING as PRINTABLE,
        MBEDTLS_ASN1_UTF8_STRING as UTF8,
    };
    &[
        (&["CN", "commonName"], sys::MBEDTLS_OID_AT_CN, UTF8),
        (
            &["C", "countryName"],
            sys::MBEDTLS_OID_AT_COUNTRY,
            PRINTABLE,
        ),
        (
            &["O", "organizationName"],
            sys::MBEDTLS_OID_AT_ORGANIZATION,
            UTF8,
        ),
        (&["L", "locality"], sys::MBEDTLS_OID_AT_LOCALITY, UTF8),
        (&["emailAddress", "R"], sys::MBEDTLS_OID_PKCS9_EMAIL, IA5),
        (
            &["OU", "organizationalUnitName"],
            sys::MBEDTLS_OID_AT_ORG_UNIT,
            UTF8,
        ),
        (
            &["ST", "stateOrProvinceName"],
            sys::MBEDTLS_OID_AT_STATE,
            UTF8,
        ),
        (
            &["serialNumber"],
            sys::MBEDTLS_OID_AT_SERIAL_NUMBER,
            PRINTABLE,
        ),
        (
            &["postalAddress"],
            sys::MBEDTLS_OID_AT_POSTAL_ADDRESS,
            PRINTABLE,
        ),
        (&["postalCode"], sys::MBEDTLS_OID_AT_POSTAL_CODE, PRINTABLE),
        (
            &["dnQualifier"],
            sys::MBEDTLS_OID_AT_DN_QUALIFIER,
            PRINTABLE,
        ),
        (&["title"], sys::MBEDTLS_OID_AT_TITLE, UTF8),
        (&["SN", "surName"], sys::MBEDTLS_OID_AT_SUR_NAME, UTF8),
        (&["GN", "givenName"], sys::MBEDTLS_OID_AT_GIVEN_NAME, UTF8),
        (&["initials"], sys::MBEDTLS_OID_AT_INITIALS, UTF8),
        (&["pseudonym"], sys::MBEDTLS_OID_AT_PSEUDONYM, UTF8),
        (
            &["generationQualifier"],
            sys::MBEDTLS_OID_AT_GENERATION_QUALIFIER,
            UTF8,
        ),
        (
            &["DC", "domainComponent"],
            sys::MBEDTLS_OID_DOMAIN_COMPONENT,
            IA5,
        ),
    ]
};

const INVALID: Error = Error::from_code(sys::MBEDTLS_ERR_X509_INVALID_NAME);
const TOO_LONG: Error = Error::from_code(sys::MBEDTLS_ERR_X509_BUFFER_TOO_SMALL);

impl Name {
    /// Parses a name.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_X509_UNKNOWN_OID` for a type that is not known; `MBEDTLS_ERR_X509_INVALID_NAME` for what is no name, or
    /// a character that the type cannot hold; `MBEDTLS_ERR_X509_BUFFER_TOO_SMALL` for more than 16 attributes, 255 bytes in
    /// one of them or 512 in all.
    ///
    /// ```
    /// use mbedtls_psa::x509::Name;
    ///
    /// let error = Name::parse("CN=device,X=y").unwrap_err();
    /// assert_eq!(error.to_string(), "MBEDTLS_ERR_X509_UNKNOWN_OID (-0x2100, -8448)");
    /// ```
    pub fn parse(text: &str) -> Result<Self> {
        let mut name = Self {
            text: [0; TEXT_MAX],
            parts: [(0, 0); MAX_ATTRIBUTES],
            count: 0,
        };
        let mut rest = text;
        let mut end = 0;
        loop {
            let (kind, value) = rest.split_once('=').ok_or(INVALID)?;
            let kind = kind.trim_matches(' ');
            let known = TYPES.iter().position(|(names, ..)| names.contains(&kind));
            let index = known.ok_or(Error::from_code(sys::MBEDTLS_ERR_X509_UNKNOWN_OID))?;

            let start = end;
            let after = name.push_value(value.trim_start_matches(' '), &mut end)?;
            check_value(&name.text[start..end], TYPES[index].2)?;
            let part = name.parts.get_mut(name.count).ok_or(TOO_LONG)?;
            *part = (
                u8::try_from(index).map_err(|_| INVALID)?,
                u16::try_from(end).map_err(|_| TOO_LONG)?,
            );
            name.count += 1;
            match after {
                Some(next) => rest = next,
                None => return Ok(name),
            }
        }
    }

    /// Appends a value with its escapes resolved; returns what follows its comma, or `None` at the end of the text.
    fn push_value<'t>(&mut self, value: &'t str, end: &mut usize) -> Result<Option<&'t str>> {
        let bytes = value.as_bytes();
        let mut at = 0;
        // Spaces before the comma do not belong to the value unless they are escaped.
        let mut kept = *end;
        let mut after = None;
        while let Some(&byte) = bytes.get(at) {
            at += 1;
            let byte = match byte {
                b',' => {
                    after = Some(&value[at..]);
                    break;
                }
                b'\\' => unescape(bytes, &mut at)?,
                b'"' | b'+' | b'<' | b'>' | b';' => return Err(INVALID),
                b'#' if at == 1 => return Err(INVALID),
                byte => byte,
            };
            *self.text.get_mut(*end).ok_or(TOO_LONG)? = byte;
            *end += 1;
            if byte != b' '
                || bytes[at - 1] != b' '
                || bytes.get(at.wrapping_sub(2)) == Some(&b'\\')
            {
                kept = *end;
            }
        }
        self.text[kept..*end].fill(0);
        *end = kept;
        Ok(after)
    }

    /// What the writers need.
    #[cfg(any(mbedtls = "X509_CSR_WRITE_C", mbedtls = "X509_CRT_WRITE_C"))]
    pub(crate) fn attributes(&self) -> impl Iterator<Item = Attribute<'_>> {
        let mut start = 0;
        self.parts[..self.count].iter().map(move |&(index, end)| {
            let (_, oid, tag) = TYPES[usize::from(index)];
            let value = &self.text[start..usize::from(end)];
            start = usize::from(end);
            #[allow(clippy::cast_possible_wrap)] // tags are small
            let tag = tag as c_int;
            Attribute {
                oid: oid.to_bytes(),
                tag,
                value,
                joined: false,
            }
        })
    }
}

/// The byte that an escape stands for; `at` is behind the backslash.
fn unescape(bytes: &[u8], at: &mut usize) -> Result<u8> {
    let digit = |offset: usize| {
        bytes
            .get(*at + offset)
            .and_then(|&byte| char::from(byte).to_digit(16))
    };
    if let (Some(high), Some(low)) = (digit(0), digit(1)) {
        *at += 2;
        return u8::try_from(high * 16 + low).map_err(|_| INVALID);
    }
    match bytes.get(*at) {
        Some(&byte) if b" ,=+<>#;\"\\".contains(&byte) => {
            *at += 1;
            Ok(byte)
        }
        _ => Err(INVALID),
    }
}

fn check_value(value: &[u8], tag: u32) -> Result<()> {
    if value.len() > VALUE_MAX {
        return Err(TOO_LONG);
    }
    let text = core::str::from_utf8(value).map_err(|_| INVALID)?;
    let fits = |char: char| match tag {
        sys::MBEDTLS_ASN1_PRINTABLE_STRING => {
            char.is_ascii_alphanumeric() || " '()+,-./:=?".contains(char)
        }
        sys::MBEDTLS_ASN1_IA5_STRING => char.is_ascii(),
        _ => true,
    };
    if !text.is_empty() && text.chars().all(|char| fits(char) && !char.is_control()) {
        Ok(())
    } else {
        Err(INVALID)
    }
}

impl FromStr for Name {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut list = f.debug_map();
        let mut start = 0;
        for &(index, end) in &self.parts[..self.count] {
            let value = core::str::from_utf8(&self.text[start..usize::from(end)]);
            list.entry(&TYPES[usize::from(index)].0[0], &value.unwrap_or_default());
            start = usize::from(end);
        }
        list.finish()
    }
}
