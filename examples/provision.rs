//! The journey of a device's key: `cargo run --example provision -- --out DIR --subject CN=device-0001`.
//!
//! Writes the private key in both forms, the public key and the certificate request; and on the way back checks that
//! the signed certificate belongs to the key, before it stores it beside the key. Files appear whole or not at all.
use std::error::Error;
use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use lexopt::prelude::*;
use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

const USAGE: &str = "\
usage: provision --out DIR [--subject DN] [--force]
           generates a P-256 key and writes to DIR
             device.key.pem    the private key, SEC1        (readable by its owner only)
             device.pkcs8.pem  the private key, PKCS#8      (readable by its owner only)
             device.pub.pem    the public key
             device.csr.pem    the certificate request, for DN (without --subject: CN=device)
       provision --out DIR --certificate FILE [--force]
           checks that the certificate (PEM) was issued for DIR/device.key.pem and writes
             device.cert.pem   the certificate

       --force overwrites; a private key that is overwritten is lost";

const KEY: &str = "device.key.pem";
const CERTIFICATE: &str = "device.cert.pem";

type Result<T> = std::result::Result<T, Box<dyn Error>>;

struct Options {
    out: PathBuf,
    subject: String,
    certificate: Option<PathBuf>,
    force: bool,
}

/// What the command line asks for; `None` when it asks for help.
fn options(mut parser: lexopt::Parser) -> Result<Option<Options>> {
    let (mut out, mut subject, mut certificate, mut force) = (None, None, None, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("out") => out = Some(PathBuf::from(parser.value()?)),
            Long("subject") => subject = Some(parser.value()?.string()?),
            Long("certificate") => certificate = Some(PathBuf::from(parser.value()?)),
            Long("force") => force = true,
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected().into()),
        }
    }
    if certificate.is_some() && subject.is_some() {
        return Err("--subject is for a new key, --certificate for the one that is there".into());
    }
    Ok(Some(Options {
        out: out.ok_or("--out DIR is missing")?,
        subject: subject.unwrap_or_else(|| "CN=device".to_owned()),
        certificate,
        force,
    }))
}

/// A new key, and what its device and its certificate authority need.
fn provision(options: &Options) -> Result<Vec<PathBuf>> {
    let key = Key::generate(
        Attributes::ecc_key_pair(Curve::P256)
            .usage(Usage::SIGN | Usage::EXPORT)
            .algorithm(Algorithm::ecdsa(Hash::Sha256)),
    )?;
    let request = key.csr(&options.subject)?.to_pem()?;
    let sec1 = key.private_key_pem()?;
    let pkcs8 = key.private_key_pkcs8_pem()?;
    let public = key.public_key_pem()?;
    let certificate = options.out.join(CERTIFICATE);
    if certificate.symlink_metadata().is_ok() {
        // It would stand beside a key that it was not issued for.
        return Err(format!(
            "{} is there, issued for the key before: move it away, or choose another folder",
            certificate.display()
        )
        .into());
    }
    write_all(
        options,
        &[
            Output::private(KEY, &sec1),
            Output::private("device.pkcs8.pem", &pkcs8),
            Output::public("device.pub.pem", &public),
            Output::public("device.csr.pem", &request),
        ],
    )
}

/// The way back: the certificate is stored only beside the key that it was issued for.
fn accept(options: &Options, certificate: &Path) -> Result<Vec<PathBuf>> {
    let path = options.out.join(KEY);
    let pem = Zeroizing::new(fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?);
    let key = Key::import_pem(Attributes::from_file(), &*pem)
        .map_err(|e| format!("{}: {e}", path.display()))?;
    let text = fs::read_to_string(certificate)
        .map_err(|e| format!("{}: {e} (PEM is text)", certificate.display()))?;
    if text.contains("PRIVATE KEY-----") {
        // What is stored can be read by everybody.
        return Err(format!(
            "{} holds a private key too: take it out",
            certificate.display()
        )
        .into());
    }
    key.matches_certificate(&text)
        .map_err(|e| format!("{}: {e}", certificate.display()))?;
    write_all(options, &[Output::public(CERTIFICATE, &text)])
}

/// A file to be written.
struct Output<'a> {
    name: &'static str,
    text: &'a str,
    mode: u32,
}

impl<'a> Output<'a> {
    fn private(name: &'static str, text: &'a str) -> Self {
        let mode = 0o600;
        Self { name, text, mode }
    }

    fn public(name: &'static str, text: &'a str) -> Self {
        let mode = 0o644;
        Self { name, text, mode }
    }

    /// Writes the text to a new file beside the one it shall become. Dropped before it is named, it is removed.
    fn stage(&self, folder: &Path) -> io::Result<NamedTempFile> {
        let mut file = tempfile::Builder::new()
            .prefix(".provision-")
            .permissions(Permissions::from_mode(self.mode))
            .tempfile_in(folder)?;
        file.write_all(self.text.as_bytes())?;
        file.as_file().sync_all()?;
        Ok(file)
    }
}

/// Writes all files or none: each is complete on the disk before the first gets its name. With `--force` the old files go
/// one by one: what fails between two of them leaves whole files of two keys, and an error.
fn write_all(options: &Options, outputs: &[Output]) -> Result<Vec<PathBuf>> {
    let folder = &options.out;
    let paths: Vec<_> = outputs
        .iter()
        .map(|output| folder.join(output.name))
        .collect();
    for path in &paths {
        if path.is_dir() || (!options.force && path.symlink_metadata().is_ok()) {
            return Err(exists(path).into());
        }
    }
    let failed = |e: io::Error| format!("cannot write to {}: {e}", folder.display());
    if !folder.is_dir() {
        fs::create_dir(folder).map_err(failed)?;
    }
    let staged: io::Result<Vec<_>> = outputs.iter().map(|o| o.stage(folder)).collect();
    let staged = staged.map_err(failed)?;
    if options.force {
        for (file, path) in staged.into_iter().zip(&paths) {
            file.persist(path).map_err(|e| failed(e.error))?;
        }
    } else {
        name_new(staged, &paths)?;
    }
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(failed)?;
    Ok(paths)
}

/// Names all files, or none when one of the names has been taken meanwhile.
fn name_new(staged: Vec<NamedTempFile>, paths: &[PathBuf]) -> Result<()> {
    for (count, (file, path)) in staged.into_iter().zip(paths).enumerate() {
        if let Err(error) = file.persist_noclobber(path) {
            for ours in &paths[..count] {
                // The first error is the one to tell.
                let _ = fs::remove_file(ours);
            }
            return Err(match error.error.kind() {
                io::ErrorKind::AlreadyExists => exists(path),
                _ => format!("cannot write {}: {}", path.display(), error.error),
            }
            .into());
        }
    }
    Ok(())
}

fn exists(path: &Path) -> String {
    let path = path.display();
    format!("{path} is there already: --force overwrites a file")
}

fn run() -> Result<()> {
    let Some(options) = options(lexopt::Parser::from_env())? else {
        println!("{USAGE}");
        return Ok(());
    };
    psa::init()?;
    let written = match &options.certificate {
        Some(certificate) => accept(&options, certificate)?,
        None => provision(&options)?,
    };
    for path in written {
        println!("wrote {}", path.display());
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("provision: {error}");
            ExitCode::FAILURE
        }
    }
}
