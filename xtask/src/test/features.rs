//! Every library with each of its features, as its manifest names them: a new feature is checked without being named here.
use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};

use super::Count;
use super::cargo::{THUMB, lint};
use crate::setup;
use crate::shell::{self, Workspace};

/// The root package, whose features are mostly options of the C library.
const ROOT: &str = "mbedtls-psa";

/// The features of the root package that change its Rust side. Each one costs a build of the C library here.
const RUST_FEATURES: [&str; 8] = [
    "alloc",
    "std",
    "provisioning",
    "p256-driver",
    "p256-driver-asm",
    "p256-driver-rust",
    "storage",
    "tfm",
];

/// The library that applications use.
const CLIENT: &str = "psa-client";

/// A feature of tfm-sys that on a device wants the export of a TF-M build, which no set-up brings.
const EXPORT: &str = "c-client";

/// What the tests of faults share. Its features are the ways in which those are built, and steps build it in each.
const FAULTS: &str = "psa-faults";

/// The libraries for devices whose features are checked for one, the root package's being in the step for devices.
const DEVICE: [&str; 2] = [CLIENT, "tfm-sys"];

/// A package with a library.
struct Library {
    name: String,
    /// What each feature brings, but for `default`.
    features: BTreeMap<String, Vec<String>>,
    /// Features that need a newer Rust than the package, and which: `[package.metadata.rust-version]`.
    newer: BTreeMap<String, String>,
}

impl Library {
    fn read(package: &serde_json::Value) -> Result<Self> {
        let mut features: BTreeMap<String, Vec<String>> =
            serde_json::from_value(package["features"].clone())?;
        features.remove("default");
        let newer = &package["metadata"]["rust-version"];
        let newer = if newer.is_null() {
            BTreeMap::new()
        } else {
            serde_json::from_value(newer.clone())?
        };
        let name = package["name"].as_str().unwrap_or_default().to_owned();
        for feature in BTreeMap::keys(&newer) {
            if !features.contains_key(feature) {
                bail!("{name} gives a rust-version for {feature}, which is none of its features");
            }
        }
        Ok(Self {
            name,
            features,
            newer,
        })
    }

    /// Whether `feature` brings what `wanted` says, itself or through others.
    fn brings(&self, feature: &str, wanted: &dyn Fn(&str) -> bool) -> bool {
        let mut seen: Vec<&str> = Vec::new();
        let mut open = vec![feature];
        while let Some(feature) = open.pop() {
            if wanted(feature) {
                return true;
            }
            if !seen.contains(&feature) {
                seen.push(feature);
                let brought = self.features.get(feature).into_iter().flatten();
                open.extend(brought.map(String::as_str));
            }
        }
        false
    }

    /// Those of its features that bring nothing of what `unwanted` says.
    fn without<'a>(&'a self, unwanted: &'a dyn Fn(&str) -> bool) -> impl Iterator<Item = &'a str> {
        let features = self.features.keys().map(String::as_str);
        features.filter(move |feature| !self.brings(feature, unwanted))
    }

    fn lint(&self, workspace: &Workspace, features: &str, more: &[&str]) -> Count {
        let package = ["--package", &self.name, "--no-default-features"];
        let features = ["--features", features];
        lint(workspace, &[&package[..], &features, more].concat())
    }
}

/// Every library with each of its features alone, with none, and with all; of the root package those that are not options
/// of C, and not all. The libraries for devices for a device too, with the features that need no `std` and no TF-M.
pub fn each_feature(workspace: &Workspace) -> Count {
    let libraries = match libraries(workspace) {
        Ok(libraries) => libraries,
        Err(error) => return Count::one(Err(error)),
    };
    let mut sum = alone(workspace, &libraries, |package, feature| {
        package != ROOT || RUST_FEATURES.contains(&feature)
    });
    // What is compiled here is only looked at.
    let quick = ["--config", "profile.dev.package.mbedtls-psa.opt-level=0"];
    for library in libraries.iter().filter(|library| library.name != ROOT) {
        sum += library.lint(workspace, &all(library.features.keys()), &quick);
    }
    let device = |library: &&Library| DEVICE.contains(&library.name.as_str());
    for library in libraries.iter().filter(device) {
        let quick = [&["--target", THUMB][..], &quick].concat();
        let unwanted = |feature: &str| feature == "std" || feature == EXPORT;
        let no_std: Vec<&str> = library.without(&unwanted).collect();
        for feature in no_std.iter().copied().chain(["", &all(&no_std)]) {
            sum += library.lint(workspace, feature, &quick);
        }
    }
    sum
}

/// The root package with each option of the C library alone, and with all.
pub fn each_option(workspace: &Workspace) -> Count {
    let libraries = match libraries(workspace) {
        Ok(libraries) => libraries,
        Err(error) => return Count::one(Err(error)),
    };
    let mut sum = alone(workspace, &libraries, |package, feature| {
        package == ROOT && !RUST_FEATURES.contains(&feature)
    });
    for library in libraries.iter().filter(|library| library.name == ROOT) {
        sum += library.lint(workspace, &all(library.features.keys()), &[]);
    }
    sum
}

fn all(features: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let features: Vec<_> = features.into_iter().collect();
    features
        .iter()
        .map(AsRef::as_ref)
        .collect::<Vec<_>>()
        .join(",")
}

/// Checks what is chosen of (package, feature), the feature "" being none at all.
fn alone(workspace: &Workspace, libraries: &[Library], chosen: fn(&str, &str) -> bool) -> Count {
    let mut sum = Count::default();
    for library in libraries {
        let features = library.features.keys().map(String::as_str).chain([""]);
        for feature in features.filter(|feature| chosen(&library.name, feature)) {
            sum += library.lint(workspace, feature, &[]);
        }
    }
    sum
}

/// The features of the application's library with the oldest Rust, but for those that say that they need a newer one, and
/// those that compile C, which are checked with the whole workspace.
pub fn oldest(workspace: &Workspace) -> Result<()> {
    let libraries = libraries(workspace)?;
    let client = libraries.iter().find(|library| library.name == CLIENT);
    let client = client.with_context(|| format!("there is no {CLIENT}"))?;
    for (feature, version) in &client.newer {
        println!("exempt: {CLIENT}/{feature} needs Rust {version}");
    }
    let exempt = |feature: &str| {
        client.newer.contains_key(feature) || feature == format!("dep:{ROOT}").as_str()
    };
    let mut command = workspace.cargo_of(&setup::msrv());
    command
        .args(["check", "--lib", "--locked", "--package", CLIENT])
        .args(["--no-default-features", "--features"])
        .arg(all(client.without(&exempt)));
    shell::run(&mut command)
}

fn libraries(workspace: &Workspace) -> Result<Vec<Library>> {
    let metadata = workspace.metadata()?;
    let packages = metadata["packages"]
        .as_array()
        .context("cargo metadata names no packages")?;
    let packages = packages.iter().filter(|package| has_library(package));
    packages.map(Library::read).collect()
}

fn has_library(package: &serde_json::Value) -> bool {
    let kind_is_lib = |target: &serde_json::Value| target["kind"][0] == "lib";
    package["name"] != FAULTS
        && package["targets"]
            .as_array()
            .is_some_and(|targets| targets.iter().any(kind_is_lib))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_libraries_and_their_features() {
        let libraries = libraries(&Workspace::new(true).unwrap()).unwrap();
        let root = libraries.iter().find(|library| library.name == ROOT);
        let root = root.unwrap();
        assert!(root.features.contains_key("provisioning"));
        assert!(!root.features.contains_key("default"));
        assert!(libraries.iter().all(|library| library.name != "xtask"));
    }

    #[test]
    fn what_brings_std_through_another_feature_is_seen() {
        let package = serde_json::json!({
            "name": "a",
            "features": {
                "default": ["std"], "std": ["alloc"], "alloc": [], "files": ["more"], "more": ["std", "files"],
            },
            "metadata": { "rust-version": { "files": "1.90" } },
        });
        let library = Library::read(&package).unwrap();
        let found: Vec<_> = library.without(&|feature| feature == "std").collect();
        assert_eq!(found, ["alloc"]);
        assert_eq!(library.newer["files"], "1.90");
        let mut wrong = package;
        wrong["metadata"]["rust-version"]["gone"] = "1.90".into();
        assert!(Library::read(&wrong).is_err());
    }
}
