//! `config`, `modem` and `why` as programs: what they print, and their exit status.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn tool(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mbedtls-diag"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn data(name: &str) -> String {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "data", name]
        .iter()
        .collect();
    path.display().to_string()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn config_answers_with_its_exit_status() {
    let journey = data("ncs-tfm.config");
    for (arguments, status) in [
        (&["config", &journey][..], 0),
        (&["config", &journey, "--needs", "psa"], 0),
        (&["config", &journey, "--needs", "strerror"], 1),
        (&["config", &journey, "--needs", "teleport"], 2),
        (&["config", &data("ca.pem")], 2),
        (&["config", "no-such-file"], 2),
        (&["config"], 2),
    ] {
        let output = tool(arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
        assert_eq!(output.stderr.is_empty(), status < 2, "{arguments:?}");
    }
}

#[test]
fn config_prints_json_for_programs() {
    let output = tool(&[
        "config",
        &data("ncs-tfm.config"),
        "--needs",
        "strerror",
        "--json",
    ]);
    let value = json(&output);
    assert_eq!(value["schema"], 1);
    assert_eq!(value["environment"], "nRF Connect SDK");
    assert_eq!(
        value["lines"],
        serde_json::json!(["CONFIG_MBEDTLS_DEBUG=y"])
    );
}

#[test]
fn config_can_be_told_what_the_files_leave_open() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("prj.conf");
    std::fs::write(&file, "CONFIG_MBEDTLS=y\n").unwrap();
    let file = file.display().to_string();
    for (system, environment) in [
        ("zephyr", "Zephyr 3.7 to 4.3"),
        ("ncs", "nRF Connect SDK"),
        ("esp-idf", "ESP-IDF 5.x"),
    ] {
        let output = tool(&["config", &file, "--from", system, "--json"]);
        assert_eq!(json(&output)["environment"], environment);
    }
    let output = tool(&["config", &file, "--mbedtls", "3.5", "--json"]);
    assert_eq!(json(&output)["mbedtls"], "3.5.1");
}

#[test]
fn keygen_reads_an_argument_a_file_or_standard_input() {
    let file = data("keygen_csr.txt");
    let answer = std::fs::read_to_string(&file).unwrap();
    let from_argument = tool(&["modem", "keygen", &answer]);
    let from_file = tool(&["modem", "keygen", &file]);
    let from_input = Command::new(env!("CARGO_BIN_EXE_mbedtls-diag"))
        .args(["modem", "keygen"])
        .stdin(std::fs::File::open(&file).unwrap())
        .output()
        .unwrap();
    for output in [&from_argument, &from_file, &from_input] {
        assert!(output.status.success());
        assert_eq!(output.stdout, from_argument.stdout);
    }
    let said = text(&from_argument.stdout);
    for part in [
        "-----BEGIN CERTIFICATE REQUEST-----\n",
        "-----BEGIN PUBLIC KEY-----\n",
        "device UUID  50363154-3931-44f0-8022-121b6401627d\n",
        "sec_tag      17\n",
        "signature    holds",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

#[test]
fn what_keygen_prints_is_a_file_that_openssl_reads() {
    let folder = tempfile::tempdir().unwrap();
    let output = tool(&["modem", "keygen", &data("keygen_csr.txt")]);
    std::fs::write(folder.path().join("csr.pem"), output.stdout).unwrap();
    let openssl = Command::new("openssl")
        .args(["req", "-in", "csr.pem", "-noout", "-verify"])
        .current_dir(folder.path())
        .output()
        .expect("this test needs the program `openssl` (package openssl)");
    assert!(openssl.status.success(), "{}", text(&openssl.stderr));
}

#[test]
fn keygen_answers_with_its_exit_status() {
    assert_eq!(
        tool(&["modem", "keygen", "+CME ERROR: 519"]).status.code(),
        Some(2)
    );
    let answer = std::fs::read_to_string(data("keygen_csr.txt")).unwrap();
    // The subject is signed: one letter of it changes everything.
    let changed = answer.replacen("DDCQ1", "DDCQ2", 1);
    assert_ne!(answer, changed);
    let output = tool(&["modem", "keygen", &changed, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let value = json(&output);
    assert_eq!(value["signature"], "fails");
    assert_eq!(value["attestation"], "fails");
}

#[test]
fn cmng_prints_the_command_and_says_what_is_wrong() {
    let file = data("ca.pem");
    let output = tool(&["modem", "cmng", "--tag", "16842753", "--type", "ca", &file]);
    assert!(output.status.success());
    assert!(output.stderr.is_empty());
    let command = text(&output.stdout);
    let pem = std::fs::read_to_string(&file).unwrap();
    assert_eq!(
        command,
        format!("AT%CMNG=0,16842753,0,\"{}\"\n", pem.trim_end())
    );
    let refused = tool(&["modem", "cmng", "--tag", "1", "--type", "key", &file]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stderr).starts_with("refused: "));
    let out_of_range = tool(&[
        "modem",
        "cmng",
        "--tag",
        "2147483648",
        "--type",
        "ca",
        &file,
    ]);
    assert_eq!(out_of_range.status.code(), Some(2));
}

#[test]
fn no_file_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let copy = |name: &str| {
        std::fs::copy(data(name), folder.path().join(name)).unwrap();
    };
    copy("ncs-tfm.config");
    copy("keygen_csr.txt");
    copy("ca.pem");
    let names = || {
        let mut names: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    let before = names();
    for arguments in [
        &["config", "ncs-tfm.config"][..],
        &["modem", "keygen", "keygen_csr.txt"],
        &["modem", "cmng", "--tag", "1", "--type", "ca", "ca.pem"],
    ] {
        let output = run_in(folder.path(), arguments);
        assert!(output.status.success(), "{arguments:?}");
    }
    assert_eq!(names(), before);
}

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mbedtls-diag"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}
