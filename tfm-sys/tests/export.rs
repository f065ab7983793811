//! What the build script does with an export: tell versions apart, refuse another interface, link the veneers.
//!
//! Miri can neither read headers with libclang nor start a linker, so these tests are not for it.
#![cfg(not(miri))]

#[path = "../build/export.rs"]
mod export;
#[path = "../build/facts.rs"]
mod facts;
#[path = "../build/veneers.rs"]
mod veneers;

use export::Export;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const TARGET: &str = "thumbv8m.main-none-eabi";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// An export with the headers of one interface, in a folder of its own.
struct Fixture(TempDir);

impl Fixture {
    fn new(interface: &str, version: Option<&str>) -> Self {
        let fixture = Self(tempfile::tempdir().unwrap());
        for part in ["common", interface] {
            copy(&here("tests/export").join(part), &fixture.include());
        }
        if let Some(version) = version {
            let package =
                format!("set(A 1)\nset(TFM_VERSION                            {version})\n");
            fs::create_dir(fixture.root().join("cmake")).unwrap();
            fs::write(fixture.root().join("cmake/spe_config.cmake"), package).unwrap();
        }
        fixture
    }

    /// An export as 2.3 made it: other headers, and functions that went and came.
    fn of_2_3() -> Self {
        let fixture = Self::new("v2", Some("2.3.1"));
        copy(&here("tests/export/v2_3"), &fixture.include());
        let (defs, client) = ("tfm_crypto_defs.h", "psa/client.h");
        fixture.replace(defs, "CRYPTO_OPEN_KEY", "CRYPTO_ABANDONED_OPEN_KEY");
        fixture.replace(defs, "CRYPTO_CLOSE_KEY", "CRYPTO_ABANDONED_CLOSE_KEY");
        for (last, new) in [
            ("HASH_ABORT", "CAN_DO_HASH"),
            ("CIPHER_ABORT", "CAN_DO_CIPHER"),
        ] {
            let [last, new] = [last, new].map(|name| format!("TFM_CRYPTO_{name}_SID,"));
            fixture.replace(defs, &last, &format!("{last} {new}"));
        }
        let include = "#include <stdint.h>";
        fixture.replace(
            client,
            include,
            &format!("{include}\n#include \"psa/api_broker.h\""),
        );
        fixture
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn include(&self) -> PathBuf {
        self.root().join("interface/include")
    }

    /// Changes a header.
    fn replace(&self, header: &str, from: &str, to: &str) {
        let path = self.include().join(header);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{header} has no {from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }

    fn check(&self) -> Result<(), String> {
        Export::open(self.root())?.check(&here("include"), TARGET)
    }
}

#[test]
fn exports_of_the_three_supported_versions_are_accepted() {
    let older = ["2.1.0", "2.2.2"].map(|version| (version, Fixture::new("v2", Some(version))));
    for (version, fixture) in older.into_iter().chain([("2.3.1", Fixture::of_2_3())]) {
        assert_eq!(fixture.check(), Ok(()), "{version}");
        let export = Export::open(fixture.root()).unwrap();
        assert!(export.is_tested(), "{version}");
        assert_eq!(export.name(), format!("TF-M {version}"));
    }
}

#[test]
fn a_newer_export_with_the_same_interface_is_accepted_as_untested() {
    let fixture = Fixture::new("v2", Some("2.4.0"));
    assert_eq!(fixture.check(), Ok(()));
    assert!(!Export::open(fixture.root()).unwrap().is_tested());
}

#[test]
fn an_older_interface_is_refused_by_its_name() {
    let error = Fixture::new("v1_8", None).check().unwrap_err();
    assert!(
        error.ends_with("this export is TF-M 1.8; supported: 2.1 to 2.3"),
        "{error}"
    );
    let error = Fixture::new("v1_8", Some("2.0.0")).check().unwrap_err();
    assert!(
        error.ends_with("this export is TF-M 2.0.0; supported: 2.1 to 2.3"),
        "{error}"
    );
}

#[test]
fn a_difference_in_any_part_of_the_interface_is_named() {
    let changes = [
        (
            "tfm_crypto_defs.h",
            "uint32_t op_handle;",
            "uint64_t op_handle;",
            "width op_handle: 8",
        ),
        (
            "tfm_crypto_defs.h",
            "uint16_t step;",
            "uint16_t a, step;",
            "offset step: 44",
        ),
        (
            "tfm_crypto_defs.h",
            "HASH_UPDATE_SID,",
            "HASH_UPDATE_SID, ANOTHER,",
            "psa_hash_clone: 773",
        ),
        (
            "tfm_crypto_defs.h",
            "KEY_DERIVATION_ABORT_SID",
            "KEY_DERIVATION_ABORT_SID = 5",
            "abort: 5",
        ),
        (
            "psa/crypto.h",
            "uint16_t bits;",
            "uint32_t bits;",
            "size attributes: 28",
        ),
        (
            "psa/crypto.h",
            "{ uint32_t handle; } psa_mac",
            "{ uint64_t handle; } psa_mac",
            "mac_operation: 8",
        ),
        (
            "psa_manifest/sid.h",
            "0x40000100U",
            "0x40000106U",
            "handle crypto: 1073742086",
        ),
        (
            "psa_manifest/sid.h",
            "0x40000102U",
            "0x40000103U",
            "handle internal_trusted_storage",
        ),
        (
            "tfm_its_defs.h",
            "1003",
            "1007",
            "type its_get_info: 1007, the client speaks 1003",
        ),
        (
            "tfm_psa_call_pack.h",
            "<< 24",
            "<< 8",
            "control word_of_1010_2_1",
        ),
        ("psa/client.h", "(4u)", "(5u)", "limit vectors: 5"),
    ];
    for (header, from, to, message) in changes {
        let fixture = Fixture::new("v2", Some("2.2.0"));
        fixture.replace(header, from, to);
        let error = fixture.check().unwrap_err();
        assert!(
            error.contains("this export is TF-M 2.2.0 with another interface"),
            "{error}"
        );
        assert!(error.contains(message), "{message}: {error}");
    }
}

#[test]
fn what_is_no_export_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let error = Export::open(folder.path()).unwrap_err();
    assert!(
        error.contains("name the folder api_ns of the build"),
        "{error}"
    );

    let fixture = Fixture::new("v2", None);
    fs::remove_file(fixture.include().join("tfm_crypto_defs.h")).unwrap();
    let error = fixture.check().unwrap_err();
    assert!(error.contains("TFM_PARTITION_CRYPTO"), "{error}");

    let fixture = Fixture::new("v2", Some("2.1.0"));
    fixture.replace(
        "psa/crypto.h",
        "#include <stdint.h>",
        "#include <nowhere.h>",
    );
    let error = fixture.check().unwrap_err();
    assert!(
        error.contains("nowhere.h") && error.contains("cannot be read"),
        "{error}"
    );
}

#[test]
fn the_build_folder_around_an_export_will_do() {
    let build = tempfile::tempdir().unwrap();
    copy(
        Fixture::new("v2", Some("2.1.0")).root(),
        &build.path().join("api_ns"),
    );
    let export = Export::open(build.path()).unwrap();
    assert_eq!(export.root, build.path().join("api_ns"));
    assert_eq!(export.version.as_deref(), Some("2.1.0"));
}

/// An object that defines functions, made by the Rust compiler itself.
fn object(folder: &Path, functions: &[&str]) -> PathBuf {
    let mut source = String::from("#![no_std]\n");
    for function in functions {
        writeln!(
            source,
            "#[unsafe(no_mangle)] extern \"C\" fn {function}() -> u32 {{ 0 }}"
        )
        .unwrap();
    }
    let (path, object) = (folder.join("veneers.rs"), folder.join("s_veneers.o"));
    fs::write(&path, source).unwrap();
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let arguments = [
        "--edition",
        "2024",
        "--crate-type",
        "lib",
        "--emit",
        "obj",
        "--target",
        TARGET,
        "-o",
    ];
    let mut command = Command::new(compiler);
    let output = command
        .args(arguments)
        .arg(&object)
        .arg(&path)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    object
}

#[test]
fn veneers_become_an_archive_with_one_member() {
    let folder = tempfile::tempdir().unwrap();
    let object = object(folder.path(), &["tfm_psa_call_veneer"]);
    veneers::archive(&object, folder.path()).unwrap();
    let path = folder.path().join(format!("lib{}.a", veneers::LIBRARY));
    let mut archive = ar::Archive::new(fs::File::open(path).unwrap());
    let mut member = archive.next_entry().unwrap().unwrap();
    assert_eq!(member.header().identifier(), b"s_veneers.o");
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut member, &mut bytes).unwrap();
    assert_eq!(bytes, fs::read(&object).unwrap());
    drop(member);
    assert!(archive.next_entry().is_none());
}

#[test]
fn a_missing_or_damaged_import_library_says_what_it_should_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s_veneers.o");
    let error = veneers::archive(&path, folder.path()).unwrap_err();
    assert!(error.contains("CONFIG_TFM_USE_TRUSTZONE"), "{error}");
    fs::write(&path, "no object").unwrap();
    let error = veneers::archive(&path, folder.path()).unwrap_err();
    assert!(error.contains("no ELF object"), "{error}");
}

/// Builds an image, a package of its own so that nothing but the client is built for the device, and returns what cargo
/// said.
fn build_image(image: &str, feature: &str, export: Option<&Path>) -> Result<(), String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(image);
    fs::create_dir_all(&folder).unwrap();
    let manifest = format!(
        "[workspace]\n[package]\nname = \"{image}\"\nedition = \"2024\"\n[[bin]]\nname = \"{image}\"\npath = \"{}\"\n\
         [dependencies]\ntfm-sys = {{ path = \"{}\", features = [\"{feature}\"] }}\n",
        here("tests/image").join(format!("{image}.rs")).display(),
        here("").display(),
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    // The same versions of everything, so that what the workspace has built is not built again.
    fs::copy(here("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut command = build_command(&folder);
    if let Some(export) = export {
        command.env("TFM_API_NS", export);
    }
    run(&mut command)
}

/// `cargo build` for the device, into the folder that these tests were built into.
fn build_command(folder: &Path) -> Command {
    let target_folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["build", "--offline", "--target", TARGET, "--target-dir"])
        .arg(target_folder)
        .current_dir(folder)
        .env_remove("TFM_API_NS");
    command
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() {
        Ok(())
    } else {
        Err(said)
    }
}

/// Gives an export an import library that defines every veneer.
fn add_veneers(fixture: &Fixture) {
    let library = Export::open(fixture.root()).unwrap().veneers();
    let folder = library.parent().unwrap();
    fs::create_dir_all(folder).unwrap();
    let names = ["framework_version", "version", "connect", "call", "close"];
    let names = names.map(|name| format!("tfm_psa_{name}_veneer"));
    assert_eq!(
        object(folder, &names.each_ref().map(String::as_str)),
        library
    );
}

#[test]
fn an_image_links_with_an_export_and_without_one_the_linker_says_what_to_set() {
    let fixture = Fixture::new("v2", Some("2.1.0"));
    add_veneers(&fixture);
    build_image("smallest", "tfm", Some(fixture.root())).unwrap();

    let said = build_image("smallest", "tfm", None).unwrap_err();
    assert!(
        said.contains("set_TFM_API_NS_to_the_api_ns_folder_of_your_TFM_build"),
        "{said}"
    );

    let old = Fixture::new("v1_8", None);
    let said = build_image("smallest", "tfm", Some(old.root())).unwrap_err();
    assert!(
        said.contains("this export is TF-M 1.8; supported: 2.1 to 2.3"),
        "{said}"
    );
}

#[test]
fn an_export_of_2_3_serves_the_client_alone_and_below_mbed_tls() {
    let export = Fixture::of_2_3();
    add_veneers(&export);
    build_image("smallest", "tfm", Some(export.root())).unwrap();

    let mut hybrid = build_command(&here(".."));
    hybrid.args(["--package", "mbedtls-psa", "--no-default-features"]);
    hybrid.args(["--features", "provisioning,tfm"]);
    run(hybrid.env("TFM_API_NS", export.root())).unwrap();
}

#[test]
fn the_export_s_own_client_in_c_links_instead_of_the_one_in_rust() {
    let fixture = Fixture::new("v2", None);
    copy(&here("tests/export/c_client"), fixture.root());
    add_veneers(&fixture);
    build_image("smallest_c", "c-client", Some(fixture.root())).unwrap();

    let said = build_image("smallest_c", "c-client", None).unwrap_err();
    assert!(
        said.contains("the feature c-client builds the client of an export"),
        "{said}"
    );
}

#[test]
fn the_safe_api_builds_for_the_device_without_a_c_compiler_and_without_libclang() {
    let mut command = build_command(&here(".."));
    command.args([
        "--package",
        "psa-client",
        "--no-default-features",
        "--features",
        "tfm",
    ]);
    for tool in ["CC", "TARGET_CC", "CXX", "AR", "LIBCLANG_PATH"] {
        command.env(tool, "/nowhere");
    }
    run(&mut command).unwrap();
}
