//! The smallest set of lines that gives a build what it lacks.

use std::collections::BTreeSet;
use std::fmt;

use crate::expr::Expr;
use crate::readers::Build;
use crate::readers::port::{Port, System};

/// A line to add to a configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Line {
    /// `CONFIG_X=y`, for `prj.conf` or `sdkconfig.defaults`.
    Kconfig(String),
    /// `#define X`, for `mbedtls_config.h`.
    Define(String),
    /// `#define X`, where no setting of Kconfig gives it: for the user's own header.
    UserHeader(String),
}

impl Line {
    /// The name that the line sets.
    pub fn name(&self) -> &str {
        match self {
            Self::Kconfig(name) | Self::Define(name) | Self::UserHeader(name) => name,
        }
    }

    /// Where to write it, when that is not the file itself.
    pub fn place(&self, system: System) -> Option<&'static str> {
        match (self, system) {
            (Self::UserHeader(_), System::EspIdf) => Some(
                "a compile definition of the component mbedtls: no option of sdkconfig sets it",
            ),
            (Self::UserHeader(_), _) => Some(
                "the header that CONFIG_MBEDTLS_USER_CONFIG_FILE names, with CONFIG_MBEDTLS_USER_CONFIG_ENABLE=y: no option of Kconfig sets it",
            ),
            _ => None,
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kconfig(name) => write!(out, "{name}=y"),
            Self::Define(name) | Self::UserHeader(name) if name.starts_with("PSA_WANT_") => {
                write!(out, "#define {name} 1")
            }
            Self::Define(name) | Self::UserHeader(name) => write!(out, "#define {name}"),
        }
    }
}

/// More alternatives and more rounds than any configuration needs.
const MOST_WAYS: usize = 12;
const MOST_DEPTH: usize = 5;
const MOST_PAIRED: usize = 40;

type Way = BTreeSet<Line>;

impl Build {
    /// The same build with lines added.
    #[must_use]
    pub fn with(&self, lines: &[Line]) -> Self {
        self.changed(|build| {
            for line in lines {
                build.added.insert(line.name().to_owned());
                build.refused.remove(line.name());
            }
        })
    }

    /// The smallest set of lines that brings this build to a goal; leaving any one of them out misses it. `options` are
    /// the options that the goal is known to need, the most important first. Nothing when no set was found.
    pub fn lines_for(&self, options: &[&str], goal: &dyn Fn(&Self) -> bool) -> Option<Vec<Line>> {
        let known: BTreeSet<&str> = self.refusals().iter().map(String::as_str).collect();
        let reached = |build: &Self| {
            let no_new = build
                .refusals()
                .iter()
                .all(|refusal| known.contains(refusal.as_str()));
            goal(build) && no_new
        };
        if goal(self) {
            return Some(Vec::new());
        }
        let mut lines: Vec<Line> = Vec::new();
        let mut build = self.clone();
        for option in options {
            if !build.is_on(option) {
                let Some(way) = build.ways_to(option, MOST_DEPTH).into_iter().next() else {
                    continue;
                };
                lines.extend(way.into_iter().filter(|line| !build.is_on(line.name())));
                build = self.with(&lines);
            }
        }
        if !reached(&build) {
            return None;
        }
        while let Some(fewer) = self.without_one_or_two(&lines, &reached) {
            lines = fewer;
        }
        Some(lines)
    }

    /// The same lines without one that is not needed, or without two that need nobody but each other. From the last to
    /// the first: what was added for the sake of others goes first.
    fn without_one_or_two(
        &self,
        lines: &[Line],
        reached: &dyn Fn(&Self) -> bool,
    ) -> Option<Vec<Line>> {
        let without = |left_out: &[usize]| {
            let kept = (0..lines.len()).filter(|index| !left_out.contains(index));
            let fewer: Vec<Line> = kept.map(|index| lines[index].clone()).collect();
            reached(&self.with(&fewer)).then_some(fewer)
        };
        let one = (0..lines.len()).rev().find_map(|index| without(&[index]));
        // Pairs are many: only a set of the usual size is searched for them.
        let pairs = if lines.len() <= MOST_PAIRED {
            lines.len()
        } else {
            0
        };
        one.or_else(|| {
            (0..pairs)
                .rev()
                .find_map(|last| (0..last).rev().find_map(|first| without(&[first, last])))
        })
    }

    /// The lines that define a macro here, with what they depend on; empty when it is defined already.
    pub fn lines_to_define(&self, name: &str) -> Option<Vec<Line>> {
        let way = self.ways_to(name, MOST_DEPTH).into_iter().next()?;
        Some(way.into_iter().collect())
    }

    fn ways_to(&self, name: &str, depth: usize) -> Vec<Way> {
        if self.is_on(name) {
            return vec![Way::new()];
        }
        let Some(port) = self.port else {
            return vec![Way::from([Line::Define(name.to_owned())])];
        };
        let mut ways = Vec::new();
        if let Some(setting) = port.same_name(name, self.facts()) {
            ways.extend(self.setting(port, setting, depth));
        }
        if depth > 0 {
            for cause in port.causes(name) {
                ways.extend(self.satisfy(port, cause, true, depth - 1));
            }
        }
        if ways.is_empty() {
            ways.push(Way::from([Line::UserHeader(name.to_owned())]));
        }
        sorted(ways)
    }

    /// A setting with what it depends on.
    fn setting(&self, port: &Port, setting: String, depth: usize) -> Vec<Way> {
        let needs = match port.needs(&setting) {
            Some(expr) if depth > 0 => self.satisfy(port, expr, true, depth - 1),
            _ => vec![Way::new()],
        };
        let own = Way::from([Line::Kconfig(setting)]);
        needs.into_iter().map(|way| &way | &own).collect()
    }

    fn satisfy(&self, port: &Port, expr: &Expr, wanted: bool, depth: usize) -> Vec<Way> {
        let is_true = self.holds_with_settings(expr);
        if is_true == wanted {
            return vec![Way::new()];
        }
        let any = |parts: &[Expr]| {
            let ways = parts
                .iter()
                .flat_map(|part| self.satisfy(port, part, wanted, depth));
            sorted(ways.collect())
        };
        match expr {
            Expr::Defined(name) if wanted && name.starts_with("CONFIG_") => {
                sorted(self.setting(port, name.clone(), depth))
            }
            Expr::Defined(name) if wanted && depth > 0 => self.ways_to(name, depth - 1),
            Expr::Not(inner) => self.satisfy(port, inner, !wanted, depth),
            Expr::Or(parts) if wanted => any(parts),
            Expr::And(parts) if !wanted => any(parts),
            Expr::And(parts) | Expr::Or(parts) => {
                let mut ways = vec![Way::new()];
                for part in parts {
                    let more = self.satisfy(port, part, wanted, depth);
                    let joined = ways
                        .iter()
                        .flat_map(|way| more.iter().map(move |other| way | other));
                    ways = sorted(joined.collect());
                }
                ways
            }
            // Nothing is switched off for the sake of something else.
            _ => Vec::new(),
        }
    }
}

/// The shortest first; of equals, those that stay inside Kconfig.
fn sorted(mut ways: Vec<Way>) -> Vec<Way> {
    let outside = |way: &Way| {
        way.iter()
            .filter(|line| matches!(line, Line::UserHeader(_)))
            .count()
    };
    ways.sort_by_cached_key(|way| (outside(way), way.len()));
    ways.dedup();
    ways.truncate(MOST_WAYS);
    ways
}
