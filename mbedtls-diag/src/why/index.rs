//! What is known about a name: which versions have it, which file defines it.

use mbedtls_config::facts::{Function, Kind, Version};

use super::later::{self, Fate};

/// A name in the tables.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) name: String,
    /// Its definitions, the newest version first.
    entries: Vec<(Version, &'static Function)>,
}

impl Known {
    /// Looks a name up in every version.
    pub(super) fn find(name: &str) -> Option<Self> {
        let mut entries = Vec::new();
        for version in Version::ALL.into_iter().rev() {
            let functions = version.facts().functions.iter();
            let own = functions.filter(|function| function.name == name);
            entries.extend(own.map(|function| (version, function)));
        }
        (!entries.is_empty()).then(|| Self {
            name: name.to_owned(),
            entries,
        })
    }

    /// The definition that counts: in the asked version if it has one, else in the newest one that a linker could find.
    pub(super) fn definition(&self, version: Option<Version>) -> Option<&'static Function> {
        let symbols = || {
            self.entries
                .iter()
                .filter(|(_, function)| function.kind.is_symbol())
        };
        let asked = symbols().find(|(known, _)| Some(*known) == version);
        asked
            .or_else(|| symbols().next())
            .map(|(_, function)| *function)
    }

    /// Any entry of the newest version that knows the name.
    pub(super) fn newest(&self) -> (Version, &'static Function) {
        self.entries[0]
    }

    /// True when the version has it as something that a linker can find.
    pub(super) fn is_symbol_in(&self, version: Version) -> bool {
        self.has(version, |function| function.kind.is_symbol())
    }

    /// The first version that has it as something that a linker can find, when that is later than the asked one.
    pub(super) fn later_than(&self, asked: Version) -> Option<Version> {
        let first = Version::ALL
            .into_iter()
            .find(|version| self.is_symbol_in(*version))?;
        let place = |wanted: Version| Version::ALL.iter().position(|version| *version == wanted);
        (place(first) > place(asked)).then_some(first)
    }

    /// True when the newest version has the name, but not for the linker: a macro, or a body in a header.
    pub(super) fn is_header_only(&self) -> bool {
        !self.is_symbol_in(Version::V3_6)
            && self.has(Version::V3_6, |function| {
                matches!(function.kind, Kind::Inline | Kind::Macro)
            })
    }

    /// True when the headers of the newest version declare it and no file defines it.
    pub(super) fn is_declared_only(&self) -> bool {
        let (version, _) = self.newest();
        !self.is_symbol_in(version) && self.has(version, |function| function.kind == Kind::Declared)
    }

    /// True when only the library itself calls it.
    pub(super) fn is_internal(&self) -> bool {
        self.definition(None)
            .is_some_and(|function| function.kind == Kind::Internal)
    }

    fn has(&self, version: Version, test: impl Fn(&Function) -> bool) -> bool {
        self.entries
            .iter()
            .any(|(known, function)| *known == version && test(function))
    }

    /// The series in which it is public, the oldest first.
    pub(super) fn versions(&self) -> Vec<&'static str> {
        let public =
            |version: &Version| self.has(*version, |function| function.kind == Kind::Public);
        let mut versions: Vec<&'static str> = Version::ALL
            .into_iter()
            .filter(public)
            .map(series)
            .collect();
        if versions.last() == Some(&"3.6") && later::fate(&self.name) == Fate::Public {
            versions.push("4.0");
        }
        versions
    }
}

/// A version without its last number.
pub(super) fn series(version: Version) -> &'static str {
    let whole = version.facts().version;
    whole.rsplit_once('.').map_or(whole, |(series, _)| series)
}

/// Which of the three libraries a file goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Library {
    Crypto,
    X509,
    Tls,
}

impl Library {
    pub(super) fn of(file: &str) -> Self {
        let stem = stem(file);
        if stem.starts_with("x509") || stem == "pkcs7" {
            Self::X509
        } else if stem.starts_with("ssl_")
            || matches!(stem, "net_sockets" | "debug" | "mps_reader" | "mps_trace")
        {
            Self::Tls
        } else {
            Self::Crypto
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Crypto => "libmbedcrypto",
            Self::X509 => "libmbedx509",
            Self::Tls => "libmbedtls",
        }
    }
}

/// The name of a file without folder and endings: `library/pk.c`, `pk.c.obj` and `pk.o` are all `pk`.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}

/// True when a file of the library has this stem.
pub(super) fn is_library_stem(wanted: &str) -> bool {
    let functions = &Version::V3_6.facts().functions;
    functions
        .iter()
        .any(|function| stem(function.file) == wanted)
}

/// The functions with the most similar names. What all names share makes none of them similar.
pub(super) fn near(name: &str) -> Vec<String> {
    let Some(prefix) = ["mbedtls_", "psa_"]
        .into_iter()
        .find(|prefix| name.starts_with(prefix))
    else {
        return Vec::new();
    };
    let functions = Version::V3_6.facts().functions.iter();
    let public =
        functions.filter(|function| matches!(function.kind, Kind::Public | Kind::Declared));
    let bare = public.filter_map(|function| function.name.strip_prefix(prefix));
    let found = mbedtls_config::nearest(&name[prefix.len()..], bare);
    found
        .into_iter()
        .map(|bare| format!("{prefix}{bare}"))
        .collect()
}
