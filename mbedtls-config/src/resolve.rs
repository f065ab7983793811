//! Closing over the dependencies: run the rules, and where they refuse, switch on what was missing.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Choice, Choices, Config, Origin};
use crate::error::{Contradiction, Error, Reason};
use crate::expr::Expr;
use crate::facts::{Cause, Facts};
use crate::header;
use crate::repair::{Remedy, Repair, askers};
use crate::rules::{self, Event, Macros, Met, Outcome};

/// More steps than any configuration needs; it keeps a mistake in the tables from searching for ever.
const MOST_STEPS: usize = 3000;

/// A configuration that Mbed TLS accepts.
#[derive(Clone, Debug)]
pub struct Resolved {
    pub(crate) on: Choices,
    macros: Macros,
    units: Macros,
    /// For each macro that Mbed TLS derived, the one that brought it.
    derived: BTreeMap<String, String>,
}

impl Resolved {
    /// The whole text for `MBEDTLS_CONFIG_FILE`: sorted, with a word about each option that nobody asked for by name.
    pub fn header(&self) -> String {
        header::write(self)
    }

    /// True when the macro is defined after Mbed TLS has finished the configuration: an option, or one that it derives.
    /// The prefix `MBEDTLS_` may be left out.
    pub fn is_enabled(&self, name: &str) -> bool {
        self.macros.contains_key(name) || self.macros.contains_key(&format!("MBEDTLS_{name}"))
    }

    /// Every option that is on, by its whole name, sorted.
    pub fn options(&self) -> impl Iterator<Item = (&'static str, &Choice)> {
        self.on.iter().map(|(name, choice)| (*name, choice))
    }

    /// Every macro that is defined after Mbed TLS has finished the configuration, with its text.
    pub fn macros(&self) -> impl Iterator<Item = (&str, &str)> {
        self.macros
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Why a macro is on: from it back to what somebody asked for. Empty when it is off.
    pub fn why(&self, name: &str) -> Vec<String> {
        let whole = if self.macros.contains_key(name) {
            name.to_owned()
        } else {
            format!("MBEDTLS_{name}")
        };
        if self.macros.contains_key(&whole) {
            trace(&whole, &self.on, &self.derived)
        } else {
            Vec::new()
        }
    }

    /// True when a condition of a C file holds with this configuration.
    pub fn holds(&self, guard: &Expr) -> bool {
        guard.is_true(&self.units)
    }
}

/// From a macro back to what somebody asked for.
fn trace(name: &str, on: &Choices, derived: &BTreeMap<String, String>) -> Vec<String> {
    let mut chain = vec![name.to_owned()];
    while let Some(last) = chain.last() {
        let next = match on.get(last.as_str()) {
            Some(Choice {
                origin: Origin::Needed(by),
                ..
            }) => Some(by),
            Some(_) => None,
            None => derived.get(last),
        };
        match next {
            Some(next) if !chain.contains(next) => chain.push(next.clone()),
            _ => break,
        }
    }
    chain
}

pub(crate) fn resolve(config: &Config) -> Result<Resolved, Error> {
    let causes = config.facts.causes();
    let mut search = Search {
        config,
        causes: &causes,
        steps: 0,
    };
    search
        .close(config.on.clone())
        .map_err(Error::Contradiction)
}

/// The state of the macros for a choice of options.
pub(crate) struct State {
    outcome: Outcome<'static>,
    units: Outcome<'static>,
    derived: BTreeMap<String, String>,
}

impl State {
    pub(crate) fn of(facts: &'static Facts, predefined: &Macros, on: &Choices) -> Self {
        let mut before = predefined.clone();
        before.insert("MBEDTLS_CONFIG_FILE".to_owned(), "\"config.h\"".to_owned());
        let config = on
            .iter()
            .map(|(name, choice)| {
                let text = choice
                    .value
                    .clone()
                    .unwrap_or_else(|| header::flag_text(name).to_owned());
                ((*name).to_owned(), text)
            })
            .collect();
        let outcome = rules::run(&facts.rules, &before, &config);
        let units = rules::run(&facts.units, &outcome.macros, &Macros::new());
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
        Self {
            outcome,
            units,
            derived,
        }
    }

    pub(crate) fn repair<'a>(
        &'a self,
        facts: &'static Facts,
        causes: &'a BTreeMap<&'static str, Vec<Cause>>,
        off: &'a BTreeSet<&'static str>,
    ) -> Repair<'a> {
        let psa_config = self
            .outcome
            .macros
            .contains_key("MBEDTLS_PSA_CRYPTO_CONFIG");
        Repair {
            facts,
            causes,
            macros: &self.units.macros,
            off,
            psa_config,
        }
    }
}

/// What stands in the way of a configuration.
struct Problem<'a> {
    /// The conditions that must not all be met.
    path: &'a [Met<'static>],
    /// The file that has them.
    file: &'a str,
    /// The option whose fate is at stake, if it is one alone.
    subject: Option<&'a str>,
}

struct Search<'a> {
    config: &'a Config,
    causes: &'a BTreeMap<&'static str, Vec<Cause>>,
    steps: usize,
}

impl Search<'_> {
    /// Adds to the options until nothing stands in the way; where there are several remedies, the most welcome one
    /// that leads to an end is taken.
    fn close(&mut self, mut on: Choices) -> Result<Resolved, Contradiction> {
        loop {
            self.steps += 1;
            let state = State::of(self.config.facts, &self.config.predefined, &on);
            let Some(problem) = self.problem(&state, &on) else {
                return Ok(Self::resolved(state, on));
            };
            let remedies = state
                .repair(self.config.facts, self.causes, &self.config.off)
                .leave(problem.path);
            let failure = self.contradiction(&state, &problem, &on);
            let asker = Self::asker(&state, &problem, &on);
            let detour = failure.reason == Reason::SwitchedOff;
            match remedies.as_slice() {
                [] => return Err(failure),
                _ if self.steps > MOST_STEPS => return Err(failure),
                [only] if !detour => apply(&mut on, only, &asker),
                // What was switched off is the better reason, should no way round it work.
                several => {
                    return self
                        .try_each(&on, several, &asker)
                        .map_err(|error| if detour { failure } else { error });
                }
            }
        }
    }

    fn try_each(
        &mut self,
        on: &Choices,
        remedies: &[Remedy],
        asker: &str,
    ) -> Result<Resolved, Contradiction> {
        let mut first = None;
        for remedy in remedies {
            let mut on = on.clone();
            apply(&mut on, remedy, asker);
            match self.close(on) {
                Ok(resolved) => return Ok(resolved),
                Err(error) => {
                    first.get_or_insert(error);
                }
            }
        }
        Err(first.expect("there is a remedy to try"))
    }

    fn resolved(state: State, on: Choices) -> Resolved {
        Resolved {
            on,
            macros: state.outcome.macros,
            units: state.units.macros,
            derived: state.derived,
        }
    }

    /// The first thing that stands in the way, in the order of the rules.
    fn problem<'s>(&self, state: &'s State, on: &Choices) -> Option<Problem<'s>> {
        let mut file = "";
        state
            .outcome
            .events
            .iter()
            .chain(&state.units.events)
            .find_map(|event| match event {
                Event::Refused { file, path } => Some(Problem {
                    path,
                    file,
                    subject: None,
                }),
                // An option that is asked for must not vanish silently.
                Event::Unset { name, path }
                    if on.contains_key(name) && !state.outcome.macros.contains_key(*name) =>
                {
                    Some(Problem {
                        path,
                        file,
                        subject: Some(name),
                    })
                }
                Event::Set { name, path } if self.config.off.contains(name) => {
                    file = "";
                    Some(Problem {
                        path,
                        file,
                        subject: Some(name),
                    })
                }
                _ => None,
            })
    }

    /// The option on whose behalf a problem must be solved.
    fn asker(state: &State, problem: &Problem<'_>, on: &Choices) -> String {
        let askers = askers(problem.path, &state.units.macros);
        let subject = problem
            .subject
            .filter(|name| on.contains_key(name))
            .map(str::to_owned);
        subject
            .or_else(|| {
                askers
                    .iter()
                    .find(|name| on.contains_key(name.as_str()))
                    .cloned()
            })
            .or_else(|| askers.first().cloned())
            .unwrap_or_else(|| problem.file.to_owned())
    }

    fn contradiction(&self, state: &State, problem: &Problem<'_>, on: &Choices) -> Contradiction {
        let asker = Self::asker(state, problem, on);
        let mut chain = trace(&asker, on, &state.derived);
        chain.reverse();
        if let Some(name) = problem
            .subject
            .filter(|name| self.config.off.contains(name))
        {
            chain.push(name.to_owned());
            return Contradiction {
                chain,
                reason: Reason::SwitchedOff,
            };
        }
        // What would help, had it not been switched off?
        let nothing_off = BTreeSet::new();
        let remedies = state
            .repair(self.config.facts, self.causes, &nothing_off)
            .leave(problem.path);
        let needed = remedies
            .iter()
            .find_map(|remedy| remedy.iter().find(|name| self.config.off.contains(*name)));
        if let Some(name) = needed {
            chain.push((*name).to_owned());
            return Contradiction {
                chain,
                reason: Reason::SwitchedOff,
            };
        }
        let others: Vec<String> = askers(problem.path, &state.units.macros)
            .into_iter()
            .filter(|name| *name != asker)
            .collect();
        let reason = if others.is_empty() {
            Reason::Refused(problem.file.to_owned())
        } else {
            Reason::Excludes(others)
        };
        Contradiction { chain, reason }
    }
}

fn apply(on: &mut Choices, remedy: &Remedy, asker: &str) {
    for name in remedy {
        on.entry(name).or_insert(Choice {
            origin: Origin::Needed(asker.to_owned()),
            value: None,
        });
    }
}
