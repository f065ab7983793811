//! What Mbed TLS makes of a configuration as it stands, before anything is added to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Choices;
use crate::expr::{Expr, Lookup};
use crate::facts::{Cause, Facts};
use crate::header;
use crate::repair::{Repair, askers};
use crate::rules::{self, Event, Macros, Met, Outcome};

/// What Mbed TLS makes of a configuration.
#[derive(Clone, Debug)]
pub struct Evaluation {
    outcome: Outcome<'static>,
    units: Outcome<'static>,
    requires: Outcome<'static>,
    undone: BTreeSet<&'static str>,
    /// For each macro that Mbed TLS derived, the one that brought it.
    derived: BTreeMap<String, String>,
}

/// A refusal: one `#error` that the configuration runs into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The file that refuses.
    pub file: &'static str,
    /// The conditions that were met on the way to it, as the tables write them.
    pub conditions: Vec<String>,
    /// The macros that are on and to blame, the one that asks first.
    pub askers: Vec<String>,
}

impl Evaluation {
    pub(crate) fn of(facts: &'static Facts, predefined: &Macros, on: &Choices) -> Self {
        let mut before = predefined.clone();
        before.insert("MBEDTLS_CONFIG_FILE".to_owned(), "\"config.h\"".to_owned());
        let mut config = Macros::new();
        for (name, choice) in on {
            let text = choice
                .value
                .as_deref()
                .unwrap_or_else(|| header::flag_text(name));
            config.insert((*name).to_owned(), text.to_owned());
        }
        if config.contains_key("MBEDTLS_PSA_CRYPTO_CONFIG") {
            // Both halves of the configuration stand in one file.
            config
                .entry(header::PSA_FILE.0.to_owned())
                .or_insert_with(|| header::PSA_FILE.1.to_owned());
        }
        let outcome = rules::run(&facts.rules, &before, &config);
        let units = rules::run(&facts.units, &outcome.macros, &Macros::new());
        let requires = rules::run(&facts.requires, &outcome.macros, &Macros::new());
        let mut derived = BTreeMap::new();
        for event in outcome.events.iter().chain(&units.events) {
            if let Event::Set { name, path } = event {
                if let Some(asker) = askers(path, &units.macros)
                    .into_iter()
                    .find(|asker| asker != name)
                {
                    derived.entry((*name).to_owned()).or_insert(asker);
                }
            }
        }
        let gone = |name: &&&'static str| !outcome.macros.contains_key(**name);
        let undone = on.keys().filter(gone).copied().collect();
        Self {
            outcome,
            units,
            requires,
            undone,
            derived,
        }
    }

    /// True when the macro is defined after Mbed TLS has finished the configuration: an option, or one that it derives.
    /// The prefix `MBEDTLS_` may be left out.
    pub fn is_enabled(&self, name: &str) -> bool {
        self.outcome.macros.contains_key(name)
            || self.outcome.macros.contains_key(&format!("MBEDTLS_{name}"))
    }

    /// True when a condition of a C file holds.
    pub fn holds(&self, guard: &Expr) -> bool {
        guard.is_true(&self.units.macros)
    }

    /// Every macro that is defined after Mbed TLS has finished the configuration, with its text.
    pub fn macros(&self) -> impl Iterator<Item = (&str, &str)> {
        self.outcome
            .macros
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Every `#error` that the configuration runs into; none when it compiles.
    pub fn refusals(&self) -> Vec<Refusal> {
        let refusal = |event: &Event<'static>| match event {
            Event::Refused { file, path } => Some(Refusal {
                file,
                conditions: path
                    .iter()
                    .filter(|met| met.held)
                    .map(|met| met.expr.to_string())
                    .collect(),
                askers: self.askers(path),
            }),
            _ => None,
        };
        self.outcome
            .events
            .iter()
            .chain(&self.units.events)
            .filter_map(refusal)
            .collect()
    }

    /// The macro that made Mbed TLS derive this one; nothing for an option.
    pub fn derived_from(&self, name: &str) -> Option<&str> {
        self.derived.get(name).map(String::as_str)
    }

    /// Options that are defined by the configuration, but that Mbed TLS takes away again.
    pub fn undone(&self) -> &BTreeSet<&'static str> {
        &self.undone
    }

    /// Everything that happened, what is only documented last.
    pub(crate) fn events(&self) -> impl Iterator<Item = &Event<'static>> {
        self.outcome
            .events
            .iter()
            .chain(&self.units.events)
            .chain(&self.requires.events)
    }

    /// Who is to blame for a path; also macros that were gone again at the end.
    pub(crate) fn askers(&self, path: &[Met<'_>]) -> Vec<String> {
        askers(path, &Ever(self))
    }

    pub(crate) fn repair<'a>(
        &'a self,
        facts: &'static Facts,
        causes: &'a BTreeMap<&'static str, Vec<Cause>>,
        off: &'a BTreeSet<&'static str>,
    ) -> Repair<'a> {
        let psa_config = self.is_enabled("MBEDTLS_PSA_CRYPTO_CONFIG");
        Repair {
            facts,
            causes,
            macros: &self.units.macros,
            off,
            psa_config,
        }
    }
}

/// The macros that were defined at any time.
struct Ever<'a>(&'a Evaluation);

impl Lookup for Ever<'_> {
    fn lookup(&self, name: &str) -> Option<&str> {
        self.0
            .units
            .macros
            .lookup(name)
            .or_else(|| self.0.derived_from(name))
    }
}
