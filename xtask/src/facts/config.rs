//! The tables of `mbedtls-config`, out of real Mbed TLS trees.

use std::fs;
use std::path::{Path, PathBuf};

use super::tree;

/// Versions besides the one that is compiled: the folder of their tables, and where the registry keeps their sources
/// (pinned by `xtask/facts-src`).
const OLDER: [(&str, &str); 2] = [
    ("2.28.10", "mbedtls-sys-auto-2.28.15/vendor"),
    ("3.5.1", "psa-crypto-sys-0.13.0/vendor"),
];

/// Writes the tables of every version.
pub fn run(repository: &Path, mbedtls_3_6: &Path) -> Result<(), String> {
    let mut tables = generate(repository, "3.6.5", mbedtls_3_6)?;
    for (version, package) in OLDER {
        let tree = beside(mbedtls_3_6, package).ok_or_else(|| {
            format!(
                "the sources of Mbed TLS {version} are missing: \
                 run `cargo fetch --locked --manifest-path xtask/facts-src/Cargo.toml`"
            )
        })?;
        tables.extend(generate(repository, version, &tree)?);
    }
    for (path, text) in tables {
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(repository))?;
            fs::write(&path, text)
        };
        write().map_err(|error: std::io::Error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// A package in the same registry as another one.
fn beside(tree: &Path, package: &str) -> Option<PathBuf> {
    let registry = tree.parent()?.parent()?;
    Some(registry.join(package)).filter(|path| path.is_dir())
}

/// Every generated file of a version with its text.
fn generate(
    repository: &Path,
    version: &str,
    tree: &Path,
) -> Result<Vec<(PathBuf, String)>, String> {
    let folder = repository.join("mbedtls-config/data").join(version);
    let tables = tree::tables(tree)?;
    Ok(tables
        .into_iter()
        .map(|(name, text)| (folder.join(name), text))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mbedtls_config::source::{self, Environment};

    #[test]
    fn the_tables_say_what_the_c_sources_say() {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let tree = source::find(&Environment::from_build_script()).unwrap();
        for (path, text) in generate(&repository, "3.6.5", &tree.root).unwrap() {
            let old = fs::read_to_string(&path).unwrap();
            assert!(
                old == text,
                "{} is stale: run `cargo xtask facts`",
                path.display()
            );
        }
    }
}
