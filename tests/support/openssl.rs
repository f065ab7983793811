//! The `openssl` program: the other side of every format.
#![allow(dead_code)] // each test program uses a part
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder for files that openssl reads and writes.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and returns its path.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("a file in a temporary folder");
        path
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("the file that openssl was told to write")
    }

    pub fn as_path(&self) -> &Path {
        self.0.path()
    }
}

fn output(arguments: &str, paths: &[&Path], input: &[u8]) -> Output {
    let mut command = Command::new("openssl");
    let mut paths = paths.iter();
    for argument in arguments.split_whitespace() {
        match argument {
            "@" => command.arg(paths.next().expect("a path for each @")),
            _ => command.arg(argument),
        };
    }
    assert!(paths.next().is_none(), "an @ for each path");
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program openssl is needed: `cargo xtask setup` installs it");
    // A program that fails may not read its input; what it says then is the better message.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the end of openssl")
}

/// Runs openssl with arguments parted by spaces, each `@` replaced by the next path, and returns its output.
pub fn openssl(arguments: &str, paths: &[&Path]) -> Vec<u8> {
    openssl_with(arguments, paths, &[])
}

/// As [`openssl`], with standard input.
pub fn openssl_with(arguments: &str, paths: &[&Path], input: &[u8]) -> Vec<u8> {
    let output = output(arguments, paths, input);
    assert!(
        output.status.success(),
        "openssl {arguments}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// As [`openssl`], with text as the output.
pub fn openssl_text(arguments: &str, paths: &[&Path]) -> String {
    String::from_utf8(openssl(arguments, paths)).expect("text")
}

/// Whether openssl accepts something.
pub fn openssl_accepts(arguments: &str, paths: &[&Path]) -> bool {
    output(arguments, paths, &[]).status.success()
}

/// False in a run that was asked to be short, as under valgrind.
pub fn thorough() -> bool {
    std::env::var_os("PROPTEST_CASES").is_none()
}
