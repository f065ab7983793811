//! A real mosquitto on a loopback port that demands a certificate of its clients.
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};

use super::Device;
use crate::authority::Authority;
use crate::scratch::Scratch;
use crate::shell;

/// How long the broker may take to start, and a client to be done.
const LIMIT: Duration = Duration::from_secs(20);

const CONFIG: &str = "mosquitto.conf";
const LOG: &str = "mosquitto.log";
const TOPIC: &str = "devices/device-0001/state";
const MESSAGE: &str = "a P-256 key from PSA let me in";

/// The running broker; it ends with this value.
pub struct Broker<'a> {
    process: Child,
    port: u16,
    scratch: &'a Scratch,
    authority: String,
}

impl<'a> Broker<'a> {
    pub fn start(scratch: &'a Scratch, authority: &Authority) -> Result<Self> {
        let (key, certificate) = authority.server()?;
        // Another program may take the free port before mosquitto does; then the next one serves as well.
        let mut attempt = 1;
        loop {
            let port = free_port()?;
            let config = [
                &format!("listener {port} 127.0.0.1"),
                &format!("cafile {}", authority.certificate()),
                &format!("certfile {certificate}"),
                &format!("keyfile {key}"),
                "require_certificate true",
                "use_identity_as_username true",
                "allow_anonymous false",
                // Started by root it would become another user, who cannot read the key.
                "user root",
            ];
            fs::write(scratch.path(CONFIG), config.join("\n") + "\n")?;
            match Self::launch(scratch, port, authority) {
                Err(error) if attempt == 3 => return Err(error),
                Err(_) => attempt += 1,
                started => return started,
            }
        }
    }

    fn launch(scratch: &'a Scratch, port: u16, authority: &Authority) -> Result<Self> {
        let log = File::create(scratch.path(LOG))?;
        let program =
            shell::find("mosquitto").context("mosquitto is missing: cargo xtask setup")?;
        let mut command = scratch.command(program);
        command.args(["-v", "-c", CONFIG]);
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log);
        println!("$ {} &  # require_certificate true", shell::shown(&command));
        let process = command.spawn().context("cannot run mosquitto")?;
        let authority = authority.certificate();
        let mut broker = Self {
            process,
            port,
            scratch,
            authority,
        };
        let begin = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Some(status) = broker.process.try_wait()? {
                bail!("mosquitto ended ({status}):\n{}", scratch.read(LOG)?);
            }
            ensure!(
                begin.elapsed() < LIMIT,
                "mosquitto does not listen:\n{}",
                scratch.read(LOG)?
            );
            thread::sleep(Duration::from_millis(20));
        }
        Ok(broker)
    }

    /// A client with this key and certificate, or with none.
    fn client(&self, program: &str, identity: Option<(&str, &str)>) -> Command {
        let mut command = self.scratch.command(program);
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-t", TOPIC]);
        command.args(["--cafile", &self.authority]);
        if let Some((key, certificate)) = identity {
            command.args(["--key", key, "--cert", certificate]);
        }
        command
    }

    /// The device subscribes with the SEC1 form of its key, and publishes with the PKCS#8 form of the same.
    pub fn exchange(&self, device: &Device) -> Result<()> {
        let certificate = device.file("device.cert.pem");
        let identity = (&*device.file("device.key.pem"), &*certificate);
        let mut subscriber = self.client("mosquitto_sub", Some(identity));
        subscriber.args(["-C", "1", "-W", &LIMIT.as_secs().to_string()]);
        println!("$ {} &", shell::shown(&subscriber));
        let subscriber = subscriber.stdout(Stdio::piped()).spawn()?;

        let identity = (&*device.file("device.pkcs8.pem"), &*certificate);
        let mut publisher = self.client("mosquitto_pub", Some(identity));
        // Retained: it reaches the subscriber whichever of the two is first.
        publisher.args(["-r", "-q", "1", "-m", MESSAGE]);
        let sent = shell::run(&mut publisher);

        let received = subscriber.wait_with_output()?;
        let text = String::from_utf8_lossy(&received.stdout);
        print!("{text}");
        let log = self.scratch.read(LOG)?;
        sent.with_context(|| log.clone())?;
        ensure!(
            text.trim_end() == MESSAGE,
            "the message did not arrive:\n{log}"
        );
        Ok(())
    }

    /// Neither a client without a certificate nor one with a certificate of its own making gets in.
    pub fn refuse_strangers(&self) -> Result<()> {
        println!("\nand nobody else:");
        self.refuse(None, "peer did not return a certificate")?;
        let stranger = Authority::new(self.scratch, "stranger")?;
        let (key, certificate) = stranger.server()?;
        self.refuse(Some((&key, &certificate)), "certificate verify failed")
    }

    fn refuse(&self, identity: Option<(&str, &str)>, why: &str) -> Result<()> {
        let mut publisher = self.client("mosquitto_pub", identity);
        publisher.args(["-r", "-q", "1", "-m", "I should not be here"]);
        println!("$ {}", shell::shown(&publisher));
        let output = within_limit(&mut publisher)?;
        print!("{}", String::from_utf8_lossy(&output.stderr));
        ensure!(
            !output.status.success(),
            "a client without a right certificate was let in"
        );
        let reason = self
            .logged(why)
            .context("refused, but not because of its certificate")?;
        println!("mosquitto says: {reason}");
        Ok(())
    }

    /// The line of the log with these words, which the broker may write a moment after the client has gone.
    fn logged(&self, words: &str) -> Result<String> {
        let begin = Instant::now();
        loop {
            let log = self.scratch.read(LOG)?;
            if let Some(line) = log.lines().find(|line| line.contains(words)) {
                // A number of seconds and a colon come first.
                return Ok(line
                    .split_once(": ")
                    .map_or(line, |(_, rest)| rest)
                    .to_owned());
            }
            ensure!(
                begin.elapsed() < LIMIT,
                "no line of the log has «{words}»:\n{log}"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Broker<'_> {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port())
}

/// Runs a command that might wait for ever; after the limit it is ended, which is an error.
fn within_limit(command: &mut Command) -> Result<Output> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let begin = Instant::now();
    while child.try_wait()?.is_none() {
        if begin.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            bail!(
                "{} was not done in {} s",
                shell::shown(command),
                LIMIT.as_secs()
            );
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(child.wait_with_output()?)
}
