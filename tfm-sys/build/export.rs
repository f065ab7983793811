//! An export of a TF-M build: finding its parts, its version, and whether the client speaks its interface.

use crate::facts::{self, Fact};
use std::fs;
use std::path::{Path, PathBuf};

/// What the client was tested with.
pub const SUPPORTED: &str = "2.1 to 2.3";

/// The folder `api_ns` of a TF-M build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The folder itself.
    pub root: PathBuf,
    /// The version that its `CMake` package names, such as `2.1.3`; exports before 2.0 name none.
    pub version: Option<String>,
}

impl Export {
    /// Opens what `TFM_API_NS` names: the folder `api_ns`, or the build folder around it.
    pub fn open(named: &Path) -> Result<Self, String> {
        let root = [named.to_owned(), named.join("api_ns")]
            .into_iter()
            .find(|root| root.join("interface/include").is_dir())
            .ok_or_else(|| {
                format!(
                    "TFM_API_NS={}: no export of a TF-M build, since it has no folder interface/include; name the \
                     folder api_ns of the build",
                    named.display()
                )
            })?;
        let version = fs::read_to_string(root.join("cmake/spe_config.cmake"))
            .ok()
            .and_then(|package| version_in(&package));
        Ok(Self { root, version })
    }

    /// Its headers.
    pub fn include(&self) -> PathBuf {
        self.root.join("interface/include")
    }

    /// Its CMSE import library: the addresses of the veneers of one secure image.
    pub fn veneers(&self) -> PathBuf {
        self.root.join("interface/lib/s_veneers.o")
    }

    /// Its name for a message.
    pub fn name(&self) -> String {
        self.version.as_ref().map_or_else(
            || "an unknown version of TF-M".to_owned(),
            |version| format!("TF-M {version}"),
        )
    }

    /// Compares its headers, read for `target`, with what the client speaks.
    pub fn check(&self, client_config: &Path, target: &str) -> Result<(), String> {
        for header in ["tfm_crypto_defs.h", "psa/crypto.h", "psa_manifest/sid.h"] {
            if !self.include().join(header).is_file() {
                return Err(format!(
                    "{}: interface/include/{header} is missing; was TF-M built with TFM_PARTITION_CRYPTO?",
                    self.root.display()
                ));
            }
        }
        let read = |facts: &[Fact]| {
            facts::read(facts, &self.include(), client_config, target).map_err(|error| {
                format!(
                    "{}: the headers of {} cannot be read: {error}",
                    self.root.display(),
                    self.name()
                )
            })
        };
        let facts = facts::expected();
        // Older headers lack some of the fields, so their ABI is told apart by what all of them have.
        let common: Vec<Fact> = facts
            .iter()
            .filter(|fact| in_every_version(fact))
            .cloned()
            .collect();
        let found = read(&common)?;
        if let Some(name) = older_abi(&found) {
            let name = self
                .version
                .as_ref()
                .map_or(name.to_owned(), |_| self.name());
            return Err(format!(
                "{}: this export is {name}; supported: {SUPPORTED}",
                self.root.display()
            ));
        }
        let differences = facts::differences(&facts, &read(&facts)?);
        if differences.is_empty() {
            return Ok(());
        }
        Err(format!(
            "{}: this export is {} with another interface; supported: {SUPPORTED}. It has {}",
            self.root.display(),
            self.name(),
            differences.join("; ")
        ))
    }

    /// Whether its version is one that the client was tested with.
    pub fn is_tested(&self) -> bool {
        let tested = ["2.1.", "2.2.", "2.3."];
        self.version
            .as_ref()
            .is_some_and(|version| tested.iter().any(|prefix| version.starts_with(prefix)))
    }
}

fn in_every_version(fact: &Fact) -> bool {
    ["size pack", "size attributes", "id of psa_generate_random"].contains(&&*fact.name)
}

/// The name of an interface before 2.1.
fn older_abi(found: &std::collections::BTreeMap<String, i64>) -> Option<&'static str> {
    let is = |name: &str, value: i64| found.get(name) == Some(&value);
    (is("size pack", 48) && is("size attributes", 20)).then_some("TF-M 1.8")
}

/// `set(TFM_VERSION 2.1.3)` of the `CMake` package.
fn version_in(package: &str) -> Option<String> {
    package.lines().find_map(|line| {
        let value = line.trim().strip_prefix("set(TFM_VERSION")?;
        let value = value.trim().trim_end_matches(')').trim_matches('"');
        (!value.is_empty()).then(|| value.to_owned())
    })
}
