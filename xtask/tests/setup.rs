//! `cargo xtask setup` on machines that lack something: every program it can call is a script that keeps a record.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Programs that need only be there. `id`, `sudo` and the rest have parts of their own.
const PLAIN: [&str; 9] = [
    "arm-none-eabi-gcc",
    "cc",
    "cmake",
    "make",
    "mosquitto",
    "mosquitto_pub",
    "mosquitto_sub",
    "qemu-system-arm",
    "valgrind",
];

/// Says that all toolchains are complete, or that 1.95.0 lacks its target until it is installed.
const RUSTUP: &str = r#"
case "$1 $2" in
"component list")
    echo cargo-x86_64-unknown-linux-gnu
    echo rust-src
    for part in clippy miri rustfmt; do echo "$part-x86_64-unknown-linux-gnu"; done
    test -e "$HOME/no-target" || echo rust-std-thumbv8m.main-none-eabi
    for part in riscv32imac-unknown-none-elf thumbv6m-none-eabi thumbv7em-none-eabi thumbv7em-none-eabihf \
        thumbv7m-none-eabi thumbv8m.main-none-eabihf x86_64-unknown-none; do echo "rust-std-$part"; done ;;
"toolchain install") rm -f "$HOME/no-target" ;;
esac"#;

/// Has the sources, or fetches them when it is not offline.
const CARGO: &str = r#"
case "$*" in
*--offline*) test ! -e "$HOME/no-sources" ;;
fetch*) rm -f "$HOME/no-sources" ;;
esac"#;

/// Installs valgrind, whatever is asked for.
const APT_GET: &str = r#"
case "$*" in
install*) cp "$HOME/bin/cmake" "$HOME/bin/valgrind" ;;
esac"#;

/// A home folder whose `bin` is all the PATH there is.
struct Machine(TempDir);

impl Machine {
    /// A machine that has everything, apt-get and root included.
    fn complete() -> Self {
        let machine = Self(tempfile::tempdir().unwrap());
        fs::create_dir(machine.home().join("bin")).unwrap();
        for program in PLAIN {
            machine.program(program, "");
        }
        machine.program("openssl", "echo OpenSSL 3.0.19");
        machine.program("id", "echo 0");
        machine.program("sudo", r#"shift; exec "$@""#);
        machine.program("rustup", RUSTUP);
        machine.program("cargo", CARGO);
        machine.program("apt-get", APT_GET);
        for real in ["cp", "env", "rm", "true"] {
            let folder = ["/usr/bin", "/bin"].map(Path::new);
            let program = folder
                .map(|f| f.join(real))
                .into_iter()
                .find(|p| p.exists());
            symlink(program.unwrap(), machine.home().join("bin").join(real)).unwrap();
        }
        machine
    }

    fn home(&self) -> &Path {
        self.0.path()
    }

    /// A script that writes its command line to the record, and then does this.
    fn program(&self, name: &str, script: &str) {
        let path = self.home().join("bin").join(name);
        let record = r#"echo "${0##*/} $*" >>"$HOME/record""#;
        fs::write(&path, format!("#!/bin/sh\n{record}\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn without(self, program: &str) -> Self {
        fs::remove_file(self.home().join("bin").join(program)).unwrap();
        self
    }

    /// The mark that makes one of the scripts say that something is missing.
    fn lacking(self, mark: &str) -> Self {
        fs::write(self.home().join(mark), "").unwrap();
        self
    }

    fn user_without_sudo(self) -> Self {
        self.program("id", "echo 1000");
        self.program("sudo", "exit 1");
        self
    }

    /// Runs xtask; what it did and said.
    fn run(&self, args: &[&str]) -> Run {
        let record = self.home().join("record");
        fs::write(&record, "").unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(args)
            .env("HOME", self.home())
            .env("PATH", self.home().join("bin"))
            .env("CARGO", self.home().join("bin/cargo"))
            .output()
            .unwrap();
        Run {
            output,
            record: fs::read_to_string(record).unwrap(),
        }
    }
}

struct Run {
    output: Output,
    record: String,
}

impl Run {
    fn succeeds(self) -> Self {
        assert!(self.output.status.success(), "{self}");
        self
    }

    fn fails(self) -> Self {
        assert!(!self.output.status.success(), "{self}");
        self
    }

    fn says(&self, text: &str) {
        assert!(
            self.to_string().contains(text),
            "{text:?} is missing in\n{self}"
        );
    }

    fn called(&self, command: &str) {
        assert!(
            self.record.lines().any(|line| line == command),
            "no call of {command:?} in\n{self}"
        );
    }

    /// Nothing was installed or fetched; looking is allowed.
    fn changed_nothing(&self) {
        for line in self.record.lines() {
            let fetches = line.starts_with("cargo fetch") && !line.contains("--offline");
            let installs =
                line.starts_with("apt-get") || line.starts_with("rustup toolchain install");
            assert!(!fetches && !installs, "{line:?} was called in\n{self}");
        }
    }
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.output.stdout))?;
        f.write_str(&String::from_utf8_lossy(&self.output.stderr))?;
        write!(f, "--- calls\n{}", self.record)
    }
}

#[test]
fn a_machine_that_has_everything_is_left_alone() {
    let run = Machine::complete().run(&["setup"]).succeeds();
    run.changed_nothing();
    run.says("set-up: tools are there");
}

#[test]
fn root_installs_what_is_missing_once() {
    let machine = Machine::complete().without("valgrind");
    let run = machine.run(&["setup"]).succeeds();
    run.called("apt-get update");
    run.called("apt-get install --yes --no-install-recommends valgrind libc6-dbg");
    run.says("set-up: missing: valgrind");
    machine.run(&["setup"]).succeeds().changed_nothing();
}

#[test]
fn a_user_installs_by_sudo_that_asks_nothing() {
    let machine = Machine::complete().without("valgrind");
    machine.program("id", "echo 1000");
    let run = machine.run(&["setup"]).succeeds();
    run.called("sudo -n true");
    let environment = "env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1";
    run.called(&format!("sudo -n {environment} apt-get update"));
    run.called("apt-get install --yes --no-install-recommends valgrind libc6-dbg");
}

#[test]
fn who_may_not_install_is_told_the_commands_for_apt_dnf_and_brew() {
    let machine = Machine::complete()
        .without("qemu-system-arm")
        .without("arm-none-eabi-gcc");
    let machine = machine.user_without_sudo();
    for args in [&["setup"][..], &["test"], &["setup", "--offline"]] {
        let run = machine.run(args).fails();
        run.changed_nothing();
        run.says("missing: arm-none-eabi-gcc with newlib, qemu-system-arm\n");
        run.says(
            "  sudo apt-get update && sudo apt-get install --no-install-recommends \
             gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm\n",
        );
        run.says("  sudo dnf install arm-none-eabi-gcc-cs arm-none-eabi-newlib qemu-system-arm\n");
        run.says("  brew install gcc-arm-embedded qemu\n");
    }
}

#[test]
fn without_apt_get_nothing_is_tried() {
    let machine = Machine::complete().without("valgrind").without("apt-get");
    let run = machine.run(&["setup"]).fails();
    run.changed_nothing();
    run.says("sudo dnf install valgrind\n");
}

#[test]
fn a_package_that_did_not_help_is_an_error() {
    let machine = Machine::complete().without("cmake");
    machine.program("apt-get", "");
    machine
        .run(&["setup"])
        .fails()
        .says("installed, and still not usable: cmake");
}

#[test]
fn libressl_is_not_taken_for_openssl() {
    let machine = Machine::complete().user_without_sudo();
    machine.program("openssl", "echo LibreSSL 3.3.6");
    machine.run(&["setup"]).fails().says("missing: openssl\n");
}

#[test]
fn offline_touches_no_network_whatever_is_missing() {
    let offline = ["setup", "--offline"];
    Machine::complete()
        .run(&offline)
        .succeeds()
        .changed_nothing();
    for (machine, advice) in [
        (
            Machine::complete().without("valgrind"),
            "apt-get install --no-install-recommends valgrind",
        ),
        (
            Machine::complete().lacking("no-target"),
            "rustup toolchain install 1.95.0",
        ),
        (
            Machine::complete().lacking("no-sources"),
            "cargo fetch --locked",
        ),
    ] {
        let run = machine.run(&offline).fails();
        run.changed_nothing();
        run.says("--offline");
        run.says(advice);
    }
}

#[test]
fn offline_is_told_to_cargo_and_rustup() {
    let machine = Machine::complete();
    machine.program("cargo", r#"echo "$CARGO_NET_OFFLINE" >>"$HOME/record""#);
    machine.program(
        "rustup",
        &format!(r#"echo "$RUSTUP_AUTO_INSTALL" >>"$HOME/record"{RUSTUP}"#),
    );
    let run = machine.run(&["--offline", "setup"]).succeeds();
    run.called("true");
    run.called("0");
}

#[test]
fn an_incomplete_toolchain_is_completed_once() {
    let machine = Machine::complete().lacking("no-target");
    machine.run(&["setup"]).succeeds().called(
        "rustup toolchain install 1.95.0 --no-self-update --profile minimal \
         --component clippy --component rustfmt --target thumbv8m.main-none-eabi --target x86_64-unknown-none \
         --target thumbv6m-none-eabi --target thumbv7m-none-eabi --target thumbv7em-none-eabi \
         --target thumbv7em-none-eabihf --target thumbv8m.main-none-eabihf --target riscv32imac-unknown-none-elf",
    );
    machine.run(&["setup"]).succeeds().changed_nothing();
}

#[test]
fn without_rustup_its_address_is_told() {
    Machine::complete()
        .without("rustup")
        .run(&["setup"])
        .fails()
        .says("rustup is missing");
}

#[test]
fn missing_sources_are_fetched_once_by_their_lock_files() {
    let machine = Machine::complete().lacking("no-sources");
    machine
        .run(&["setup"])
        .succeeds()
        .called("cargo fetch --locked --manifest-path Cargo.toml");
    machine.run(&["setup"]).succeeds().changed_nothing();
}

#[test]
fn the_demo_asks_for_no_more_than_it_uses() {
    let machine = Machine::complete()
        .without("valgrind")
        .without("qemu-system-arm")
        .without("arm-none-eabi-gcc");
    // The build fails here, for this cargo builds nothing; set-up comes before it.
    let run = machine.run(&["demo"]).fails();
    run.changed_nothing();
    run.says("set-up: tools are there (C compiler, libclang, openssl)");
}
