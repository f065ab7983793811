//! The command that stores a credential in the modem.

use std::fmt::{self, Write as _};

use base64ct::{Base64, Encoding};
use der::asn1::AnyRef;
use der::{Decode, Reader, SliceReader};
use x509_cert::Certificate;
use x509_cert::ext::pkix::BasicConstraints;
use zeroize::Zeroizing;

/// The highest `sec_tag` that belongs to the user; the modem keeps those above for itself.
pub const MAX_SEC_TAG: u32 = 0x7fff_ffff;

/// The kind of credential: the third argument of `AT%CMNG=0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CredentialType {
    /// 0: the certificate of the authority that signed the server's certificate.
    Ca,
    /// 1: the certificate of this device.
    Certificate,
    /// 2: the private key of this device.
    PrivateKey,
}

impl CredentialType {
    const fn number(self) -> u8 {
        match self {
            Self::Ca => 0,
            Self::Certificate => 1,
            Self::PrivateKey => 2,
        }
    }

    const fn is_certificate(self) -> bool {
        !matches!(self, Self::PrivateKey)
    }
}

/// Something about the file that a person should know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// Lines ended in CR LF; the command has LF.
    CrLf,
    /// The two characters `\n` stood where a line should end; the command has line ends.
    EscapedLineEnds,
    /// A whole block stood on one line; the command has line ends.
    OneLine,
    /// There was text before, between or after the PEM blocks; the command leaves it out.
    OtherText,
    /// An `EC PARAMETERS` block stood before the key; the command leaves it out.
    EcParameters,
    /// More than one certificate.
    SeveralCertificates(usize),
    /// More than one private key.
    SeveralKeys(usize),
    /// The private key is encrypted.
    EncryptedKey,
    /// The file holds something else than the type says: its PEM label.
    WrongType(String),
    /// The contents of a block are damaged: the reason.
    Damaged(String),
    /// Type `ca`, but the certificate says that it is none of an authority.
    NotAnAuthority,
    /// Type `cert`, but the certificate is an authority's.
    AnAuthority,
}

impl Finding {
    /// True when the modem refuses the credential, or stores something that cannot work.
    pub const fn is_refused(&self) -> bool {
        matches!(
            self,
            Self::SeveralCertificates(_)
                | Self::SeveralKeys(_)
                | Self::EncryptedKey
                | Self::WrongType(_)
                | Self::Damaged(_)
        )
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CrLf => out.write_str(
                "the file has CR LF line ends; the command has LF, because the modem refuses CR LF (+CME ERROR: 527) or shows another hash",
            ),
            Self::EscapedLineEnds => out.write_str(
                "the file has `\\n` written out as two characters; the command has real line ends",
            ),
            Self::OneLine => {
                out.write_str("a PEM block lost its line ends; the command has them again, every 64 characters")
            }
            Self::OtherText => {
                out.write_str("text outside of the PEM block was left out: the modem wants the block alone")
            }
            Self::EcParameters => {
                out.write_str("the block EC PARAMETERS was left out: the modem wants the key alone")
            }
            Self::SeveralCertificates(count) => write!(
                out,
                "the file holds {count} certificates, the modem takes one for each sec_tag and type: keep the one you need"
            ),
            Self::SeveralKeys(count) => {
                write!(out, "the file holds {count} private keys, the modem takes one: keep the one you need")
            }
            Self::EncryptedKey => out.write_str(
                "the private key is encrypted and the modem cannot decrypt it: decrypt it first (openssl pkey -in FILE -out plain.pem)",
            ),
            Self::WrongType(label) => {
                write!(out, "the file holds a {label}, which is not what --type says")
            }
            Self::Damaged(reason) => {
                write!(out, "the modem would refuse this with +CME ERROR: 527, its contents are damaged: {reason}")
            }
            Self::NotAnAuthority => out.write_str(
                "this certificate does not say that it is an authority's (CA:TRUE): is it the server's own, or the device's?",
            ),
            Self::AnAuthority => out.write_str(
                "this is the certificate of an authority (CA:TRUE), not of a device: is --type ca meant?",
            ),
        }
    }
}

/// Why there is no command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CmngError {
    /// The slot is not the user's.
    #[error("sec_tag {0} is not the user's: take one from 0 to {MAX_SEC_TAG}")]
    SecTag(u32),
    /// DER instead of PEM.
    #[error(
        "the file is DER, the modem wants PEM: convert it with `openssl x509 -inform der -in FILE -out cert.pem` \
         (a key: `openssl pkey -inform der`)"
    )]
    Der,
    /// No PEM block.
    #[error(
        "the file holds no PEM block (`-----BEGIN ...-----` to `-----END ...-----`): is it cut off?"
    )]
    NoPem,
}

/// `AT%CMNG=0,...` and what there is to say about it.
///
/// ```
/// use mbedtls_diag::modem::{Command, CredentialType, Finding};
///
/// # let file = include_bytes!("../../tests/data/ca.pem");
/// let command = Command::new(16_842_753, CredentialType::Ca, file)?;
/// assert!(command.text().starts_with("AT%CMNG=0,16842753,0,\"-----BEGIN CERTIFICATE-----\n"));
/// assert!(!command.is_refused());
/// # Ok::<(), mbedtls_diag::modem::CmngError>(())
/// ```
pub struct Command {
    text: Zeroizing<String>,
    findings: Vec<Finding>,
}

/// The text may hold a private key: it is not shown.
impl fmt::Debug for Command {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Command")
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}

impl Command {
    /// Builds the command that stores the PEM `file` under `sec_tag`.
    pub fn new(sec_tag: u32, kind: CredentialType, file: &[u8]) -> Result<Self, CmngError> {
        if sec_tag > MAX_SEC_TAG {
            return Err(CmngError::SecTag(sec_tag));
        }
        let mut findings = Vec::new();
        let text = plain_text(file, &mut findings)?;
        let text = with_lines(&text, &mut findings);
        let blocks = blocks(&text, &mut findings)?;
        let chosen = choose(kind, &blocks, &mut findings);
        let mut command = Zeroizing::new(String::with_capacity(64 + text.len()));
        let _ = write!(command, "AT%CMNG=0,{sec_tag},{},\"", kind.number());
        for (index, block) in chosen.iter().enumerate() {
            if index > 0 {
                command.push('\n');
            }
            block.write(&mut command);
        }
        command.push('"');
        Ok(Self {
            text: command,
            findings,
        })
    }

    /// The command, with LF line ends inside the quotation marks and none at its end.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What there is to say about the file, in the order in which it was met.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// True when the modem would refuse the credential.
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(Finding::is_refused)
    }
}

/// The file with LF line ends.
fn plain_text(file: &[u8], findings: &mut Vec<Finding>) -> Result<Zeroizing<String>, CmngError> {
    // A PEM file may begin with a byte order mark.
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    if file.starts_with(&[0x30, 0x82]) || file.starts_with(&[0x30, 0x81]) {
        return Err(CmngError::Der);
    }
    let text = Zeroizing::new(String::from_utf8_lossy(file).into_owned());
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut rest = text.as_str();
    while let Some(character) = rest.chars().next() {
        let (taken, line_end) = if rest.starts_with("\r\n") {
            note(findings, Finding::CrLf);
            (2, true)
        } else if character == '\r' {
            note(findings, Finding::CrLf);
            (1, true)
        } else if rest.starts_with("\\r\\n") {
            note(findings, Finding::EscapedLineEnds);
            (4, true)
        } else if rest.starts_with("\\n") {
            note(findings, Finding::EscapedLineEnds);
            (2, true)
        } else {
            (character.len_utf8(), false)
        };
        plain.push(if line_end { '\n' } else { character });
        rest = &rest[taken..];
    }
    Ok(plain)
}

fn note(findings: &mut Vec<Finding>, finding: Finding) {
    if !findings.contains(&finding) {
        findings.push(finding);
    }
}

/// A PEM block (RFC 7468), or one in the older form with headers (RFC 1421).
struct Block<'a> {
    label: &'a str,
    lines: Vec<&'a str>,
}

impl Block<'_> {
    fn write(&self, out: &mut String) {
        for part in ["-----BEGIN ", self.label, "-----\n"] {
            out.push_str(part);
        }
        for line in &self.lines {
            out.push_str(line);
            out.push('\n');
        }
        for part in ["-----END ", self.label, "-----"] {
            out.push_str(part);
        }
    }

    fn is_encrypted(&self) -> bool {
        self.label == "ENCRYPTED PRIVATE KEY"
            || self
                .lines
                .iter()
                .any(|line| line.starts_with("Proc-Type:") && line.contains("ENCRYPTED"))
    }

    fn is_key(&self) -> bool {
        self.label.ends_with("PRIVATE KEY")
    }

    fn is_certificate(&self) -> bool {
        matches!(self.label, "CERTIFICATE" | "X509 CERTIFICATE")
    }

    /// The contents, when they are base64 of one DER value.
    fn der(&self) -> Result<Zeroizing<Vec<u8>>, String> {
        let joined = Zeroizing::new(self.lines.concat());
        let der = Base64::decode_vec(&joined).map_err(|_| "it is not base64".to_string())?;
        let der = Zeroizing::new(der);
        SliceReader::new(&der)
            .and_then(|mut reader| {
                AnyRef::decode(&mut reader)?;
                reader.finish()
            })
            .map_err(|error| error.to_string())?;
        Ok(der)
    }
}

/// Gives a block its lines back when it was pasted as one line.
fn with_lines(text: &str, findings: &mut Vec<Finding>) -> Zeroizing<String> {
    let mut out = Zeroizing::new(String::with_capacity(text.len() + text.len() / 32));
    let mut rest = text;
    while let Some((before, begin, body, end)) = next_block(rest) {
        out.push_str(before);
        if body.contains('\n') {
            out.push_str(&rest[before.len()..][..begin.len() + body.len()]);
        } else {
            note(findings, Finding::OneLine);
            out.push_str(begin);
            let characters = body.chars().filter(|c| !c.is_whitespace());
            for (column, character) in characters.enumerate() {
                if column % 64 == 0 {
                    out.push('\n');
                }
                out.push(character);
            }
            out.push('\n');
        }
        rest = end;
        // The end's own label is copied with what follows it.
        let (marker, after) = rest.split_at("-----END".len());
        out.push_str(marker);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What stands before a block, its first line, its body, and the text from its last line on.
fn next_block(text: &str) -> Option<(&str, &str, &str, &str)> {
    let start = text.find("-----BEGIN ")?;
    let (before, block) = text.split_at(start);
    let label = block["-----BEGIN ".len()..].find("-----")?;
    let (begin, rest) = block.split_at("-----BEGIN ".len() + label + "-----".len());
    let (body, end) = rest.split_at(rest.find("-----END")?);
    Some((before, begin, body, end))
}

fn blocks<'a>(text: &'a str, findings: &mut Vec<Finding>) -> Result<Vec<Block<'a>>, CmngError> {
    let mut blocks = Vec::new();
    let mut open: Option<Block<'a>> = None;
    for line in text.lines().map(str::trim) {
        let label = |begin| line.strip_prefix(begin)?.strip_suffix("-----");
        match (&mut open, label("-----BEGIN "), label("-----END ")) {
            (None, Some(label), _) => {
                open = Some(Block {
                    label,
                    lines: Vec::new(),
                });
            }
            (Some(block), None, Some(label)) if block.label == label => blocks.extend(open.take()),
            (Some(_), Some(_), _) | (Some(_), _, Some(_)) => return Err(CmngError::NoPem),
            (Some(block), None, None) if !line.is_empty() => block.lines.push(line),
            (None, None, _) if !line.is_empty() => note(findings, Finding::OtherText),
            _ => {}
        }
    }
    if blocks.is_empty() || open.is_some() {
        return Err(CmngError::NoPem);
    }
    Ok(blocks)
}

/// The blocks that go into the command: those of the asked type, or all when there is none of it.
fn choose<'a, 'b>(
    kind: CredentialType,
    blocks: &'b [Block<'a>],
    findings: &mut Vec<Finding>,
) -> Vec<&'b Block<'a>> {
    let fits = |block: &&Block<'a>| {
        if kind.is_certificate() {
            block.is_certificate()
        } else {
            block.is_key()
        }
    };
    let others = || {
        blocks
            .iter()
            .filter(|block| !fits(block) && block.label != "EC PARAMETERS")
    };
    let chosen: Vec<_> = blocks.iter().filter(fits).collect();
    if blocks.iter().any(|block| block.label == "EC PARAMETERS") {
        findings.push(Finding::EcParameters);
    }
    for other in others() {
        findings.push(Finding::WrongType(other.label.to_string()));
    }
    if chosen.is_empty() {
        return others().take(1).collect();
    }
    match (chosen.len(), kind.is_certificate()) {
        (1, _) => {}
        (count, true) => findings.push(Finding::SeveralCertificates(count)),
        (count, false) => findings.push(Finding::SeveralKeys(count)),
    }
    for block in &chosen {
        inspect(kind, block, findings);
    }
    chosen
}

fn inspect(kind: CredentialType, block: &Block<'_>, findings: &mut Vec<Finding>) {
    if block.is_encrypted() {
        note(findings, Finding::EncryptedKey);
        return;
    }
    let der = match block.der() {
        Ok(der) => der,
        Err(reason) => {
            findings.push(Finding::Damaged(reason));
            return;
        }
    };
    if !kind.is_certificate() {
        return;
    }
    match Certificate::from_der(&der) {
        Ok(certificate) => match (kind, is_authority(&certificate)) {
            (CredentialType::Ca, false) => note(findings, Finding::NotAnAuthority),
            (CredentialType::Certificate, true) => note(findings, Finding::AnAuthority),
            _ => {}
        },
        Err(error) => findings.push(Finding::Damaged(error.to_string())),
    }
}

/// A certificate of version 1 has no extensions: there, one that is signed by itself counts as an authority's.
fn is_authority(certificate: &Certificate) -> bool {
    let certificate = certificate.tbs_certificate();
    match certificate.get_extension::<BasicConstraints>() {
        Ok(Some((_, constraints))) => constraints.ca,
        _ => certificate.subject() == certificate.issuer(),
    }
}
