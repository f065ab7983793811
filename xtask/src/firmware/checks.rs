//! What is checked of every image, wherever its PSA core is: the conformance list and the journey.
use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use super::qemu::{End, Machine};
use crate::authority::Authority;
use crate::scratch::Scratch;

/// When the list has hung. It takes a minute on a machine that has nothing else to do.
const LIMIT: Duration = Duration::from_secs(600);
/// The same with every vector of a family.
const LONG_LIMIT: Duration = Duration::from_secs(3600);

/// Runs an image that goes through the conformance list as this provider.
pub fn conformance(mut machine: Machine, provider: &str) -> Result<()> {
    machine.arguments = ["conformance", provider].map(str::to_owned).into();
    machine.limit = LIMIT;
    list(&machine, provider)
}

/// The same of an image with every vector of a family.
pub fn vectors(mut machine: Machine, provider: &str) -> Result<()> {
    machine.arguments = ["conformance", provider].map(str::to_owned).into();
    machine.limit = LONG_LIMIT;
    list(&machine, provider)
}

fn list(machine: &Machine, provider: &str) -> Result<()> {
    let begin = Instant::now();
    let mut failures = Vec::new();
    let mut summary = false;
    let end = machine.run(|line| {
        println!("{line}");
        summary |= line.contains(" passed, ") && line.contains(" not offered, ");
        if line.starts_with("FAIL") {
            failures.push(line.to_owned());
        }
    })?;
    println!("{provider}: {end}, {:.1} s", begin.elapsed().as_secs_f64());
    ensure!(
        end == End::Exit(0) && failures.is_empty(),
        "{provider}: {end}\n{}",
        failures.join("\n")
    );
    ensure!(summary, "{provider}: the image ended before its last line");
    Ok(())
}

/// The device's name in its request, and its folder.
const DEVICE: &str = "device-0001";

/// Runs an image that goes the journey: openssl checks what it prints, and answers its request. `way` is the image's
/// argument: an image may know more than one.
pub fn journey(mut machine: Machine, way: &str) -> Result<()> {
    let scratch = Scratch::new()?;
    let authority = Authority::new(&scratch, "authority")?;
    fs::create_dir(scratch.path(DEVICE))?;
    machine.folder = Some(scratch.folder().to_path_buf());
    machine.arguments = vec![way.to_owned()];

    let mut printed = Printed::default();
    let mut answered = Ok(());
    let end = machine.run(|line| {
        println!("{line}");
        printed.see(line);
        if line == "waiting for the certificate" {
            answered = answer(&scratch, &authority, &printed);
        }
    })?;
    answered?;
    ensure!(end == End::Exit(0), "{end}");
    ensure!(
        printed
            .lines
            .iter()
            .any(|line| line == "without EXPORT: PSA_ERROR_NOT_PERMITTED"),
        "a key without EXPORT was not refused by name"
    );
    Ok(())
}

/// Checks what the image has printed so far, and puts the certificate where it looks for it.
fn answer(scratch: &Scratch, authority: &Authority, printed: &Printed) -> Result<()> {
    let write = |name: &str, title: &str| -> Result<String> {
        let file = format!("{DEVICE}/{name}");
        fs::write(scratch.path(&file), printed.block(title)?)?;
        Ok(file)
    };
    let public = printed.block("its public key")?;
    for (name, title) in [
        ("sec1.pem", "private key, SEC1"),
        ("pkcs8.pem", "private key, PKCS#8"),
    ] {
        scratch.check_private(&write(name, title)?, &public)?;
    }
    let request = write("device.csr.pem", "request of the device")?;
    scratch.check_request(&request, &printed.block("public key of the device")?)?;

    let certificate = authority.sign(DEVICE)?;
    authority.verify(&certificate)?;
    // Moved, so that the image never reads half of it.
    fs::rename(scratch.path(&certificate), scratch.path("certificate.pem"))?;
    Ok(())
}

/// What an image has printed, with lines `== title` before its blocks.
#[derive(Default)]
struct Printed {
    lines: Vec<String>,
}

impl Printed {
    fn see(&mut self, line: &str) {
        self.lines.push(line.to_owned());
    }

    /// The PEM under a title, as openssl would have written it.
    fn block(&self, title: &str) -> Result<String> {
        let heading = format!("== {title}");
        let block: Vec<_> = self
            .lines
            .iter()
            .skip_while(|line| **line != heading)
            .skip(1)
            .take_while(|line| !line.is_empty() && !line.starts_with("== "))
            .map(String::as_str)
            .collect();
        match block.as_slice() {
            [first, .., last]
                if first.starts_with("-----BEGIN ") && last.starts_with("-----END ") =>
            {
                Ok(block.join("\n") + "\n")
            }
            _ => bail!("the image printed no PEM as `{title}`"),
        }
    }
}

/// The bytes of an image that lie in flash, and what may not change there: code and constants.
pub fn text_size(workspace: &crate::shell::Workspace, image: &std::path::Path) -> Result<usize> {
    let mut command = workspace.command("arm-none-eabi-size");
    let sizes = crate::shell::output(command.arg(image))?;
    sizes
        .lines()
        .nth(1)
        .and_then(|line| line.split_whitespace().next()?.parse().ok())
        .with_context(|| format!("arm-none-eabi-size says of {}: {sizes}", image.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_what_stands_under_its_title() {
        let mut printed = Printed::default();
        let pem = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n";
        for line in "== one\nno PEM\n== two\n".lines().chain(pem.lines()) {
            printed.see(line);
        }
        printed.see("");
        printed.see("more");
        assert_eq!(printed.block("two").unwrap(), pem);
        assert!(printed.block("one").is_err());
        assert!(printed.block("three").is_err());
    }
}
