//! The command-line tool.
use std::process::ExitCode;

fn main() -> ExitCode {
    mbedtls_diag::cli::main()
}
