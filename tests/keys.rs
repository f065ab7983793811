//! Keys between this crate and the `openssl` program: each reads what the other writes, and verifies what it signs.
#[path = "support/openssl.rs"]
mod support;

use mbedtls_psa::Error;
use mbedtls_psa::md::Md;
use mbedtls_psa::pk::{Curve, KeyType, Pk};
use mbedtls_psa::sys;
use support::{Folder, openssl, openssl_accepts, openssl_text, thorough};

/// The curves that sign, with openssl's names for them.
const CURVES: &[(Curve, &str)] = &[
    (Curve::P256, "prime256v1"),
    #[cfg(feature = "full")]
    (Curve::P384, "secp384r1"),
    #[cfg(feature = "full")]
    (Curve::P521, "secp521r1"),
    #[cfg(feature = "full")]
    (Curve::Secp256k1, "secp256k1"),
    #[cfg(feature = "full")]
    (Curve::P224, "secp224r1"),
    #[cfg(feature = "full")]
    (Curve::BrainpoolP256r1, "brainpoolP256r1"),
    #[cfg(feature = "full")]
    (Curve::BrainpoolP384r1, "brainpoolP384r1"),
    #[cfg(feature = "full")]
    (Curve::BrainpoolP512r1, "brainpoolP512r1"),
];

/// The curves of this run: a short one takes the two that nobody should be without.
fn curves() -> &'static [(Curve, &'static str)] {
    &CURVES[..if thorough() {
        CURVES.len()
    } else {
        CURVES.len().min(2)
    }]
}

/// The hashes that every build of the profile has.
const HASHES: &[(Md, &str)] = &[
    (Md::Sha256, "sha256"),
    #[cfg(feature = "full")]
    (Md::Sha1, "sha1"),
    #[cfg(feature = "full")]
    (Md::Sha224, "sha224"),
    #[cfg(feature = "full")]
    (Md::Sha384, "sha384"),
    #[cfg(feature = "full")]
    (Md::Sha512, "sha512"),
];

/// Every form that we write is one that openssl reads, and all of them are the same key.
fn openssl_reads(key: &Pk<'_>) {
    let folder = Folder::new();
    let pem = folder.write("key.pem", key.key_pem().unwrap().as_bytes());
    let der = folder.write("key.der", &*key.key_der().unwrap());
    let public_pem = folder.write("pub.pem", key.pubkey_pem().unwrap());
    let public_der = folder.write("pub.der", key.pubkey_der().unwrap());

    let expected = key.pubkey_der().unwrap();
    let spki = |arguments: &str, path: &std::path::Path| {
        openssl(
            &format!("pkey -pubout -outform DER {arguments} -in @"),
            &[path],
        )
    };
    assert_eq!(spki("", &pem), expected);
    assert_eq!(spki("-inform DER", &der), expected);
    assert_eq!(spki("-pubin", &public_pem), expected);
    assert_eq!(spki("-pubin -inform DER", &public_der), expected);
    assert!(openssl_text("pkey -check -noout -in @", &[&pem]).contains("Key is valid"));
}

/// Each side verifies what the other signs, and refuses another message.
fn signatures_cross(key: &Pk<'_>, hashes: &[(Md, &str)]) {
    let folder = Folder::new();
    let private = folder.write("key.pem", key.key_pem().unwrap().as_bytes());
    let public = folder.write("pub.pem", key.pubkey_pem().unwrap());
    let message = b"a message of some length";
    let file = folder.write("message", message);
    let other = folder.write("other", b"another message");
    for &(md, name) in hashes {
        let signature = key.sign_message(md, message).unwrap();
        let ours = folder.write("ours", &*signature);
        let verify = format!("dgst -{name} -verify @ -signature @ @");
        assert!(openssl_accepts(&verify, &[&public, &ours, &file]), "{name}");
        assert!(
            !openssl_accepts(&verify, &[&public, &ours, &other]),
            "{name}"
        );

        let theirs = openssl(&format!("dgst -{name} -sign @ @"), &[&private, &file]);
        key.verify_message(md, message, &theirs).unwrap();
        assert!(key.verify_message(md, b"another message", &theirs).is_err());
        let mut longer = theirs.clone();
        longer.push(0);
        assert!(key.verify_message(md, message, &longer).is_err());
        assert!(
            key.verify_message(md, message, &theirs[..theirs.len() - 1])
                .is_err()
        );
        assert!(key.verify_message(md, message, &[]).is_err());
    }
}

/// Reads a private key in every form that openssl writes without a password.
fn we_read(folder: &Folder, name: &str, expected: Option<KeyType>) -> Pk<'static> {
    let path = folder.path(name);
    let public = openssl("pkey -pubout -outform DER -in @", &[&path]);
    let mut forms = vec![
        folder.read(name),
        openssl("pkey -outform DER -in @", &[&path]),
    ];
    if !matches!(expected, Some(KeyType::Ec(Curve::Curve25519))) {
        forms.push(openssl("pkey -traditional -in @", &[&path]));
        forms.push(openssl("pkey -traditional -outform DER -in @", &[&path]));
    }
    // C wants a zero behind PEM; who gives one must not fail for it. Text around it is allowed.
    forms.push([&forms[0][..], b"\0"].concat());
    forms.push([b"some text before\n", &forms[0][..], b"and behind\n"].concat());
    forms.push(
        String::from_utf8(forms[0].clone())
            .unwrap()
            .replace('\n', "\r\n")
            .into_bytes(),
    );
    for form in &forms {
        let key = Pk::parse_key(form, None).unwrap();
        assert_eq!(key.pubkey_der().unwrap(), public);
        assert_eq!(
            Some(key.key_type().unwrap()),
            expected.or(key.key_type().ok())
        );
    }
    for form in [&public, &openssl("pkey -pubout -in @", &[&path])] {
        let key = Pk::parse_public_key(form).unwrap();
        assert_eq!(key.pubkey_der().unwrap(), public);
    }
    Pk::parse_key(&forms[0], None).unwrap()
}

fn generate(folder: &Folder, algorithm: &str) {
    openssl(
        &format!("genpkey -quiet -out @ {algorithm}"),
        &[&folder.path("key.pem")],
    );
}

#[test]
fn openssl_reads_every_key_that_we_make_and_verifies_what_it_signs() {
    for &(curve, _) in curves() {
        let key = Pk::generate(KeyType::Ec(curve)).unwrap();
        assert_eq!(key.key_type(), Ok(KeyType::Ec(curve)));
        openssl_reads(&key);
        signatures_cross(&key, &HASHES[..if thorough() { HASHES.len() } else { 1 }]);
    }
}

#[test]
fn we_read_every_key_that_openssl_makes() {
    for &(curve, name) in curves() {
        let folder = Folder::new();
        generate(
            &folder,
            &format!("-algorithm EC -pkeyopt ec_paramgen_curve:{name}"),
        );
        let key = we_read(&folder, "key.pem", Some(KeyType::Ec(curve)));
        openssl_reads(&key);
        signatures_cross(&key, &HASHES[..1]);
    }
}

#[cfg(feature = "full")]
#[test]
fn rsa_keys_go_both_ways() {
    for bits in if thorough() {
        &[2048, 3072][..]
    } else {
        &[1024]
    } {
        let folder = Folder::new();
        generate(
            &folder,
            &format!("-algorithm RSA -pkeyopt rsa_keygen_bits:{bits}"),
        );
        let key = we_read(&folder, "key.pem", Some(KeyType::Rsa { bits: *bits }));
        assert_eq!(key.bits(), *bits);
        openssl_reads(&key);
        signatures_cross(&key, if thorough() { HASHES } else { &HASHES[..1] });
        // PKCS#1 has a form for public keys, too.
        let public = openssl("rsa -RSAPublicKey_out -in @", &[&folder.path("key.pem")]);
        assert_eq!(
            Pk::parse_public_key(&public).unwrap().pubkey_der(),
            key.pubkey_der()
        );
    }
}

#[cfg(feature = "full")]
#[test]
fn openssl_reads_an_rsa_key_that_we_make() {
    // The smallest that the library makes, where time is short.
    let bits = if thorough() { 2048 } else { 1024 };
    let key = Pk::generate(KeyType::Rsa { bits }).unwrap();
    assert_eq!(key.key_type(), Ok(KeyType::Rsa { bits }));
    openssl_reads(&key);
    signatures_cross(&key, &HASHES[..1]);
}

#[cfg(feature = "full")]
#[test]
fn x25519_keys_go_both_ways_and_do_not_sign() {
    let folder = Folder::new();
    generate(&folder, "-algorithm X25519");
    let key = we_read(&folder, "key.pem", Some(KeyType::Ec(Curve::Curve25519)));
    for key in [key, Pk::generate(KeyType::Ec(Curve::Curve25519)).unwrap()] {
        openssl_reads(&key);
        assert!(key.sign_message(Md::Sha256, b"message").is_err());
        assert!(
            key.verify_message(Md::Sha256, b"message", &[0; 64])
                .is_err()
        );
        key.check_pair(&key).unwrap();
    }
}

#[cfg(feature = "full")]
#[test]
fn encrypted_keys_are_read_with_their_password_only() {
    let folder = Folder::new();
    let path = folder.path("key.pem");
    for (algorithm, traditional) in [
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "ec"),
        (
            "-algorithm RSA -pkeyopt rsa_keygen_bits:1024",
            "rsa -traditional",
        ),
    ] {
        generate(&folder, algorithm);
        let public = openssl("pkey -pubout -outform DER -in @", &[&path]);
        // Few iterations: this is about formats.
        let pkcs8 = "pkcs8 -topk8 -iter 100 -passout pass:Example -in @";
        for command in [
            format!("{pkcs8} -v2 aes-256-cbc -v2prf hmacWithSHA256"),
            format!("{pkcs8} -v2 aes-128-cbc -v2prf hmacWithSHA1"),
            format!("{pkcs8} -v2 aes-192-cbc -v2prf hmacWithSHA512"),
            format!("{pkcs8} -v2 aes-256-cbc -outform DER"),
            format!("{pkcs8} -v2 des3"),
            format!("{pkcs8} -v1 PBE-SHA1-3DES"),
            format!("{traditional} -aes256 -passout pass:Example -in @"),
            format!("{traditional} -des3 -passout pass:Example -in @"),
        ] {
            let encrypted = openssl(&command, &[&path]);
            let key = Pk::parse_key(&encrypted, Some(b"Example")).expect(&command);
            assert_eq!(key.pubkey_der().unwrap(), public, "{command}");
            let high = |password| Pk::parse_key(&encrypted, password).unwrap_err().high();
            assert_eq!(
                high(Some(b"example")),
                Some(sys::MBEDTLS_ERR_PK_PASSWORD_MISMATCH),
                "{command}"
            );
            if encrypted.starts_with(b"-----") {
                assert_eq!(
                    high(None),
                    Some(sys::MBEDTLS_ERR_PK_PASSWORD_REQUIRED),
                    "{command}"
                );
                assert_eq!(
                    high(Some(b"")),
                    Some(sys::MBEDTLS_ERR_PK_PASSWORD_REQUIRED),
                    "{command}"
                );
            } else {
                // Without a password the library takes DER for a plain key.
                assert_eq!(
                    high(None),
                    Some(sys::MBEDTLS_ERR_PK_KEY_INVALID_FORMAT),
                    "{command}"
                );
            }
        }
        // A password for a key that needs none is no error.
        let plain = folder.read("key.pem");
        assert_eq!(
            Pk::parse_key(&plain, Some(b"Example"))
                .unwrap()
                .pubkey_der()
                .unwrap(),
            public
        );
    }
}

#[test]
fn halves_of_two_keys_are_refused() {
    let (mine, other) = (
        Pk::generate(KeyType::Ec(Curve::P256)).unwrap(),
        Pk::generate(KeyType::Ec(Curve::P256)).unwrap(),
    );
    mine.check_pair(&mine).unwrap();
    assert!(mine.check_pair(&other).is_err());

    // SEC1 ends with the point: put another key's there, then the same one mirrored, which differs in its last half only.
    let der = mine.key_der().unwrap();
    let mut swapped = der.to_vec();
    let start = swapped.len() - 65;
    swapped[start..].copy_from_slice(&other.key_der().unwrap()[start..]);
    assert!(Pk::parse_key(&swapped, None).is_err());
    let mut mirrored = der.to_vec();
    mirror_p256(&mut mirrored[start + 33..]);
    // The first from the curves of Mbed TLS, the second from a driver where those are not compiled.
    let refused = Pk::parse_key(&mirrored, None).unwrap_err().high();
    assert!(matches!(
        refused,
        Some(sys::MBEDTLS_ERR_ECP_BAD_INPUT_DATA | sys::MBEDTLS_ERR_PK_BAD_INPUT_DATA)
    ));

    let mut public = mine.pubkey_der().unwrap();
    let half = public.len() - 32;
    mirror_p256(&mut public[half..]);
    let mirror_image = Pk::parse_public_key(&public).unwrap();
    assert!(mine.check_pair(&mirror_image).is_err());
}

/// The y coordinate of the point's negative: p - y.
fn mirror_p256(y: &mut [u8]) {
    let p = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
    let mut borrow = 0;
    for index in (0..32).rev() {
        let p = i16::from(u8::from_str_radix(&p[2 * index..2 * index + 2], 16).unwrap());
        let mut digit = p - i16::from(y[index]) - borrow;
        borrow = i16::from(digit < 0);
        digit += borrow * 256;
        y[index] = u8::try_from(digit).unwrap();
    }
}

#[cfg(feature = "full")]
#[test]
fn keys_of_two_kinds_are_no_pair() {
    let types = [
        KeyType::Ec(Curve::P256),
        KeyType::Ec(Curve::P521),
        KeyType::Ec(Curve::Secp256k1),
        KeyType::Ec(Curve::Curve25519),
        KeyType::Rsa { bits: 1024 },
    ];
    let keys = types.map(|kind| Pk::generate(kind).unwrap());
    for (index, key) in keys.iter().enumerate() {
        for (other_index, other) in keys.iter().enumerate() {
            assert_eq!(key.check_pair(other).is_ok(), index == other_index);
        }
    }
}

#[test]
fn a_public_key_verifies_and_gives_no_private_one() {
    let key = Pk::generate(KeyType::Ec(Curve::P256)).unwrap();
    let public = Pk::parse_public_key(&key.pubkey_der().unwrap()).unwrap();
    assert_eq!(public.key_type(), key.key_type());
    let signature = key.sign_message(Md::Sha256, b"message").unwrap();
    public
        .verify_message(Md::Sha256, b"message", &signature)
        .unwrap();

    let mut buffer = [0xAA; 512];
    assert!(public.write_key_der(&mut buffer).is_err());
    assert_eq!(buffer, [0; 512]);
    assert!(public.key_pem().is_err());
    assert!(public.sign_message(Md::Sha256, b"message").is_err());
    assert!(public.check_pair(&key).is_err());
    assert!(public.check_pair(&public).is_err());
}

#[test]
fn a_buffer_that_is_too_small_is_left_zero() {
    let key = Pk::generate(KeyType::Ec(Curve::P256)).unwrap();
    let (der, pem) = (key.key_der().unwrap(), key.key_pem().unwrap());
    for size in 0..der.len() {
        let mut buffer = vec![0xAA; size];
        let error = key.write_key_der(&mut buffer).unwrap_err();
        assert_eq!(
            error.low(),
            Some(sys::MBEDTLS_ERR_ASN1_BUF_TOO_SMALL),
            "{size}: {error}"
        );
        assert!(buffer.iter().all(|&byte| byte == 0));
    }
    for size in (0..=pem.len()).step_by(7) {
        let mut buffer = vec![0xAA; size];
        assert!(key.write_key_pem(&mut buffer).is_err());
        assert!(buffer.iter().all(|&byte| byte == 0));
    }
    // What is behind the result holds nothing of it.
    let mut buffer = [0xAA; 1024];
    assert_eq!(key.write_key_der(&mut buffer), Ok(&**der));
    assert!(buffer[der.len()..].iter().all(|&byte| byte == 0));
    let mut buffer = vec![0xAA; pem.len() + 1];
    assert_eq!(key.write_key_pem(&mut buffer), Ok(pem.as_str()));
}

#[test]
fn a_digest_of_another_length_is_refused() {
    let key = Pk::generate(KeyType::Ec(Curve::P256)).unwrap();
    let bad_input = Some(sys::MBEDTLS_ERR_PK_BAD_INPUT_DATA);
    for len in [0, 20, 31, 33, 64] {
        assert_eq!(
            key.sign(Md::Sha256, &vec![1; len]).unwrap_err().high(),
            bad_input
        );
        assert_eq!(
            key.verify(Md::Sha256, &vec![1; len], &[0; 70])
                .unwrap_err()
                .high(),
            bad_input
        );
    }
}

#[test]
fn what_is_no_key_is_an_error() {
    let not_a_key = |bytes: &[u8]| {
        assert!(Pk::parse_key(bytes, None).is_err());
        assert!(Pk::parse_key(bytes, Some(b"password")).is_err());
        assert!(Pk::parse_public_key(bytes).is_err());
    };
    for bytes in [
        "",
        "\0",
        "0",
        "-----BEGIN EC PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
    ] {
        not_a_key(bytes.as_bytes());
    }
    let folder = Folder::new();
    openssl(
        "ecparam -genkey -noout -name sect233r1 -out @",
        &[&folder.path("key.pem")],
    );
    let error = Pk::parse_key(&folder.read("key.pem"), None).unwrap_err();
    assert_eq!(error.high(), Some(sys::MBEDTLS_ERR_PK_UNKNOWN_NAMED_CURVE));
    openssl(
        "genpkey -algorithm ED25519 -out @",
        &[&folder.path("key.pem")],
    );
    not_a_key(&folder.read("key.pem"));
}

#[test]
fn a_key_moves_to_another_thread() {
    let keys: Vec<_> = (0..4)
        .map(|_| std::thread::spawn(|| Pk::generate(KeyType::Ec(Curve::P256)).unwrap()))
        .map(|thread| thread.join().unwrap())
        .collect();
    let threads: Vec<_> = keys
        .into_iter()
        .map(|key| std::thread::spawn(move || key.sign_message(Md::Sha256, b"m").map(|_| ())))
        .collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), Ok(()));
    }
}

#[test]
fn nothing_shows_the_private_half() {
    let key = Pk::generate(KeyType::Ec(Curve::P256)).unwrap();
    let shown = format!("{key:?}");
    assert_eq!(shown, "Pk { key_type: Ec(P256), opaque: false, .. }");
    let error: Error = Pk::opaque(1).unwrap_err();
    assert_eq!(error.high(), Some(sys::MBEDTLS_ERR_PK_BAD_INPUT_DATA));
}
