//! Certificate requests (PKCS#10, RFC 2986).
#[cfg(all(feature = "alloc", mbedtls = "X509_CSR_WRITE_C"))]
use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::error::Result;
#[cfg(mbedtls = "X509_CSR_WRITE_C")]
use crate::ffi::x509::Names;
#[cfg(mbedtls = "X509_CSR_WRITE_C")]
use crate::ffi::x509::write::{Form, Request};
#[cfg(mbedtls = "X509_CSR_WRITE_C")]
use crate::md::Md;
use crate::pk::Pk;
#[cfg(mbedtls = "X509_CSR_PARSE_C")]
use crate::x509::DistinguishedName;
#[cfg(mbedtls = "X509_CSR_WRITE_C")]
use crate::x509::{AltName, KeyUsage, Name};

/// A certificate request that was read.
///
/// ```
/// # #[cfg(feature = "full")] {
/// use mbedtls_psa::pk::{Curve, KeyType, Pk};
/// use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
///
/// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
/// let pem = CsrBuilder::new(&key, &"CN=device-0001".parse()?).pem()?;
///
/// let csr = Csr::parse(pem.as_bytes())?;
/// csr.verify()?;
/// key.check_pair(&csr.public_key()?)?;
/// # }
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
#[cfg(mbedtls = "X509_CSR_PARSE_C")]
pub struct Csr {
    pub(crate) csr: crate::ffi::x509::csr::Csr,
}

#[cfg(mbedtls = "X509_CSR_PARSE_C")]
impl Csr {
    /// Reads a request in PEM or DER. The final zero that C wants after PEM is not needed.
    ///
    /// This does not look at the signature: [`verify`](Self::verify) does.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_X509_INVALID_FORMAT` and other codes of X509 and PEM.
    ///
    /// ```
    /// let error = mbedtls_psa::x509::csr::Csr::parse(b"no request").unwrap_err();
    /// assert_eq!(error.high(), Some(-0x2180));
    /// ```
    pub fn parse(pem_or_der: &[u8]) -> Result<Self> {
        Ok(Self {
            csr: crate::ffi::x509::csr::Csr::parse(pem_or_der)?,
        })
    }

    /// Verifies the signature: whoever made the request has the private key.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_ECP_VERIFY_FAILED` or `MBEDTLS_ERR_RSA_VERIFY_FAILED`.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// Csr::parse(&CsrBuilder::new(&key, &"CN=device-0001".parse()?).der()?)?.verify()?;
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn verify(&self) -> Result<()> {
        self.csr.verify()
    }

    /// The subject.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let csr = Csr::parse(&CsrBuilder::new(&key, &"CN=device-0001".parse()?).der()?)?;
    /// assert_eq!(csr.subject().to_string(), "CN=device-0001");
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn subject(&self) -> DistinguishedName<'_> {
        DistinguishedName(self.csr.subject())
    }

    /// The whole request as DER.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let der = CsrBuilder::new(&key, &"CN=device-0001".parse()?).der()?;
    /// assert_eq!(Csr::parse(&der)?.as_der(), der);
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn as_der(&self) -> &[u8] {
        self.csr.der()
    }

    /// The public key, as a copy.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_ASN1_BUF_TOO_SMALL` for an RSA key of more than 8192 bits.
    ///
    /// ```
    /// # #[cfg(feature = "full")] {
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let csr = Csr::parse(&CsrBuilder::new(&key, &"CN=device-0001".parse()?).der()?)?;
    /// assert_eq!(csr.public_key()?.key_type()?, KeyType::Ec(Curve::P256));
    /// # }
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(all(mbedtls = "PK_WRITE_C", mbedtls = "PK_PARSE_C"))]
    pub fn public_key(&self) -> Result<Pk<'static>> {
        const MAX: usize = if cfg!(mbedtls = "RSA_C") { 1100 } else { 256 };
        let mut buffer = [0; MAX];
        let len = self.csr.public_key_der(&mut buffer)?;
        Pk::parse_public_key(&buffer[..len])
    }
}

#[cfg(mbedtls = "X509_CSR_PARSE_C")]
impl fmt::Debug for Csr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Csr")
            .field("subject", &self.subject())
            .finish_non_exhaustive()
    }
}

/// Makes a certificate request (`mbedtls_x509write_csr`).
///
/// The key may be opaque: then it signs without leaving the PSA core.
///
/// ```
/// use mbedtls_psa::pk::{Curve, KeyType, Pk};
/// use mbedtls_psa::x509::csr::CsrBuilder;
/// use mbedtls_psa::x509::{AltName, KeyUsage};
///
/// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
/// let pem = CsrBuilder::new(&key, &"C=DE,O=Example,CN=device-0001".parse()?)
///     .alt_names(&[AltName::Dns("device-0001.example.org")])
///     .key_usage(KeyUsage::DIGITAL_SIGNATURE)
///     .pem()?;
/// assert!(pem.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"));
/// # Ok::<(), mbedtls_psa::Error>(())
/// ```
#[cfg(mbedtls = "X509_CSR_WRITE_C")]
#[derive(Clone, Debug)]
#[must_use]
pub struct CsrBuilder<'a> {
    key: &'a Pk<'a>,
    subject: Name,
    md: Md,
    key_usage: Option<KeyUsage>,
    alt_names: &'a [AltName<'a>],
}

#[cfg(mbedtls = "X509_CSR_WRITE_C")]
impl<'a> CsrBuilder<'a> {
    /// A request for this key and subject, to be signed with SHA-256.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::csr::CsrBuilder;
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let builder = CsrBuilder::new(&key, &"CN=device-0001".parse()?);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn new(key: &'a Pk<'a>, subject: &Name) -> Self {
        Self {
            key,
            subject: subject.clone(),
            md: Md::Sha256,
            key_usage: None,
            alt_names: &[],
        }
    }

    /// Signs with another hash.
    ///
    /// ```
    /// use mbedtls_psa::md::Md;
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::csr::CsrBuilder;
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let builder = CsrBuilder::new(&key, &"CN=device-0001".parse()?).md(Md::Sha512);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn md(mut self, md: Md) -> Self {
        self.md = md;
        self
    }

    /// Asks for these alternative names, at most 16.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::{AltName, csr::CsrBuilder};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let names = [AltName::Dns("device-0001.example.org"), AltName::Ip([192, 0, 2, 1].into())];
    /// let builder = CsrBuilder::new(&key, &"CN=device-0001".parse()?).alt_names(&names);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn alt_names(mut self, names: &'a [AltName<'a>]) -> Self {
        self.alt_names = names;
        self
    }

    /// Asks for this use of the key.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::{KeyUsage, csr::CsrBuilder};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let builder = CsrBuilder::new(&key, &"CN=device-0001".parse()?).key_usage(KeyUsage::DIGITAL_SIGNATURE);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn key_usage(mut self, usage: KeyUsage) -> Self {
        self.key_usage = Some(usage);
        self
    }

    /// Signs the request and writes it as DER into a buffer of the caller: 512 bytes for a P-256 key and a short subject.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_ASN1_BUF_TOO_SMALL`; `MBEDTLS_ERR_X509_BAD_INPUT_DATA` for more than 16 alternative names or one that is
    /// no ASCII; the errors of [`Pk::sign`].
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::csr::CsrBuilder;
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let mut buffer = [0; 512];
    /// let der = CsrBuilder::new(&key, &"CN=device-0001".parse()?).write_der(&mut buffer)?;
    /// assert_eq!(der[0], 0x30);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn write_der<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8]> {
        let len = self.write(Form::Der, buffer)?;
        Ok(&buffer[..len])
    }

    /// Signs the request and writes it as PEM into a buffer of the caller: 768 bytes for a P-256 key and a short subject.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_BASE64_BUFFER_TOO_SMALL`, and as [`write_der`](Self::write_der).
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::csr::CsrBuilder;
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let mut buffer = [0; 768];
    /// let pem = CsrBuilder::new(&key, &"CN=device-0001".parse()?).write_pem(&mut buffer)?;
    /// assert!(pem.ends_with("-----END CERTIFICATE REQUEST-----\n"));
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(mbedtls = "PEM_WRITE_C")]
    pub fn write_pem<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str> {
        let len = self.write(Form::Pem, buffer)?;
        crate::x509::text(&buffer[..len])
    }

    /// Signs the request: as DER.
    ///
    /// # Errors
    /// As [`write_der`](Self::write_der), but for the room.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::csr::CsrBuilder;
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// assert_eq!(CsrBuilder::new(&key, &"CN=device-0001".parse()?).der()?[0], 0x30);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(feature = "alloc")]
    pub fn der(&self) -> Result<Vec<u8>> {
        crate::x509::with_room(|buffer| self.write(Form::Der, buffer))
    }

    /// Signs the request: as PEM.
    ///
    /// # Errors
    /// As [`write_der`](Self::write_der), but for the room.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::csr::CsrBuilder;
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// assert!(CsrBuilder::new(&key, &"CN=device-0001".parse()?).pem()?.ends_with('\n'));
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(all(feature = "alloc", mbedtls = "PEM_WRITE_C"))]
    pub fn pem(&self) -> Result<String> {
        let pem = crate::x509::with_room(|buffer| self.write(Form::Pem, buffer))?;
        crate::x509::text(&pem).map(Into::into)
    }

    fn write(&self, form: Form, buffer: &mut [u8]) -> Result<usize> {
        let request = Request {
            key: &self.key.context,
            subject: Names::new(self.subject.attributes())?,
            md: self.md,
            key_usage: self.key_usage,
            alt_names: self.alt_names,
        };
        request.write(form, buffer)
    }
}
