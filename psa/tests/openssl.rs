//! The real `openssl` reads what we write, and we read what it writes.
#![cfg(not(feature = "tfm"))]

mod common;

use common::{
    ECDSA_CURVES, Files, der_signature, ecdsa_key, hash_of, openssl, openssl_text, policy,
};
use psa::{AltName, Attributes, Error, ExtendedKeyUsage, Key, KeyUsage, Sign};

#[test]
fn openssl_reads_both_forms_of_a_private_key_and_finds_the_same_public_key() {
    for &(curve, name) in ECDSA_CURVES {
        let key = ecdsa_key(curve);
        let public = key.public_key_pem().unwrap();
        for private in [
            key.private_key_pem().unwrap(),
            key.private_key_pkcs8_pem().unwrap(),
        ] {
            openssl(&["pkey", "-check", "-noout"], &*private);
            assert_eq!(
                openssl_text(&["pkey", "-pubout"], &*private),
                public,
                "{name}"
            );
        }
        for private in [
            key.private_key_der().unwrap(),
            key.private_key_pkcs8_der().unwrap(),
        ] {
            assert_eq!(
                openssl_text(&["pkey", "-inform", "DER", "-pubout"], &*private),
                public
            );
        }
        let from_der = openssl_text(
            &["pkey", "-pubin", "-inform", "DER"],
            key.public_key_der().unwrap(),
        );
        assert_eq!(from_der, public);
    }
}

#[test]
fn private_keys_are_the_bytes_that_openssl_writes() {
    for &(curve, _) in ECDSA_CURVES {
        let key = ecdsa_key(curve);
        let sec1 = key.private_key_pem().unwrap();
        let pkcs8 = key.private_key_pkcs8_pem().unwrap();
        assert_eq!(openssl_text(&["pkey", "-traditional"], &*sec1), *sec1);
        assert_eq!(openssl_text(&["pkey"], &*sec1), *pkcs8);
    }
}

#[test]
fn openssl_verifies_our_signatures_and_we_verify_its() {
    let files = Files::new();
    for &(curve, _) in ECDSA_CURVES {
        let key = ecdsa_key(curve);
        let algorithm = Sign::Ecdsa(hash_of(curve));
        let message = files.write("message", "what is signed");
        let public = files.write("public.pem", key.public_key_pem().unwrap());
        let private = files.write("private.pem", key.private_key_pem().unwrap());
        let digest = format!("-sha{}", hash_of(curve).len() * 8);

        let signature = key.sign_message(algorithm, b"what is signed").unwrap();
        let signature = files.write("signature", der_signature(&signature));
        openssl(
            &[
                "dgst",
                &digest,
                "-verify",
                &public,
                "-signature",
                &signature,
                &message,
            ],
            "",
        );

        let theirs = openssl(&["dgst", &digest, "-sign", &private, &message], "");
        let theirs = raw_signature(&theirs, curve.bits().div_ceil(8));
        key.verify_message(algorithm, b"what is signed", &theirs)
            .unwrap();
        assert_eq!(
            key.verify_message(algorithm, b"what is singed", &theirs),
            Err(Error::InvalidSignature)
        );
    }
}

#[test]
fn we_read_every_form_that_openssl_writes() {
    psa::init().unwrap();
    for &(curve, name) in ECDSA_CURVES {
        // `ecparam` puts the parameters in front of the key, as another block.
        let sec1 = openssl_text(&["ecparam", "-name", name, "-genkey"], "");
        assert!(sec1.starts_with("-----BEGIN EC PARAMETERS-----"));
        let pkcs8 = openssl_text(&["pkey"], &sec1);
        let public = openssl_text(&["pkey", "-pubout"], &sec1);
        let with_text = openssl_text(&["pkey", "-text"], &sec1);
        let attributes = policy(Attributes::ecc_key_pair(curve), hash_of(curve));
        for pem in [&sec1, &pkcs8, &with_text] {
            for attributes in [attributes, policy(Attributes::from_file(), hash_of(curve))] {
                let key = Key::import_pem(attributes, pem).unwrap();
                assert_eq!(key.public_key_pem().unwrap(), public);
                assert_eq!(*key.private_key_pkcs8_pem().unwrap(), *pkcs8);
            }
        }
        for der in [
            openssl(&["pkey", "-outform", "DER"], &sec1),
            openssl(&["pkey", "-outform", "DER", "-traditional"], &sec1),
        ] {
            let key = Key::import_der(attributes, der).unwrap();
            assert_eq!(key.public_key_pem().unwrap(), public);
        }
        let key = Key::import_pem(
            policy(Attributes::ecc_public_key(curve), hash_of(curve)),
            &public,
        )
        .unwrap();
        assert_eq!(key.public_key_pem().unwrap(), public);
        let der = openssl(&["pkey", "-pubin", "-outform", "DER"], &public);
        let key = Key::import_der(Attributes::from_file(), der).unwrap();
        assert_eq!(key.public_key_pem().unwrap(), public);
    }
}

#[test]
fn openssl_verifies_our_requests_and_reads_what_they_ask_for() {
    for &(curve, _) in ECDSA_CURVES {
        let key = ecdsa_key(curve);
        let names = [
            AltName::Dns("device-0001.example.org"),
            AltName::Ip([192, 0, 2, 1].into()),
            AltName::Ip([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1].into()),
            AltName::Uri("urn:example:device-0001"),
            AltName::Email("device@example.org"),
        ];
        let pem = key
            .csr("C=DE, O=Example\\, Inc., CN=device-0001, serialNumber=42, emailAddress=a@example.org")
            .unwrap()
            .alt_names(&names)
            .key_usage(KeyUsage::DIGITAL_SIGNATURE | KeyUsage::KEY_AGREEMENT)
            .extended_key_usage(&[ExtendedKeyUsage::ClientAuth, ExtendedKeyUsage::ServerAuth])
            .certificate_authority(false)
            .to_pem()
            .unwrap();
        let text = openssl_text(
            &[
                "req",
                "-verify",
                "-noout",
                "-text",
                "-subject",
                "-nameopt",
                "RFC2253,show_type",
            ],
            &pem,
        );
        for expected in [
            "subject=emailAddress=IA5STRING:a@example.org,serialNumber=PRINTABLESTRING:42,\
             CN=UTF8STRING:device-0001,O=UTF8STRING:Example\\, Inc.,C=PRINTABLESTRING:DE",
            "DNS:device-0001.example.org, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1, \
             URI:urn:example:device-0001, email:device@example.org",
            "X509v3 Key Usage: critical\n                    Digital Signature, Key Agreement",
            "TLS Web Client Authentication, TLS Web Server Authentication",
            "X509v3 Basic Constraints: critical\n                    CA:FALSE",
        ] {
            assert!(text.contains(expected), "no {expected:?} in\n{text}");
        }
        let der = key.csr("CN=device-0001").unwrap().to_der().unwrap();
        openssl(&["req", "-inform", "DER", "-verify", "-noout"], der);
    }
}

/// What our own writers make of a key that openssl made is what openssl writes.
#[cfg(feature = "full")]
fn agrees_with_openssl(key: &Key, theirs: &str) {
    let pkcs8 = ["pkcs8", "-topk8", "-nocrypt", "-outform"];
    for (form, ours) in [
        ("PEM", key.private_key_pkcs8_pem().unwrap().as_bytes()),
        ("DER", &key.private_key_pkcs8_der().unwrap()),
    ] {
        assert!(
            openssl(&[&pkcs8[..], &[form]].concat(), theirs) == ours,
            "{form}"
        );
    }
    for (form, ours) in [
        ("PEM", key.public_key_pem().unwrap().into_bytes()),
        ("DER", key.public_key_der().unwrap()),
    ] {
        assert_eq!(
            openssl(&["pkey", "-pubout", "-outform", form], theirs),
            ours
        );
    }
}

#[test]
#[cfg(feature = "full")]
fn rsa_keys_go_both_ways_and_sign_requests() {
    use psa::{Algorithm, Hash, KeyType, SignAnyHash, Usage};
    psa::init().unwrap();
    let algorithm = Algorithm::SignAnyHash(SignAnyHash::RsaPkcs1v15);
    for bits in [2048, 3072, 4096] {
        let theirs = openssl_text(&["genrsa", &bits.to_string()], "");
        let traditional = openssl_text(&["rsa", "-traditional"], &theirs);
        let policy = |attributes: Attributes| {
            attributes
                .usage(Usage::SIGN | Usage::VERIFY | Usage::EXPORT)
                .algorithm(algorithm)
        };
        for pem in [&theirs, &traditional] {
            for attributes in [Attributes::from_file(), Attributes::rsa_key_pair(bits)] {
                let key = Key::import_pem(policy(attributes), pem).unwrap();
                agrees_with_openssl(&key, &theirs);
                assert_eq!(*key.private_key_pem().unwrap(), *traditional);
            }
        }
        let public = [
            openssl(&["rsa", "-pubout"], &theirs),
            openssl(&["rsa", "-RSAPublicKey_out"], &theirs),
        ];
        for pem in public {
            let key = Key::import_pem(policy(Attributes::from_file()), pem).unwrap();
            assert_eq!(key.attributes().unwrap().key_type(), KeyType::RsaPublicKey);
            assert_eq!(
                key.public_key_pem().unwrap(),
                openssl_text(&["pkey", "-pubout"], &theirs)
            );
        }
        let other_size = Key::import_pem(policy(Attributes::rsa_key_pair(1024)), &theirs);
        assert!(other_size.is_err());

        let key = Key::import_pem(policy(Attributes::from_file()), &theirs).unwrap();
        let request = key.csr("CN=device-0001").unwrap().to_pem().unwrap();
        openssl(&["req", "-verify", "-noout"], request);
        let sign = SignAnyHash::RsaPkcs1v15.with(Hash::Sha256);
        let signature = key.sign_message(sign, b"message").unwrap();
        key.verify_message(sign, b"message", &signature).unwrap();
    }
}

#[test]
#[cfg(feature = "full")]
fn x25519_keys_go_both_ways() {
    use psa::{Curve, Usage};
    psa::init().unwrap();
    let theirs = openssl_text(&["genpkey", "-algorithm", "X25519"], "");
    for attributes in [
        Attributes::from_file(),
        Attributes::ecc_key_pair(Curve::X25519),
    ] {
        let key = Key::import_pem(attributes.usage(Usage::EXPORT), &theirs).unwrap();
        agrees_with_openssl(&key, &theirs);
        // There is no other form.
        assert_eq!(
            *key.private_key_pem().unwrap(),
            *key.private_key_pkcs8_pem().unwrap()
        );
    }
    let ours = Key::generate(Attributes::ecc_key_pair(Curve::X25519).usage(Usage::EXPORT)).unwrap();
    agrees_with_openssl(&ours, &ours.private_key_pem().unwrap());
    let public = Key::import_pem(Attributes::from_file(), ours.public_key_pem().unwrap()).unwrap();
    assert_eq!(
        public.export_public().unwrap(),
        ours.export_public().unwrap()
    );
}

fn raw_signature(der: &[u8], size: usize) -> Vec<u8> {
    let mut rest = &der[if der[1] & 0x80 == 0 { 2 } else { 3 }..];
    let mut raw = Vec::new();
    while let [2, length, tail @ ..] = rest {
        let (integer, tail) = tail.split_at(usize::from(*length));
        let integer: Vec<u8> = integer
            .iter()
            .copied()
            .skip_while(|byte| *byte == 0)
            .collect();
        raw.extend(std::iter::repeat_n(0, size - integer.len()));
        raw.extend(integer);
        rest = tail;
    }
    raw
}
