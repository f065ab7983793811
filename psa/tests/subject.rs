//! Distinguished names: what is written, what is refused and where.
#![cfg(not(feature = "tfm"))]

mod common;

use common::{ecdsa_key, openssl_text};
use proptest::prelude::*;
use psa::{Curve, Error, Key, Subject, SubjectErrorKind as Kind};

/// The subject as openssl prints it: in the order of the certificate, with string types, as UTF-8.
fn printed(key: &Key, subject: Subject<'_>) -> String {
    let request = key.csr(subject).unwrap().to_pem().unwrap();
    let text = openssl_text(
        &[
            "req",
            "-noout",
            "-verify",
            "-subject",
            "-nameopt",
            "oneline,-esc_msb,utf8,show_type",
        ],
        request,
    );
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("subject="))
        .expect("a subject");
    line.to_owned()
}

#[test]
fn openssl_reads_the_names_that_were_written() {
    let key = ecdsa_key(Curve::P256);
    let all = "C=DE,ST=Hessen,L=Darmstadt,street=Weg 1,O=Example,OU=Devices,CN=device-0001,serialNumber=42,\
               emailAddress=a@example.org,DC=example,UID=7,SN=Doe,GN=Jo,initials=J,title=Dr,dnQualifier=x,pseudonym=y";
    let names = [
        (
            "CN=device-0001,O=Example",
            "CN = UTF8STRING:device-0001, O = UTF8STRING:Example",
        ),
        (
            "/O=Example/CN=a,b",
            "O = UTF8STRING:Example, CN = UTF8STRING:\"a,b\"",
        ),
        (
            " c = DE , o = Example ",
            "C = PRINTABLESTRING:DE, O = UTF8STRING:Example",
        ),
        (r"O=Example\, Inc.", "O = UTF8STRING:\"Example, Inc.\""),
        (r"CN=\ a\\b\=c\#\/\ ", "CN = UTF8STRING:\" a\\\\b=c#/ \""),
        (r"CN=M\C3\BCller", "CN = UTF8STRING:Müller"),
        ("CN=Müller 日本 🦀", "CN = UTF8STRING:Müller 日本 🦀"),
        (r"CN=\41\42", "CN = UTF8STRING:AB"),
        ("CN=a/b=c", "CN = UTF8STRING:a/b=c"),
        (
            "DC=example,DC=org",
            "DC = IA5STRING:example, DC = IA5STRING:org",
        ),
        (
            all,
            "C = PRINTABLESTRING:DE, ST = UTF8STRING:Hessen, L = UTF8STRING:Darmstadt, street = UTF8STRING:Weg 1, \
             O = UTF8STRING:Example, OU = UTF8STRING:Devices, CN = UTF8STRING:device-0001, \
             serialNumber = PRINTABLESTRING:42, emailAddress = IA5STRING:a@example.org, DC = IA5STRING:example, \
             UID = UTF8STRING:7, SN = UTF8STRING:Doe, GN = UTF8STRING:Jo, initials = UTF8STRING:J, \
             title = UTF8STRING:Dr, dnQualifier = PRINTABLESTRING:x, pseudonym = UTF8STRING:y",
        ),
    ];
    for (text, expected) in names {
        assert_eq!(
            printed(&key, Subject::parse(text).unwrap()),
            expected,
            "{text}"
        );
    }
}

#[test]
fn rfc_4514_names_stand_in_the_certificate_in_reverse() {
    let key = ecdsa_key(Curve::P256);
    let subject = Subject::rfc4514("CN=device-0001,OU=a+O=Example,C=DE").unwrap();
    assert_eq!(
        printed(&key, subject),
        "C = PRINTABLESTRING:DE, OU = UTF8STRING:a + O = UTF8STRING:Example, CN = UTF8STRING:device-0001"
    );
}

#[test]
fn joined_values_are_sorted_as_der_wants_them() {
    let key = ecdsa_key(Curve::P256);
    let orders = [
        "CN=b+serialNumber=1+C=DE+O=longer",
        "O=longer+C=DE+CN=b+serialNumber=1",
        "C=DE+CN=b+O=longer+serialNumber=1",
    ];
    let requests = orders.map(|order| {
        let der = key.csr(order).unwrap().to_der().unwrap();
        // From the length of what is signed to the public key: the signature differs, and with it the length in front.
        der[3..80].to_vec()
    });
    assert_eq!(requests[0], requests[1]);
    assert_eq!(requests[0], requests[2]);
    let printed = printed(&key, Subject::parse(orders[0]).unwrap());
    // Shorter encodings first, then by the object identifier.
    assert_eq!(
        printed,
        "CN = UTF8STRING:b + serialNumber = PRINTABLESTRING:1 + C = PRINTABLESTRING:DE + O = UTF8STRING:longer"
    );
}

#[test]
fn an_empty_subject_must_be_meant() {
    let key = ecdsa_key(Curve::P256);
    assert_eq!(printed(&key, Subject::EMPTY), "");
    assert!(matches!(key.csr(""), Err(Error::Subject(error)) if error.kind() == Kind::Empty));
}

#[test]
fn what_is_no_name_is_refused_with_its_place() {
    let long = format!("CN={}", "x".repeat(65));
    let wrong = [
        ("device-0001", Kind::MissingEquals, 0),
        ("CN=a,,O=b", Kind::MissingEquals, 5),
        ("CN=a,", Kind::MissingEquals, 5),
        ("CN=a, ", Kind::MissingEquals, 6),
        ("CN=a+", Kind::MissingEquals, 5),
        (",CN=a", Kind::MissingEquals, 0),
        ("/", Kind::MissingEquals, 1),
        (" ", Kind::MissingEquals, 1),
        ("=a", Kind::UnknownType, 0),
        ("CN=a,XY=b", Kind::UnknownType, 5),
        ("2.5.4.3=a", Kind::UnknownType, 0),
        ("CN=", Kind::EmptyValue, 3),
        ("CN= ,O=b", Kind::EmptyValue, 4),
        ("C=Germany", Kind::Length, 2),
        ("C=D", Kind::Length, 2),
        (&long, Kind::Length, 3),
        ("CN=a\nb", Kind::Control, 4),
        ("CN=a\u{7f}", Kind::Control, 4),
        ("CN=a\u{85}", Kind::Control, 4),
        (r"CN=a\0Ab", Kind::Control, 4),
        (r"CN=a\C2\85b", Kind::Control, 4),
        ("serialNumber=a_b", Kind::Character, 14),
        ("serialNumber=ä", Kind::Character, 13),
        ("emailAddress=ä@example.org", Kind::Character, 13),
        (r"CN=a\", Kind::Escape, 5),
        (r"CN=a\x", Kind::Escape, 4),
        (r"CN=a\ä", Kind::Escape, 4),
        (r"CN=a\C3", Kind::Escape, 4),
        (r"CN=a\C3\41", Kind::Escape, 4),
        (r"CN=a\FF", Kind::Escape, 4),
        (r"CN=a\ED\A0\80", Kind::Escape, 4),
        (r"CN=a\4", Kind::Escape, 4),
        ("CN=\"a\"", Kind::Unescaped, 3),
        ("CN=a;O=b", Kind::Unescaped, 4),
        ("CN=a<b", Kind::Unescaped, 4),
        ("CN=#0c0161", Kind::HexValue, 3),
    ];
    for (text, kind, position) in wrong {
        let error = Subject::parse(text).expect_err(text);
        assert_eq!(
            (error.kind(), error.position()),
            (kind, position),
            "{text:?}"
        );
        assert!(
            Error::from(error)
                .to_string()
                .contains(&format!("at byte {position}"))
        );
    }
    let many = ["CN=a"; 9].join("+");
    assert!(Subject::parse(&many[5..]).is_ok());
    let error = Subject::parse(&many).unwrap_err();
    assert_eq!((error.kind(), error.position()), (Kind::TooManyValues, 38));
}

#[test]
fn lengths_count_characters_not_bytes() {
    for (name, longest) in [("CN", 64), ("O", 64), ("L", 128), ("UID", 256), ("GN", 16)] {
        assert!(Subject::parse(&format!("{name}={}", "ä".repeat(longest))).is_ok());
        assert!(Subject::parse(&format!("{name}={}", r"\C3\A4".repeat(longest))).is_ok());
        assert!(Subject::parse(&format!("{name}={}", "ä".repeat(longest + 1))).is_err());
    }
}

proptest! {
    #![proptest_config(common::cases(20_000))]

    #[test]
    fn no_text_makes_the_parser_panic(text in "(CN|C|O|x| )?[=/+,\\\\# \"0-9a-fA-F\\PC]{0,24}") {
        let _ = Subject::parse(&text);
        let _ = Subject::rfc4514(&text);
    }
}

proptest! {
    #![proptest_config(common::cases(300))]

    #[test]
    fn every_name_that_is_accepted_can_be_written(
        text in "(CN|O|OU|UID)= {0,2}([a-z äß🦀]|\\\\[,+= ]|\\\\C3\\\\A4){1,9}([,+](CN|O|L)=[a-z]{1,5}){0,7}"
    ) {
        let key = ecdsa_key(Curve::P256);
        if let Ok(subject) = Subject::parse(&text) {
            key.csr(subject).unwrap().to_der().unwrap();
        }
    }
}
