use base64ct::{Base64Unpadded, Base64UrlUnpadded, Encoding};
use mbedtls_diag::modem::{Answer, Check, Content, KeygenError, Repair};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use crate::openssl::Folder;

/// From Nordic's nRF Cloud utilities: `AT%KEYGEN=17,2,0` of a modem that writes NULL parameters.
const OLDER: &str = include_str!("../data/keygen_csr.txt");
/// From the same place: a request from which NULL parameters had been removed already.
const NORMALIZED: &str = include_str!("../data/keygen_csr_normalized.txt");
/// From the same place: `AT%KEYGEN=16,2,1`.
const PUBLIC_KEY: &str = include_str!("../data/keygen_public_key.txt");

const UUID: [u8; 16] = *b"device-number-16";
const ECDSA_WITH_SHA256: [u8; 12] = [
    0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02,
];

/// A `COSE_Sign1` as the modem writes it, byte by byte after RFC 9052; `sec_tag` is CBOR already.
fn cose(message: u8, sec_tag: &[u8], digest: &[u8]) -> Vec<u8> {
    let mut payload = vec![0xd9, 0xd9, 0xf7, 0x85, message, 0x50];
    payload.extend(UUID);
    payload.push(0x40 + u8::try_from(sec_tag.len()).unwrap());
    payload.extend(sec_tag);
    payload.extend([0x58, 0x20]);
    payload.extend(digest);
    payload.push(0x50);
    payload.extend([0x11; 16]);
    let mut cose = vec![
        0xd2, 0x84, 0x43, 0xa1, 0x01, 0x26, 0xa1, 0x04, 0x41, 0x21, 0x58,
    ];
    cose.push(u8::try_from(payload.len()).unwrap());
    cose.extend(payload);
    cose.extend([0x58, 0x40]);
    cose.extend([0x22; 64]);
    cose
}

fn answer(body: &[u8], cose: &[u8]) -> String {
    format!(
        "%KEYGEN: \"{}.{}\"\r\nOK\r\n",
        Base64UrlUnpadded::encode_string(body),
        Base64UrlUnpadded::encode_string(cose)
    )
}

fn answer_for(body: &[u8]) -> String {
    answer(body, &cose(9, &[0x18, 0x2a], &Sha256::digest(body)))
}

/// The request with NULL parameters in its outer algorithm, as older modems write it.
fn with_null_parameters(request: &[u8]) -> Vec<u8> {
    let at = request
        .windows(ECDSA_WITH_SHA256.len())
        .rposition(|window| window == ECDSA_WITH_SHA256)
        .expect("OpenSSL signs with ecdsa-with-SHA256");
    let mut inner = request[3..at].to_vec();
    inner.extend([0x30, 0x0c]);
    inner.extend(&ECDSA_WITH_SHA256[2..]);
    inner.extend([0x05, 0x00]);
    inner.extend(&request[at + ECDSA_WITH_SHA256.len()..]);
    assert_eq!(request[..2], [0x30, 0x81], "the length has one byte");
    let mut out = if inner.len() < 256 {
        vec![0x30, 0x81, u8::try_from(inner.len()).unwrap()]
    } else {
        vec![0x30, 0x82, 0x01, u8::try_from(inner.len() - 256).unwrap()]
    };
    out.extend(inner);
    out
}

/// A request whose base64 uses a character that base64url writes otherwise.
fn request_with_both_alphabets() -> Vec<u8> {
    loop {
        let request = Folder::new().request();
        if Base64Unpadded::encode_string(&request).contains(['+', '/']) {
            return request;
        }
    }
}

fn signature(answer: &Answer) -> Check {
    match answer.content {
        Content::Request { signature, .. } => signature,
        _ => panic!("this is no request"),
    }
}

#[test]
fn reads_the_published_answer_of_an_older_modem() {
    let answer = Answer::read(OLDER).unwrap();
    assert_eq!(
        answer.public_key_pem(),
        "-----BEGIN PUBLIC KEY-----\n\
         MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKg+qTX2tvaPxF58Otm50Fq/PiarD\n\
         Yfx2cUt5N2zA+CmfPqsZ74HqIqkOcwMnBD/1nJs6sqb8Mn96ljK2dlQeWg==\n\
         -----END PUBLIC KEY-----\n"
    );
    assert_eq!(
        answer.digest[..4],
        [0x70, 0x2a, 0x3d, 0x56],
        "as the vendor's tool prints it"
    );
    let statement = answer.attestation.as_ref().unwrap();
    assert_eq!(statement.message, 9);
    assert_eq!(
        statement.uuid.to_string(),
        "50363154-3931-44f0-8022-121b6401627d"
    );
    assert_eq!(statement.sec_tag, 17);
    assert_eq!(signature(&answer), Check::Holds);
    assert_eq!(answer.attested, Check::Holds);
    let Content::Request {
        normalized,
        subject,
        ..
    } = &answer.content
    else {
        panic!("this is a request");
    };
    assert!(normalized);
    assert_eq!(subject, "CN=50363154-3931-44f0-8022-121b6401627d");
}

#[test]
fn reads_the_published_answer_that_was_normalized_before() {
    let answer = Answer::read(NORMALIZED).unwrap();
    let statement = answer.attestation.as_ref().unwrap();
    assert_eq!(
        statement.uuid.to_string(),
        "50343956-3037-4738-800d-1f29e0a0f7bf"
    );
    assert_eq!(statement.sec_tag, 1235);
    assert_eq!(signature(&answer), Check::Holds);
    // Its statement is about what the modem wrote, with NULL parameters.
    assert_eq!(answer.attested, Check::Holds);
    assert_eq!(answer.repairs, [Repair::NormalizedBefore]);
    let Content::Request { normalized, .. } = answer.content else {
        panic!("this is a request");
    };
    assert!(!normalized);
}

#[test]
fn reads_the_published_answer_that_holds_a_public_key_only() {
    let answer = Answer::read(PUBLIC_KEY).unwrap();
    assert_eq!(answer.content, Content::PublicKey);
    assert_eq!(answer.pem(), answer.public_key_pem());
    let statement = answer.attestation.as_ref().unwrap();
    assert_eq!((statement.message, statement.sec_tag), (8, 16));
    assert_eq!(answer.attested, Check::Holds);
    assert_eq!(answer.digest[..4], [0xe5, 0xa2, 0xfc, 0x2a]);
}

#[test]
fn what_is_normalized_is_accepted_and_verified_by_openssl() {
    let folder = Folder::new();
    let request = folder.request();
    let older = with_null_parameters(&request);
    let answer = Answer::read(&answer_for(&older)).unwrap();
    assert!(answer.is_sound());
    assert_eq!(signature(&answer), Check::Holds);
    assert_eq!(answer.attested, Check::Holds);
    let Content::Request {
        der, normalized, ..
    } = &answer.content
    else {
        panic!("this is a request");
    };
    assert!(normalized);
    assert_eq!(der, &request, "what OpenSSL had written");
    folder.write("out.pem", answer.pem().as_bytes());
    folder.write("public.pem", answer.public_key_pem().as_bytes());
    let said = folder.openssl("req -in out.pem -noout -verify -text");
    assert!(said.contains("CN = device-1"), "{said}");
    folder.openssl("pkey -in key.pem -pubout -out expected.pem");
    assert_eq!(folder.read("public.pem"), folder.read("expected.pem"));
}

#[test]
fn all_forms_in_which_people_paste_an_answer_read_the_same() {
    let request = request_with_both_alphabets();
    let cose = cose(9, &[0x18, 0x2a], &Sha256::digest(&request));
    let (body, statement) = (
        Base64UrlUnpadded::encode_string(&request),
        Base64UrlUnpadded::encode_string(&cose),
    );
    let standard = format!(
        "{}.{}",
        Base64Unpadded::encode_string(&request),
        Base64Unpadded::encode_string(&cose)
    );
    let both = format!("{body}.{statement}");
    let wrapped: Vec<&str> = both
        .as_bytes()
        .chunks(76)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    let padded = |part: &str| format!("{part}{}", &"==="[..(4 - part.len() % 4) % 4]);
    let plain = Answer::read(&both).unwrap();
    assert_eq!(plain.repairs, []);
    let forms = [
        format!("%KEYGEN: \"{both}\""),
        format!("AT%KEYGEN=42,2,0\r\n%KEYGEN: \"{both}\"\r\nOK\r\n"),
        format!("at%keygen=42,2,0\n%keygen: {both}\nOK\n"),
        format!("\"{both}\""),
        format!("[00:00:05.123,456] <inf> app: %KEYGEN: \"{both}\"\n[00:00:05.2] <inf> app: OK"),
        format!("  {both}\n\nOK\n"),
        format!("%KEYGEN: \"{}\"", wrapped.join("\r\n")),
        wrapped.join("\n"),
        format!("%KEYGEN: \\\"{both}\\\"\\r\\n\\r\\nOK\\r\\n"),
        format!("%KEYGEN: \"{standard}\""),
        format!("%KEYGEN: \"{}.{}\"", padded(&body), padded(&statement)),
        format!("{body}. {statement}"),
    ];
    for form in forms {
        let mut answer = Answer::read(&form).unwrap_or_else(|error| panic!("{error}: {form}"));
        answer.repairs.clear();
        assert_eq!(answer, plain, "{form}");
    }
    let repairs = |text: &str| Answer::read(text).unwrap().repairs;
    assert!(repairs(&standard).contains(&Repair::StandardAlphabet));
    assert_eq!(repairs(&wrapped.join("\n")), [Repair::LineBreaks]);
    assert_eq!(repairs(&format!("{body}=.{statement}=")), [Repair::Padding]);
    assert_eq!(repairs(&body), [Repair::NoSecondPart]);
}

#[test]
fn a_changed_request_is_said_to_be_changed() {
    let request = Folder::new().request();
    let at = request
        .windows(8)
        .position(|window| window == b"device-1")
        .unwrap();
    let mut changed = request.clone();
    changed[at + 7] = b'2';
    let answer = Answer::read(&answer_for(&changed)).unwrap();
    assert_eq!(signature(&answer), Check::Fails);
    assert!(!answer.is_sound());
}

#[test]
fn a_statement_about_another_request_is_said_to_be_so() {
    let request = Folder::new().request();
    let other = cose(9, &[0x18, 0x2a], &[7; 32]);
    let answer = Answer::read(&answer(&request, &other)).unwrap();
    assert_eq!(answer.attested, Check::Fails);
    assert_eq!(signature(&answer), Check::Holds);
    assert!(!answer.is_sound());
}

#[test]
fn sec_tags_are_read_as_the_modem_numbers_them() {
    let request = Folder::new().request();
    for (cbor, expected) in [
        (&[0x00][..], 0),
        (&[0x1a, 0x01, 0x01, 0x00, 0x01], 16_842_753),
        (&[0x1a, 0x7f, 0xff, 0xff, 0xff], 0x7fff_ffff),
        (&[0x1a, 0xff, 0xff, 0xff, 0xfe], 0xffff_fffe),
        // -2 and -2147483648: the modem's own tags, written as signed numbers.
        (&[0x21], 0xffff_fffe),
        (&[0x3a, 0x7f, 0xff, 0xff, 0xff], 0x8000_0000),
    ] {
        let text = answer(&request, &cose(9, cbor, &Sha256::digest(&request)));
        let answer = Answer::read(&text).unwrap();
        assert_eq!(answer.attestation.unwrap().sec_tag, expected, "{cbor:02x?}");
    }
}

#[test]
fn a_key_that_is_not_p256_is_read_and_said_not_to_be_checked() {
    let folder = Folder::new();
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key.pem");
    folder.openssl("req -new -key key.pem -sha384 -subj /CN=device-1 -outform DER -out csr.der");
    let answer = Answer::read(&answer_for(&folder.read("csr.der"))).unwrap();
    assert_eq!(signature(&answer), Check::NotMade);
    assert!(answer.is_sound());
}

#[test]
fn what_is_no_answer_is_refused_with_its_reason() {
    let whole = NORMALIZED.trim_end_matches("\n\nOK\n");
    let body = whole.split('.').next().unwrap();
    let error = |text: &str| Answer::read(text).unwrap_err();
    assert_eq!(error(""), KeygenError::Empty);
    assert_eq!(error(" \n"), KeygenError::Empty);
    assert_eq!(
        error("AT%KEYGEN=1,2,0\r\n\r\nOK\r\n"),
        KeygenError::Character('%')
    );
    assert_eq!(error("\r\nOK\r\n"), KeygenError::NoAnswer);
    assert_eq!(error("%KEYGEN: \"\"\r\nOK\r\n"), KeygenError::NoAnswer);
    assert_eq!(
        error("AT%KEYGEN=1,2,0\n+CME ERROR: 519"),
        KeygenError::Refused(519)
    );
    assert!(error("+CME ERROR: 518").to_string().contains("AT+CFUN=4"));
    assert_eq!(error(&body[..200]), KeygenError::CutOff);
    assert_eq!(error(&body[..203]), KeygenError::CutOff);
    assert_eq!(error(&format!("{body}.a.b")), KeygenError::CutOff);
    assert_eq!(
        error(&format!("{body}.{body}.{body}").replace("%KEYGEN: \"", "")),
        KeygenError::TooManyParts
    );
    assert_eq!(error("MIIB!"), KeygenError::Character('!'));
    assert_eq!(
        error("-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----"),
        KeygenError::Pem
    );
    assert_eq!(
        error(include_str!("../data/attesttoken.txt").trim_start_matches("%ATTESTTOKEN: ")),
        KeygenError::AttestationToken
    );
    assert!(matches!(error("BQA"), KeygenError::Der(_)));
    assert!(matches!(
        error(&format!("{body}.AAAA")),
        KeygenError::Cose(_)
    ));
    assert_eq!(error(&"A".repeat(2 << 20)), KeygenError::TooLong);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        let _ = Answer::read(&text);
    }

    #[test]
    fn any_answer_with_changed_bytes_is_read_or_refused(at in 0usize..460, byte in any::<u8>(), cut in 0usize..460) {
        let mut bytes = OLDER.as_bytes().to_vec();
        bytes[at] = byte;
        bytes.truncate(cut.max(20));
        let _ = Answer::read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_statement_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let text = format!("{}.{}", &OLDER[10..360], Base64UrlUnpadded::encode_string(&bytes));
        let _ = Answer::read(&text);
    }
}
