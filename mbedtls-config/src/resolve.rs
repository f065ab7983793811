//! Closing over the dependencies: run the rules, and where they refuse, switch on what was missing.

use std::collections::{BTreeMap, BTreeSet};

use crate::client::{HASHES, RSA_ELSEWHERE};
use crate::config::{Choice, Choices, Config, Origin};
use crate::driver;
use crate::error::{Contradiction, Error, Reason};
use crate::evaluation::Evaluation;
use crate::expr::Expr;
use crate::facts::Cause;
use crate::header;
use crate::repair::Remedy;
use crate::rules::{Event, Met};

/// More steps than any configuration needs; it keeps a mistake in the tables from searching for ever.
const MOST_STEPS: usize = 3000;

/// A configuration that Mbed TLS accepts.
#[derive(Clone, Debug)]
pub struct Resolved {
    pub(crate) on: Choices,
    evaluation: Evaluation,
    /// What the core of a client has.
    core: Option<Evaluation>,
}

impl Resolved {
    /// The whole text for `MBEDTLS_CONFIG_FILE`: sorted, with a word about each option that nobody asked for by name.
    pub fn header(&self) -> String {
        header::write(self)
    }

    /// What Mbed TLS makes of it.
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// True when the macro is defined after Mbed TLS has finished the configuration: an option, or one that it derives.
    /// The prefix `MBEDTLS_` may be left out.
    pub fn is_enabled(&self, name: &str) -> bool {
        self.evaluation.is_enabled(name)
    }

    /// True when a condition of a C file holds with this configuration.
    pub fn holds(&self, guard: &Expr) -> bool {
        self.evaluation.holds(guard)
    }

    /// True when the PSA core has what a `PSA_WANT_` macro names. For a client that is what its core's profile says: in C
    /// the macro is also defined for a hash or a curve that is compiled beside the client.
    ///
    /// ```
    /// use mbedtls_config::{Config, Platform, SecureProfile};
    ///
    /// let mut config = Config::new(Platform::BareMetal);
    /// let resolved = config.client(SecureProfile::Medium.wants())?.feature("md5")?.resolve()?;
    /// assert!(resolved.is_enabled("MD5_C") && resolved.is_enabled("PSA_WANT_ALG_MD5"));
    /// assert!(!resolved.core_has("PSA_WANT_ALG_MD5"));
    /// # Ok::<(), mbedtls_config::Error>(())
    /// ```
    pub fn core_has(&self, want: &str) -> bool {
        self.core
            .as_ref()
            .unwrap_or(&self.evaluation)
            .is_enabled(want)
    }

    /// True for a client of a PSA core that is elsewhere.
    pub fn is_client(&self) -> bool {
        self.core.is_some()
    }

    /// The hashes that the PSA core has: names that follow `PSA_ALG_`.
    pub fn core_hashes(&self) -> impl Iterator<Item = &'static str> {
        let has = |hash: &&str| self.core_has(&format!("PSA_WANT_ALG_{hash}"));
        HASHES.into_iter().filter(has)
    }

    /// Every option that is on, by its whole name, sorted.
    pub fn options(&self) -> impl Iterator<Item = (&'static str, &Choice)> {
        self.on.iter().map(|(name, choice)| (*name, choice))
    }

    /// Every macro that is defined after Mbed TLS has finished the configuration, with its text.
    pub fn macros(&self) -> impl Iterator<Item = (&str, &str)> {
        self.evaluation.macros()
    }

    /// Why a macro is on: from it back to what somebody asked for. Empty when it is off.
    ///
    /// ```
    /// use mbedtls_config::{Config, Platform};
    ///
    /// let resolved = Config::new(Platform::Unix).enable("X509_CSR_WRITE_C")?.resolve()?;
    /// assert_eq!(resolved.why("OID_C"), ["MBEDTLS_OID_C", "MBEDTLS_X509_CREATE_C", "MBEDTLS_X509_CSR_WRITE_C"]);
    /// # Ok::<(), mbedtls_config::Error>(())
    /// ```
    pub fn why(&self, name: &str) -> Vec<String> {
        let whole = format!("MBEDTLS_{name}");
        match self
            .macros()
            .find(|(known, _)| *known == name || *known == whole)
        {
            Some((name, _)) => trace(name, &self.on, &self.evaluation),
            None => Vec::new(),
        }
    }
}

/// From a macro back to what somebody asked for.
fn trace(name: &str, on: &Choices, evaluation: &Evaluation) -> Vec<String> {
    let mut chain = vec![name.to_owned()];
    while let Some(last) = chain.last() {
        let next = match on.get(last.as_str()) {
            Some(Choice {
                origin: Origin::Needed(by),
                ..
            }) => Some(by.as_str()),
            Some(_) => None,
            None => evaluation.derived_from(last),
        };
        match next {
            Some(next) if !chain.iter().any(|known| known == next) => chain.push(next.to_owned()),
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
    let resolved = if config.on.contains_key(driver::DRIVER) {
        driver::resolve(config, &mut search)?
    } else {
        let resolved = search
            .close(config.on.clone())
            .map_err(Error::Contradiction)?;
        match in_terms_of_psa(config, &resolved) {
            Some(on) => search.close(on).map_err(Error::Contradiction)?,
            None => resolved,
        }
    };
    if resolved.is_enabled("MBEDTLS_RSA_C") && config.off.contains(RSA_ELSEWHERE) {
        return Err(Error::Contradiction(Contradiction {
            chain: ["MBEDTLS_RSA_C", RSA_ELSEWHERE].map(str::to_owned).to_vec(),
            reason: Reason::SwitchedOff,
        }));
    }
    Ok(resolved)
}

/// Leaves out how AES, ARIA and Camellia decrypt a block where no mode that is there does it: 2 KiB. CTR, GCM, CCM, CMAC and
/// the random generator encrypt only.
pub(crate) fn without_decryption(config: &Config, resolved: Resolved) -> Resolved {
    const NO_DECRYPTION: &str = "MBEDTLS_BLOCK_CIPHER_NO_DECRYPT";
    const CIPHERS: [&str; 3] = ["MBEDTLS_AES_C", "MBEDTLS_ARIA_C", "MBEDTLS_CAMELLIA_C"];
    // Who asks for a cipher by name calls it by name, and with CIPHER_C there is ECB for whoever calls it.
    let asked = |name: &&str| {
        let choice = resolved.on.get(name);
        choice.is_some_and(|choice| choice.origin == Origin::Asked)
    };
    if CIPHERS.iter().any(asked)
        || resolved.is_enabled("MBEDTLS_CIPHER_C")
        || config.off.contains(NO_DECRYPTION)
        || config.facts.option(NO_DECRYPTION).is_none()
    {
        return resolved;
    }
    let mut on = resolved.on.clone();
    let platform = Choice {
        origin: Origin::Platform,
        value: None,
    };
    on.entry(NO_DECRYPTION).or_insert(platform);
    let evaluation = Evaluation::of(config.facts, &config.predefined, &on);
    if evaluation.refusals().is_empty() {
        Resolved {
            on,
            evaluation,
            core: resolved.core,
        }
    } else {
        resolved
    }
}

/// The option with which the PSA half of the configuration is asked for instead of derived.
pub(crate) const PSA_CONFIG: &str = "MBEDTLS_PSA_CRYPTO_CONFIG";

/// The same configuration with every `PSA_WANT_` macro written out, where a feature brings one that Mbed TLS derives from
/// nothing else. As soon as one is asked for, Mbed TLS derives none.
fn in_terms_of_psa(config: &Config, resolved: &Resolved) -> Option<Choices> {
    let asks = |(name, choice): (&&str, &Choice)| {
        name.starts_with("PSA_WANT_") && matches!(choice.origin, Origin::Feature(_))
    };
    let asker = resolved
        .on
        .iter()
        .find(|(name, choice)| asks((*name, *choice)))?
        .0;
    if resolved.on.contains_key(PSA_CONFIG) {
        return None;
    }
    let mut on = resolved.on.clone();
    for (want, by) in wanted_of_psa(config, resolved) {
        apply(&mut on, &[want], by.unwrap_or(asker));
    }
    apply(&mut on, &[PSA_CONFIG], asker);
    Some(on)
}

/// Every `PSA_WANT_` macro that is on and that somebody may ask for, and what made Mbed TLS derive it.
pub(crate) fn wanted_of_psa<'r>(
    config: &Config,
    resolved: &'r Resolved,
) -> impl Iterator<Item = (&'static str, Option<&'r str>)> {
    let facts = config.facts;
    resolved
        .macros()
        .filter(|(name, _)| name.starts_with("PSA_WANT_"))
        .filter_map(move |(name, _)| facts.option(name))
        .map(|option| (option.name, resolved.evaluation.derived_from(option.name)))
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

pub(crate) struct Search<'a> {
    config: &'a Config,
    causes: &'a BTreeMap<&'static str, Vec<Cause>>,
    steps: usize,
}

impl Search<'_> {
    /// Adds to the options until nothing stands in the way; where there are several remedies, the most welcome one
    /// that leads to an end is taken.
    pub(crate) fn close(&mut self, mut on: Choices) -> Result<Resolved, Contradiction> {
        loop {
            self.steps += 1;
            let state = Evaluation::of(self.config.facts, &self.config.predefined, &on);
            let Some(problem) = self.problem(&state, &on) else {
                return Ok(Self::resolved(self.config, state, on));
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

    fn resolved(config: &Config, state: Evaluation, on: Choices) -> Resolved {
        Resolved {
            on,
            evaluation: state,
            core: config.core(),
        }
    }

    /// The first thing that stands in the way, in the order of the rules.
    fn problem<'s>(&self, state: &'s Evaluation, on: &Choices) -> Option<Problem<'s>> {
        let mut file = "";
        state.events().find_map(|event| match event {
            Event::Refused { file, path } => Some(Problem {
                path,
                file,
                subject: None,
            }),
            // An option that is asked for must not vanish silently.
            Event::Unset { name, path } if on.contains_key(name) && !state.is_enabled(name) => {
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
    fn asker(state: &Evaluation, problem: &Problem<'_>, on: &Choices) -> String {
        let askers = state.askers(problem.path);
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

    fn contradiction(
        &self,
        state: &Evaluation,
        problem: &Problem<'_>,
        on: &Choices,
    ) -> Contradiction {
        let asker = Self::asker(state, problem, on);
        let mut chain = trace(&asker, on, state);
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
        let best = remedies.first();
        let needed = best.and_then(|best| best.iter().find(|name| self.config.off.contains(*name)));
        if let Some(name) = needed {
            chain.push((*name).to_owned());
            return Contradiction {
                chain,
                reason: Reason::SwitchedOff,
            };
        }
        // Of macros that Mbed TLS derives, the options are named that brought them.
        let askers = state.askers(problem.path);
        let mut others: Vec<String> = askers
            .iter()
            .filter_map(|name| {
                trace(name, on, state)
                    .into_iter()
                    .find(|name| on.contains_key(name.as_str()))
            })
            .collect();
        others.retain(|name| *name != asker && !chain.contains(name));
        others.dedup();
        let reason = if others.is_empty() {
            Reason::Refused(problem.file.to_owned())
        } else {
            Reason::Excludes(others)
        };
        Contradiction { chain, reason }
    }
}

pub(crate) fn apply<'a>(
    on: &mut Choices,
    options: impl IntoIterator<Item = &'a &'static str>,
    asker: &str,
) {
    for name in options {
        on.entry(name).or_insert(Choice {
            origin: Origin::Needed(asker.to_owned()),
            value: None,
        });
    }
}
