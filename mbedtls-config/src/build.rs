//! What a build script needs to compile and bind the library.
//!
//! ```no_run
//! use mbedtls_config::source::{self, Environment};
//! use mbedtls_config::{Error, build};
//!
//! fn run() -> Result<(), Error> {
//!     let tree = source::find(&Environment::from_build_script())?;
//!     let resolved = build::config().resolve()?;
//!     std::fs::write("config.h", resolved.header()).unwrap();
//!     println!("{:?}", build::c_files(&tree, &resolved));
//!     Ok(())
//! }
//! ```

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::config::Config;
use crate::error::Error;
use crate::facts::Version;
use crate::platform::Platform;
use crate::profile::FEATURES;
use crate::resolve::Resolved;
use crate::source::SourceTree;

/// The configuration that cargo asks a build script for: the target of `CARGO_CFG_TARGET_OS` and
/// `CARGO_CFG_TARGET_FAMILY`, and every feature of [`FEATURES`] whose `CARGO_FEATURE_` variable is set.
pub fn config() -> Config {
    config_of(|name| env::var(name).ok())
}

fn config_of(variable: impl Fn(&str) -> Option<String>) -> Config {
    let text = |name| variable(name).unwrap_or_default();
    let platform = Platform::from_cargo_target(
        &text("CARGO_CFG_TARGET_OS"),
        &text("CARGO_CFG_TARGET_FAMILY"),
    );
    let mut config = Config::new(platform);
    for feature in FEATURES {
        let name = feature.name.to_uppercase().replace('-', "_");
        if variable(&format!("CARGO_FEATURE_{name}")).is_some() {
            config.add_feature(feature);
        }
    }
    config
}

/// C files without functions of their own that belong to another one.
const COMPANIONS: [(&str, &str); 1] = [(
    "3rdparty/everest/library/everest.c",
    "3rdparty/everest/library/Hacl_Curve25519_joined.c",
)];

/// C files that are full or empty by the processor that the compiler targets, and the option that asks for them. Which
/// it is shows in the compiler only: to compile them always is right.
const BY_PROCESSOR: [(&str, &str); 3] = [
    ("library/aesce.c", "MBEDTLS_AESCE_C"),
    ("library/aesni.c", "MBEDTLS_AESNI_C"),
    ("library/padlock.c", "MBEDTLS_PADLOCK_C"),
];

/// The C files to compile: those that define something with this configuration, sorted.
pub fn c_files(tree: &SourceTree, resolved: &Resolved) -> Vec<PathBuf> {
    let facts = Version::V3_6.facts();
    let mut files: Vec<&str> = facts
        .functions
        .iter()
        .filter(|function| function.kind.is_symbol())
        .filter(|function| resolved.holds(&function.guard))
        .map(|function| function.file)
        .collect();
    files.extend(
        BY_PROCESSOR
            .iter()
            .filter(|(_, option)| resolved.is_enabled(option))
            .map(|(file, _)| *file),
    );
    for (file, companion) in COMPANIONS {
        if files.contains(&file) {
            files.push(companion);
        }
    }
    files.sort_unstable();
    files.dedup();
    let known: Vec<&str> = facts
        .functions
        .iter()
        .map(|function| function.file)
        .collect();
    let mut paths: Vec<PathBuf> = files
        .into_iter()
        .map(|file| tree.root.join(file))
        .filter(|path| path.is_file())
        .collect();
    // Another release of 3.6 may have files that the tables do not know.
    let library = fs::read_dir(tree.root.join("library"))
        .into_iter()
        .flatten()
        .flatten();
    paths.extend(library.map(|entry| entry.path()).filter(|path| {
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        Path::new(name)
            .extension()
            .is_some_and(|ending| ending == "c")
            && !known.contains(&format!("library/{name}").as_str())
    }));
    paths.sort();
    paths
}

/// The folders for `-I`, the public ones first.
pub fn include_dirs(tree: &SourceTree, resolved: &Resolved) -> Vec<PathBuf> {
    let mut folders = vec!["include", "library"];
    if resolved.is_enabled("MBEDTLS_ECDH_VARIANT_EVEREST_ENABLED") {
        folders.extend([
            "3rdparty/everest/include",
            "3rdparty/everest/include/everest",
            "3rdparty/everest/include/everest/kremlib",
        ]);
    }
    if resolved.is_enabled("MBEDTLS_PSA_P256M_DRIVER_ENABLED") {
        folders.extend([
            "3rdparty/p256-m/p256-m/include",
            "3rdparty/p256-m/p256-m/include/p256-m",
            "3rdparty/p256-m/p256-m_driver_interface",
        ]);
    }
    folders
        .into_iter()
        .map(|folder| tree.root.join(folder))
        .collect()
}

/// True for a target without an operating system, by its name.
fn is_bare_metal(target: &str) -> bool {
    target.contains("-none")
}

/// Flags for the C compiler beyond those of the crate `cc`.
pub fn compile_flags(target: &str) -> Vec<&'static str> {
    // Sections let the linker drop what an application does not call; on a device size comes before speed.
    let mut flags = vec!["-ffunction-sections", "-fdata-sections"];
    if is_bare_metal(target) {
        flags.push("-Os");
    }
    flags
}

/// What a C compiler says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compiler {
    /// The macros that it predefines, with their values: those of the target's processor among them.
    pub predefined: Vec<(String, String)>,
    /// The folders that it searches for `<...>`.
    pub system_includes: Vec<PathBuf>,
}

impl Compiler {
    /// Asks the target's C compiler; `command` holds its flags, but no file.
    ///
    /// Fails with [`Error::MissingTool`], which says what to install.
    pub fn ask(mut command: Command, target: &str) -> Result<Self, Error> {
        let missing = |reason: &str| {
            let packages = if is_bare_metal(target) {
                install(
                    "gcc-arm-none-eabi libnewlib-arm-none-eabi",
                    "arm-none-eabi-gcc-cs arm-none-eabi-newlib",
                    "arm-none-eabi-gcc",
                )
            } else {
                install("gcc libc6-dev", "gcc glibc-devel", "gcc")
            };
            Error::MissingTool(format!(
                "there is no C compiler for {target} ({reason}); install one with {packages}, or set CC to it"
            ))
        };
        let output = command
            .args(["-E", "-dM", "-v", "-x", "c", "/dev/null"])
            .output()
            .map_err(|error| {
                missing(&format!(
                    "{} does not start: {error}",
                    command.get_program().to_string_lossy()
                ))
            })?;
        let messages = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            return Err(missing(messages.lines().last().unwrap_or_default()));
        }
        Ok(Self {
            predefined: defines(&String::from_utf8_lossy(&output.stdout)),
            system_includes: search_list(&messages),
        })
    }
}

/// Arguments for the clang behind bindgen: what makes it see the types as the C compiler does.
pub fn clang_args(target: &str, compiler: &Compiler) -> Vec<String> {
    if !is_bare_metal(target) {
        return Vec::new();
    }
    let mut arguments = vec![format!("--target={}", clang_target(target))];
    if target.ends_with("eabi") || target.ends_with("eabihf") {
        arguments.push("-fshort-enums".to_owned());
    }
    for folder in &compiler.system_includes {
        arguments.push(format!("-isystem{}", folder.display()));
    }
    arguments
}

/// Clang knows an architecture by a name of its own.
fn clang_target(target: &str) -> String {
    let arm = target.starts_with("thumb") || target.starts_with("arm");
    if arm && target.ends_with("eabihf") {
        "arm-none-eabihf".to_owned()
    } else if arm {
        "arm-none-eabi".to_owned()
    } else {
        target.to_owned()
    }
}

/// The macros without parameters in the output of `-dM`.
fn defines(text: &str) -> Vec<(String, String)> {
    text.lines()
        .filter_map(|line| line.strip_prefix("#define "))
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .filter(|(name, _)| !name.contains('('))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn search_list(text: &str) -> Vec<PathBuf> {
    text.lines()
        .skip_while(|line| !line.starts_with("#include <...>"))
        .skip(1)
        .take_while(|line| line.starts_with(' '))
        .map(|line| PathBuf::from(line.trim()))
        .collect()
}

/// The command that installs packages, for each of the three usual ways.
fn install(apt: &str, dnf: &str, brew: &str) -> String {
    format!("`apt-get install {apt}`, `dnf install {dnf}` or `brew install {brew}`")
}

/// Looks whether bindgen will find libclang: `LIBCLANG_PATH`, what `llvm-config` says, the usual folders.
///
/// Fails with [`Error::MissingTool`], which says what to install.
pub fn libclang() -> Result<PathBuf, Error> {
    let named = env::var_os("LIBCLANG_PATH").map(PathBuf::from);
    let asked = Command::new("llvm-config").arg("--libdir").output().ok();
    let asked = asked.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    libclang_in(named, asked, Path::new("/"))
}

fn libclang_in(
    named: Option<PathBuf>,
    asked: Option<PathBuf>,
    root: &Path,
) -> Result<PathBuf, Error> {
    if let Some(named) = named {
        let folder = if named.is_file() {
            named.parent().map(Path::to_owned).unwrap_or_default()
        } else {
            named
        };
        return if holds_libclang(&folder) {
            Ok(folder)
        } else {
            Err(Error::MissingTool(format!(
                "LIBCLANG_PATH names {}, but there is no libclang in it",
                folder.display()
            )))
        };
    }
    let mut folders: Vec<PathBuf> = asked.into_iter().collect();
    let mut llvm: Vec<PathBuf> = fs::read_dir(root.join("usr/lib"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("llvm"))
        })
        .map(|path| path.join("lib"))
        .collect();
    llvm.sort();
    folders.extend(llvm.into_iter().rev());
    for folder in [
        "usr/lib64",
        "usr/lib",
        "usr/local/lib",
        "usr/lib/x86_64-linux-gnu",
        "usr/lib/aarch64-linux-gnu",
        "opt/homebrew/opt/llvm/lib",
        "usr/local/opt/llvm/lib",
        "Library/Developer/CommandLineTools/usr/lib",
        "Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib",
    ] {
        folders.push(root.join(folder));
    }
    folders.into_iter().find(|folder| holds_libclang(folder)).ok_or_else(|| {
        Error::MissingTool(format!(
            "libclang is missing, which reads the C headers; install it with {}, or set LIBCLANG_PATH to its folder",
            install("libclang-dev", "clang-devel", "llvm")
        ))
    })
}

fn holds_libclang(folder: &Path) -> bool {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let library = name.starts_with("libclang.") || name.starts_with("libclang-");
            library
                && !name.starts_with("libclang-cpp")
                && [".so", ".dylib", ".dll"]
                    .iter()
                    .any(|ending| name.contains(ending))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_variables_become_a_configuration() {
        let config = |variables: &[(&str, &str)]| {
            config_of(|name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        let host = config(&[
            ("CARGO_CFG_TARGET_OS", "linux"),
            ("CARGO_CFG_TARGET_FAMILY", "unix"),
            ("CARGO_FEATURE_AES_GCM", "1"),
        ]);
        assert_eq!(host.platform(), Platform::Unix);
        assert!(host.resolve().unwrap().is_enabled("GCM_C"));
        let device = config(&[("CARGO_CFG_TARGET_OS", "none"), ("CARGO_FEATURE_STD", "1")]);
        assert_eq!(device.platform(), Platform::BareMetal);
        assert!(!device.resolve().unwrap().is_enabled("GCM_C"));
    }

    #[test]
    fn the_compilers_search_list_is_read() {
        let text = "ignored\n#include \"...\" search starts here:\n#include <...> search starts here:\n /a/b\n /c d\nEnd of search list.\n /e\n";
        assert_eq!(
            search_list(text),
            [PathBuf::from("/a/b"), PathBuf::from("/c d")]
        );
    }

    #[test]
    fn predefined_macros_are_read() {
        let text = "#define __arm__ 1\n#define __EMPTY\n#define __INT64_C(c) c ## LL\n";
        assert_eq!(
            defines(text),
            [
                ("__arm__".to_owned(), "1".to_owned()),
                ("__EMPTY".to_owned(), String::new())
            ]
        );
    }

    #[test]
    fn a_missing_compiler_says_what_to_install() {
        let ask = |target| {
            Compiler::ask(Command::new("no-such-compiler"), target)
                .unwrap_err()
                .to_string()
        };
        let device = ask("thumbv8m.main-none-eabi");
        assert!(
            device.contains("apt-get install gcc-arm-none-eabi"),
            "{device}"
        );
        let host = ask("x86_64-unknown-linux-gnu");
        assert!(host.contains("apt-get install gcc"), "{host}");
    }

    #[test]
    fn a_host_needs_no_arguments() {
        assert!(clang_args("x86_64-unknown-linux-gnu", &Compiler::default()).is_empty());
    }

    fn folder_with(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    #[test]
    fn libclang_is_found_where_it_is_named_asked_for_or_usual() {
        let folder = folder_with(&[
            "named/libclang.so.1",
            "asked/libclang-14.so",
            "usr/lib/llvm-13/lib/libclang.so",
            "usr/lib/llvm-14/lib/libclang.so",
        ]);
        let path = |name: &str| folder.path().join(name);
        let find = |named: Option<&str>, asked: Option<&str>| {
            libclang_in(named.map(path), asked.map(path), folder.path())
        };
        assert_eq!(find(Some("named"), Some("asked")), Ok(path("named")));
        assert_eq!(find(Some("named/libclang.so.1"), None), Ok(path("named")));
        assert_eq!(find(None, Some("asked")), Ok(path("asked")));
        assert_eq!(find(None, None), Ok(path("usr/lib/llvm-14/lib")));
        assert_eq!(find(None, Some("nowhere")), Ok(path("usr/lib/llvm-14/lib")));
    }

    #[test]
    fn a_missing_libclang_says_what_to_install() {
        // The C++ interface of clang is another library.
        let folder = folder_with(&["usr/lib/libclang-cpp.so.14", "usr/lib/libclangd.txt"]);
        let error = libclang_in(None, None, folder.path())
            .unwrap_err()
            .to_string();
        for command in [
            "apt-get install libclang-dev",
            "dnf install clang-devel",
            "brew install llvm",
            "LIBCLANG_PATH",
        ] {
            assert!(error.contains(command), "{error}");
        }
        let error = libclang_in(Some(folder.path().to_owned()), None, folder.path())
            .unwrap_err()
            .to_string();
        assert!(error.contains("LIBCLANG_PATH names"), "{error}");
    }

    #[test]
    fn a_device_gets_the_arguments_that_its_compiler_implies() {
        let target = "thumbv8m.main-none-eabi";
        let compiler = Compiler::ask(Command::new("arm-none-eabi-gcc"), target).unwrap();
        let arguments = clang_args(target, &compiler);
        assert_eq!(
            arguments[..2],
            [
                "--target=arm-none-eabi".to_owned(),
                "-fshort-enums".to_owned()
            ]
        );
        let headers = |argument: &String| {
            argument
                .strip_prefix("-isystem")
                .is_some_and(|folder| Path::new(folder).join("stdlib.h").is_file())
        };
        assert!(arguments.iter().any(headers), "{arguments:?}");
        assert_eq!(
            compile_flags("thumbv8m.main-none-eabi").last(),
            Some(&"-Os")
        );
        assert!(!compile_flags("x86_64-unknown-linux-gnu").contains(&"-Os"));
    }
}
