//! Each way to find the C sources, in its order, with folders and a cargo made for the purpose.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use mbedtls_config::Error;
use mbedtls_config::source::{self, Environment};
use tempfile::TempDir;

const PACKAGE: &str = "mbedtls-rs-sys-0.3.1/mbedtls";

/// A machine without sources, on which cargo does nothing.
struct Machine {
    folder: TempDir,
    environment: Environment,
}

impl Machine {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["deps/mbedtls-config", "home/registry/src/index-1", "out"] {
            fs::create_dir_all(path(name)).unwrap();
        }
        let environment = Environment {
            source_dir: None,
            manifest_dir: path("deps/mbedtls-config"),
            cargo_home: Some(path("home")),
            cargo: path("cargo"),
            out_dir: path("out"),
            offline: false,
            no_fetch: false,
        };
        let machine = Self {
            folder,
            environment,
        };
        machine.cargo("exit 1");
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes cargo a script: it notes how it was called, then does this.
    fn cargo(&self, body: &str) {
        let script = format!(
            "#!/bin/sh\necho \"$@\" >> '{}'\n{body}\n",
            self.path("calls").display()
        );
        // Another process writes it: a file that a thread of ours holds open for writing cannot be run.
        let status = Command::new("sh")
            .args([
                "-c",
                "printf '%s' \"$1\" > \"$2\" && chmod +x \"$2\"",
                "sh",
                &script,
            ])
            .arg(&self.environment.cargo)
            .status();
        assert!(status.unwrap().success());
    }

    fn calls(&self) -> String {
        fs::read_to_string(self.path("calls")).unwrap_or_default()
    }

    fn find(&self) -> Result<PathBuf, Error> {
        source::find(&self.environment).map(|tree| tree.root)
    }
}

/// Writes what makes a folder a tree of this version.
fn tree(root: &Path, version: &str) -> PathBuf {
    fs::create_dir_all(root.join("include/mbedtls")).unwrap();
    fs::create_dir_all(root.join("library")).unwrap();
    let header = if version.starts_with('2') {
        "version.h"
    } else {
        "build_info.h"
    };
    let line = format!("#define MBEDTLS_VERSION_STRING         \"{version}\"\n");
    fs::write(root.join("include/mbedtls").join(header), line).unwrap();
    fs::write(root.join("library/error.c"), "").unwrap();
    root.to_owned()
}

#[test]
fn a_named_tree_comes_first() {
    let mut machine = Machine::new();
    tree(
        &machine.path("home/registry/src/index-1").join(PACKAGE),
        "3.6.5",
    );
    let named = tree(&machine.path("mine"), "3.6.2");
    machine.environment.source_dir = Some(named.clone());
    let found = source::find(&machine.environment).unwrap();
    assert_eq!((found.root, found.version.as_str()), (named, "3.6.2"));
    assert_eq!(machine.calls(), "");
}

#[test]
fn a_named_tree_of_another_version_is_refused_by_its_version() {
    for (version, message) in [
        (
            "2.28.10",
            "holds Mbed TLS 2.28.10, but this crate needs Mbed TLS 3.6",
        ),
        (
            "3.5.1",
            "holds Mbed TLS 3.5.1, but this crate needs Mbed TLS 3.6",
        ),
        (
            "4.0.0",
            "holds Mbed TLS 4.0.0, but this crate needs Mbed TLS 3.6",
        ),
        (
            "3.60.0",
            "holds Mbed TLS 3.60.0, but this crate needs Mbed TLS 3.6",
        ),
    ] {
        let mut machine = Machine::new();
        // That the right one would be found elsewhere does not help: the person named this one.
        tree(
            &machine.path("home/registry/src/index-1").join(PACKAGE),
            "3.6.5",
        );
        machine.environment.source_dir = Some(tree(&machine.path("mine"), version));
        let error = machine.find().unwrap_err();
        assert!(matches!(error, Error::WrongSources { .. }));
        assert!(error.to_string().ends_with(message), "{error}");
    }
}

#[test]
fn a_named_folder_without_mbed_tls_or_its_generated_files_is_refused() {
    let mut machine = Machine::new();
    machine.environment.source_dir = Some(machine.path("deps"));
    assert!(
        machine
            .find()
            .unwrap_err()
            .to_string()
            .contains("holds no Mbed TLS, but")
    );
    let named = tree(&machine.path("mine"), "3.6.5");
    fs::remove_file(named.join("library/error.c")).unwrap();
    machine.environment.source_dir = Some(named);
    assert!(
        machine
            .find()
            .unwrap_err()
            .to_string()
            .contains("generated files")
    );
}

#[test]
fn a_package_beside_this_one_comes_second() {
    for name in ["mbedtls-rs-sys-0.3.1/mbedtls", "mbedtls-rs-sys/mbedtls"] {
        let machine = Machine::new();
        tree(
            &machine.path("home/registry/src/index-1").join(PACKAGE),
            "3.6.5",
        );
        let beside = tree(&machine.path("deps").join(name), "3.6.5");
        assert_eq!(machine.find().unwrap(), beside);
        assert_eq!(machine.calls(), "");
    }
}

#[test]
fn a_package_beside_this_one_of_another_version_is_passed_over() {
    let machine = Machine::new();
    tree(
        &machine.path("deps").join("mbedtls-rs-sys/mbedtls"),
        "3.5.0",
    );
    let registry = tree(
        &machine.path("home/registry/src/index-1").join(PACKAGE),
        "3.6.5",
    );
    assert_eq!(machine.find().unwrap(), registry);
}

#[test]
fn the_registry_comes_third() {
    let machine = Machine::new();
    fs::create_dir_all(machine.path("home/registry/src/index-0")).unwrap();
    let registry = tree(
        &machine.path("home/registry/src/index-1").join(PACKAGE),
        "3.6.5",
    );
    assert_eq!(machine.find().unwrap(), registry);
    assert_eq!(machine.calls(), "");
}

#[test]
fn cargo_is_asked_fourth_with_the_pin_below_the_build_folder() {
    let machine = Machine::new();
    let kept = tree(&machine.path("elsewhere/mbedtls-rs-sys/mbedtls"), "3.6.5");
    let manifest = kept.parent().unwrap().join("Cargo.toml");
    machine.cargo(&format!(
        "printf '{{\"packages\":[{{\"manifest_path\":\"/other/Cargo.toml\"}},{{\"manifest_path\":\"{}\"}}]}}'",
        manifest.display()
    ));
    assert_eq!(machine.find().unwrap(), kept);
    let calls = machine.calls();
    assert!(calls.starts_with("metadata --offline --locked "), "{calls}");
    assert_eq!(calls.lines().count(), 1);
    assert!(machine.path("out/mbedtls-src/Cargo.lock").is_file());
}

#[test]
fn fetching_comes_last() {
    let machine = Machine::new();
    let registry = machine.path("home/registry/src/index-1").join(PACKAGE);
    tree(&machine.path("server/mbedtls"), "3.6.5");
    machine.cargo(&format!(
        "test \"$1\" = fetch || exit 1\nmkdir -p '{0}'\ncp -r '{1}' '{0}'",
        registry.parent().unwrap().display(),
        machine.path("server/mbedtls").display()
    ));
    assert_eq!(machine.find().unwrap(), registry);
    let calls = machine.calls();
    let fetch = calls.lines().last().unwrap();
    assert!(
        fetch.starts_with("fetch --locked --manifest-path "),
        "{calls}"
    );
}

#[test]
fn nothing_is_fetched_when_that_is_forbidden() {
    for (offline, no_fetch, name) in [
        (true, false, "CARGO_NET_OFFLINE"),
        (false, true, "MBEDTLS_NO_FETCH"),
    ] {
        let mut machine = Machine::new();
        machine.environment.offline = offline;
        machine.environment.no_fetch = no_fetch;
        let error = machine.find().unwrap_err().to_string();
        assert!(error.contains(name), "{error}");
        assert!(
            error.contains("cargo fetch --locked --manifest-path"),
            "{error}"
        );
        assert!(error.contains("MBEDTLS_SOURCE_DIR"), "{error}");
        assert!(!machine.calls().contains("fetch"));
    }
}

#[test]
fn a_fetch_that_fails_says_why_and_what_to_do() {
    let machine = Machine::new();
    machine.cargo("echo 'no route to the registry' >&2; exit 101");
    let error = machine.find().unwrap_err();
    assert!(matches!(error, Error::NoSources { .. }));
    let text = error.to_string();
    assert!(
        text.contains("no route to the registry") && text.contains("MBEDTLS_SOURCE_DIR"),
        "{text}"
    );
}

#[test]
fn a_fetch_that_brings_nothing_is_an_error() {
    let machine = Machine::new();
    machine.cargo("test \"$1\" = fetch");
    assert!(
        machine
            .find()
            .unwrap_err()
            .to_string()
            .contains("did not bring them")
    );
}

#[test]
fn a_machine_without_cargo_or_home_is_told_what_to_do() {
    let mut machine = Machine::new();
    machine.environment.cargo = machine.path("no-cargo");
    machine.environment.cargo_home = None;
    let error = machine.find().unwrap_err().to_string();
    assert!(error.contains("MBEDTLS_SOURCE_DIR"), "{error}");
}

#[test]
fn the_embedded_pin_is_that_of_mbedtls_src() {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (embedded, pinned) in [("manifest.toml", "Cargo.toml"), ("lock.toml", "Cargo.lock")] {
        let embedded = fs::read_to_string(crate_dir.join("data/pin").join(embedded)).unwrap();
        let pinned = fs::read_to_string(crate_dir.join("../mbedtls-src").join(pinned)).unwrap();
        assert_eq!(
            embedded, pinned,
            "copy mbedtls-src into mbedtls-config/data/pin"
        );
    }
}

#[test]
fn the_variables_of_a_build_script_are_read() {
    let environment = Environment::from_build_script();
    assert_eq!(
        environment.manifest_dir,
        Path::new(env!("CARGO_MANIFEST_DIR"))
    );
    assert!(environment.cargo_home.is_some());
}
