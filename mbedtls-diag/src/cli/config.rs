//! `mbedtls-diag config`.

use std::io::Write as _;
use std::path::PathBuf;

use clap::ValueEnum;
use mbedtls_config::facts::Version;
use mbedtls_config::readers::{Build, Source, System};

use super::{Error, Outcome, files};
use crate::buildconfig::{find, report};

/// Says what a build can do, from the files that configure it
///
/// Takes `mbedtls_config.h`, `crypto_config.h`, Zephyr's `.config`, `prj.conf` and `autoconf.h`, and ESP-IDF's
/// `sdkconfig`, several at once. With --needs, the exit status is 1 when a need is not met, and the smallest set of
/// lines to add is printed.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The files of one build; settings of a later file replace those of an earlier one
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What is needed, separated by commas, such as pk-write-pem,csr,strerror,tls-client
    #[arg(long, value_name = "LIST")]
    needs: Option<String>,
    /// Whose Kconfig it is, where the files leave that open
    #[arg(long, value_name = "SYSTEM")]
    from: Option<From>,
    /// The version of Mbed TLS: 2.28, 3.5 or 3.6
    #[arg(long, value_name = "VERSION", value_parser = version)]
    mbedtls: Option<Version>,
    /// Prints JSON, as the README describes it
    #[arg(long)]
    json: bool,
}

/// Who builds.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum From {
    Zephyr,
    /// nRF Connect SDK
    Ncs,
    EspIdf,
    /// Mbed TLS itself: no Kconfig
    Mbedtls,
}

impl std::convert::From<From> for System {
    fn from(from: From) -> Self {
        match from {
            From::Zephyr => Self::Zephyr,
            From::Ncs => Self::Ncs,
            From::EspIdf => Self::EspIdf,
            From::Mbedtls => Self::Plain,
        }
    }
}

/// Reads a version whose rules are known.
pub(super) fn version(text: &str) -> Result<Version, String> {
    let series = text.trim_start_matches('v');
    let known = Version::ALL.into_iter().find(|version| {
        let version = version.facts().version;
        version == series
            || version
                .rsplit_once('.')
                .is_some_and(|(known, _)| known == series)
    });
    known.ok_or_else(|| "the rules of 2.28, 3.5 and 3.6 are known".to_owned())
}

/// Reads the files of one build.
pub(super) fn build(
    paths: &[PathBuf],
    system: Option<System>,
    version: Option<Version>,
) -> Result<Build, Error> {
    let mut texts = Vec::new();
    for path in paths {
        texts.push((path.display().to_string(), files::text(path, MAX_FILE)?));
    }
    let sources: Vec<Source<'_>> = texts
        .iter()
        .map(|(name, text)| Source { name, text })
        .collect();
    let build = Build::read(&sources, system).map_err(|error| Error::Message(error.to_string()))?;
    Ok(match version {
        Some(version) => build.judged_by(version),
        None => build,
    })
}

/// Larger than any configuration; the readers have a smaller limit and say so.
pub(super) const MAX_FILE: u64 = 16 << 20;

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let needs = find(args.needs.as_deref().unwrap_or_default())
        .map_err(|error| Error::Message(error.to_string()))?;
    let judged = build(&args.files, args.from.map(From::into), args.mbedtls)?;
    let report = report(&judged, &needs);
    let mut out = anstream::stdout().lock();
    if args.json {
        serde_json::to_writer(&mut out, &report).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        write!(out, "{report}")?;
    }
    out.flush()?;
    Ok(match report.needs_met {
        Some(false) => Outcome::Unmet,
        _ => Outcome::Answered,
    })
}
