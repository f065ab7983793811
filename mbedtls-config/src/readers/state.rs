//! What comes of a build: settings completed, headers run, and the rules of Mbed TLS over the result.

use std::collections::BTreeMap;

use crate::platform::Platform;
use crate::readers::build::Build;
use crate::readers::headers;
use crate::readers::port::Settings;
use crate::readers::refusal::Refusal;
use crate::repair::askers;
use crate::rules::{self, Event, Macros, Node};

/// What comes of it.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// Every setting of Kconfig that is on in the end.
    pub(super) settings: Settings,
    /// What the configuration defines.
    pub(super) config: Macros,
    /// Every macro in the end.
    pub(super) macros: Macros,
    /// What the headers refuse.
    pub(super) refusals: Vec<Refusal>,
}

impl Build {
    /// Works out what comes of the build as it is now.
    pub(super) fn evaluate(&self) -> State {
        let facts = self.facts();
        let settings = self.completed_settings();
        let mut config = self
            .port
            .map(|port| port.macros(&settings, facts))
            .unwrap_or_default();
        for name in self.added.iter().filter(|name| !is_setting(name)) {
            config.insert(name.clone(), "1".to_owned());
        }
        let before = self.predefined(&settings);
        let mut config = Self::run(&self.program, &before, &config);
        if let Some(program) = &self.psa_program {
            if config.contains_key("MBEDTLS_PSA_CRYPTO_CONFIG") {
                config = Self::run(program, &before, &config);
            }
        }
        if self.port.is_some() || self.psa_program.is_some() {
            config
                .entry("MBEDTLS_PSA_CRYPTO_CONFIG_FILE".to_owned())
                .or_insert_with(|| "\"psa.h\"".to_owned());
        }
        let mut before = before;
        before.insert("MBEDTLS_CONFIG_FILE".to_owned(), "\"config.h\"".to_owned());
        let outcome = rules::run(&facts.rules, &before, &config);
        let units = rules::run(&facts.units, &outcome.macros, &Macros::new());
        let events = || outcome.events.iter().chain(&units.events);
        let mut derived = BTreeMap::new();
        for event in events() {
            if let Event::Set { name, path } = event {
                let askers = askers(path, &units.macros);
                if let Some(asker) = askers.into_iter().find(|asker| asker != name) {
                    derived.entry(*name).or_insert(asker);
                }
            }
        }
        let origin = |name: &str| origin(name, &config, &derived);
        let refusals = events()
            .filter_map(|event| match event {
                Event::Refused { file, path } => {
                    Some(Refusal::new(file, path, &units.macros, &origin))
                }
                _ => None,
            })
            .collect();
        State {
            settings,
            config,
            macros: units.macros,
            refusals,
        }
    }

    /// The settings of Kconfig in the end. A whole result is taken as it is; what was added to it is completed.
    fn completed_settings(&self) -> Settings {
        let mut settings = self.asked.clone();
        let Some(port) = self.port else {
            return settings;
        };
        let added = || self.added.iter().filter(|name| is_setting(name));
        for name in added() {
            settings.insert(name.clone(), "y".to_owned());
        }
        if !self.is_whole() {
            port.complete(&mut settings, &|name| self.refused.contains(name));
            port.drop_unreachable(&mut settings, &|_| false);
        } else if added().next().is_some() {
            // What could have been on before and was not, somebody switched off.
            let off =
                |name: &str| self.refused.contains(name) || port.is_default(name, &self.asked);
            port.complete(&mut settings, &off);
            port.drop_unreachable(&mut settings, &|name| self.asked.contains_key(name));
        }
        settings
    }

    /// Runs headers over what is defined already.
    fn run(program: &[Node], before: &Macros, config: &Macros) -> Macros {
        if program.is_empty() {
            return config.clone();
        }
        let mut start = before.clone();
        start.extend(config.clone());
        let mut macros = rules::run(program, &start, &Macros::new()).macros;
        macros.retain(|name, _| !before.contains_key(name));
        macros
    }

    fn predefined(&self, settings: &Settings) -> Macros {
        let platform = if self.port.is_some() {
            Platform::BareMetal
        } else {
            Platform::Unix
        };
        let mut macros = platform.predefined();
        for (name, value) in settings {
            let value = if value == "y" { "1" } else { value };
            macros.insert(name.clone(), headers::plain_value(value).to_owned());
        }
        macros
    }
}

/// From a macro back to one that the configuration defines.
fn origin(name: &str, config: &Macros, derived: &BTreeMap<&str, String>) -> String {
    let mut last = name;
    // More steps than any derivation has; they stop one that leads back to itself.
    for _ in 0..16 {
        match derived.get(last) {
            Some(next) if !config.contains_key(last) => last = next,
            _ => break,
        }
    }
    last.to_owned()
}

fn is_setting(name: &str) -> bool {
    name.starts_with("CONFIG_")
}
