//! What Zephyr's build hands to cargo: the folders, macros and options with which its own code sees the headers.
//!
//! The module's `zephyr/CMakeLists.txt` writes the file, `zephyr/README.md` describes it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

mod library;

pub use library::{Library, size_symbols};

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
                let missing = format!("{what}={} is not there; {AGAIN}", path.display());
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

    /// The options one by one: `CMake` keeps those together that belong together.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A build folder with what `CMake` writes.
    struct Build(tempfile::TempDir);

    impl Build {
        fn new() -> Self {
            let build = Self(tempfile::tempdir().unwrap());
            for file in ["autoconf.h", ".config", "headers/psa/crypto.h"] {
                let path = build.0.path().join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, "").unwrap();
            }
            fs::create_dir(build.0.path().join("mbedtls_psa")).unwrap();
            build
        }

        fn path(&self) -> &Path {
            self.0.path()
        }

        fn text(&self) -> String {
            let build = self.path().display();
            format!(
                "{FIRST_LINE}\nbuild={build}\ncompiler=cc\nautoconf={build}/autoconf.h\ndotconfig={build}/.config\n\
                 include={build}/shim\ninclude={build}/headers\ndefine=KERNEL\ndefine=FILE=\"a b.h\"\n\
                 option=-std=gnu11\noption=SHELL:-imacros {build}/autoconf.h\noption=-fshort-enums\n\
                 need=PSA_WANT_A|PSA_WANT_B CONFIG_PSA_WANT_A who\nend\n"
            )
        }

        fn read(&self, text: &str) -> Result<Option<Handover>, Error> {
            fs::write(self.path().join(FILE), text).unwrap();
            Handover::from_variables(|name| match name {
                "BUILD_DIR" => Some(self.path().into()),
                "DOTCONFIG" => Some(self.path().join(".config").into()),
                _ => None,
            })
        }

        fn error(&self, text: &str) -> String {
            self.read(text).unwrap_err().to_string()
        }
    }

    #[test]
    fn one_variable_alone_is_not_zephyrs() {
        for alone in Handover::VARIABLES {
            let found = Handover::from_variables(|name| (name == alone).then(|| "/x".into()));
            assert_eq!(found, Ok(None));
        }
        let empty = Handover::from_variables(|name| {
            Some(if name == "DOTCONFIG" { "" } else { "/x" }.into())
        });
        assert_eq!(empty, Ok(None));
    }

    #[test]
    fn each_line_is_read_in_its_order() {
        let build = Build::new();
        let handover = build.read(&build.text()).unwrap().unwrap();
        assert_eq!(handover.compiler, Path::new("cc"));
        assert_eq!(
            handover.include,
            [build.path().join("shim"), build.path().join("headers")]
        );
        assert_eq!(handover.defines, ["KERNEL", "FILE=\"a b.h\""]);
        assert_eq!(handover.words()[1], "-imacros");
        assert_eq!(handover.needs[0].macros, ["PSA_WANT_A", "PSA_WANT_B"]);
        assert_eq!(handover.needs[0].kconfig, "CONFIG_PSA_WANT_A");
        assert_eq!(handover.watched()[1], build.path().join("autoconf.h"));
    }

    #[test]
    fn a_missing_file_says_which_option_writes_it() {
        let build = Build::new();
        let error = Handover::read(build.path()).unwrap_err().to_string();
        assert!(error.contains("handover.txt"), "{error}");
        assert!(error.contains("CONFIG_MBEDTLS_PSA_RUST=y"), "{error}");
    }

    #[test]
    fn what_is_wrong_with_a_file_is_named() {
        let build = Build::new();
        let text = build.text();
        for (wrong, says) in [
            (String::new(), "begins with ``"),
            (text.replace("handover 1", "handover 9"), "handover 9"),
            (text.replace("\nend\n", "\n"), "does not end with `end`"),
            (text.replace("define=KERNEL", "KERNEL"), "`KERNEL` is no"),
            (text.replace("define=", "macro="), "`macro=KERNEL`"),
            (text.replace("\nbuild=", "\nbuild=/old"), "/old"),
            (text.replace("\ncompiler=cc", ""), "names no compiler"),
            (text.replace("autoconf.h", "gone.h"), "gone.h is not there"),
            (text.replace("/.config", "/.gone"), ".gone is not there"),
            (
                text.replace("CONFIG_PSA_WANT_A who", ""),
                "no MACRO OPTION WHO",
            ),
        ] {
            let error = build.error(&wrong);
            assert!(error.contains("handover.txt: "), "{error}");
            assert!(error.contains(says), "{says}: {error}");
        }
    }

    #[test]
    fn a_folder_by_another_path_is_the_same_folder() {
        let build = Build::new();
        let path = build.path().display();
        let other = format!("\nbuild={path}/headers/..\n");
        let text = build.text().replace(&format!("\nbuild={path}\n"), &other);
        assert!(build.read(&text).unwrap().is_some());
    }

    #[test]
    fn clang_sees_what_zephyrs_compiler_sees() {
        let build = Build::new();
        let text = build
            .text()
            .replace("compiler=cc", "compiler=arm-none-eabi-gcc")
            .replace("option=-std=gnu11", "option=-mcpu=cortex-m33");
        let handover = build.read(&text).unwrap().unwrap();
        let arguments = handover.clang_args("thumbv8m.main-none-eabi").unwrap();
        let has = |argument: &str| arguments.iter().any(|known| known == argument);
        assert!(has("--target=arm-none-eabi") && has("-fshort-enums"));
        assert!(has("-DKERNEL") && has("-DFILE=\"a b.h\""));
        assert!(has(&format!("-I{}/headers", build.path().display())));
        // The C library's headers, found by the compiler.
        let newlib = |argument: &String| {
            argument
                .strip_prefix("-isystem")
                .is_some_and(|folder| Path::new(folder).join("newlib.h").is_file())
        };
        assert!(arguments.iter().any(newlib), "{arguments:?}");
        let [.., include, autoconf] = &arguments[..] else {
            panic!("{arguments:?}");
        };
        assert_eq!(include, "-include");
        assert!(autoconf.ends_with("/autoconf.h"));
    }

    #[test]
    fn headers_that_are_not_there_are_an_error() {
        let build = Build::new();
        fs::remove_file(build.path().join("headers/psa/crypto.h")).unwrap();
        let handover = build.read(&build.text()).unwrap().unwrap();
        let error = handover.clang_args("x").unwrap_err().to_string();
        assert!(error.contains("psa/crypto.h"), "{error}");
    }

    #[test]
    fn one_macro_of_a_need_is_enough_and_none_is_an_error() {
        let build = Build::new();
        let handover = build.read(&build.text()).unwrap().unwrap();
        assert_eq!(handover.check_needs(|name| name == "PSA_WANT_B"), Ok(()));
        let error = handover.check_needs(|_| false).unwrap_err().to_string();
        assert!(
            error.contains(".config: PSA_WANT_A or PSA_WANT_B"),
            "{error}"
        );
        assert!(error.contains("set CONFIG_PSA_WANT_A=y"), "{error}");
    }
}
