//! `config`, `modem` and `why` as programs: what they print, and their exit status.

use std::io::Write as _;
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

fn with_input(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mbedtls-diag"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A tool that refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn why_answers_with_its_exit_status() {
    let config = data("ncs-tfm.config");
    for (arguments, status) in [
        (&["why", "mbedtls_strerror"][..], 0),
        (&["why", "mbedtls_strerror", "banana"], 0),
        (&["why", "mbedtls_strerror", "--config", &config], 0),
        (&["why", "mbedtls_strerror", "--mbedtls", "2.28"], 0),
        (&["why", "mbedtls_strerror", "--from", "zephyr"], 0),
        (&["why", "banana"], 2),
        (&["why"], 2),
        (&["why", "--log", "no-such-file"], 2),
        (&["why", "mbedtls_strerror", "--config", "no-such-file"], 2),
        (&["why", "mbedtls_strerror", "--lib", &config], 2),
        (&["why", "mbedtls_strerror", "--mbedtls", "1.3"], 2),
    ] {
        let output = tool(arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    }
    assert_eq!(
        with_input(&["why", "--log", "-"], "").status.code(),
        Some(2)
    );
}

#[test]
fn why_reads_a_log_and_prints_one_object_a_line() {
    let log = "main.c:3: undefined reference to `mbedtls_hkdf'\n\
        main.c:4: undefined reference to `mbedtls_strerror'\nmake: *** [main] Error 1\n";
    let output = with_input(&["why", "--log", "-", "--json"], log);
    assert_eq!(output.status.code(), Some(0));
    let answers: Vec<serde_json::Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let symbols: Vec<&str> = answers
        .iter()
        .map(|answer| answer["symbol"].as_str().unwrap())
        .collect();
    assert_eq!(symbols, ["mbedtls_hkdf", "mbedtls_strerror"]);
    for answer in &answers {
        assert_eq!(answer["schema"], 1);
        assert_eq!(answer["cause"], "option-off");
        assert!(!answer["actions"].as_array().unwrap().is_empty());
    }
}

#[test]
fn why_says_what_the_files_lack() {
    let config = data("ncs-tfm.config");
    let output = tool(&["why", "mbedtls_strerror", "--config", &config]);
    let said = text(&output.stdout);
    for part in [
        "mbedtls_strerror: an option is off\n",
        "add         CONFIG_MBEDTLS_DEBUG=y\n",
        "note        off in this configuration: MBEDTLS_ERROR_C\n",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    // This very test is an image that can be looked into, and has no Mbed TLS in it.
    let image = std::env::current_exe().unwrap();
    let image = image.display().to_string();
    let output = tool(&["why", "mbedtls_strerror", "--lib", &image]);
    let said = text(&output.stdout);
    assert!(said.contains("has no object of library/error.c"), "{said}");
}

#[test]
fn lines_to_copy_are_whole_and_the_others_fit_a_terminal() {
    let config = data("ncs-tfm.config");
    for arguments in [
        &["config", &config][..],
        &["config", &config, "--needs", "pk-write-pem,csr,tls-client"],
        &["why", "mbedtls_ssl_handshake", "--config", &config],
        &["why", "mbedtls_x509_crt_parse_file"],
    ] {
        // The first line of `config` names the files.
        for line in text(&tool(arguments).stdout).lines().skip(1) {
            let is_for_copying = line.contains("CONFIG_") || line.contains("#define");
            assert!(is_for_copying || line.chars().count() <= 100, "{line}");
        }
    }
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
        &["why", "mbedtls_strerror", "--config", "ncs-tfm.config"],
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
