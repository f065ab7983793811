//! Certificate signing requests (PKCS#10, RFC 2986).

mod extensions;
mod subject;

pub use extensions::{AltName, ExtendedKeyUsage, KeyUsage};
pub use subject::{Subject, SubjectError, SubjectErrorKind};

use crate::{
    Algorithm, Attributes, Curve, Error, Hash, Key, Result, Sign, Usage,
    format::{
        pem, write,
        writer::{DerWriter, context},
    },
};
use der::{Encode, Tag, asn1::UintRef};
use extensions::Extensions;

/// `extensionRequest` (RFC 2985), `ecdsa-with-SHA2` (RFC 5758) and `pkcs-1` (RFC 4055) without their last number.
const EXTENSION_REQUEST: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 14];
const ECDSA_WITH_SHA2: [u8; 7] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3];
const PKCS1: [u8; 8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1];

/// `r || s` of the largest curve.
const ECDSA_MAX: usize = 132;

/// A certificate signing request in the making; [`Key::csr`] begins one.
///
/// The key signs with the algorithm that its policy permits; where the policy leaves the hash open, it is SHA-256, or
/// SHA-384 and SHA-512 on curves of that size. [`Usage::SIGN`] is enough: nothing is exported but the public key.
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

    /// Signs the request and writes it as DER to the start of `buffer`.
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
        Ok(&buffer[..len])
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
        core::str::from_utf8(&buffer[..len]).map_err(|_| Error::Pem)
    }

    fn write(&self, buffer: &mut [u8]) -> Result<usize> {
        let attributes = self.key.attributes()?;
        let (algorithm, hash) = signature_algorithm(&attributes)?;
        let mut writer = DerWriter::new(buffer);
        self.write_info(&attributes, &mut writer)?;
        let info = writer.len();
        write_signature_algorithm(algorithm, hash, &mut writer)?;

        let bit_string = writer.len();
        writer.bytes(&[0])?;
        let signature = writer.len();
        let by_hash = attributes.permitted_usage().contains(Usage::SIGN_HASH);
        writer.fill_from(|written, room| {
            let message = &written[..info];
            let signature = if by_hash {
                let mut digest = [0; tfm_sys::PSA_HASH_MAX_SIZE];
                self.key
                    .sign_hash_into(algorithm, hash.compute(message, &mut digest)?, room)?
            } else {
                self.key.sign_message_into(algorithm, message, room)?
            };
            Ok(signature.len())
        })?;
        if is_ecdsa(algorithm) {
            ecdsa_to_der(signature, &mut writer)?;
        }
        writer.wrap(Tag::BitString, bit_string)?;
        writer.wrap(Tag::Sequence, 0)?;
        Ok(writer.len())
    }

    /// `CertificationRequestInfo`.
    fn write_info(&self, attributes: &Attributes, writer: &mut DerWriter<'_>) -> Result<()> {
        let start = writer.len();
        writer.element(Tag::Integer, &[0])?;
        self.subject.write(writer)?;
        write::public_key(self.key, attributes, writer)?;
        let requested = writer.len();
        if !self.extensions.is_empty() {
            writer.element(Tag::ObjectIdentifier, &EXTENSION_REQUEST)?;
            let values = writer.len();
            self.extensions.write(writer)?;
            writer.wrap(Tag::Set, values)?;
            writer.wrap(Tag::Sequence, requested)?;
        }
        writer.wrap(context(0), requested)?;
        writer.wrap(Tag::Sequence, start)
    }
}

/// The algorithm that the policy permits, with a hash where it leaves that open.
fn signature_algorithm(attributes: &Attributes) -> Result<(Sign, Hash)> {
    let default = match attributes.curve().map(Curve::bits) {
        Some(384) => Hash::Sha384,
        Some(512..) => Hash::Sha512,
        _ => Hash::Sha256,
    };
    let algorithm = match attributes.permitted_algorithm() {
        Algorithm::Sign(sign) => sign,
        Algorithm::SignAnyHash(sign) => sign.with(default),
        _ => return Err(Error::NotPermitted),
    };
    Ok((algorithm, algorithm.hash().unwrap_or(default)))
}

fn is_ecdsa(algorithm: Sign) -> bool {
    matches!(
        algorithm,
        Sign::Ecdsa(_) | Sign::DeterministicEcdsa(_) | Sign::EcdsaAny
    )
}

fn write_signature_algorithm(
    algorithm: Sign,
    hash: Hash,
    writer: &mut DerWriter<'_>,
) -> Result<()> {
    let (ecdsa, rsa) = match hash {
        Hash::Sha224 => (1, 14),
        Hash::Sha256 => (2, 11),
        Hash::Sha384 => (3, 12),
        Hash::Sha512 => (4, 13),
        _ => return Err(Error::UnsupportedKey),
    };
    let start = writer.len();
    match algorithm {
        Sign::RsaPkcs1v15(_) => {
            writer.bytes(&PKCS1)?;
            writer.bytes(&[rsa])?;
            writer.wrap(Tag::ObjectIdentifier, start)?;
            writer.element(Tag::Null, &[])?;
        }
        _ if is_ecdsa(algorithm) => {
            writer.bytes(&ECDSA_WITH_SHA2)?;
            writer.bytes(&[ecdsa])?;
            writer.wrap(Tag::ObjectIdentifier, start)?;
        }
        _ => return Err(Error::UnsupportedKey),
    }
    writer.wrap(Tag::Sequence, start)
}

/// Replaces `r || s` at the end by `Ecdsa-Sig-Value` (RFC 3279).
fn ecdsa_to_der(start: usize, writer: &mut DerWriter<'_>) -> Result<()> {
    let mut raw = [0; ECDSA_MAX];
    let signature = &writer.as_bytes()[start..];
    let raw = raw
        .get_mut(..signature.len())
        .ok_or(Error::UnsupportedKey)?;
    raw.copy_from_slice(signature);
    writer.truncate(start);
    let (r, s) = raw.split_at(raw.len() / 2);
    UintRef::new(r)?.encode(writer)?;
    UintRef::new(s)?.encode(writer)?;
    writer.wrap(Tag::Sequence, start)
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
