//! Runs an image in QEMU: line by line, within a time, and ended when the secure side resets.
use std::fmt;
use std::io::{BufRead as _, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::shell;

const QEMU: &str = "qemu-system-arm";

/// What a secure side prints first: the stand-in, TF-M, and TF-M's older word for it. Printed twice, it has reset.
const BANNERS: [&str; 3] = [
    "[stand-in SPE] Secure side",
    "Booting TF-M",
    "Secure image initializing",
];

/// Parts of the lines in which a secure side says why it resets: the stand-in, TF-M.
const REASONS: [&str; 3] = ["[stand-in SPE] FATAL", "FATAL ERROR", "Oops"];

/// A machine with its images.
pub struct Machine {
    /// QEMU's name of the board, such as `mps2-an521`.
    pub board: &'static str,
    /// What it starts with: the secure image, or the only one.
    pub kernel: PathBuf,
    /// The non-secure image.
    pub non_secure: Option<PathBuf>,
    /// Where QEMU runs, and the image finds files.
    pub folder: Option<PathBuf>,
    /// What the image may read as its command line.
    pub arguments: Vec<String>,
    /// More of QEMU's options, such as `-icount`, `shift=6`.
    pub options: Vec<String>,
    /// The run ends after this time.
    pub limit: Duration,
}

impl Machine {
    /// An AN521 with a secure and a non-secure image.
    pub fn an521(secure: PathBuf, non_secure: PathBuf) -> Self {
        Self {
            non_secure: Some(non_secure),
            ..Self::alone("mps2-an521", secure)
        }
    }

    /// A board with one image, for at most a minute. Its time is counted in instructions (16 ns each), so that a timer
    /// ticks as often in every run, however busy the host is.
    pub fn alone(board: &'static str, image: PathBuf) -> Self {
        Self {
            board,
            kernel: image,
            non_secure: None,
            folder: None,
            arguments: Vec::new(),
            options: ["-icount", "shift=4"].map(str::to_owned).into(),
            limit: Duration::from_secs(60),
        }
    }

    /// The same, but an instruction takes 64 ns: more than a tick of the boards' 50 ns, so that the image can count single
    /// ones.
    pub fn counting_instructions(mut self) -> Self {
        self.options = ["-icount", "shift=6"].map(str::to_owned).into();
        self
    }

    fn command(&self) -> Command {
        let mut semihosting = "enable=on,target=native".to_owned();
        for argument in &self.arguments {
            semihosting.push_str(",arg=");
            semihosting.push_str(argument);
        }
        let mut command = Command::new(QEMU);
        command
            .args(["-machine", self.board, "-display", "none"])
            .args(["-monitor", "none", "-serial", "stdio"])
            .args(["-semihosting-config", &semihosting])
            .args(&self.options)
            .arg("-kernel")
            .arg(&self.kernel);
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        if let Some(image) = &self.non_secure {
            command
                .arg("-device")
                .arg(format!("loader,file={}", image.display()));
        }
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts, hands each line to `line` as it comes, and says how it ended. Lines come from the UART and, by
    /// semihosting, from the image itself.
    pub fn run(&self, mut line: impl FnMut(&str)) -> Result<End> {
        let mut command = self.command();
        let mut running = Running::start(&mut command)?;
        let lines = running.lines()?;
        let deadline = Instant::now() + self.limit;
        let mut watch = Watch::default();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match lines.recv_timeout(left) {
                Ok(text) => {
                    line(&text);
                    if let Some(reason) = watch.see(&text) {
                        return Ok(End::Reset(reason));
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Ok(End::TimeLimit(self.limit)),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        let status = running.0.wait()?;
        Ok(status
            .code()
            .map_or_else(|| End::Killed(shell::shown(&command), status), End::Exit))
    }
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    /// The image said so.
    Exit(i32),
    /// The secure side started a second time; the reason that it gave, if any.
    Reset(String),
    /// Nothing ended it in time.
    TimeLimit(Duration),
    /// QEMU itself died.
    Killed(String, ExitStatus),
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exit(0) => write!(f, "the image ended well"),
            Self::Exit(code) => write!(f, "the image ended with status {code}"),
            Self::Reset(reason) if reason.is_empty() => {
                write!(f, "the secure side reset (banner seen twice)")
            }
            Self::Reset(reason) => {
                write!(f, "the secure side faulted (banner seen twice): {reason}")
            }
            Self::TimeLimit(limit) => {
                write!(f, "the image did not end within {} s", limit.as_secs())
            }
            Self::Killed(command, status) => write!(f, "{command} died ({status})"),
        }
    }
}

/// Remembers banners and the last reason given.
#[derive(Default)]
struct Watch {
    banners: [bool; BANNERS.len()],
    reason: String,
}

impl Watch {
    /// Notes a line; a reason, when a banner came for the second time.
    fn see(&mut self, line: &str) -> Option<String> {
        if REASONS.iter().any(|part| line.contains(part)) {
            line.trim().clone_into(&mut self.reason);
        }
        for (banner, seen) in BANNERS.iter().zip(&mut self.banners) {
            if line.contains(banner) && std::mem::replace(seen, true) {
                return Some(std::mem::take(&mut self.reason));
            }
        }
        None
    }
}

/// A child that does not outlive us.
pub struct Running(pub Child);

impl Running {
    /// Starts QEMU, or another program.
    pub fn start(command: &mut Command) -> Result<Self> {
        let child = command.spawn().with_context(|| {
            let program = command.get_program().to_string_lossy().into_owned();
            format!("{program} is needed: package qemu-system-arm, or `cargo xtask setup`")
        })?;
        Ok(Self(child))
    }

    /// Both outputs as one stream of lines, which ends when both have.
    pub fn lines(&mut self) -> Result<mpsc::Receiver<String>> {
        let (sender, receiver) = mpsc::channel();
        let uart = self.0.stdout.take().context("the output is piped")?;
        let semihosting = self.0.stderr.take().context("the errors are piped")?;
        forward(uart, sender.clone());
        forward(semihosting, sender);
        Ok(receiver)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself: nothing is left to do then.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn forward(from: impl Read + Send + 'static, to: Sender<String>) {
    thread::spawn(move || {
        for bytes in BufReader::new(from).split(b'\n').map_while(Result::ok) {
            let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            if to.send(text).is_err() {
                return;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_banner_is_a_reset_with_the_last_reason_given() {
        let mut watch = Watch::default();
        let banner = "[stand-in SPE] Secure side for tests only";
        assert_eq!(watch.see(banner), None);
        assert_eq!(watch.see("ok   a test"), None);
        assert_eq!(
            watch.see("[stand-in SPE] FATAL: SecureFault; resetting"),
            None
        );
        let reason = watch.see(banner).unwrap();
        assert!(End::Reset(reason).to_string().contains("SecureFault"));
    }

    #[test]
    fn two_banners_of_one_start_are_no_reset() {
        let mut watch = Watch::default();
        assert_eq!(watch.see("Booting TF-M v2.1.6"), None);
        assert_eq!(watch.see("[Sec Thread] Secure image initializing!"), None);
        assert_eq!(watch.see("Booting TF-M v2.1.6").as_deref(), Some(""));
    }
}
