//! Damaged, cut and random input: an error or the same thing again, never a panic. Under valgrind: no leak either.
#[path = "support/openssl.rs"]
mod support;

use std::sync::{LazyLock, Mutex};

use mbedtls_psa::md::Md;
use mbedtls_psa::pk::{Curve, KeyType, Pk};
use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
use mbedtls_psa::x509::{Certificate, Name};
use proptest::prelude::*;
use support::{Folder, openssl};

/// `PROPTEST_CASES` asks for fewer, as under valgrind.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(10_000),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Valid input that is to be damaged.
struct Valid {
    /// Private keys whose file holds both halves, each with its public key.
    keys: Vec<(Vec<u8>, Vec<u8>)>,
    encrypted: Vec<Vec<u8>>,
    public: Vec<Vec<u8>>,
    csr: Vec<Vec<u8>>,
    certificates: Vec<Vec<u8>>,
    ca: Vec<u8>,
}

static VALID: LazyLock<Valid> = LazyLock::new(|| {
    let folder = Folder::new();
    let [key, csr, ca_key, ca, crt] =
        ["key", "csr", "ca.key", "ca", "crt"].map(|name| folder.path(name));
    let mut valid = Valid {
        keys: vec![],
        encrypted: vec![],
        public: vec![],
        csr: vec![],
        certificates: vec![],
        ca: vec![],
    };
    let make = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=CA -keyout @ -out @";
    openssl(make, &[&ca_key, &ca]);
    valid.ca = folder.read("ca");
    for algorithm in [
        "EC -pkeyopt ec_paramgen_curve:P-256",
        #[cfg(feature = "full")]
        "EC -pkeyopt ec_paramgen_curve:P-521",
        #[cfg(feature = "full")]
        "RSA -pkeyopt rsa_keygen_bits:1024",
    ] {
        openssl(
            &format!("genpkey -quiet -algorithm {algorithm} -out @"),
            &[&key],
        );
        let public = openssl("pkey -pubout -outform DER -in @", &[&key]);
        for form in [
            "",
            "-outform DER",
            "-traditional",
            "-traditional -outform DER",
        ] {
            valid.keys.push((
                openssl(&format!("pkey {form} -in @"), &[&key]),
                public.clone(),
            ));
        }
        for form in ["PEM", "DER"] {
            let encrypt = "pkcs8 -topk8 -v2 aes-128-cbc -iter 100 -passout pass:password";
            valid.encrypted.push(openssl(
                &format!("{encrypt} -outform {form} -in @"),
                &[&key],
            ));
        }
        valid.public.push(openssl("pkey -pubout -in @", &[&key]));
        valid.public.push(public);
        let extensions = "-addext subjectAltName=DNS:a.example.org,IP:192.0.2.1,URI:urn:a -addext keyUsage=keyAgreement";
        openssl(
            &format!("req -new -subj /C=DE/O=Example/CN=a {extensions} -key @ -out @"),
            &[&key, &csr],
        );
        let sign = "x509 -req -copy_extensions copy -days 30 -in @ -CA @ -CAkey @ -out @";
        openssl(sign, &[&csr, &ca, &ca_key, &crt]);
        for form in ["PEM", "DER"] {
            valid
                .csr
                .push(openssl(&format!("req -outform {form} -in @"), &[&csr]));
            valid
                .certificates
                .push(openssl(&format!("x509 -outform {form} -in @"), &[&crt]));
        }
    }
    valid
});

/// What happens to a valid file.
#[derive(Clone, Debug)]
enum Damage {
    Cut(prop::sample::Index),
    Flip(prop::sample::Index, u8),
    Set(prop::sample::Index, u8),
    Remove(prop::sample::Index),
    Insert(prop::sample::Index, u8),
}

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        index().prop_map(Damage::Cut),
        (index(), 0..8u8).prop_map(|(at, bit)| Damage::Flip(at, bit)),
        (index(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        index().prop_map(Damage::Remove),
        (index(), any::<u8>()).prop_map(|(at, byte)| Damage::Insert(at, byte)),
    ]
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let len = bytes.len();
        match self {
            Self::Cut(at) => bytes.truncate(at.index(len)),
            Self::Flip(at, bit) => bytes[at.index(len)] ^= 1 << bit,
            Self::Set(at, byte) => bytes[at.index(len)] = *byte,
            Self::Remove(at) => {
                bytes.remove(at.index(len));
            }
            Self::Insert(at, byte) => bytes.insert(at.index(len), *byte),
        }
    }
}

/// One of the files, damaged once, and its place among them.
fn damaged(files: fn() -> Vec<Vec<u8>>) -> impl Strategy<Value = (usize, Vec<u8>)> {
    (any::<prop::sample::Index>(), damage()).prop_map(move |(file, damage)| {
        let mut files = files();
        let index = file.index(files.len());
        let mut bytes = files.swap_remove(index);
        damage.apply(&mut bytes);
        (index, bytes)
    })
}

/// Uses a key in every way.
fn use_key(key: &Pk<'_>) {
    let _ = (key.key_type(), key.bits(), format!("{key:?}"));
    let _ = (
        key.key_pem(),
        key.key_der(),
        key.pubkey_pem(),
        key.pubkey_der(),
    );
    let _ = key.verify(Md::Sha256, &[1; 32], &[0x30, 6, 2, 1, 1, 2, 1, 1]);
    if let Ok(signature) = key.sign(Md::Sha256, &[1; 32]) {
        key.verify(Md::Sha256, &[1; 32], &signature).unwrap();
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_damaged_private_key_is_an_error_or_the_same_key(
        (index, bytes) in damaged(|| VALID.keys.iter().map(|(key, _)| key.clone()).collect())
    ) {
        let (original, public) = &VALID.keys[index];
        if let Ok(key) = Pk::parse_key(&bytes, None) {
            // One character of PEM reaches into two bytes: the end of the private half and the mark before the public one,
            // which the library then leaves aside. What it reads is a whole key in any case.
            let is_pem = original.starts_with(b"-----");
            prop_assert!(is_pem || &key.pubkey_der().unwrap() == public);
            key.check_pair(&key).unwrap();
            use_key(&key);
        }
    }

    #[test]
    fn a_damaged_encrypted_key_is_an_error((_, bytes) in damaged(|| VALID.encrypted.clone())) {
        // With the right password a changed number of iterations could take for ever.
        prop_assert!(Pk::parse_key(&bytes, None).is_err());
    }

    #[test]
    fn a_damaged_public_key_does_no_harm((_, bytes) in damaged(|| VALID.public.clone())) {
        if let Ok(key) = Pk::parse_public_key(&bytes) {
            use_key(&key);
            prop_assert!(key.key_der().is_err());
        }
    }

    #[test]
    fn a_damaged_request_does_not_verify((index, bytes) in damaged(|| VALID.csr.clone())) {
        if let Ok(csr) = Csr::parse(&bytes) {
            let _ = (format!("{csr:?}"), csr.public_key());
            let original = Csr::parse(&VALID.csr[index]).unwrap();
            prop_assert!(csr.verify().is_err() || csr.as_der() == original.as_der());
        }
    }

    #[test]
    fn a_damaged_certificate_does_not_verify((index, bytes) in damaged(|| VALID.certificates.clone())) {
        if let Ok(certificate) = Certificate::parse(&bytes) {
            let _ = (format!("{certificate:?}"), certificate.public_key(), certificate.version());
            let ca = Certificate::parse(&VALID.ca).unwrap();
            let original = Certificate::parse(&VALID.certificates[index]).unwrap();
            prop_assert!(certificate.verify(&ca, None).is_err() || certificate.as_der() == original.as_der());
        }
    }

    #[test]
    fn random_bytes_are_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Pk::parse_key(&bytes, None).is_err());
        prop_assert!(Pk::parse_key(&bytes, Some(b"password")).is_err());
        prop_assert!(Pk::parse_public_key(&bytes).is_err());
        prop_assert!(Csr::parse(&bytes).is_err());
        prop_assert!(Certificate::parse(&bytes).is_err());
    }

    #[test]
    fn random_der_in_pem_is_an_error(
        label in "((EC|RSA|ENCRYPTED) )?(PRIVATE|PUBLIC) KEY|CERTIFICATE( REQUEST)?",
        headers in "(Proc-Type: 4,ENCRYPTED\nDEK-Info: (AES-128-CBC|DES-EDE3-CBC|DES-CBC|X),[0-9A-F]{0,40}\n\n)?",
        body in "[A-Za-z0-9+/=\n ]{0,300}",
    ) {
        let pem = format!("-----BEGIN {label}-----\n{headers}{body}\n-----END {label}-----\n");
        let bytes = pem.as_bytes();
        prop_assert!(Pk::parse_key(bytes, None).is_err());
        prop_assert!(Pk::parse_key(bytes, Some(b"password")).is_err());
        prop_assert!(Pk::parse_public_key(bytes).is_err());
        prop_assert!(Csr::parse(bytes).is_err());
        prop_assert!(Certificate::parse(bytes).is_err());
    }

    #[test]
    fn any_text_is_an_error_or_a_name_that_comes_back(text in "(CN|C|O|DC|X)?=?\\PC{0,20}[,=+\\\\#\"]{0,3}\\PC{0,60}") {
        static KEY: LazyLock<Mutex<Pk<'static>>> =
            LazyLock::new(|| Mutex::new(Pk::generate(KeyType::Ec(Curve::P256)).unwrap()));
        if let Ok(name) = Name::parse(&text) {
            let csr = CsrBuilder::new(&KEY.lock().unwrap(), &name).der().unwrap();
            let subject = Csr::parse(&csr).unwrap().subject().to_string();
            prop_assert_eq!(Name::parse(&subject), Ok(name));
        }
    }
}

#[test]
fn every_cut_of_every_file_is_an_error() {
    let step = if support::thorough() { 1 } else { 37 };
    for (bytes, _) in &VALID.keys {
        // The text ends with a line feed that nobody misses.
        for len in (0..bytes.len() - 1).step_by(step) {
            assert!(
                Pk::parse_key(&bytes[..len], None).is_err(),
                "{len} of {}",
                bytes.len()
            );
        }
    }
    for bytes in &VALID.encrypted {
        for len in (0..bytes.len() - 1).step_by(step) {
            assert!(Pk::parse_key(&bytes[..len], Some(b"password")).is_err());
        }
    }
    for bytes in &VALID.public {
        for len in (0..bytes.len() - 1).step_by(step) {
            assert!(Pk::parse_public_key(&bytes[..len]).is_err());
        }
    }
    for bytes in &VALID.csr {
        for len in (0..bytes.len() - 1).step_by(step) {
            assert!(Csr::parse(&bytes[..len]).is_err());
        }
    }
    for bytes in &VALID.certificates {
        for len in (0..bytes.len() - 1).step_by(step) {
            assert!(Certificate::parse(&bytes[..len]).is_err());
        }
    }
}
