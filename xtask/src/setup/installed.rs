//! Programs that cargo installs: of a version that stands here, below `target/tools`.
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::shell::{self, Workspace};

/// A subcommand of cargo's that some steps need.
pub struct Installed {
    /// The package and its program.
    pub name: &'static str,
    /// The exact version.
    pub version: &'static str,
}

impl Installed {
    /// Its folder and the program there, installed now where that was not done before.
    pub fn program(&self, workspace: &Workspace) -> Result<PathBuf> {
        if let Some(program) = self.find(workspace) {
            return Ok(program);
        }
        if workspace.offline() {
            bail!(
                "--offline, and {} is missing: run this once with the network",
                self.name
            );
        }
        let mut command = workspace.cargo();
        command.args(["install", "--locked", "--quiet", "--version", self.version]);
        shell::run(command.arg("--root").arg(root(workspace)).arg(self.name))?;
        Ok(self.path(workspace))
    }

    /// The program, where it was installed before.
    pub fn find(&self, workspace: &Workspace) -> Option<PathBuf> {
        let program = self.path(workspace);
        self.is_there(workspace, &program).then_some(program)
    }

    fn path(&self, workspace: &Workspace) -> PathBuf {
        root(workspace).join("bin").join(self.name)
    }

    fn is_there(&self, workspace: &Workspace, program: &Path) -> bool {
        let mut command = workspace.command(program);
        // As cargo would call it: `cargo-fuzz fuzz --version`.
        command.arg(self.name.trim_start_matches("cargo-"));
        shell::output(command.arg("--version"))
            .is_ok_and(|version| version.trim().ends_with(self.version))
    }
}

fn root(workspace: &Workspace) -> PathBuf {
    workspace.root().join("target/tools")
}
