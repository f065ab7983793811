//! Looking for libclang before bindgen does, because its own message does not say what to install.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::install;
use crate::error::Error;

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
}
