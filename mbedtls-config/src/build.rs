//! What a build script needs to compile and bind the library.
//!
//! ```no_run
//! use mbedtls_config::source::{self, Environment};
//! use mbedtls_config::{Error, build};
//! use std::process::Command;
//!
//! fn run() -> Result<(), Error> {
//!     let tree = source::find(&Environment::from_build_script())?;
//!     let compiler = build::Compiler::ask(Command::new("cc"), "x86_64-unknown-linux-gnu")?;
//!     let resolved = build::config(&compiler)?.resolve()?;
//!     std::fs::write("config.h", resolved.header()).unwrap();
//!     println!("{:?}", build::c_files(&tree, &resolved));
//!     Ok(())
//! }
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

mod compiler;
mod libclang;

pub use compiler::{Compiler, c_library, clang_args};
pub use libclang::libclang;

use crate::client::SecureProfile;
use crate::config::Config;
use crate::error::Error;
use crate::facts::Version;
use crate::platform::Platform;
use crate::profile::FEATURES;
use crate::resolve::Resolved;
use crate::source::SourceTree;
use crate::tuning::Tuning;

/// The configuration that cargo asks a build script for: the target of `CARGO_CFG_TARGET_OS` and
/// `CARGO_CFG_TARGET_FAMILY`, what its compiler predefines, and every feature of [`FEATURES`] whose `CARGO_FEATURE_`
/// variable is set. With the feature of a [`SecureProfile`] it is a client of a PSA core with that profile. On a device
/// `OPT_LEVEL` decides between small and quick, and each of [`numbers`] that is set is taken.
pub fn config(compiler: &Compiler) -> Result<Config, Error> {
    config_of(compiler, |name| env::var(name).ok())
}

fn config_of(
    compiler: &Compiler,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Config, Error> {
    let text = |name| variable(name).unwrap_or_default();
    let platform = Platform::from_cargo_target(
        &text("CARGO_CFG_TARGET_OS"),
        &text("CARGO_CFG_TARGET_FAMILY"),
    );
    let mut config = Config::new(platform);
    for (name, value) in &compiler.predefined {
        config.predefine(name, value);
    }
    let asked = |feature: &str| {
        let name = feature.to_uppercase().replace('-', "_");
        variable(&format!("CARGO_FEATURE_{name}")).is_some()
    };
    for profile in [SecureProfile::Medium, SecureProfile::Large] {
        if asked(profile.feature()) {
            config.client(profile.wants())?;
        }
    }
    for feature in FEATURES.iter().filter(|feature| asked(feature.name)) {
        config.add_feature(feature);
    }
    config.tune(Tuning::from_opt_level(&text("OPT_LEVEL")));
    for name in numbers() {
        if let Some(value) = variable(name).filter(|value| !value.is_empty()) {
            config.set(name, &value)?;
        }
    }
    Ok(config)
}

/// The options that are numbers, such as `MBEDTLS_PSA_KEY_SLOT_COUNT`: an environment variable of that name sets one, best
/// in `[env]` of `.cargo/config.toml`. A build script prints `cargo::rerun-if-env-changed` for each.
pub fn numbers() -> impl Iterator<Item = &'static str> {
    let is_number = |example: &str| example.starts_with(|first: char| first.is_ascii_digit());
    let options = Version::V3_6.facts().options.iter();
    options
        .filter(|option| option.name.starts_with("MBEDTLS_") && option.name != CONFIG_VERSION)
        .filter(move |option| option.example.is_some_and(is_number))
        .map(|option| option.name)
}

/// The form that the configuration itself is written in.
const CONFIG_VERSION: &str = "MBEDTLS_CONFIG_VERSION";

/// C files without functions of their own that belong to another one.
const COMPANIONS: [(&str, &str); 1] = [(
    "3rdparty/everest/library/everest.c",
    "3rdparty/everest/library/Hacl_Curve25519_joined.c",
)];

/// C files that are full or empty by the processor that the compiler targets, and the option that asks for them. Which
/// it is shows in the compiler only: to compile them always is right.
const BY_PROCESSOR: [(&str, &str); 3] = [
    ("library/aesce.c", "MBEDTLS_AESCE_C"),
    ("library/aesni.c", "MBEDTLS_AESNI_C"),
    ("library/padlock.c", "MBEDTLS_PADLOCK_C"),
];

/// What Mbed TLS gives a client of its own: a function that the client of another core brings as well.
const OF_A_CLIENT: &str = "library/psa_crypto_client.c";

/// The driver of Mbed TLS's own tree, in whose place stands that of the root package.
const OF_THE_DRIVER: &str = "3rdparty/p256-m/";

/// The C files to compile: those that define something with this configuration, sorted.
pub fn c_files(tree: &SourceTree, resolved: &Resolved) -> Vec<PathBuf> {
    let facts = Version::V3_6.facts();
    let mut files: Vec<&str> = facts
        .functions
        .iter()
        .filter(|function| function.kind.is_symbol())
        .filter(|function| resolved.holds(&function.guard))
        .map(|function| function.file)
        .filter(|file| !(resolved.is_client() && *file == OF_A_CLIENT))
        .filter(|file| !file.starts_with(OF_THE_DRIVER))
        .collect();
    files.extend(
        BY_PROCESSOR
            .iter()
            .filter(|(_, option)| resolved.is_enabled(option))
            .map(|(file, _)| *file),
    );
    for (file, companion) in COMPANIONS {
        if files.contains(&file) {
            files.push(companion);
        }
    }
    files.sort_unstable();
    files.dedup();
    let known: Vec<&str> = facts
        .functions
        .iter()
        .map(|function| function.file)
        .collect();
    let mut paths: Vec<PathBuf> = files
        .into_iter()
        .map(|file| tree.root.join(file))
        .filter(|path| path.is_file())
        .collect();
    // Another release of 3.6 may have files that the tables do not know.
    let library = fs::read_dir(tree.root.join("library"))
        .into_iter()
        .flatten()
        .flatten();
    paths.extend(library.map(|entry| entry.path()).filter(|path| {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        Path::new(name)
            .extension()
            .is_some_and(|ending| ending == "c")
            && !known.contains(&format!("library/{name}").as_str())
    }));
    paths.sort();
    paths
}

/// The folders for `-I`, the public ones first.
pub fn include_dirs(tree: &SourceTree, resolved: &Resolved) -> Vec<PathBuf> {
    let mut folders = vec!["include", "library"];
    if resolved.is_enabled("MBEDTLS_ECDH_VARIANT_EVEREST_ENABLED") {
        folders.extend([
            "3rdparty/everest/include",
            "3rdparty/everest/include/everest",
            "3rdparty/everest/include/everest/kremlib",
        ]);
    }
    if resolved.is_enabled("MBEDTLS_PSA_P256M_DRIVER_ENABLED") {
        folders.extend([
            "3rdparty/p256-m/p256-m/include",
            "3rdparty/p256-m/p256-m/include/p256-m",
            "3rdparty/p256-m/p256-m_driver_interface",
        ]);
    }
    folders
        .into_iter()
        .map(|folder| tree.root.join(folder))
        .collect()
}

/// True for a target without an operating system, by its name.
fn is_bare_metal(target: &str) -> bool {
    target.contains("-none")
}

/// Flags for the C compiler beyond those of the crate `cc`.
pub fn compile_flags(target: &str) -> Vec<&'static str> {
    // Sections let the linker drop what an application does not call.
    let mut flags = vec!["-ffunction-sections", "-fdata-sections"];
    if is_bare_metal(target) {
        // With debug information, `cc` asks for frame pointers: 6 % of the time, and a register.
        flags.push("-fomit-frame-pointer");
    }
    flags
}

/// The C files by the flag with which they are optimized; on a host that is left to `cc`.
pub fn by_optimization(
    target: &str,
    files: &[PathBuf],
) -> Vec<(Option<&'static str>, Vec<PathBuf>)> {
    optimized(target, &env::var("OPT_LEVEL").unwrap_or_default(), files)
}

fn optimized(
    target: &str,
    level: &str,
    files: &[PathBuf],
) -> Vec<(Option<&'static str>, Vec<PathBuf>)> {
    let tuning = is_bare_metal(target).then(|| Tuning::from_opt_level(level));
    let mut groups = BTreeMap::<_, Vec<_>>::new();
    for file in files {
        let name = file.file_name().and_then(|name| name.to_str());
        let flag = tuning.map(|tuning| tuning.flag(name.unwrap_or_default()));
        groups.entry(flag).or_default().push(file.clone());
    }
    groups.into_iter().collect()
}

/// The command that installs packages, for each of the three usual ways.
fn install(apt: &str, dnf: &str, brew: &str) -> String {
    format!("`apt-get install {apt}`, `dnf install {dnf}` or `brew install {brew}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_variables_become_a_configuration() {
        let compiler = Compiler {
            predefined: vec![("__x86_64__".to_owned(), "1".to_owned())],
            ..Compiler::default()
        };
        let config = |variables: &[(&str, &str)]| {
            config_of(&compiler, |name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
            .unwrap()
        };
        let host = config(&[
            ("CARGO_CFG_TARGET_OS", "linux"),
            ("CARGO_CFG_TARGET_FAMILY", "unix"),
            ("CARGO_FEATURE_AES_GCM", "1"),
        ]);
        assert_eq!(host.platform(), Platform::Unix);
        assert!(host.resolve().unwrap().is_enabled("GCM_C"));
        assert!(host.resolve().unwrap().is_enabled("MBEDTLS_ARCH_IS_X64"));
        let device = config(&[("CARGO_CFG_TARGET_OS", "none"), ("CARGO_FEATURE_STD", "1")]);
        assert_eq!(device.platform(), Platform::BareMetal);
        assert!(!device.resolve().unwrap().is_enabled("GCM_C"));
        let client = config(&[
            ("CARGO_CFG_TARGET_OS", "none"),
            ("CARGO_FEATURE_PROVISIONING", "1"),
            ("CARGO_FEATURE_TFM", "1"),
        ]);
        let client = client.resolve().unwrap();
        assert!(client.is_enabled("PSA_WANT_ALG_ECDSA") && client.is_enabled("USE_PSA_CRYPTO"));
        for local in ["PSA_CRYPTO_C", "ECP_C", "SHA256_C", "AES_C"] {
            assert!(!client.is_enabled(local), "{local}");
        }
    }

    #[test]
    fn what_an_application_is_optimized_for_decides_on_a_device() {
        let config = |level: &str, slots: &str| {
            config_of(&Compiler::default(), |name| {
                let value = match name {
                    "CARGO_CFG_TARGET_OS" => "none",
                    "CARGO_FEATURE_PSA" => "1",
                    "OPT_LEVEL" => level,
                    "MBEDTLS_PSA_KEY_SLOT_COUNT" => slots,
                    _ => return None,
                };
                Some(value.to_owned())
            })
        };
        let small = config("s", "4").unwrap().resolve().unwrap();
        let quick = config("3", "4").unwrap().resolve().unwrap();
        assert!(small.is_enabled("SHA256_SMALLER") && !quick.is_enabled("SHA256_SMALLER"));
        for resolved in [small, quick] {
            assert!(
                resolved
                    .header()
                    .contains("#define MBEDTLS_PSA_KEY_SLOT_COUNT 4\n")
            );
        }
        let refusal = config("s", "many").unwrap_err().to_string();
        assert!(refusal.contains("MBEDTLS_PSA_KEY_SLOT_COUNT"), "{refusal}");
    }

    #[test]
    fn files_are_grouped_by_what_they_are_optimized_for() {
        let files = ["library/aes.c", "library/pem.c"].map(PathBuf::from);
        let [aes, pem] = files.clone().map(|file| vec![file]);
        let device = "thumbv8m.main-none-eabi";
        assert_eq!(
            optimized(device, "3", &files),
            [(Some("-O2"), aes), (Some("-Os"), pem)]
        );
        assert_eq!(
            optimized(device, "z", &files),
            [(Some("-Os"), files.to_vec())]
        );
        assert_eq!(
            optimized("x86_64-unknown-linux-gnu", "s", &files),
            [(None, files.to_vec())]
        );
    }

    #[test]
    fn numbers_are_options_with_numbers() {
        let numbers: Vec<_> = numbers().collect();
        assert!(numbers.contains(&"MBEDTLS_PSA_KEY_SLOT_COUNT"));
        assert!(numbers.contains(&"MBEDTLS_MPI_MAX_SIZE"));
        assert!(!numbers.contains(&"MBEDTLS_CONFIG_FILE") && !numbers.contains(&"MBEDTLS_AES_C"));
    }
}
