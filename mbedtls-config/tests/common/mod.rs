//! A configuration in front of a real compiler.
#![allow(dead_code, reason = "each test file uses a part of this")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use mbedtls_config::build;
use mbedtls_config::source::{self, Environment, SourceTree};
use mbedtls_config::{Config, FEATURES, Platform, Resolved};

/// The C sources.
pub fn tree() -> SourceTree {
    let mut environment = Environment::from_build_script();
    // No build script's: cargo gives tests another folder to write in.
    environment.out_dir = env!("CARGO_TARGET_TMPDIR").into();
    source::find(&environment).unwrap()
}

/// A compiler with the flags that select its target.
#[derive(Clone, Copy, Debug)]
pub struct Compiler {
    pub platform: Platform,
    program: &'static str,
    flags: &'static [&'static str],
}

pub const HOST: Compiler = Compiler {
    platform: Platform::Unix,
    program: "cc",
    flags: &[],
};
pub const THUMB: Compiler = Compiler {
    platform: Platform::BareMetal,
    program: "arm-none-eabi-gcc",
    flags: &["-mthumb", "-march=armv8-m.main", "--specs=nosys.specs"],
};

impl Compiler {
    /// A call of the compiler.
    pub fn command(&self) -> Command {
        let mut command = Command::new(self.program);
        command.args(self.flags);
        command
    }

    /// A call with a configuration, whose header is written into `folder`.
    pub fn with(&self, tree: &SourceTree, resolved: &Resolved, folder: &Path) -> Command {
        let header = folder.join("config.h");
        fs::write(&header, resolved.header()).unwrap();
        let mut command = self.command();
        command.arg(format!("-DMBEDTLS_CONFIG_FILE=\"{}\"", header.display()));
        for include in build::include_dirs(tree, resolved) {
            command.arg("-I").arg(include);
        }
        // The two headers of the storage interface, which Mbed TLS takes from the platform.
        let its_headers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/sys");
        command.arg("-I").arg(its_headers);
        command
    }

    /// What the compiler predefines.
    pub fn predefined(&self) -> BTreeMap<String, String> {
        // What a condition of Mbed TLS reads may also come from a header of the system.
        let unix: &[&str] = if self.platform == Platform::Unix {
            &["-include", "unistd.h"]
        } else {
            &[]
        };
        let output = run(self.command().args(unix).args([
            "-dM",
            "-E",
            "-include",
            "limits.h",
            "-include",
            "stdint.h",
            "-x",
            "c",
            "/dev/null",
        ]));
        macros(&output)
    }
}

/// Runs a tool; one that is missing is a failure that says so.
pub fn run(command: &mut Command) -> Output {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{:?} does not start: {error}", command.get_program()));
    assert!(
        output.status.success(),
        "{:?} failed:\n{}",
        command.get_program(),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// The macros of a `-dM` listing.
pub fn macros(output: &Output) -> BTreeMap<String, String> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines()
        .filter_map(|line| line.strip_prefix("#define "))
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .map(|(name, value)| {
            (
                name.split('(').next().unwrap_or_default().to_owned(),
                value.trim().to_owned(),
            )
        })
        .collect()
}

/// Every feature alone, the profiles among them.
pub fn each_feature(platform: Platform) -> impl Iterator<Item = (&'static str, Resolved)> {
    FEATURES.iter().map(move |feature| {
        let mut config = Config::new(platform);
        (
            feature.name,
            config.feature(feature.name).unwrap().resolve().unwrap(),
        )
    })
}

/// Macros of Mbed TLS, without the guards of its headers.
pub fn ours(macros: &BTreeMap<String, String>) -> BTreeMap<&str, String> {
    macros
        .iter()
        .filter(|(name, _)| name.starts_with("MBEDTLS_") || name.starts_with("PSA_WANT_"))
        .filter(|(name, _)| !name.ends_with("_H") && *name != "MBEDTLS_CONFIG_FILE")
        .map(|(name, value)| (name.as_str(), value.replace(' ', "")))
        .collect()
}
