//! A folder in which openssl and other programs look at each other's files.
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use tempfile::TempDir;

use crate::shell;

/// The folder of one run, removed with this value. Commands run in it; paths are relative to it.
pub struct Scratch {
    folder: TempDir,
}

impl Scratch {
    pub fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        Ok(Self { folder })
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn read(&self, name: &str) -> Result<String> {
        fs::read_to_string(self.path(name)).with_context(|| name.to_owned())
    }

    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path());
        command
    }

    /// Shows and runs openssl; what it writes to its standard output.
    pub fn openssl(&self, args: &[&str]) -> Result<String> {
        let mut command = self.command("openssl");
        println!("$ {}", shell::shown(command.args(args)));
        shell::output(&mut command)
    }

    /// Checks that the file is a sound private key, and that its public key is this one.
    pub fn check_private(&self, file: &str, public: &str) -> Result<()> {
        self.openssl(&["pkey", "-in", file, "-check", "-noout"])?;
        let its_public = self.openssl(&["pkey", "-in", file, "-pubout"])?;
        ensure!(its_public == public, "{file} holds another key");
        Ok(())
    }

    /// Checks that the file is a request, signed by its key, and that this is the key.
    pub fn check_request(&self, file: &str, public: &str) -> Result<()> {
        self.openssl(&["req", "-in", file, "-verify", "-noout"])?;
        let its_public = self.openssl(&["req", "-in", file, "-noout", "-pubkey"])?;
        ensure!(its_public == public, "{file} asks for another key");
        Ok(())
    }
}
