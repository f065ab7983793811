//! What must hold for any input: the bodies of the fuzz targets (`fuzz/` of the repository), which the test `fuzz` runs
//! over the corpus.

use mbedtls_config::readers::{Build, Source, System};
use mbedtls_diag::buildconfig::{NEEDS, Need, report};
use mbedtls_diag::explain::{Options, Platform, Version, explain as explain_text};
use mbedtls_diag::modem::{Answer, Command, CredentialType};
use mbedtls_diag::why::{Archive, Evidence, Log, read_log, why as why_symbol};

/// A fuzz target: its name, which is that of its folder of the corpus, and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 4] = [
    ("explain", explain),
    ("why", why),
    ("config", config),
    ("keygen", keygen),
];

/// A text and what it is said to come from: the report speaks of pieces of that very text, and says something of each.
pub fn explain(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for options in [
        Options::default(),
        Options::default()
            .mbedtls(Version::V3_6)
            .platform(Platform::Zephyr),
    ] {
        let report = explain_text(&text, &options);
        assert!(report.findings.len() <= 500);
        for finding in &report.findings {
            assert!(text.contains(finding.text) && finding.count > 0);
            for reading in &finding.readings {
                assert!(!reading.meaning.is_empty() && !reading.reason.is_empty());
            }
            assert!(!finding.readings.is_empty());
        }
    }
}

/// A linker's log, or what is said to be an archive: every symbol gets an answer that says what to do.
pub fn why(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let log = read_log(&text);
    assert!(log.mentions.len() <= 500);
    for mention in log.mentions.iter().take(4) {
        assert!(text.contains(&mention.symbol));
        let answer = why_symbol(&mention.symbol, &Evidence::default(), &log);
        assert!(!answer.actions.is_empty(), "{}", mention.symbol);
    }
    if let Ok(archive) = Archive::read("lib.a", data) {
        let evidence = Evidence {
            archives: vec![archive],
            ..Evidence::default()
        };
        let answer = why_symbol("mbedtls_strerror", &evidence, &Log::default());
        assert!(!answer.actions.is_empty());
    }
}

/// A file that configures a build, under each name that says what it is.
pub fn config(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for name in [
        "mbedtls_config.h",
        "crypto_config.h",
        ".config",
        "prj.conf",
        "autoconf.h",
        "sdkconfig",
        "file",
    ] {
        let source = Source { name, text: &text };
        let Ok(build) = Build::read(&[source], Some(System::Zephyr)) else {
            continue;
        };
        let needs: Vec<&'static Need> = NEEDS.iter().take(2).collect();
        let report = report(&build, &needs);
        assert!(report.needs_met.is_some());
    }
}

/// What a modem answered to `AT%KEYGEN`, and what is said to be a credential.
pub fn keygen(data: &[u8]) {
    if let Ok(answer) = Answer::read(&String::from_utf8_lossy(data)) {
        assert!(answer.pem().is_ascii());
        let _ = answer.is_sound();
    }
    for kind in [
        CredentialType::Ca,
        CredentialType::Certificate,
        CredentialType::PrivateKey,
    ] {
        if let Ok(command) = Command::new(42, kind, data) {
            assert!(!command.text().contains('\r'));
        }
    }
}
