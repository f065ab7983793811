//! The conformance list, the driver for P-256, the corpus of the fuzz targets and the stand-in's services under
//! `AddressSanitizer`, and their C under `UndefinedBehaviorSanitizer` too.
use super::Count;
use super::cargo::libtest_of;
use super::threads::HOST;
use crate::setup;
use crate::shell::Workspace;

/// Rust's runtime of `AddressSanitizer` has that of the other in it, whose first word ends a test program.
const C_FLAGS: &str =
    "-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer";

/// The tests, with the packages that they are of. The safe API has the driver among its default features, so that all of them
/// run over it; its own are those against the curve of the C library, and those of its functions as C calls them.
const PROGRAMS: &[&str] = &[
    "--package",
    "psa-conformance",
    "--package",
    "psa-client",
    "--package",
    "mbedtls-psa",
    "--lib",
    "--test",
    "host",
    "--test",
    "driver",
    "--package",
    "fuzz-targets",
    "--test",
    "corpus",
    "--test",
    "stand_in",
];

pub fn run(workspace: &Workspace) -> Count {
    let mut command = workspace.cargo_of(setup::MIRI);
    command
        .args(["test", "--locked", "--no-fail-fast", "--target", HOST])
        .args(["--target-dir", "target/sanitizers"])
        .args(PROGRAMS)
        .args([
            "--features",
            "psa-client/full,psa-conformance/full,fuzz-targets/full",
        ])
        .env("PSA_DRIVER", "with")
        .env("RUSTFLAGS", "-Zsanitizer=address")
        .env("CFLAGS", C_FLAGS)
        // Each signature takes long here; the plain run does the many.
        .env("PSA_SIGNATURES", "100")
        // Lines are all that a report shows.
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
        .env("UBSAN_OPTIONS", "print_stacktrace=1");
    libtest_of(&mut command)
}
