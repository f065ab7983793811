//! What a linker or compiler printed: GNU ld, gold, lld, mold, armlink, ld64, IAR, MSVC; gcc, clang and armclang.

use mbedtls_config::readers::System;

use super::evidence::Referrer;
use super::index::stem;

/// More symbols than anybody reads about.
const MOST_SYMBOLS: usize = 500;
/// More referrers of one symbol than help.
const MOST_REFERRERS: usize = 8;
/// No name in C or C++ that a person wrote is longer.
const MOST_NAME: usize = 512;

/// A symbol that was complained about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mention {
    /// The symbol as it was printed.
    pub symbol: String,
    /// Who asks for it.
    pub referrers: Vec<Referrer>,
    /// True when the complaint is a compiler's: it knows no declaration.
    pub from_compiler: bool,
}

/// A log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Log {
    /// The symbols, each once, in the order in which they were met.
    pub mentions: Vec<Mention>,
    /// Objects and libraries of the last link command, without folders, in their order.
    pub order: Vec<String>,
    /// True when that command links in groups or whole archives: order does not matter then.
    pub grouped: bool,
    /// True when the log speaks of TF-M.
    pub is_tfm: bool,
    /// True when the log speaks of TF-PSA-Crypto: Mbed TLS 4.x.
    pub is_4: bool,
    /// Whose build it is, where paths say so.
    pub system: Option<System>,
}

/// Reads a log. The time grows with its length, and no more than 500 symbols are kept.
///
/// ```
/// let log = mbedtls_diag::why::read_log(
///     "/usr/bin/ld: main.o: in function `main':\nmain.c:(.text+0x1c): undefined reference to `mbedtls_strerror'\n",
/// );
/// assert_eq!(log.mentions[0].symbol, "mbedtls_strerror");
/// assert_eq!(log.mentions[0].referrers[0].file, "main.o");
/// ```
pub fn read(text: &str) -> Log {
    let mut reader = Reader::default();
    for line in text.lines() {
        reader.line(line);
    }
    reader.log
}

#[derive(Default)]
struct Reader {
    log: Log,
    /// From GNU's `x.o: in function f:`, which holds for the lines that follow.
    place: Referrer,
    /// From lld and ld64: the symbol that the following lines are about.
    open: Option<usize>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        self.surroundings(line);
        if let Some(place) = in_function(line) {
            self.place = place;
        }
        if let Some((name, referrer)) = complaint(line) {
            let from_compiler = COMPILER.iter().any(|phrase| line.contains(phrase));
            let referrer = self.with_place(referrer, line);
            self.open = self.add(name, referrer, from_compiler);
            return;
        }
        if let Some(open) = self.open {
            match continued(line) {
                Some(referrer) => push(&mut self.log.mentions[open].referrers, referrer),
                None if line.trim().is_empty() => {}
                None => self.open = None,
            }
        }
    }

    /// GNU names the object and the function once, and then only the source.
    fn with_place(&self, referrer: Option<Referrer>, line: &str) -> Option<Referrer> {
        let gnu = line.contains("undefined reference") && !self.place.file.is_empty();
        match referrer {
            Some(found)
                if gnu
                    && (self.place.is_one_step()
                        || stem(&found.file) == stem(&self.place.file)) =>
            {
                Some(self.place.clone())
            }
            None if gnu => Some(self.place.clone()),
            other => other,
        }
    }

    fn add(
        &mut self,
        name: &str,
        referrer: Option<Referrer>,
        from_compiler: bool,
    ) -> Option<usize> {
        let name = name.trim();
        if name.is_empty() || name.len() > MOST_NAME {
            return None;
        }
        let known = self
            .log
            .mentions
            .iter()
            .position(|mention| mention.symbol == name);
        let index = match known {
            Some(index) => index,
            None if self.log.mentions.len() < MOST_SYMBOLS => {
                self.log.mentions.push(Mention {
                    symbol: name.to_owned(),
                    from_compiler,
                    ..Mention::default()
                });
                self.log.mentions.len() - 1
            }
            None => return None,
        };
        let mention = &mut self.log.mentions[index];
        // A linker's word counts more than a compiler's.
        mention.from_compiler &= from_compiler;
        if let Some(referrer) = referrer {
            push(&mut mention.referrers, referrer);
        }
        Some(index)
    }

    /// What a line says about the build as a whole.
    fn surroundings(&mut self, line: &str) {
        let has = |word: &str| line.contains(word);
        self.log.is_4 |= has("tf-psa-crypto") || has("tfpsacrypto");
        self.log.is_tfm |= [
            "tfm_api",
            "trusted-firmware-m",
            "s_veneers",
            "tfm_s.",
            "tfm_ns.",
        ]
        .iter()
        .any(|word| has(word));
        if self.log.system.is_none() {
            self.log.system = if has("esp-idf") || has("xtensa-esp32") || has("riscv32-esp") {
                Some(System::EspIdf)
            } else if has("nrf_security") || has("nrfxlib") || has("/ncs/") || has("\\ncs\\") {
                Some(System::Ncs)
            } else if has("zephyr/") || has("arm-zephyr-eabi") {
                Some(System::Zephyr)
            } else {
                None
            };
        }
        if has(" -o ") && (has(".a") || has(" -l")) {
            self.log.grouped = has("--start-group") || has("--whole-archive") || has("-Wl,-(");
            let names = line
                .split_whitespace()
                .map(|word| word.trim_matches(['"', '\'']));
            let linked = |word: &&str| {
                word.starts_with("-l")
                    || [".a", ".o", ".obj", ".lib"]
                        .iter()
                        .any(|end| word.ends_with(end))
            };
            self.log.order = names
                .filter(linked)
                .map(|word| base(word).to_owned())
                .collect();
        }
    }
}

fn push(referrers: &mut Vec<Referrer>, referrer: Referrer) {
    if referrers.len() < MOST_REFERRERS && !referrers.contains(&referrer) {
        referrers.push(referrer);
    }
}

const COMPILER: [&str; 4] = [
    "implicit declaration of function",
    "call to undeclared function",
    "was not declared in this scope",
    "cannot find function",
];

/// The phrases that come before a name, in the order in which they are looked for.
const BEFORE: [&str; 9] = [
    "undefined reference to ",
    "undefined references to ",
    "ndefined symbol: ",
    "ndefined symbol ",
    "nresolved external symbol ",
    "no definition for ",
    "implicit declaration of function ",
    "call to undeclared function ",
    "cannot find function ",
];

/// The name in a line that complains, and who asks for it where the line says so.
fn complaint(line: &str) -> Option<(&str, Option<Referrer>)> {
    for phrase in BEFORE {
        if let Some(at) = line.find(phrase) {
            let rest = &line[at + phrase.len()..];
            let name = name(rest);
            let end = rest
                .find(name)
                .map_or(rest.len(), |start| start + name.len());
            return Some((name, referrer(&line[..at], &rest[end..])));
        }
    }
    if let Some(at) = line.find(" was not declared in this scope") {
        return Some((last_quoted(&line[..at])?, None));
    }
    // ld64: a quoted name, then "referenced from:".
    let name = line.trim_start().strip_prefix('"')?;
    let (name, rest) = name.split_once('"')?;
    rest.contains("referenced from").then_some((name, None))
}

/// The name at the beginning of a text: quoted in one of the ways of compilers, or up to what cannot belong to it.
fn name(text: &str) -> &str {
    let quotes = [
        ('`', "'`"),
        ('\'', "'"),
        ('‘', "’"),
        ('"', "\""),
        ('“', "”"),
    ];
    for (open, close) in quotes {
        if let Some(inner) = text.strip_prefix(open) {
            let end = inner
                .find(|c: char| close.contains(c))
                .unwrap_or(inner.len());
            return &inner[..end];
        }
    }
    let end = [" (referred from", " referenced in", " ["]
        .iter()
        .filter_map(|end| text.find(end))
        .min();
    let name = text[..end.unwrap_or(text.len())].trim_end();
    // Without arguments a name is one word; with them it ends where they do.
    match (name.find('('), name.find(char::is_whitespace)) {
        (Some(open), Some(space)) if open < space => {
            name.rfind(')').map_or(name, |close| &name[..=close])
        }
        (_, Some(space)) => &name[..space],
        _ => name,
    }
}

fn last_quoted(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['\'', '’', '`']);
    let start = text.rfind(['\'', '‘', '`'])?;
    let open = text[start..].chars().next()?;
    Some(&text[start + open.len_utf8()..])
}

/// Who asks, from what stands before and after the complaint.
fn referrer(before: &str, after: &str) -> Option<Referrer> {
    if let Some(at) = after.find("referred from ") {
        let from = after[at + "referred from ".len()..].trim_end_matches([')', '.', ' ']);
        return Some(object(from));
    }
    if let Some(at) = after.find("[referenced from ") {
        let from = after[at + "[referenced from ".len()..].trim_end_matches([']', ' ']);
        return Some(object(from));
    }
    // The linker's own name comes first, the place last.
    // The phrases are looked for without their first letter.
    let place = before
        .trim_end_matches(['u', 'U'])
        .trim_end_matches([':', ' ']);
    let first = |part: &str| part.trim().split(' ').next().unwrap_or_default().to_owned();
    let is_word = |part: &&str| matches!(first(part).as_str(), "error" | "warning" | "fatal");
    let place = place.rsplit(": ").find(|part| !is_word(part))?.trim();
    let mut found = object(place);
    found.function = section_function(place).or(found.function);
    let is_file =
        found.file.contains('.') && !found.file.contains(' ') && stem(&found.file) != "ld";
    is_file.then_some(found)
}

/// `main.o`, `lib.a(pk.c.obj)`, `lib.a[3](pk.o)`, `main.c:12`, `pk.c:(.text.f+0x4)`.
fn object(text: &str) -> Referrer {
    let text = text.split(":(").next().unwrap_or(text);
    if let Some((archive, member)) = text.split_once('(') {
        let archive = archive.split('[').next().unwrap_or(archive);
        return Referrer {
            file: base(member.trim_end_matches(')')).to_owned(),
            archive: Some(base(archive).to_owned()),
            function: None,
        };
    }
    let name = base(text);
    Referrer {
        file: name.split(':').next().unwrap_or(name).trim().to_owned(),
        archive: None,
        function: None,
    }
}

/// The function in `(.text.mbedtls_pk_setup+0x4)`.
fn section_function(text: &str) -> Option<String> {
    let section = &text[text.find("(.text.")? + "(.text.".len()..];
    let end = section.find(['+', ')'])?;
    Some(section[..end].to_owned())
}

/// GNU: `x.o: in function f:`, after the linker's name.
fn in_function(line: &str) -> Option<Referrer> {
    let at = line
        .find(": in function ")
        .or_else(|| line.find(": In function "))?;
    let rest = &line[at + ": in function ".len()..];
    let before = &line[..at];
    let place = before.rsplit(": ").next().unwrap_or(before);
    let mut found = object(place);
    found.function = Some(name(rest.trim_end_matches(':')).to_owned());
    Some(found)
}

/// lld's `>>> referenced by`, and ld64's `_f in main.o`.
fn continued(line: &str) -> Option<Referrer> {
    let trimmed = line.trim_start_matches(|c: char| c.is_whitespace() || c == '|' || c == '=');
    let trimmed = trimmed
        .strip_prefix("note:")
        .unwrap_or(trimmed)
        .trim_start();
    if let Some(rest) = trimmed.strip_prefix(">>>") {
        let rest = rest.trim();
        let place = rest.strip_prefix("referenced by ").unwrap_or(rest);
        let (place, archive) = match place.split_once(" in archive ") {
            Some((place, archive)) => (place, Some(base(archive.trim()).to_owned())),
            None => (place, None),
        };
        let function = place
            .split_once(":(")
            .map(|(_, function)| function.trim_end_matches(')').to_owned());
        let mut found = object(place.split(" (").next().unwrap_or(place));
        found.archive = found.archive.or(archive);
        found.function = function.filter(|function| !function.starts_with('.'));
        return Some(found);
    }
    let (function, object_file) = trimmed.split_once(" in ")?;
    let mut found = object(object_file.trim());
    let is_object = [".o", ".a"].iter().any(|end| found.file.ends_with(end));
    found.function = Some(function.trim_start_matches('_').to_owned());
    is_object.then_some(found)
}

/// A path without its folders.
fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
