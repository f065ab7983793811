//! `cargo xtask test`: every test, step by step, with times and one table at the end.
mod cargo;
mod constant_time;
mod faults;
mod features;
mod handover;
pub mod peers;
mod processors;
mod programs;
mod sanitizers;
mod threads;
mod valgrind;

use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};

use crate::shell::{self, Workspace};
use crate::{bench, demo, firmware, semver, setup, supply};
use cargo::{libtest, libtest_driver};

#[derive(Default)]
pub struct Options {
    /// Also what takes more than minutes.
    pub long: bool,
    /// Only the comparison with other libraries, and a failure without the tools that they need.
    pub peers: bool,
    /// Only steps whose names contain one of these; empty: all.
    pub only: Vec<String>,
}

/// How many tests passed and failed. A step without tests of its own is one test.
#[derive(Clone, Copy, Default)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
    /// What could not be looked at on this machine: neither passed nor failed.
    pub not_checked: Option<&'static str>,
}

impl Count {
    /// A step that holds or does not.
    pub fn one(result: Result<()>) -> Self {
        match result {
            Ok(()) => Self {
                passed: 1,
                ..Self::default()
            },
            Err(error) => {
                println!("error: {error:#}");
                Self {
                    failed: 1,
                    ..Self::default()
                }
            }
        }
    }

    /// Something that this machine has not what it takes for.
    pub fn not_checked(what: &'static str) -> Self {
        Self {
            not_checked: Some(what),
            ..Self::default()
        }
    }
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.not_checked = self.not_checked.or(other.not_checked);
    }
}

/// One step: its name, and what runs it. A step that fails says why on the way.
type Step = (&'static str, fn(&Workspace) -> Count);

/// What `cargo test` is given: all packages, with every algorithm.
const EVERY_ALGORITHM: &[&str] = &[
    "--workspace",
    "--features",
    "mbedtls-psa/full,psa-client/attestation-claims,psa-conformance/full,psa-ecosystem/full,psa-faults/full,\
     fuzz-targets/full",
];
/// The packages with C in them; the others were tested with the first.
const DEFAULT_FEATURES: &[&str] = &[
    "-p",
    "mbedtls-psa",
    "-p",
    "psa-client",
    "-p",
    "psa-conformance",
];
/// Packages that alone do not ask for the driver.
const WITHOUT_DRIVER: &[&[&str]] = &[
    &[
        "-p",
        "psa-conformance",
        "-p",
        "p256-checks",
        "--test",
        "host",
    ],
    &[
        "-p",
        "psa-conformance",
        "--features",
        "full",
        "--test",
        "host",
    ],
];
/// The client of TF-M, its recorder and the C symbols, and Mbed TLS and the safe API above it.
const CLIENT: &[&[&str]] = &[
    &["-p", "tfm-sys", "--all-features"],
    &[
        "-p",
        "mbedtls-psa",
        "--lib",
        "--features",
        "tfm,md5,psa-client/tfm",
    ],
    &[
        "-p",
        "psa-client",
        "--no-default-features",
        "--features",
        "tfm,std",
        "--test",
        "services",
    ],
    faults::VENEER,
];
/// The examples that bring a recorder; the others want a provider that is there.
const CLIENT_EXAMPLES: &[&str] = &[
    "-p",
    "psa-client",
    "--no-default-features",
    "--features",
    "tfm,std",
    "--doc",
    "--",
    "attestation",
    "storage",
];

/// The steps in their order. What builds most comes first, so that later steps find it built.
const STEPS: &[Step] = &[
    ("tests, every algorithm", |w| {
        libtest_driver(w, "with", EVERY_ALGORITHM)
    }),
    ("tests, default features", |w| {
        libtest_driver(w, "with", DEFAULT_FEATURES)
    }),
    ("tests, without the driver", |w| {
        let mut count = Count::default();
        for run in WITHOUT_DRIVER {
            count += libtest_driver(w, "without", run);
        }
        count
    }),
    ("tests, client of TF-M", |w| {
        let mut count = Count::default();
        for run in CLIENT.iter().chain([&CLIENT_EXAMPLES]) {
            count += libtest(w, run);
        }
        count
    }),
    ("no test program is empty", |w| {
        let runs = [&[EVERY_ALGORITHM, DEFAULT_FEATURES], CLIENT].concat();
        Count::one(programs::none_is_empty(w, &runs))
    }),
    ("Miri", cargo::miri),
    ("valgrind", valgrind::run),
    ("constant time", constant_time::run),
    ("threads under ThreadSanitizer", threads::run),
    ("memory under AddressSanitizer", sanitizers::run),
    ("journey with mosquitto", |w| {
        let options = demo::Options {
            mqtt: true,
            show_private: false,
        };
        Count::one(demo::journey(w, &options))
    }),
    ("facts are current", |w| Count::one(facts_are_current(w))),
    ("supply chain", supply::check),
    ("documentation", cargo::documentation),
    ("fuzz targets", cargo::fuzz_targets),
    ("each feature alone", features::each_feature),
    ("Cortex-M33", cargo::thumb),
    ("P-256, other processors", processors::run),
    ("figures with a limit", |w| {
        Count::one(bench::run(w, &["--only", "names"].map(Into::into)))
    }),
    ("firmware in QEMU", |w| Count::one(firmware::run(w, &[]))),
    ("Zephyr's handover", handover::run),
    ("oldest Rust", cargo::oldest),
];

/// Steps that run only with `--long`.
const LONG_STEPS: &[Step] = &[
    ("faults at every call", faults::at_every_call),
    ("2,000 power cuts", faults::power_cuts),
    ("each option of C alone", features::each_option),
    ("every vector, Cortex-M33 alone", |w| {
        Count::one(firmware::long_alone(w))
    }),
    ("every vector, over TrustZone", |w| {
        Count::one(firmware::long_behind_secure_side(w))
    }),
    ("10,000 signatures crosswise", |w| {
        Count::one(firmware::crosswise(w))
    }),
    ("public API", |w| Count::one(semver::check(w))),
    ("images, twice the same bytes", |w| {
        Count::one(firmware::same_bytes(w))
    }),
    ("cargo deny", supply::deny),
];

/// Runs with `--peers`, or last of all when the tools are there that nothing else needs.
const PEERS: Step = ("peers", peers::run);

struct Outcome {
    name: &'static str,
    count: Count,
    time: Duration,
}

pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let begin = Instant::now();
    let needs = if options.peers {
        setup::for_peers()
    } else {
        setup::everything()
    };
    setup::run(workspace, &needs)?;
    println!("set-up took {:.0} s", begin.elapsed().as_secs_f64());
    let mut steps = chosen(options)?;
    let peers_lack = setup::peers_lack(workspace).filter(|_| options.only.is_empty());
    if peers_lack.is_some() {
        steps.retain(|step| step.0 != PEERS.0);
    }
    let mut outcomes = Vec::new();
    for (name, step) in steps {
        println!("\n== {name}");
        let begin = Instant::now();
        let count = step(workspace);
        outcomes.push(Outcome {
            name,
            count,
            time: begin.elapsed(),
        });
    }
    println!("\n{}", table(&outcomes));
    if let Some(tools) = peers_lack {
        println!("not run: {} ({tools}: missing)", PEERS.0);
    }
    let mut sum = Count::default();
    for outcome in &outcomes {
        sum += outcome.count;
    }
    // The last line, alone: programs read it.
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed != 0 {
        std::process::exit(1);
    }
    Ok(())
}

/// `cargo xtask facts` changes no file. A change stays, to be looked at.
fn facts_are_current(workspace: &Workspace) -> Result<()> {
    let state = || {
        let diff = shell::output(workspace.command("git").arg("diff"))?;
        let new = ["ls-files", "--others", "--exclude-standard"];
        Ok::<_, anyhow::Error>(diff + &shell::output(workspace.command("git").args(new))?)
    };
    let before = state()?;
    crate::write_facts(workspace)?;
    ensure!(
        state()? == before,
        "`cargo xtask facts` changed files: look at `git status`, and commit them if they are right"
    );
    Ok(())
}

fn chosen(options: &Options) -> Result<Vec<Step>> {
    if options.peers {
        ensure!(
            options.only.is_empty() && !options.long,
            "--peers stands alone: it is one step"
        );
        return Ok(vec![PEERS]);
    }
    let all = STEPS
        .iter()
        .chain(LONG_STEPS.iter().filter(|_| options.long))
        .chain([&PEERS]);
    let wanted = |name: &str| options.only.iter().any(|part| name.contains(part.as_str()));
    let steps: Vec<Step> = all
        .copied()
        .filter(|(name, _)| options.only.is_empty() || wanted(name))
        .collect();
    if steps.is_empty() {
        let names: Vec<_> = STEPS
            .iter()
            .chain(LONG_STEPS)
            .chain([&PEERS])
            .map(|(name, _)| *name)
            .collect();
        bail!("no such step; there are: {}", names.join(", "));
    }
    Ok(steps)
}

fn table(outcomes: &[Outcome]) -> String {
    let mut lines = vec![format!(
        "{:<32} {:>7} {:>7} {:>7}",
        "step", "passed", "failed", "time"
    )];
    let mut time = Duration::ZERO;
    for outcome in outcomes {
        time += outcome.time;
        let not_checked = outcome.count.not_checked;
        lines.push(format!(
            "{:<32} {:>7} {:>7} {:>5.0} s{}",
            outcome.name,
            outcome.count.passed,
            outcome.count.failed,
            outcome.time.as_secs_f64(),
            not_checked.map_or_else(String::new, |what| format!("  {what} not checked"))
        ));
    }
    lines.push(format!("{:<48} {:>5.0} s", "all steps", time.as_secs_f64()));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_checked_stands_in_the_table_and_is_no_pass() {
        let mut count = Count::one(Ok(()));
        count += Count::not_checked("advisories");
        assert_eq!((count.passed, count.failed), (1, 0));
        let outcome = Outcome {
            name: "supply chain",
            count,
            time: Duration::from_secs(2),
        };
        let table = table(&[outcome]);
        let row = table.lines().nth(1).unwrap();
        assert!(row.ends_with("2 s  advisories not checked"), "{row}");
    }

    #[test]
    fn a_part_of_a_name_chooses_a_step_and_an_unknown_one_is_an_error() {
        let only = |name: &str| {
            chosen(&Options {
                only: vec![name.to_owned()],
                ..Options::default()
            })
        };
        assert_eq!(only("valgr").unwrap().len(), 1);
        assert!(only("no such step").is_err());
        assert_eq!(chosen(&Options::default()).unwrap().len(), STEPS.len() + 1);
        let peers = |only: &[&str]| {
            chosen(&Options {
                peers: true,
                only: only.iter().map(|&name| name.to_owned()).collect(),
                ..Options::default()
            })
        };
        assert_eq!(peers(&[]).unwrap()[0].0, "peers");
        assert!(peers(&["valgrind"]).is_err());
    }
}
