//! The tables of `mbedtls-config`, out of real Mbed TLS trees.

use std::fs;
use std::path::{Path, PathBuf};

use super::tree;

/// Writes the tables of every version.
pub fn run(repository: &Path, mbedtls_3_6: &Path) -> Result<(), String> {
    for (path, text) in generate(repository, mbedtls_3_6)? {
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(repository))?;
            fs::write(&path, text)
        };
        write().map_err(|error: std::io::Error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// Every generated file with its text.
fn generate(repository: &Path, mbedtls_3_6: &Path) -> Result<Vec<(PathBuf, String)>, String> {
    let folder = repository.join("mbedtls-config/data/3.6.5");
    let tables = tree::tables(mbedtls_3_6)?;
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
        for (path, text) in generate(&repository, &tree.root).unwrap() {
            let old = fs::read_to_string(&path).unwrap();
            assert!(
                old == text,
                "{} is stale: run `cargo xtask facts`",
                path.display()
            );
        }
    }
}
