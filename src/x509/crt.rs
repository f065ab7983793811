//! Reading and verifying certificates.
use core::fmt;

use crate::error::{Error, Result};
use crate::ffi::x509::crt::Crt;
use crate::pk::Pk;
use crate::sys;
use crate::x509::{DistinguishedName, Hex, Time};

/// A certificate that was read, with the ones that followed it in the same PEM.
///
/// What it tells is about the first one. The others count where it is verified: as a chain below the trusted ones, or as
/// a set of trusted ones.
///
/// ```
/// # #[cfg(feature = "full")] {
/// use mbedtls_psa::pk::{Curve, KeyType, Pk};
/// use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
///
/// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
/// let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
/// let pem = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).authority(None).pem()?;
///
/// let certificate = Certificate::parse(pem.as_bytes())?;
/// assert_eq!(certificate.subject().to_string(), "CN=Example CA");
/// certificate.check_key(&key)?;
/// # }
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
pub struct Certificate {
    pub(crate) crt: Crt,
}

impl Certificate {
    /// Reads a certificate in PEM or DER, or several in PEM. The final zero that C wants after PEM is not needed.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_X509_INVALID_FORMAT` and other codes of X509 and PEM, also if only some of several can be read.
    ///
    /// ```
    /// let error = mbedtls_psa::x509::Certificate::parse(b"no certificate").unwrap_err();
    /// assert_eq!(error.high(), Some(-0x2180));
    /// ```
    pub fn parse(pem_or_der: &[u8]) -> Result<Self> {
        Ok(Self {
            crt: Crt::parse(pem_or_der)?,
        })
    }

    /// How many certificates were read.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// # let pem = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).pem()?;
    /// let bundle = format!("{pem}{pem}");
    /// assert_eq!(Certificate::parse(bundle.as_bytes())?.count(), 2);
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn count(&self) -> usize {
        self.crt.count()
    }

    /// The version: 3 for all that have extensions.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).der()?;
    /// assert_eq!(Certificate::parse(&der)?.version(), 3);
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn version(&self) -> u8 {
        u8::try_from(self.crt.version()).unwrap_or_default()
    }

    /// The first certificate as DER.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).der()?;
    /// assert_eq!(Certificate::parse(&der)?.as_der(), der);
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn as_der(&self) -> &[u8] {
        self.crt.der()
    }

    /// The serial number, most significant byte first.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=CA".parse()?, from, to).serial(&[1, 2]).der()?;
    /// assert_eq!(Certificate::parse(&der)?.serial(), [1, 2]);
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn serial(&self) -> &[u8] {
        self.crt.serial()
    }

    /// Whom the certificate is for.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).der()?;
    /// assert_eq!(Certificate::parse(&der)?.subject().to_string(), "CN=Example CA");
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn subject(&self) -> DistinguishedName<'_> {
        DistinguishedName(self.crt.subject())
    }

    /// Who issued the certificate.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).der()?;
    /// assert_eq!(Certificate::parse(&der)?.issuer().to_string(), "CN=Example CA");
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn issuer(&self) -> DistinguishedName<'_> {
        DistinguishedName(self.crt.issuer())
    }

    /// The first and the last second at which the certificate is valid.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).der()?;
    /// assert_eq!(Certificate::parse(&der)?.validity(), (from, to));
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn validity(&self) -> (Time, Time) {
        self.crt.validity()
    }

    /// Whether the certificate is one of an authority (`basicConstraints`).
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).authority(None).der()?;
    /// assert!(Certificate::parse(&der)?.is_authority());
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn is_authority(&self) -> bool {
        self.crt.is_authority()
    }

    /// The public key, as a copy.
    ///
    /// # Errors
    /// Those of [`Pk::parse_public_key`], when memory is short.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).der()?;
    /// assert_eq!(Certificate::parse(&der)?.public_key()?.key_type()?, KeyType::Ec(Curve::P256));
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn public_key(&self) -> Result<Pk<'static>> {
        Pk::parse_public_key(self.crt.public_key_der())
    }

    /// Checks that the certificate is for this key.
    ///
    /// # Errors
    /// As [`Pk::check_pair`].
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).der()?;
    /// let certificate = Certificate::parse(&der)?;
    /// certificate.check_key(&key)?;
    /// assert!(certificate.check_key(&Pk::generate(KeyType::Ec(Curve::P256))?).is_err());
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn check_key(&self, key: &Pk<'_>) -> Result<()> {
        key.check_pair(&self.public_key()?)
    }

    /// Verifies the chain up to one of the trusted certificates and, if `host` is given, that it is for that host.
    ///
    /// A build without a clock (bare metal) does not look at the dates: compare [`validity`](Self::validity) yourself.
    /// Revocation lists are not asked. A trusted certificate that is given to be verified itself is accepted.
    ///
    /// # Errors
    /// A [`VerifyError`] with `MBEDTLS_ERR_X509_CERT_VERIFY_FAILED` and the reasons, or another code without any.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time, VerifyFlags};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).authority(None).der()?;
    /// # let ca = Certificate::parse(&der)?;
    /// # let mine = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let der = CertificateBuilder::issued_by(&ca, &key, &mine, &"CN=device".parse()?, from, to)?.der()?;
    /// # let certificate = Certificate::parse(&der)?;
    /// certificate.verify(&ca, Some("device"))?;
    /// let error = certificate.verify(&ca, Some("other")).unwrap_err();
    /// assert!(error.flags().contains(VerifyFlags::CN_MISMATCH));
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn verify(
        &self,
        trusted: &Self,
        host: Option<&str>,
    ) -> core::result::Result<(), VerifyError> {
        let error = |(error, flags)| VerifyError {
            error,
            flags: VerifyFlags(flags),
        };
        self.crt.verify(&trusted.crt, host).map_err(error)
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("subject", &self.subject())
            .field("issuer", &self.issuer())
            .field("serial", &Hex(self.serial()))
            .field("validity", &self.validity())
            .finish_non_exhaustive()
    }
}

/// Why a certificate was not accepted.
///
/// ```
/// # #[cfg(feature = "full")] {
/// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
/// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time, VerifyFlags};
/// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
/// # let (from, to) = (Time::new(2000, 1, 1, 0, 0, 0)?, Time::new(2001, 12, 31, 0, 0, 0)?);
/// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).authority(None).der()?;
/// let ca = Certificate::parse(&der)?;
/// let error = ca.verify(&ca, None).unwrap_err();
/// assert_eq!(error.to_string(), "MBEDTLS_ERR_X509_CERT_VERIFY_FAILED (-0x2700, -9984): EXPIRED");
/// # }
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct VerifyError {
    error: Error,
    flags: VerifyFlags,
}

impl VerifyError {
    /// The code.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time, VerifyFlags};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2000, 1, 1, 0, 0, 0)?, Time::new(2001, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).authority(None).der()?;
    /// # let ca = Certificate::parse(&der)?;
    /// assert_eq!(ca.verify(&ca, None).unwrap_err().error().code(), -0x2700);
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub const fn error(self) -> Error {
        self.error
    }

    /// The reasons.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time, VerifyFlags};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (from, to) = (Time::new(2000, 1, 1, 0, 0, 0)?, Time::new(2001, 12, 31, 0, 0, 0)?);
    /// # let der = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).authority(None).der()?;
    /// # let ca = Certificate::parse(&der)?;
    /// assert_eq!(ca.verify(&ca, None).unwrap_err().flags(), VerifyFlags::EXPIRED);
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub const fn flags(self) -> VerifyFlags {
        self.flags
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.error)?;
        if self.flags.0 != 0 {
            write!(f, ": {}", self.flags)?;
        }
        Ok(())
    }
}

impl core::error::Error for VerifyError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.error)
    }
}

macro_rules! verify_flags {
    ($($(#[$doc:meta])* $name:ident = $constant:ident;)*) => {
        /// Reasons why a certificate was not accepted (`MBEDTLS_X509_BADCERT_*`).
        ///
        /// ```
        /// use mbedtls_psa::x509::VerifyFlags;
        ///
        /// assert_eq!(VerifyFlags::EXPIRED.to_string(), "EXPIRED");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct VerifyFlags(u32);

        impl VerifyFlags {
            $($(#[$doc])* pub const $name: Self = Self(sys::$constant);)*
        }

        impl fmt::Display for VerifyFlags {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut between = "";
                for (name, flag) in [$((stringify!($name), Self::$name)),*] {
                    if self.contains(flag) {
                        write!(f, "{between}{name}")?;
                        between = " | ";
                    }
                }
                Ok(())
            }
        }
    };
}

verify_flags! {
    /// It is no longer valid.
    EXPIRED = MBEDTLS_X509_BADCERT_EXPIRED;
    /// It is not yet valid.
    FUTURE = MBEDTLS_X509_BADCERT_FUTURE;
    /// It is not for this host.
    CN_MISMATCH = MBEDTLS_X509_BADCERT_CN_MISMATCH;
    /// No trusted certificate stands above it, or a signature is wrong.
    NOT_TRUSTED = MBEDTLS_X509_BADCERT_NOT_TRUSTED;
    /// Its key may not be used like this.
    KEY_USAGE = MBEDTLS_X509_BADCERT_KEY_USAGE;
    /// Its key may not be used for this purpose.
    EXT_KEY_USAGE = MBEDTLS_X509_BADCERT_EXT_KEY_USAGE;
    /// It is signed with a hash that is too weak.
    BAD_MD = MBEDTLS_X509_BADCERT_BAD_MD;
    /// It is signed with an algorithm that is not accepted.
    BAD_PK = MBEDTLS_X509_BADCERT_BAD_PK;
    /// It is signed with a key that is too weak.
    BAD_KEY = MBEDTLS_X509_BADCERT_BAD_KEY;
    /// Something else.
    OTHER = MBEDTLS_X509_BADCERT_OTHER;
}

impl VerifyFlags {
    /// Whether all of these reasons are among them.
    ///
    /// ```
    /// use mbedtls_psa::x509::VerifyFlags;
    ///
    /// assert!(VerifyFlags::EXPIRED.contains(VerifyFlags::EXPIRED));
    /// assert!(!VerifyFlags::EXPIRED.contains(VerifyFlags::FUTURE));
    /// ```
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The bits as the C library numbers them.
    ///
    /// ```
    /// assert_eq!(mbedtls_psa::x509::VerifyFlags::EXPIRED.bits(), 1);
    /// ```
    pub const fn bits(self) -> u32 {
        self.0
    }
}
