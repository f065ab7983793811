//! What fails on purpose: `tests/faults`, and processes that are killed while they write.
use std::process::Command;

use super::Count;
use super::cargo::libtest_of;
use crate::shell::Workspace;

/// Calls that all runs of one case may make, in the long run: with it most cases have a fault at every call.
const WORK: &str = "1000000";

/// Over the veneers of TF-M, which on a host lead to Mbed TLS in the same process: a status at the calls across `TrustZone` of
/// every operation. The other faults are tests of the whole workspace.
pub const VENEER: &[&str] = &[
    "-p",
    "psa-faults",
    "--no-default-features",
    "--features",
    "tfm,full",
    "--test",
    "veneer",
];

fn test(workspace: &Workspace, args: &[&str]) -> Command {
    let mut command = workspace.cargo();
    command.args(["test", "--locked", "--no-fail-fast"]);
    command.args(args);
    command
}

/// Every fault at every call, vectors included, and all statuses at the veneer; with their figures.
pub fn at_every_call(workspace: &Workspace) -> Count {
    let show = ["--", "--nocapture"];
    let mut count = Count::default();
    for args in [&["-p", "psa-faults", "--features", "full"], VENEER] {
        let mut command = test(workspace, &[args, &show].concat());
        count += libtest_of(command.env("PSA_FAULT_WORK", WORK));
    }
    count
}

/// A process that makes and destroys persistent keys, and one that replaces items, killed 2,000 times each.
pub fn power_cuts(workspace: &Workspace) -> Count {
    let mut count = Count::default();
    for program in ["persistent", "items"] {
        let args = ["-p", "psa-client", "--test", program];
        let show = ["--", "--nocapture", "killed"];
        let mut command = test(workspace, &[&args[..], &show].concat());
        count += libtest_of(command.env("PSA_KILL_ROUNDS", "2000"));
    }
    count
}
