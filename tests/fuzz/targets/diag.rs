//! What people paste: texts with codes, what a linker says, what a modem answers; and object files.

use mbedtls_diag::explain::{Options, Platform, Version, explain as explain_text};
use mbedtls_diag::modem::{Answer, Command, CredentialType};
use mbedtls_diag::why::{Archive, Evidence, Log, read_log, why as why_symbol};

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

/// A linker's log: every symbol gets an answer that says what to do.
pub fn why(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let log = read_log(&text);
    assert!(log.mentions.len() <= 500);
    // What a known symbol takes is worked out for every environment, which takes long and depends on nothing here.
    let unknown = |symbol: &str| !symbol.contains("mbedtls_") && !symbol.contains("psa_");
    for mention in &log.mentions {
        assert!(text.contains(&mention.symbol));
    }
    if let Some(mention) = log.mentions.iter().find(|mention| unknown(&mention.symbol)) {
        let answer = why_symbol(&mention.symbol, &Evidence::default(), &log);
        assert!(!answer.actions.is_empty(), "{}", mention.symbol);
    }
}

/// Of the objects in the corpus, and of no library.
const SYMBOL: &str = "board_init";

/// An object file, or an archive: the answer says what to do.
pub fn archive(data: &[u8]) {
    let Ok(archive) = Archive::read("lib.a", data) else {
        return;
    };
    let _ = (
        archive.defines(SYMBOL),
        archive.hides(SYMBOL),
        archive.askers(SYMBOL),
    );
    let evidence = Evidence {
        archives: vec![archive],
        ..Evidence::default()
    };
    let answer = why_symbol(SYMBOL, &evidence, &Log::default());
    assert!(!answer.actions.is_empty());
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
