//! The conformance list, the corpus of the fuzz targets and the stand-in's services under `AddressSanitizer`, and their C
//! under `UndefinedBehaviorSanitizer` too.
use super::Count;
use super::cargo::libtest_of;
use super::threads::HOST;
use crate::setup;
use crate::shell::Workspace;

/// Rust's runtime of `AddressSanitizer` has that of the other in it, whose first word ends a test program.
const C_FLAGS: &str =
    "-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer";

pub fn run(workspace: &Workspace) -> Count {
    let mut command = workspace.cargo_of(setup::MIRI);
    command
        .args(["test", "--locked", "--no-fail-fast", "--target", HOST])
        .args(["--target-dir", "target/sanitizers"])
        .args(["--package", "psa-conformance", "--test", "host"])
        .args([
            "--package",
            "fuzz-targets",
            "--test",
            "corpus",
            "--test",
            "stand_in",
        ])
        .args(["--features", "psa-conformance/full,fuzz-targets/full"])
        // Which leaves P-256 to the C.
        .env("PSA_DRIVER", "without")
        .env("RUSTFLAGS", "-Zsanitizer=address")
        .env("CFLAGS", C_FLAGS)
        // Lines are all that a report shows.
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
        .env("UBSAN_OPTIONS", "print_stacktrace=1");
    libtest_of(&mut command)
}
