//! Errors: the code of the C library and its names.
use core::fmt;

/// The result of everything in this crate.
pub type Result<T> = core::result::Result<T, Error>;

/// An error code of Mbed TLS or a status of PSA Crypto, as the C library returned it.
///
/// Up to Mbed TLS 3.6 a code is a high-level part (which module, what went wrong), a low-level part (what went wrong below
/// it), or both added. PSA statuses share the type and have numbers of their own, which no sum of those parts has.
/// `mbedtls-diag explain` knows causes and cures for each.
///
/// ```
/// use mbedtls_psa::Error;
///
/// let error = Error::from_code(-0x21E2);
/// assert_eq!(error.code(), -8674);
/// assert_eq!(error.high(), Some(-0x2180));
/// assert_eq!(error.low(), Some(-0x62));
/// assert_eq!(
///     error.to_string(),
///     "MBEDTLS_ERR_X509_INVALID_FORMAT + MBEDTLS_ERR_ASN1_UNEXPECTED_TAG (-0x21E2, -8674)"
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Error {
    code: i32,
}

impl Error {
    /// An error from the number that a C function returned.
    ///
    /// ```
    /// let error = mbedtls_psa::Error::from_code(-0x3980);
    /// assert_eq!(error.to_string(), "MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE (-0x3980, -14720)");
    /// ```
    pub const fn from_code(code: i32) -> Self {
        Self { code }
    }

    /// The number itself.
    ///
    /// ```
    /// assert_eq!(mbedtls_psa::Error::from_code(-0x3980).code(), -14720);
    /// ```
    pub const fn code(self) -> i32 {
        self.code
    }

    /// The high-level part as a code of its own, or `None` if there is none or this is a PSA status.
    ///
    /// ```
    /// assert_eq!(mbedtls_psa::Error::from_code(-0x3D62).high(), Some(-0x3D00));
    /// assert_eq!(mbedtls_psa::Error::from_code(-0x62).high(), None);
    /// ```
    pub const fn high(self) -> Option<i32> {
        match mbedtls_diag::split(self.code) {
            Some(parts) if parts.high != 0 => Some(0i32.wrapping_sub_unsigned(parts.high)),
            _ => None,
        }
    }

    /// The low-level part as a code of its own, or `None` if there is none or this is a PSA status.
    ///
    /// ```
    /// assert_eq!(mbedtls_psa::Error::from_code(-0x3D62).low(), Some(-0x62));
    /// assert_eq!(mbedtls_psa::Error::from_code(-0x3D80).low(), None);
    /// ```
    pub const fn low(self) -> Option<i32> {
        match mbedtls_diag::split(self.code) {
            Some(parts) if parts.low != 0 => Some(-(parts.low as i32)),
            _ => None,
        }
    }

    /// The PSA status, if this is one.
    ///
    /// ```
    /// assert_eq!(mbedtls_psa::Error::from_code(-133).psa_status(), Some(-133));
    /// assert_eq!(mbedtls_psa::Error::from_code(-0x3980).psa_status(), None);
    /// ```
    pub const fn psa_status(self) -> Option<i32> {
        if mbedtls_diag::is_psa_status(self.code) {
            Some(self.code)
        } else {
            None
        }
    }

    fn write_names(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut between = "";
        for part in [self.psa_status(), self.high(), self.low()]
            .into_iter()
            .flatten()
        {
            match mbedtls_diag::name(part) {
                Some(name) => write!(f, "{between}{name}")?,
                None => write!(f, "{between}unknown error code")?,
            }
            between = " + ";
        }
        if between.is_empty() {
            f.write_str("no error code")?;
        }
        Ok(())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_names(f)?;
        let sign = if self.code < 0 { "-" } else { "" };
        write!(
            f,
            " ({sign}0x{:04X}, {})",
            self.code.unsigned_abs(),
            self.code
        )
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl core::error::Error for Error {}
