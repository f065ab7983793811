//! The workspace, and how other programs are run in it.
use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Where system packages put servers such as mosquitto; often not in a user's `PATH`.
const SERVER_FOLDERS: [&str; 3] = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"];

/// The repository this program was built from, and whether the network may be used.
pub struct Workspace {
    root: PathBuf,
    offline: bool,
}

impl Workspace {
    pub fn new(offline: bool) -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("xtask stands in a folder of the workspace")?
            .to_path_buf();
        Ok(Self { root, offline })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn offline(&self) -> bool {
        self.offline
    }

    /// A command that runs in the root of the workspace, and offline when we are.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        if self.offline {
            command
                .env("CARGO_NET_OFFLINE", "true")
                .env("RUSTUP_AUTO_INSTALL", "0");
        }
        command
    }

    /// The cargo that runs us.
    pub fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// The cargo of another toolchain, which set-up has installed.
    pub fn cargo_of(&self, toolchain: &str) -> Command {
        let mut command = self.command("rustup");
        command.args(["run", toolchain, "cargo"]);
        command
    }

    /// What `cargo metadata` says of the workspace's own packages.
    pub fn metadata(&self) -> Result<serde_json::Value> {
        let json = output(self.cargo().args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ]))?;
        serde_json::from_str(&json).context("cargo metadata is no JSON")
    }

    /// Where cargo builds.
    pub fn target_folder(&self) -> Result<PathBuf> {
        let metadata = self.metadata()?;
        let target = metadata["target_directory"].as_str();
        target
            .map(PathBuf::from)
            .context("cargo metadata names the target folder")
    }
}

/// The path of a program: in `PATH`, or where system packages put servers.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .chain(SERVER_FOLDERS.map(PathBuf::from))
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

/// The command as one would type it.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| quoted(&word.to_string_lossy()))
        .collect::<Vec<_>>()
        .join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// Shows the command and runs it; a failure is an error.
pub fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", shown(command));
    let status = command
        .status()
        .with_context(|| format!("cannot run {}", shown(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs the command silently; its standard output. A failure is an error with what it wrote to standard error.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot run {}", shown(command)))?;
    if !output.status.success() {
        bail!(
            "{} failed ({}): {}",
            shown(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("{}: no UTF-8", shown(command)))
}

/// Like [`output`], but what the command writes to standard error is seen as it comes.
pub fn output_shown(command: &mut Command) -> Result<String> {
    command.stderr(Stdio::inherit());
    output(command)
}

/// Whether the command runs and succeeds; its output goes nowhere.
pub fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_commands_so_that_a_shell_understands_them() {
        let mut command = Command::new("/usr/bin/openssl");
        command.args(["req", "-subj", "/CN=it's me", ""]);
        assert_eq!(shown(&command), r"openssl req -subj '/CN=it'\''s me' ''");
    }

    #[test]
    fn a_failing_command_is_an_error_that_quotes_it() {
        let error = output(Command::new("sh").args(["-c", "echo why >&2; exit 3"])).unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("why") && text.contains("exit status: 3"),
            "{text}"
        );
        assert!(run(&mut Command::new("no-such-program-anywhere")).is_err());
    }
}
