//! How to say "this function" in the language of each environment.

use std::sync::OnceLock;

use mbedtls_config::facts::{Function, Version};
use mbedtls_config::readers::{Build, Line, Port, Source, System};
use mbedtls_config::{FEATURES, Feature};

use super::answer::Answer;
use super::later::{self, Fate};

/// Fills in the options, and the lines of each environment.
pub(super) fn fill(answer: &mut Answer, definition: &Function) {
    let own = own_options(definition);
    answer.defined_in = Some(definition.file.to_owned());
    answer.condition = match definition.guard.to_string().as_str() {
        "1" => None,
        guard => Some(guard.to_owned()),
    };
    answer.requires = requirements(definition, &own);
    answer.mbedtls_config = answer
        .requires
        .iter()
        .map(|option| Line::Define(option.clone()).to_string())
        .collect();
    // What the function's own condition names is what a person looks for; the rest follows from it.
    let wanted: Vec<&str> = answer
        .requires
        .iter()
        .map(String::as_str)
        .filter(|option| own.iter().any(|own| own == option))
        .collect();
    let wanted = if wanted.is_empty() {
        answer.requires.iter().take(1).map(String::as_str).collect()
    } else {
        wanted
    };
    answer.features = features(&wanted);
    let is_in_4 = later::fate(definition.name) == Fate::Public;
    let [zephyr, ncs, esp_idf] = [System::Zephyr, System::Ncs, System::EspIdf]
        .map(|system| lines_of(system, &wanted, is_in_4));
    answer.zephyr = zephyr;
    answer.ncs = ncs;
    answer.esp_idf = esp_idf;
}

/// The options that the condition of a function names, and that have to be on.
fn own_options(definition: &Function) -> Vec<String> {
    let facts = Version::V3_6.facts();
    let mut names = Vec::new();
    definition.guard.each_macro(&mut |name| {
        let is_option = facts.option(name).is_some() && !name.ends_with("_ALT");
        if is_option && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    });
    names
}

/// The options that it takes, its own first. For a function that the newest version does not have, only its own.
fn requirements(definition: &Function, own: &[String]) -> Vec<String> {
    let Some(all) = Build::requirements(definition.name) else {
        let mut names = Vec::new();
        definition.guard.each_macro(&mut |name| {
            if name.starts_with("MBEDTLS_") && !name.ends_with("_ALT") {
                names.push(name.to_owned());
            }
        });
        names.dedup();
        return names;
    };
    let (mut first, rest): (Vec<String>, Vec<String>) =
        all.into_iter().partition(|name| own.contains(name));
    first.extend(rest);
    first
}

/// The lines for a system: as they are when all of its eras agree, else each with its era.
fn lines_of(system: System, wanted: &[&str], is_in_4: bool) -> Vec<String> {
    let mut eras: Vec<(&'static str, Vec<String>)> = Vec::new();
    let of_system = empty_builds()
        .iter()
        .filter(|(port, _)| port.system == system && (is_in_4 || !port.mbedtls.starts_with('4')));
    for (port, build) in of_system {
        let lines = lines_in(build, wanted);
        if !lines.is_empty() {
            eras.push((port.name, lines));
        }
    }
    let Some((_, first)) = eras.first() else {
        return Vec::new();
    };
    if eras.iter().all(|(_, lines)| lines == first) {
        return first.clone();
    }
    let mut shown: Vec<String> = Vec::new();
    for (era, lines) in &eras {
        let lines = lines.iter().map(|line| format!("{era}: {line}"));
        shown.extend(lines);
    }
    shown
}

/// An application that asks for Mbed TLS and for nothing else, in each environment.
fn empty_builds() -> &'static [(&'static Port, Build)] {
    static BUILDS: OnceLock<Vec<(&'static Port, Build)>> = OnceLock::new();
    BUILDS.get_or_init(|| {
        // A whole result, so that what a default would bring is named as well.
        let source = Source {
            name: ".config",
            text: "CONFIG_MBEDTLS=y\n",
        };
        let ports = Port::all().iter();
        let builds = ports.filter_map(|port| {
            let build = Build::read(&[source], Some(port.system)).ok()?;
            Some((port, build.built_by(port)))
        });
        builds.collect()
    })
}

fn lines_in(build: &Build, wanted: &[&str]) -> Vec<String> {
    let mut lines: Vec<Line> = Vec::new();
    for option in wanted {
        for line in build.lines_to_define(option).unwrap_or_default() {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    let shown = lines.iter().map(|line| match line.place(build.system()) {
        Some(place) => format!("{line} ({place})"),
        None => line.to_string(),
    });
    shown.collect()
}

/// The features of this project that bring the options, the smallest first.
fn features(wanted: &[&str]) -> Vec<&'static str> {
    let brings = |feature: &&Feature| {
        let options = all_options(feature);
        let bare = |option: &&str| option.trim_start_matches("MBEDTLS_").to_owned();
        !wanted.is_empty()
            && wanted
                .iter()
                .all(|option| options.contains(&bare(option).as_str()))
    };
    let mut found: Vec<&Feature> = FEATURES.iter().filter(brings).collect();
    found.sort_by_key(|feature| all_options(feature).len());
    found.iter().take(1).map(|feature| feature.name).collect()
}

/// The options of a feature and of what it includes.
fn all_options(feature: &Feature) -> Vec<&'static str> {
    let mut options: Vec<&'static str> = feature.options.to_vec();
    for name in feature.includes {
        let included = FEATURES.iter().find(|other| other.name == *name);
        options.extend(included.map(all_options).unwrap_or_default());
    }
    options
}
