//! What the linked C library itself says about a code.
use core::fmt;
use core::ops::Deref;

use crate::ffi;

/// The text that `mbedtls_strerror` wrote, kept without an allocator.
///
/// ```
/// let message = mbedtls_psa::strerror(-0x3980);
/// assert!(message.starts_with("PK - Unavailable feature"));
/// println!("{message}");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Message {
    bytes: [u8; Message::CAPACITY],
    len: usize,
}

impl Message {
    /// Bytes kept, the final zero of C included: longer than any text of the library. TLS has one of 1,490 bytes, all
    /// others stay below 100 for each part.
    ///
    /// ```
    /// assert!(mbedtls_psa::Message::CAPACITY >= 256);
    /// ```
    pub const CAPACITY: usize = if cfg!(mbedtls = "SSL_TLS_C") {
        1664
    } else {
        256
    };

    /// The text.
    ///
    /// ```
    /// assert_eq!(mbedtls_psa::strerror(0).as_str(), "");
    /// ```
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// The description of a code: high-level part, then low-level part (`mbedtls_strerror`).
///
/// The function knows neither PSA statuses nor 16-bit two's complement: for -134 or 0xc680 it says `UNKNOWN ERROR CODE`.
/// [`Error`](crate::Error) names the former, `mbedtls-diag explain` both.
///
/// ```
/// let message = mbedtls_psa::strerror(-0x3D62);
/// assert_eq!(&*message, "PK - Invalid key tag or value : ASN1 - ASN1 tag was of an unexpected value");
/// ```
pub fn strerror(code: i32) -> Message {
    let mut bytes = [0; Message::CAPACITY];
    let len = ffi::error::strerror(code, &mut bytes);
    Message { bytes, len }
}

/// The description of a code's high-level part, or `None` if the library has no such code (`mbedtls_high_level_strerr`).
///
/// ```
/// assert_eq!(mbedtls_psa::strerror_high(-0x3D62), Some("PK - Invalid key tag or value"));
/// assert_eq!(mbedtls_psa::strerror_high(-0x62), None);
/// ```
pub fn strerror_high(code: i32) -> Option<&'static str> {
    ffi::error::high(code)
}

/// The description of a code's low-level part, or `None` if the library has no such code (`mbedtls_low_level_strerr`).
///
/// ```
/// assert_eq!(mbedtls_psa::strerror_low(-0x3D62), Some("ASN1 - ASN1 tag was of an unexpected value"));
/// assert_eq!(mbedtls_psa::strerror_low(-0x3D00), None);
/// ```
pub fn strerror_low(code: i32) -> Option<&'static str> {
    ffi::error::low(code)
}
