//! The names of certificates and requests that were read, as text.
use core::fmt::{self, Write as _};

use crate::ffi::x509::{Attribute, Attributes};
use crate::x509::name::TYPES;

/// A name in a certificate or request that was read. It prints as `C=DE, O=Example, CN=device-0001`, with the escapes of
/// [`Name`](crate::x509::Name); a type that is not known as its numbers and the DER of its value (RFC 4514).
///
/// ```
/// use mbedtls_psa::pk::{Curve, KeyType, Pk};
/// use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
///
/// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
/// let der = CsrBuilder::new(&key, &r"O=Example\, Inc.,CN=device-0001".parse()?).der()?;
/// assert_eq!(Csr::parse(&der)?.subject().to_string(), r"O=Example\, Inc., CN=device-0001");
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
#[derive(Clone)]
pub struct DistinguishedName<'a>(pub(crate) Attributes<'a>);

impl fmt::Display for DistinguishedName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut between = "";
        for attribute in self.0.clone() {
            f.write_str(between)?;
            match TYPES
                .iter()
                .find(|(_, oid, _)| oid.to_bytes() == attribute.oid)
            {
                Some((names, ..)) => {
                    write!(f, "{}=", names[0])?;
                    write_value(f, attribute.value)?;
                }
                None => write_unknown(f, attribute)?,
            }
            between = if attribute.joined { " + " } else { ", " };
        }
        Ok(())
    }
}

impl fmt::Debug for DistinguishedName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

fn write_value(f: &mut fmt::Formatter<'_>, value: &[u8]) -> fmt::Result {
    let mut at = 0;
    for chunk in value.utf8_chunks() {
        for char in chunk.valid().chars() {
            let edge = at == 0 || at + 1 == value.len();
            let special = matches!(char, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=');
            if char.is_control() {
                write_bytes(f, char.encode_utf8(&mut [0; 4]).as_bytes())?;
            } else if special || (char == ' ' && edge) || (char == '#' && at == 0) {
                write!(f, "\\{char}")?;
            } else {
                f.write_char(char)?;
            }
            at += char.len_utf8();
        }
        write_bytes(f, chunk.invalid())?;
        at += chunk.invalid().len();
    }
    Ok(())
}

fn write_bytes(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "\\{byte:02X}"))
}

/// `1.2.840.113549.1.9.2=#0C0161`.
fn write_unknown(f: &mut fmt::Formatter<'_>, attribute: Attribute<'_>) -> fmt::Result {
    let mut first = true;
    let mut number = 0u64;
    for &byte in attribute.oid {
        number = (number << 7) | u64::from(byte & 0x7F);
        if byte & 0x80 != 0 {
            continue;
        }
        if first {
            // The first two numbers are one.
            let root = (number / 40).min(2);
            write!(f, "{root}.{}", number - 40 * root)?;
            first = false;
        } else {
            write!(f, ".{number}")?;
        }
        number = 0;
    }
    write!(f, "=#{:02X}", attribute.tag)?;
    match attribute.value.len() {
        len @ ..0x80 => write!(f, "{len:02X}")?,
        len @ ..0x100 => write!(f, "81{len:02X}")?,
        len => write!(f, "82{len:04X}")?,
    }
    attribute
        .value
        .iter()
        .try_for_each(|byte| write!(f, "{byte:02X}"))
}
