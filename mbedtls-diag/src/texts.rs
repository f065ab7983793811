//! What each code of Mbed TLS 3.6 and each PSA status means, in one line.
#![allow(
    clippy::wildcard_imports,
    reason = "the constants are the codes, one for each text"
)]

mod crypto;
mod keys;
mod psa;
mod ssl;
mod x509;

use crate::name::Name;
use crate::tables::names::MAGNITUDES;

/// A magnitude and its text.
type Text = (u16, &'static str);

/// The text of each name, in the order of the names. A name without a text does not compile.
static TEXTS: [&str; MAGNITUDES.len()] = {
    let mut texts = [""; MAGNITUDES.len()];
    let groups = [
        crypto::TEXTS,
        keys::TEXTS,
        psa::TEXTS,
        ssl::TEXTS,
        x509::TEXTS,
    ];
    let mut group = 0;
    while group < groups.len() {
        let mut i = 0;
        while i < groups[group].len() {
            let (magnitude, text) = groups[group][i];
            match Name::find(magnitude as u32) {
                Some(name) => texts[name.index()] = text,
                None => unreachable!(),
            }
            i += 1;
        }
        group += 1;
    }
    let mut i = 0;
    while i < texts.len() {
        assert!(!texts[i].is_empty(), "a code has no text");
        i += 1;
    }
    texts
};

impl Name {
    /// What the code means, in one line of plain words.
    ///
    /// ```
    /// let name = mbedtls_diag::name(-0x2700).unwrap();
    /// assert_eq!(name.describe(), "the peer's certificate was not accepted");
    /// ```
    pub const fn describe(self) -> &'static str {
        TEXTS[self.index()]
    }
}

/// What a code means, in one line of plain words; of a combined code, its high-level part, or the
/// low-level part if that alone is known.
///
/// ```
/// use mbedtls_diag::{describe, low};
///
/// let code = -0x112C;
/// assert_eq!(describe(code), Some("what stands between the PEM lines is damaged"));
/// assert_eq!(low(code).unwrap().describe(), "a character is not base64");
/// assert_eq!(describe(7), None);
/// ```
pub const fn describe(code: i32) -> Option<&'static str> {
    let name = match crate::name(code) {
        Some(name) => Some(name),
        None => match crate::high(code) {
            Some(high) => Some(high),
            None => crate::low(code),
        },
    };
    match name {
        Some(name) => Some(name.describe()),
        None => None,
    }
}
