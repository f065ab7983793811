//! The smallest set of lines that gives a build what it lacks.

use std::collections::BTreeSet;
use std::fmt;

use crate::expr::Expr;
use crate::readers::Build;
use crate::readers::port::{Port, System};
use crate::rules::{Node, each_step};

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

    /// Reads a line as it is shown; nothing for any other text.
    pub fn parse(text: &str, system: System) -> Option<Self> {
        if let Some(name) = text.strip_suffix("=y") {
            return name
                .starts_with("CONFIG_")
                .then(|| Self::Kconfig(name.to_owned()));
        }
        let name = text.strip_prefix("#define ")?.split(' ').next()?.to_owned();
        Some(match system {
            System::Plain => Self::Define(name),
            _ => Self::UserHeader(name),
        })
    }

    /// True for what nobody should switch on for the sake of something else.
    fn is_weak(&self) -> bool {
        const WEAK: [&str; 8] = [
            "MD5",
            "RIPEMD",
            "SHA1",
            "SHA_1",
            "_DES_",
            "ARC4",
            "_VERSION_1_0",
            "_VERSION_1_1",
        ];
        WEAK.iter().any(|weak| self.name().contains(weak))
    }

    /// True when the line's name and an option's begin alike.
    fn is_named_like(&self, option: &str) -> bool {
        let own = self.name().trim_start_matches("CONFIG_");
        option.starts_with(own)
    }

    /// True when no setting of Kconfig stands in the line.
    fn is_outside(&self) -> bool {
        matches!(self, Self::UserHeader(_))
    }

    /// Where to write it, when that is not the file itself.
    pub fn place(&self, system: System) -> Option<&'static str> {
        match (self, system) {
            (Self::UserHeader(_), System::EspIdf) => {
                Some("a compile definition of the component mbedtls")
            }
            (Self::UserHeader(_), _) => Some(
                "the header named by CONFIG_MBEDTLS_USER_CONFIG_FILE (CONFIG_MBEDTLS_USER_CONFIG_ENABLE=y)",
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

const MOST_ROUNDS: usize = 6;

type Way = BTreeSet<Line>;
/// Refusals that a build had before.
type Known<'a> = BTreeSet<&'a str>;

/// How lines are looked for, the most welcome first.
#[derive(Clone, Copy, PartialEq)]
enum Means {
    /// The user's header only for what Kconfig does not offer.
    Kconfig,
    /// The user's header also where Kconfig's way brings what Mbed TLS refuses.
    Either,
    /// Nothing that works through something else.
    Directly,
}

impl Means {
    const ALL: [Self; 3] = [Self::Kconfig, Self::Either, Self::Directly];
}

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
        let known: Known<'_> = self.refusals().collect();
        let reached = |build: &Self| {
            let no_new = build.refusals().all(|refusal| known.contains(refusal));
            goal(build) && no_new
        };
        if goal(self) {
            return Some(Vec::new());
        }
        let mut tried: Vec<Vec<Line>> = Vec::new();
        let found = Means::ALL.into_iter().filter_map(|means| {
            let mut lines = self.more_than_enough(options, &known, means);
            if tried.contains(&lines) || !reached(&self.with(&lines)) {
                return None;
            }
            tried.push(lines.clone());
            while let Some(fewer) = self.without_one_or_two(&lines, &reached) {
                lines = fewer;
            }
            Some(lines)
        });
        found.min_by_key(Vec::len)
    }

    /// Lines for all of the options, with those of the first option first, and for what Mbed TLS then asks for.
    fn more_than_enough(&self, options: &[&str], known: &Known<'_>, means: Means) -> Vec<Line> {
        let mut chosen: Vec<Vec<Line>> = Vec::new();
        let mut build = self.clone();
        // What others depend on comes last in the list and is settled first.
        for option in options.iter().rev() {
            build.bring(option, known, means, &mut chosen);
        }
        for _ in 0..MOST_ROUNDS {
            let lacking = build.lacking(known);
            let before = chosen.len();
            for alternatives in lacking {
                // One of them is enough.
                alternatives.iter().any(|name| {
                    build.bring(name, known, means, &mut chosen)
                        || build.derive(name, known, means, &mut chosen)
                });
            }
            if chosen.len() == before {
                break;
            }
        }
        let mut lines: Vec<Line> = Vec::new();
        for line in chosen.into_iter().rev().flatten() {
            if !lines.contains(&line) && !self.is_on(line.name()) {
                lines.push(line);
            }
        }
        lines
    }

    /// What the refusals that are not known yet ask for.
    fn lacking(&self, known: &Known<'_>) -> Vec<Vec<String>> {
        let refusals = self.refusals_in_detail().iter();
        refusals
            .filter(|refusal| !known.contains(refusal.text.as_str()))
            .flat_map(|refusal| refusal.lacking.clone())
            .collect()
    }

    /// Adds the best way to define a macro; false when there is none.
    fn bring(
        &mut self,
        name: &str,
        known: &Known<'_>,
        means: Means,
        chosen: &mut Vec<Vec<Line>>,
    ) -> bool {
        if self.is_on(name) {
            return true;
        }
        let depth = match means {
            Means::Directly => 1,
            Means::Kconfig | Means::Either => MOST_DEPTH,
        };
        let mut ways = self.ways_or_user_header(name, depth);
        if means == Means::Kconfig && ways.len() > 1 {
            ways.retain(|way| !way.iter().any(Line::is_outside));
        }
        let new_refusals = |way: &Vec<Line>| self.with(way).lacking(known).len();
        let ways = ways
            .into_iter()
            .map(|way| way.into_iter().collect::<Vec<Line>>());
        let Some(way) = ways.min_by_key(new_refusals) else {
            return false;
        };
        *self = self.with(&way);
        chosen.push(way);
        true
    }

    /// Adds what Mbed TLS derives a macro from: the first of its rules that can be had.
    fn derive(
        &mut self,
        name: &str,
        known: &Known<'_>,
        means: Means,
        chosen: &mut Vec<Vec<Line>>,
    ) -> bool {
        let facts = self.facts();
        let mut rules: Vec<Vec<&str>> = Vec::new();
        for program in [&facts.rules, &facts.units] {
            each_step(program, &mut |node, path| {
                if matches!(node, Node::Set(set, _) if set == name) {
                    let held = path.iter().filter(|met| met.held);
                    rules.push(held.flat_map(|met| conjuncts(met.expr)).collect());
                }
            });
        }
        let can_be_had = |names: &&Vec<&str>| {
            let had = |name: &&str| facts.option(name).is_some();
            !names.is_empty() && names.iter().all(had)
        };
        rules.iter().filter(can_be_had).any(|names| {
            let mut trial = self.clone();
            let mut ways = Vec::new();
            let brought = names
                .iter()
                .all(|name| trial.bring(name, known, means, &mut ways));
            let derived = brought && trial.is_on(name);
            if derived {
                *self = trial;
                chosen.append(&mut ways);
            }
            derived
        })
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
        let way = self
            .ways_or_user_header(name, MOST_DEPTH)
            .into_iter()
            .next()?;
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
        // `CONFIG_MBEDTLS_DEBUG` is what people mean by MBEDTLS_DEBUG_C, whatever else defines it too.
        let option = name;
        ways.sort_by_key(|way: &Way| !way.iter().any(|line| line.is_named_like(option)));
        // What holds already and did not define it is the user's header, which comes too late.
        ways.retain(|way| !way.is_empty());
        sorted(ways)
    }

    /// The user's header comes last: what it defines does not bring about what Kconfig's header derives.
    fn ways_or_user_header(&self, name: &str, depth: usize) -> Vec<Way> {
        let mut ways = self.ways_to(name, depth);
        let Some(port) = self.port else {
            return ways;
        };
        let offered = port.same_name(name, self.facts()).is_some()
            || port.causes(name).any(
                |cause| matches!(cause, Expr::Defined(setting) if setting.starts_with("CONFIG_")),
            );
        if !offered && !self.is_on(name) && self.facts().option(name).is_some() {
            ways.push(Way::from([Line::UserHeader(name.to_owned())]));
        }
        ways
    }

    /// A setting with what it depends on.
    fn setting(&self, port: &Port, setting: String, depth: usize) -> Vec<Way> {
        let needs = match port.needs(&setting) {
            Some(expr) if depth > 0 => self.satisfy(port, expr, true, depth - 1),
            _ => vec![Way::new()],
        };
        let own = match port.ways_to_hidden(&setting) {
            None => vec![Way::from([Line::Kconfig(setting)])],
            Some(conditions) if depth > 0 => conditions
                .into_iter()
                .flat_map(|expr| self.satisfy(port, expr, true, depth - 1))
                .collect(),
            Some(_) => Vec::new(),
        };
        let joined = needs
            .iter()
            .flat_map(|way| own.iter().map(move |other| way | other));
        joined.collect()
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
            // A key exchange is no means to something else where there is no TLS.
            Expr::Defined(name)
                if name.contains("_KEY_EXCHANGE_") && !self.is_on("MBEDTLS_SSL_TLS_C") =>
            {
                Vec::new()
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

/// The macros that a condition wants, all of them; of alternatives, the first.
fn conjuncts(expr: &Expr) -> Vec<&str> {
    match expr {
        Expr::Defined(name) => vec![name],
        Expr::And(parts) => parts.iter().flat_map(conjuncts).collect(),
        Expr::Or(parts) => parts.first().map(conjuncts).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Those inside Kconfig first, then those without anything weak, then the shortest.
fn sorted(mut ways: Vec<Way>) -> Vec<Way> {
    let outside = |way: &Way| way.iter().filter(|line| line.is_outside()).count();
    let weak = |way: &Way| way.iter().filter(|line| line.is_weak()).count();
    ways.sort_by_cached_key(|way| (outside(way), weak(way), way.len()));
    ways.dedup();
    ways.truncate(MOST_WAYS);
    ways
}
