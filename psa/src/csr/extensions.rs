//! What a request asks for beside the subject (RFC 5280, section 4.2.1).

use crate::{
    Error, Result,
    format::writer::{DerWriter, context_primitive},
};
use core::{net::IpAddr, ops::BitOr};
use der::Tag;

/// Object identifiers in DER: `id-ce` and the last number, `id-kp` and the last number.
const SUBJECT_ALT_NAME: [u8; 3] = [0x55, 0x1d, 17];
const KEY_USAGE: [u8; 3] = [0x55, 0x1d, 15];
const BASIC_CONSTRAINTS: [u8; 3] = [0x55, 0x1d, 19];
const EXTENDED_KEY_USAGE: [u8; 3] = [0x55, 0x1d, 37];
const KEY_PURPOSE: [u8; 7] = [0x2b, 6, 1, 5, 5, 7, 3];

/// A subject alternative name (RFC 5280, section 4.2.1.6).
///
/// ```
/// use psa::AltName;
///
/// let names = [AltName::Dns("device.example.org"), AltName::Ip([192, 0, 2, 1].into())];
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AltName<'a> {
    /// A host name, in ASCII.
    Dns(&'a str),
    /// An address.
    Ip(IpAddr),
    /// A URI, in ASCII.
    Uri(&'a str),
    /// A mail address, in ASCII.
    Email(&'a str),
}

impl AltName<'_> {
    fn write(self, writer: &mut DerWriter<'_>) -> Result<()> {
        match self {
            Self::Email(text) => writer.element(context_primitive(1), ascii(text)?),
            Self::Dns(text) => writer.element(context_primitive(2), ascii(text)?),
            Self::Uri(text) => writer.element(context_primitive(6), ascii(text)?),
            Self::Ip(IpAddr::V4(address)) => {
                writer.element(context_primitive(7), &address.octets())
            }
            Self::Ip(IpAddr::V6(address)) => {
                writer.element(context_primitive(7), &address.octets())
            }
        }
    }
}

/// An `IA5String` without spaces and control characters: none of these names may hold one.
fn ascii(text: &str) -> Result<&[u8]> {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(text.as_bytes())
    } else {
        Err(Error::AlternativeName)
    }
}

/// What a certificate's key may be used for (RFC 5280, section 4.2.1.3).
///
/// ```
/// use psa::KeyUsage;
///
/// let usage = KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_AGREEMENT;
/// # assert_ne!(usage, KeyUsage::DIGITAL_SIGNATURE);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage(u16);

impl KeyUsage {
    /// Signatures other than on certificates and revocation lists.
    pub const DIGITAL_SIGNATURE: Self = Self::bit(0);
    /// Signatures that the signer cannot disown.
    pub const NON_REPUDIATION: Self = Self::bit(1);
    /// Encryption of keys: RSA key exchange.
    pub const KEY_ENCIPHERMENT: Self = Self::bit(2);
    /// Encryption of data.
    pub const DATA_ENCIPHERMENT: Self = Self::bit(3);
    /// Key agreement.
    pub const KEY_AGREEMENT: Self = Self::bit(4);
    /// Signatures on certificates.
    pub const KEY_CERT_SIGN: Self = Self::bit(5);
    /// Signatures on revocation lists.
    pub const CRL_SIGN: Self = Self::bit(6);
    /// With key agreement: only to encrypt.
    pub const ENCIPHER_ONLY: Self = Self::bit(7);
    /// With key agreement: only to decrypt.
    pub const DECIPHER_ONLY: Self = Self::bit(8);

    /// Named bits count from the most significant one.
    const fn bit(number: u32) -> Self {
        Self(0x8000 >> number)
    }

    /// A bit string without trailing zeros, as DER wants of named bits.
    fn write(self, writer: &mut DerWriter<'_>) -> Result<()> {
        let [first, second] = self.0.to_be_bytes();
        #[allow(clippy::cast_possible_truncation, reason = "at most 16")]
        let zeros = self.0.trailing_zeros() as u8;
        match second {
            0 => writer.element(Tag::BitString, &[zeros - 8, first]),
            _ => writer.element(Tag::BitString, &[zeros, first, second]),
        }
    }
}

impl BitOr for KeyUsage {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A purpose of a certificate's key (RFC 5280, section 4.2.1.12).
///
/// ```
/// let purposes = [psa::ExtendedKeyUsage::ClientAuth];
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtendedKeyUsage {
    /// A TLS server.
    ServerAuth = 1,
    /// A TLS client.
    ClientAuth = 2,
    /// Signed code.
    CodeSigning = 3,
    /// Mail.
    EmailProtection = 4,
    /// Time stamps.
    TimeStamping = 8,
    /// Answers about revocation.
    OcspSigning = 9,
}

/// The extensions that a request asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Extensions<'a> {
    pub(crate) alt_names: &'a [AltName<'a>],
    pub(crate) key_usage: Option<KeyUsage>,
    pub(crate) extended_key_usage: &'a [ExtendedKeyUsage],
    pub(crate) certificate_authority: Option<bool>,
}

impl Extensions<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        self.alt_names.is_empty()
            && self.key_usage.is_none()
            && self.extended_key_usage.is_empty()
            && self.certificate_authority.is_none()
    }

    /// Writes `Extensions`.
    pub(crate) fn write(&self, writer: &mut DerWriter<'_>) -> Result<()> {
        let start = writer.len();
        if let Some(authority) = self.certificate_authority {
            extension(&BASIC_CONSTRAINTS, true, writer, |writer| {
                let contents = writer.len();
                if authority {
                    writer.element(Tag::Boolean, &[0xff])?;
                }
                writer.wrap(Tag::Sequence, contents)
            })?;
        }
        if let Some(usage) = self.key_usage {
            extension(&KEY_USAGE, true, writer, |writer| usage.write(writer))?;
        }
        if !self.extended_key_usage.is_empty() {
            extension(&EXTENDED_KEY_USAGE, false, writer, |writer| {
                let contents = writer.len();
                for &purpose in self.extended_key_usage {
                    let oid = writer.len();
                    writer.bytes(&KEY_PURPOSE)?;
                    writer.bytes(&[purpose as u8])?;
                    writer.wrap(Tag::ObjectIdentifier, oid)?;
                }
                writer.wrap(Tag::Sequence, contents)
            })?;
        }
        if !self.alt_names.is_empty() {
            extension(&SUBJECT_ALT_NAME, false, writer, |writer| {
                let contents = writer.len();
                for name in self.alt_names {
                    name.write(writer)?;
                }
                writer.wrap(Tag::Sequence, contents)
            })?;
        }
        writer.wrap(Tag::Sequence, start)
    }
}

fn extension(
    oid: &[u8],
    critical: bool,
    writer: &mut DerWriter<'_>,
    value: impl FnOnce(&mut DerWriter<'_>) -> Result<()>,
) -> Result<()> {
    let start = writer.len();
    writer.element(Tag::ObjectIdentifier, oid)?;
    if critical {
        writer.element(Tag::Boolean, &[0xff])?;
    }
    let contents = writer.len();
    value(writer)?;
    writer.wrap(Tag::OctetString, contents)?;
    writer.wrap(Tag::Sequence, start)
}
