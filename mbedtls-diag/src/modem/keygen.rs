//! The answer to `AT%KEYGEN`.

use der::asn1::{AnyRef, BitStringRef};
use der::{Decode, Encode, ErrorKind, Reader, SliceReader};
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{DerSignature, VerifyingKey};
use pem_rfc7468::LineEnding;
use sha2::{Digest, Sha256};
use spki::{AlgorithmIdentifierRef, ObjectIdentifier, SubjectPublicKeyInfoRef};
use x509_cert::request::CertReqInfo;

use super::attestation::Attestation;
use super::text::{Repair, parts};

/// ecdsa-with-SHA256 (RFC 5758, section 3.2).
const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const CURVE_P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");

/// The outcome of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Check {
    /// It holds.
    Holds,
    /// It does not hold: the answer was changed on its way, or belongs to something else.
    Fails,
    /// It could not be made.
    NotMade,
}

/// The first part of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// A certificate request (PKCS #10, RFC 2986): response content 0.
    Request {
        /// Its DER, as strict parsers want it.
        der: Vec<u8>,
        /// The subject, as RFC 4514 writes it.
        subject: String,
        /// True when NULL parameters were removed from the signature's algorithm (RFC 5758, section 3.2).
        normalized: bool,
        /// Whether the request is signed by the key that it carries.
        signature: Check,
    },
    /// A public key alone: response content 1.
    PublicKey,
}

/// The answer to `AT%KEYGEN`, decoded.
///
/// ```
/// use mbedtls_diag::modem::{Answer, Content};
///
/// # let text = include_str!("../../tests/data/keygen_csr.txt");
/// let answer = Answer::read(text)?; // %KEYGEN: "MIIBCjCBrwIBADAv...
/// assert!(answer.pem().starts_with("-----BEGIN CERTIFICATE REQUEST-----\n"));
/// let attestation = answer.attestation.as_ref().unwrap();
/// assert_eq!(attestation.uuid.to_string(), "50363154-3931-44f0-8022-121b6401627d");
/// assert_eq!(attestation.sec_tag, 17);
/// # Ok::<(), mbedtls_diag::modem::KeygenError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// What the modem sent.
    pub content: Content,
    /// The public key, as a DER `SubjectPublicKeyInfo`.
    pub public_key: Vec<u8>,
    /// SHA-256 of the first part, as it was given.
    pub digest: [u8; 32],
    /// What the modem states about the key.
    pub attestation: Option<Attestation>,
    /// Whether the statement is about this very answer: its digest is that of the first part.
    pub attested: Check,
    /// What had to be put right in the text.
    pub repairs: Vec<Repair>,
}

/// Why a text is no answer to `AT%KEYGEN`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeygenError {
    /// There is no text.
    #[error("there is nothing to read: paste the whole line that begins with `%KEYGEN:`")]
    Empty,
    /// Longer than any answer.
    #[error(
        "this is far longer than any answer of a modem: paste only the line that begins with `%KEYGEN:`"
    )]
    TooLong,
    /// The modem ended the command without an answer.
    #[error(
        "the modem's answer itself is not there, only its end: some terminals and AT hosts drop long lines, \
         so raise the size of their receive buffer and ask again (delete the key first: AT%CMNG=3,<sec_tag>,2)"
    )]
    NoAnswer,
    /// The modem refused the command.
    #[error("the modem refused: +CME ERROR: {0}{hint}", hint = cme_hint(*.0))]
    Refused(u16),
    /// A character that base64url does not have.
    #[error(
        "{0:?} is no character of base64url: paste only what stands between the quotation marks"
    )]
    Character(char),
    /// More dots than one.
    #[error(
        "an answer has two parts with a dot between them, this has more: is it several answers, or a JWT?"
    )]
    TooManyParts,
    /// The end is missing.
    #[error(
        "the answer is cut off: some of its characters are missing; copy the whole line, to the closing quotation mark"
    )]
    CutOff,
    /// PEM instead of the modem's own form.
    #[error("this is PEM already; `modem keygen` reads the line `%KEYGEN: \"...\"` of the modem")]
    Pem,
    /// CBOR in the first part.
    #[error(
        "the first part is CBOR, not a certificate request or a key: this looks like an answer to AT%ATTESTTOKEN"
    )]
    AttestationToken,
    /// The first part is neither a certificate request nor a public key.
    #[error("the first part is neither a certificate request nor a public key: {0}")]
    Der(String),
    /// The second part cannot be read.
    #[error("the part after the dot cannot be read as a modem's statement: {0}")]
    Cose(String),
}

/// What the modem means, where the code is one that `AT%KEYGEN` is known to answer.
fn cme_hint(code: u16) -> &'static str {
    match code {
        514 => " (not allowed)",
        515 => " (its memory is full: delete credentials that are no longer used)",
        518 => " (not allowed while active: send AT+CFUN=4 first)",
        519 => {
            " (the sec_tag holds a key already: delete it with AT%CMNG=3,<sec_tag>,2 or take another)"
        }
        523 => " (the key could not be generated)",
        528 => " (not allowed while the power-off warning is active)",
        _ => "",
    }
}

impl Answer {
    /// Reads an answer from whatever surrounds it: the echo of the command, the final `OK`, quotation marks, line
    /// breaks.
    pub fn read(text: &str) -> Result<Self, KeygenError> {
        let parts = parts(text)?;
        let (content, public_key) = read_body(&parts.body)?;
        let digest: [u8; 32] = Sha256::digest(&parts.body).into();
        let attestation = parts.cose.as_deref().map(Attestation::read).transpose()?;
        let mut repairs = parts.repairs;
        let attested = match &attestation {
            Some(statement) if statement.digest == digest => Check::Holds,
            Some(statement) if Some(statement.digest) == modems_own_digest(&parts.body) => {
                repairs.push(Repair::NormalizedBefore);
                Check::Holds
            }
            Some(_) => Check::Fails,
            None => Check::NotMade,
        };
        Ok(Self {
            content,
            public_key,
            digest,
            attestation,
            attested,
            repairs,
        })
    }

    /// The certificate request as PEM, or the public key where the modem sent only that.
    pub fn pem(&self) -> String {
        match &self.content {
            Content::Request { der, .. } => encode_pem("CERTIFICATE REQUEST", der),
            Content::PublicKey => self.public_key_pem(),
        }
    }

    /// The public key as PEM.
    pub fn public_key_pem(&self) -> String {
        encode_pem("PUBLIC KEY", &self.public_key)
    }

    /// True when no check failed.
    pub fn is_sound(&self) -> bool {
        let signature = match self.content {
            Content::Request { signature, .. } => signature,
            Content::PublicKey => Check::NotMade,
        };
        signature != Check::Fails && self.attested != Check::Fails
    }
}

fn encode_pem(label: &str, der: &[u8]) -> String {
    pem_rfc7468::encode_string(label, LineEnding::LF, der).expect("the label is a constant")
}

fn read_body(body: &[u8]) -> Result<(Content, Vec<u8>), KeygenError> {
    check_length(body)?;
    if let Ok(key) = SubjectPublicKeyInfoRef::from_der(body) {
        return Ok((Content::PublicKey, encoded(&key)?));
    }
    let request = Request::read(body).map_err(|error| KeygenError::Der(error.to_string()))?;
    let info =
        CertReqInfo::from_der(request.info).map_err(|error| KeygenError::Der(error.to_string()))?;
    let public_key = encoded(&info.public_key)?;
    let normalized = request.has_null_parameters();
    let content = Content::Request {
        der: if normalized {
            request.with_parameters(None)?
        } else {
            body.to_vec()
        },
        subject: info.subject.to_string(),
        normalized,
        signature: request.check(&public_key),
    };
    Ok((content, public_key))
}

/// The digest of a request before another tool removed the NULL parameters that the modem had written.
fn modems_own_digest(body: &[u8]) -> Option<[u8; 32]> {
    let request = Request::read(body).ok()?;
    let own = request
        .with_parameters(Some(AnyRef::from(der::asn1::Null)))
        .ok()?;
    Some(Sha256::digest(own).into())
}

fn encoded(value: &impl Encode) -> Result<Vec<u8>, KeygenError> {
    value
        .to_der()
        .map_err(|error| KeygenError::Der(error.to_string()))
}

/// Looks at the outer header only, because "incomplete" is what happens most and deserves its own answer.
fn check_length(body: &[u8]) -> Result<(), KeygenError> {
    if matches!(body.first(), Some(0x80..=0xdf)) {
        return Err(KeygenError::AttestationToken);
    }
    match SliceReader::new(body).and_then(|mut reader| AnyRef::decode(&mut reader)) {
        Err(error) if matches!(error.kind(), ErrorKind::Incomplete { .. }) => {
            Err(KeygenError::CutOff)
        }
        _ => Ok(()),
    }
}

/// The three parts of a request. The first is kept as it came, because the signature covers those bytes.
struct Request<'a> {
    info: &'a [u8],
    algorithm: AlgorithmIdentifierRef<'a>,
    signature: BitStringRef<'a>,
}

impl<'a> Request<'a> {
    fn read(der: &'a [u8]) -> der::Result<Self> {
        let mut outer = SliceReader::new(der)?;
        let request = outer.sequence(|inner| {
            Ok::<_, der::Error>(Self {
                info: inner.tlv_bytes()?,
                algorithm: inner.decode()?,
                signature: inner.decode()?,
            })
        })?;
        outer.finish()?;
        Ok(request)
    }

    fn has_null_parameters(&self) -> bool {
        self.algorithm.oid == ECDSA_WITH_SHA256
            && self.algorithm.parameters == Some(AnyRef::from(der::asn1::Null))
    }

    fn with_parameters(&self, parameters: Option<AnyRef<'_>>) -> Result<Vec<u8>, KeygenError> {
        let algorithm = encoded(&AlgorithmIdentifierRef {
            oid: self.algorithm.oid,
            parameters,
        })?;
        let contents = [self.info, &algorithm, &encoded(&self.signature)?].concat();
        let outer = AnyRef::new(der::Tag::Sequence, &contents)
            .map_err(|error| KeygenError::Der(error.to_string()))?;
        encoded(&outer)
    }

    /// Checks the request's signature with its own key: the proof that who asks has the private key.
    fn check(&self, public_key: &[u8]) -> Check {
        let Ok(key) = SubjectPublicKeyInfoRef::from_der(public_key) else {
            return Check::NotMade;
        };
        if self.algorithm.oid != ECDSA_WITH_SHA256
            || key.algorithm.parameters_oid() != Ok(CURVE_P256)
        {
            return Check::NotMade;
        }
        let verified = || {
            let point = key.subject_public_key.as_bytes()?;
            let key = VerifyingKey::from_sec1_bytes(point).ok()?;
            let signature = DerSignature::try_from(self.signature.as_bytes()?).ok()?;
            key.verify(self.info, &signature).ok()
        };
        if verified().is_some() {
            Check::Holds
        } else {
            Check::Fails
        }
    }
}
