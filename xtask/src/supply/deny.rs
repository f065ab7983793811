//! `cargo deny`, with advisories from a database that is on this machine.
use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::setup::Installed;
use crate::shell::{self, Workspace};

const TOOL: Installed = Installed {
    name: "cargo-deny",
    version: "0.20.2",
};

/// Where an advisory database may lie, beside the place where cargo deny keeps its own.
const DATABASE: &str = "ADVISORY_DB";

/// Licences, bans and sources always; advisories where there is a database, and a word about it where there is none.
pub fn run(workspace: &Workspace) -> Result<()> {
    let tool = TOOL.program(workspace)?;
    let deny = |manifest: &str, config: &Path, what: &[&str]| {
        let mut command = workspace.command(&tool);
        command
            .args(["deny", "--locked", "--offline", "--manifest-path", manifest])
            .arg("--config")
            .arg(config);
        shell::run(command.arg("check").args(what))
    };
    let ours = workspace.root().join("deny.toml");
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        deny(manifest, &ours, &["bans", "licenses", "sources"])?;
    }
    let Some(folder) = database() else {
        println!(
            "advisories not checked: no database; put a clone of RustSec's advisory-db below \
             $CARGO_HOME/advisory-dbs, or name the folder above the clone in {DATABASE}"
        );
        return Ok(());
    };
    let config = with_database(workspace, &folder)?;
    deny("Cargo.toml", config.path(), &["advisories"])
}

/// The folder in which clones of databases lie, if there is one with something in it.
fn database() -> Option<PathBuf> {
    let own = crate::cargo_home()
        .ok()
        .map(|home| home.join("advisory-dbs"));
    let named = env::var_os(DATABASE).map(PathBuf::from);
    let has_any = |folder: &PathBuf| {
        let entries = folder.read_dir();
        entries.is_ok_and(|mut entries| entries.any(|entry| entry.is_ok_and(|e| e.path().is_dir())))
    };
    named.or(own).filter(has_any)
}

/// `deny.toml`, and where the database is.
fn with_database(workspace: &Workspace, folder: &Path) -> Result<tempfile::NamedTempFile> {
    let deny = std::fs::read_to_string(workspace.root().join("deny.toml"))?;
    let place = format!("[advisories]\ndb-path = {:?}", folder.to_string_lossy());
    let config = tempfile::NamedTempFile::new()?;
    std::fs::write(config.path(), deny.replacen("[advisories]", &place, 1))?;
    Ok(config)
}
