//! What Zephyr's build hands to cargo: the folders, macros and options with which its own code sees the headers.
//!
//! The module's `zephyr/CMakeLists.txt` writes the file, `zephyr/README.md` describes it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::build::{Compiler, clang_args};
use crate::error::Error;

/// The file, below `BUILD_DIR`.
const FILE: &str = "mbedtls_psa/handover.txt";
/// Its first line; the number is that of the format.
const FIRST_LINE: &str = "mbedtls-psa handover 1";
/// Its last line, without which it was not written to its end.
const LAST_LINE: &str = "end";
const AGAIN: &str = "build from scratch (`west build --pristine`)";

/// The file's contents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    /// The file itself.
    pub file: PathBuf,
    /// Zephyr's C compiler.
    pub compiler: PathBuf,
    /// The header with every option of Kconfig.
    pub autoconf: PathBuf,
    /// The same options as text.
    pub dotconfig: PathBuf,
    /// Folders of headers, in their order.
    pub include: Vec<PathBuf>,
    /// Macros, `NAME` or `NAME=value`.
    pub defines: Vec<String>,
    /// Options of the C compiler.
    pub options: Vec<String>,
    /// What the application needs.
    pub needs: Vec<Wanted>,
}

/// Something that the application needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The macros that say so in the headers; one of them is enough, since versions differ.
    pub macros: Vec<String>,
    /// What to set in Kconfig.
    pub kconfig: String,
    /// Who needs it.
    pub by: String,
}

impl Handover {
    /// The variables that say that Zephyr builds; a build script prints `cargo::rerun-if-env-changed` for each.
    pub const VARIABLES: [&str; 2] = ["BUILD_DIR", "DOTCONFIG"];

    /// The handover of the Zephyr build that runs cargo; nothing when none does.
    ///
    /// Fails with [`Error::Handover`].
    pub fn find() -> Result<Option<Self>, Error> {
        Self::from_variables(|name| env::var_os(name))
    }

    /// The same with other variables than those of the process.
    ///
    /// `DOTCONFIG` and `BUILD_DIR` together are Zephyr's: the one alone may be anybody's.
    ///
    /// ```
    /// let none = mbedtls_config::zephyr::Handover::from_variables(|_| None)?;
    /// assert_eq!(none, None);
    /// # Ok::<(), mbedtls_config::Error>(())
    /// ```
    pub fn from_variables(
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Option<Self>, Error> {
        let [build, dotconfig] =
            Self::VARIABLES.map(|name| variable(name).filter(|text| !text.is_empty()));
        let (Some(build), Some(_)) = (build, dotconfig) else {
            return Ok(None);
        };
        Self::read(Path::new(&build)).map(Some)
    }

    /// Reads the file of a Zephyr build, and looks whether what it names is there.
    fn read(build: &Path) -> Result<Self, Error> {
        let file = build.join(FILE);
        let text = fs::read_to_string(&file).map_err(|error| {
            wrong(
                &file,
                format_args!(
                    "{error}; the module mbedtls-psa writes it: set CONFIG_MBEDTLS_PSA_RUST=y in prj.conf, and name the \
                     module in west.yml or ZEPHYR_EXTRA_MODULES"
                ),
            )
        })?;
        let handover = Self::parse(&file, build, &text)?;
        for (path, what) in [
            (&handover.autoconf, "autoconf"),
            (&handover.dotconfig, "dotconfig"),
        ] {
            if !path.is_file() {
                let missing = format_args!("{what}={} is not there; {AGAIN}", path.display());
                return Err(wrong(&file, missing));
            }
        }
        Ok(handover)
    }

    fn parse(file: &Path, build: &Path, text: &str) -> Result<Self, Error> {
        let wrong = |reason: &dyn std::fmt::Display| wrong(file, reason);
        let mut lines = text.lines();
        match lines.next() {
            Some(FIRST_LINE) => {}
            other => {
                let found = other.unwrap_or_default();
                return Err(wrong(&format_args!(
                    "begins with `{found}` instead of `{FIRST_LINE}`: the module and the crates are of different \
                     versions; take both from one, and {AGAIN}"
                )));
            }
        }
        let mut handover = Self {
            file: file.to_owned(),
            ..Self::default()
        };
        let mut written_for = PathBuf::new();
        let mut is_whole = false;
        for line in lines.filter(|line| !line.is_empty()) {
            if line == LAST_LINE {
                is_whole = true;
                break;
            }
            let (key, value) = line
                .split_once('=')
                .ok_or_else(|| wrong(&format_args!("`{line}` is no KEY=VALUE; {AGAIN}")))?;
            let path = || PathBuf::from(value);
            match key {
                "build" => written_for = path(),
                "compiler" => handover.compiler = path(),
                "autoconf" => handover.autoconf = path(),
                "dotconfig" => handover.dotconfig = path(),
                "include" => handover.include.push(path()),
                "define" => handover.defines.push(value.to_owned()),
                "option" => handover.options.push(value.to_owned()),
                "need" => handover.needs.push(Wanted::parse(value).ok_or_else(|| {
                    wrong(&format_args!("`{line}` is no MACRO OPTION WHO; {AGAIN}"))
                })?),
                _ => {
                    return Err(wrong(&format_args!(
                        "has a line `{line}` that this version does not know; {AGAIN}"
                    )));
                }
            }
        }
        if !is_whole {
            return Err(wrong(&format_args!(
                "does not end with `{LAST_LINE}`; {AGAIN}"
            )));
        }
        if !same_folder(&written_for, build) {
            return Err(wrong(&format_args!(
                "was written for {}, a build folder that was moved or copied; {AGAIN}",
                written_for.display()
            )));
        }
        let named = [
            ("compiler", &handover.compiler),
            ("autoconf", &handover.autoconf),
            ("dotconfig", &handover.dotconfig),
        ];
        for (name, path) in named {
            if path.as_os_str().is_empty() {
                return Err(wrong(&format_args!("names no {name}; {AGAIN}")));
            }
        }
        Ok(handover)
    }

    /// What a build script prints `cargo::rerun-if-changed` for, beside the headers that it reads.
    pub fn watched(&self) -> [&Path; 3] {
        [&self.file, &self.autoconf, &self.dotconfig].map(PathBuf::as_path)
    }

    /// Arguments for the clang behind bindgen, which make it see the headers as Zephyr's C compiler does.
    ///
    /// Fails with [`Error::MissingTool`] when the compiler does not answer, and with [`Error::Handover`] when no folder has
    /// the headers.
    pub fn clang_args(&self, target: &str) -> Result<Vec<String>, Error> {
        if !self.include.iter().any(|folder| holds_psa(folder)) {
            return Err(wrong(
                &self.file,
                format_args!(
                    "none of its folders has psa/crypto.h; with TF-M, which brings it, is cargo run before TF-M is built?"
                ),
            ));
        }
        let options = self.words();
        let mut command = Command::new(&self.compiler);
        command.args(options.iter().filter(|option| finds_headers(option)));
        let compiler = Compiler::ask(command, target)?;
        let mut arguments = clang_args(target, &compiler);
        arguments.extend(
            options
                .iter()
                .filter(|option| changes_layout(option))
                .cloned(),
        );
        arguments.extend(
            self.include
                .iter()
                .map(|folder| format!("-I{}", folder.display())),
        );
        arguments.extend(self.defines.iter().map(|define| format!("-D{define}")));
        arguments.extend(["-include".to_owned(), self.autoconf.display().to_string()]);
        Ok(arguments)
    }

    /// The options one by one: CMake keeps those together that belong together.
    fn words(&self) -> Vec<String> {
        let words = self.options.iter().flat_map(|option| {
            option
                .strip_prefix("SHELL:")
                .unwrap_or(option)
                .split_whitespace()
        });
        words.map(str::to_owned).collect()
    }

    /// Whether the headers have all of [`needs`](Self::needs).
    ///
    /// Fails with [`Error::Handover`], which says what to set.
    pub fn check_needs(&self, is_defined: impl Fn(&str) -> bool) -> Result<(), Error> {
        let missing: Vec<_> = self
            .needs
            .iter()
            .filter(|need| !need.macros.iter().any(|name| is_defined(name)))
            .map(|need| {
                format!(
                    "{} is off, which `{}` needs: set {}=y",
                    need.macros.join(" or "),
                    need.by,
                    need.kconfig
                )
            })
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        Err(wrong(
            &self.dotconfig,
            format_args!("{}", missing.join("; ")),
        ))
    }
}

impl Wanted {
    fn parse(text: &str) -> Option<Self> {
        let mut words = text.splitn(3, ' ').map(str::to_owned);
        let macros = words.next()?;
        Some(Self {
            macros: macros.split('|').map(str::to_owned).collect(),
            kconfig: words.next()?,
            by: words.next()?,
        })
    }
}

fn wrong(file: &Path, reason: impl std::fmt::Display) -> Error {
    Error::Handover {
        file: file.to_owned(),
        reason: reason.to_string(),
    }
}

fn same_folder(one: &Path, other: &Path) -> bool {
    one == other
        || matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn holds_psa(folder: &Path) -> bool {
    folder.join("psa/crypto.h").is_file()
}

/// Options that decide where the compiler looks for its own headers and those of its C library.
fn finds_headers(option: &str) -> bool {
    ["-m", "--sysroot", "-specs", "--specs", "-nostdinc"]
        .iter()
        .any(|start| option.starts_with(start))
}

/// Options that clang knows as well, and that change sizes.
fn changes_layout(option: &str) -> bool {
    matches!(
        option,
        "-fshort-enums" | "-fno-short-enums" | "-m32" | "-m64"
    )
}

/// Whose headers they are, by what their macros say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Library {
    /// Its name and version, such as `Mbed TLS 3.6`.
    pub name: String,
    /// The PSA core is behind the interface of TF-M, and an operation is a handle.
    pub is_client: bool,
    /// It is Mbed TLS 3.6, whose `pk.h` and `x509.h` the package `mbedtls-psa` binds.
    pub is_3_6: bool,
    /// Its password-authenticated key exchange is that of PSA Crypto API 1.2 PAKE Extension: `psa_pake_setup` takes the key.
    pub has_other_pake: bool,
}

impl Library {
    /// From the values of macros; a macro without a value is 1.
    ///
    /// Fails with the reason when the headers are of no known version.
    ///
    /// ```
    /// use mbedtls_config::zephyr::Library;
    ///
    /// let of = |defined: &'static [(&str, i64)]| {
    ///     Library::of(|name| defined.iter().find(|(known, _)| *known == name).map(|(_, value)| *value))
    /// };
    /// let library = of(&[("MBEDTLS_VERSION_NUMBER", 0x0306_0500), ("MBEDTLS_PSA_CRYPTO_C", 1)])?;
    /// assert_eq!(library.name, "Mbed TLS 3.6");
    /// assert!(of(&[("MBEDTLS_VERSION_NUMBER", 0x021c_0a00)]).unwrap_err().contains("Mbed TLS 2.28"));
    /// # Ok::<(), String>(())
    /// ```
    pub fn of(value: impl Fn(&str) -> Option<i64>) -> Result<Self, String> {
        const KNOWN: &str = "known are Mbed TLS 3.4 to 3.6 and 4 with TF-PSA-Crypto 1 (Zephyr 3.4 to 4.4), and TF-M from 1.8 on";
        let parts = |number: i64| (number >> 24 & 0xff, number >> 16 & 0xff);
        let has_core = value("MBEDTLS_PSA_CRYPTO_C").is_some();
        let (name, version, known) = if let Some(number) = value("TF_PSA_CRYPTO_VERSION_NUMBER") {
            let version = parts(number);
            ("TF-PSA-Crypto", version, version.0 == 1)
        } else if let Some(number) = value("MBEDTLS_VERSION_NUMBER") {
            let version = parts(number);
            (
                "Mbed TLS",
                version,
                version.0 == 3 && (4..=6).contains(&version.1),
            )
        } else if value("PSA_CRYPTO_API_VERSION_MAJOR") == Some(1) {
            return Ok(Self {
                name: "TF-M before 2.1".to_owned(),
                is_client: true,
                is_3_6: false,
                has_other_pake: false,
            });
        } else {
            return Err(format!("psa/crypto.h says no version; {KNOWN}"));
        };
        let (major, minor) = version;
        if !known {
            return Err(format!(
                "psa/crypto.h is that of {name} {major}.{minor}; {KNOWN}"
            ));
        }
        Ok(Self {
            name: format!("{name} {major}.{minor}"),
            is_client: !has_core,
            is_3_6: name == "Mbed TLS" && minor == 6,
            has_other_pake: name != "Mbed TLS",
        })
    }
}

/// The symbols that the C shim has for its own view of sizes, by the facts `size_T` and `align_T` of each type `T` that a
/// binding has, as the call of a macro `sizes`.
///
/// ```
/// let facts = [("align_psa_status_t", 4), ("size_psa_status_t", 4)];
/// let facts = facts.map(|(name, value)| (name.to_owned(), value)).into();
/// let symbols = mbedtls_config::zephyr::size_symbols(&facts);
/// assert_eq!(symbols, "sizes! { mbedtls_psa_sizeof_psa_status_t_is_4_aligned_4 }\n");
/// ```
pub fn size_symbols(facts: &BTreeMap<String, i64>) -> String {
    let symbol = |(fact, size): (&String, &i64)| {
        let name = fact.strip_prefix("size_")?;
        let align = facts.get(&format!("align_{name}"))?;
        Some(format!(
            "mbedtls_psa_sizeof_{name}_is_{size}_aligned_{align}"
        ))
    };
    let symbols: Vec<_> = facts.iter().filter_map(symbol).collect();
    format!("sizes! {{ {} }}\n", symbols.join(" "))
}
