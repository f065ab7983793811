//! `why`: every row of the reports, every cause, the words of every linker, and real objects.

#[path = "why/causes.rs"]
mod causes;
#[path = "why/compiled.rs"]
mod compiled;
#[path = "why/linkers.rs"]
mod linkers;
#[path = "why/reports.rs"]
mod reports;

use mbedtls_config::readers::{Build, Source};
use mbedtls_diag::why::{Answer, Evidence, Log, why};

/// The answer when nothing but the symbol is known.
fn bare(symbol: &str) -> Answer {
    why(symbol, &Evidence::default(), &Log::default())
}

/// The answer with configuration files.
fn configured(symbol: &str, files: &[(&str, &str)]) -> Answer {
    let sources: Vec<Source<'_>> = files
        .iter()
        .map(|&(name, text)| Source { name, text })
        .collect();
    let evidence = Evidence {
        build: Some(Build::read(&sources, None).unwrap()),
        ..Evidence::default()
    };
    why(symbol, &evidence, &Log::default())
}
