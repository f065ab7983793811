//! What can be wrong with a configuration or with the machine it is built on.

use std::path::PathBuf;

/// What can be wrong with a configuration, the sources or the tools.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No option has this name.
    #[error("Mbed TLS {version} has no option {name}{}", suggestion(.nearest))]
    UnknownOption {
        /// The version of Mbed TLS.
        version: &'static str,
        /// The name that was given.
        name: String,
        /// Options with similar names, the most similar first.
        nearest: Vec<String>,
    },
    /// No cargo feature has this name.
    #[error("there is no feature `{name}`{}", suggestion(.nearest))]
    UnknownFeature {
        /// The name that was given.
        name: String,
        /// Features with similar names, the most similar first.
        nearest: Vec<String>,
    },
    /// The library has no function of this name.
    #[error("Mbed TLS {version} has no function {name}{}", suggestion(.nearest))]
    UnknownFunction {
        /// The version of Mbed TLS.
        version: &'static str,
        /// The name that was given.
        name: String,
        /// Functions with similar names, the most similar first.
        nearest: Vec<String>,
    },
    /// The macro is derived by Mbed TLS itself and cannot be set.
    #[error("{name} is no option: Mbed TLS derives it{}", because(.from))]
    Derived {
        /// The macro.
        name: String,
        /// Options that bring it.
        from: Vec<String>,
    },
    /// A value that is not what the option takes, or that could leave its line.
    #[error("{option} cannot be set to `{value}`: {reason}")]
    BadValue {
        /// The option.
        option: String,
        /// The value that was given, with anything but plain characters escaped.
        value: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Options that cannot be together, or one that needs what was switched off.
    #[error("{0}")]
    Contradiction(Contradiction),
    /// The sources of Mbed TLS are not where they were looked for.
    #[error("the C sources of Mbed TLS 3.6 were not found ({looked}); {advice}")]
    NoSources {
        /// Where they were looked for.
        looked: String,
        /// What to do about it.
        advice: String,
    },
    /// A folder that holds no Mbed TLS, or another version of it.
    #[error("{} holds {found}, but this crate needs Mbed TLS 3.6", .path.display())]
    WrongSources {
        /// The folder.
        path: PathBuf,
        /// What was found there.
        found: String,
    },
    /// What Zephyr hands over is missing, damaged, old, or lacks what the application needs.
    #[error("{}: {reason}", .file.display())]
    Handover {
        /// The file.
        file: PathBuf,
        /// What is wrong with it, and what to do.
        reason: String,
    },
    /// A tool or library that the build needs is missing.
    #[error("{0}")]
    MissingTool(String),
}

/// Why options cannot be together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// From what was asked for to what it needs, each because of the one before.
    pub chain: Vec<String>,
    /// What is wrong with the last of them.
    pub reason: Reason,
}

/// What is wrong at the end of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It was switched off.
    SwitchedOff,
    /// It cannot be together with these.
    Excludes(Vec<String>),
    /// Mbed TLS refuses it, and no option helps: the file that says so.
    Refused(String),
    /// The PSA half of the configuration has no other curve beside the driver for P-256, and this is one.
    OneCurve(String),
}

impl std::fmt::Display for Contradiction {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.chain.iter().map(|name| short(name)).collect();
        let needs: Vec<String> = names
            .windows(2)
            .map(|pair| format!("{} needs {}", pair[0], pair[1]))
            .collect();
        out.write_str(&needs.join(", "))?;
        let last = names.last().copied().unwrap_or_default();
        match (&self.reason, needs.is_empty()) {
            (Reason::SwitchedOff, true) => write!(out, "{last} is switched off"),
            (Reason::SwitchedOff, false) => write!(out, ", which you switched off"),
            (Reason::Excludes(others), alone) => {
                let others: Vec<&str> = others.iter().map(|name| short(name)).collect();
                let subject = if alone { last } else { ", which" };
                write!(
                    out,
                    "{subject} cannot be together with {}",
                    others.join(" and ")
                )
            }
            (Reason::Refused(file), alone) => {
                let subject = if alone { last } else { ", which" };
                write!(out, "{subject} is refused here by {file}")
            }
            (Reason::OneCurve(curve), _) => write!(
                out,
                "{last} with PSA_CRYPTO_CONFIG has no other curve than P-256, and {} is one: leave out PSA_CRYPTO_CONFIG, \
                 then the driver stands beside the curves of Mbed TLS, or leave out the driver",
                short(curve)
            ),
        }
    }
}

/// The name without the prefix that all options share.
pub(crate) fn short(name: &str) -> &str {
    name.strip_prefix("MBEDTLS_").unwrap_or(name)
}

fn suggestion(nearest: &[String]) -> String {
    if nearest.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", nearest.join(", "))
    }
}

fn because(from: &[String]) -> String {
    if from.is_empty() {
        String::new()
    } else {
        format!(" from {}", from.join(", "))
    }
}

/// The names that are most like `name`, at most three.
pub fn nearest<'a>(name: &str, among: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut ranked: Vec<(usize, &str)> = among
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance * 3 <= name.len().max(candidate.len()))
        .collect();
    ranked.sort_unstable();
    ranked.dedup();
    ranked
        .into_iter()
        .take(3)
        .map(|(_, candidate)| candidate.to_owned())
        .collect()
}

/// Edit distance; a common beginning costs nothing extra, because it is cut off first.
fn distance(left: &str, right: &str) -> usize {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, r) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(l != r);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_come_first() {
        let names = ["PK_WRITE_C", "PK_PARSE_C", "PEM_WRITE_C", "SSL_TLS_C"];
        assert_eq!(
            nearest("PK_WRIT_C", names.into_iter()),
            ["PK_WRITE_C", "PEM_WRITE_C"]
        );
        assert!(nearest("SOMETHING_ELSE_ALTOGETHER", names.into_iter()).is_empty());
    }

    #[test]
    fn a_contradiction_reads_as_a_sentence() {
        let chain = [
            "MBEDTLS_X509_CSR_WRITE_C",
            "MBEDTLS_X509_CREATE_C",
            "MBEDTLS_OID_C",
        ]
        .map(str::to_owned)
        .to_vec();
        let error = Contradiction {
            chain: chain.clone(),
            reason: Reason::SwitchedOff,
        };
        assert_eq!(
            error.to_string(),
            "X509_CSR_WRITE_C needs X509_CREATE_C, X509_CREATE_C needs OID_C, which you switched off"
        );
        let error = Contradiction {
            chain: chain[..1].to_vec(),
            reason: Reason::Excludes(vec!["MBEDTLS_HAVE_INT32".to_owned()]),
        };
        assert_eq!(
            error.to_string(),
            "X509_CSR_WRITE_C cannot be together with HAVE_INT32"
        );
    }
}
