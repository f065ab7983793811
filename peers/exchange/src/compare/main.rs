//! Gives every peer the same work and compares the answers.
//!
//! `compare FOLDER LACKS NAME=PROGRAM...`: tasks and answers stay in FOLDER to be looked at; LACKS is the table of what
//! the peers do not have. The last line says how many answers agreed and how many did not.

mod lacks;
mod plan;
mod report;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Context as _, Result, bail, ensure};
use exchange::Answer;

use lacks::Lacks;
use plan::{Expected, Job};
use report::Report;

/// A program that answers tasks.
struct Peer {
    name: String,
    program: PathBuf,
}

impl Peer {
    fn parse(argument: &str) -> Result<Self> {
        let (name, program) = argument
            .split_once('=')
            .with_context(|| format!("{argument}: NAME=PROGRAM is wanted"))?;
        Ok(Self {
            name: name.to_owned(),
            program: PathBuf::from(program),
        })
    }

    /// Its answers to these jobs.
    fn ask(&self, folder: &Path, tasks: &Path, jobs: usize) -> Result<Vec<Answer>> {
        let answers = folder.join(format!(
            "{}-{}",
            tasks.file_stem().unwrap_or_default().display(),
            self.name
        ));
        let status = Command::new(&self.program)
            .arg(tasks)
            .arg(&answers)
            .status()
            .with_context(|| self.program.display().to_string())?;
        ensure!(status.success(), "{} ended with {status}", self.name);
        let answers: Vec<Answer> = exchange::read(&answers)?;
        ensure!(
            answers.len() == jobs,
            "{} gave {} answers to {jobs} tasks",
            self.name,
            answers.len()
        );
        Ok(answers)
    }
}

/// What was asked in one round, and by peer what was answered.
struct Round {
    jobs: Vec<Job>,
    answers: Vec<Vec<Answer>>,
}

fn ask_all(peers: &[Peer], folder: &Path, number: usize, jobs: Vec<Job>) -> Result<Round> {
    let tasks = folder.join(format!("{number}"));
    exchange::write(&tasks, jobs.iter().map(|job| &job.task))?;
    let mut answers = Vec::new();
    for peer in peers {
        let begin = Instant::now();
        answers.push(peer.ask(folder, &tasks, jobs.len())?);
        println!(
            "round {number}: {:>5} tasks, {:<11} {:>5.1} s",
            jobs.len(),
            peer.name,
            begin.elapsed().as_secs_f64()
        );
    }
    Ok(Round { jobs, answers })
}

fn run() -> Result<bool> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, table, peers @ ..] = &arguments[..] else {
        bail!("usage: compare FOLDER LACKS NAME=PROGRAM...");
    };
    ensure!(peers.len() > 1, "one peer has nothing to be compared with");
    let peers: Vec<Peer> = peers
        .iter()
        .map(|argument| Peer::parse(argument))
        .collect::<Result<_>>()?;
    let names: Vec<&str> = peers.iter().map(|peer| peer.name.as_str()).collect();
    let mut lacks = Lacks::read(table.as_ref(), &names)?;
    let mut report = Report::new(&names);
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder)?;

    let mut rounds = vec![ask_all(&peers, folder, 1, plan::first())?];
    for (number, next) in (2..).zip([plan::second, plan::third, plan::fourth]) {
        let jobs = next(&rounds);
        rounds.push(ask_all(&peers, folder, number, jobs)?);
    }
    for round in &rounds {
        report.judge(round, &mut lacks);
    }
    Ok(report.end(&lacks))
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("compare: {error:#}");
            ExitCode::FAILURE
        }
    }
}
