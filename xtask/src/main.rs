//! The repository's tasks: `cargo xtask facts` writes the generated tables.
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

mod facts;

fn main() -> ExitCode {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let done = match env::args().nth(1).as_deref() {
        Some("facts") => {
            tree("mbedtls-rs-sys-0.3.1/mbedtls").and_then(|tree| facts::run(repository, &tree))
        }
        _ => Err("usage: cargo xtask facts".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// A tree of C sources in the registry.
fn tree(name: &str) -> Result<PathBuf, String> {
    let home = env::var("CARGO_HOME").or_else(|_| env::var("HOME").map(|home| home + "/.cargo"));
    let sources = Path::new(&home.map_err(|e| e.to_string())?).join("registry/src");
    let mut indexes = fs::read_dir(sources).map_err(|e| e.to_string())?.flatten();
    let found =
        indexes.find_map(|index| Some(index.path().join(name)).filter(|path| path.exists()));
    found.ok_or_else(|| format!("{name} is missing: run `cargo fetch` in mbedtls-src"))
}
