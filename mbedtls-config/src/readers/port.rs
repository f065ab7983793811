//! Ports: how an environment turns its Kconfig settings into macros of Mbed TLS. One table for each, written from the
//! files that its first line names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use crate::expr::{Expr, Lookup};
use crate::facts::Facts;
use crate::rules::Macros;

/// Who builds Mbed TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum System {
    /// Nobody in particular: `mbedtls_config.h` is the whole truth.
    Plain,
    /// Zephyr's own module.
    Zephyr,
    /// The nRF Connect SDK's `nrf_security`.
    Ncs,
    /// ESP-IDF's component.
    EspIdf,
}

/// The settings of Kconfig by name, `y` or a text; what is off is not in it.
pub(super) type Settings = BTreeMap<String, String>;

/// What a line of a table does when its condition holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// Defines macros.
    Set,
    /// Removes macros.
    Unset,
    /// Defines macros, and removes them when the condition does not hold.
    Is,
}

#[derive(Debug)]
struct Row {
    effect: Effect,
    condition: Expr,
    macros: Vec<&'static str>,
}

/// One environment in one range of versions.
#[derive(Debug)]
pub struct Port {
    /// Its name, such as `Zephyr 3.7 to 4.3`.
    pub name: &'static str,
    /// Who builds.
    pub system: System,
    /// The series of Mbed TLS in it, such as `3.6`.
    pub mbedtls: &'static str,
    /// True when the options that Mbed TLS has on by default are the start.
    from_default: bool,
    /// Options that a setting of the same name switches on: whole names, or beginnings that end in `*`.
    same: Vec<&'static str>,
    rows: Vec<Row>,
    /// Settings that others switch on, whether or not a person says so.
    selects: Vec<(Expr, Vec<&'static str>)>,
    /// Settings that are on unless a person says otherwise.
    defaults: Vec<(&'static str, Expr)>,
    /// Settings that no person can set: others switch them on, or a default does.
    hidden: BTreeSet<&'static str>,
    /// Settings that have no effect unless a condition holds.
    needs: BTreeMap<&'static str, Expr>,
}

const TABLES: [(System, &str); 7] = [
    (
        System::Zephyr,
        include_str!("../../data/kconfig/zephyr-3.4.txt"),
    ),
    (
        System::Zephyr,
        include_str!("../../data/kconfig/zephyr-3.7.txt"),
    ),
    (
        System::Zephyr,
        include_str!("../../data/kconfig/zephyr-4.4.txt"),
    ),
    (System::Ncs, include_str!("../../data/kconfig/ncs.txt")),
    (
        System::EspIdf,
        include_str!("../../data/kconfig/esp-idf-4.4.txt"),
    ),
    (
        System::EspIdf,
        include_str!("../../data/kconfig/esp-idf-5.txt"),
    ),
    (
        System::EspIdf,
        include_str!("../../data/kconfig/esp-idf-6.txt"),
    ),
];

/// Conditions read settings and macros alike.
struct View<'a> {
    settings: &'a Settings,
    macros: Option<&'a Macros>,
}

impl Lookup for View<'_> {
    fn lookup(&self, name: &str) -> Option<&str> {
        let own = self.settings.get(name);
        own.or_else(|| self.macros?.get(name)).map(String::as_str)
    }
}

fn holds(expr: &Expr, settings: &Settings) -> bool {
    let macros = None;
    expr.is_true(&View { settings, macros })
}

impl Port {
    /// Every port, the oldest of each system first.
    pub fn all() -> &'static [Self] {
        static PORTS: OnceLock<Vec<Port>> = OnceLock::new();
        PORTS.get_or_init(|| {
            TABLES
                .iter()
                .map(|&(system, text)| Self::parse(system, text))
                .collect()
        })
    }

    fn parse(system: System, text: &'static str) -> Self {
        let mut port = Self {
            name: "",
            system,
            mbedtls: "",
            from_default: false,
            same: Vec::new(),
            rows: Vec::new(),
            selects: Vec::new(),
            defaults: Vec::new(),
            hidden: BTreeSet::new(),
            needs: BTreeMap::new(),
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            port.parse_line(line);
        }
        port
    }

    fn parse_line(&mut self, line: &'static str) {
        // The tables are part of this crate: one that cannot be read is caught by the first test, never by a user.
        let expr = |text: &str| Expr::parse(text).expect("the tables of this crate can be read");
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (left, right) = rest.split_once(": ").unwrap_or((rest, ""));
        let names = || right.split(' ').collect();
        let mut row = |effect| {
            self.rows.push(Row {
                effect,
                condition: expr(left),
                macros: names(),
            });
        };
        match word {
            "set" => row(Effect::Set),
            "unset" => row(Effect::Unset),
            "is" => row(Effect::Is),
            "name" => self.name = rest,
            "mbedtls" => self.mbedtls = rest,
            "base" => self.from_default = rest == "default",
            "same" => self.same.extend(rest.split(' ')),
            "select" => self.selects.push((expr(left), names())),
            "default" => self.defaults.push((left, expr(right))),
            "hidden" => self.hidden.extend(rest.split(' ')),
            "needs" => {
                self.needs.insert(left, expr(right));
            }
            other => unreachable!("the tables of this crate have no word {other}"),
        }
    }

    /// For a setting that no person can set, the conditions that switch it on; nothing for any other.
    pub(super) fn ways_to_hidden(&self, setting: &str) -> Option<Vec<&Expr>> {
        self.hidden.contains(setting).then(|| {
            let selects = self.selects.iter();
            let selects = selects.filter(|(_, names)| names.contains(&setting));
            let defaults = self.defaults.iter().filter(|(name, _)| *name == setting);
            selects
                .map(|(condition, _)| condition)
                .chain(defaults.map(|(_, condition)| condition))
                .collect()
        })
    }

    /// True when the table knows the setting.
    pub(super) fn knows(&self, setting: &str) -> bool {
        let same = setting
            .strip_prefix("CONFIG_")
            .is_some_and(|name| self.has_same(name));
        let mut known = same || self.needs.contains_key(setting);
        let mut look = |expr: &Expr| expr.each_macro(&mut |name| known |= name == setting);
        self.rows.iter().for_each(|row| look(&row.condition));
        self.selects.iter().for_each(|(expr, _)| look(expr));
        known || self.defaults.iter().any(|(name, _)| *name == setting)
    }

    /// What a setting depends on.
    pub fn needs(&self, setting: &str) -> Option<&Expr> {
        self.needs.get(setting)
    }

    /// True when what a setting depends on is there.
    pub(super) fn is_reachable(&self, setting: &str, settings: &Settings) -> bool {
        self.needs(setting).is_none_or(|expr| holds(expr, settings))
    }

    /// Completes what a person asked for by what Kconfig would add: selections, then defaults, until nothing changes.
    /// `off` holds the settings that a person switched off.
    pub(super) fn complete(&self, settings: &mut Settings, off: &dyn Fn(&str) -> bool) {
        // Each round adds at least one setting; 32 are more than any chain is long.
        for _ in 0..32 {
            let before = settings.len();
            for (condition, names) in &self.selects {
                if holds(condition, settings) {
                    for name in names {
                        settings
                            .entry((*name).to_owned())
                            .or_insert_with(|| "y".to_owned());
                    }
                }
            }
            for (name, condition) in &self.defaults {
                if !off(name)
                    && !settings.contains_key(*name)
                    && holds(condition, settings)
                    && self.is_reachable(name, settings)
                {
                    settings.insert((*name).to_owned(), "y".to_owned());
                }
            }
            if settings.len() == before {
                break;
            }
        }
    }

    /// Drops settings whose dependencies are off, as Kconfig does, until nothing changes.
    pub(super) fn drop_unreachable(&self, settings: &mut Settings, keep: &dyn Fn(&str) -> bool) {
        loop {
            let before = settings.len();
            let now = settings.clone();
            settings.retain(|name, _| keep(name) || self.is_reachable(name, &now));
            if settings.len() == before {
                break;
            }
        }
    }

    /// True when a setting would be on if nobody said otherwise.
    pub(super) fn is_default(&self, setting: &str, settings: &Settings) -> bool {
        self.is_reachable(setting, settings)
            && self
                .defaults
                .iter()
                .any(|(name, condition)| *name == setting && holds(condition, settings))
    }

    /// The macros that the settings give, before Mbed TLS's own headers add to them.
    pub(super) fn macros(&self, settings: &Settings, facts: &Facts) -> Macros {
        let mut macros = Macros::new();
        if self.from_default {
            for option in facts.options.iter().filter(|option| option.on_by_default) {
                macros.insert(
                    option.name.to_owned(),
                    option.example.unwrap_or_default().to_owned(),
                );
            }
        }
        for (name, value) in settings {
            let Some(name) = name.strip_prefix("CONFIG_") else {
                continue;
            };
            if self.has_same(name) {
                let value = if value == "y" { "1" } else { value };
                macros.insert(name.to_owned(), value.to_owned());
            }
        }
        for row in &self.rows {
            let holds = row.condition.is_true(&View {
                settings,
                macros: Some(&macros),
            });
            for name in &row.macros {
                match (row.effect, holds) {
                    (Effect::Set | Effect::Is, true) => {
                        macros.entry((*name).to_owned()).or_default();
                    }
                    (Effect::Unset, true) | (Effect::Is, false) => {
                        macros.remove(*name);
                    }
                    (Effect::Set | Effect::Unset, false) => {}
                }
            }
        }
        macros
    }

    /// The conditions under which the table defines a macro.
    pub(super) fn causes<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Expr> {
        self.rows
            .iter()
            .filter(move |row| row.effect != Effect::Unset && row.macros.contains(&name))
            .map(|row| &row.condition)
    }

    fn has_same(&self, name: &str) -> bool {
        self.same.iter().any(|same| match same.strip_suffix('*') {
            Some(beginning) => name.starts_with(beginning),
            None => *same == name,
        })
    }

    /// The setting that has the name of an option, where the environment has one.
    pub(super) fn same_name(&self, name: &str, facts: &Facts) -> Option<String> {
        (self.has_same(name) && facts.option(name).is_some()).then(|| format!("CONFIG_{name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Version;

    #[test]
    fn the_tables_can_be_read() {
        for port in Port::all() {
            assert!(!port.name.is_empty() && !port.mbedtls.is_empty());
            assert!(port.rows.len() > 10, "{}", port.name);
        }
    }

    #[test]
    fn what_a_table_names_are_macros_of_mbed_tls() {
        let known = |name: &str| {
            Version::ALL.iter().any(|version| {
                let facts = version.facts();
                facts.option(name).is_some()
                    || facts.functions.iter().any(|function| {
                        let mut found = false;
                        function
                            .guard
                            .each_macro(&mut |other| found |= other == name);
                        found
                    })
            })
        };
        for port in Port::all()
            .iter()
            .filter(|port| port.system != System::EspIdf)
        {
            for name in port.rows.iter().flat_map(|row| &row.macros) {
                assert!(known(name), "{}: {name}", port.name);
            }
        }
    }

    #[test]
    fn a_table_says_what_zephyr_does() {
        let port = Port::all()
            .iter()
            .find(|port| port.name == "Zephyr 3.7 to 4.3")
            .unwrap();
        let facts = Version::V3_6.facts();
        let settings = Settings::from([
            ("CONFIG_MBEDTLS_DEBUG".to_owned(), "y".to_owned()),
            ("CONFIG_PSA_WANT_ALG_GCM".to_owned(), "y".to_owned()),
        ]);
        let macros = port.macros(&settings, facts);
        assert!(macros.contains_key("MBEDTLS_ERROR_C"));
        assert_eq!(macros["PSA_WANT_ALG_GCM"], "1");
        assert!(!macros.contains_key("MBEDTLS_PK_WRITE_C"));
    }
}
