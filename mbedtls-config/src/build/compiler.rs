//! Asking the C compiler what it is, so that bindgen and the rules see what it sees.

use std::path::PathBuf;
use std::process::Command;

use super::{install, is_bare_metal};
use crate::error::Error;

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

/// The C library of a bare-metal compiler, for the final link: its folder, and its name as `-l` takes it. newlib-nano is
/// preferred to the whole newlib. `None` where the system links its own, and where this compiler has none: then the
/// application brings one.
pub fn c_library(
    mut ask: impl FnMut() -> Command,
    target: &str,
) -> Option<(PathBuf, &'static str)> {
    if !is_bare_metal(target) {
        return None;
    }
    ["c_nano", "c"].into_iter().find_map(|name| {
        let file = format!("-print-file-name=lib{name}.a");
        let output = ask().arg(file).output().ok()?;
        // A compiler that does not find the file repeats its name.
        let path = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
        let folder = path.parent().filter(|_| path.is_file())?;
        Some((folder.to_owned(), name))
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

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
    fn a_device_gets_the_small_c_library_of_its_compiler() {
        let target = "thumbv8m.main-none-eabi";
        let find = |compiler: &str, target| {
            c_library(
                || {
                    let mut command = Command::new(compiler);
                    command.arg("-march=armv8-m.main");
                    command
                },
                target,
            )
        };
        let (folder, name) = find("arm-none-eabi-gcc", target).unwrap();
        assert_eq!(name, "c_nano");
        assert!(folder.ends_with("thumb/v8-m.main/nofp"), "{folder:?}");
        assert_eq!(find("no-such-compiler", target), None);
        assert_eq!(find("gcc", "x86_64-unknown-linux-gnu"), None);
    }

    #[test]
    fn a_host_needs_no_arguments() {
        assert!(clang_args("x86_64-unknown-linux-gnu", &Compiler::default()).is_empty());
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
    }
}
