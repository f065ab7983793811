//! Which of the causes it is.

use mbedtls_config::facts::Function;
use mbedtls_config::readers::{Build, Line, System};

use super::answer::{Answer, Cause};
use super::archive::Compiled;
use super::evidence::{Evidence, Referrer};
use super::index::{self, Known, Library};
use super::later::{self, Fate};
use super::log::{Log, Mention};
use super::{owners, settings, texts};

/// Says why a symbol is not found.
///
/// ```
/// use mbedtls_diag::why::{Cause, Evidence, Log, why};
///
/// let answer = why("mbedtls_strerror", &Evidence::default(), &Log::default());
/// assert_eq!(answer.cause, Cause::OptionOff);
/// assert_eq!(answer.defined_in.as_deref(), Some("library/error.c"));
/// assert_eq!(answer.requires, ["MBEDTLS_ERROR_C"]);
/// assert_eq!(answer.zephyr, ["CONFIG_MBEDTLS_DEBUG=y"]);
/// ```
pub fn why(symbol: &str, evidence: &Evidence, log: &Log) -> Answer {
    let name = plain(symbol);
    let mut answer = match (cxx_name(&name), wrapped(&name)) {
        (Some(inner), _) => cxx(&inner, evidence),
        (_, Some(inner)) => wrapper(&name, inner, evidence),
        _ => about(&name, evidence, log),
    };
    texts::complete(&mut answer, evidence, log);
    answer
}

/// Takes off what compilers and linkers put around a name of C.
fn plain(symbol: &str) -> String {
    let mut name = symbol.trim().trim_matches(['`', '\'', '"']);
    for prefix in ["__imp_", "__wrap_", "__real_"] {
        name = name.strip_prefix(prefix).unwrap_or(name);
    }
    let name = name.split("@@").next().unwrap_or(name);
    let name = name.strip_suffix("()").unwrap_or(name);
    // ld64 shows the underscore of every name of C.
    let own = name
        .strip_prefix('_')
        .filter(|rest| rest.starts_with("mbedtls_") || rest.starts_with("psa_"));
    own.unwrap_or(name).chars().take(256).collect()
}

/// The function inside a name of C++: demangled, as GNU ld and lld show it, or mangled.
fn cxx_name(name: &str) -> Option<String> {
    if let Some((inner, _)) = name.split_once('(') {
        let inner = inner.rsplit([' ', ':', '*']).next().unwrap_or(inner);
        return Known::find(inner).map(|_| inner.to_owned());
    }
    let rest = name.strip_prefix("_Z").or_else(|| name.strip_prefix('?'))?;
    if name.starts_with('?') {
        let inner = rest.split('@').next()?;
        return Known::find(inner).map(|_| inner.to_owned());
    }
    let start = rest.find(|c: char| c.is_ascii_digit())?;
    let rest = &rest[start..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (length, rest) = rest.split_at(digits);
    let inner = rest.get(..length.parse().ok()?)?;
    Known::find(inner).map(|_| inner.to_owned())
}

/// The function inside the name that bindgen gives to the wrapper of a `static inline` function.
fn wrapped(name: &str) -> Option<&str> {
    let inner = name.strip_suffix("__extern")?;
    Known::find(inner).map(|_| inner)
}

fn wrapper(name: &str, inner: &str, evidence: &Evidence) -> Answer {
    let mut answer = Answer::new(name, Cause::NotLinked);
    if let Some(known) = Known::find(inner) {
        describe(&mut answer, &known, evidence);
        say_nothing_of_options(&mut answer);
    }
    answer.shown = true;
    answer
}

fn cxx(name: &str, evidence: &Evidence) -> Answer {
    let mut answer = Answer::new(name, Cause::CxxLinkage);
    answer.shown = true;
    if let Some(known) = Known::find(name) {
        describe(&mut answer, &known, evidence);
        say_nothing_of_options(&mut answer);
    }
    answer
}

fn about(name: &str, evidence: &Evidence, log: &Log) -> Answer {
    if let Some(answer) = owners::answer(name) {
        return answer;
    }
    let Some(known) = Known::find(name) else {
        return strange(name);
    };
    let mut answer = Answer::new(name, Cause::OptionOff);
    describe(&mut answer, &known, evidence);
    let (cause, shown) = decide(&known, evidence, log);
    answer.cause = cause;
    answer.shown = shown;
    if !matches!(cause, Cause::OptionOff | Cause::CompiledEmpty) {
        say_nothing_of_options(&mut answer);
    }
    if let (Cause::Renamed, Some(other)) = (cause, other_name_in(name, evidence)) {
        answer.near = vec![other];
    }
    if cause == Cause::NotYet {
        answer.near = later::earlier(name)
            .into_iter()
            .filter(|old| old.starts_with("mbedtls_") && Known::find(old).is_some())
            .collect();
    }
    if let Some(build) = &evidence.build {
        in_this_build(&mut answer, build);
    }
    answer
}

/// The name under which the libraries have the function: that of another version.
fn other_name_in(name: &str, evidence: &Evidence) -> Option<String> {
    let later = later::renamed(name).map(|renamed| renamed.to);
    let mut names = later.into_iter().chain(later::earlier(name));
    names.find(|other| {
        evidence
            .archives
            .iter()
            .any(|archive| archive.defines(other))
    })
}

/// A name that no version has.
fn strange(name: &str) -> Answer {
    if let Some(renamed) = later::renamed(name) {
        let mut answer = Answer::new(name, Cause::Renamed);
        answer.shown = true;
        answer.near = vec![renamed.to];
        answer.notes = vec![format!("the name changed with {}", renamed.since)];
        return answer;
    }
    let near = index::near(name);
    let is_ours = name.starts_with("mbedtls_") || name.starts_with("psa_");
    let cause = if is_ours && !near.is_empty() {
        Cause::Typo
    } else {
        Cause::Unknown
    };
    let mut answer = Answer::new(name, cause);
    if is_ours {
        answer.near = near;
    }
    answer
}

fn describe(answer: &mut Answer, known: &Known, evidence: &Evidence) {
    answer.versions = known.versions();
    if let Some(definition) = known.definition(evidence.version) {
        settings::fill(answer, definition);
    } else {
        let (_, entry) = known.newest();
        answer.defined_in = Some(entry.file.to_owned());
    }
    if let Some(renamed) = later::renamed(&known.name) {
        answer.near = vec![renamed.to];
    }
}

/// The cause, and whether what was given shows it.
fn decide(known: &Known, evidence: &Evidence, log: &Log) -> (Cause, bool) {
    let has = |archive: &super::Archive| archive.defines(&known.name);
    if !evidence.archives.iter().any(has) {
        if let Some(cause) = of_version(known, evidence, log) {
            return (cause, true);
        }
    }
    let Some(definition) = known.definition(evidence.version) else {
        let cause = if known.is_declared_only() {
            Cause::ApplicationProvides
        } else {
            Cause::NotASymbol
        };
        return (cause, true);
    };
    let looks: [&dyn Fn() -> Option<Cause>; 4] = [
        &|| in_the_headers(&known.name, evidence),
        &|| in_the_archives(&known.name, definition, evidence, log),
        &|| in_the_build(&known.name, definition, evidence),
        &|| in_the_log(known, definition, log),
    ];
    let found = looks.iter().find_map(|look| look());
    found.map_or_else(|| (usual(known, definition), false), |cause| (cause, true))
}

/// What follows from the version alone.
fn of_version(known: &Known, evidence: &Evidence, log: &Log) -> Option<Cause> {
    if evidence.is_4() || log.is_4 {
        match later::fate(&known.name) {
            Fate::Private => return Some(Cause::PrivateIn4),
            Fate::Gone => return Some(Cause::Removed),
            Fate::Public => {}
        }
    }
    let asked = evidence.used_version();
    let in_asked = asked.is_some_and(|version| known.is_symbol_in(version));
    if in_asked {
        return None;
    }
    if asked.and_then(|asked| known.later_than(asked)).is_some() {
        return Some(Cause::NotYet);
    }
    let renamed = later::renamed(&known.name).is_some();
    if known.is_header_only() {
        return Some(if renamed {
            Cause::Renamed
        } else {
            Cause::NotASymbol
        });
    }
    let only_older = known.definition(None).is_some()
        && !known.is_symbol_in(mbedtls_config::facts::Version::V3_6)
        && !known.is_declared_only();
    only_older.then_some(if renamed {
        Cause::Renamed
    } else {
        Cause::Removed
    })
}

/// Two headers that differ about the function.
fn in_the_headers(name: &str, evidence: &Evidence) -> Option<Cause> {
    let mut answers = evidence
        .headers
        .iter()
        .map(|(_, build)| build.defines(name) == Some(true));
    let first = answers.next()?;
    answers
        .any(|other| other != first)
        .then_some(Cause::HeadersDiffer)
}

/// What the libraries show.
fn in_the_archives(
    name: &str,
    definition: &Function,
    evidence: &Evidence,
    log: &Log,
) -> Option<Cause> {
    let archives = &evidence.archives;
    if archives.is_empty() {
        return None;
    }
    if let Some(archive) = archives.iter().find(|archive| archive.defines(name)) {
        let early = comes_too_early(archive.base_name(), name, log);
        return Some(if early {
            Cause::LinkOrder
        } else {
            Cause::NotLinked
        });
    }
    if archives
        .iter()
        .any(|archive| archive.mangled(name).is_some())
    {
        return Some(Cause::CxxLinkage);
    }
    if other_name_in(name, evidence).is_some() {
        return Some(Cause::Renamed);
    }
    let is_on = evidence
        .build
        .as_ref()
        .is_some_and(|build| build.defines(name) == Some(true));
    let objects = archives
        .iter()
        .filter_map(|archive| archive.object_of(definition.file));
    match objects.max_by_key(|object| *object == Compiled::Something) {
        Some(_) if is_on => return Some(Cause::StaleBuild),
        Some(Compiled::Empty) => {
            return in_the_build(name, definition, evidence)
                .filter(|cause| *cause == Cause::PsaClientOnly)
                .or(Some(Cause::CompiledEmpty));
        }
        Some(Compiled::Something) => {
            return in_the_build(name, definition, evidence).or(Some(Cause::OptionOff));
        }
        None => {}
    }
    let most = archives.iter().map(super::Archive::library_objects).max()?;
    // One object by itself says nothing about the library.
    if most < 3 {
        return None;
    }
    let files = archives
        .iter()
        .filter(|archive| archive.library_objects() >= 3);
    let other_library = files.clone().all(|archive| {
        let holds = |library: Library| archive.base_name().starts_with(library.name());
        let own = Library::of(definition.file);
        [Library::Crypto, Library::X509, Library::Tls]
            .into_iter()
            .any(|library| library != own && holds(library) && !holds(own))
    });
    if other_library {
        return Some(Cause::NotLinked);
    }
    let is_psa_core = index::stem(definition.file).starts_with("psa_crypto");
    let client = files
        .clone()
        .any(|archive| archive.object_of("psa_crypto_client.c").is_some())
        && files
            .clone()
            .all(|archive| archive.object_of("psa_crypto.c").is_none());
    Some(if is_psa_core && client {
        Cause::PsaClientOnly
    } else {
        Cause::NotInBuild
    })
}

/// What the configuration shows.
fn in_the_build(name: &str, definition: &Function, evidence: &Evidence) -> Option<Cause> {
    let build = evidence.build.as_ref()?;
    if !build.alternatives(name).is_empty() {
        return Some(Cause::AltWithoutBody);
    }
    let client = build.is_on("MBEDTLS_PSA_CRYPTO_CLIENT") && !build.is_on("MBEDTLS_PSA_CRYPTO_C");
    let needs_core = needs_psa_core(definition);
    match build.defines(name) {
        Some(false) if client && needs_core => Some(Cause::PsaClientOnly),
        Some(false) => Some(Cause::OptionOff),
        // The internal callers were compiled with the same configuration, and asked for it.
        Some(true) if is_internal(definition) => Some(Cause::NotInBuild),
        // Zephyr and ESP-IDF link what they build: there, what is missing was built before.
        Some(true) if build.system() != System::Plain => Some(Cause::StaleBuild),
        Some(true) => Some(Cause::NotLinked),
        None => None,
    }
}

/// What the linker's words show.
fn in_the_log(known: &Known, definition: &Function, log: &Log) -> Option<Cause> {
    let mention = mention_of(&known.name, log)?;
    if log.is_tfm && needs_psa_core(definition) {
        return Some(Cause::PsaClientOnly);
    }
    if mention.referrers.iter().any(Referrer::is_one_step) && !is_internal(definition) {
        return Some(Cause::NotLinked);
    }
    let own = Library::of(definition.file);
    let asked_by_library = mention.referrers.iter().find(|referrer| {
        let by_archive = referrer.archive.as_deref().is_some_and(is_library_archive);
        let by_function = referrer.function.as_deref().is_some_and(|function| {
            Known::find(function).is_some_and(|known| known.definition(None).is_some())
        });
        by_archive || by_function
    });
    if let Some(referrer) = asked_by_library {
        // A library that asks for what belongs into another one comes after it on the command line.
        let from = Library::of(&referrer.file);
        let split = referrer
            .archive
            .as_deref()
            .is_some_and(|archive| archive.starts_with(from.name()));
        return Some(if split && from != own {
            Cause::LinkOrder
        } else {
            // Caller and function stand under the same options: the option was on when the caller was compiled.
            Cause::NotInBuild
        });
    }
    if comes_too_early(own.name(), &known.name, log) {
        return Some(Cause::LinkOrder);
    }
    is_everything_missing(log).then_some(Cause::NotLinked)
}

/// Without any evidence: what it usually is.
fn usual(known: &Known, definition: &Function) -> Cause {
    let always = Build::requirements(definition.name).is_some_and(|needed| needed.is_empty());
    if known.is_internal() {
        // Applications do not call it: the library's own code does, and was compiled with the option on.
        Cause::NotInBuild
    } else if always {
        Cause::NotLinked
    } else {
        Cause::OptionOff
    }
}

fn is_internal(definition: &Function) -> bool {
    definition.kind == mbedtls_config::facts::Kind::Internal
}

/// True for what is compiled only where the PSA core is.
fn needs_psa_core(definition: &Function) -> bool {
    let mut names = Vec::new();
    definition
        .guard
        .each_macro(&mut |name| names.push(name.to_owned()));
    let file = index::stem(definition.file);
    names.iter().any(|name| name == "MBEDTLS_PSA_CRYPTO_C")
        || (file.starts_with("psa_crypto") && file != "psa_crypto_client")
}

fn mention_of<'a>(name: &str, log: &'a Log) -> Option<&'a Mention> {
    log.mentions
        .iter()
        .find(|mention| plain(&mention.symbol) == name)
}

fn is_library_archive(name: &str) -> bool {
    name.contains("mbed") || name.contains("tfpsacrypto") || name.contains("nrf_security")
}

/// True when the last mention of a library on the command line stands before whoever asks.
fn comes_too_early(library: &str, symbol: &str, log: &Log) -> bool {
    if log.grouped || log.order.is_empty() {
        return false;
    }
    let short = library.trim_start_matches("lib").trim_end_matches(".a");
    let is_it = |word: &String| {
        word.strip_prefix("-l").is_some_and(|name| name == short)
            || word
                .strip_prefix("lib")
                .is_some_and(|name| name.trim_end_matches(".a") == short)
    };
    let Some(at) = log.order.iter().rposition(is_it) else {
        return false;
    };
    let Some(mention) = mention_of(symbol, log) else {
        return false;
    };
    let asks = |word: &String| {
        mention.referrers.iter().any(|referrer| {
            let archive = referrer.archive.as_deref();
            Some(word.as_str()) == archive
                || index::stem(word) == index::stem(&referrer.file)
                || archive.is_some_and(|archive| {
                    word.strip_prefix("-l").is_some_and(|name| {
                        archive.trim_start_matches("lib").trim_end_matches(".a") == name
                    })
                })
        })
    };
    log.order
        .iter()
        .position(asks)
        .is_some_and(|asker| asker > at)
}

/// True when functions of many files are missing at once, among them such as every configuration has.
fn is_everything_missing(log: &Log) -> bool {
    let mut files = Vec::new();
    for mention in log.mentions.iter().filter(|mention| !mention.from_compiler) {
        let Some(known) = Known::find(&plain(&mention.symbol)) else {
            continue;
        };
        if let Some(definition) = known.definition(None) {
            if !files.contains(&definition.file) {
                files.push(definition.file);
            }
        }
    }
    files.len() >= 4
}

/// "Set macro X" is said only where that helps.
fn say_nothing_of_options(answer: &mut Answer) {
    answer.mbedtls_config.clear();
    answer.zephyr.clear();
    answer.ncs.clear();
    answer.esp_idf.clear();
    answer.features.clear();
}

/// What the configuration that was given lacks, and the lines that bring it.
fn in_this_build(answer: &mut Answer, build: &Build) {
    let name = answer.symbol.clone();
    if build.defines(&name) != Some(false) || !build.alternatives(&name).is_empty() {
        return;
    }
    let options: Vec<&str> = answer.requires.iter().map(String::as_str).collect();
    let goal = |build: &Build| build.defines(&name) == Some(true);
    let lines = build.lines_for(&options, &goal).unwrap_or_default();
    let after = build.with(&lines);
    let missing = options
        .iter()
        .filter(|option| !build.is_on(option) && after.is_on(option));
    answer.missing = missing.map(ToString::to_string).collect();
    answer.lines = lines.iter().map(Line::to_string).collect();
    let places = lines.iter().filter_map(|line| line.place(build.system()));
    for place in places {
        let note = format!("`#define` goes into {place}");
        if !answer.notes.contains(&note) {
            answer.notes.push(note);
        }
    }
}
