//! What is known about a version of Mbed TLS: its options, its rules, its functions. The tables are written by
//! `cargo xtask facts` from the C sources.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::expr::Expr;
use crate::rules::{self, Met, Node};

/// The section of the options of `psa/crypto_config.h`.
pub(crate) const PSA: &str = "PSA";

/// The section of macros that no configuration file offers: drivers, options documented elsewhere, options that were
/// removed.
pub(crate) const HIDDEN: &str = "Read by the rules only";

/// An option of `mbedtls_config.h` or `psa/crypto_config.h`.
#[derive(Clone, Debug)]
pub struct OptionFact {
    /// The macro.
    pub name: &'static str,
    /// The section of the file that offers it.
    pub section: &'static str,
    /// True when the file as shipped defines it.
    pub on_by_default: bool,
    /// For an option that takes a value, the value that the file shows.
    pub example: Option<&'static str>,
}

/// What stands behind the name of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A function of the public headers.
    Public,
    /// A function that no public header declares.
    Internal,
    /// No function but a variable that other files use, such as a pointer to a function.
    Data,
    /// A function with its body in a header: never missing at link time.
    Inline,
    /// A macro that is called like a function: never missing at link time.
    Macro,
    /// Declared, but defined nowhere in the library: the application brings it, or nobody does.
    Declared,
}

/// A function of the library.
#[derive(Clone, Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// The file that defines it, from the root of the tree.
    pub file: &'static str,
    /// What stands behind the name.
    pub kind: Kind,
    /// The condition under which the file defines it.
    pub guard: Expr,
}

/// A version of Mbed TLS whose facts are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Version {
    /// 2.28, which ended with 2024.
    V2_28,
    /// 3.5.
    V3_5,
    /// 3.6 (long-term support), the version that is compiled.
    V3_6,
}

macro_rules! facts {
    ($version:literal) => {{
        static FACTS: OnceLock<Facts> = OnceLock::new();
        FACTS.get_or_init(|| {
            Facts::read(
                $version,
                include_str!(concat!("../data/", $version, "/options.txt")),
                include_str!(concat!("../data/", $version, "/rules.txt")),
                include_str!(concat!("../data/", $version, "/units.txt")),
                include_str!(concat!("../data/", $version, "/functions.txt")),
                include_str!("../data/requires.txt"),
            )
        })
    }};
}

impl Version {
    /// All of them, the oldest first.
    pub const ALL: [Self; 3] = [Self::V2_28, Self::V3_5, Self::V3_6];

    /// The facts of this version.
    pub fn facts(self) -> &'static Facts {
        match self {
            Self::V2_28 => facts!("2.28.10"),
            Self::V3_5 => facts!("3.5.1"),
            Self::V3_6 => facts!("3.6.5"),
        }
    }
}

impl Kind {
    /// True for what a C file defines for the linker.
    pub fn is_symbol(self) -> bool {
        matches!(self, Self::Public | Self::Internal | Self::Data)
    }
}

/// The conditions under which one line of the rules sets a macro.
pub(crate) type Cause = Vec<Met<'static>>;

/// The facts of one version.
#[derive(Debug)]
pub struct Facts {
    /// The version that the tables were read from.
    pub version: &'static str,
    /// Every option, in the order of the files.
    pub options: Vec<OptionFact>,
    /// What finishes and checks a configuration.
    pub rules: Vec<Node>,
    /// What single files derive and refuse after that.
    pub units: Vec<Node>,
    /// What is documented or only shows at link time: refusals that Mbed TLS itself does not state.
    pub requires: Vec<Node>,
    /// Every function, in the order of the files.
    pub functions: Vec<Function>,
    by_name: BTreeMap<&'static str, usize>,
}

impl Facts {
    fn read(
        version: &'static str,
        options: &'static str,
        rules: &str,
        units: &str,
        functions: &'static str,
        requires: &str,
    ) -> Self {
        let options = read_options(options);
        let by_name = options
            .iter()
            .enumerate()
            .map(|(index, option)| (option.name, index))
            .collect();
        // The tables are part of this crate: one that cannot be read is caught by the first test, never by a user.
        let program = |text| rules::parse(text).expect("the tables of this crate can be read");
        Self {
            version,
            options,
            rules: program(rules),
            units: program(units),
            requires: program(requires),
            functions: read_functions(functions),
            by_name,
        }
    }

    /// The configuration as shipped: every option that is on by default, with its text.
    pub fn default_config(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let on = self
            .options
            .iter()
            .filter(|option| option.on_by_default && option.section != PSA);
        on.map(|option| (option.name, option.example.unwrap_or_default()))
    }

    /// An option by its whole name.
    ///
    /// ```
    /// use mbedtls_config::facts::Version;
    ///
    /// let option = Version::V3_6.facts().option("MBEDTLS_MPI_MAX_SIZE").unwrap();
    /// assert_eq!(option.example, Some("1024"));
    /// ```
    pub fn option(&self, name: &str) -> Option<&OptionFact> {
        self.by_name.get(name).map(|&index| &self.options[index])
    }

    /// The definitions of a function: several when it differs by platform.
    ///
    /// ```
    /// use mbedtls_config::facts::Version;
    ///
    /// let function = Version::V3_6.facts().function("mbedtls_hkdf").next().unwrap();
    /// assert_eq!(function.file, "library/hkdf.c");
    /// assert_eq!(function.guard.to_string(), "MBEDTLS_HKDF_C");
    /// ```
    pub fn function<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Function> {
        self.functions
            .iter()
            .filter(move |function| function.name == name)
    }

    /// Every macro that the rules set, with the conditions of each place that does.
    pub(crate) fn causes(&'static self) -> BTreeMap<&'static str, Vec<Cause>> {
        let mut causes: BTreeMap<&'static str, Vec<Cause>> = BTreeMap::new();
        for program in [&self.rules, &self.units] {
            rules::each_step(program, &mut |node, path| {
                if let Node::Set(name, _) = node {
                    causes.entry(name).or_default().push(path.clone());
                }
            });
        }
        causes
    }
}

fn read_options(text: &'static str) -> Vec<OptionFact> {
    let mut section = "";
    let mut options = Vec::new();
    for line in text.lines() {
        let mut words = line.splitn(3, ' ');
        match (words.next(), words.next(), words.next()) {
            (Some("section"), _, _) => section = line.trim_start_matches("section "),
            (Some(name), Some(default), example) => {
                // The PSA options are flags, although the file defines them as 1.
                let example = example.filter(|_| !name.starts_with("PSA_WANT_"));
                options.push(OptionFact {
                    name,
                    section,
                    on_by_default: default == "on",
                    example,
                });
            }
            _ => {}
        }
    }
    options
}

fn read_functions(text: &'static str) -> Vec<Function> {
    let mut file = "";
    let mut functions = Vec::new();
    for line in text.lines() {
        let mut words = line.trim_start().splitn(3, ' ');
        let (word, name, guard) = (
            words.next(),
            words.next().unwrap_or_default(),
            words.next().unwrap_or("1"),
        );
        let kind = match word {
            Some("file") => {
                file = name;
                continue;
            }
            Some("public") => Kind::Public,
            Some("internal") => Kind::Internal,
            Some("data") => Kind::Data,
            Some("inline") => Kind::Inline,
            Some("macro") => Kind::Macro,
            _ => Kind::Declared,
        };
        let guard = Expr::parse(guard).expect("the tables of this crate can be read");
        functions.push(Function {
            name,
            file,
            kind,
            guard,
        });
    }
    functions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_can_be_read() {
        for version in Version::ALL {
            let facts = version.facts();
            assert!(
                facts.options.len() > 300,
                "{}: {} options",
                facts.version,
                facts.options.len()
            );
            assert!(
                facts.functions.len() > 1200,
                "{}: {} functions",
                facts.version,
                facts.functions.len()
            );
            assert!(
                facts.causes().len() > 100,
                "{}: {} derived macros",
                facts.version,
                facts.causes().len()
            );
        }
    }

    #[test]
    fn a_function_is_known_with_its_file_and_guard() {
        let facts = Version::V3_6.facts();
        let strerror = facts.function("mbedtls_strerror").next().unwrap();
        assert_eq!(strerror.file, "library/error.c");
        assert_eq!(strerror.kind, Kind::Public);
        assert!(strerror.guard.to_string().contains("MBEDTLS_ERROR_C"));
    }
}
