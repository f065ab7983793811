//! The command-line tool's inside; not a stable interface for other crates.
mod config;
mod explain;
mod files;
mod modem;
mod why;

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

/// What Mbed TLS, PSA and TF-M error codes mean.
#[derive(Parser)]
#[command(name = "mbedtls-diag", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Explain(explain::Args),
    Why(why::Args),
    Config(config::Args),
    Modem(modem::Args),
    /// Prints a completion script for a shell
    Completions {
        /// The shell to complete in
        shell: clap_complete::Shell,
    },
    /// Prints a manual page in roff: of the tool, or of one command
    #[command(hide = true)]
    Man {
        /// The command, such as `modem keygen`
        command: Vec<String>,
    },
}

/// How a command ended, when nothing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The question is answered.
    Answered,
    /// The question is answered, and the answer is that something is wrong or missing.
    Unmet,
    /// Nothing was recognised.
    Nothing,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Answered => Self::SUCCESS,
            Outcome::Unmet => Self::from(1),
            Outcome::Nothing => Self::from(2),
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
enum Error {
    /// The reader of the output has seen enough.
    OutputClosed,
    /// Says what to do.
    Message(String),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::OutputClosed,
            _ => Self::Message(format!("reading or writing failed: {error}")),
        }
    }
}

/// Runs the tool with the arguments of the process.
pub fn main() -> ExitCode {
    match run(&Cli::parse_from(explain::codes_as_text(env::args_os())).command) {
        Ok(outcome) => outcome.into(),
        Err(Error::OutputClosed) => ExitCode::SUCCESS,
        Err(Error::Message(message)) => {
            let _ = writeln!(anstream::stderr(), "mbedtls-diag: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> Result<Outcome, Error> {
    match command {
        Command::Explain(args) => explain::run(args),
        Command::Why(args) => why::run(args),
        Command::Config(args) => config::run(args),
        Command::Modem(args) => modem::run(args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "mbedtls-diag", &mut script);
            io::stdout().write_all(&script)?;
            Ok(Outcome::Answered)
        }
        Command::Man { command } => {
            clap_mangen::Man::new(page(command)?).render(&mut io::stdout())?;
            Ok(Outcome::Answered)
        }
    }
}

/// The command that a manual page is about.
fn page(names: &[String]) -> Result<clap::Command, Error> {
    let mut page = Cli::command();
    page.build();
    for name in names {
        let command = page.find_subcommand(name).cloned();
        page = command.ok_or_else(|| Error::Message(format!("there is no command `{name}`")))?;
    }
    Ok(page)
}
