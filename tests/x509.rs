//! Requests and certificates between this crate and the `openssl` program.
#[path = "support/openssl.rs"]
mod support;

use mbedtls_psa::md::Md;
use mbedtls_psa::pk::{Curve, KeyType, Pk};
use mbedtls_psa::sys;
use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
use mbedtls_psa::x509::{AltName, Certificate, KeyUsage, Name, VerifyFlags};
use support::{Folder, openssl, openssl_text};

fn p256() -> Pk<'static> {
    Pk::generate(KeyType::Ec(Curve::P256)).unwrap()
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

/// The kinds of keys that sign, in a short run two of them.
fn keys() -> Vec<(Pk<'static>, Md)> {
    let mut keys = vec![
        (p256(), Md::Sha256),
        #[cfg(feature = "full")]
        (Pk::generate(KeyType::Ec(Curve::P384)).unwrap(), Md::Sha384),
        #[cfg(feature = "full")]
        (Pk::generate(KeyType::Ec(Curve::P521)).unwrap(), Md::Sha512),
        #[cfg(feature = "full")]
        (
            Pk::generate(KeyType::Ec(Curve::Secp256k1)).unwrap(),
            Md::Sha256,
        ),
        #[cfg(feature = "full")]
        (
            Pk::generate(KeyType::Rsa { bits: 1024 }).unwrap(),
            Md::Sha256,
        ),
    ];
    if !support::thorough() {
        keys.drain(1..keys.len().max(2) - 1);
    }
    keys
}

/// What `openssl req` says about a request whose signature it has verified.
fn openssl_shows(csr: &[u8]) -> String {
    let folder = Folder::new();
    let path = folder.write("csr", csr);
    let form = if csr.starts_with(b"-----") {
        "PEM"
    } else {
        "DER"
    };
    openssl_text(
        &format!("req -verify -noout -text -nameopt RFC2253 -inform {form} -in @"),
        &[&path],
    )
}

#[test]
fn openssl_verifies_every_request_that_we_make() {
    let names = [
        AltName::Dns("device-0001.example.org"),
        AltName::Ip([192, 0, 2, 1].into()),
        AltName::Ip([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1].into()),
        AltName::Uri("urn:example:device-0001"),
        AltName::Email("device@example.org"),
    ];
    for (key, md) in keys() {
        let subject = name("C=DE,O=Example,CN=device-0001");
        let builder = CsrBuilder::new(&key, &subject)
            .md(md)
            .alt_names(&names)
            .key_usage(KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_AGREEMENT);
        for csr in [builder.pem().unwrap().into_bytes(), builder.der().unwrap()] {
            let shown = openssl_shows(&csr);
            for part in [
                "Subject: CN=device-0001,O=Example,C=DE",
                "DNS:device-0001.example.org, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1, \
                 URI:urn:example:device-0001, email:device@example.org",
                "Digital Signature, Key Agreement",
            ] {
                assert!(shown.contains(part), "{part}\n{shown}");
            }
            let parsed = Csr::parse(&csr).unwrap();
            parsed.verify().unwrap();
            assert_eq!(
                parsed.subject().to_string(),
                "C=DE, O=Example, CN=device-0001"
            );
            key.check_pair(&parsed.public_key().unwrap()).unwrap();
        }
    }
}

#[test]
fn we_verify_every_request_that_openssl_makes() {
    for algorithm in [
        "ec -pkeyopt ec_paramgen_curve:P-256",
        #[cfg(feature = "full")]
        "ec -pkeyopt ec_paramgen_curve:P-521",
        #[cfg(feature = "full")]
        "rsa:2048",
        #[cfg(feature = "full")]
        "rsa:2048 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sha256",
    ] {
        let folder = Folder::new();
        let (key, csr) = (folder.path("key.pem"), folder.path("csr.pem"));
        let make = format!(
            "req -newkey {algorithm} -nodes -subj /C=DE/O=Example/CN=device -keyout @ -out @"
        );
        openssl(&make, &[&key, &csr]);
        let key = Pk::parse_key(&folder.read("key.pem"), None).unwrap();
        for form in [
            folder.read("csr.pem"),
            openssl("req -outform DER -in @", &[&csr]),
        ] {
            let csr = Csr::parse(&form).unwrap();
            csr.verify().unwrap();
            assert_eq!(csr.subject().to_string(), "C=DE, O=Example, CN=device");
            key.check_pair(&csr.public_key().unwrap()).unwrap();
        }
    }
}

#[test]
fn a_name_of_unknown_types_is_shown_in_numbers() {
    let folder = Folder::new();
    let subject = "/O=a b/1.2.840.113549.1.9.8=street+CN=joined";
    let make = "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -multivalue-rdn -utf8 -keyout @ -out @ -subj @";
    let (key, csr) = (folder.path("key"), folder.path("csr"));
    openssl(make, &[&key, &csr, subject.as_ref()]);
    let csr = Csr::parse(&folder.read("csr")).unwrap();
    let shown = csr.subject().to_string();
    assert_eq!(
        shown,
        "O=a b, CN=joined + 1.2.840.113549.1.9.8=#0C06737472656574"
    );
}

/// Found by fuzzing: a name decides nothing about the format of the file that it stands in.
#[test]
fn a_request_with_the_words_of_pem_in_its_name_is_read_as_der() {
    let subject = "CN=-----BEGIN CERTIFICATE REQUEST-----";
    let der = CsrBuilder::new(&p256(), &name(subject)).der().unwrap();
    assert_eq!(Csr::parse(&der).unwrap().subject().to_string(), subject);
}

#[test]
fn a_changed_request_does_not_verify() {
    let key = p256();
    let der = CsrBuilder::new(&key, &name("CN=device-0001"))
        .der()
        .unwrap();
    let at = der
        .windows(11)
        .position(|window| window == b"device-0001")
        .unwrap();
    let mut changed = der.clone();
    changed[at] = b'D';
    let error = Csr::parse(&changed).unwrap().verify().unwrap_err();
    assert_eq!(error.code(), sys::MBEDTLS_ERR_ECP_VERIFY_FAILED);
}

#[test]
fn names_come_out_of_openssl_as_they_went_in() {
    let key = p256();
    for (text, shown) in [
        ("CN=device", "CN=device"),
        ("C=DE, O=Example , CN=device", "CN=device,O=Example,C=DE"),
        (
            r"O=Example\, Inc.,CN=a\=b\+c\;d\<e\>f",
            r"CN=a=b\+c\;d\<e\>f,O=Example\, Inc.",
        ),
        (r"CN=\ space\ ", r"CN=\ space\ "),
        (r"CN=J\C3\B6rg", r"CN=J\C3\B6rg"),
        ("CN=Jörg", r"CN=J\C3\B6rg"),
        (r"CN=\#1\\\22", r#"CN=\#1\\\""#),
        (
            "DC=example,DC=org,OU=a,OU=b,CN=twice",
            "CN=twice,OU=b,OU=a,DC=org,DC=example",
        ),
        (
            "serialNumber=0001,emailAddress=a@example.org",
            "emailAddress=a@example.org,serialNumber=0001",
        ),
        (
            "L=Town,ST=State,title=Dr,GN=A,SN=B,initials=AB",
            "initials=AB,SN=B,GN=A,title=Dr,ST=State,L=Town",
        ),
    ] {
        let csr = CsrBuilder::new(&key, &name(text)).pem().unwrap();
        let subject = openssl_shows(csr.as_bytes());
        let line = subject
            .lines()
            .find_map(|line| line.trim_start().strip_prefix("Subject: "))
            .unwrap();
        assert_eq!(line, shown, "{text}");
        // What we print of it is the same name again.
        let csr = Csr::parse(csr.as_bytes()).unwrap();
        assert_eq!(Name::parse(&csr.subject().to_string()), Ok(name(text)));
    }
}

#[test]
fn a_name_that_is_none_is_refused() {
    let long = format!("CN={}", "a".repeat(256));
    let many = vec!["CN=a"; 17].join(",");
    let invalid = sys::MBEDTLS_ERR_X509_INVALID_NAME;
    for (text, code) in [
        ("", invalid),
        ("device", invalid),
        ("CN", invalid),
        ("CN=", invalid),
        ("CN=a,", invalid),
        (",CN=a", sys::MBEDTLS_ERR_X509_UNKNOWN_OID),
        ("CN=a,device", invalid),
        ("CN=a,,CN=b", sys::MBEDTLS_ERR_X509_UNKNOWN_OID),
        ("=a", sys::MBEDTLS_ERR_X509_UNKNOWN_OID),
        ("X=a", sys::MBEDTLS_ERR_X509_UNKNOWN_OID),
        ("cn=a", sys::MBEDTLS_ERR_X509_UNKNOWN_OID),
        ("CN=a+O=b", invalid),
        ("CN=#0403", invalid),
        (r#"CN="a""#, invalid),
        (r"CN=a\", invalid),
        (r"CN=a\x", invalid),
        (r"CN=\FF", invalid),
        (r"CN=\00", invalid),
        ("CN=a\nb", invalid),
        ("C=D_", invalid),
        ("DC=ö", invalid),
        (&long, sys::MBEDTLS_ERR_X509_BUFFER_TOO_SMALL),
        (&many, sys::MBEDTLS_ERR_X509_BUFFER_TOO_SMALL),
    ] {
        assert_eq!(
            Name::parse(text).map_err(mbedtls_psa::Error::code),
            Err(code),
            "{text}"
        );
    }
    assert_eq!(
        name(&format!("CN={}", "a".repeat(255))),
        name(&format!("CN={}", "a".repeat(255)))
    );
}

#[test]
fn an_alternative_name_that_is_none_is_refused() {
    let key = p256();
    let subject = name("CN=device");
    for bad in [
        AltName::Dns(""),
        AltName::Dns("a b"),
        AltName::Uri("ö"),
        AltName::Email("a\0b"),
    ] {
        let error = CsrBuilder::new(&key, &subject)
            .alt_names(&[bad])
            .der()
            .unwrap_err();
        assert_eq!(error.code(), sys::MBEDTLS_ERR_X509_BAD_INPUT_DATA);
    }
    let many = [AltName::Dns("a"); 17];
    assert!(
        CsrBuilder::new(&key, &subject)
            .alt_names(&many[1..])
            .der()
            .is_ok()
    );
    assert!(
        CsrBuilder::new(&key, &subject)
            .alt_names(&many)
            .der()
            .is_err()
    );
}

#[test]
fn a_buffer_that_is_too_small_is_an_error_and_a_big_request_finds_its_room() {
    let key = p256();
    let builder = CsrBuilder::new(&key, &name("CN=device"));
    let len = builder.der().unwrap().len();
    for size in 0..len - 8 {
        assert!(
            builder.write_der(&mut vec![0; size]).is_err(),
            "{size} of {len}"
        );
        assert!(
            builder.write_pem(&mut vec![0; size]).is_err(),
            "{size} of {len}"
        );
    }
    let long = format!("urn:example:{}", "a".repeat(3000));
    let names = [AltName::Uri(&long); 16];
    let pem = builder.alt_names(&names).pem().unwrap();
    assert!(openssl_shows(pem.as_bytes()).contains(&long));
}

#[test]
fn an_opaque_key_signs_its_request_without_leaving() {
    use psa::{Algorithm, Attributes, Hash, Key, Usage};
    let policy = Attributes::ecc_key_pair(psa::Curve::P256)
        .usage(Usage::SIGN_HASH)
        .algorithm(Algorithm::ecdsa(Hash::Sha256));
    let key = Key::generate(policy).unwrap();
    let pk = Pk::opaque(key.id().to_raw()).unwrap();
    assert!(pk.is_opaque());
    assert_eq!(
        (pk.key_type(), pk.bits()),
        (Ok(KeyType::Ec(Curve::P256)), 256)
    );
    let csr = CsrBuilder::new(&pk, &name("CN=device")).pem().unwrap();
    openssl_shows(csr.as_bytes());

    // The public half is there for all, the private one for nobody.
    let public = Csr::parse(csr.as_bytes()).unwrap().public_key().unwrap();
    pk.check_pair(&public).unwrap();
    pk.check_pair(&pk).unwrap();
    assert!(pk.check_pair(&p256()).is_err());
    assert!(p256().check_pair(&pk).is_err());
    assert_eq!(pk.pubkey_der().unwrap(), public.pubkey_der().unwrap());
    let mut buffer = [0xAA; 512];
    let error = pk.write_key_pem(&mut buffer).unwrap_err();
    assert_eq!(buffer, [0; 512]);
    assert!(error.to_string().contains("BAD_INPUT"), "{error}");
    assert!(pk.sign_message(Md::Sha1, b"another hash").is_err());

    key.destroy().unwrap();
    assert!(pk.sign_message(Md::Sha256, b"message").is_err());
    assert!(pk.key_type().is_err());
    assert_eq!(pk.bits(), 0);
    assert!(pk.check_pair(&public).is_err());
    assert!(Pk::opaque(0).is_err());
}

#[cfg(feature = "full")]
#[test]
fn an_opaque_key_is_compared_with_keys_of_every_kind() {
    use psa::{Algorithm, Attributes, Hash, Key, Usage};
    let ecdsa = Algorithm::ecdsa(Hash::Sha256);
    let keys = [
        Key::generate(
            Attributes::ecc_key_pair(psa::Curve::P256)
                .usage(Usage::SIGN_HASH)
                .algorithm(ecdsa),
        )
        .unwrap(),
        Key::generate(
            Attributes::ecc_key_pair(psa::Curve::P384)
                .usage(Usage::SIGN_HASH)
                .algorithm(ecdsa),
        )
        .unwrap(),
        Key::generate(Attributes::rsa_key_pair(1024).usage(Usage::EXPORT)).unwrap(),
    ];
    let opaque: Vec<_> = keys.iter().map(|key| key.to_pk().unwrap()).collect();
    let mut others: Vec<_> = opaque
        .iter()
        .map(|pk| Pk::parse_public_key(&pk.pubkey_der().unwrap()).unwrap())
        .collect();
    others.push(Pk::generate(KeyType::Ec(Curve::Curve25519)).unwrap());
    for (index, pk) in opaque.iter().enumerate() {
        for (other_index, other) in opaque.iter().chain(&others).enumerate() {
            let expected = other_index % opaque.len() == index && other_index != 2 * opaque.len();
            assert_eq!(
                pk.check_pair(other).is_ok(),
                expected,
                "{index} {other_index}"
            );
            // The other way round: a public key is no key pair.
            let pair = other_index < opaque.len() && expected;
            assert_eq!(other.check_pair(pk).is_ok(), pair, "{other_index} {index}");
        }
    }
    // An opaque RSA key that may be exported is written like any other.
    let rsa = &opaque[2];
    assert_eq!(rsa.key_type(), Ok(KeyType::Rsa { bits: 1024 }));
    let pem = rsa.key_pem().unwrap();
    Pk::parse_key(pem.as_bytes(), None)
        .unwrap()
        .check_pair(&others[2])
        .unwrap();
}

/// A CA of openssl's that signs one of our requests: the folder has `ca.pem` and `crt.pem`.
fn openssl_issues(key: &Pk<'_>, options: &str) -> Folder {
    let folder = Folder::new();
    let (ca_key, ca, crt) = (
        folder.path("ca.key"),
        folder.path("ca.pem"),
        folder.path("crt.pem"),
    );
    let csr = CsrBuilder::new(key, &name("O=Example,CN=device-0001"))
        .alt_names(&[AltName::Dns("device-0001.example.org")])
        .pem()
        .unwrap();
    let csr = folder.write("csr.pem", csr);
    let make = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=CA -keyout @ -out @";
    openssl(make, &[&ca_key, &ca]);
    let sign = format!(
        "x509 -req -copy_extensions copy -set_serial 0x1234abcd {options} -in @ -CA @ -CAkey @ -out @"
    );
    openssl(&sign, &[&csr, &ca, &ca_key, &crt]);
    folder
}

#[test]
fn a_certificate_of_an_openssl_ca_is_read_verified_and_matched_with_its_key() {
    for (key, _) in keys() {
        let folder = openssl_issues(&key, "-days 30");
        let ca = Certificate::parse(&folder.read("ca.pem")).unwrap();
        for form in [
            folder.read("crt.pem"),
            openssl("x509 -outform DER -in @", &[&folder.path("crt.pem")]),
        ] {
            let certificate = Certificate::parse(&form).unwrap();
            assert_eq!(certificate.serial(), [0x12, 0x34, 0xab, 0xcd]);
            assert_eq!(
                certificate.subject().to_string(),
                "O=Example, CN=device-0001"
            );
            assert_eq!(certificate.issuer().to_string(), "CN=CA");
            assert_eq!((certificate.version(), certificate.count()), (3, 1));
            assert!(!certificate.is_authority() && ca.is_authority());
            let (from, to) = certificate.validity();
            let dates = openssl_text(
                "x509 -noout -dates -dateopt iso_8601 -in @",
                &[&folder.path("crt.pem")],
            );
            let ours = [from, to].map(|time| time.to_string().replace('T', " "));
            assert_eq!(
                dates,
                format!("notBefore={}\nnotAfter={}\n", ours[0], ours[1])
            );

            certificate.check_key(&key).unwrap();
            assert!(certificate.check_key(&p256()).is_err());
            let host = Some("device-0001.example.org");
            match key.key_type().unwrap() {
                // Too weak for the library's default profile, or not in it.
                KeyType::Rsa { .. } | KeyType::Ec(Curve::Secp256k1) => {
                    let error = certificate.verify(&ca, host).unwrap_err();
                    assert_eq!(error.flags(), VerifyFlags::BAD_KEY);
                }
                _ => certificate.verify(&ca, host).unwrap(),
            }
        }
    }
}

#[test]
fn each_reason_to_refuse_a_certificate_is_told() {
    let key = p256();
    let folder = openssl_issues(&key, "-days 30");
    let certificate = Certificate::parse(&folder.read("crt.pem")).unwrap();
    let ca = Certificate::parse(&folder.read("ca.pem")).unwrap();
    certificate
        .verify(&ca, Some("device-0001.example.org"))
        .unwrap();

    let flags = |certificate: &Certificate, ca: &Certificate, host| {
        let error = certificate.verify(ca, host).unwrap_err();
        assert_eq!(
            error.error().code(),
            sys::MBEDTLS_ERR_X509_CERT_VERIFY_FAILED
        );
        error.flags()
    };
    assert_eq!(
        flags(&certificate, &ca, Some("other.example.org")),
        VerifyFlags::CN_MISMATCH
    );
    let other = openssl_issues(&key, "-days 30");
    let other_ca = Certificate::parse(&other.read("ca.pem")).unwrap();
    assert_eq!(
        flags(&certificate, &other_ca, None),
        VerifyFlags::NOT_TRUSTED
    );
    let old = openssl_issues(&key, "-days -1");
    let old_ca = Certificate::parse(&old.read("ca.pem")).unwrap();
    let expired = Certificate::parse(&old.read("crt.pem")).unwrap();
    assert_eq!(flags(&expired, &old_ca, None), VerifyFlags::EXPIRED);

    // Both authorities in one file: each of them is trusted, in any order.
    let bundle = [other.read("ca.pem"), folder.read("ca.pem")].concat();
    let bundle = Certificate::parse(&bundle).unwrap();
    assert_eq!(bundle.count(), 2);
    certificate.verify(&bundle, None).unwrap();
    // C would compare the part before the zero.
    let error = certificate
        .verify(&ca, Some("device-0001.example.org\0.example.com"))
        .unwrap_err();
    assert_eq!(error.error().code(), sys::MBEDTLS_ERR_X509_BAD_INPUT_DATA);
}

#[test]
fn a_file_with_one_bad_certificate_is_refused_whole() {
    let folder = openssl_issues(&p256(), "-days 30");
    let good = folder.read("crt.pem");
    let broken = String::from_utf8(good.clone())
        .unwrap()
        .replace("MII", "AII");
    let mixed = [&good[..], broken.as_bytes(), &good[..]].concat();
    assert!(Certificate::parse(&mixed).is_err());
    let error = Certificate::parse(&folder.read("csr.pem")).unwrap_err();
    assert!(error.high().is_some() || error.low().is_some(), "{error}");
}

#[cfg(feature = "full")]
mod issued_by_us {
    use super::*;
    use mbedtls_psa::x509::{CertificateBuilder, Purpose, Time};

    fn years() -> (Time, Time) {
        (
            Time::new(2025, 1, 1, 0, 0, 0).unwrap(),
            Time::new(2051, 12, 31, 23, 59, 59).unwrap(),
        )
    }

    /// The C library alone takes DER for text that has such words in it and ends with a zero, as one signature of 256 does.
    #[test]
    fn a_certificate_with_the_words_of_pem_in_its_name_is_read_as_der() {
        let (key, (from, to)) = (p256(), years());
        let subject = "CN=-----BEGIN CERTIFICATE-----";
        for _ in 0..2000 {
            let certificate = CertificateBuilder::self_signed(&key, &name(subject), from, to);
            let der = certificate.der().unwrap();
            let certificate = Certificate::parse(&der).unwrap();
            assert_eq!(certificate.subject().to_string(), subject);
            if der.ends_with(&[0]) {
                return;
            }
        }
        panic!("no signature ended with a zero");
    }

    #[test]
    fn openssl_verifies_what_our_authority_issues() {
        let (from, to) = years();
        for (ca_key, md) in keys() {
            let folder = Folder::new();
            let ca_pem = CertificateBuilder::self_signed(
                &ca_key,
                &name(r"O=Example\, Inc.,CN=CA"),
                from,
                to,
            )
            .authority(Some(0))
            .key_usage(KeyUsage::KEY_CERT_SIGN | KeyUsage::CRL_SIGN)
            .md(md)
            .pem()
            .unwrap();
            let ca_path = folder.write("ca.pem", &ca_pem);
            let ca = Certificate::parse(ca_pem.as_bytes()).unwrap();
            assert_eq!(ca.validity(), (from, to));

            let key = p256();
            let csr = CsrBuilder::new(&key, &name("DC=example,DC=org,CN=device"))
                .pem()
                .unwrap();
            let csr = Csr::parse(csr.as_bytes()).unwrap();
            let der = CertificateBuilder::for_request(&ca, &ca_key, &csr, from, to)
                .unwrap()
                .md(md)
                .serial(&[0xff, 0x01])
                .key_usage(KeyUsage::DIGITAL_SIGNATURE)
                .purposes(&[Purpose::ClientAuth, Purpose::ServerAuth])
                .alt_names(&[
                    AltName::Dns("device.example.org"),
                    AltName::Ip([192, 0, 2, 1].into()),
                ])
                .der()
                .unwrap();
            let path = folder.write("crt.der", &der);
            let pem = folder.write("crt.pem", openssl("x509 -inform DER -in @", &[&path]));
            let shown = openssl_text(
                "verify -x509_strict -purpose sslclient -CAfile @ @",
                &[&ca_path, &pem],
            );
            assert!(shown.ends_with(": OK\n"), "{shown}");
            let shown = openssl_text("x509 -noout -text -nameopt RFC2253 -in @", &[&pem]);
            for part in [
                "Issuer: CN=CA,O=Example\\, Inc.",
                "Subject: CN=device,DC=org,DC=example",
                "Serial Number: 65281 (0xff01)",
                "CA:FALSE",
                "TLS Web Client Authentication, TLS Web Server Authentication",
                "DNS:device.example.org, IP Address:192.0.2.1",
                "Not After : Dec 31 23:59:59 2051 GMT",
                "X509v3 Subject Key Identifier",
                "X509v3 Authority Key Identifier",
            ] {
                assert!(shown.contains(part), "{part}\n{shown}");
            }
            Certificate::parse(&der).unwrap().check_key(&key).unwrap();
        }
    }

    #[test]
    fn serial_numbers_are_random_and_positive() {
        let key = p256();
        let (from, to) = years();
        let serial = || {
            let der = CertificateBuilder::self_signed(&key, &name("CN=CA"), from, to)
                .der()
                .unwrap();
            Certificate::parse(&der).unwrap().serial().to_vec()
        };
        let (one, two) = (serial(), serial());
        assert_eq!((one.len(), two.len()), (16, 16));
        assert_ne!(one, two);
        assert!(one[0] & 0xC0 == 0x40);
    }

    #[test]
    fn what_cannot_be_in_a_certificate_is_refused() {
        let (key, other) = (p256(), p256());
        let (from, to) = years();
        let subject = name("CN=CA");
        let builder = || CertificateBuilder::self_signed(&key, &subject, from, to);
        assert!(builder().serial(&[]).der().is_err());
        assert!(builder().serial(&[0, 0]).der().is_err());
        assert!(builder().serial(&[1; 21]).der().is_err());
        assert!(builder().serial(&[1; 20]).der().is_ok());
        assert!(builder().purposes(&[Purpose::ClientAuth; 9]).der().is_err());
        assert!(builder().alt_names(&[AltName::Dns("")]).der().is_err());
        let public = Pk::parse_public_key(&key.pubkey_der().unwrap()).unwrap();
        assert!(
            CertificateBuilder::self_signed(&public, &subject, from, to)
                .der()
                .is_err()
        );

        let leaf = Certificate::parse(&builder().der().unwrap()).unwrap();
        let ca = Certificate::parse(&builder().authority(None).der().unwrap()).unwrap();
        assert!(CertificateBuilder::issued_by(&leaf, &key, &other, &subject, from, to).is_err());
        assert!(CertificateBuilder::issued_by(&ca, &other, &other, &subject, from, to).is_err());
        let issued = CertificateBuilder::issued_by(&ca, &key, &public, &subject, from, to).unwrap();
        assert!(issued.der().is_ok());

        let mut csr = CsrBuilder::new(&other, &name("CN=device")).der().unwrap();
        *csr.last_mut().unwrap() ^= 1;
        let csr = Csr::parse(&csr).unwrap();
        assert!(CertificateBuilder::for_request(&ca, &key, &csr, from, to).is_err());
    }

    #[test]
    fn times_are_those_of_openssl() {
        let key = p256();
        for (time, shown) in [
            (Time::new(1950, 1, 1, 0, 0, 0), "1950-01-01 00:00:00Z"),
            (Time::new(2049, 12, 31, 23, 59, 59), "2049-12-31 23:59:59Z"),
            (Time::new(2050, 1, 1, 0, 0, 0), "2050-01-01 00:00:00Z"),
            (Time::new(9999, 12, 31, 23, 59, 59), "9999-12-31 23:59:59Z"),
            (Time::from_unix(951_782_400), "2000-02-29 00:00:00Z"),
            (Time::from_unix(0), "1970-01-01 00:00:00Z"),
        ] {
            let time = time.unwrap();
            let der = CertificateBuilder::self_signed(&key, &name("CN=CA"), time, time)
                .der()
                .unwrap();
            assert_eq!(Certificate::parse(&der).unwrap().validity(), (time, time));
            let folder = Folder::new();
            let path = folder.write("crt", &der);
            let dates = openssl_text(
                "x509 -noout -startdate -dateopt iso_8601 -inform DER -in @",
                &[&path],
            );
            assert_eq!(dates, format!("notBefore={shown}\n"));
        }
        assert!(Time::from_unix(u64::MAX).is_err());
    }
}
