//! Finding the C sources of Mbed TLS 3.6.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;

/// The package that carries the sources, its version, and the folder of the sources in it.
const PACKAGE: (&str, &str, &str) = ("mbedtls-rs-sys", "0.3.1", "mbedtls");

const MANIFEST: &str = include_str!("../data/pin/manifest.toml");
const LOCK: &str = include_str!("../data/pin/lock.toml");

/// A folder with `include` and `library`, and the version that it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTree {
    /// The folder.
    pub root: PathBuf,
    /// The version, such as `3.6.5`.
    pub version: String,
}

/// What the search depends on.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// `MBEDTLS_SOURCE_DIR`: a tree to use instead of the pinned one.
    pub source_dir: Option<PathBuf>,
    /// `CARGO_MANIFEST_DIR`: beside it stands the package, vendored or from the registry.
    pub manifest_dir: PathBuf,
    /// `CARGO_HOME`, or `.cargo` in the home folder.
    pub cargo_home: Option<PathBuf>,
    /// `CARGO`.
    pub cargo: PathBuf,
    /// `OUT_DIR`: where the manifest of the pin is written.
    pub out_dir: PathBuf,
    /// `CARGO_NET_OFFLINE` is true.
    pub offline: bool,
    /// `MBEDTLS_NO_FETCH` is set.
    pub no_fetch: bool,
}

impl Environment {
    /// The variables that are read; a build script prints `cargo::rerun-if-env-changed` for each.
    pub const VARIABLES: [&str; 4] = [
        "MBEDTLS_SOURCE_DIR",
        "MBEDTLS_NO_FETCH",
        "CARGO_NET_OFFLINE",
        "CARGO_HOME",
    ];

    /// What cargo tells a build script.
    pub fn from_build_script() -> Self {
        Self::from_variables(|name| env::var_os(name))
    }

    fn from_variables(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let path = |name| {
            variable(name)
                .filter(|text| !text.is_empty())
                .map(PathBuf::from)
        };
        let truth = |name| {
            variable(name).is_some_and(|text| !matches!(text.to_str(), Some("" | "0" | "false")))
        };
        let home = || {
            path("HOME")
                .or_else(|| path("USERPROFILE"))
                .map(|home| home.join(".cargo"))
        };
        Self {
            source_dir: path("MBEDTLS_SOURCE_DIR"),
            manifest_dir: path("CARGO_MANIFEST_DIR").unwrap_or_default(),
            cargo_home: path("CARGO_HOME").or_else(home),
            cargo: path("CARGO").unwrap_or_else(|| PathBuf::from("cargo")),
            out_dir: path("OUT_DIR").unwrap_or_default(),
            offline: truth("CARGO_NET_OFFLINE"),
            no_fetch: truth("MBEDTLS_NO_FETCH"),
        }
    }
}

/// Finds the sources: `MBEDTLS_SOURCE_DIR`; beside this package; in cargo's registry; where cargo says that it keeps
/// them; and, unless that is forbidden, after fetching them.
///
/// Fails with [`Error::NoSources`], and with [`Error::WrongSources`] for a named tree that is no 3.6.
pub fn find(environment: &Environment) -> Result<SourceTree, Error> {
    if let Some(root) = &environment.source_dir {
        return open(root);
    }
    if let Some(tree) = beside(environment).or_else(|| in_registry(environment)) {
        return Ok(tree);
    }
    let pin = write_pin(&environment.out_dir);
    if let Some(tree) = pin
        .as_deref()
        .and_then(|pin| from_metadata(environment, pin))
    {
        return Ok(tree);
    }
    if environment.offline || environment.no_fetch {
        let forbidden = if environment.offline {
            "CARGO_NET_OFFLINE"
        } else {
            "MBEDTLS_NO_FETCH"
        };
        return Err(not_found(
            environment,
            &format!("and {forbidden} forbids fetching them"),
        ));
    }
    let fetched = pin
        .as_deref()
        .ok_or_else(|| format!("{} cannot be written", environment.out_dir.display()));
    if let Err(reason) = fetched.and_then(|pin| fetch(environment, pin)) {
        return Err(not_found(
            environment,
            &format!("and fetching them failed: {reason}"),
        ));
    }
    in_registry(environment)
        .or_else(|| {
            pin.as_deref()
                .and_then(|pin| from_metadata(environment, pin))
        })
        .ok_or_else(|| not_found(environment, "and `cargo fetch` did not bring them"))
}

/// Opens a folder as a tree of Mbed TLS 3.6.
///
/// Fails with [`Error::WrongSources`].
pub fn open(root: &Path) -> Result<SourceTree, Error> {
    let wrong = |found: String| Error::WrongSources {
        path: root.to_owned(),
        found,
    };
    let version = version(root).ok_or_else(|| wrong("no Mbed TLS".to_owned()))?;
    if !version.starts_with("3.6.") {
        return Err(wrong(format!("Mbed TLS {version}")));
    }
    if !root.join("library/error.c").is_file() {
        return Err(wrong(format!(
            "Mbed TLS {version} without its generated files (take a release, not a git checkout)"
        )));
    }
    Ok(SourceTree {
        root: root.to_owned(),
        version,
    })
}

/// The version of a tree: since 3.0 it stands in `build_info.h`, before that in `version.h`.
fn version(root: &Path) -> Option<String> {
    ["build_info.h", "version.h"].iter().find_map(|name| {
        let text = fs::read_to_string(root.join("include/mbedtls").join(name)).ok()?;
        let (_, rest) = text.split_once("MBEDTLS_VERSION_STRING ")?;
        rest.lines()
            .next()?
            .trim()
            .strip_prefix('"')?
            .strip_suffix('"')
            .map(str::to_owned)
    })
}

fn beside(environment: &Environment) -> Option<SourceTree> {
    let parent = environment.manifest_dir.parent()?;
    let (name, version, folder) = PACKAGE;
    [format!("{name}-{version}"), name.to_owned()]
        .iter()
        .find_map(|name| open(&parent.join(name).join(folder)).ok())
}

fn in_registry(environment: &Environment) -> Option<SourceTree> {
    let (name, version, folder) = PACKAGE;
    let registries = fs::read_dir(environment.cargo_home.as_ref()?.join("registry/src")).ok()?;
    let mut registries: Vec<PathBuf> = registries.flatten().map(|entry| entry.path()).collect();
    registries.sort();
    registries
        .iter()
        .find_map(|registry| open(&registry.join(format!("{name}-{version}")).join(folder)).ok())
}

/// Writes manifest and lock of the pin below the build folder: a nested package is not packaged with a crate.
fn write_pin(out_dir: &Path) -> Option<PathBuf> {
    let folder = out_dir.join("mbedtls-src");
    fs::create_dir_all(&folder).ok()?;
    for (name, text) in [
        ("Cargo.toml", MANIFEST),
        ("Cargo.lock", LOCK),
        ("lib.rs", ""),
    ] {
        fs::write(folder.join(name), text).ok()?;
    }
    Some(folder.join("Cargo.toml"))
}

/// Cargo knows where a package is even when a source is replaced.
fn from_metadata(environment: &Environment, manifest: &Path) -> Option<SourceTree> {
    let output = Command::new(&environment.cargo)
        .args([
            "metadata",
            "--offline",
            "--locked",
            "--format-version",
            "1",
            "--manifest-path",
        ])
        .arg(manifest)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (name, _, folder) = PACKAGE;
    text.split("\"manifest_path\":\"").skip(1).find_map(|rest| {
        let path = rest.split('"').next()?.replace("\\\\", "\\");
        let package = Path::new(&path).parent()?;
        let is_it = package.file_name()?.to_str()?.starts_with(name);
        if is_it {
            open(&package.join(folder)).ok()
        } else {
            None
        }
    })
}

fn fetch(environment: &Environment, manifest: &Path) -> Result<(), String> {
    let output = Command::new(&environment.cargo)
        .args(["fetch", "--locked", "--manifest-path"])
        .arg(manifest)
        .output()
        .map_err(|error| format!("{}: {error}", environment.cargo.display()))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}

fn not_found(environment: &Environment, why: &str) -> Error {
    let registry = environment
        .cargo_home
        .as_ref()
        .map(|home| home.join("registry/src").display().to_string());
    Error::NoSources {
        looked: format!(
            "not beside this package, not in {}, {why}",
            registry.unwrap_or_else(|| "a registry".to_owned())
        ),
        advice: format!(
            "run `cargo fetch --locked --manifest-path {}` with a network, or set MBEDTLS_SOURCE_DIR to a release of Mbed TLS 3.6",
            environment.out_dir.join("mbedtls-src/Cargo.toml").display()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Environment {
        Environment::from_variables(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn variables_become_the_environment() {
        let environment = read(&[
            ("MBEDTLS_SOURCE_DIR", "/tree"),
            ("CARGO_MANIFEST_DIR", "/deps/this"),
            ("CARGO_HOME", "/cargo"),
            ("CARGO", "/bin/cargo"),
            ("OUT_DIR", "/out"),
            ("CARGO_NET_OFFLINE", "true"),
            ("MBEDTLS_NO_FETCH", "1"),
        ]);
        assert_eq!(environment.source_dir.as_deref(), Some(Path::new("/tree")));
        assert_eq!(environment.cargo_home.as_deref(), Some(Path::new("/cargo")));
        assert_eq!(environment.cargo, Path::new("/bin/cargo"));
        assert!(environment.offline && environment.no_fetch);
    }

    #[test]
    fn what_is_not_set_has_its_default() {
        let environment = read(&[
            ("HOME", "/home/a"),
            ("MBEDTLS_SOURCE_DIR", ""),
            ("CARGO_NET_OFFLINE", "false"),
        ]);
        assert_eq!(environment.source_dir, None);
        assert_eq!(
            environment.cargo_home.as_deref(),
            Some(Path::new("/home/a/.cargo"))
        );
        assert_eq!(environment.cargo, Path::new("cargo"));
        assert!(!environment.offline && !environment.no_fetch);
    }
}
