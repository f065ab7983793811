//! Numbers, names and texts that stand side by side and speak of one code.
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::evidence::{Axis, Evidence};
use super::reading::{Candidate, Meaning};
use super::scan::{Form, Kind, Number, Token};
use super::{Notation, names, number};

/// Numbers, names and texts side by side, and what they can mean.
#[derive(Debug)]
pub(super) struct Group {
    pub start: usize,
    pub end: usize,
    /// Best first.
    pub readings: Vec<Candidate>,
    /// A name and a number that contradict each other.
    pub conflict: bool,
    /// Whether a name or a text is among its members.
    named: bool,
    /// Whether a name is among them that at least begins with its module.
    spelled: bool,
    pub evidence: Evidence,
    /// The word that speaks loudest for the best reading.
    pub witness: Option<(usize, usize)>,
    shape: Shape,
}

/// How much the form alone speaks for a code, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    /// A decimal number without a sign, a name without its prefix.
    Bare,
    Usual,
    /// Four hexadecimal digits behind a minus sign, a two's complement of 32 bits, a whole name.
    Plain,
}

/// Finds the groups of a line.
pub(super) fn groups(line: &str, tokens: &[Token], before: &Evidence) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let line_of = Line {
        text: line,
        tokens,
        speaking: speaking(tokens),
        before,
    };
    let mut at = 0;
    // What was looked at for the group before it, and did not belong there.
    let mut ahead: Option<(usize, (Group, usize))> = None;
    while at < tokens.len() {
        let known = ahead.take_if(|(i, _)| *i == at).map(|(_, known)| known);
        let Some((mut group, mut next)) = known.or_else(|| single(&line_of, at)) else {
            at += 1;
            continue;
        };
        let mut last = next - 1;
        while let Some(i) = beside(line, tokens, last) {
            let Some((other, after)) = single(&line_of, i) else {
                break;
            };
            let tight = is_tight(&line[tokens[last].end..tokens[i].start]);
            if !merge(&mut group, &other, tight) {
                ahead = Some((i, (other, after)));
                break;
            }
            last = after - 1;
            next = after;
        }
        group.end = closed(line, group.start, group.end);
        groups.push(group);
        at = next;
    }
    confirm_by_name(&mut groups);
    groups
}

/// A line, cut into tokens.
struct Line<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// The tokens that speak for an owner.
    speaking: Vec<usize>,
    /// What earlier lines said.
    before: &'a Evidence,
}

fn speaking(tokens: &[Token]) -> Vec<usize> {
    let speaks = |token: &Token| matches!(&token.kind, Kind::Word(hints) if hints.iter().any(Option::is_some));
    let all = tokens.iter().enumerate();
    all.filter(|(_, token)| speaks(token))
        .map(|(i, _)| i)
        .collect()
}

/// A name anywhere in the line speaks for the number that it names.
fn confirm_by_name(groups: &mut [Group]) {
    /// More names in a line are a list of them.
    const MOST: usize = 3;
    let names = groups.iter().enumerate().filter(|(_, group)| group.named);
    let names: Vec<usize> = names.map(|(i, _)| i).take(MOST + 1).collect();
    if names.len() > MOST {
        return;
    }
    for name in names {
        let said = groups[name].readings.clone();
        let numbers = groups.iter_mut().filter(|group| !group.named);
        for group in numbers {
            let agree = |reading: &Candidate| said.iter().any(|said| said.agrees(reading));
            let agreeing = group.readings.iter_mut().filter(|reading| agree(reading));
            let mut agreed = false;
            for reading in agreeing {
                reading.confirmed = true;
                reading.score += 30;
                agreed = true;
            }
            if agreed {
                group.readings.sort_by_key(|reading| Reverse(reading.score));
            }
        }
    }
}

/// The end of a piece together with the bracket that closes one in it.
fn closed(line: &str, start: usize, end: usize) -> usize {
    let piece = &line[start..end];
    let open = piece.matches('(').count() > piece.matches(')').count();
    let closes = line[end..].starts_with(')');
    end + usize::from(open && closes)
}

/// The token that follows with nothing but punctuation or a connecting word between.
fn beside(line: &str, tokens: &[Token], last: usize) -> Option<usize> {
    const CONNECTING: &[&str] = &[
        "or",
        "aka",
        "is",
        "i",
        "e",
        "ie",
        "eq",
        "equals",
        "hex",
        "dec",
        "decimal",
        "error",
        "code",
        "which",
        "means",
        "psa_status_t",
        "0x",
    ];
    let mut i = last + 1;
    while let Some(token) = tokens.get(i) {
        let word = &line[token.start..token.end];
        let connecting = matches!(token.kind, Kind::Word(_))
            && CONNECTING
                .iter()
                .any(|other| other.eq_ignore_ascii_case(word));
        if !connecting || i > last + 3 {
            break;
        }
        i += 1;
    }
    let token = tokens.get(i)?;
    let gap = &line[tokens[last].end..token.start];
    (gap.len() <= 24).then_some(i)
}

/// Whether two things are written as one: `-134 = NAME`, `NAME (-134)`.
fn is_tight(gap: &str) -> bool {
    let gap = gap.trim_matches([' ', '\'', '"', '`', '*']);
    gap.len() <= 3 && gap.chars().all(|c| "(=:,-)['".contains(c) || c == ' ')
        || gap == "((psa_status_t)"
}

/// A group of one member, and the index behind it.
fn single(whole: &Line<'_>, at: usize) -> Option<(Group, usize)> {
    let Line {
        text: line, tokens, ..
    } = *whole;
    let token = &tokens[at];
    let mut group = Group {
        start: token.start,
        end: token.end,
        readings: Vec::new(),
        conflict: false,
        named: false,
        spelled: false,
        evidence: Evidence::default(),
        witness: None,
        shape: Shape::Plain,
    };
    let mut next = at + 1;
    match &token.kind {
        Kind::Number(number) => {
            (group.evidence, group.witness) = evidence(whole, at);
            if let Some(axis) = result_beside(line, tokens, at) {
                group.evidence.set(axis);
            }
            if prints_hex(line, tokens, at) {
                group.evidence.set(Axis::PrintsHex);
            }
            let resolver = |token: &Token| matches!(token.kind, Kind::SystemText(name) if name.starts_with("EAI_"));
            if tokens[at + 1..].iter().take(2).any(resolver) {
                group.evidence.set(Axis::Resolver);
            }
            group.readings = if let Some(first) = cme(line, tokens, at) {
                group.start = first;
                let value = i64::try_from(number.magnitude).ok()?;
                [Candidate::new(value, Notation::Positive, Meaning::Cme, 90)].into()
            } else {
                number::readings(number, &group.evidence)
            };
            group.shape = shape(number);
        }
        Kind::Text(text) => {
            group.readings = names::of_text(*text);
            group.named = true;
            group.spelled = true;
        }
        Kind::SystemText(name) => {
            group.readings = names::of_system_text(name)?;
            group.shape = Shape::Bare;
        }
        Kind::Word(_) => {
            let named = names::readings(&line[token.start..token.end])?;
            group.readings = named.readings;
            if !named.whole {
                group.shape = Shape::Bare;
            }
            group.named = named.whole;
            group.spelled = named.whole || named.module;
            if let Some((readings, end)) = plus(line, tokens, at, &group.readings) {
                group.readings = readings;
                group.end = tokens[end].end;
                next = end + 1;
            }
        }
    }
    (!group.readings.is_empty()).then_some((group, next))
}

/// Whether the words right before a number call it an error or a result.
fn result_beside(line: &str, tokens: &[Token], at: usize) -> Option<Axis> {
    const BETWEEN: &[&str] = &[
        "is", "was", "of", "value", "the", "a", "code", "codes", "number", "with", "int", "0x",
    ];
    let mut code = false;
    for i in (at.saturating_sub(4)..at).rev() {
        let token = &tokens[i];
        if tokens[i + 1].start - token.end > 6 {
            return None;
        }
        let word = &line[token.start..token.end];
        let is = |other: &&str| other.eq_ignore_ascii_case(word);
        if let Some(axis) = super::evidence::beside(word) {
            return Some(axis);
        }
        if !BETWEEN.iter().any(is) {
            let gap = &line[token.end..tokens[i + 1].start];
            let Kind::Word(hints) = &token.kind else {
                return None;
            };
            let function = hints.iter().flatten().any(|hint| hint.is_function());
            let assigned = gap.contains([':', '=', '>']);
            return (function && assigned || code).then_some(Axis::ResultBeside);
        }
        code |= is(&"code") || is(&"codes");
    }
    code.then_some(Axis::ResultBeside)
}

/// Whether this is `mbedtls_ssl_handshake error: -4c` or `TLS recv error: -4c`: programs that print
/// so (`MicroPython`, Zephyr) print hexadecimal digits without `0x`.
fn prints_hex(line: &str, tokens: &[Token], at: usize) -> bool {
    let word = |back: usize| {
        let token = tokens.get(at.checked_sub(back)?)?;
        Some(&line[token.start..token.end])
    };
    let Some(error) = at.checked_sub(1).map(|i| &tokens[i]) else {
        return false;
    };
    let printed = line[error.end..].starts_with(": -") && word(1) == Some("error");
    let function = word(2).is_some_and(|word| word.starts_with("mbedtls_"));
    let zephyr = matches!(word(2), Some("recv" | "send" | "handshake"))
        && matches!(word(3), Some("TLS" | "DTLS"));
    printed && (function || zephyr)
}

fn shape(number: &Number) -> Shape {
    let decimal = number.form == Form::Decimal;
    match number.negative {
        // `-4e` is rarely anything at all.
        true if number.form == Form::BareHex && number.digits < 4 => Shape::Bare,
        _ if number.magnitude >= 0xFFFF_0000 => Shape::Plain,
        true if !decimal || number.magnitude >= 0x1000 => Shape::Plain,
        false if decimal => Shape::Bare,
        _ => Shape::Usual,
    }
}

/// Two names joined by a plus: their readings, and the index of the second name.
fn plus(
    line: &str,
    tokens: &[Token],
    at: usize,
    high: &[Candidate],
) -> Option<(Vec<Candidate>, usize)> {
    let second = tokens.get(at + 1)?;
    if line[tokens[at].end..second.start].trim() != "+" {
        return None;
    }
    let low = names::readings(&line[second.start..second.end])?;
    let readings = names::joined(high, &low.readings);
    (!readings.is_empty()).then_some((readings, at + 1))
}

/// Where `+CME ERROR` begins, if it stands before a number.
fn cme(line: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let word = |back: usize, other: &str| {
        let token = &tokens[at.checked_sub(back)?];
        let is = line[token.start..token.end].eq_ignore_ascii_case(other);
        is.then_some(token.start)
    };
    let start = match word(1, "error") {
        Some(_) => word(2, "cme")?,
        None => word(1, "cme")?,
    };
    Some(start - usize::from(line[..start].ends_with('+')))
}

/// What the words around a token say, and which of them speaks loudest.
fn evidence(whole: &Line<'_>, at: usize) -> (Evidence, Option<(usize, usize)>) {
    const NEAR: usize = 60;
    const FAR: usize = 200;
    /// Of so many words the nearest ones have said everything.
    const MOST: usize = 12;
    let Line {
        text: line, tokens, ..
    } = *whole;
    let (earlier, later) = {
        let here = whole.speaking.partition_point(|i| *i < at);
        whole.speaking.split_at(here)
    };
    let mut evidence = *whole.before;
    let mut witness = None;
    let here = &tokens[at];
    let mut take = |token: &Token, distance: usize, share: i16| {
        let Kind::Word(hints) = &token.kind else {
            return;
        };
        let share = if distance <= NEAR {
            share
        } else {
            share * 6 / 10
        };
        for hint in hints.iter().flatten() {
            evidence.add(hint, share);
            let loudness = hint.loudness() * share;
            if witness.is_none_or(|(best, _)| loudness > best) && hint.is_about_owner() {
                witness = Some((loudness, (token.start, token.end)));
            }
        }
    };
    for token in earlier.iter().rev().take(MOST).map(|i| &tokens[*i]) {
        let distance = here.start - token.end;
        if distance > FAR {
            break;
        }
        take(token, distance, 100);
    }
    for token in later.iter().take(MOST / 2).map(|i| &tokens[*i]) {
        let distance = token.start - here.end;
        if distance > FAR / 2 {
            break;
        }
        take(token, distance, 70);
    }
    if is_file_line(line, here) {
        evidence.add(&super::evidence::NOT_A_RESULT, 100);
    }
    (evidence, witness.map(|(_, span)| span))
}

/// `(file.c 123)`: the number of a line.
fn is_file_line(line: &str, token: &Token) -> bool {
    let head = line[..token.start].trim_end_matches([' ', '(', '[', ']', ':']);
    [".c", ".h", ".cpp", ".py"]
        .into_iter()
        .any(|end| head.ends_with(end))
}

/// Joins another member to a group, if the two agree or contradict each other; `tight` says that
/// they are written as one.
fn merge(group: &mut Group, other: &Group, tight: bool) -> bool {
    let by_name = group.named || other.named;
    let mut agreed = false;
    for reading in &mut group.readings {
        if other.readings.iter().any(|o| o.agrees(reading)) {
            reading.confirmed = true;
            reading.named |= by_name;
            reading.score += 40;
            agreed = true;
        }
    }
    if agreed {
        adopt_versions(group, other);
    } else if tight && group.spelled != other.spelled && speaks(group) && speaks(other) {
        group.conflict = true;
        group.readings.extend_from_slice(&other.readings);
    } else {
        return false;
    }
    if group.evidence == Evidence::default() {
        group.evidence = other.evidence;
    }
    group.witness = group.witness.or(other.witness);
    group.named |= other.named;
    group.spelled |= other.spelled;
    group.shape = group.shape.max(other.shape);
    group.end = other.end;
    group.readings.sort_by_key(|reading| Reverse(reading.score));
    true
}

/// Whether the best reading is more than a guess.
fn speaks(group: &Group) -> bool {
    group
        .readings
        .first()
        .is_some_and(|best| best.score >= 30 && best.meaning != Meaning::Unknown)
}

/// A name or text beside a number narrows down the versions.
fn adopt_versions(group: &mut Group, other: &Group) {
    for reading in &mut group.readings {
        let Meaning::Mbedtls(parts) = &mut reading.meaning else {
            continue;
        };
        let same = other.readings.iter().filter(|o| o.value == reading.value);
        for o in same {
            if let Meaning::Mbedtls(theirs) = o.meaning {
                let both = parts.versions.intersection(theirs.versions);
                if !both.is_empty() {
                    parts.versions = both;
                }
            }
        }
    }
}

impl Group {
    /// How surely this is a code and not some other number.
    pub(super) fn weight(&self) -> i16 {
        let best = self.readings.first().map_or(0, |best| best.score);
        let doubt = self.evidence.of(Axis::Other);
        let result = self.evidence.of(Axis::Result).min(20);
        let beside = self.evidence.has(Axis::ErrorBeside) || self.evidence.has(Axis::ResultBeside);
        let confirmed = self.readings.iter().any(|r| r.confirmed);
        let shape = match self.shape {
            Shape::Plain => 6,
            // A bare positive number is no result unless it is called one.
            Shape::Bare if !beside && !confirmed => -40,
            Shape::Bare | Shape::Usual => 0,
        };
        best + result + shape - doubt
    }
}
