//! `cargo xtask demo`: the main job from beginning to end, each result checked by another program.
mod broker;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::authority::Authority;
use crate::scratch::Scratch;
use crate::setup;
use crate::shell::{self, Workspace};
use broker::Broker;

#[derive(Default)]
pub struct Options {
    /// Also the broker that asks for the certificate.
    pub mqtt: bool,
    /// Prints private keys too.
    pub show_private: bool,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    setup::run(workspace, &setup::for_demo(options.mqtt))?;
    journey(workspace, options)
}

/// The journey itself, set-up done. Whatever is not as it must be is an error.
pub fn journey(workspace: &Workspace, options: &Options) -> Result<()> {
    let provision = build_example(workspace, "provision")?;
    let scratch = Scratch::new()?;
    let authority = Authority::new(&scratch, "authority")?;

    title("A key for the device, its PEM, and a certificate request");
    let device = Device::new(&scratch, &provision, "device-0001")?;
    device.show(options.show_private)?;

    title("openssl agrees: one key in all four files, and a request signed by it");
    device.check()?;

    title("The authority signs the request, and the certificate comes back");
    device.accept(&authority.sign(device.name)?)?;
    authority.verify(&device.file("device.cert.pem"))?;

    title("The certificate of another device is refused");
    let other = Device::new(&scratch, &provision, "device-0002")?;
    device.refuse(&authority.sign(other.name)?)?;

    if options.mqtt {
        title("A broker that lets in only who has a certificate");
        let broker = Broker::start(&scratch, &authority)?;
        broker.exchange(&device)?;
        broker.refuse_strangers()?;
    }

    title("And 0xc680?");
    explain(workspace)
}

fn title(text: &str) {
    println!("\n--- {text}");
}

/// Builds an example of the root package; the path of its program.
pub fn build_example(workspace: &Workspace, name: &str) -> Result<PathBuf> {
    println!("\nbuilding the example {name}, and with it Mbed TLS");
    let mut build = workspace.cargo();
    build.args(["build", "--locked", "--quiet", "--example", name]);
    build.arg("--message-format=json-render-diagnostics");
    shell::output_shown(&mut build)?
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["target"]["name"] == name)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .with_context(|| format!("cargo names no program of the example {name}"))
}

/// A device: a folder that the example `provision` fills.
struct Device<'a> {
    scratch: &'a Scratch,
    provision: &'a Path,
    name: &'a str,
}

impl<'a> Device<'a> {
    fn new(scratch: &'a Scratch, provision: &'a Path, name: &'a str) -> Result<Self> {
        let device = Self {
            scratch,
            provision,
            name,
        };
        let subject = format!("CN={name},O=Example");
        shell::run(device.provision().args(["--subject", &subject]))?;
        Ok(device)
    }

    fn provision(&self) -> Command {
        let mut command = self.scratch.command(self.provision);
        command.args(["--out", self.name]);
        command
    }

    fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.name)
    }

    fn read(&self, name: &str) -> Result<String> {
        self.scratch.read(&self.file(name))
    }

    fn show(&self, private: bool) -> Result<()> {
        for name in ["device.key.pem", "device.pkcs8.pem"] {
            let pem = self.read(name)?;
            print!(
                "\n{name}\n{}",
                if private { pem } else { without_body(&pem) }
            );
        }
        for name in ["device.pub.pem", "device.csr.pem"] {
            print!("\n{name}\n{}", self.read(name)?);
        }
        Ok(())
    }

    fn check(&self) -> Result<()> {
        let public = self.read("device.pub.pem")?;
        for name in ["device.key.pem", "device.pkcs8.pem"] {
            self.scratch.check_private(&self.file(name), &public)?;
        }
        let request = &self.file("device.csr.pem");
        self.scratch.check_request(request, &public)?;
        print!(
            "{}",
            self.scratch
                .openssl(&["req", "-in", request, "-noout", "-subject"])?
        );
        Ok(())
    }

    fn accept(&self, certificate: &str) -> Result<()> {
        shell::run(self.provision().args(["--certificate", certificate]))
    }

    fn refuse(&self, certificate: &str) -> Result<()> {
        let before = self.read("device.cert.pem")?;
        let mut command = self.provision();
        println!(
            "$ {}",
            shell::shown(command.args(["--certificate", certificate, "--force"]))
        );
        let output = command.output()?;
        let message = String::from_utf8_lossy(&output.stderr);
        print!("{message}");
        ensure!(
            !output.status.success(),
            "a certificate of another key was accepted"
        );
        ensure!(
            message.contains("another key"),
            "refused, but for another reason"
        );
        ensure!(
            self.read("device.cert.pem")? == before,
            "the refused certificate was stored"
        );
        Ok(())
    }
}

/// PEM with its first and last line only.
fn without_body(pem: &str) -> String {
    let lines: Vec<_> = pem.lines().collect();
    match lines.as_slice() {
        [first, .., last] => format!(
            "{first}\n({} lines; --show-private prints them)\n{last}\n",
            lines.len() - 2
        ),
        _ => String::new(),
    }
}

/// What the code that began all this means, by the tool that needs no C.
fn explain(workspace: &Workspace) -> Result<()> {
    let mut command = workspace.cargo();
    command.args(["run", "--locked", "--quiet", "--package", "mbedtls-diag"]);
    println!("$ mbedtls-diag explain 0xc680");
    let answer = shell::output_shown(command.args(["--", "explain", "0xc680"]))?;
    print!("{answer}");
    let name = "MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE";
    ensure!(answer.contains(name), "the answer does not name {name}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_key_is_shown_without_its_body() {
        let pem =
            "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0\nc2VjcmV0\n-----END EC PRIVATE KEY-----\n";
        let shown = without_body(pem);
        assert!(shown.starts_with("-----BEGIN EC PRIVATE KEY-----\n"));
        assert!(shown.ends_with("-----END EC PRIVATE KEY-----\n"));
        assert!(!shown.contains("c2VjcmV0") && shown.contains("2 lines"));
    }
}
