//! Keys, certificates and requests from OpenSSL, an implementation that is not ours.

use std::path::PathBuf;
use std::process::Command;

/// A folder of its own for what OpenSSL writes.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("OpenSSL wrote the file")
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).expect("the folder can be written to");
    }

    /// Runs `openssl` in the folder; `arguments` are separated by spaces. Returns what it said.
    pub fn openssl(&self, arguments: &str) -> String {
        let output = Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(self.0.path())
            .output()
            .expect("these tests need the program `openssl` (package openssl)");
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(output.status.success(), "openssl {arguments}: {said}");
        said
    }

    /// A P-256 key in `key.pem` and a certificate request for it, which is returned as DER.
    pub fn request(&self) -> Vec<u8> {
        self.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem");
        self.openssl("req -new -key key.pem -sha256 -subj /CN=device-1 -outform DER -out csr.der");
        self.read("csr.der")
    }
}
