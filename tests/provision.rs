//! The example `provision`, run as a user runs it; `openssl` is the judge of what it writes.
#![cfg(unix)]

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use tempfile::TempDir;

const FILES: [&str; 4] = [
    "device.csr.pem",
    "device.key.pem",
    "device.pkcs8.pem",
    "device.pub.pem",
];

/// A subject whose request is longer than a block of 512 bytes, as no other file is.
fn long_subject() -> String {
    let name = "a-name-that-is-about-as-long-as-names-are-allowed-to-be";
    format!("CN={name},OU={name},O={name},L={name}")
}

/// The example that `cargo test` has built beside this test.
fn program() -> PathBuf {
    let test = env::current_exe().unwrap();
    let program = test
        .parent()
        .unwrap()
        .with_file_name("examples")
        .join("provision");
    let built = fs::metadata(&program).and_then(|found| found.modified());
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/provision.rs");
    let written = fs::metadata(source).unwrap().modified().unwrap();
    assert!(
        built.is_ok_and(|built| built >= written),
        "the example is not built, or not from today's source: cargo build --example provision"
    );
    program
}

fn provision(out: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program());
    command
        .arg("--out")
        .arg(out)
        .args(arguments)
        .output()
        .unwrap()
}

fn succeed(output: &Output) -> String {
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The message of a run that must fail.
fn fail(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let error = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!error.contains("PRIVATE KEY-----\n"), "{error}");
    error
}

fn openssl(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .output();
    succeed(&output.expect("these tests need the program openssl: install it"))
}

fn public_key_of_request(folder: &Path) -> String {
    openssl(
        folder,
        &["req", "-in", "device.csr.pem", "-noout", "-pubkey"],
    )
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn contents(folder: &Path) -> Vec<String> {
    FILES
        .map(|name| fs::read_to_string(folder.join(name)).unwrap())
        .to_vec()
}

/// A folder with a provisioned device, and a certificate for it from a new authority.
fn device_with_certificate() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    succeed(&provision(path, &["--subject", "CN=device-0001"]));
    openssl(
        path,
        &[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            "/CN=Test CA",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
        ],
    );
    openssl(
        path,
        &[
            "x509",
            "-req",
            "-in",
            "device.csr.pem",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-out",
            "signed.pem",
        ],
    );
    let certificate = path.join("signed.pem");
    (folder, certificate)
}

fn accept(folder: &Path, certificate: &Path) -> Output {
    provision(folder, &["--certificate", certificate.to_str().unwrap()])
}

#[test]
fn openssl_reads_all_four_files_and_finds_one_key_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new");
    let told = succeed(&provision(&out, &["--subject", "CN=device-0001,O=Example"]));
    assert_eq!(names(&out), FILES);
    assert!(!told.contains("-----BEGIN"), "{told}");

    openssl(&out, &["pkey", "-in", "device.key.pem", "-check", "-noout"]);
    openssl(
        &out,
        &["pkey", "-in", "device.pkcs8.pem", "-check", "-noout"],
    );
    openssl(&out, &["req", "-in", "device.csr.pem", "-verify", "-noout"]);
    let subject = [
        "req",
        "-in",
        "device.csr.pem",
        "-noout",
        "-subject",
        "-nameopt",
        "RFC2253",
    ];
    // RFC 2253 writes the last attribute first.
    assert_eq!(
        openssl(&out, &subject).trim(),
        "subject=O=Example,CN=device-0001"
    );
    let public = fs::read_to_string(out.join("device.pub.pem")).unwrap();
    for private in ["device.key.pem", "device.pkcs8.pem"] {
        assert_eq!(openssl(&out, &["pkey", "-in", private, "-pubout"]), public);
    }
    assert_eq!(public_key_of_request(&out), public);
}

#[test]
fn only_the_owner_can_read_private_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    command
        .args(["-c", r#"umask 000; exec "$0" --out "$1""#])
        .arg(program())
        .arg(folder.path());
    succeed(&command.output().unwrap());
    for (name, mode) in FILES.into_iter().zip([0o644, 0o600, 0o600, 0o644]) {
        let found = fs::metadata(folder.path().join(name)).unwrap().mode() & 0o777;
        assert_eq!(found, mode, "{name}");
    }
}

#[test]
fn whatever_file_is_there_nothing_is_overwritten_or_added() {
    for name in FILES {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), "mine").unwrap();
        let error = fail(&provision(folder.path(), &[]));
        assert!(error.contains(name) && error.contains("--force"), "{error}");
        assert_eq!(names(folder.path()), [name]);
        assert_eq!(fs::read(folder.path().join(name)).unwrap(), b"mine");
    }
}

#[test]
fn force_replaces_all_files_by_those_of_one_new_key() {
    let folder = tempfile::tempdir().unwrap();
    succeed(&provision(folder.path(), &[]));
    let before = contents(folder.path());
    succeed(&provision(folder.path(), &["--force"]));
    let after = contents(folder.path());
    assert!(before.iter().zip(&after).all(|(old, new)| old != new));
    let public = public_key_of_request(folder.path());
    assert_eq!(public, after[3]);
}

#[test]
fn a_new_key_does_not_come_to_stand_beside_the_certificate_of_the_old_one() {
    let (folder, certificate) = device_with_certificate();
    succeed(&accept(folder.path(), &certificate));
    let before = contents(folder.path());
    let error = fail(&provision(folder.path(), &["--force"]));
    assert!(error.contains("device.cert.pem"), "{error}");
    assert_eq!(contents(folder.path()), before);
    fs::remove_file(folder.path().join("device.cert.pem")).unwrap();
    succeed(&provision(folder.path(), &["--force"]));
}

#[test]
fn force_replaces_no_folder_and_leaves_the_files_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    succeed(&provision(folder.path(), &[]));
    fs::remove_file(folder.path().join("device.pub.pem")).unwrap();
    fs::create_dir(folder.path().join("device.pub.pem")).unwrap();
    let key = fs::read(folder.path().join("device.key.pem")).unwrap();
    fail(&provision(folder.path(), &["--force"]));
    assert_eq!(names(folder.path()), FILES);
    assert_eq!(fs::read(folder.path().join("device.key.pem")).unwrap(), key);
}

#[test]
fn of_several_at_once_one_writes_and_its_files_belong_together() {
    let folder = tempfile::tempdir().unwrap();
    let winners = std::thread::scope(|scope| {
        let runs = [(); 8].map(|()| scope.spawn(|| provision(folder.path(), &[])));
        let outputs = runs.map(|run| run.join().unwrap());
        outputs
            .iter()
            .filter(|output| output.status.success())
            .count()
    });
    assert_eq!(winners, 1);
    assert_eq!(names(folder.path()), FILES);
    let public = public_key_of_request(folder.path());
    assert_eq!(public, contents(folder.path())[3]);
}

#[test]
fn a_subject_that_is_no_name_is_refused_before_anything_is_written() {
    for subject in ["", "device", "CN", "CN=", "XX=1", "CN=a,,O=b", "CN=a\nCN=b"] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("new");
        let error = fail(&provision(&out, &["--subject", subject]));
        assert!(error.contains("subject"), "{subject:?}: {error}");
        assert!(!out.exists(), "{subject:?}");
    }
}

#[test]
fn a_wrong_command_line_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["--subjct", "CN=a"][..],
        &["--subject"],
        &["more"],
        &["--certificate", "x", "--subject", "CN=a"],
    ] {
        fail(&provision(folder.path(), arguments));
    }
    fail(&Command::new(program()).output().unwrap());
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_folder_that_may_not_be_written_is_an_error_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::copy(program(), path.join("provision")).unwrap();
    let closed = path.join("closed");
    fs::create_dir(&closed).unwrap();
    for (path, mode) in [(path, 0o755), (&closed, 0o555)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    let mut command = Command::new(path.join("provision"));
    command.arg("--out").arg(&closed);
    if fs::metadata(path).unwrap().uid() == 0 {
        // Root may write everywhere; nobody may not.
        command.uid(65_534).gid(65_534);
    }
    let error = fail(&command.output().unwrap());
    assert!(
        error.contains("closed") && error.contains("ermission"),
        "{error}"
    );
    assert!(names(&closed).is_empty());

    let error = fail(&provision(&path.join("provision"), &[]));
    assert!(error.contains("cannot write"), "{error}");
    let error = fail(&provision(&path.join("no/such/folder"), &[]));
    assert!(error.contains("cannot write"), "{error}");
}

/// Runs the example where no file can grow over 512 bytes: the request is the last file, and the only one too long.
fn provision_on_a_full_disk(out: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", r#"ulimit -f 1; trap '' XFSZ; exec "$0" "$@""#]);
    command
        .arg(program())
        .arg("--out")
        .arg(out)
        .args(["--subject", &long_subject()]);
    command.args(arguments).output().unwrap()
}

#[test]
fn a_disk_that_fills_up_leaves_no_file_behind() {
    let folder = tempfile::tempdir().unwrap();
    let error = fail(&provision_on_a_full_disk(folder.path(), &[]));
    assert!(error.contains("cannot write"), "{error}");
    assert_eq!(names(folder.path()), [""; 0]);
    // Without the limit the same request is written, so the limit is what failed.
    succeed(&provision(folder.path(), &["--subject", &long_subject()]));
    assert!(
        fs::metadata(folder.path().join("device.csr.pem"))
            .unwrap()
            .len()
            > 512
    );
}

#[test]
fn a_disk_that_fills_up_leaves_the_old_files_whole() {
    let folder = tempfile::tempdir().unwrap();
    succeed(&provision(folder.path(), &[]));
    let before = contents(folder.path());
    let error = fail(&provision_on_a_full_disk(folder.path(), &["--force"]));
    assert!(error.contains("cannot write"), "{error}");
    assert_eq!(names(folder.path()), FILES);
    assert_eq!(contents(folder.path()), before);
}

#[test]
fn the_certificate_of_the_key_is_stored_beside_it() {
    let (folder, certificate) = device_with_certificate();
    succeed(&accept(folder.path(), &certificate));
    let stored = fs::read(folder.path().join("device.cert.pem")).unwrap();
    assert_eq!(stored, fs::read(&certificate).unwrap());
    openssl(
        folder.path(),
        &["verify", "-CAfile", "ca.pem", "device.cert.pem"],
    );

    let error = fail(&accept(folder.path(), &certificate));
    assert!(error.contains("--force"), "{error}");
}

#[test]
fn the_certificate_of_another_device_is_refused_and_not_stored() {
    let (ours, _) = device_with_certificate();
    let (_theirs, certificate) = device_with_certificate();
    let error = fail(&accept(ours.path(), &certificate));
    assert!(error.contains("another key"), "{error}");
    assert!(!ours.path().join("device.cert.pem").exists());
}

#[test]
fn what_is_no_certificate_is_refused_and_not_stored() {
    let (folder, certificate) = device_with_certificate();
    let path = folder.path();
    let pem = fs::read_to_string(&certificate).unwrap();
    openssl(
        path,
        &[
            "x509",
            "-in",
            "signed.pem",
            "-outform",
            "DER",
            "-out",
            "signed.der",
        ],
    );
    let key = fs::read_to_string(path.join("device.key.pem")).unwrap();
    fs::write(path.join("half.pem"), &pem[..pem.len() / 2]).unwrap();
    fs::write(path.join("bits.pem"), pem.replacen("MII", "AII", 1)).unwrap();
    fs::write(path.join("both.pem"), format!("{key}{pem}")).unwrap();
    let bad = [
        "half.pem",
        "bits.pem",
        "both.pem",
        "signed.der",
        "device.csr.pem",
        "device.key.pem",
        "none.pem",
    ];
    for name in bad {
        let error = fail(&accept(path, &path.join(name)));
        assert!(error.contains(name), "{error}");
        assert!(!path.join("device.cert.pem").exists(), "{name}");
    }
}

#[test]
fn a_certificate_without_its_key_is_refused() {
    let (folder, certificate) = device_with_certificate();
    let empty = tempfile::tempdir().unwrap();
    let error = fail(&accept(empty.path(), &certificate));
    assert!(error.contains("device.key.pem"), "{error}");
    assert!(names(empty.path()).is_empty());
    drop(folder);
}
