//! What to do about each cause.

use mbedtls_config::readers::{Build, System};

use super::answer::{Answer, Cause};
use super::archive::Archive;
use super::evidence::Evidence;
use super::index::Library;
use super::later::{self, Fate};
use super::log::Log;

/// Adds what to do, and what else there is to know.
pub(super) fn complete(answer: &mut Answer, evidence: &Evidence, log: &Log) {
    let mut actions = actions(answer, evidence, log);
    // A table may have said it already.
    actions.append(&mut answer.actions);
    answer.actions = actions;
    answer.notes.extend(notes(answer, evidence, log));
}

fn actions(answer: &Answer, evidence: &Evidence, log: &Log) -> Vec<String> {
    let symbol = &answer.symbol;
    let file = answer.defined_in.as_deref().unwrap_or_default();
    let library = Library::of(file).name();
    let system = evidence.system().or(log.system);
    match answer.cause {
        Cause::OptionOff | Cause::CompiledEmpty if file.starts_with("library/") => {
            let mut actions = vec![switch_on(answer, evidence, system)];
            actions.push(rebuild(system));
            actions
        }
        Cause::NotInBuild => vec![
            format!("Add {file} to the sources that the port compiles (its CMakeLists.txt or makefile): a port that lists files by name misses those that a new version of Mbed TLS brings. Updating the port does it too."),
            "If the file is in the build: the caller and this file were compiled with different configuration headers; compile both with the same MBEDTLS_CONFIG_FILE.".to_owned(),
        ],
        Cause::PsaClientOnly if symbol.starts_with("psa_") => vec![
            format!("Link TF-M's client, which defines psa_* here: tfm_api of the TF-M export and its s_veneers.o{}.", match system {
                Some(System::Zephyr | System::Ncs) => " (Zephyr does, with CONFIG_BUILD_WITH_TFM=y)",
                _ => "",
            }),
            "If it is linked: TF-M was built without the crypto partition (TFM_PARTITION_CRYPTO), and its export without tfm_crypto_api.c.".to_owned(),
            "Or build the PSA core into this image: MBEDTLS_PSA_CRYPTO_C, without TF-M.".to_owned(),
        ],
        Cause::PsaClientOnly => vec![
            "Call the PSA Crypto API (psa_*) instead, which the client forwards to the secure side; what is inside the PSA core cannot be called from here.".to_owned(),
            format!("psa_* itself comes from TF-M's client: link tfm_api of the TF-M export{}.", match system {
                Some(System::Zephyr | System::Ncs) => " (Zephyr does, with CONFIG_BUILD_WITH_TFM=y)",
                _ => "",
            }),
            "Or build the PSA core into this image: MBEDTLS_PSA_CRYPTO_C, without TF-M.".to_owned(),
        ],
        Cause::AltWithoutBody => {
            let alternatives = alternatives(answer, evidence);
            vec![
                format!("Link the file that implements {symbol} (the driver of the hardware), or remove {alternatives} from the configuration to get the library's own code."),
            ]
        }
        Cause::HeadersDiffer => vec![format!(
            "Use one configuration header for the library and for the application: {} differ about {symbol}. Pass the same MBEDTLS_CONFIG_FILE everywhere.",
            evidence.headers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" and ")
        )],
        Cause::NotLinked if symbol.ends_with("__extern") => vec![
            "Link the object with the wrappers that bindgen writes (extern.c, wrap_static_fns): this name is the wrapper of a function whose body is in a header.".to_owned(),
            "If it is linked: compile it without link-time optimisation of C (-flto); what it holds then are no symbols for rust-lld.".to_owned(),
        ],
        Cause::NotLinked => vec![format!(
            "Link {}{}, after the objects that call it. The order of the three is -lmbedtls -lmbedx509 -lmbedcrypto.",
            present_in(answer, evidence).unwrap_or_else(|| library.to_owned()),
            match system {
                Some(System::Zephyr | System::Ncs) => " (in CMake: zephyr_library_link_libraries(mbedTLS))",
                Some(System::EspIdf) => " (name mbedtls among the REQUIRES of the component)",
                _ => "",
            }
        )],
        Cause::LinkOrder => vec![format!(
            "Move {} behind whoever asks for {symbol} on the linker's command line (-lmbedtls -lmbedx509 -lmbedcrypto), or put the libraries between -Wl,--start-group and -Wl,--end-group.",
            present_in(answer, evidence).unwrap_or_else(|| library.to_owned())
        )],
        Cause::StaleBuild => vec![
            rebuild(system),
            "If it stays: the library is compiled with another configuration header than the one that was given here; look at its compile command.".to_owned(),
        ],
        Cause::PrivateIn4 => vec![
            format!("{symbol} is private since Mbed TLS 4.0: call the PSA Crypto API, or stay on 3.6."),
            "MBEDTLS_DECLARE_PRIVATE_IDENTIFIERS shows the declarations again, without any promise that they stay.".to_owned(),
        ],
        Cause::Removed => vec![removed(answer, evidence, log)],
        Cause::Renamed if is_older_name(answer) => vec![format!(
            "The library that is linked is older than the headers: it calls the function {}. Link the library that belongs to the headers, or compile against the library's own headers.",
            answer.near.first().map_or("otherwise", String::as_str)
        )],
        Cause::Renamed => vec![format!(
            "Call {} instead, and compile everything against the headers of the version that is linked.",
            answer.near.first().map_or("the new name", String::as_str)
        )],
        Cause::NotYet => vec![not_yet(answer, evidence)],
        Cause::CxxLinkage => vec![
            format!("Include Mbed TLS's own header instead of declaring {symbol} in C++; or put the declaration into extern \"C\" {{ }}."),
            "Compile the library's files as C, not as C++.".to_owned(),
        ],
        Cause::NotASymbol => vec![format!(
            "{symbol} is a macro or has its body in the header {file}: include that header, and compile everything against the headers of the version that is linked. An object that asks for it was compiled against other headers."
        )],
        Cause::ApplicationProvides => vec![provides(answer, system)],
        Cause::Typo => vec![format!("No version of Mbed TLS has {symbol}. Did you mean {}?", answer.near.join(", "))],
        Cause::Unknown => vec![format!(
            "Nothing is known about {symbol}: it is no function of Mbed TLS 2.28, 3.5 or 3.6, and nothing like one."
        )],
        _ => Vec::new(),
    }
}

fn switch_on(answer: &Answer, evidence: &Evidence, system: Option<System>) -> String {
    if !answer.lines.is_empty() {
        return format!("Add to the configuration: {}.", answer.lines.join(", "));
    }
    let lines = match system {
        Some(System::Zephyr) => &answer.zephyr,
        Some(System::Ncs) => &answer.ncs,
        Some(System::EspIdf) => &answer.esp_idf,
        _ => &Vec::new(),
    };
    let shown = if lines.is_empty() {
        own_options(answer).join(" and ")
    } else {
        lines.join(", ")
    };
    if evidence.build.is_some() || answer.cause == Cause::CompiledEmpty {
        format!("Switch on {shown}.")
    } else {
        format!("See that this is on, with what it depends on: {shown}.")
    }
}

/// The options that the function's own condition names.
fn own_options(answer: &Answer) -> Vec<String> {
    let condition = answer.condition.as_deref().unwrap_or_default();
    let names: Vec<&str> = condition
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .collect();
    let own = answer
        .requires
        .iter()
        .filter(|option| names.contains(&option.as_str()));
    let own: Vec<String> = own.cloned().collect();
    if own.is_empty() {
        answer.requires.iter().take(1).cloned().collect()
    } else {
        own
    }
}

fn rebuild(system: Option<System>) -> String {
    match system {
        Some(System::Zephyr | System::Ncs) => {
            "Build from scratch (west build --pristine): what was compiled before the option changed may still be linked.".to_owned()
        }
        Some(System::EspIdf) => {
            "Build from scratch (idf.py fullclean build): what was compiled before the option changed may still be linked.".to_owned()
        }
        _ => "Build the library again from scratch: what was compiled before the option changed may still be linked.".to_owned(),
    }
}

fn removed(answer: &Answer, evidence: &Evidence, log: &Log) -> String {
    let symbol = &answer.symbol;
    let last = answer
        .versions
        .last()
        .copied()
        .unwrap_or("an earlier version");
    if evidence.is_4() || log.is_4 {
        format!(
            "{symbol} was removed in Mbed TLS 4.0: use the PSA Crypto API instead, or stay on {last}."
        )
    } else {
        format!(
            "{symbol} was removed after {last}: see the migration guide of the version that is linked, or stay on {last}."
        )
    }
}

/// True when the name that the library has is that of an earlier version.
fn is_older_name(answer: &Answer) -> bool {
    let earlier = later::earlier(&answer.symbol);
    answer
        .near
        .first()
        .is_some_and(|name| earlier.contains(name))
}

fn not_yet(answer: &Answer, evidence: &Evidence) -> String {
    let used = evidence
        .used_version()
        .map_or("that version", super::index::series);
    let first = answer.versions.first().copied();
    let update = match first {
        Some(first) => format!(
            "Mbed TLS {used} does not have {} yet: it came with {first}, or between the two. Update to it",
            answer.symbol
        ),
        None => format!(
            "Mbed TLS {used} does not have {} yet. Update",
            answer.symbol
        ),
    };
    match answer.near.first() {
        Some(old) => format!("{update}, or call {old} until then."),
        None => format!("{update}."),
    }
}

fn provides(answer: &Answer, system: Option<System>) -> String {
    let symbol = &answer.symbol;
    let zephyr = matches!(system, Some(System::Zephyr | System::Ncs));
    match symbol.as_str() {
        "mbedtls_hardware_poll" => format!(
            "Write {symbol}, which fills a buffer from the device's source of randomness: MBEDTLS_ENTROPY_HARDWARE_ALT asks for it.{}",
            if zephyr {
                " Zephyr brings it with CONFIG_MBEDTLS_ENTROPY_POLL_ZEPHYR=y (before 3.7: CONFIG_MBEDTLS_ZEPHYR_ENTROPY=y)."
            } else {
                ""
            }
        ),
        "mbedtls_psa_external_get_random" => format!(
            "Write {symbol}, or switch MBEDTLS_PSA_CRYPTO_EXTERNAL_RNG off: with it, the PSA core takes all randomness from the application."
        ),
        _ => format!(
            "The library declares {symbol} and does not define it: the application, or the driver that an option names, has to."
        ),
    }
}

/// The name of the library that has the symbol.
fn present_in(answer: &Answer, evidence: &Evidence) -> Option<String> {
    let archive = evidence
        .archives
        .iter()
        .find(|archive| archive.defines(&answer.symbol))?;
    Some(archive.base_name().to_owned())
}

fn alternatives(answer: &Answer, evidence: &Evidence) -> String {
    let build = evidence.build.as_ref();
    let names = build
        .map(|build| build.alternatives(&answer.symbol))
        .unwrap_or_default();
    if names.is_empty() {
        "the _ALT macro".to_owned()
    } else {
        names.join(" and ")
    }
}

fn notes(answer: &Answer, evidence: &Evidence, log: &Log) -> Vec<String> {
    let mut notes = Vec::new();
    let symbol = &answer.symbol;
    for archive in &evidence.archives {
        notes.extend(about_archive(answer, archive));
    }
    let public_before = answer.versions.last() == Some(&"3.6");
    let about_options = matches!(answer.cause, Cause::OptionOff | Cause::CompiledEmpty);
    match later::fate(symbol) {
        Fate::Private if public_before && about_options => notes.push(
            "private in Mbed TLS 4.x (Zephyr 4.4, ESP-IDF 6): call the PSA Crypto API there"
                .to_owned(),
        ),
        Fate::Gone if public_before && about_options => notes.push(
            "gone in Mbed TLS 4.x (Zephyr 4.4, ESP-IDF 6): call the PSA Crypto API there"
                .to_owned(),
        ),
        _ => {}
    }
    if let Some(build) = &evidence.build {
        notes.extend(about_build(answer, build));
    }
    let from_compiler = log
        .mentions
        .iter()
        .any(|mention| mention.symbol.contains(symbol.as_str()) && mention.from_compiler);
    if from_compiler {
        notes.push(format!(
            "the complaint is the compiler's: it saw no declaration of {symbol}, so its header is not included, or the option hides the declaration too"
        ));
    }
    if symbol.starts_with("mbedtls_pk_write_") {
        notes.push("where it links and answers -0x3980 (0xc680, FEATURE_UNAVAILABLE) for a P-256 key, MBEDTLS_ECP_C is off, or the key lives in PSA and Mbed TLS is older than 3.5.2".to_owned());
    }
    if symbol == "mbedtls_strerror" {
        notes.push("MBEDTLS_ERROR_STRERROR_DUMMY makes it link as well, as a stub that writes an empty text".to_owned());
    }
    if !answer.shown && answer.cause == Cause::OptionOff {
        notes.push("this is the most usual cause; --config FILE and --lib FILE.a tell it apart from the others: file not in the build, library not linked or in the wrong order, stale build".to_owned());
    }
    notes
}

fn about_archive(answer: &Answer, archive: &Archive) -> Option<String> {
    let symbol = &answer.symbol;
    let name = archive.base_name();
    if archive.defines(symbol) {
        return Some(format!("{name} defines {symbol}"));
    }
    if archive.hides(symbol) {
        return Some(format!(
            "{name} has {symbol} for itself only (static): it cannot be linked to"
        ));
    }
    if let Some(other) = answer.near.iter().find(|other| archive.defines(other)) {
        return Some(format!("{name} has {other}, its name in another version"));
    }
    if let Some(mangled) = archive.mangled(symbol) {
        return Some(format!("{name} has it compiled as C++: {mangled}"));
    }
    let file = answer
        .defined_in
        .as_deref()
        .filter(|file| file.starts_with("library/"))?;
    Some(match archive.object_of(file) {
        Some(super::archive::Compiled::Empty) => {
            format!("{name} has the object of {file}, and it defines nothing")
        }
        Some(super::archive::Compiled::Something) => {
            format!("{name} has the object of {file}, without {symbol}")
        }
        None => format!("{name} has no object of {file}"),
    })
}

fn about_build(answer: &Answer, build: &Build) -> Vec<String> {
    let mut notes = Vec::new();
    for option in answer.requires.iter().chain(&answer.missing) {
        for name in [option.clone(), format!("CONFIG_{option}")] {
            if let Some(place) = build.place(&name).filter(|place| place.value == "n") {
                let note = format!(
                    "{name} is switched off in {}, line {}",
                    place.file, place.line
                );
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
        }
    }
    if answer.cause == Cause::OptionOff && !answer.missing.is_empty() {
        notes.push(format!(
            "off in this configuration: {}",
            answer.missing.join(", ")
        ));
    }
    notes
}
