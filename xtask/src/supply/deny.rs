//! `cargo deny`, with advisories from a database that is on this machine.
use std::env;
use std::ffi::OsString;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::setup::Installed;
use crate::shell::{self, Workspace};
use crate::test::Count;

const TOOL: Installed = Installed {
    name: "cargo-deny",
    version: "0.20.2",
};

/// The workspaces whose dependencies are looked at.
const MANIFESTS: [&str; 2] = ["Cargo.toml", "fuzz/Cargo.toml"];

/// Names a clone of `RustSec`'s advisory-db, or a folder with one in it.
const DATABASE: &str = "ADVISORY_DB";

/// What cargo deny calls its clone of that database: the end of the address, and a hash of it.
const NAME: &str = "advisory-db-3157b0e258782691";

/// Licences, bans and sources; advisories where there is a database.
pub fn run(workspace: &Workspace) -> Count {
    let tool = match TOOL.program(workspace) {
        Ok(tool) => tool,
        Err(error) => return Count::one(Err(error)),
    };
    let config = workspace.root().join("deny.toml");
    let what = ["bans", "licenses", "sources"];
    let mut count = Count::one(check(workspace, &tool, &config, &what));
    count += advisories(workspace, Some(&tool));
    count
}

/// Advisories alone, where both the tool and a database are there already.
pub fn advisories_if_known(workspace: &Workspace) -> Count {
    advisories(workspace, TOOL.find(workspace).as_deref())
}

fn advisories(workspace: &Workspace, tool: Option<&Path>) -> Count {
    let cargo = crate::cargo_home().ok();
    let (Some(tool), Some(clone)) = (tool, database(env::var_os(DATABASE), cargo.as_deref()))
    else {
        println!(
            "advisories not checked: that takes {} {} below target/tools, where `cargo xtask test --long \"cargo deny\"` puts it, \
             and a clone of RustSec's advisory-db, named by {DATABASE} or in a folder advisory-db* of $CARGO_HOME",
            TOOL.name, TOOL.version
        );
        return Count::not_checked("advisories");
    };
    Count::one(check_advisories(workspace, tool, &clone))
}

fn check_advisories(workspace: &Workspace, tool: &Path, clone: &Path) -> Result<()> {
    let mut git = workspace.command("git");
    git.arg("-C")
        .arg(clone)
        .args(["show", "-s", "--format=%cs"]);
    let date = shell::output(git.arg("HEAD"))?;
    println!("advisories known on {}", date.trim());
    // Wherever the clone is and whatever it is called, cargo deny finds it under its own name.
    let folder = tempfile::tempdir()?;
    symlink(clone, folder.path().join(NAME))?;
    let config = folder.path().join("deny.toml");
    let deny = std::fs::read_to_string(workspace.root().join("deny.toml"))?;
    let place = format!(
        "[advisories]\ndb-path = {:?}",
        folder.path().to_string_lossy()
    );
    std::fs::write(&config, deny.replacen("[advisories]", &place, 1))?;
    check(workspace, tool, &config, &["advisories"])
}

fn check(workspace: &Workspace, tool: &Path, config: &Path, what: &[&str]) -> Result<()> {
    for manifest in MANIFESTS {
        let mut command = workspace.command(tool);
        command
            .args(["deny", "--locked", "--offline", "--manifest-path", manifest])
            .arg("--config")
            .arg(config);
        shell::run(command.arg("check").args(what)).with_context(|| manifest.to_owned())?;
    }
    Ok(())
}

/// A clone of the database: the one that is named; else that of cargo deny (`advisory-dbs/…`) or of cargo audit (`advisory-db`)
/// in cargo's own folder.
fn database(named: Option<OsString>, cargo: Option<&Path>) -> Option<PathBuf> {
    if let Some(named) = named {
        return clone_in(Path::new(&named));
    }
    let folders = sorted(cargo?);
    let mut folders = folders.iter().filter(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("advisory-db")
    });
    folders.find_map(|folder| clone_in(folder))
}

/// The folder, if it is a clone, or one that is in it.
fn clone_in(folder: &Path) -> Option<PathBuf> {
    let is_clone = |folder: &Path| folder.join("crates").is_dir() && folder.join(".git").exists();
    let mut candidates = vec![folder.to_path_buf()];
    candidates.extend(sorted(folder));
    let clone = candidates.into_iter().find(|folder| is_clone(folder))?;
    clone.canonicalize().ok()
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = folder.read_dir().into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_clone_is_found_where_the_tools_keep_theirs() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path().canonicalize().unwrap();
        assert_eq!(database(None, Some(&home)), None);
        assert_eq!(database(None, None), None);
        fs::create_dir_all(home.join("advisory-dbs")).unwrap();
        assert_eq!(database(None, Some(&home)), None);
        let make = |name: &str| {
            let clone = home.join(name);
            for part in ["crates", ".git"] {
                fs::create_dir_all(clone.join(part)).unwrap();
            }
            clone
        };
        make("elsewhere/db");
        assert_eq!(database(None, Some(&home)), None);
        for name in ["advisory-dbs/advisory-db-0", "advisory-db"] {
            let clone = make(name);
            assert_eq!(database(None, Some(&home)), Some(clone));
        }
        for named in ["elsewhere", "elsewhere/db"] {
            let named = home.join(named).into_os_string();
            let found = database(Some(named), Some(&home));
            assert_eq!(found, Some(home.join("elsewhere/db")));
        }
        // What is named and is not there is no reason to take another.
        let nowhere = home.join("nowhere").into_os_string();
        assert_eq!(database(Some(nowhere), Some(&home)), None);
    }
}
