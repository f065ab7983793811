//! `mbedtls-diag explain`.
mod json;
mod text;

use std::ffi::OsString;
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
    text: Vec<OsString>,
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

/// The arguments, with a blank before each text such as `-0x3980`, which is then no option.
pub(super) fn codes_as_text(
    arguments: impl Iterator<Item = OsString>,
) -> impl Iterator<Item = OsString> {
    let mut command = None;
    arguments.enumerate().map(move |(i, argument)| {
        if i == 1 {
            command = Some(argument.clone());
        }
        let is_text = |text: &str| {
            let rest = text.strip_prefix('-').unwrap_or_default();
            rest.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase())
                || rest.contains(char::is_whitespace)
        };
        let is_explain = command.as_ref().is_some_and(|command| command == "explain");
        if i > 1 && is_explain && argument.to_str().is_some_and(is_text) {
            let mut text = OsString::from(" ");
            text.push(argument);
            return text;
        }
        argument
    })
}

/// A log longer than this is cut off.
const MAX_INPUT: u64 = 64 << 20;

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let input = if args.text.is_empty() {
        standard_input()?
    } else {
        let words = args.text.iter().map(|word| word.to_string_lossy());
        let words: Vec<String> = words.map(|word| word.trim().to_owned()).collect();
        words.join(" ")
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
        text::write(&mut out, &input, &report)?;
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
