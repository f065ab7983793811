use mbedtls_diag::modem::{CmngError, Command, CredentialType, Finding};
use proptest::prelude::*;

use crate::openssl::Folder;

/// An authority's certificate in `ca.pem`, a device's key and certificate in `key.pem` and `cert.pem`.
fn credentials() -> Folder {
    let folder = Folder::new();
    folder.request();
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key");
    folder.openssl("req -x509 -new -key ca.key -subj /CN=authority -days 30 -addext basicConstraints=critical,CA:TRUE -out ca.pem");
    folder.openssl("x509 -req -in csr.der -inform DER -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out cert.pem");
    folder
}

fn command(kind: CredentialType, file: &[u8]) -> Command {
    Command::new(42, kind, file).unwrap()
}

#[test]
fn good_credentials_become_commands_without_a_word() {
    let folder = credentials();
    for (kind, number, name) in [
        (CredentialType::Ca, 0, "ca.pem"),
        (CredentialType::Certificate, 1, "cert.pem"),
        (CredentialType::PrivateKey, 2, "key.pem"),
    ] {
        let file = folder.read(name);
        let command = command(kind, &file);
        assert_eq!(command.findings(), [], "{name}");
        let pem = String::from_utf8(file).unwrap();
        assert_eq!(
            command.text(),
            format!("AT%CMNG=0,42,{number},\"{}\"", pem.trim_end()),
            "{name}"
        );
    }
}

#[test]
fn line_ends_are_made_lf() {
    let folder = credentials();
    let pem = String::from_utf8(folder.read("cert.pem")).unwrap();
    let expected = command(CredentialType::Certificate, pem.as_bytes());
    for (text, finding) in [
        (pem.replace('\n', "\r\n"), Finding::CrLf),
        (pem.replace('\n', "\r"), Finding::CrLf),
        (pem.replace('\n', "\\n"), Finding::EscapedLineEnds),
        (pem.replace('\n', "\\r\\n"), Finding::EscapedLineEnds),
        (format!(" {}", pem.replace('\n', " ")), Finding::OneLine),
    ] {
        let command = command(CredentialType::Certificate, text.as_bytes());
        assert_eq!(command.text(), expected.text(), "{text:?}");
        assert_eq!(command.findings(), [finding]);
        assert!(!command.text().contains('\r'));
        assert!(!command.is_refused());
    }
}

#[test]
fn two_certificates_are_refused() {
    let folder = credentials();
    let both = [folder.read("cert.pem"), folder.read("ca.pem")].concat();
    let command = command(CredentialType::Certificate, &both);
    assert!(command.is_refused());
    assert!(
        command
            .findings()
            .contains(&Finding::SeveralCertificates(2))
    );
}

#[test]
fn an_encrypted_key_is_refused_in_both_forms() {
    let folder = credentials();
    folder.openssl("pkcs8 -topk8 -in key.pem -out encrypted.pem -passout pass:secret");
    folder.openssl("ec -in key.pem -aes128 -out traditional.pem -passout pass:secret");
    for name in ["encrypted.pem", "traditional.pem"] {
        let command = command(CredentialType::PrivateKey, &folder.read(name));
        assert_eq!(command.findings(), [Finding::EncryptedKey], "{name}");
        assert!(command.is_refused());
    }
}

#[test]
fn a_file_of_another_type_is_refused() {
    let folder = credentials();
    folder.openssl("pkey -in key.pem -pubout -out public.pem");
    folder.openssl("req -in csr.der -inform DER -out csr.pem");
    for (kind, name, label) in [
        (CredentialType::Ca, "key.pem", "PRIVATE KEY"),
        (
            CredentialType::Certificate,
            "csr.pem",
            "CERTIFICATE REQUEST",
        ),
        (CredentialType::PrivateKey, "cert.pem", "CERTIFICATE"),
        (CredentialType::PrivateKey, "public.pem", "PUBLIC KEY"),
    ] {
        let command = command(kind, &folder.read(name));
        assert_eq!(
            command.findings(),
            [Finding::WrongType(label.to_owned())],
            "{name}"
        );
        assert!(command.is_refused());
    }
}

#[test]
fn swapped_certificates_are_pointed_out() {
    let folder = credentials();
    let ca = command(CredentialType::Ca, &folder.read("cert.pem"));
    assert_eq!(ca.findings(), [Finding::NotAnAuthority]);
    let device = command(CredentialType::Certificate, &folder.read("ca.pem"));
    assert_eq!(device.findings(), [Finding::AnAuthority]);
}

#[test]
fn what_openssl_writes_around_a_block_is_left_out() {
    let folder = credentials();
    folder.openssl("x509 -in cert.pem -text -out text.pem");
    let text = command(CredentialType::Certificate, &folder.read("text.pem"));
    let plain = command(CredentialType::Certificate, &folder.read("cert.pem"));
    assert_eq!(text.text(), plain.text());
    assert_eq!(text.findings(), [Finding::OtherText]);
    folder.openssl("ecparam -name prime256v1 -genkey -out parameters.pem");
    let key = command(CredentialType::PrivateKey, &folder.read("parameters.pem"));
    assert_eq!(key.findings(), [Finding::EcParameters]);
    assert!(
        key.text()
            .starts_with("AT%CMNG=0,42,2,\"-----BEGIN EC PRIVATE KEY-----\n")
    );
}

#[test]
fn a_damaged_certificate_is_refused() {
    let folder = credentials();
    let pem = String::from_utf8(folder.read("cert.pem")).unwrap();
    let mut lines: Vec<&str> = pem.lines().collect();
    lines.remove(2);
    let shorter = command(CredentialType::Certificate, lines.join("\n").as_bytes());
    assert!(matches!(shorter.findings(), [Finding::Damaged(_)]));
    assert!(shorter.is_refused());
    let stars = pem.replacen('M', "*", 1);
    let stars = command(CredentialType::Certificate, stars.as_bytes());
    assert!(matches!(stars.findings(), [Finding::Damaged(_)]));
}

#[test]
fn what_is_no_pem_gets_no_command() {
    let folder = credentials();
    folder.openssl("x509 -in cert.pem -outform DER -out cert.der");
    let error = |file: &[u8]| Command::new(42, CredentialType::Ca, file).unwrap_err();
    assert_eq!(error(&folder.read("cert.der")), CmngError::Der);
    assert_eq!(error(b""), CmngError::NoPem);
    assert_eq!(
        error(b"-----BEGIN CERTIFICATE-----\nMIIB\n"),
        CmngError::NoPem
    );
    assert_eq!(
        Command::new(0x8000_0000, CredentialType::Ca, &folder.read("ca.pem")).unwrap_err(),
        CmngError::SecTag(0x8000_0000)
    );
}

#[test]
fn a_key_is_not_shown_by_debug() {
    let folder = credentials();
    let command = command(CredentialType::PrivateKey, &folder.read("key.pem"));
    assert_eq!(format!("{command:?}"), "Command { findings: [], .. }");
}

proptest! {
    #[test]
    fn any_file_is_taken_or_refused(file in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Command::new(1, CredentialType::Ca, &file);
    }

    #[test]
    fn any_text_between_the_marks_is_taken_or_refused(label in "[A-Z -]{0,12}", body in "[A-Za-z0-9+/=\\\\rn \n-]{0,200}") {
        let file = format!("-----BEGIN {label}-----{body}-----END {label}-----");
        let _ = Command::new(1, CredentialType::PrivateKey, file.as_bytes());
    }
}
