//! A build: what several files say together, and what Mbed TLS makes of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::nearest;
use crate::expr::{Expr, Lookup};
use crate::facts::{Facts, Function, Version};
use crate::readers::file::{self, FileKind};
use crate::readers::port::{Port, Settings, System};
use crate::readers::refusal::Refusal;
use crate::readers::state::State;
use crate::readers::{ReadError, headers};
use crate::rules::{self, Node};

/// A file to read: its name as the person gave it, and its text.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The name. It decides only what the text leaves open, and stands in messages.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
}

/// Where a setting or a macro stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What was set: `y`, `n`, a number or a text.
    pub value: String,
}

/// What several files say together, completed as Kconfig and the headers of Mbed TLS complete it.
///
/// ```
/// use mbedtls_config::readers::{Build, Source};
///
/// let text = "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_PK_WRITE_C=y\n";
/// let build = Build::read(&[Source { name: "prj.conf", text }], None)?;
/// assert!(build.is_on("MBEDTLS_PK_WRITE_C"));
/// assert_eq!(build.defines("mbedtls_pk_write_key_der"), Some(true));
/// assert_eq!(build.defines("mbedtls_strerror"), Some(false));
/// # Ok::<(), mbedtls_config::readers::ReadError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Build {
    pub(super) port: Option<&'static Port>,
    pub(super) version: Version,
    pub(super) files: Vec<(String, FileKind)>,
    pub(super) includes: Vec<String>,
    places: BTreeMap<String, Setting>,
    /// The settings as they stand in the files: on, with their values.
    pub(super) asked: Settings,
    /// The settings that the files switch off.
    pub(super) refused: BTreeSet<String>,
    /// The headers among the files, as a program.
    pub(super) program: Vec<Node>,
    /// `psa/crypto_config.h`, which counts only when the configuration asks for it.
    pub(super) psa_program: Option<Vec<Node>>,
    /// Macros that were added to try something.
    pub(super) added: BTreeSet<String>,
    state: State,
}

impl Build {
    /// A build in which everything is off.
    pub(super) fn nothing() -> Self {
        let mut build = Self::empty();
        build.state = build.evaluate();
        build
    }

    fn empty() -> Self {
        Self {
            port: None,
            version: Version::V3_6,
            files: Vec::new(),
            includes: Vec::new(),
            places: BTreeMap::new(),
            asked: Settings::new(),
            refused: BTreeSet::new(),
            program: Vec::new(),
            psa_program: None,
            added: BTreeSet::new(),
            state: State::default(),
        }
    }

    /// Reads the files of one build. `system` says whose Kconfig it is where the text leaves that open.
    pub fn read(sources: &[Source<'_>], system: Option<System>) -> Result<Self, ReadError> {
        let mut build = Self::empty();
        let mut header_sources = Vec::new();
        let mut comment = String::new();
        for source in sources {
            let file = file::read(source.name, source.text)?;
            build.files.push((source.name.to_owned(), file.kind));
            if !file.kind.is_kconfig() {
                header_sources.push((*source, file.kind));
                continue;
            }
            // ESP-IDF names its version in a comment.
            comment.extend(source.text.lines().take(4));
            for entry in file.entries {
                build.take(source.name, entry);
            }
        }
        if build.has_kconfig() {
            build.port = Some(super::detect::port(&build, system, &comment));
        }
        build.version = build
            .port
            .map_or(Version::V3_6, |port| version(port.mbedtls));
        build.read_headers(&header_sources)?;
        build.state = build.evaluate();
        Ok(build)
    }

    /// A later file has the last word, as with Kconfig.
    fn take(&mut self, file: &str, entry: file::Entry) {
        let setting = Setting {
            file: file.to_owned(),
            line: entry.line,
            value: entry.value.clone(),
        };
        self.places.insert(entry.name.clone(), setting);
        if matches!(entry.value.as_str(), "n" | "") {
            self.asked.remove(&entry.name);
            self.refused.insert(entry.name);
        } else {
            self.refused.remove(&entry.name);
            self.asked.insert(entry.name, entry.value);
        }
    }

    fn read_headers(&mut self, sources: &[(Source<'_>, FileKind)]) -> Result<(), ReadError> {
        let texts: Vec<Source<'_>> = sources.iter().map(|(source, _)| *source).collect();
        let read = headers::Headers::read(&texts)?;
        self.includes = read.missing;
        for ((source, kind), nodes) in sources.iter().zip(read.programs) {
            file::each_define(source.text, &mut |name, value, line| {
                let setting = Setting {
                    file: source.name.to_owned(),
                    line,
                    value: value.to_owned(),
                };
                self.places.entry(name.to_owned()).or_insert(setting);
            });
            match (kind, nodes) {
                (FileKind::CryptoConfig, nodes) => {
                    self.psa_program
                        .get_or_insert_default()
                        .extend(nodes.unwrap_or_default());
                }
                // What another file includes is read there.
                (_, Some(nodes)) => self.program.extend(nodes),
                (_, None) => {}
            }
        }
        Ok(())
    }

    fn has_kconfig(&self) -> bool {
        self.files.iter().any(|(_, kind)| kind.is_kconfig())
    }

    /// The same build, judged by the rules of another version of Mbed TLS.
    #[must_use]
    pub fn judged_by(&self, version: Version) -> Self {
        self.changed(|build| build.version = version)
    }

    /// The same build in another environment.
    #[must_use]
    pub fn built_by(&self, port: &'static Port) -> Self {
        self.changed(|build| {
            build.port = Some(port);
            build.version = version(port.mbedtls);
        })
    }

    /// True when a setting that no file names is known to be off.
    pub fn is_whole(&self) -> bool {
        self.files.iter().any(|(_, kind)| kind.is_whole())
    }

    /// The files, with their kinds, in the order in which they were given.
    pub fn files(&self) -> &[(String, FileKind)] {
        &self.files
    }

    /// Headers of a configuration that the files include and that were not given.
    pub fn missing_includes(&self) -> &[String] {
        &self.includes
    }

    /// Who builds.
    pub fn system(&self) -> System {
        self.port.map_or(System::Plain, |port| port.system)
    }

    /// The table of the environment; nothing when C headers alone were given.
    pub fn port(&self) -> Option<&'static Port> {
        self.port
    }

    /// The version of Mbed TLS whose rules are applied.
    pub fn facts(&self) -> &'static Facts {
        self.version.facts()
    }

    /// Where a setting of Kconfig or a macro stands.
    pub fn place(&self, name: &str) -> Option<&Setting> {
        self.places.get(name)
    }

    /// True when a macro is defined in the end, or a setting of Kconfig is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.state.macros.contains_key(name) || self.state.settings.contains_key(name)
    }

    /// True when the files themselves define the macro, before Mbed TLS adds to it.
    pub fn is_configured(&self, name: &str) -> bool {
        self.state.config.contains_key(name)
    }

    /// The macros that the files define, before Mbed TLS adds to them.
    pub fn configured(&self) -> impl Iterator<Item = &str> {
        self.state.config.keys().map(String::as_str)
    }

    /// The settings of Kconfig that are on in the end, with their values.
    pub fn settings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.state
            .settings
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// True when a condition of a C file holds.
    pub fn holds(&self, guard: &Expr) -> bool {
        guard.is_true(&self.state.macros)
    }

    /// The definitions of a function that a linker could find.
    pub fn definitions<'a>(
        &self,
        function: &'a str,
    ) -> impl Iterator<Item = &'a Function> + use<'a> {
        self.facts()
            .function(function)
            .filter(|known| known.kind.is_symbol())
    }

    /// Whether this build compiles the function; nothing when the library has no such function.
    pub fn defines(&self, function: &str) -> Option<bool> {
        let mut known = None;
        for definition in self.definitions(function) {
            known = Some(known == Some(true) || self.holds(&definition.guard));
        }
        known
    }

    /// The `_ALT` macros that are on and without which the function would be compiled: its body is somebody else's.
    pub fn alternatives(&self, function: &str) -> Vec<String> {
        if self.defines(function) != Some(false) {
            return Vec::new();
        }
        let is_alt = |name: &&String| name.ends_with("_ALT");
        let mut without = self.state.macros.clone();
        without.retain(|name, _| !name.ends_with("_ALT"));
        let mut found = Vec::new();
        for definition in self.definitions(function) {
            if definition.guard.is_true(&without) {
                for name in self.state.macros.keys().filter(is_alt) {
                    definition.guard.each_macro(&mut |other| {
                        if other == name && !found.contains(name) {
                            found.push(name.clone());
                        }
                    });
                }
            }
        }
        found
    }

    /// Names in the files that look like options and are none, each with the options that it may stand for: in C, names
    /// that no version knows; in Kconfig, names of options that no setting of the environment has.
    pub fn unknown(&self) -> Vec<(&str, Vec<String>)> {
        let names = self.places.keys().map(String::as_str);
        let strange = names.filter(|name| match (self.port, name.strip_prefix("CONFIG_")) {
            (Some(port), Some(option)) => {
                self.facts().option(option).is_some() && !port.knows(name) && self.is_asked(name)
            }
            (_, None) => name.starts_with("MBEDTLS_") && !is_known(name),
            _ => false,
        });
        strange.map(|name| (name, self.meant(name))).collect()
    }

    fn meant(&self, name: &str) -> Vec<String> {
        let Some(option) = name.strip_prefix("CONFIG_") else {
            let options = self.facts().options.iter().map(|option| option.name);
            return nearest(name, options);
        };
        let lines = self.lines_to_define(option).unwrap_or_default();
        lines.iter().map(ToString::to_string).collect()
    }

    /// What the headers of Mbed TLS refuse about this build, each as a sentence.
    pub fn refusals(&self) -> impl Iterator<Item = &str> {
        self.state
            .refusals
            .iter()
            .map(|refusal| refusal.text.as_str())
    }

    /// The refusals with what would make them go away.
    pub(super) fn refusals_in_detail(&self) -> &[Refusal] {
        &self.state.refusals
    }

    /// Settings that are on in the files and have no effect, because what they depend on is off.
    pub fn without_effect(&self) -> Vec<(&str, &'static Expr)> {
        let Some(port) = self.port else {
            return Vec::new();
        };
        self.asked
            .keys()
            .filter(|name| !port.is_reachable(name, &self.state.settings))
            .filter_map(|name| Some((name.as_str(), port.needs(name)?)))
            .collect()
    }

    /// The same build with changes made to it.
    pub(super) fn changed(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut build = self.clone();
        change(&mut build);
        build.state = build.evaluate();
        build
    }

    /// True when a condition over settings and macros holds.
    pub(super) fn holds_with_settings(&self, expr: &Expr) -> bool {
        expr.is_true(&Both(&self.state))
    }

    /// True when the files switch the setting on themselves.
    pub(super) fn is_asked(&self, setting: &str) -> bool {
        self.asked.contains_key(setting)
    }
}

/// True when any version has the option, or reads the macro in a condition.
fn is_known(name: &str) -> bool {
    Version::ALL.iter().any(|version| {
        let facts = version.facts();
        let mut known = facts.option(name).is_some();
        let mut look = |expr: &Expr| expr.each_macro(&mut |other| known |= other == name);
        for program in [&facts.rules, &facts.units] {
            rules::each_step(program, &mut |_, path| {
                for met in path {
                    look(met.expr);
                }
            });
        }
        facts
            .functions
            .iter()
            .for_each(|function| look(&function.guard));
        known
    })
}

struct Both<'a>(&'a State);

impl Lookup for Both<'_> {
    fn lookup(&self, name: &str) -> Option<&str> {
        let State {
            settings, macros, ..
        } = self.0;
        let value = settings.get(name).or_else(|| macros.get(name));
        value.map(String::as_str)
    }
}

/// The version whose facts are nearest to a series such as `3.5`.
fn version(series: &str) -> Version {
    Version::ALL
        .into_iter()
        .find(|version| version.facts().version.starts_with(series))
        .unwrap_or(Version::V3_6)
}
