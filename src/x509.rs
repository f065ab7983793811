//! Certificates and certificate requests (RFC 5280, RFC 2986).
// What is used follows from the configuration; the one with everything shows what is not used at all.
#![cfg_attr(not(feature = "full"), allow(dead_code, unused_imports))]
use core::fmt;
use core::net::IpAddr;
use core::ops::BitOr;

use crate::error::{Error, Result};
use crate::sys;

#[cfg(mbedtls = "X509_CRT_WRITE_C")]
mod builder;
#[cfg(mbedtls = "X509_CRT_PARSE_C")]
mod crt;
#[cfg(any(mbedtls = "X509_CSR_PARSE_C", mbedtls = "X509_CSR_WRITE_C"))]
pub mod csr;
#[cfg(any(mbedtls = "X509_CRT_PARSE_C", mbedtls = "X509_CSR_PARSE_C"))]
mod dn;
mod name;
mod time;

#[cfg(mbedtls = "X509_CRT_WRITE_C")]
pub use builder::{CertificateBuilder, Purpose};
#[cfg(mbedtls = "X509_CRT_PARSE_C")]
pub use crt::{Certificate, VerifyError, VerifyFlags};
#[cfg(any(mbedtls = "X509_CRT_PARSE_C", mbedtls = "X509_CSR_PARSE_C"))]
pub use dn::DistinguishedName;
pub use name::Name;
pub use time::Time;

/// A subject alternative name (RFC 5280, section 4.2.1.6).
///
/// ```
/// use mbedtls_psa::x509::AltName;
///
/// let names = [AltName::Dns("device.example.org"), AltName::Ip([192, 0, 2, 1].into())];
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// Whether the text can stand in an `IA5String` and is a name at all.
    pub(crate) fn is_valid(&self) -> bool {
        match self {
            Self::Ip(_) => true,
            Self::Dns(text) | Self::Uri(text) | Self::Email(text) => {
                !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
            }
        }
    }
}

/// What a certificate's key may be used for (RFC 5280, section 4.2.1.3).
///
/// ```
/// use mbedtls_psa::x509::KeyUsage;
///
/// let usage = KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_AGREEMENT;
/// assert_ne!(usage, KeyUsage::DIGITAL_SIGNATURE);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyUsage(u16);

#[allow(clippy::cast_possible_truncation)] // the bits fit in 16
impl KeyUsage {
    /// Signatures other than on certificates and revocation lists.
    pub const DIGITAL_SIGNATURE: Self = Self(sys::MBEDTLS_X509_KU_DIGITAL_SIGNATURE as u16);
    /// Signatures that the signer cannot disown.
    pub const NON_REPUDIATION: Self = Self(sys::MBEDTLS_X509_KU_NON_REPUDIATION as u16);
    /// Encryption of keys: RSA key exchange.
    pub const KEY_ENCIPHERMENT: Self = Self(sys::MBEDTLS_X509_KU_KEY_ENCIPHERMENT as u16);
    /// Encryption of data.
    pub const DATA_ENCIPHERMENT: Self = Self(sys::MBEDTLS_X509_KU_DATA_ENCIPHERMENT as u16);
    /// Key agreement.
    pub const KEY_AGREEMENT: Self = Self(sys::MBEDTLS_X509_KU_KEY_AGREEMENT as u16);
    /// Signatures on certificates.
    pub const KEY_CERT_SIGN: Self = Self(sys::MBEDTLS_X509_KU_KEY_CERT_SIGN as u16);
    /// Signatures on revocation lists.
    pub const CRL_SIGN: Self = Self(sys::MBEDTLS_X509_KU_CRL_SIGN as u16);
    /// With key agreement: only to encrypt.
    pub const ENCIPHER_ONLY: Self = Self(sys::MBEDTLS_X509_KU_ENCIPHER_ONLY as u16);
    /// With key agreement: only to decrypt. The C library cannot write it into a request.
    pub const DECIPHER_ONLY: Self = Self(sys::MBEDTLS_X509_KU_DECIPHER_ONLY as u16);

    /// The bits as the C library numbers them (`MBEDTLS_X509_KU_*`).
    ///
    /// ```
    /// assert_eq!(mbedtls_psa::x509::KeyUsage::DIGITAL_SIGNATURE.bits(), 0x80);
    /// ```
    pub const fn bits(self) -> u16 {
        self.0
    }
}

impl BitOr for KeyUsage {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Bytes that print as hexadecimal.
#[cfg(mbedtls = "X509_CRT_PARSE_C")]
struct Hex<'a>(&'a [u8]);

#[cfg(mbedtls = "X509_CRT_PARSE_C")]
impl fmt::Debug for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Calls a writer with ever more room until what it writes fits.
#[cfg(all(
    feature = "alloc",
    any(mbedtls = "X509_CSR_WRITE_C", mbedtls = "X509_CRT_WRITE_C")
))]
fn with_room(mut write: impl FnMut(&mut [u8]) -> Result<usize>) -> Result<alloc::vec::Vec<u8>> {
    let mut buffer = alloc::vec![0; 4096];
    loop {
        match write(&mut buffer) {
            Ok(len) => {
                buffer.truncate(len);
                return Ok(buffer);
            }
            Err(error) if is_too_small(error) && buffer.len() < 1 << 20 => {
                let len = buffer.len() * 4;
                buffer.resize(len, 0);
            }
            Err(error) => return Err(error),
        }
    }
}

#[cfg(all(
    feature = "alloc",
    any(mbedtls = "X509_CSR_WRITE_C", mbedtls = "X509_CRT_WRITE_C")
))]
fn is_too_small(error: Error) -> bool {
    let low = [
        sys::MBEDTLS_ERR_ASN1_BUF_TOO_SMALL,
        sys::MBEDTLS_ERR_BASE64_BUFFER_TOO_SMALL,
    ];
    error.low().is_some_and(|low_part| low.contains(&low_part))
}

/// What a writer made, as text.
#[cfg(all(
    mbedtls = "PEM_WRITE_C",
    any(mbedtls = "X509_CSR_WRITE_C", mbedtls = "X509_CRT_WRITE_C")
))]
fn text(bytes: &[u8]) -> Result<&str> {
    core::str::from_utf8(bytes)
        .map_err(|_| Error::from_code(sys::MBEDTLS_ERR_ERROR_CORRUPTION_DETECTED))
}
