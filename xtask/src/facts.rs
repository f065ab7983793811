//! Generated tables of facts.
use std::path::{Path, PathBuf};

use anyhow::Result;

mod codes;
mod config;
mod functions;
mod options;
mod statuses;
pub mod tfm;
mod tokens;
mod tree;
mod units;
mod vectors;

/// The trees of sources that the tables are made from.
pub struct Trees {
    /// Mbed TLS 2.28.
    pub mbedtls_2_28: PathBuf,
    /// Mbed TLS 3.6.
    pub mbedtls_3_6: PathBuf,
    /// The vectors of Wycheproof.
    pub wycheproof: PathBuf,
}

/// Writes every generated table, and checks those that people fill.
pub fn run(repository: &Path, trees: &Trees) -> Result<()> {
    codes::run(repository, trees)?;
    config::run(repository, &trees.mbedtls_3_6).map_err(anyhow::Error::msg)?;
    statuses::run(repository, &trees.mbedtls_3_6)?;
    vectors::run(repository, &trees.wycheproof)
}
