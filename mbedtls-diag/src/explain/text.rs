//! The texts of `mbedtls_strerror`, read backwards.
use super::Versions;
use super::decode::is_high;
use crate::tables::by_name;
use crate::tables::strerror::TEXTS;

/// What a text of `mbedtls_strerror` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StrError {
    /// The magnitude that the text stands for.
    pub magnitude: u16,
    /// The versions whose texts these are.
    pub versions: Versions,
    /// Whether a part of it was unknown to the library that wrote the text.
    pub unknown: bool,
}

/// Reads a text from its beginning; also says how many bytes it takes.
pub(super) fn parse(text: &str) -> Option<(StrError, usize)> {
    let (mut parsed, mut length) = part(text)?;
    // The rest of the first part's words, then ` : ` and the second part.
    let line = clip(text, length + MAX_REST);
    for (at, _) in line[length..].match_indices(" : ") {
        let at = length + at + 3;
        if let Some((low, taken)) = part(&text[at..]) {
            if low.magnitude < 0x80 && is_high(parsed.magnitude) {
                parsed.magnitude += low.magnitude;
                parsed.unknown |= low.unknown;
                parsed.versions = parsed.versions.intersection(low.versions);
                length = at + taken;
            }
            break;
        }
    }
    Some((parsed, length))
}

/// At most this many bytes of a text.
fn clip(text: &str, length: usize) -> &str {
    let ends = (0..=length.min(text.len())).rev();
    let end = ends.into_iter().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// What `strerror` of newlib and of glibc says, and the errno that it means.
const SYSTEM: &[(&str, &str)] = &[
    ("Address already in use", "EADDRINUSE"),
    ("Bad file descriptor", "EBADF"),
    ("Bad file number", "EBADF"),
    ("Broken pipe", "EPIPE"),
    ("Cannot allocate memory", "ENOMEM"),
    ("Connection already in progress", "EINPROGRESS"),
    ("Connection refused", "ECONNREFUSED"),
    ("Connection reset by peer", "ECONNRESET"),
    ("Connection timed out", "ETIMEDOUT"),
    ("Host is down", "EHOSTDOWN"),
    ("Host is unreachable", "EHOSTUNREACH"),
    ("I/O error", "EIO"),
    ("Input/output error", "EIO"),
    ("Invalid argument", "EINVAL"),
    ("Name or service not known", "EAI_NONAME"),
    ("Network is down", "ENETDOWN"),
    ("Network is unreachable", "ENETUNREACH"),
    ("No buffer space available", "ENOBUFS"),
    ("No more processes", "EAGAIN"),
    ("No route to host", "EHOSTUNREACH"),
    ("No such file or directory", "ENOENT"),
    ("Not enough space", "ENOMEM"),
    ("Operation now in progress", "EINPROGRESS"),
    ("Permission denied", "EACCES"),
    ("Resource temporarily unavailable", "EAGAIN"),
    ("Socket is not connected", "ENOTCONN"),
    ("Software caused connection abort", "ECONNABORTED"),
    ("Temporary failure in name resolution", "EAI_AGAIN"),
    ("Transport endpoint is not connected", "ENOTCONN"),
];

/// Reads a text of the C library from its beginning; also says how many bytes it takes.
pub(super) fn system(text: &str) -> Option<(&'static str, usize)> {
    let first = text.as_bytes().first()?.to_ascii_uppercase();
    let begins = |row: &&(&str, &str)| {
        let phrase = row.0.as_bytes();
        let head = text.as_bytes().get(..phrase.len());
        phrase[0] == first && head.is_some_and(|head| head.eq_ignore_ascii_case(phrase))
    };
    let (phrase, name) = SYSTEM.iter().find(begins)?;
    Some((name, phrase.len()))
}

/// The words of a text behind those that tell it apart.
const MAX_REST: usize = 120;

fn part(text: &str) -> Option<(StrError, usize)> {
    unknown(text).or_else(|| known(text))
}

/// `UNKNOWN ERROR CODE (0080)`.
fn unknown(text: &str) -> Option<(StrError, usize)> {
    const HEAD: &str = "UNKNOWN ERROR CODE (";
    let rest = text.strip_prefix(HEAD)?;
    let digits = rest
        .split(')')
        .next()
        .filter(|digits| digits.len() < rest.len())?;
    let magnitude = u16::from_str_radix(digits, 16).ok()?;
    let unknown = StrError {
        magnitude,
        versions: Versions::MBEDTLS,
        unknown: true,
    };
    Some((unknown, HEAD.len() + digits.len() + 1))
}

/// `X509 - Certificate ...`: a module, a hyphen, the first words of a text.
fn known(text: &str) -> Option<(StrError, usize)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let mut rest = ["-", "\u{2013}"].into_iter();
    let dash = |dash| {
        text[end..]
            .strip_prefix(' ')?
            .strip_prefix(dash)?
            .strip_prefix(' ')
    };
    let mut rest = rest.find_map(dash)?;
    let mut hash = add(FNV_BASIS, &text[..end]);
    let mut best = None;
    for count in 2..=MAX_WORDS {
        rest = rest.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        if word.is_empty() {
            break;
        }
        hash = add(hash, word);
        rest = after;
        if let Some(found) = lookup(hash, count) {
            best = Some((found, text.len() - rest.len()));
        }
    }
    best
}

/// No text is told apart by more words than this.
const MAX_WORDS: u8 = 16;
const FNV_BASIS: u32 = 0x811C_9DC5;

/// FNV-1a over the word in lower case and a space, as the table was made.
fn add(hash: u32, word: &str) -> u32 {
    let bytes = word.bytes().map(|b| b.to_ascii_lowercase());
    bytes.chain([b' ']).fold(hash, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

fn lookup(hash: u32, count: u8) -> Option<StrError> {
    let from = TEXTS.partition_point(|row| (row.0, row.1) < (hash, count));
    let rows = TEXTS[from..]
        .iter()
        .take_while(|row| (row.0, row.1) == (hash, count));
    let mut found: Option<StrError> = None;
    for (_, _, name) in rows {
        // A text means what it meant up to 3.6: 4.x gave some of these names to PSA statuses.
        let code = by_name(name).find(|code| code.is_mbedtls())?;
        let versions = code
            .versions
            .union(found.map_or(Versions::default(), |f| f.versions));
        found = Some(StrError {
            magnitude: u16::try_from(code.value.unsigned_abs()).ok()?,
            versions,
            unknown: false,
        });
    }
    found
}
