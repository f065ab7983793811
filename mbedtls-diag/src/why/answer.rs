//! The answer.

use serde::Serialize;

/// Why a symbol is not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Cause {
    /// An option that the function needs is off.
    OptionOff,
    /// The file that defines it was compiled with the option off: the object is there and empty.
    CompiledEmpty,
    /// The file that defines it is not among those that the build compiles.
    NotInBuild,
    /// The PSA core is elsewhere: this image has its client only.
    PsaClientOnly,
    /// An `_ALT` macro took the body out, and nobody brings another.
    AltWithoutBody,
    /// Two configuration headers that differ are in use.
    HeadersDiffer,
    /// The library is not linked.
    NotLinked,
    /// The library comes too early on the linker's command line.
    LinkOrder,
    /// The configuration has it, the library does not: it was built before.
    StaleBuild,
    /// Private since 4.0.
    PrivateIn4,
    /// Removed in a later version.
    Removed,
    /// It goes by another name in a later version.
    Renamed,
    /// Only a later version than the one that is used has it.
    NotYet,
    /// C++ asks for a mangled name.
    CxxLinkage,
    /// A macro, or a function with its body in a header: whoever asks for a symbol was compiled against other headers.
    NotASymbol,
    /// The application brings it.
    ApplicationProvides,
    /// No such function, but one with a similar name.
    Typo,
    /// It belongs to something else.
    NotMbedtls,
    /// Nothing is known about it.
    Unknown,
}

impl Cause {
    /// The word that stands for it in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::OptionOff => "option-off",
            Self::CompiledEmpty => "compiled-empty",
            Self::NotInBuild => "not-in-build",
            Self::PsaClientOnly => "psa-client-only",
            Self::AltWithoutBody => "alt-without-body",
            Self::HeadersDiffer => "headers-differ",
            Self::NotLinked => "not-linked",
            Self::LinkOrder => "link-order",
            Self::StaleBuild => "stale-build",
            Self::PrivateIn4 => "private-in-4",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::NotYet => "not-yet",
            Self::CxxLinkage => "cxx-linkage",
            Self::NotASymbol => "not-a-symbol",
            Self::ApplicationProvides => "application-provides",
            Self::Typo => "typo",
            Self::NotMbedtls => "not-mbedtls",
            Self::Unknown => "unknown",
        }
    }
}

/// The answer about one symbol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// The version of this form: fields may be added under the same number, none changes or goes.
    pub schema: u32,
    /// The symbol, without what a compiler or linker put around it.
    pub symbol: String,
    /// The file that defines it.
    pub defined_in: Option<String>,
    /// The condition under which it does, in the notation of C without `defined`.
    pub condition: Option<String>,
    /// The options that it takes, its own first, then what they depend on.
    pub requires: Vec<String>,
    /// Why it is not found.
    pub cause: Cause,
    /// True when what was given (log, configuration, library) shows the cause; false when it is what is most usual.
    pub shown: bool,
    /// What is missing in the configuration that was given.
    pub missing: Vec<String>,
    /// The smallest set of lines that brings it to the configuration that was given.
    pub lines: Vec<String>,
    /// The lines for `mbedtls_config.h`.
    pub mbedtls_config: Vec<String>,
    /// The lines for Zephyr; an era before a colon where eras differ.
    pub zephyr: Vec<String>,
    /// The lines for the nRF Connect SDK.
    pub ncs: Vec<String>,
    /// The lines for ESP-IDF; an era before a colon where eras differ.
    pub esp_idf: Vec<String>,
    /// The features of the crate `mbedtls-psa` that bring it.
    pub features: Vec<&'static str>,
    /// The versions of Mbed TLS in which it is public.
    pub versions: Vec<&'static str>,
    /// Names that may be meant.
    pub near: Vec<String>,
    /// What to do, the most promising first.
    pub actions: Vec<String>,
    /// What else to know.
    pub notes: Vec<String>,
}

impl Answer {
    pub(super) fn new(symbol: &str, cause: Cause) -> Self {
        Self {
            schema: 1,
            symbol: symbol.to_owned(),
            defined_in: None,
            condition: None,
            requires: Vec::new(),
            cause,
            shown: false,
            missing: Vec::new(),
            lines: Vec::new(),
            mbedtls_config: Vec::new(),
            zephyr: Vec::new(),
            ncs: Vec::new(),
            esp_idf: Vec::new(),
            features: Vec::new(),
            versions: Vec::new(),
            near: Vec::new(),
            actions: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// True when something is known about the symbol.
    pub fn is_recognised(&self) -> bool {
        self.cause != Cause::Unknown
    }
}
