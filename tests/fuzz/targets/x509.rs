//! Certificates, requests for them, and the names in both.

use std::sync::OnceLock;

use mbedtls_psa::pk::Pk;
use mbedtls_psa::x509::csr::Csr;
use mbedtls_psa::x509::{Certificate, Name};
use psa::{Algorithm, Attributes, Hash, Key, Subject, Usage};

/// The key of the requests and certificates in the corpus.
const KEY: &[u8] = include_bytes!("../corpus/key/p256-sec1.pem");

fn ours() -> &'static Key {
    static OURS: OnceLock<Key> = OnceLock::new();
    OURS.get_or_init(|| {
        super::ready();
        let policy = Attributes::from_file()
            .usage(Usage::SIGN)
            .algorithm(Algorithm::ecdsa(Hash::Sha256));
        Key::import_pem(policy, KEY).expect("a key that openssl wrote")
    })
}

/// All that can be asked of a certificate has an answer, and both libraries say the same about whose it is.
pub fn certificate(data: &[u8]) {
    let matches = ours().matches_certificate(data);
    let Ok(certificate) = Certificate::parse(data) else {
        return;
    };
    assert!(certificate.count() > 0 && !certificate.as_der().is_empty());
    assert!(!format!("{certificate:?}").is_empty());
    let (from, to) = certificate.validity();
    let _ = (certificate.version(), certificate.is_authority(), from < to);
    // Numbers that are no RSA key are read, and refused when somebody asks for the key.
    let _ = certificate
        .public_key()
        .map(|public| assert!(public.bits() > 0));
    let key = Pk::parse_key(KEY, None).expect("a key that openssl wrote");
    if matches == Ok(()) && certificate.count() == 1 {
        certificate
            .check_key(&key)
            .expect("psa says that it is of this key");
    }
    // What that costs decides how often it is done.
    if data.len() % 8 == 0 {
        let _ = certificate.verify(&certificate, Some("device.example"));
    }
}

/// All that can be asked of a request has an answer.
pub fn csr(data: &[u8]) {
    super::ready();
    let Ok(csr) = Csr::parse(data) else {
        return;
    };
    assert!(!csr.as_der().is_empty() && csr.as_der().len() <= data.len());
    let _ = csr.subject().to_string();
    let _ = csr.public_key().map(|public| assert!(public.bits() > 0));
    if data.len() % 8 == 0 {
        let _ = csr.verify();
    }
}

/// A subject that is taken makes a request that the C library reads.
pub fn subject(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    let _ = Name::parse(text);
    let Ok(subject) = Subject::parse(text) else {
        return;
    };
    // A signature takes long: not each time.
    if data.len() % 8 == 0 {
        let request = ours().csr(subject).expect("the subject was taken");
        let der = request.to_der().expect("the key may sign");
        let csr = Csr::parse(&der).expect("the C library reads it");
        assert!(!csr.subject().to_string().is_empty());
    }
}
