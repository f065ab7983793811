//! `mbedtls-diag modem`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use serde::Serialize;

use super::{Error, Outcome, files};
use crate::modem::{Answer, Check, Command, Content, CredentialType, MAX_SEC_TAG};

/// Reads and writes what an nRF91 modem says about credentials
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Modem,
}

#[derive(Subcommand)]
enum Modem {
    Keygen(Keygen),
    Cmng(Cmng),
}

/// Turns the answer to AT%KEYGEN into a certificate request
///
/// Prints the request as PEM, the public key, the device's UUID and the `sec_tag`. The request's own signature and the
/// digest in the modem's statement are checked; when a check fails, the exit status is 1.
#[derive(clap::Args)]
struct Keygen {
    /// The answer, as the modem printed it, or the name of a file that holds it; standard input if there is none
    response: Option<String>,
    /// Prints JSON, as the README describes it
    #[arg(long)]
    json: bool,
}

/// Prints the AT%CMNG command that stores a credential
///
/// The command goes to standard output, with LF line ends; what there is to say about the file goes to standard error.
/// When the modem would refuse the credential, the exit status is 1.
#[derive(clap::Args)]
struct Cmng {
    /// The security tag to store it under
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=i64::from(MAX_SEC_TAG)))]
    tag: u32,
    /// What the file holds
    #[arg(long = "type", value_name = "TYPE")]
    kind: Kind,
    /// The PEM file
    file: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// The certificate of the authority that the server's certificate comes from
    Ca,
    /// The certificate of this device
    Cert,
    /// The private key of this device
    Key,
}

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    match &args.command {
        Modem::Keygen(args) => keygen(args),
        Modem::Cmng(args) => cmng(args),
    }
}

/// Longer than any answer; the reader has the same limit and says so.
const MAX_ANSWER: u64 = (1 << 20) + 1;
/// Larger than any credential that a modem can store.
const MAX_FILE: u64 = 1 << 20;

fn keygen(args: &Keygen) -> Result<Outcome, Error> {
    let text = match &args.response {
        // An answer is longer than a file's name can be.
        Some(name) if name.len() < 256 && Path::new(name).is_file() => {
            files::text(Path::new(name), MAX_ANSWER)?
        }
        Some(text) => text.clone(),
        None => files::standard_input(MAX_ANSWER)?,
    };
    let answer = Answer::read(&text).map_err(|error| Error::Message(error.to_string()))?;
    let mut out = anstream::stdout().lock();
    if args.json {
        serde_json::to_writer(&mut out, &Output::from(&answer)).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        write_text(&mut out, &answer)?;
    }
    out.flush()?;
    Ok(if answer.is_sound() {
        Outcome::Answered
    } else {
        Outcome::Unmet
    })
}

fn write_text(out: &mut impl std::io::Write, answer: &Answer) -> std::io::Result<()> {
    let output = Output::from(answer);
    write!(out, "{}", output.pem)?;
    if let Content::Request { subject, .. } = &answer.content {
        writeln!(out)?;
        write!(out, "{}", output.public_key)?;
        writeln!(out, "\nsubject      {subject}")?;
    } else {
        writeln!(out)?;
    }
    if let Some(statement) = &answer.attestation {
        writeln!(out, "device UUID  {}", statement.uuid)?;
        writeln!(out, "sec_tag      {}", statement.sec_tag)?;
    }
    if let Content::Request {
        signature,
        normalized,
        ..
    } = answer.content
    {
        let said = match signature {
            Check::Holds => "holds: who sent this request has the private key",
            Check::Fails => "FAILS: the request was changed after it was signed",
            Check::NotMade => "not checked: this tool knows ECDSA with P-256 and SHA-256 only",
        };
        writeln!(out, "signature    {said}")?;
        if normalized {
            writeln!(
                out,
                "normalized   NULL parameters were removed from the signature's algorithm; strict parsers refuse them"
            )?;
        }
    }
    let said = match answer.attested {
        Check::Holds => {
            "the modem's statement is about this very answer (its own signature is not checked: the modem's identity key is not in the answer)"
        }
        Check::Fails => "FAILS: the modem's statement is about something else",
        Check::NotMade => "not there",
    };
    writeln!(out, "attestation  {said}")?;
    for repair in &answer.repairs {
        writeln!(out, "note         {repair}")?;
    }
    Ok(())
}

/// The JSON output.
#[derive(Serialize)]
struct Output {
    schema: u32,
    kind: &'static str,
    pem: String,
    public_key: String,
    subject: Option<String>,
    device_uuid: Option<String>,
    sec_tag: Option<u32>,
    digest: String,
    normalized: bool,
    signature: &'static str,
    attestation: &'static str,
    notes: Vec<String>,
}

impl From<&Answer> for Output {
    fn from(answer: &Answer) -> Self {
        let (kind, subject, normalized, signature) = match &answer.content {
            Content::Request {
                subject,
                normalized,
                signature,
                ..
            } => ("request", Some(subject.clone()), *normalized, *signature),
            Content::PublicKey => ("public-key", None, false, Check::NotMade),
        };
        let attestation = answer.attestation.as_ref();
        Self {
            schema: 1,
            kind,
            pem: answer.pem(),
            public_key: answer.public_key_pem(),
            subject,
            device_uuid: attestation.map(|statement| statement.uuid.to_string()),
            sec_tag: attestation.map(|statement| statement.sec_tag),
            digest: hex(&answer.digest),
            normalized,
            signature: word(signature),
            attestation: word(answer.attested),
            notes: answer.repairs.iter().map(ToString::to_string).collect(),
        }
    }
}

fn word(check: Check) -> &'static str {
    match check {
        Check::Holds => "holds",
        Check::Fails => "fails",
        Check::NotMade => "not-checked",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn cmng(args: &Cmng) -> Result<Outcome, Error> {
    let file = files::bytes(&args.file, MAX_FILE)?;
    let kind = match args.kind {
        Kind::Ca => CredentialType::Ca,
        Kind::Cert => CredentialType::Certificate,
        Kind::Key => CredentialType::PrivateKey,
    };
    let command = Command::new(args.tag, kind, &file)
        .map_err(|error| Error::Message(format!("{}: {error}", args.file.display())))?;
    let mut errors = anstream::stderr().lock();
    for finding in command.findings() {
        let word = if finding.is_refused() {
            "refused"
        } else {
            "note"
        };
        let _ = writeln!(errors, "{word}: {finding}");
    }
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}", command.text())?;
    out.flush()?;
    Ok(if command.is_refused() {
        Outcome::Unmet
    } else {
        Outcome::Answered
    })
}
