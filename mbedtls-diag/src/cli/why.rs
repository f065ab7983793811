//! `mbedtls-diag why`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use mbedtls_config::facts::Version;
use mbedtls_config::readers::{Build, FileKind};

use super::config::{self, From};
use super::{Error, Outcome, files};
use crate::why::{Answer, Archive, Evidence, Log, read_log, why};

/// Says why the linker does not find a symbol
///
/// Names the file that defines it, the options that it takes with their dependencies, and what to write for
/// `mbedtls_config.h`, Zephyr, nRF Connect SDK and ESP-IDF. With --config and --lib, it says which of the causes it is.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The symbols
    #[arg(value_name = "SYMBOL", required_unless_present = "log")]
    symbols: Vec<String>,
    /// What a linker or compiler printed; `-` is standard input
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// A file that configures the build; may be given several times
    #[arg(long, value_name = "FILE")]
    config: Vec<PathBuf>,
    /// A library, an object or a linked image to look into; may be given several times
    #[arg(long = "lib", value_name = "FILE")]
    libraries: Vec<PathBuf>,
    /// Whose build it is
    #[arg(long, value_name = "SYSTEM")]
    from: Option<From>,
    /// The version of Mbed TLS: 2.28, 3.5, 3.6 or 4.0
    #[arg(long, value_name = "VERSION", value_parser = series)]
    mbedtls: Option<Series>,
    /// Prints JSON, one object a line, as the README describes it
    #[arg(long)]
    json: bool,
}

/// A version that can be asked about.
#[derive(Clone, Copy)]
enum Series {
    Known(Version),
    Four,
}

fn series(text: &str) -> Result<Series, String> {
    if text.trim_start_matches('v').starts_with('4') {
        return Ok(Series::Four);
    }
    config::version(text)
        .map(Series::Known)
        .map_err(|_| "functions are known for 2.28, 3.5, 3.6 and 4.0".to_owned())
}

/// A log longer than this is cut off.
const MAX_LOG: u64 = 64 << 20;
/// Larger than any library or image for a device.
const MAX_LIBRARY: u64 = 1 << 30;

pub(super) fn run(args: &Args) -> Result<Outcome, Error> {
    let evidence = evidence(args)?;
    let log = match args.log.as_deref() {
        Some(path) if path == Path::new("-") => read_log(&files::standard_input(MAX_LOG)?),
        Some(path) => read_log(&files::text(path, MAX_LOG)?),
        None => Log::default(),
    };
    let mut symbols = args.symbols.clone();
    if symbols.is_empty() {
        symbols.extend(log.mentions.iter().map(|mention| mention.symbol.clone()));
    }
    let answers: Vec<Answer> = symbols
        .iter()
        .map(|symbol| why(symbol, &evidence, &log))
        .collect();
    let mut out = anstream::stdout().lock();
    if args.json {
        for answer in &answers {
            serde_json::to_writer(&mut out, answer).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
    } else {
        write_text(&mut out, &answers)?;
    }
    out.flush()?;
    Ok(if answers.iter().any(Answer::is_recognised) {
        Outcome::Answered
    } else {
        Outcome::Nothing
    })
}

fn write_text(out: &mut impl std::io::Write, answers: &[Answer]) -> std::io::Result<()> {
    if answers.is_empty() {
        return writeln!(
            out,
            "No undefined symbol was found in the log. Understood are GNU ld, lld, mold, armlink, ld64, IAR and MSVC, and what compilers say about undeclared functions."
        );
    }
    for (index, answer) in answers.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write!(out, "{answer}")?;
    }
    Ok(())
}

fn evidence(args: &Args) -> Result<Evidence, Error> {
    let system = args.from.map(From::into);
    let (version, is_4) = match args.mbedtls {
        Some(Series::Known(version)) => (Some(version), false),
        Some(Series::Four) => (None, true),
        None => (None, false),
    };
    let mut evidence = Evidence {
        system,
        version,
        is_4,
        ..Evidence::default()
    };
    if !args.config.is_empty() {
        evidence.build = Some(config::build(&args.config, system, version)?);
        evidence.headers = headers(&args.config)?;
    }
    for path in &args.libraries {
        let bytes = files::bytes(path, MAX_LIBRARY)?;
        let archive = Archive::read(&path.display().to_string(), &bytes)
            .map_err(|error| Error::Message(error.to_string()))?;
        evidence.archives.push(archive);
    }
    Ok(evidence)
}

/// Each whole configuration header by itself, when there are several that do not include each other.
fn headers(paths: &[PathBuf]) -> Result<Vec<(String, Build)>, Error> {
    let mut found = Vec::new();
    for path in paths {
        let build = config::build(std::slice::from_ref(path), None, None)?;
        let is_header = build
            .files()
            .iter()
            .all(|(_, kind)| *kind == FileKind::ConfigHeader);
        let is_included = paths
            .iter()
            .filter(|other| *other != path)
            .any(|other| includes(other, path));
        if is_header && !is_included {
            found.push((path.display().to_string(), build));
        }
    }
    Ok(if found.len() > 1 { found } else { Vec::new() })
}

fn includes(outer: &Path, inner: &Path) -> bool {
    let name = inner.file_name().unwrap_or_default().to_string_lossy();
    files::text(outer, config::MAX_FILE).is_ok_and(|text| {
        text.lines()
            .filter(|line| line.trim_start().starts_with('#') && line.contains("include"))
            .any(|line| line.contains(name.as_ref()))
    })
}
