//! What is checked of every image, wherever its PSA core is: the conformance list and the journey.
use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use super::qemu::{End, Machine};
use crate::authority::Authority;
use crate::scratch::Scratch;
use crate::shell::Workspace;

/// When the list has hung. It takes a minute on a machine that has nothing else to do.
const LIMIT: Duration = Duration::from_secs(600);
/// The same with every vector of a family.
pub const LONG_LIMIT: Duration = Duration::from_secs(3600);

/// What each run counts.
const COUNTS: &str = "conformance/data/counts.tsv";

/// Runs an image that goes through the conformance list as this provider, and compares with what it is recorded to count.
pub fn conformance(
    workspace: &Workspace,
    mut machine: Machine,
    image: &str,
    provider: &str,
    show: &mut dyn FnMut(&str),
) -> Result<()> {
    machine.arguments = ["conformance", provider].map(str::to_owned).into();
    machine.limit = LIMIT;
    let counted = list(&machine, provider, show)?;

    let run = format!("{image} {provider}");
    let table = fs::read_to_string(workspace.root().join(COUNTS))?;
    match recorded(&table, &run) {
        Some(recorded) => ensure!(
            counted == recorded,
            "{run}: `{counted}`, but {COUNTS} says `{recorded}`: put there what is right"
        ),
        None if provider.starts_with("tfm-") => show(&format!("{run}: no counts recorded")),
        None => bail!("{COUNTS} has no row `{run}`; it counts `{counted}`"),
    }
    Ok(())
}

/// The last line of a run as the table has it.
fn recorded(table: &str, run: &str) -> Option<String> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let mut cells = rows.map(|row| row.split('\t').collect::<Vec<_>>());
    cells.find_map(|cells| match cells[..] {
        [name, passed, not_offered, vectors] if name == run => Some(format!(
            "{passed} passed, {not_offered} not offered, 0 failed; {vectors} vectors"
        )),
        _ => None,
    })
}

/// The same of an image with every vector of a family.
pub fn vectors(mut machine: Machine, provider: &str) -> Result<()> {
    machine.arguments = ["conformance", provider].map(str::to_owned).into();
    machine.limit = LONG_LIMIT;
    list(&machine, provider, &mut |line| println!("{line}")).map(drop)
}

/// Runs the list and answers its last line.
fn list(machine: &Machine, provider: &str, show: &mut dyn FnMut(&str)) -> Result<String> {
    let begin = Instant::now();
    let mut failures = Vec::new();
    let mut summary = None;
    let end = machine.run(|line| {
        show(line);
        if line.contains(" passed, ") && line.contains(" not offered, ") {
            summary = Some(line.trim().to_owned());
        }
        if line.starts_with("FAIL") {
            failures.push(line.to_owned());
        }
    })?;
    let seconds = begin.elapsed().as_secs_f64();
    show(&format!("{provider}: {end}, {seconds:.1} s"));
    ensure!(
        end == End::Exit(0) && failures.is_empty(),
        "{provider}: {end}\n{}",
        failures.join("\n")
    );
    summary.with_context(|| format!("{provider}: the image ended before its last line"))
}

/// The device's name in its request, and its folder.
const DEVICE: &str = "device-0001";

/// Runs an image that goes the journey: openssl checks what it prints, and answers its request. `way` is the image's
/// argument: an image may know more than one.
pub fn journey(machine: Machine, way: &str) -> Result<()> {
    go(machine, way, |line| println!("{line}")).map(drop)
}

/// The same in silence; what the image has printed.
pub fn journey_quietly(machine: Machine, way: &str) -> Result<Vec<String>> {
    go(machine, way, |_| ())
}

fn go(mut machine: Machine, way: &str, show: impl Fn(&str)) -> Result<Vec<String>> {
    let scratch = Scratch::new()?;
    let authority = Authority::new(&scratch, "authority")?;
    machine.folder = Some(scratch.folder().to_path_buf());
    machine.arguments = vec![way.to_owned()];

    let mut printed = Printed::default();
    let mut answered = Ok(());
    let end = machine.run(|line| {
        show(line);
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
    Ok(printed.lines)
}

/// Puts the certificate where the image looks for it.
fn answer(scratch: &Scratch, authority: &Authority, printed: &Printed) -> Result<()> {
    let certificate = certificate(scratch, authority, printed)?;
    // Moved, so that the image never reads half of it.
    fs::rename(scratch.path(&certificate), scratch.path("certificate.pem"))?;
    Ok(())
}

/// Checks what the device has printed so far, and signs its request; the file of the certificate.
pub fn certificate(scratch: &Scratch, authority: &Authority, printed: &Printed) -> Result<String> {
    fs::create_dir_all(scratch.path(DEVICE))?;
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
    Ok(certificate)
}

/// What an image has printed, with lines `== title` before its blocks.
#[derive(Default)]
pub struct Printed {
    pub lines: Vec<String>,
}

impl Printed {
    pub fn see(&mut self, line: &str) {
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
pub fn text_size(workspace: &Workspace, image: &std::path::Path) -> Result<usize> {
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
    fn a_row_is_read_as_the_last_line_of_a_run() {
        let table = "# Rows.\nrun\tpassed\tnot offered\tvectors\nns stand-in\t3\t2\t1\n";
        let line = "3 passed, 2 not offered, 0 failed; 1 vectors";
        assert_eq!(recorded(table, "ns stand-in").as_deref(), Some(line));
        assert_eq!(recorded(table, "ns tfm-2.1-medium"), None);
    }

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
