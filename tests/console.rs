//! The journey on the console, with the other side played here: `openssl` signs the request.
#![cfg(unix)]

#[path = "support/openssl.rs"]
mod support;

use std::env;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use support::{Folder, openssl};

/// The example that `cargo test` has built beside this test.
fn program() -> PathBuf {
    let test = env::current_exe().unwrap();
    let examples = test.parent().unwrap().with_file_name("examples");
    examples.join("console")
}

/// A device that runs, and its console.
struct Console {
    child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
}

impl Console {
    fn start(keep: &Path) -> Self {
        let mut child = Command::new(program())
            .arg("--keep")
            .arg(keep)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example is built: cargo build --example console");
        Self {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()).lines(),
            child,
        }
    }

    /// The lines up to this one, which must come.
    fn until(&mut self, last: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for line in self.output.by_ref() {
            let line = line.unwrap();
            if line == last {
                return lines;
            }
            lines.push(line);
        }
        panic!("the device never said `{last}`, but:\n{}", lines.join("\n"));
    }

    fn paste(&mut self, text: &[u8]) {
        self.input.write_all(text).unwrap();
    }

    fn ends_well(mut self) {
        drop(self.input);
        assert!(self.child.wait().unwrap().success());
    }
}

/// The PEM under a title.
fn block(lines: &[String], title: &str) -> String {
    let heading = format!("== {title}");
    let block = lines.iter().skip_while(|line| **line != heading).skip(1);
    let block: Vec<_> = block.take_while(|line| !line.is_empty()).cloned().collect();
    block.join("\n") + "\n"
}

/// An authority that answers a request with a certificate.
fn sign(request: &str) -> Vec<u8> {
    let folder = Folder::new();
    let (key, certificate) = (folder.path("ca.key"), folder.path("ca.pem"));
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=CA -keyout @ -out @",
        &[&key, &certificate],
    );
    let request = folder.write("request.pem", request);
    openssl(
        "x509 -req -in @ -CA @ -CAkey @ -CAcreateserial",
        &[&request, &certificate, &key],
    )
}

#[test]
fn the_certificate_that_openssl_signs_is_the_keys_and_is_kept() {
    let keep = tempfile::tempdir().unwrap();
    let mut device = Console::start(keep.path());
    let lines = device.until("waiting for the certificate");
    let request = block(&lines, "request of the device");
    let public = block(&lines, "public key of the device");
    let folder = Folder::new();
    let file = folder.write("request.pem", &request);
    openssl("req -in @ -verify -noout", &[&file]);
    assert_eq!(
        openssl("req -in @ -noout -pubkey", &[&file]),
        public.as_bytes()
    );

    // As a terminal sends it.
    let certificate = String::from_utf8(sign(&request)).unwrap();
    device.paste(certificate.replace('\n', "\r").as_bytes());
    device.until("the certificate is the device's");
    device.until("and it is stored");
    device.ends_well();

    let mut again = Console::start(keep.path());
    let lines = again.until("waiting for the certificate");
    assert_eq!(block(&lines, "public key of the device"), public);
    again.paste(certificate.as_bytes());
    again.until("and it is stored");
    again.ends_well();
}

#[test]
fn the_certificate_of_another_device_is_refused_and_the_right_one_is_waited_for() {
    let keeps = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [mut device, mut other] = keeps.each_ref().map(|keep| Console::start(keep.path()));
    let certificates = [&mut device, &mut other].map(|console| {
        let lines = console.until("waiting for the certificate");
        sign(&block(&lines, "request of the device"))
    });
    device.paste(&certificates[1]);
    device.until("refused: ");
    device.until("waiting for the certificate");
    device.paste(&certificates[0]);
    device.until("and it is stored");
    device.ends_well();
    drop(other.input);
    assert!(!other.child.wait().unwrap().success(), "its console ended");
}
