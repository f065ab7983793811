//! The programs and libraries that tests and builds use, and what each system calls them.
use std::io::Write as _;
use std::process::Stdio;

use crate::shell::{self, Workspace};

pub const C_COMPILER: &str = "C compiler";
pub const LIBCLANG: &str = "libclang";
pub const OPENSSL: &str = "openssl";
pub const CMAKE: &str = "cmake";
pub const FOR_FUZZING: &str = "clang and a C++ compiler";
pub const FOR_PEERS: &str = "make and Python";
pub const FOR_BENCH: &str = "pkg-config and OpenSSL's headers";
pub const MOSQUITTO: &str = "mosquitto and its clients";

/// Something that must be on the machine, and the packages that bring it.
pub struct Tool {
    pub name: &'static str,
    probe: Probe,
    pub apt: &'static [&'static str],
    dnf: &'static [&'static str],
    brew: &'static [&'static str],
}

/// How one sees that a tool is there.
enum Probe {
    Programs(&'static [&'static str]),
    /// The program's version names this implementation.
    Version(&'static str, &'static str),
    /// The compiler finds the headers of its C library.
    Compiles(&'static [&'static str]),
    /// The library that bindgen loads.
    Libclang,
    /// pkg-config knows the library.
    Library(&'static str),
}

pub static TOOLS: [Tool; 11] = [
    Tool {
        name: C_COMPILER,
        probe: Probe::Compiles(&["cc"]),
        apt: &["gcc", "libc6-dev"],
        dnf: &["gcc", "glibc-devel"],
        brew: &["gcc"],
    },
    Tool {
        name: LIBCLANG,
        probe: Probe::Libclang,
        apt: &["libclang-dev"],
        dnf: &["clang-devel"],
        brew: &["llvm"],
    },
    Tool {
        name: "arm-none-eabi-gcc with newlib",
        probe: Probe::Compiles(&["arm-none-eabi-gcc", "-mcpu=cortex-m33", "-mthumb"]),
        apt: &["gcc-arm-none-eabi", "libnewlib-arm-none-eabi"],
        dnf: &["arm-none-eabi-gcc-cs", "arm-none-eabi-newlib"],
        brew: &["gcc-arm-embedded"],
    },
    Tool {
        name: "qemu-system-arm",
        probe: Probe::Programs(&["qemu-system-arm"]),
        apt: &["qemu-system-arm"],
        dnf: &["qemu-system-arm"],
        brew: &["qemu"],
    },
    Tool {
        name: OPENSSL,
        // LibreSSL has a command of the same name and other answers.
        probe: Probe::Version("openssl", "OpenSSL"),
        apt: &["openssl"],
        dnf: &["openssl"],
        brew: &["openssl"],
    },
    Tool {
        name: MOSQUITTO,
        probe: Probe::Programs(&["mosquitto", "mosquitto_pub", "mosquitto_sub"]),
        apt: &["mosquitto", "mosquitto-clients"],
        dnf: &["mosquitto"],
        brew: &["mosquitto"],
    },
    Tool {
        name: "valgrind",
        probe: Probe::Programs(&["valgrind"]),
        apt: &["valgrind", "libc6-dbg"],
        dnf: &["valgrind"],
        brew: &["valgrind"],
    },
    Tool {
        // With the make that its files are for.
        name: CMAKE,
        probe: Probe::Programs(&["cmake", "make"]),
        apt: &["cmake", "make"],
        dnf: &["cmake", "make"],
        brew: &["cmake", "make"],
    },
    Tool {
        // Coverage of C is what gcc has no way to give libFuzzer, which itself is C++.
        name: FOR_FUZZING,
        probe: Probe::Programs(&["clang", "c++"]),
        apt: &["clang", "g++"],
        dnf: &["clang", "gcc-c++"],
        brew: &["llvm", "gcc"],
    },
    Tool {
        // cmake's Makefiles, and the script that writes psa-crypto's configuration.
        name: FOR_PEERS,
        probe: Probe::Programs(&["make", "python3"]),
        apt: &["make", "python3"],
        dnf: &["make", "python3"],
        brew: &["make", "python"],
    },
    Tool {
        // The crate `openssl`, which is measured beside ours.
        name: FOR_BENCH,
        probe: Probe::Library("openssl"),
        apt: &["pkg-config", "libssl-dev"],
        dnf: &["pkgconf-pkg-config", "openssl-devel"],
        brew: &["pkgconf", "openssl"],
    },
];

impl Tool {
    pub fn is_present(&self, workspace: &Workspace) -> bool {
        match self.probe {
            Probe::Programs(programs) => programs
                .iter()
                .all(|program| shell::find(program).is_some()),
            Probe::Version(program, words) => {
                shell::output(workspace.command(program).arg("version"))
                    .is_ok_and(|version| version.contains(words))
            }
            Probe::Compiles(compiler) => compiles(workspace, compiler),
            Probe::Libclang => clang_sys::load().is_ok(),
            Probe::Library(library) => {
                shell::succeeds(workspace.command("pkg-config").args(["--exists", library]))
            }
        }
    }
}

fn compiles(workspace: &Workspace, compiler: &[&str]) -> bool {
    let child = workspace
        .command(compiler[0])
        .args(&compiler[1..])
        .args(["-x", "c", "-fsyntax-only", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else {
        return false;
    };
    if let Some(mut input) = child.stdin.take() {
        // A compiler that does not read its input fails below.
        let _ = input.write_all(b"#include <stdlib.h>\n#include <string.h>\n");
    }
    child.wait().is_ok_and(|status| status.success())
}

/// The names of the tools, in one line.
pub fn names(tools: &[&Tool]) -> String {
    let names: Vec<_> = tools.iter().map(|tool| tool.name).collect();
    names.join(", ")
}

/// The exact commands that bring the tools.
pub fn advice(tools: &[&Tool]) -> String {
    let packages = |of: fn(&Tool) -> &'static [&'static str]| {
        let words: Vec<_> = tools.iter().flat_map(|tool| of(tool)).copied().collect();
        words.join(" ")
    };
    format!(
        "install what is missing with one of\n  \
         sudo apt-get update && sudo apt-get install --no-install-recommends {}\n  \
         sudo dnf install {}\n  \
         brew install {}",
        packages(|tool| tool.apt),
        packages(|tool| tool.dnf),
        packages(|tool| tool.brew),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tool_has_a_package_in_every_system() {
        for tool in &TOOLS {
            assert!(
                !tool.apt.is_empty() && !tool.dnf.is_empty() && !tool.brew.is_empty(),
                "{}",
                tool.name
            );
        }
    }

    #[test]
    fn a_compiler_without_its_c_library_is_missing() {
        let workspace = Workspace::new(true).unwrap();
        assert!(compiles(&workspace, &["cc"]));
        assert!(!compiles(&workspace, &["cc", "-nostdinc"]));
        assert!(!compiles(&workspace, &["no-such-compiler"]));
    }
}
