//! Certificate signing requests (PKCS#10, RFC 2986).

mod extensions;
mod subject;

pub use extensions::{AltName, ExtendedKeyUsage, KeyUsage};
pub use subject::{Subject, SubjectError, SubjectErrorKind};

use crate::{
    Attributes, Error, Key, Result,
    format::{
        pem, write,
        writer::{DerWriter, rotate_left, tag},
    },
    key::Scheme,
};
use extensions::Extensions;

/// A certificate signing request in the making; [`Key::csr`] begins one.
///
/// The key signs with the algorithm that its policy permits; where the policy leaves the hash open, it is SHA-256, or
/// SHA-384 and SHA-512 on curves of that size. [`Usage::SIGN`](crate::Usage::SIGN) is enough: nothing is exported but the public key.
///
/// ```
/// use psa::{Algorithm, AltName, Attributes, Curve, ExtendedKeyUsage, Hash, Key, KeyUsage, Usage};
///
/// psa::init()?;
/// let key = Key::generate(
///     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
/// )?;
/// let mut buffer = [0; 1024];
/// let pem = key
///     .csr("CN=device-0001,O=Example")?
///     .alt_names(&[AltName::Dns("device-0001.example.org"), AltName::Ip([192, 0, 2, 1].into())])
///     .key_usage(KeyUsage::DIGITAL_SIGNATURE)
///     .extended_key_usage(&[ExtendedKeyUsage::ClientAuth])
///     .pem_into(&mut buffer)?;
/// assert!(pem.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"));
/// # Ok::<(), psa::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Csr<'a> {
    key: &'a Key,
    subject: Subject<'a>,
    extensions: Extensions<'a>,
}

impl<'a> Csr<'a> {
    pub(crate) fn new(key: &'a Key, subject: Subject<'a>) -> Self {
        Self {
            key,
            subject,
            extensions: Extensions::default(),
        }
    }

    /// Asks for these alternative names.
    #[must_use]
    pub const fn alt_names(mut self, names: &'a [AltName<'a>]) -> Self {
        self.extensions.alt_names = names;
        self.extensions = self.extensions.some();
        self
    }

    /// Asks for this key usage, critical.
    #[must_use]
    pub const fn key_usage(mut self, usage: KeyUsage) -> Self {
        self.extensions.key_usage = Some(usage);
        self.extensions = self.extensions.some();
        self
    }

    /// Asks for these purposes.
    #[must_use]
    pub const fn extended_key_usage(mut self, purposes: &'a [ExtendedKeyUsage]) -> Self {
        self.extensions.extended_key_usage = purposes;
        self.extensions = self.extensions.some();
        self
    }

    /// Asks for basic constraints, critical: a certificate authority or not one.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
    /// # psa::init()?;
    /// # let key = Key::generate(
    /// #     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// # )?;
    /// let pem = key.csr("CN=device-0001")?.certificate_authority(false).to_pem()?;
    /// # Ok::<(), psa::Error>(())
    /// ```
    #[must_use]
    pub const fn certificate_authority(mut self, authority: bool) -> Self {
        self.extensions.certificate_authority = Some(authority);
        self.extensions = self.extensions.some();
        self
    }

    /// Signs the request and writes it as DER to `buffer`; it stands at the end, and is the answer.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy permits no signature, [`Error::UnsupportedKey`] when requests know no
    /// name for the algorithm, [`Error::AlternativeName`], [`Error::BufferTooSmall`]: names, extensions, public key and
    /// signature need room, and 72 bytes more; with RSASSA-PSS 112.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
    /// # psa::init()?;
    /// # let key = Key::generate(
    /// #     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// # )?;
    /// let mut buffer = [0; 512];
    /// let der = key.csr("CN=device-0001")?.der_into(&mut buffer)?;
    /// assert_eq!(der[0], 0x30);
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn der_into<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8]> {
        let len = self.write(buffer)?;
        Ok(pem::tail(buffer, len))
    }

    /// Signs the request and writes it as PEM to the start of `buffer`.
    ///
    /// # Errors
    /// As for [`der_into`](Self::der_into); PEM needs a third more room, and 75 bytes.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
    /// # psa::init()?;
    /// # let key = Key::generate(
    /// #     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
    /// # )?;
    /// let mut buffer = [0; 1024];
    /// assert!(key.csr("CN=device-0001")?.pem_into(&mut buffer)?.ends_with("-----END CERTIFICATE REQUEST-----\n"));
    /// # Ok::<(), psa::Error>(())
    /// ```
    pub fn pem_into<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b str> {
        let len = self.write(buffer)?;
        let len = pem::encode_in_place(pem::CERTIFICATE_REQUEST, buffer, len)?;
        pem::as_text(buffer, len)
    }

    /// Writes the request to the end of the buffer and answers its length.
    ///
    /// The signature stands last but is made of what stands first: that is written in front of as much room as a signature
    /// may need, and moves behind it.
    // Not part of what calls it: that would have all of this on its stack for as long as it runs.
    #[inline(never)]
    fn write(&self, buffer: &mut [u8]) -> Result<usize> {
        let attributes = self.key.attributes()?;
        let scheme = Scheme::to_sign(&attributes)?;
        let (front, back) = buffer
            .len()
            .checked_sub(scheme.written_len(&attributes))
            .and_then(|front| buffer.split_at_mut_checked(front))
            .ok_or(Error::BufferTooSmall)?;
        let mut writer = DerWriter::new(front);
        self.write_info(&attributes, &mut writer)?;
        let info = writer.finish()?;
        let info_len = info.len();

        let room = back.len();
        let mut writer = DerWriter::new(back);
        scheme.write_signature(self.key, info, &mut writer)?;
        let signature_len = writer.finish()?.len();

        // In front of the signature stand what is left of its room, and in front of that the request's other part.
        let written = buffer.len().saturating_sub(signature_len);
        let start = buffer.len().saturating_sub(room + info_len);
        rotate_left(buffer.get_mut(start..written).unwrap_or_default(), info_len);
        let mut writer = DerWriter::resume(buffer, info_len + signature_len);
        writer.wrap(tag::SEQUENCE, 0);
        Ok(writer.finish()?.len())
    }

    /// `CertificationRequestInfo`.
    fn write_info(&self, attributes: &Attributes, writer: &mut DerWriter<'_>) -> Result<()> {
        let mark = writer.len();
        self.extensions.write(writer)?;
        writer.wrap(tag::context_constructed(0), mark);
        write::public_key(self.key, attributes, writer)?;
        self.subject.write(writer)?;
        writer.element(tag::INTEGER, &[0]);
        writer.wrap(tag::SEQUENCE, mark);
        Ok(())
    }
}

#[cfg(feature = "alloc")]
mod owned {
    use super::Csr;
    use crate::{Error, Result};
    use alloc::{string::String, vec, vec::Vec};

    /// No request is longer: more room is not the cure.
    const LONGEST: usize = 1 << 24;

    /// What is written into a buffer that grows until it is large enough.
    fn grown<T>(write: impl Fn(&mut [u8]) -> Result<T>) -> Result<T> {
        let mut len = 1024;
        loop {
            match write(&mut vec![0; len]) {
                Err(Error::BufferTooSmall) if len < LONGEST => len *= 2,
                answer => return answer,
            }
        }
    }

    impl Csr<'_> {
        /// Signs the request: PEM.
        ///
        /// # Errors
        /// As for [`der_into`](Self::der_into).
        ///
        /// ```
        /// # use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
        /// # psa::init()?;
        /// # let key = Key::generate(
        /// #     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
        /// # )?;
        /// assert!(key.csr("CN=device-0001")?.to_pem()?.starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"));
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn to_pem(&self) -> Result<String> {
            grown(|buffer| Ok(self.pem_into(buffer)?.into()))
        }

        /// Signs the request: DER.
        ///
        /// # Errors
        /// As for [`der_into`](Self::der_into).
        ///
        /// ```
        /// # use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
        /// # psa::init()?;
        /// # let key = Key::generate(
        /// #     Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256)),
        /// # )?;
        /// assert_eq!(key.csr("CN=device-0001")?.to_der()?[0], 0x30);
        /// # Ok::<(), psa::Error>(())
        /// ```
        pub fn to_der(&self) -> Result<Vec<u8>> {
            grown(|buffer| Ok(self.der_into(buffer)?.into()))
        }
    }
}
