//! Tests in several processes: the test program starts itself again, once for each step.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, process};
use tempfile::TempDir;

const STEP: &str = "PSA_TEST_STEP";
const HOME: &str = "PSA_TEST_HOME";

/// The processes of one test, one a step, in one home. Whatever a step does, it may leave files in `keys` and `notes` alone.
pub struct Processes {
    test: &'static str,
    home: TempDir,
}

impl Processes {
    /// In the test's own process, what starts the others; in one of those, the step, which ends it.
    ///
    /// `test` is the name of the test that calls this.
    pub fn new(test: &'static str, steps: &[fn(&Home)]) -> Self {
        if let Ok(step) = env::var(STEP) {
            let home = env::var_os(HOME).expect("a step has a home");
            steps[step.parse::<usize>().expect("a number")](&Home(home.into()));
            process::exit(0);
        }
        let home = tempfile::tempdir().expect("a temporary folder");
        for folder in ["home", "working", "tmp", "notes"] {
            fs::create_dir(home.path().join(folder)).expect("a folder");
        }
        Self { test, home }
    }

    /// Runs the steps one after the other, each to its end.
    pub fn in_turn(test: &'static str, steps: &[fn(&Home)]) {
        let processes = Self::new(test, steps);
        for step in 0..steps.len() {
            processes.run(step);
        }
    }

    pub fn home(&self) -> Home {
        Home(self.home.path().to_owned())
    }

    /// Runs a step to its end.
    pub fn run(&self, step: usize) {
        self.end(step, self.command(step));
    }

    /// Runs a step where no file can grow: the disk is full.
    pub fn run_on_a_full_disk(&self, step: usize) {
        let mut command = Command::new("sh");
        command.args(["-c", r#"ulimit -f 0; trap '' XFSZ; exec "$0" "$@""#]);
        command.arg(program());
        self.end(step, self.of_step(step, command));
    }

    /// Runs a step with the folder of the keys closed to writers, by a user whom that binds: root becomes nobody.
    pub fn run_with_a_read_only_folder(&self, step: usize) {
        const NOBODY: u32 = 65_534;
        let home = self.home.path();
        // The folders above this program may be root's alone.
        let copy = home.join("program");
        fs::copy(program(), &copy).expect("a copy");
        let mut command = self.of_step(step, Command::new(&copy));
        let keys = self.home().keys();
        let is_root = home.metadata().expect("a folder").uid() == 0;
        if is_root {
            let files = names(&keys).into_iter().map(|name| keys.join(name));
            let folders = ["home", "working", "tmp", "notes", "keys", "program", ""];
            for path in folders.map(|name| home.join(name)).into_iter().chain(files) {
                chown(path, Some(NOBODY), Some(NOBODY)).expect("given away");
            }
            command.uid(NOBODY).gid(NOBODY);
        }
        let set_mode = |mode| fs::set_permissions(&keys, fs::Permissions::from_mode(mode));
        set_mode(0o500).expect("closed");
        self.end(step, command);
        set_mode(0o700).expect("opened");
        if is_root {
            chown(&keys, Some(0), Some(0)).expect("taken back");
        }
        fs::remove_file(copy).expect("the copy goes");
    }

    fn end(&self, step: usize, mut command: Command) {
        let output = command.output().expect("this program starts");
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        // A step that ends as it should never comes back to the harness, which would count it.
        assert!(
            output.status.success() && text.contains("running 1 test") && !text.contains("passed"),
            "step {step} of {}: {}\n{text}\n{errors}",
            self.test,
            output.status
        );
        self.nothing_elsewhere();
    }

    /// Starts a step that is killed when it is dropped.
    pub fn start(&self, step: usize) -> Running {
        Running(self.command(step).spawn().expect("this program starts"))
    }

    fn command(&self, step: usize) -> Command {
        self.of_step(step, Command::new(program()))
    }

    /// The command, which begins with what runs this program, with all that a step needs.
    fn of_step(&self, step: usize, mut command: Command) -> Command {
        let at = |folder: &str| self.home.path().join(folder);
        command
            .args([self.test, "--exact", "--nocapture", "--test-threads=1"])
            .env(STEP, step.to_string())
            .env(HOME, self.home.path())
            .env("HOME", at("home"))
            .env("TMPDIR", at("tmp"))
            .env_remove("XDG_DATA_HOME")
            .current_dir(at("working"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Where a program writes that was not told where.
    fn nothing_elsewhere(&self) {
        for folder in ["home", "working", "tmp"] {
            assert_eq!(names(&self.home.path().join(folder)), [""; 0], "{folder}");
        }
    }
}

fn program() -> PathBuf {
    env::current_exe().expect("this program has a path")
}

/// A process that is killed (SIGKILL) when this is dropped.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Where a step finds what is its own.
pub struct Home(PathBuf);

impl Home {
    /// The folder of the keys; nobody has made it.
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    /// The names of the files in the folder of the keys.
    pub fn files(&self) -> Vec<String> {
        names(&self.keys())
    }

    /// Keeps something for another step.
    pub fn keep(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.note(name), bytes).expect("a note");
    }

    /// What another step kept.
    pub fn kept(&self, name: &str) -> Vec<u8> {
        fs::read(self.note(name)).expect("a note")
    }

    pub fn wait_for(&self, name: &str) {
        let begin = Instant::now();
        while !self.note(name).exists() {
            assert!(begin.elapsed() < Duration::from_secs(60), "no {name}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn forget(&self, name: &str) {
        fs::remove_file(self.note(name)).expect("a note");
    }

    fn note(&self, name: &str) -> PathBuf {
        self.0.join("notes").join(name)
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    names.sort();
    names
}
