//! The test of threads under `ThreadSanitizer`, with the C library and Rust's own library instrumented too.
use super::Count;
use super::cargo::libtest_of;
use crate::setup;
use crate::shell::Workspace;

/// Where the sanitizer has a runtime, and this toolchain makes programs for.
pub const HOST: &str = "x86_64-unknown-linux-gnu";

/// How long the threads work.
const SECONDS: &str = "10";

pub fn run(workspace: &Workspace) -> Count {
    let mut command = workspace.cargo_of(setup::MIRI);
    command
        .args(["test", "--locked", "-Zbuild-std", "--target", HOST])
        .args(["--target-dir", "target/thread-sanitizer"])
        .args(["--package", "psa-client", "--test", "threads"])
        // With restartable ECC, the one thing that no mutex of the library guards.
        .args(["--features", "full"])
        .env("RUSTFLAGS", "-Zsanitizer=thread")
        .env("CFLAGS", "-fsanitize=thread")
        .env("PSA_THREADS_SECONDS", SECONDS);
    libtest_of(&mut command)
}
