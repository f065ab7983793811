//! Cuts a line of text into words, numbers and texts of `mbedtls_strerror`.
use alloc::vec::Vec;

use super::evidence::{Hint, hint, version_hint};
use super::text::{self, StrError};

/// A piece of a line.
#[derive(Debug)]
pub(super) struct Token {
    /// First byte.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
    pub kind: Kind,
}

#[derive(Debug)]
pub(super) enum Kind {
    Word([Option<&'static Hint>; 2]),
    Number(Number),
    /// A text of `mbedtls_strerror`.
    Text(StrError),
    /// A text of the C library's `strerror`: the name of the errno.
    SystemText(&'static str),
}

/// A number as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub negative: bool,
    /// The magnitude, read as what it looks like.
    pub magnitude: u64,
    pub form: Form,
    /// How many digits were written, without `0x`.
    pub digits: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// `0x3980`.
    Hex,
    /// `BC80`, `7a00`: at least one letter, no prefix.
    BareHex,
    /// `3980`: only digits, which may still be hexadecimal.
    Decimal,
}

/// Cuts a line into tokens.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        line,
        bytes: line.as_bytes(),
        at: 0,
        tokens: Vec::new(),
    };
    while scanner.at < scanner.bytes.len() {
        scanner.step();
    }
    scanner.tokens
}

struct Scanner<'a> {
    line: &'a str,
    bytes: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

impl Scanner<'_> {
    fn step(&mut self) {
        let start = self.at;
        let byte = self.bytes[start];
        if !is_word(byte) {
            self.at += 1;
            return;
        }
        let length = self.bytes[start..].iter().take_while(|b| is_word(**b));
        let end = start + length.count();
        self.at = end;
        if let Some((kind, end)) = self.text(start, end) {
            self.at = end;
            self.push(start, end, kind);
        } else if let Some((from, number)) = self.number(start, end) {
            // The `0x` of `0x-7200` was taken for a word.
            while self.tokens.last().is_some_and(|last| last.end > from) {
                self.tokens.pop();
            }
            self.push(from, end, Kind::Number(number));
        } else {
            let kind = self.version(start, end).map_or_else(
                || Kind::Word(hint(&self.line[start..end])),
                |hint| Kind::Word([Some(hint), None]),
            );
            self.push(start, end, kind);
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        self.tokens.push(Token { start, end, kind });
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// The byte before a place, and the one before that.
    fn before(&self, at: usize) -> (Option<u8>, Option<u8>) {
        let back = |n| at.checked_sub(n).map(|at| self.bytes[at]);
        (back(1), back(2))
    }

    /// A text of `mbedtls_strerror` that begins with this word.
    fn text(&self, start: usize, end: usize) -> Option<(Kind, usize)> {
        if self.bytes[end..].first() != Some(&b' ') {
            return None;
        }
        let rest = &self.line[start..];
        if let Some((text, length)) = text::parse(rest) {
            return Some((Kind::Text(text), start + length));
        }
        let (name, length) = text::system(rest)?;
        Some((Kind::SystemText(name), start + length))
    }

    /// What a version behind the name of a product speaks for.
    fn version(&self, start: usize, end: usize) -> Option<&'static Hint> {
        let version = self.line[start..end].trim_start_matches(['v', 'V']);
        if !version.starts_with(|c: char| c.is_ascii_digit()) || self.byte(end) != Some(b'.') {
            return None;
        }
        let product = self.tokens.last()?;
        let close = start - product.end <= 2;
        close.then(|| version_hint(&self.line[product.start..product.end], version))?
    }

    /// A number that may be a code, with its sign; not a part of a date, a version or an address.
    fn number(&self, start: usize, end: usize) -> Option<(usize, Number)> {
        let word = &self.line[start..end];
        let after_sign = self.line[..start].ends_with('-');
        let (form, digits) = form(word, after_sign)?;
        let prefixed = word.len() != digits.len();
        if !prefixed && (self.is_part_of_something(start, end) || self.is_time(start, end)) {
            return None;
        }
        let radix = if form == Form::Decimal { 10 } else { 16 };
        let magnitude = u64::from_str_radix(digits, radix).ok()?;
        let (from, negative) = self.sign(start)?;
        let number = Number {
            negative,
            magnitude,
            form,
            digits: digits.len(),
        };
        Some((from, number))
    }

    /// Where a number with its sign begins, and whether there is a sign; `None` if the sign is a
    /// hyphen between words or numbers.
    fn sign(&self, start: usize) -> Option<(usize, bool)> {
        // Forums turn a hyphen into a dash.
        let dash = ["-", "\u{2212}", "\u{2013}", "\u{2010}", "\u{2011}"]
            .into_iter()
            .find(|dash| self.line[..start].ends_with(dash));
        let Some(dash) = dash else {
            return Some((start, false));
        };
        let from = start - dash.len();
        match self.before(from) {
            (Some(b'x'), Some(b'0')) => Some((from - 2, true)),
            (Some(b), _) if is_word(b) || matches!(b, b'-' | b'.' | b'/') => None,
            (Some(b), _) if !b.is_ascii() && self.ends_a_word(from) => None,
            (Some(b')' | b']'), _) => Some((start, false)),
            _ => Some((from, true)),
        }
    }

    /// Whether a letter of an alphabet ends here. Chinese, Japanese and Korean put no space before a
    /// number.
    fn ends_a_word(&self, end: usize) -> bool {
        let last = self.line[..end].chars().next_back();
        last.is_some_and(|c| c.is_alphabetic() && c < '\u{2E80}')
    }

    /// Whether digits are the time of a line of a log: `E (1234) tag:`, `[ 1234][E][file:`.
    fn is_time(&self, start: usize, end: usize) -> bool {
        let level = |c: char| "EWIDV".contains(c);
        let (head, tail) = (&self.line[..start], &self.line[end..]);
        if let (Some(head), Some(tail)) = (head.strip_suffix('('), tail.strip_prefix(')')) {
            let head = head.strip_suffix(' ').unwrap_or(head);
            let alone = |head: &str| !head.ends_with(|c: char| c.is_ascii_alphanumeric());
            let tail = tail.strip_prefix(' ').unwrap_or(tail);
            return head.strip_suffix(level).is_some_and(alone)
                && tail.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        }
        let head = head.trim_end_matches(' ');
        let tail = tail.strip_prefix("][");
        head.ends_with('[')
            && tail.is_some_and(|tail| tail.starts_with(level) && tail[1..].starts_with(']'))
    }

    /// Whether digits belong to a time, date, version, address, file position or percentage.
    fn is_part_of_something(&self, start: usize, end: usize) -> bool {
        let digit = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_digit());
        let joint = |b: u8| matches!(b, b'.' | b':' | b'/' | b',' | b'-' | b'#');
        let (before, second) = self.before(start);
        if before.is_some_and(|b| b == b'#' || joint(b) && second.is_some_and(is_word)) {
            // `file.c:4095`, `12:30`, `1.2`; but `ret:-1` and `code,-1` have their sign between.
            let word_before = second.is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
            let assigned = before == Some(b':') && word_before && !self.follows_file(start - 1);
            if !assigned {
                return true;
            }
        }
        let after = self.byte(end);
        // "16进制": the base of a numeral.
        let base = self.line[end..].starts_with(['\u{8FDB}', '\u{9032}']);
        after == Some(b'%')
            || base
            || after.is_some_and(joint) && digit(self.byte(end + 1))
            || after == Some(b'-')
                && self
                    .byte(end + 1)
                    .is_some_and(|b| b.is_ascii_alphanumeric())
    }

    /// Whether the word that ends here is the name of a source file.
    fn follows_file(&self, end: usize) -> bool {
        let head = &self.line[..end];
        [".c", ".h", ".cpp", ".cc", ".py", ".rs", ".go", ".jl", ".S"]
            .into_iter()
            .any(|extension| head.ends_with(extension))
    }
}

/// How a word is written as a number, and its digits; `after_sign` says that a minus is before it.
fn form(word: &str, after_sign: bool) -> Option<(Form, &str)> {
    let hex = |digits: &str| digits.bytes().all(|b| b.is_ascii_hexdigit());
    let prefixed = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"));
    if let Some(digits) = prefixed {
        let digits = digits.trim_end_matches(['u', 'U', 'l', 'L']);
        return (!digits.is_empty() && hex(digits) && digits.len() <= 16)
            .then_some((Form::Hex, digits));
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return (word.len() <= 20).then_some((Form::Decimal, word));
    }
    // Four or eight digits, or sixteen: what `%x` makes of a negative number.
    let bare = hex(word) && matches!(word.len(), 4 | 8 | 16);
    // `-4e`, which no option of a program looks like.
    let short = after_sign
        && matches!(word.len(), 2 | 3)
        && hex(word)
        && word.starts_with(|c: char| c.is_ascii_digit());
    (bare || short).then_some((Form::BareHex, word))
}
