//! Generated tables of facts.
use std::path::Path;

mod codes;
mod config;
mod functions;
mod options;
mod tokens;
mod tree;
mod units;

/// Writes every generated table.
pub fn run(repository: &Path, mbedtls_3_6: &Path) -> Result<(), String> {
    codes::run(repository, mbedtls_3_6)?;
    config::run(repository, mbedtls_3_6)
}
