//! Codes to names, small enough for a device.
use core::fmt;

use crate::tables::names::{MAGNITUDES, SPELLINGS, WORDS};

/// The macro that names a code: `Display` writes it whole, `MBEDTLS_ERR_SSL_CONN_EOF`.
///
/// It is a number of two bytes; the spelling is put together from shared words when it is written.
///
/// ```
/// let name = mbedtls_diag::name(-0x7280).unwrap();
/// assert_eq!(name, "MBEDTLS_ERR_SSL_CONN_EOF");
/// assert_eq!(name.code(), -0x7280);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(u16);

/// A code of Mbed TLS up to 3.6, taken apart the way the library puts it together.
///
/// Both parts are magnitudes (positive), and either may be a number that no macro has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The high-level part: everything above the lowest seven bits; 0 if there is none.
    pub high: u32,
    /// The low-level part: the lowest seven bits; 0 if there is none, and in a fatal alert.
    pub low: u8,
}

/// Where the high-level part begins: the lowest seven bits belong to the low-level part.
const LOW_BITS: u32 = 0x7F;
/// `MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE`: the seven bits below it are no low-level code.
const FATAL_ALERT: u32 = 0x7780;

/// The name of a code that one macro has: any public code of Mbed TLS 3.6, any PSA or TF-M status.
///
/// A combined code has no name of its own: ask [`high`] and [`low`]. Neither has a positive
/// number, which is a success.
///
/// ```
/// const NAME: Option<mbedtls_diag::Name> = mbedtls_diag::name(-132);
/// assert_eq!(NAME.unwrap(), "PSA_ERROR_GENERIC_ERROR");
/// assert_eq!(mbedtls_diag::name(7), None);
/// ```
pub const fn name(code: i32) -> Option<Name> {
    if code > 0 {
        return None;
    }
    Name::find(code.unsigned_abs())
}

/// The name of the high-level part of a code (bits 14 to 7 of its magnitude).
///
/// `None` if there is no such part, if no macro has it, or if the number is a PSA status, which is
/// never a combined code.
///
/// ```
/// assert_eq!(mbedtls_diag::high(-0x2700).unwrap(), "MBEDTLS_ERR_X509_CERT_VERIFY_FAILED");
/// assert_eq!(mbedtls_diag::high(-0x62), None);
/// assert_eq!(mbedtls_diag::high(-134), None);
/// ```
pub const fn high(code: i32) -> Option<Name> {
    match split(code) {
        Some(Split { high, .. }) if high != 0 => Name::find(high),
        _ => None,
    }
}

/// The name of the low-level part of a code (bits 6 to 0 of its magnitude).
///
/// `None` if there is no such part, if no macro has it, if the number is a PSA status, and for a
/// fatal alert, whose lowest bits are no low-level code.
///
/// ```
/// assert_eq!(mbedtls_diag::low(-0x112C).unwrap(), "MBEDTLS_ERR_BASE64_INVALID_CHARACTER");
/// assert_eq!(mbedtls_diag::low(-0x2700), None);
/// ```
pub const fn low(code: i32) -> Option<Name> {
    match split(code) {
        Some(Split { low, .. }) if low != 0 => Name::find(low as u32),
        _ => None,
    }
}

/// Takes a code apart as `mbedtls_strerror` of Mbed TLS 3.6 does; `None` for a success (0 or
/// positive) and for a PSA status, which that function does not know.
///
/// ```
/// use mbedtls_diag::{Split, split};
///
/// assert_eq!(split(-0x21E2), Some(Split { high: 0x2180, low: 0x62 }));
/// assert_eq!(split(-0x7780 - 40), Some(Split { high: 0x7780, low: 0 }));
/// assert_eq!(split(-0x00E2), Some(Split { high: 0x80, low: 0x62 }));
/// assert_eq!(split(-134), None);
/// ```
pub const fn split(code: i32) -> Option<Split> {
    if code >= 0 || is_psa_status(code) {
        return None;
    }
    let magnitude = code.unsigned_abs();
    let high = magnitude & !LOW_BITS;
    let low = if high == FATAL_ALERT {
        0
    } else {
        (magnitude & LOW_BITS) as u8
    };
    Some(Split { high, low })
}

/// Whether a number lies where PSA and TF-M statuses lie: 0 (success), -129 to -161, and -248.
///
/// No high-level code of Mbed TLS has the magnitude 0x80, so none of these is a combined code.
///
/// ```
/// assert!(mbedtls_diag::is_psa_status(-134));
/// assert!(!mbedtls_diag::is_psa_status(-0x2700));
/// ```
pub const fn is_psa_status(code: i32) -> bool {
    matches!(code, 0 | -161..=-129 | -248)
}

impl Name {
    /// Binary search in the sorted magnitudes.
    pub(crate) const fn find(magnitude: u32) -> Option<Self> {
        let (mut from, mut to) = (0, MAGNITUDES.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            let here = MAGNITUDES[middle] as u32;
            if here == magnitude {
                // There are fewer than 65536 names.
                #[allow(clippy::cast_possible_truncation)]
                return Some(Self(middle as u16));
            }
            if here < magnitude {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        None
    }

    /// Its place in the tables.
    #[cfg(feature = "describe")]
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }

    /// The code that has this name: negative, or 0 for `PSA_SUCCESS`.
    pub const fn code(self) -> i32 {
        -(MAGNITUDES[self.0 as usize] as i32)
    }

    /// The pieces that make up the macro, in order; put together they are its whole text.
    fn pieces(self) -> impl Iterator<Item = &'static str> {
        let prefix = if is_psa_status(self.code()) {
            "PSA"
        } else {
            "MBEDTLS_ERR"
        };
        // A spelling is a run of word numbers from 1, ended by a 0.
        let spelling = SPELLINGS.split(|&word| word == 0).nth(self.0.into());
        let words = spelling.unwrap_or_default().iter();
        core::iter::once(prefix).chain(words.flat_map(|&word| {
            let word = WORDS.split(' ').nth(usize::from(word) - 1);
            ["_", word.unwrap_or_default()]
        }))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces().try_for_each(|piece| f.write_str(piece))
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        let mut rest = other;
        self.pieces().all(|piece| match rest.strip_prefix(piece) {
            Some(left) => {
                rest = left;
                true
            }
            None => false,
        }) && rest.is_empty()
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}
