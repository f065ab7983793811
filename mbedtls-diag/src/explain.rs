//! From pasted text to what its codes mean.
//!
//! [`explain`] finds the codes of Mbed TLS, PSA and TF-M in free text, in every form in which people
//! meet them, and says what each can mean, the likeliest reading first. Numbers that belong to
//! somebody else are said to be so.
//!
//! ```
//! use mbedtls_diag::explain::{Domain, Options, explain};
//!
//! let report = explain("error code 0xc680", &Options::default());
//! let best = &report.findings[0].readings[0];
//! assert_eq!(best.value, -14720);
//! assert_eq!(best.domain, Domain::Mbedtls);
//! assert_eq!(best.names, ["MBEDTLS_ERR_PK_FEATURE_UNAVAILABLE"]);
//! ```
mod advice;
mod alert;
mod decode;
mod evidence;
mod group;
mod names;
mod number;
mod owners;
mod reading;
mod report;
mod scan;
mod text;
mod values;
mod versions;
mod words;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use evidence::Evidence;

pub use report::explain;
pub use versions::{Version, Versions};

/// What is known of the system that the text comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    mbedtls: Option<Version>,
    platform: Option<Platform>,
}

impl Options {
    /// The version of Mbed TLS is known: readings of other versions are left out.
    #[must_use]
    pub const fn mbedtls(mut self, version: Version) -> Self {
        self.mbedtls = Some(version);
        self
    }

    /// It is known where the text was written: other numberings of errno move back.
    #[must_use]
    pub const fn platform(mut self, platform: Platform) -> Self {
        self.platform = Some(platform);
        self
    }
}

/// A system, with its numbering of errno and its other owners of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Platform {
    /// Zephyr.
    Zephyr,
    /// The nRF Connect SDK: Zephyr with TF-M and a modem.
    Ncs,
    /// ESP-IDF.
    EspIdf,
    /// Linux, and programs that run on it.
    Linux,
}

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report<'a> {
    /// Each distinct code, in the order in which they appear.
    pub findings: Vec<Finding<'a>>,
    /// Whether there were more codes than a report holds.
    pub truncated: bool,
}

impl Report<'_> {
    /// Whether anything was recognised.
    pub fn is_recognised(&self) -> bool {
        let mut best = self
            .findings
            .iter()
            .filter_map(|finding| finding.readings.first());
        best.any(|reading| reading.domain != Domain::Unknown || !reading.names.is_empty())
    }
}

/// A code as it stands in the text, and what it can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding<'a> {
    /// The piece of the text.
    pub text: &'a str,
    /// How often it stands there.
    pub count: usize,
    /// What it can mean, best first; never empty.
    pub readings: Vec<Reading>,
    /// Why it is not plain: two owners, two versions, a name that contradicts its number.
    pub notes: Vec<String>,
}

/// One way to read a code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// The value as the function returned it.
    pub value: i64,
    /// How it was written.
    pub notation: Notation,
    /// Whose number it is.
    pub domain: Domain,
    /// The macros, the one to say first; empty if nobody named the number.
    pub names: Vec<&'static str>,
    /// The high-level macro of an Mbed TLS code up to 3.6.
    pub high: Option<&'static str>,
    /// The low-level macro of an Mbed TLS code up to 3.6.
    pub low: Option<&'static str>,
    /// The PSA status.
    pub psa: Option<&'static str>,
    /// The module or system that defines it.
    pub module: Option<&'static str>,
    /// The header that defines it.
    pub header: Option<&'static str>,
    /// The versions of Mbed TLS and TF-M in which it means this.
    pub versions: Versions,
    /// How sure the reading is.
    pub certainty: Certainty,
    /// What it means.
    pub meaning: Cow<'static, str>,
    /// What usually leads to it.
    pub causes: Vec<Cow<'static, str>>,
    /// What to do about it.
    pub actions: Vec<&'static str>,
    /// Why it is read so.
    pub reason: String,
}

/// Whose number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Domain {
    /// Mbed TLS.
    Mbedtls,
    /// The PSA Crypto API.
    Psa,
    /// TF-M.
    Tfm,
    /// The C library or an RTOS.
    Errno,
    /// wolfSSL.
    Wolfssl,
    /// ESP-IDF.
    EspIdf,
    /// A cellular modem.
    Modem,
    /// No error at all.
    Success,
    /// Nobody known, or somebody who has no domain of their own: then `module` says who.
    Unknown,
}

impl Domain {
    /// The name in the JSON output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mbedtls => "mbedtls",
            Self::Psa => "psa",
            Self::Tfm => "tfm",
            Self::Errno => "errno",
            Self::Wolfssl => "wolfssl",
            Self::EspIdf => "esp-idf",
            Self::Modem => "modem",
            Self::Success => "success",
            Self::Unknown => "unknown",
        }
    }
}

/// How a value was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Notation {
    /// `-14720`.
    Decimal,
    /// `-0x3980`.
    Hex,
    /// `0x3980`, `14720`: without its sign.
    PositiveMagnitude,
    /// `0xC680`, `50816`: cut off to 16 bits.
    U16,
    /// `0xFFFFC680`, `4294952576`: printed as unsigned.
    U32,
    /// The same with 64 bits.
    U64,
    /// `-3980` for `-0x3980`.
    HexWithoutPrefix,
    /// `-0xfffffff9` for 7.
    NegatedUnsigned,
    /// A positive number that is meant so.
    Positive,
    /// A macro.
    Name,
    /// A text of `mbedtls_strerror`.
    StrerrorText,
}

impl Notation {
    /// The name in the JSON output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decimal => "decimal",
            Self::Hex => "hex",
            Self::PositiveMagnitude => "positive-magnitude",
            Self::U16 => "u16-twos-complement",
            Self::U32 => "u32-twos-complement",
            Self::U64 => "u64-twos-complement",
            Self::HexWithoutPrefix => "hex-without-prefix",
            Self::NegatedUnsigned => "negated-unsigned",
            Self::Positive => "positive",
            Self::Name => "name",
            Self::StrerrorText => "strerror-text",
        }
    }

    /// What was done to the value, in words.
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Decimal => "a decimal number with its sign",
            Self::Hex => "a hexadecimal number with its sign",
            Self::PositiveMagnitude => "the magnitude, without the minus sign",
            Self::U16 => "cut off to 16 bits, which loses the sign",
            Self::U32 => "a negative number printed as unsigned, 32 bits",
            Self::U64 => "a negative number printed as unsigned, 64 bits",
            Self::HexWithoutPrefix => "hexadecimal digits without 0x",
            Self::NegatedUnsigned => "a positive number that was negated before it was printed",
            Self::Positive => "a positive number",
            Self::Name => "a name",
            Self::StrerrorText => "the text of mbedtls_strerror, read backwards",
        }
    }
}

/// How sure a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// Another reading fits better.
    Unlikely,
    /// It may well be, and so may another.
    Possible,
    /// Nothing speaks against it, and nothing else fits as well.
    Likely,
    /// Two pieces of the text say the same, or it is written by name.
    Certain,
}

impl Certainty {
    /// The name in the JSON output.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unlikely => "unlikely",
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
