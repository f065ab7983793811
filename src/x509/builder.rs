//! Making certificates.
#[cfg(feature = "alloc")]
use alloc::{string::String, vec::Vec};

use crate::error::{Error, Result};
use crate::ffi;
use crate::ffi::x509::Names;
use crate::ffi::x509::write::{Form, Statement};
use crate::md::Md;
use crate::pk::Pk;
use crate::sys;
#[cfg(mbedtls = "X509_CRT_PARSE_C")]
use crate::x509::Certificate;
#[cfg(mbedtls = "X509_CSR_PARSE_C")]
use crate::x509::csr::Csr;
use crate::x509::{AltName, KeyUsage, Name, Time};

/// A purpose of a certificate's key (RFC 5280, section 4.2.1.12).
///
/// ```
/// let purposes = [mbedtls_psa::x509::Purpose::ClientAuth];
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// A TLS server.
    ServerAuth,
    /// A TLS client.
    ClientAuth,
    /// Signed code.
    CodeSigning,
    /// Mail.
    EmailProtection,
    /// Time stamps.
    TimeStamping,
    /// Answers about revocation.
    OcspSigning,
}

impl Purpose {
    const fn oid(self) -> &'static [u8] {
        match self {
            Self::ServerAuth => sys::MBEDTLS_OID_SERVER_AUTH,
            Self::ClientAuth => sys::MBEDTLS_OID_CLIENT_AUTH,
            Self::CodeSigning => sys::MBEDTLS_OID_CODE_SIGNING,
            Self::EmailProtection => sys::MBEDTLS_OID_EMAIL_PROTECTION,
            Self::TimeStamping => sys::MBEDTLS_OID_TIME_STAMPING,
            Self::OcspSigning => sys::MBEDTLS_OID_OCSP_SIGNING,
        }
        .to_bytes()
    }
}

/// The key that a certificate is for.
#[derive(Debug)]
#[allow(clippy::large_enum_variant)] // there may be no allocator
enum Subject<'a> {
    Named(&'a Pk<'a>, Name),
    #[cfg(mbedtls = "X509_CSR_PARSE_C")]
    Request(Pk<'static>, &'a Csr),
}

/// Makes a certificate (`mbedtls_x509write_cert`), version 3, signed with SHA-256 unless told otherwise.
///
/// With SHA-1 in the configuration it gets the identifiers of both keys. The serial number is random, 16 bytes.
///
/// ```
/// use mbedtls_psa::pk::{Curve, KeyType, Pk};
/// use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
/// use mbedtls_psa::x509::{Certificate, CertificateBuilder, KeyUsage, Purpose, Time};
///
/// let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
/// let ca_key = Pk::generate(KeyType::Ec(Curve::P256))?;
/// let ca_der = CertificateBuilder::self_signed(&ca_key, &"CN=Example CA".parse()?, from, to)
///     .authority(Some(0))
///     .key_usage(KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN)
///     .der()?;
/// let ca = Certificate::parse(&ca_der)?;
///
/// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
/// let csr = Csr::parse(&CsrBuilder::new(&key, &"O=Example,CN=device-0001".parse()?).der()?)?;
/// let der = CertificateBuilder::for_request(&ca, &ca_key, &csr, from, to)?
///     .purposes(&[Purpose::ClientAuth])
///     .der()?;
///
/// let certificate = Certificate::parse(&der)?;
/// certificate.verify(&ca, None)?;
/// certificate.check_key(&key)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use]
pub struct CertificateBuilder<'a> {
    subject: Subject<'a>,
    issuer_key: &'a Pk<'a>,
    #[cfg(mbedtls = "X509_CRT_PARSE_C")]
    issuer: Option<&'a Certificate>,
    from: Time,
    to: Time,
    md: Md,
    serial: Option<&'a [u8]>,
    authority: Option<i8>,
    key_usage: Option<KeyUsage>,
    purposes: &'a [Purpose],
    alt_names: &'a [AltName<'a>],
}

impl<'a> CertificateBuilder<'a> {
    fn new(subject: Subject<'a>, issuer_key: &'a Pk<'a>, from: Time, to: Time) -> Self {
        Self {
            subject,
            issuer_key,
            #[cfg(mbedtls = "X509_CRT_PARSE_C")]
            issuer: None,
            from,
            to,
            md: Md::Sha256,
            serial: None,
            authority: None,
            key_usage: None,
            purposes: &[],
            alt_names: &[],
        }
    }

    /// A certificate that its own key signs.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::{CertificateBuilder, Time};
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// let pem = CertificateBuilder::self_signed(&key, &"CN=Example CA".parse()?, from, to).authority(None).pem()?;
    /// assert!(pem.starts_with("-----BEGIN CERTIFICATE-----\n"));
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn self_signed(key: &'a Pk<'a>, name: &Name, from: Time, to: Time) -> Self {
        Self::new(Subject::Named(key, name.clone()), key, from, to)
    }

    /// A certificate for a key, which need not be private, issued by an authority.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_X509_BAD_INPUT_DATA` if `ca` is not the certificate of an authority; the errors of [`Pk::check_pair`] if
    /// `ca_key` is not its key.
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    ///
    /// let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// let ca_key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let ca = CertificateBuilder::self_signed(&ca_key, &"CN=Example CA".parse()?, from, to).authority(None).der()?;
    /// let ca = Certificate::parse(&ca)?;
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let name = "CN=device-0001".parse()?;
    /// let builder = CertificateBuilder::issued_by(&ca, &ca_key, &key, &name, from, to)?;
    /// assert!(CertificateBuilder::issued_by(&ca, &key, &key, &name, from, to).is_err());
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(mbedtls = "X509_CRT_PARSE_C")]
    pub fn issued_by(
        ca: &'a Certificate,
        ca_key: &'a Pk<'a>,
        key: &'a Pk<'a>,
        subject: &Name,
        from: Time,
        to: Time,
    ) -> Result<Self> {
        Self::below(ca, ca_key, Subject::Named(key, subject.clone()), from, to)
    }

    /// A certificate for the key and the subject of a request, issued by an authority. What else the request asks for is
    /// for the authority to decide and not taken over.
    ///
    /// # Errors
    /// As [`issued_by`](Self::issued_by), and those of [`Csr::verify`].
    ///
    /// ```
    /// use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
    /// use mbedtls_psa::x509::{Certificate, CertificateBuilder, Time};
    ///
    /// let (from, to) = (Time::new(2025, 1, 1, 0, 0, 0)?, Time::new(2049, 12, 31, 0, 0, 0)?);
    /// let ca_key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let ca = CertificateBuilder::self_signed(&ca_key, &"CN=Example CA".parse()?, from, to).authority(None).der()?;
    /// let ca = Certificate::parse(&ca)?;
    ///
    /// let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// let csr = Csr::parse(&CsrBuilder::new(&key, &"CN=device-0001".parse()?).der()?)?;
    /// let der = CertificateBuilder::for_request(&ca, &ca_key, &csr, from, to)?.der()?;
    /// assert_eq!(Certificate::parse(&der)?.subject().to_string(), "CN=device-0001");
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(all(mbedtls = "X509_CRT_PARSE_C", mbedtls = "X509_CSR_PARSE_C"))]
    pub fn for_request(
        ca: &'a Certificate,
        ca_key: &'a Pk<'a>,
        csr: &'a Csr,
        from: Time,
        to: Time,
    ) -> Result<Self> {
        csr.verify()?;
        Self::below(
            ca,
            ca_key,
            Subject::Request(csr.public_key()?, csr),
            from,
            to,
        )
    }

    #[cfg(mbedtls = "X509_CRT_PARSE_C")]
    fn below(
        ca: &'a Certificate,
        ca_key: &'a Pk<'a>,
        subject: Subject<'a>,
        from: Time,
        to: Time,
    ) -> Result<Self> {
        if !ca.is_authority() {
            return Err(Error::from_code(sys::MBEDTLS_ERR_X509_BAD_INPUT_DATA));
        }
        ca.check_key(ca_key)?;
        Ok(Self {
            issuer: Some(ca),
            ..Self::new(subject, ca_key, from, to)
        })
    }

    /// Signs with another hash.
    ///
    /// ```
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{CertificateBuilder, Time};
    /// use mbedtls_psa::md::Md;
    ///
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (name, from) = ("CN=Example CA".parse()?, Time::new(2025, 1, 1, 0, 0, 0)?);
    /// let builder = CertificateBuilder::self_signed(&key, &name, from, from).md(Md::Sha384);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn md(mut self, md: Md) -> Self {
        self.md = md;
        self
    }

    /// Sets the serial number, 1 to 20 bytes, most significant first.
    ///
    /// ```
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (name, from) = ("CN=Example CA".parse()?, Time::new(2025, 1, 1, 0, 0, 0)?);
    /// let builder = CertificateBuilder::self_signed(&key, &name, from, from).serial(&[0x10, 0x01]);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn serial(mut self, serial: &'a [u8]) -> Self {
        self.serial = Some(serial);
        self
    }

    /// Makes it the certificate of an authority, with at most so many authorities below it, up to 127.
    ///
    /// ```
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (name, from) = ("CN=Example CA".parse()?, Time::new(2025, 1, 1, 0, 0, 0)?);
    /// let builder = CertificateBuilder::self_signed(&key, &name, from, from).authority(Some(0));
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn authority(mut self, path_length: Option<u8>) -> Self {
        let length = path_length.map_or(-1, |length| i8::try_from(length).unwrap_or(i8::MAX));
        self.authority = Some(length);
        self
    }

    /// Limits the use of the key.
    ///
    /// ```
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{CertificateBuilder, Time};
    /// use mbedtls_psa::x509::KeyUsage;
    ///
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (name, from) = ("CN=Example CA".parse()?, Time::new(2025, 1, 1, 0, 0, 0)?);
    /// let builder = CertificateBuilder::self_signed(&key, &name, from, from).key_usage(KeyUsage::KEY_CERT_SIGN);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn key_usage(mut self, usage: KeyUsage) -> Self {
        self.key_usage = Some(usage);
        self
    }

    /// Limits the purposes of the key, at most 8 of them.
    ///
    /// ```
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{CertificateBuilder, Time};
    /// use mbedtls_psa::x509::Purpose;
    ///
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (name, from) = ("CN=device".parse()?, Time::new(2025, 1, 1, 0, 0, 0)?);
    /// let builder = CertificateBuilder::self_signed(&key, &name, from, from).purposes(&[Purpose::ClientAuth]);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn purposes(mut self, purposes: &'a [Purpose]) -> Self {
        self.purposes = purposes;
        self
    }

    /// Gives it alternative names, at most 16.
    ///
    /// ```
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{CertificateBuilder, Time};
    /// use mbedtls_psa::x509::AltName;
    ///
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (name, from) = ("CN=localhost".parse()?, Time::new(2025, 1, 1, 0, 0, 0)?);
    /// let builder = CertificateBuilder::self_signed(&key, &name, from, from).alt_names(&[AltName::Dns("localhost")]);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn alt_names(mut self, names: &'a [AltName<'a>]) -> Self {
        self.alt_names = names;
        self
    }

    /// Signs the certificate and writes it as DER into a buffer of the caller: 1024 bytes for P-256 keys and short names.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_ASN1_BUF_TOO_SMALL`; `MBEDTLS_ERR_X509_BAD_INPUT_DATA` for a serial number, a purpose or a name that
    /// cannot be; the errors of [`Pk::sign`].
    ///
    /// ```
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (name, from) = ("CN=Example CA".parse()?, Time::new(2025, 1, 1, 0, 0, 0)?);
    /// let mut buffer = [0; 1024];
    /// let der = CertificateBuilder::self_signed(&key, &name, from, from).write_der(&mut buffer)?;
    /// assert_eq!(der[0], 0x30);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    pub fn write_der<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8]> {
        let len = self.write(Form::Der, buffer)?;
        Ok(&buffer[..len])
    }

    /// Signs the certificate and writes it as PEM into a buffer of the caller: 1536 bytes for P-256 keys and short names.
    ///
    /// # Errors
    /// `MBEDTLS_ERR_BASE64_BUFFER_TOO_SMALL`, and as [`write_der`](Self::write_der).
    ///
    /// ```
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (name, from) = ("CN=Example CA".parse()?, Time::new(2025, 1, 1, 0, 0, 0)?);
    /// let mut buffer = [0; 1536];
    /// let pem = CertificateBuilder::self_signed(&key, &name, from, from).write_pem(&mut buffer)?;
    /// assert!(pem.ends_with("-----END CERTIFICATE-----\n"));
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(mbedtls = "PEM_WRITE_C")]
    pub fn write_pem<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str> {
        let len = self.write(Form::Pem, buffer)?;
        crate::x509::text(&buffer[..len])
    }

    /// Signs the certificate: as DER.
    ///
    /// # Errors
    /// As [`write_der`](Self::write_der), but for the room.
    ///
    /// ```
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (name, from) = ("CN=Example CA".parse()?, Time::new(2025, 1, 1, 0, 0, 0)?);
    /// assert_eq!(CertificateBuilder::self_signed(&key, &name, from, from).der()?[0], 0x30);
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(feature = "alloc")]
    pub fn der(&self) -> Result<Vec<u8>> {
        crate::x509::with_room(|buffer| self.write(Form::Der, buffer))
    }

    /// Signs the certificate: as PEM.
    ///
    /// # Errors
    /// As [`write_der`](Self::write_der), but for the room.
    ///
    /// ```
    /// # use mbedtls_psa::pk::{Curve, KeyType, Pk};
    /// # use mbedtls_psa::x509::{CertificateBuilder, Time};
    /// # let key = Pk::generate(KeyType::Ec(Curve::P256))?;
    /// # let (name, from) = ("CN=Example CA".parse()?, Time::new(2025, 1, 1, 0, 0, 0)?);
    /// assert!(CertificateBuilder::self_signed(&key, &name, from, from).pem()?.ends_with('\n'));
    /// # Ok::<(), mbedtls_psa::Error>(())
    /// ```
    #[cfg(all(feature = "alloc", mbedtls = "PEM_WRITE_C"))]
    pub fn pem(&self) -> Result<String> {
        let pem = crate::x509::with_room(|buffer| self.write(Form::Pem, buffer))?;
        crate::x509::text(&pem).map(Into::into)
    }

    fn write(&self, form: Form, buffer: &mut [u8]) -> Result<usize> {
        let bad_input = Error::from_code(sys::MBEDTLS_ERR_X509_BAD_INPUT_DATA);
        let mut random = [0; 16];
        let serial = match self.serial {
            Some(serial) if serial.iter().any(|&byte| byte != 0) => serial,
            Some(_) => return Err(bad_input),
            None => {
                ffi::fill_random(&mut random)?;
                // Positive, and never with a zero in front, which DER forbids.
                random[0] = random[0] & 0x7F | 0x40;
                &random
            }
        };
        let mut purposes = [&[][..]; 8];
        for (index, purpose) in self.purposes.iter().enumerate() {
            *purposes.get_mut(index).ok_or(bad_input)? = purpose.oid();
        }
        let (key, subject) = self.subject()?;
        Statement {
            key: &key.context,
            subject,
            issuer_key: &self.issuer_key.context,
            issuer: self.issuer()?,
            md: self.md,
            serial,
            validity: [self.from.digits(), self.to.digits()],
            authority: self.authority,
            key_usage: self.key_usage,
            purposes: &purposes[..self.purposes.len()],
            alt_names: self.alt_names,
        }
        .write(form, buffer)
    }

    fn subject(&self) -> Result<(&Pk<'_>, Names<'_>)> {
        match &self.subject {
            Subject::Named(key, name) => Ok((key, Names::new(name.attributes())?)),
            #[cfg(mbedtls = "X509_CSR_PARSE_C")]
            Subject::Request(key, csr) => Ok((key, Names::new(csr.csr.subject())?)),
        }
    }

    fn issuer(&self) -> Result<Names<'_>> {
        #[cfg(mbedtls = "X509_CRT_PARSE_C")]
        if let Some(issuer) = self.issuer {
            return Names::new(issuer.crt.subject());
        }
        self.subject().map(|(_, name)| name)
    }
}
