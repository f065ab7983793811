//! What a function needs that a configuration lacks.

use crate::config::{Choice, Config, Origin};
use crate::error::{Error, nearest};
use crate::evaluation::Evaluation;
use crate::facts::Kind;
use crate::resolve::{self, Resolved};

/// An option that a function needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The option.
    pub option: &'static str,
    /// Who needs it: the function itself, or another option.
    pub by: String,
}

impl Config {
    /// The options that a C function needs and that this configuration lacks, each with the one that needs it; empty
    /// when the function is there.
    ///
    /// Fails with [`Error::UnknownFunction`], or with [`Error::Contradiction`] when the function cannot be had together
    /// with what this configuration asks for.
    ///
    /// ```
    /// use mbedtls_config::{Config, Platform};
    ///
    /// let missing = Config::new(Platform::Unix).missing_for("mbedtls_strerror")?;
    /// assert_eq!(missing[0].option, "MBEDTLS_ERROR_C");
    /// # Ok::<(), mbedtls_config::Error>(())
    /// ```
    pub fn missing_for(&self, function: &str) -> Result<Vec<Need>, Error> {
        let mut guards: Vec<_> = self.facts.function(function).collect();
        // A function with a body in a C file is there when that file defines it, whatever a header says.
        if guards.iter().any(|known| known.kind.is_symbol()) {
            guards.retain(|known| known.kind.is_symbol());
        }
        if guards.is_empty() {
            let names = self
                .facts
                .functions
                .iter()
                .filter(|known| known.kind != Kind::Internal)
                .map(|known| known.name);
            return Err(Error::UnknownFunction {
                version: self.facts.version,
                name: function.to_owned(),
                nearest: nearest(function, names),
            });
        }
        // Options that were switched off are missing like any other.
        let mut config = self.clone();
        config.off.clear();
        let before = resolve::resolve(&config)?;
        if guards.iter().any(|known| before.holds(&known.guard)) {
            return Ok(Vec::new());
        }
        let causes = config.facts.causes();
        let state = Evaluation::of(config.facts, &config.predefined, &before.on);
        let repair = state.repair(config.facts, &causes, &config.off);
        let mut failure = None;
        for remedy in guards.iter().flat_map(|known| repair.reach(&known.guard)) {
            let mut wider = config.clone();
            wider.on.clone_from(&before.on);
            for name in remedy {
                wider.on.entry(name).or_insert(Choice {
                    origin: Origin::Needed(function.to_owned()),
                    value: None,
                });
            }
            match resolve::resolve(&wider) {
                Ok(after) if guards.iter().any(|known| after.holds(&known.guard)) => {
                    return Ok(difference(&self.on, &after));
                }
                Ok(_) => {}
                Err(error) => {
                    failure.get_or_insert(error);
                }
            }
        }
        Err(failure.unwrap_or_else(|| Error::UnknownFunction {
            version: self.facts.version,
            name: function.to_owned(),
            nearest: Vec::new(),
        }))
    }
}

fn difference(before: &crate::config::Choices, after: &Resolved) -> Vec<Need> {
    let mut needs: Vec<Need> = after
        .options()
        .filter(|(name, _)| !before.contains_key(name))
        .filter_map(|(option, choice)| match &choice.origin {
            Origin::Needed(by) => Some(Need {
                option,
                by: by.clone(),
            }),
            _ => None,
        })
        .collect();
    needs.sort_by_key(|need| need.by.starts_with("MBEDTLS_"));
    needs
}
