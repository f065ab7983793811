//! Times of certificates.
use core::fmt;

use crate::error::{Error, Result};
use crate::sys;

/// A time in a certificate: UTC, to the second.
///
/// ```
/// use mbedtls_psa::x509::Time;
///
/// let time = Time::new(2025, 12, 31, 23, 59, 59)?;
/// assert_eq!(time.to_string(), "2025-12-31T23:59:59Z");
/// assert!(time < Time::new(2026, 1, 1, 0, 0, 0)?);
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    year: u16,
    /// Month, day, hour, minute, second.
    rest: [u8; 5],
}

impl Time {
    /// A time between 1950 and 9999, the range of certificates (RFC 5280, section 4.1.2.5).
    ///
    /// # Errors
    /// `MBEDTLS_ERR_X509_INVALID_DATE`.
    ///
    /// ```
    /// use mbedtls_psa::x509::Time;
    ///
    /// assert!(Time::new(2024, 2, 29, 12, 0, 0).is_ok());
    /// assert!(Time::new(2025, 2, 29, 12, 0, 0).is_err());
    /// ```
    pub fn new(year: u16, month: u8, day: u8, hour: u8, minute: u8, second: u8) -> Result<Self> {
        let in_range = (1950..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        if in_range {
            Ok(Self {
                year,
                rest: [month, day, hour, minute, second],
            })
        } else {
            Err(Error::from_code(sys::MBEDTLS_ERR_X509_INVALID_DATE))
        }
    }

    /// A time from the seconds since 1970 that clocks count.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_X509_INVALID_DATE` from the year 10000 on.
    ///
    /// ```
    /// use mbedtls_psa::x509::Time;
    ///
    /// assert_eq!(Time::from_unix(1_767_225_599)?, Time::new(2025, 12, 31, 23, 59, 59)?);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn from_unix(seconds: u64) -> Result<Self> {
        let invalid = Error::from_code(sys::MBEDTLS_ERR_X509_INVALID_DATE);
        let (mut days, second) = (seconds / 86400, seconds % 86400);
        let (mut year, mut month) = (1970, 1);
        while days >= days_of(year) {
            days -= days_of(year);
            year += 1;
            if year > 9999 {
                return Err(invalid);
            }
        }
        while days >= u64::from(days_in(year, month)) {
            days -= u64::from(days_in(year, month));
            month += 1;
        }
        let byte = |number: u64| u8::try_from(number).map_err(|_| invalid);
        Self::new(
            year,
            month,
            byte(days + 1)?,
            byte(second / 3600)?,
            byte(second / 60 % 60)?,
            byte(second % 60)?,
        )
    }

    /// A time that the parser of the library has checked.
    #[cfg(mbedtls = "X509_CRT_PARSE_C")]
    pub(crate) fn from_parts(year: u16, rest: [u8; 5]) -> Self {
        Self { year, rest }
    }

    /// `YYYYMMDDhhmmss` and a zero, as the library wants it.
    #[cfg(mbedtls = "X509_CRT_WRITE_C")]
    pub(crate) fn digits(self) -> [u8; 15] {
        let mut digits = [b'0'; 15];
        let digit = |number: u16| b'0' + u8::try_from(number % 10).unwrap_or_default();
        for (place, divisor) in digits.iter_mut().zip([1000, 100, 10, 1]) {
            *place = digit(self.year / divisor);
        }
        for (pair, &number) in digits[4..14].chunks_mut(2).zip(&self.rest) {
            pair.copy_from_slice(&[digit(u16::from(number / 10)), digit(number.into())]);
        }
        digits[14] = 0;
        digits
    }
}

/// RFC 3339.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [month, day, hour, minute, second] = self.rest;
        write!(
            f,
            "{:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z",
            self.year
        )
    }
}

const fn is_leap(year: u16) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_of(year: u16) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
