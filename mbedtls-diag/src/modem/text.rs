//! From pasted text to the two base64url parts of an answer.

use std::borrow::Cow;
use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};

use super::KeygenError;

/// Far more than any answer; what is longer is not one.
const MAX_TEXT: usize = 1 << 20;

/// Something that was wrong with the pasted text and was put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Repair {
    /// `+` and `/` stood where base64url has `-` and `_`.
    StandardAlphabet,
    /// `=` stood at the end of a part; the modem sends none.
    Padding,
    /// The text was broken into lines.
    LineBreaks,
    /// The second part is missing.
    NoSecondPart,
    /// Another tool had removed the NULL parameters; the modem's statement is about the request as it was before.
    NormalizedBefore,
}

impl fmt::Display for Repair {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::StandardAlphabet => {
                "the text is in the standard base64 alphabet, the modem writes base64url; it was read all the same"
            }
            Self::Padding => "padding (`=`) was removed; the modem writes none",
            Self::LineBreaks => "line breaks inside the answer were removed",
            Self::NormalizedBefore => {
                "the request was normalized before it came here; the modem's statement fits the form that it wrote"
            }
            Self::NoSecondPart => {
                "the part after the dot is missing, so device UUID and sec_tag are not known"
            }
        })
    }
}

/// The decoded parts of an answer.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) body: Vec<u8>,
    pub(super) cose: Option<Vec<u8>>,
    pub(super) repairs: Vec<Repair>,
}

/// Finds the answer in `text` and decodes both of its parts.
pub(super) fn parts(text: &str) -> Result<Parts, KeygenError> {
    if text.len() > MAX_TEXT {
        return Err(KeygenError::TooLong);
    }
    let mut repairs = Vec::new();
    let answer = answer(text)?;
    let mut packed = String::with_capacity(answer.len());
    for character in answer.chars() {
        match character {
            '\n' | '\r' => note(&mut repairs, Repair::LineBreaks),
            ' ' | '\t' => {}
            '+' | '/' => {
                note(&mut repairs, Repair::StandardAlphabet);
                packed.push(if character == '+' { '-' } else { '_' });
            }
            '=' => note(&mut repairs, Repair::Padding),
            '.' | '-' | '_' => packed.push(character),
            other if other.is_ascii_alphanumeric() => packed.push(other),
            other => return Err(KeygenError::Character(other)),
        }
    }
    let mut split = packed.split('.').filter(|part| !part.is_empty());
    let body = decode(split.next().ok_or(KeygenError::Empty)?)?;
    let cose = split.next().map(decode).transpose()?;
    if split.next().is_some() {
        return Err(KeygenError::TooManyParts);
    }
    if cose.is_none() {
        note(&mut repairs, Repair::NoSecondPart);
    }
    repairs.sort_unstable();
    Ok(Parts {
        body,
        cose,
        repairs,
    })
}

fn note(repairs: &mut Vec<Repair>, repair: Repair) {
    if !repairs.contains(&repair) {
        repairs.push(repair);
    }
}

/// What does not decode now lacks its end: a lone last character, or bits in it that belong to no byte.
fn decode(part: &str) -> Result<Vec<u8>, KeygenError> {
    Base64UrlUnpadded::decode_vec(part).map_err(|_| KeygenError::CutOff)
}

/// The characters of the answer, between the quotation marks where there are any.
fn answer(text: &str) -> Result<Cow<'_, str>, KeygenError> {
    if let Some(code) = cme_error(text) {
        return Err(KeygenError::Refused(code));
    }
    // Pasted from a script or from JSON, quotation marks and line ends are escaped.
    let text = if text.contains('\\') {
        Cow::Owned(
            text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\\"", "\"")
                .replace("\\=", "="),
        )
    } else {
        Cow::Borrowed(text)
    };
    let start = text.to_ascii_uppercase().rfind("%KEYGEN:").map(|at| at + 8);
    let rest = text[start.unwrap_or(0)..].trim_start();
    let found = match rest.split_once('"') {
        Some((before, quoted)) if start.is_some() || before.trim().is_empty() => {
            quoted.split('"').next().unwrap_or(quoted)
        }
        _ => unquoted(rest),
    };
    let found = found.trim();
    match found {
        "" if text.trim().is_empty() => Err(KeygenError::Empty),
        "" | "OK" | "ERROR" => Err(KeygenError::NoAnswer),
        _ if found.contains("-----BEGIN") => Err(KeygenError::Pem),
        _ => Ok(Cow::Owned(found.to_owned())),
    }
}

/// Without quotation marks the answer ends at a blank line or at the line that ends every answer of a modem.
fn unquoted(text: &str) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if matches!(line.trim(), "" | "OK" | "ERROR") {
            break;
        }
        end += line.len();
    }
    if end == 0 {
        text.lines().next().unwrap_or_default()
    } else {
        &text[..end]
    }
}

fn cme_error(text: &str) -> Option<u16> {
    let rest = &text[text.find("+CME ERROR:")? + "+CME ERROR:".len()..];
    let digits = rest.trim_start();
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    digits[..end].parse().ok()
}
