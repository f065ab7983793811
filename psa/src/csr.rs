//! Certificate signing requests (PKCS#10, RFC 2986).

mod extensions;
mod subject;

pub use extensions::{AltName, ExtendedKeyUsage, KeyUsage};
pub use subject::{Subject, SubjectError, SubjectErrorKind};

use crate::{
    Attributes, Error, Key, Result,
    format::{
        pem, signature, write,
        writer::{DerWriter, rotate_left, tag},
    },
    key::Scheme,
};
use extensions::Extensions;

/// `extensionRequest` (RFC 2985).
const EXTENSION_REQUEST: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 14];

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
        self
    }

    /// Asks for this key usage, critical.
    #[must_use]
    pub const fn key_usage(mut self, usage: KeyUsage) -> Self {
        self.extensions.key_usage = Some(usage);
        self
    }

    /// Asks for these purposes.
    #[must_use]
    pub const fn extended_key_usage(mut self, purposes: &'a [ExtendedKeyUsage]) -> Self {
        self.extensions.extended_key_usage = purposes;
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
        self
    }

    /// Signs the request and writes it as DER to `buffer`; it stands at the end, and is the answer.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy permits no signature, [`Error::UnsupportedKey`] when requests know no
    /// name for the algorithm, [`Error::AlternativeName`], [`Error::BufferTooSmall`]: the names, the public key and the
    /// signature need room, and 64 bytes more.
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
    /// The signature stands last but is made of what stands first. Where there is room for both and the raw signature, what
    /// comes last is written in front, and the two change places; else the front is written a second time, the same.
    fn write(&self, buffer: &mut [u8]) -> Result<usize> {
        let attributes = self.key.attributes()?;
        let scheme = Scheme::to_sign(&attributes)?;
        let mut writer = DerWriter::new(buffer);
        self.write_info(&attributes, &mut writer)?;
        let (room, info) = writer.finish_beside_room()?;
        let info_len = info.len();
        let signature_len = scheme.sign_into(self.key, info, room)?.len();

        let (bytes, rest) = buffer
            .split_at_mut_checked(signature_len)
            .ok_or(Error::CorruptionDetected)?;
        let room = rest.len().checked_sub(info_len);
        let room = room.and_then(|room| rest.get_mut(..room));
        let mut writer = DerWriter::new(room.unwrap_or_default());
        write_signature(&scheme, bytes, &mut writer)?;
        let written = if let Ok(written) = writer.finish() {
            let written = written.len();
            swap_places(buffer, info_len + written, written);
            info_len + written
        } else {
            let mut writer = DerWriter::new(rest);
            write_signature(&scheme, bytes, &mut writer)?;
            let written = writer.finish()?.len();
            let mut writer = DerWriter::resume(buffer, written);
            self.write_info(&attributes, &mut writer)?;
            writer.finish()?.len()
        };
        let mut writer = DerWriter::resume(buffer, written);
        writer.wrap(tag::SEQUENCE, 0);
        Ok(writer.finish()?.len())
    }

    /// `CertificationRequestInfo`.
    fn write_info(&self, attributes: &Attributes, writer: &mut DerWriter<'_>) -> Result<()> {
        let mark = writer.len();
        if !self.extensions.is_empty() {
            self.extensions.write(writer)?;
            writer.wrap(tag::SET, mark);
            writer.element(tag::OBJECT_IDENTIFIER, &EXTENSION_REQUEST);
            writer.wrap(tag::SEQUENCE, mark);
        }
        writer.wrap(tag::context_constructed(0), mark);
        write::public_key(self.key, attributes, writer)?;
        self.subject.write(writer)?;
        writer.element(tag::INTEGER, &[0]);
        writer.wrap(tag::SEQUENCE, mark);
        Ok(())
    }
}

/// What follows `CertificationRequestInfo`.
fn write_signature(scheme: &Scheme, raw: &[u8], writer: &mut DerWriter<'_>) -> Result<()> {
    signature::write(scheme.algorithm, raw, writer);
    // No unused bits.
    writer.byte(0);
    writer.wrap(tag::BIT_STRING, 0);
    signature::write_algorithm(scheme.algorithm, scheme.hash, writer)
}

/// In the last `len` bytes, moves the first `middle` behind the others.
fn swap_places(buffer: &mut [u8], len: usize, middle: usize) {
    let start = buffer.len().saturating_sub(len);
    rotate_left(buffer.get_mut(start..).unwrap_or_default(), middle);
}

#[cfg(feature = "alloc")]
mod owned {
    use super::Csr;
    use crate::{Error, Result};
    use alloc::{string::String, vec, vec::Vec};

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
            let mut buffer = vec![0; 1024];
            loop {
                match self.pem_into(&mut buffer) {
                    Err(Error::BufferTooSmall) => buffer.resize(buffer.len() * 2, 0),
                    pem => return Ok(pem?.into()),
                }
            }
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
            let mut buffer = vec![0; 1024];
            loop {
                match self.der_into(&mut buffer) {
                    Err(Error::BufferTooSmall) => buffer.resize(buffer.len() * 2, 0),
                    der => return Ok(der?.into()),
                }
            }
        }
    }
}
