//! `cargo xtask zephyr`: the samples, built and run by twister in a workspace of Zephyr.
mod boards;
mod peer;
mod report;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use lexopt::prelude::*;

use crate::shell::{self, Workspace};
use boards::{BOARDS, Board};
use report::{Outcome, Report};

/// A sample: a folder below `samples/`.
struct Sample {
    name: &'static str,
    /// A board whose flash does not hold it.
    too_large_for: Option<&'static str>,
}

const SAMPLES: [Sample; 3] = [
    Sample {
        name: ANSWERED,
        too_large_for: None,
    },
    Sample {
        name: "conformance",
        too_large_for: Some("qemu_cortex_m3"),
    },
    Sample {
        name: "explain",
        too_large_for: None,
    },
];

/// The sample that waits for an answer.
const ANSWERED: &str = "provision";

/// What is built and run: each sample on each board that holds it.
fn runs(boards: &[&'static Board]) -> Vec<(&'static str, &'static Board)> {
    let on = |sample: &'static Sample| {
        boards
            .iter()
            .filter(|board| sample.too_large_for != Some(board.name))
            .map(|board| (sample.name, *board))
    };
    SAMPLES.iter().flat_map(on).collect()
}

const USAGE: &str = "cargo xtask zephyr --workspace DIR [--board BOARD]...";

struct Options {
    /// Where `west init` was run.
    workspace: PathBuf,
    boards: Vec<&'static Board>,
}

impl Options {
    fn parse(args: &[OsString]) -> Result<Self> {
        let (mut workspace, mut boards) = (None, Vec::new());
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("workspace") => workspace = Some(PathBuf::from(parser.value()?)),
                Long("board") => boards.push(boards::named(&parser.value()?.string()?)?),
                other => return Err(other.unexpected().into()),
            }
        }
        if boards.is_empty() {
            boards.extend(&BOARDS);
        }
        let workspace = workspace.with_context(|| format!("--workspace is missing: {USAGE}"))?;
        Ok(Self { workspace, boards })
    }
}

/// Runs twister on the samples, then answers the request of the one that waits, and reports. Whatever did not run, and
/// could here, is a failure.
pub fn run(workspace: &Workspace, args: &[OsString]) -> Result<()> {
    let options = Options::parse(args)?;
    let zephyr = Zephyr::open(workspace, &options.workspace)?;
    let output = zephyr.twister(&options.boards)?;
    let json = fs::read_to_string(output.join("twister.json"))
        .context("twister wrote no report: see above")?;
    let mut report = Report::read(&json, &runs(&options.boards))?;
    for board in &options.boards {
        if report.outcome(ANSWERED, board) == Some(&Outcome::Passed) {
            println!("\n== {ANSWERED} on {}, answered", board.name);
            let answered = peer::answered(board, &output, ANSWERED);
            report.answered(board, answered);
        }
    }
    println!("\n{report}");
    ensure!(report.is_good(), "not all of it passed");
    Ok(())
}

/// A workspace of Zephyr.
struct Zephyr<'a> {
    ours: &'a Workspace,
    folder: PathBuf,
    base: PathBuf,
}

impl<'a> Zephyr<'a> {
    fn open(ours: &'a Workspace, folder: &Path) -> Result<Self> {
        let folder = folder
            .canonicalize()
            .with_context(|| folder.display().to_string())?;
        ensure!(
            folder.join(".west/config").is_file(),
            "{} is no workspace of Zephyr: run `west init` there, and `west update`",
            folder.display()
        );
        ensure!(
            shell::find("west").is_some(),
            "west is missing: activate the Python environment of {}",
            folder.display()
        );
        let base = PathBuf::new();
        let mut zephyr = Self { ours, folder, base };
        let base = zephyr.west(&["config", "zephyr.base"])?;
        zephyr.base = zephyr.folder.join(base.trim());
        zephyr.has_rust()?;
        Ok(zephyr)
    }

    /// What west says.
    fn west(&self, args: &[&str]) -> Result<String> {
        let mut command = self.ours.command("west");
        shell::output(command.current_dir(&self.folder).args(args))
    }

    /// Zephyr's Rust support is an optional module.
    fn has_rust(&self) -> Result<()> {
        let path = self.west(&["list", "--format", "{abspath}", "zephyr-lang-rust"]);
        if path.is_ok_and(|path| Path::new(path.trim()).join("CMakeLists.txt").is_file()) {
            return Ok(());
        }
        bail!(
            "the module zephyr-lang-rust is missing in {}: `west config manifest.project-filter -- +zephyr-lang-rust`, and \
             `west update`",
            self.folder.display()
        )
    }

    /// Runs twister; the folder with what it made. That something failed is in its report.
    fn twister(&self, boards: &[&Board]) -> Result<PathBuf> {
        let output = self.ours.target_folder()?.join("zephyr");
        let mut command = self.ours.command("west");
        command
            .current_dir(&self.folder)
            .env("ZEPHYR_BASE", &self.base)
            .env("EXTRA_ZEPHYR_MODULES", self.ours.root())
            .args(["twister", "--clobber-output", "--report-filtered"])
            // Linkers of distributions warn of what Zephyr's own does not.
            .args(["--disable-warnings-as-errors", "--inline-logs", "--outdir"])
            .arg(&output)
            .arg("--testsuite-root")
            .arg(self.ours.root().join("samples"));
        for board in boards {
            command.args(["--platform", board.name]);
        }
        println!("$ {}", shell::shown(&command));
        let status = command.status().context("cannot run west")?;
        println!("twister: {status}");
        Ok(output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Options> {
        let args: Vec<_> = args.iter().map(OsString::from).collect();
        Options::parse(&args)
    }

    #[test]
    fn without_a_board_it_is_all_of_them_and_an_unknown_one_is_an_error() {
        let all = parse(&["--workspace", "w"]).unwrap();
        assert_eq!(all.boards.len(), BOARDS.len());
        let one = parse(&["--workspace", "w", "--board", "qemu_cortex_m3"]).unwrap();
        assert_eq!(one.boards[0].name, "qemu_cortex_m3");
        assert!(parse(&["--workspace", "w", "--board", "abacus"]).is_err());
        assert!(parse(&["--board", "qemu_cortex_m3"]).is_err());
    }

    #[test]
    fn each_sample_allows_each_board_and_says_how_it_is_built_there() {
        let workspace = Workspace::new(true).unwrap();
        let samples = workspace.root().join("samples");
        for sample in SAMPLES.map(|sample| sample.name) {
            let folder = samples.join(sample);
            let yaml = fs::read_to_string(folder.join("sample.yaml")).unwrap();
            let allowed: Vec<_> = yaml
                .lines()
                .filter_map(|line| line.strip_prefix("    - "))
                .collect();
            let boards: Vec<_> = BOARDS.iter().collect();
            let runs = runs(&boards);
            let on = runs.iter().filter(|(name, _)| *name == sample);
            let on: Vec<_> = on.map(|(_, board)| board.name).collect();
            assert_eq!(allowed[..on.len()], on, "{sample}");
            for board in on {
                let conf = format!("boards/{}.conf", board.replace('/', "_"));
                assert!(folder.join(&conf).is_file(), "{sample}: {conf}");
            }
            for file in ["prj.conf", "CMakeLists.txt", "Cargo.toml", "src/lib.rs"] {
                assert!(folder.join(file).is_file(), "{sample}: {file}");
            }
        }
        let mut folders: Vec<_> = fs::read_dir(samples)
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect();
        folders.sort();
        let mut samples = SAMPLES.map(|sample| sample.name);
        samples.sort_unstable();
        assert_eq!(folders, samples);
    }

    /// `cargo fmt` does not know them: they are no members of the workspace.
    #[test]
    fn the_samples_are_formatted() {
        let workspace = Workspace::new(true).unwrap();
        for sample in SAMPLES {
            let mut rustfmt = workspace.command("rustfmt");
            rustfmt.args(["--check", "--edition", "2024"]);
            rustfmt.arg(format!("samples/{}/src/lib.rs", sample.name));
            shell::output(&mut rustfmt).unwrap();
        }
    }

    #[test]
    fn a_folder_without_west_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::new(true).unwrap();
        let Err(error) = Zephyr::open(&workspace, folder.path()) else {
            panic!("it has no .west");
        };
        assert!(error.to_string().contains("west init"), "{error}");
    }
}
