//! What a request asks for beside the subject (RFC 5280, section 4.2.1).

use crate::{
    Error, Result,
    format::writer::{DerWriter, tag},
};
use core::{fmt, net::IpAddr, ops::BitOr};

/// Object identifiers in DER: `id-ce` and the last number, `id-kp` and the last number.
const SUBJECT_ALT_NAME: [u8; 3] = [0x55, 0x1d, 17];
const KEY_USAGE: [u8; 3] = [0x55, 0x1d, 15];
const BASIC_CONSTRAINTS: [u8; 3] = [0x55, 0x1d, 19];
const EXTENDED_KEY_USAGE: [u8; 3] = [0x55, 0x1d, 37];
const KEY_PURPOSE: [u8; 7] = [0x2b, 6, 1, 5, 5, 7, 3];

/// `extensionRequest` (RFC 2985).
const EXTENSION_REQUEST: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 14];

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
            Self::Email(text) => writer.element(tag::context(1), ascii(text)?),
            Self::Dns(text) => writer.element(tag::context(2), ascii(text)?),
            Self::Uri(text) => writer.element(tag::context(6), ascii(text)?),
            Self::Ip(IpAddr::V4(address)) => writer.element(tag::context(7), &address.octets()),
            Self::Ip(IpAddr::V6(address)) => writer.element(tag::context(7), &address.octets()),
        }
        Ok(())
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
    fn write(self, writer: &mut DerWriter<'_>) {
        let [first, second] = self.0.to_be_bytes();
        #[allow(clippy::cast_possible_truncation, reason = "at most 16")]
        let zeros = self.0.trailing_zeros() as u8;
        match second {
            0 => writer.element(tag::BIT_STRING, &[zeros - 8, first]),
            _ => writer.element(tag::BIT_STRING, &[zeros, first, second]),
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
    /// How they are written, once there is one: an image without any has none of the code.
    write: Option<Write>,
    pub(crate) alt_names: &'a [AltName<'a>],
    pub(crate) key_usage: Option<KeyUsage>,
    pub(crate) extended_key_usage: &'a [ExtendedKeyUsage],
    pub(crate) certificate_authority: Option<bool>,
}

#[derive(Clone, Copy)]
struct Write(fn(&Extensions<'_>, &mut DerWriter<'_>) -> Result<()>);

impl fmt::Debug for Write {
    /// Nothing of where the code is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Write")
    }
}

impl Extensions<'_> {
    /// For whoever sets one of them.
    pub(crate) const fn some(self) -> Self {
        Self {
            write: Some(Write(write_all)),
            ..self
        }
    }

    fn is_empty(&self) -> bool {
        self.alt_names.is_empty()
            && self.key_usage.is_none()
            && self.extended_key_usage.is_empty()
            && self.certificate_authority.is_none()
    }

    /// Writes the attribute `extensionRequest`; nothing when there is nothing to ask for.
    pub(crate) fn write(&self, writer: &mut DerWriter<'_>) -> Result<()> {
        self.write
            .map_or(Ok(()), |Write(write)| write(self, writer))
    }
}

/// The last of each list first.
fn write_all(extensions: &Extensions<'_>, writer: &mut DerWriter<'_>) -> Result<()> {
    if extensions.is_empty() {
        return Ok(());
    }
    let mark = writer.len();
    if !extensions.alt_names.is_empty() {
        let extension = writer.len();
        for name in extensions.alt_names.iter().rev() {
            name.write(writer)?;
        }
        writer.wrap(tag::SEQUENCE, extension);
        finish_extension(&SUBJECT_ALT_NAME, false, extension, writer);
    }
    if !extensions.extended_key_usage.is_empty() {
        let extension = writer.len();
        for &purpose in extensions.extended_key_usage.iter().rev() {
            let oid = writer.len();
            writer.byte(purpose as u8);
            writer.bytes(&KEY_PURPOSE);
            writer.wrap(tag::OBJECT_IDENTIFIER, oid);
        }
        writer.wrap(tag::SEQUENCE, extension);
        finish_extension(&EXTENDED_KEY_USAGE, false, extension, writer);
    }
    if let Some(usage) = extensions.key_usage {
        let extension = writer.len();
        usage.write(writer);
        finish_extension(&KEY_USAGE, true, extension, writer);
    }
    if let Some(authority) = extensions.certificate_authority {
        let extension = writer.len();
        if authority {
            writer.element(tag::BOOLEAN, &[0xff]);
        }
        writer.wrap(tag::SEQUENCE, extension);
        finish_extension(&BASIC_CONSTRAINTS, true, extension, writer);
    }
    writer.wrap(tag::SEQUENCE, mark);
    writer.wrap(tag::SET, mark);
    writer.element(tag::OBJECT_IDENTIFIER, &EXTENSION_REQUEST);
    writer.wrap(tag::SEQUENCE, mark);
    Ok(())
}

/// Makes an `Extension` of the value that was written since `mark`.
fn finish_extension(oid: &[u8], critical: bool, mark: usize, writer: &mut DerWriter<'_>) {
    writer.wrap(tag::OCTET_STRING, mark);
    if critical {
        writer.element(tag::BOOLEAN, &[0xff]);
    }
    writer.element(tag::OBJECT_IDENTIFIER, oid);
    writer.wrap(tag::SEQUENCE, mark);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_bits_are_written_without_trailing_zeros() {
        // X.690, section 11.2.2, over the bits of RFC 5280, section 4.2.1.3.
        let expected: [(KeyUsage, &[u8]); 5] = [
            (KeyUsage::DIGITAL_SIGNATURE, &[3, 2, 7, 0x80]),
            (KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN, &[3, 2, 1, 6]),
            (KeyUsage::ENCIPHER_ONLY, &[3, 2, 0, 1]),
            (KeyUsage::DECIPHER_ONLY, &[3, 3, 7, 0, 0x80]),
            (
                KeyUsage::KEY_AGREEMENT | KeyUsage::DECIPHER_ONLY,
                &[3, 3, 7, 8, 0x80],
            ),
        ];
        for (usage, der) in expected {
            let mut buffer = [0; 8];
            let mut writer = DerWriter::new(&mut buffer);
            usage.write(&mut writer);
            assert_eq!(writer.finish().expect("room"), der, "{usage:?}");
        }
    }
}
