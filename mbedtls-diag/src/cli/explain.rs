//! `mbedtls-diag explain`.
mod json;
mod text;

use std::io::{self, IsTerminal as _, Read as _, Write as _};

use clap::ValueEnum;

use super::{Error, Outcome};
use crate::explain::{Options, Platform, Version, explain};

/// Says what the error codes in a text mean
///
/// Finds every code of Mbed TLS, PSA and TF-M in the text, in whatever form it was printed:
/// signed or unsigned, decimal or hexadecimal, cut off to 16 bits, combined, by name, or as the
/// text of `mbedtls_strerror`. Numbers of others (errno, wolfSSL, ESP-IDF, a modem) are said to be so.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The text, such as an error code or a line of a log; standard input if there is none
    #[arg(allow_hyphen_values = true)]
    text: Vec<String>,
    /// The version of Mbed TLS, such as 2.28, 3.6 or 4.0
    #[arg(long, value_name = "VERSION", value_parser = version)]
    mbedtls: Option<Version>,
    /// The system that the text comes from
    #[arg(long, value_name = "SYSTEM")]
    from: Option<From>,
    /// Prints JSON, as the README describes it
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum From {
    Zephyr,
    /// nRF Connect SDK
    Ncs,
    EspIdf,
    Linux,
}

impl std::convert::From<From> for Platform {
    fn from(from: From) -> Self {
        match from {
            From::Zephyr => Self::Zephyr,
            From::Ncs => Self::Ncs,
            From::EspIdf => Self::EspIdf,
            From::Linux => Self::Linux,
        }
    }
}

fn version(text: &str) -> Result<Version, String> {
    let known = "2.16, 2.28, 3.6, 4.0 and 4.1";
    Version::of_mbedtls(text).ok_or_else(|| format!("codes are known for {known}"))
}

/// A log longer than this is cut off.
const MAX_INPUT: u64 = 64 << 20;

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let input = if args.text.is_empty() {
        standard_input()?
    } else {
        args.text.join(" ")
    };
    let mut options = Options::default();
    if let Some(version) = args.mbedtls {
        options = options.mbedtls(version);
    }
    if let Some(platform) = args.from {
        options = options.platform(platform.into());
    }
    let report = explain(&input, &options);
    let mut out = anstream::stdout().lock();
    if args.json {
        json::write(&mut out, &input, &report)?;
    } else {
        text::write(&mut out, &report)?;
    }
    out.flush()?;
    if report.is_recognised() {
        Ok(Outcome::Answered)
    } else {
        Ok(Outcome::Nothing)
    }
}

fn standard_input() -> Result<String, Error> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        let _ = writeln!(
            anstream::stderr(),
            "Paste the text, then press Ctrl-D on a line of its own."
        );
    }
    let mut bytes = Vec::new();
    stdin.take(MAX_INPUT).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
