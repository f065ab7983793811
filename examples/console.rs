//! The journey on the console: `cargo run --example console -- --keep DIR`.
//!
//! Prints what a device prints, and waits at its standard input for the certificate. The device's key and its certificate
//! are kept in the folder: a second run has the same key.
use std::error::Error;
use std::fmt;
use std::io::{self, Bytes, Read as _, StdinLock, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use lexopt::prelude::*;
use provision_journey::{Device, journey, read_certificate};
use psa::storage::{self, Flags, Uid, internal};
use psa::{KeyId, Result};

const USAGE: &str = "usage: console --keep DIR
       prints a key and a certificate request, waits for the certificate, and keeps both in DIR";

/// Where the certificate is kept.
const CERTIFICATE: Uid = Uid::new(1).unwrap();

struct Host {
    input: Bytes<StdinLock<'static>>,
}

impl fmt::Write for Host {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut output = io::stdout();
        let written = output.write_all(text.as_bytes());
        written
            .and_then(|()| output.flush())
            .map_err(|_| fmt::Error)
    }
}

impl Device for Host {
    fn key_id(&self) -> Option<KeyId> {
        Some(KeyId::USER_MIN)
    }

    fn certificate(&mut self, buffer: &mut [u8]) -> Result<usize> {
        read_certificate(buffer, || match self.input.next() {
            Some(Ok(byte)) => Ok(byte),
            _ => Err(psa::Error::CommunicationFailure),
        })
    }

    fn store<'b>(&mut self, certificate: &[u8], buffer: &'b mut [u8]) -> Result<Option<&'b [u8]>> {
        internal::set(CERTIFICATE, certificate, Flags::NONE)?;
        Ok(Some(internal::get_into(CERTIFICATE, 0, buffer)?))
    }
}

fn folder() -> std::result::Result<PathBuf, Box<dyn Error>> {
    let mut parser = lexopt::Parser::from_env();
    match parser.next()? {
        Some(Long("keep")) => Ok(parser.value()?.into()),
        Some(other) => Err(other.unexpected().into()),
        None => Err(USAGE.into()),
    }
}

fn run() -> std::result::Result<(), Box<dyn Error>> {
    storage::set_folder(folder()?)?;
    let input = io::stdin().lock().bytes();
    Ok(journey(&mut Host { input })?)
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("console: {error}");
            ExitCode::FAILURE
        }
    }
}
