//! What fails on purpose: `tests/faults`, and processes that are killed while they write.
use std::process::Command;

use super::Count;
use super::cargo::libtest_of;
use crate::shell::Workspace;

/// Calls that all runs of one case may make, in the long run: with it most cases have a fault at every call.
const WORK: &str = "1000000";

/// Over the veneers of TF-M, which on a host lead to Mbed TLS in the same process.
const VENEER: [&str; 5] = [
    "--no-default-features",
    "--features",
    "tfm,full",
    "--test",
    "veneer",
];

fn test(workspace: &Workspace, package: &str, args: &[&str]) -> Command {
    let mut command = workspace.cargo();
    command.args(["test", "--locked", "--package", package]);
    command.args(args);
    command
}

/// A status at the calls across `TrustZone` of every operation; the other faults are tests of the whole workspace.
pub fn veneer(workspace: &Workspace) -> Count {
    libtest_of(&mut test(workspace, "psa-faults", &VENEER))
}

/// The same with all statuses at every call, and the other faults at every call, vectors included; with their figures.
pub fn at_every_call(workspace: &Workspace) -> Count {
    let show = ["--", "--nocapture"];
    let mut count = Count::default();
    for args in [&["--features", "full"][..], &VENEER] {
        let mut command = test(workspace, "psa-faults", &[args, &show].concat());
        count += libtest_of(command.env("PSA_FAULT_WORK", WORK));
    }
    count
}

/// A process that makes and destroys persistent keys, and one that replaces items, killed 2,000 times each.
pub fn power_cuts(workspace: &Workspace) -> Count {
    let mut count = Count::default();
    for program in ["persistent", "items"] {
        let args = ["--test", program, "--", "--nocapture", "killed"];
        let mut command = test(workspace, "psa-client", &args);
        count += libtest_of(command.env("PSA_KILL_ROUNDS", "2000"));
    }
    count
}
