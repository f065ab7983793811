//! The real `openssl` program, and keys for tests.
#![allow(dead_code, reason = "each test binary uses a part of it")]

pub mod symmetric;

use psa::{Algorithm, Attributes, Curve, Hash, Key, Usage};
use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// Runs `openssl` with this input and answers its standard output.
///
/// # Panics
/// When the program is missing or fails: a test without it proves nothing.
pub fn openssl(arguments: &[&str], input: impl AsRef<[u8]>) -> Vec<u8> {
    let output = try_openssl(arguments, input);
    assert!(
        output.status.success(),
        "openssl {} failed:\n{}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

pub fn try_openssl(arguments: &[&str], input: impl AsRef<[u8]>) -> Output {
    let mut child = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("this test needs the program openssl: install it (apt-get install openssl)");
    // A program that does not want all of its input closes the pipe, which is no failure.
    let _ = child.stdin.take().expect("piped").write_all(input.as_ref());
    child.wait_with_output().expect("openssl runs")
}

pub fn openssl_text(arguments: &[&str], input: impl AsRef<[u8]>) -> String {
    String::from_utf8(openssl(arguments, input)).expect("openssl writes text")
}

/// A folder for the files that openssl wants to have by name.
pub struct Files(TempDir);

impl Files {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and answers its path.
    pub fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, contents).expect("a file in a temporary folder");
        path.into_os_string()
            .into_string()
            .expect("a path in UTF-8")
    }
}

/// The curves that sign, by the name that OpenSSL has for them.
pub const ECDSA_CURVES: &[(Curve, &str)] = &[
    (Curve::P256, "prime256v1"),
    #[cfg(feature = "full")]
    (Curve::P384, "secp384r1"),
    #[cfg(feature = "full")]
    (Curve::P521, "secp521r1"),
    #[cfg(feature = "full")]
    (Curve::Secp256k1, "secp256k1"),
];

pub fn hash_of(curve: Curve) -> Hash {
    match curve {
        Curve::P384 => Hash::Sha384,
        Curve::P521 => Hash::Sha512,
        _ => Hash::Sha256,
    }
}

pub fn policy(attributes: Attributes, hash: Hash) -> Attributes {
    attributes
        .usage(Usage::SIGN | Usage::VERIFY | Usage::EXPORT)
        .algorithm(Algorithm::ecdsa(hash))
}

pub fn ecdsa_key(curve: Curve) -> Key {
    psa::init().expect("the provider starts");
    Key::generate(policy(Attributes::ecc_key_pair(curve), hash_of(curve))).expect("a key")
}

/// So many cases, fewer where the environment says so (`PROPTEST_CASES`: under valgrind), and no file of past failures: a
/// failure prints its input.
pub fn cases(cases: u32) -> proptest::test_runner::Config {
    let fewer = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|number| number.parse().ok());
    let cases = fewer.map_or(cases, |fewer: u32| fewer.min(cases));
    proptest::test_runner::Config {
        cases,
        failure_persistence: None,
        ..Default::default()
    }
}

/// Bytes from hexadecimal digits; white space and colons do not count.
///
/// # Panics
/// When it is something else.
pub fn hex(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .bytes()
        .filter(|digit| !digit.is_ascii_whitespace() && *digit != b':')
        .collect();
    digits
        .chunks(2)
        .map(|byte| {
            let byte = std::str::from_utf8(byte).expect("ASCII");
            u8::from_str_radix(byte, 16).expect("hexadecimal digits")
        })
        .collect()
}

/// Hexadecimal digits of bytes.
pub fn to_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).expect("a digit");
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
