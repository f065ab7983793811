//! The report on a build.

use mbedtls_config::readers::{Build, Line, System};
use serde::Serialize;

use super::needs::{NEEDS, Need};
use super::notes;

/// One thing that a build can or cannot do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Ability {
    /// The name of the need.
    pub name: &'static str,
    /// What it is, for a person.
    pub text: &'static str,
    /// True when the build can do it.
    pub met: bool,
    /// True when it is there through the PSA Crypto API (`psa_*`) only.
    pub only_psa: bool,
    /// The options that are off and would have to be on.
    pub missing: Vec<String>,
    /// The smallest set of lines that brings it; empty when it is met, or when no line helps.
    pub lines: Vec<String>,
    /// What to know about it.
    pub notes: Vec<&'static str>,
}

/// A setting that does nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WithoutEffect {
    /// The setting.
    pub setting: String,
    /// Where it stands: `file:line`.
    pub place: String,
    /// What it depends on.
    pub needs: String,
}

/// What a build can do, and what is wrong with its configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The version of this form.
    pub schema: u32,
    /// The files.
    pub files: Vec<String>,
    /// Who builds: the name of the environment, or `Mbed TLS`.
    pub environment: &'static str,
    /// The version of Mbed TLS by whose rules this was judged.
    pub mbedtls: &'static str,
    /// What was asked for, or everything that is known.
    pub abilities: Vec<Ability>,
    /// True when everything that was asked for is met; nothing when nothing was asked for.
    pub needs_met: Option<bool>,
    /// The smallest set of lines that brings everything that was asked for.
    pub lines: Vec<String>,
    /// Where lines go that do not go into the file itself.
    pub places: Vec<&'static str>,
    /// What the headers of Mbed TLS refuse.
    pub refusals: Vec<String>,
    /// Settings that do nothing.
    pub without_effect: Vec<WithoutEffect>,
    /// What else to know.
    pub notes: Vec<String>,
}

/// Judges a build. With no needs, everything that is known is looked at.
///
/// ```
/// use mbedtls_config::readers::{Build, Source};
/// use mbedtls_diag::buildconfig::{find, report};
///
/// let text = "CONFIG_MBEDTLS=y\nCONFIG_MBEDTLS_SHA256=y\n";
/// let build = Build::read(&[Source { name: "prj.conf", text }], None).unwrap();
/// let report = report(&build, &find("strerror").unwrap());
/// assert_eq!(report.needs_met, Some(false));
/// assert_eq!(report.lines, ["CONFIG_MBEDTLS_DEBUG=y"]);
/// ```
pub fn report(build: &Build, needs: &[&'static Need]) -> Report {
    let all: Vec<&'static Need> = NEEDS.iter().collect();
    let shown = if needs.is_empty() { &all } else { needs };
    let abilities: Vec<Ability> = shown.iter().map(|need| ability(build, need)).collect();
    let lines = wanted_lines(build, needs, &abilities);
    let mut places: Vec<&'static str> = lines
        .iter()
        .filter_map(|line| line.place(build.system()))
        .collect();
    places.dedup();
    Report {
        schema: 1,
        files: build.files().iter().map(|(name, _)| name.clone()).collect(),
        environment: notes::environment(build),
        mbedtls: build.facts().version,
        needs_met: (!needs.is_empty()).then(|| abilities.iter().all(|ability| ability.met)),
        abilities,
        lines: texts(&lines),
        places,
        // nrf_security has checks of its own, and fills gaps that these rules would refuse.
        refusals: match build.system() {
            System::Ncs => Vec::new(),
            _ => build.refusals().map(ToString::to_string).collect(),
        },
        without_effect: without_effect(build),
        notes: notes::general(build),
    }
}

fn ability(build: &Build, need: &'static Need) -> Ability {
    let met = need.is_met(build);
    let mut ability = Ability {
        name: need.name,
        text: need.text,
        met,
        only_psa: need.is_met_only_by_psa(build),
        missing: Vec::new(),
        lines: Vec::new(),
        notes: notes::about(build, need.name),
    };
    if !met {
        let options = need.options_in(build);
        let names: Vec<&str> = options.iter().map(String::as_str).collect();
        let lines = build.lines_for(&names, &|after| need.is_well_met(after, build));
        ability.missing = missing(build, &options, lines.as_deref());
        ability.lines = texts(&lines.unwrap_or_default());
    }
    ability
}

/// The options that the lines switch on; where no lines were found, all that are off.
fn missing(build: &Build, options: &[String], lines: Option<&[Line]>) -> Vec<String> {
    let after = lines.map(|lines| build.with(lines));
    let off = options.iter().filter(|option| !build.is_on(option));
    off.filter(|option| after.as_ref().is_none_or(|after| after.is_on(option)))
        .cloned()
        .collect()
}

/// The lines for everything that was asked for, together: less than the sum of the single sets.
fn wanted_lines(build: &Build, needs: &[&'static Need], abilities: &[Ability]) -> Vec<Line> {
    let reachable: Vec<&&'static Need> = needs
        .iter()
        .zip(abilities)
        .filter(|(_, ability)| !ability.met && !ability.lines.is_empty())
        .map(|(need, _)| need)
        .collect();
    let options: Vec<String> = reachable
        .iter()
        .flat_map(|need| need.options_in(build))
        .collect();
    let names: Vec<&str> = options.iter().map(String::as_str).collect();
    let goal = |after: &Build| reachable.iter().all(|need| need.is_well_met(after, build));
    build.lines_for(&names, &goal).unwrap_or_default()
}

fn without_effect(build: &Build) -> Vec<WithoutEffect> {
    let found = build.without_effect();
    found
        .into_iter()
        .map(|(setting, needs)| WithoutEffect {
            setting: setting.to_string(),
            place: build
                .place(setting)
                .map(|place| format!("{}:{}", place.file, place.line))
                .unwrap_or_default(),
            needs: needs.to_string(),
        })
        .collect()
}

fn texts(lines: &[Line]) -> Vec<String> {
    lines.iter().map(ToString::to_string).collect()
}

impl Report {
    /// True when there is something that the author of the configuration should look at.
    pub fn has_problems(&self) -> bool {
        self.needs_met == Some(false) || !self.refusals.is_empty()
    }
}

/// The systems by the names that the command line uses.
pub fn system(name: &str) -> Option<System> {
    match name {
        "zephyr" => Some(System::Zephyr),
        "ncs" => Some(System::Ncs),
        "esp-idf" => Some(System::EspIdf),
        "mbedtls" => Some(System::Plain),
        _ => None,
    }
}
