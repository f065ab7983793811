//! Damaged and wrong input is an error, never a panic, and says what is wrong.
#![cfg(not(feature = "tfm"))]

mod common;

use common::{ecdsa_key, openssl, openssl_text};
use proptest::{prelude::*, sample::Index};
use psa::{Attributes, Curve, Error, Key, Usage};
use std::sync::LazyLock;

/// One of each kind of file, as openssl writes them.
static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    psa::init().unwrap();
    let sec1 = openssl_text(&["ecparam", "-name", "prime256v1", "-genkey"], "");
    let rsa = openssl_text(&["genrsa", "2048"], "");
    let mut files = vec![include_bytes!("data/certificate.pem").to_vec()];
    for (key, traditional) in [
        (sec1, true),
        (rsa, true),
        (
            openssl_text(&["genpkey", "-algorithm", "X25519"], ""),
            false,
        ),
    ] {
        for form in ["PEM", "DER"] {
            files.push(openssl(&["pkey", "-outform", form], &key));
            files.push(openssl(&["pkey", "-pubout", "-outform", form], &key));
            if traditional {
                files.push(openssl(&["pkey", "-traditional", "-outform", form], &key));
            }
        }
    }
    files.push(openssl(&["x509", "-outform", "DER"], &files[0]));
    files
});

static KEY: LazyLock<Key> = LazyLock::new(|| ecdsa_key(Curve::P256));

/// Gives the bytes to every parser; only what they answer may differ.
fn parse(bytes: &[u8]) {
    let _ = Key::import_pem(Attributes::from_file(), bytes);
    let _ = Key::import_pem(Attributes::ecc_key_pair(Curve::P256), bytes);
    let _ = Key::import_der(Attributes::from_file(), bytes);
    let _ = Key::import_der(Attributes::ecc_key_pair(Curve::P256), bytes);
    let _ = KEY.matches_certificate(bytes);
    if let Ok(text) = core::str::from_utf8(bytes) {
        let _ = KEY.csr(text);
    }
}

proptest! {
    #![proptest_config(common::cases(10_000))]

    #[test]
    fn truncated_files_do_not_panic(file: Index, len: Index) {
        let file = file.get(&FILES);
        parse(&file[..len.index(file.len())]);
    }

    #[test]
    fn files_with_flipped_bits_do_not_panic(file: Index, flips: Vec<(Index, u8)>) {
        let mut file = file.get(&FILES).clone();
        for (place, mask) in flips {
            let place = place.index(file.len());
            file[place] ^= mask;
        }
        parse(&file);
    }

    #[test]
    fn random_bytes_do_not_panic(bytes: Vec<u8>, head in 0..4) {
        // Heads that lead further in than chance would.
        let head: &[u8] = match head {
            0 => &[],
            1 => &[0x30, 0x81, 0x80, 0x02, 0x01],
            2 => &[0x30, 0x82, 0x01, 0x00, 0x30, 0x13],
            _ => b"-----BEGIN PRIVATE KEY-----\n",
        };
        parse(&[head, &bytes].concat());
    }
}

#[test]
fn every_truncation_is_an_error() {
    let key = &*KEY;
    let der = key.private_key_der().unwrap();
    for len in 0..der.len() {
        let error = Key::import_der(Attributes::from_file(), &der[..len]).expect_err("torn");
        assert_eq!(error, Error::Der, "{len}");
    }
    let pem = key.private_key_pem().unwrap();
    for len in 0..pem.trim_end().len() {
        let error = Key::import_pem(Attributes::from_file(), &pem[..len]).expect_err("torn");
        assert_eq!(error, Error::Pem, "{len}");
    }
}

#[test]
fn an_encrypted_key_says_that_it_needs_a_password() {
    psa::init().unwrap();
    let key = openssl_text(&["ecparam", "-name", "prime256v1", "-genkey", "-noout"], "");
    let encrypt = ["-aes128", "-passout", "pass:secret"];
    for form in [&["pkey"][..], &["pkey", "-traditional"], &["ec"]] {
        let encrypted = openssl_text(&[form, &encrypt].concat(), &key);
        let error = Key::import_pem(Attributes::from_file(), encrypted).unwrap_err();
        assert_eq!(error, Error::Encrypted, "{form:?}");
    }
}

#[test]
fn another_curve_than_asked_for_is_refused() {
    psa::init().unwrap();
    let p384 = openssl_text(&["ecparam", "-name", "secp384r1", "-genkey", "-noout"], "");
    let wanted = Attributes::ecc_key_pair(Curve::P256);
    assert_eq!(
        Key::import_pem(wanted, &p384).err(),
        Some(Error::DifferentKeyType)
    );
    let public = openssl_text(&["ec", "-pubout"], &p384);
    assert_eq!(
        Key::import_pem(wanted, public).err(),
        Some(Error::DifferentKeyType)
    );
    let unknown = openssl_text(&["ecparam", "-name", "sect163k1", "-genkey", "-noout"], "");
    assert_eq!(
        Key::import_pem(wanted, unknown).err(),
        Some(Error::UnsupportedKey)
    );
    let explicit = openssl_text(
        &[
            "ecparam",
            "-name",
            "prime256v1",
            "-genkey",
            "-noout",
            "-param_enc",
            "explicit",
        ],
        "",
    );
    assert!(Key::import_pem(wanted, explicit).is_err());
}

#[test]
fn what_is_no_key_is_named_as_such() {
    psa::init().unwrap();
    let import = |pem: &[u8]| Key::import_pem(Attributes::from_file(), pem).unwrap_err();
    assert_eq!(import(b""), Error::Pem);
    assert_eq!(import(include_bytes!("data/certificate.pem")), Error::Pem);
    assert_eq!(
        import(KEY.csr("CN=a").unwrap().to_pem().unwrap().as_bytes()),
        Error::Pem
    );
    assert_eq!(
        import(b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
        Error::Der
    );
    assert_eq!(
        import(b"-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"),
        Error::Pem
    );
}

#[test]
fn a_key_without_export_stays_inside_and_still_makes_a_request() {
    psa::init().unwrap();
    let attributes = Attributes::ecc_key_pair(Curve::P256)
        .usage(Usage::SIGN)
        .algorithm(psa::Algorithm::ecdsa(psa::Hash::Sha256));
    let key = Key::generate(attributes).unwrap();
    assert_eq!(key.private_key_pem().err(), Some(Error::NotPermitted));
    assert_eq!(key.private_key_pkcs8_pem().err(), Some(Error::NotPermitted));
    assert_eq!(key.private_key_der().err(), Some(Error::NotPermitted));
    assert_eq!(key.private_key_pkcs8_der().err(), Some(Error::NotPermitted));
    assert_eq!(key.export().err(), Some(Error::NotPermitted));
    openssl(
        &["req", "-verify", "-noout"],
        key.csr("CN=device-0001").unwrap().to_pem().unwrap(),
    );
    openssl(&["pkey", "-pubin", "-noout"], key.public_key_pem().unwrap());
}

#[test]
fn a_request_needs_a_key_that_may_sign() {
    psa::init().unwrap();
    let request = |attributes: Attributes| {
        Key::generate(attributes)
            .unwrap()
            .csr("CN=a")
            .unwrap()
            .to_pem()
    };
    let ecdsa = psa::Algorithm::ecdsa(psa::Hash::Sha256);
    let p256 = Attributes::ecc_key_pair(Curve::P256);
    assert_eq!(request(p256), Err(Error::NotPermitted));
    assert_eq!(request(p256.algorithm(ecdsa)), Err(Error::NotPermitted));
    assert_eq!(request(p256.usage(Usage::SIGN)), Err(Error::NotPermitted));
    assert!(request(p256.algorithm(ecdsa).usage(Usage::SIGN_MESSAGE)).is_ok());
    assert!(
        request(
            p256.algorithm(psa::Algorithm::ecdsa_any_hash())
                .usage(Usage::SIGN)
        )
        .is_ok()
    );
    assert!(
        request(
            p256.algorithm(psa::Sign::EcdsaAny.into())
                .usage(Usage::SIGN)
        )
        .is_ok()
    );
    let aes = Attributes::new(psa::KeyType::Aes, 128)
        .usage(Usage::SIGN)
        .algorithm(ecdsa);
    assert_eq!(request(aes), Err(Error::UnsupportedKey));
}

#[test]
fn buffers_of_every_length_give_the_text_or_an_error() {
    let key = &*KEY;
    let private = key.private_key_pem().unwrap();
    let public = key.public_key_pem().unwrap();
    for len in 0..400 {
        let mut buffer = vec![0; len];
        match key.private_key_pem_into(&mut buffer) {
            Ok(pem) => assert_eq!(*pem, *private),
            Err(error) => assert!(
                error == Error::BufferTooSmall && len < private.len(),
                "{len}: {error}"
            ),
        }
        match key.public_key_pem_into(&mut buffer) {
            Ok(pem) => assert_eq!(*pem, *public),
            Err(error) => assert!(
                error == Error::BufferTooSmall && len < public.len(),
                "{len}: {error}"
            ),
        }
        match key.csr("CN=a").unwrap().der_into(&mut buffer) {
            Ok(der) => assert!(
                // The signature makes it a byte or two longer or shorter; the rest must be there.
                (195..206).contains(&der.len())
                    && der[1] == 0x81
                    && usize::from(der[2]) + 3 == der.len(),
                "{len}: {der:x?}"
            ),
            Err(error) => assert!(
                error == Error::BufferTooSmall && len < 205,
                "{len}: {error}"
            ),
        }
    }
}

#[test]
fn a_key_can_be_sent_and_shared() {
    fn send_and_share<T: Send + Sync>() {}
    send_and_share::<Key>();
    send_and_share::<psa::SecretString>();
    send_and_share::<Error>();
}

/// As much as the documentation of `der_into` says, and no signature that happens to be long needs more.
#[test]
#[cfg(feature = "full")]
fn a_request_fits_where_it_is_said_to() {
    use psa::{Algorithm, Hash, Sign};
    psa::init().unwrap();
    /// `Name` of `CN=a`.
    const NAME: usize = 14;
    let ecdsa = Algorithm::ecdsa(Hash::Sha256);
    let pss = Sign::RsaPss(Hash::Sha512).into();
    for (attributes, algorithm, more) in [
        (Attributes::ecc_key_pair(Curve::P256), ecdsa, 72),
        (Attributes::ecc_key_pair(Curve::P521), ecdsa, 72),
        (Attributes::ecc_key_pair(Curve::BrainpoolP512), ecdsa, 72),
        (
            Attributes::rsa_key_pair(1024),
            Sign::RsaPkcs1v15(Hash::Sha256).into(),
            72,
        ),
        (Attributes::rsa_key_pair(1024), pss, 112),
    ] {
        let key = Key::generate(attributes.usage(Usage::SIGN).algorithm(algorithm)).unwrap();
        let public = key.export_public().unwrap().len();
        let Algorithm::Sign(sign) = algorithm else {
            unreachable!("each names a hash")
        };
        let attributes = key.attributes().unwrap();
        let signature =
            psa::sizes::sign_output_size(attributes.key_type(), attributes.bits(), sign);
        let mut buffer = vec![0; NAME + public + signature + more];
        // One signature of 16 of Brainpool's is the longest.
        for _ in 0..64 {
            let der = key.csr("CN=a").unwrap().der_into(&mut buffer);
            assert!(der.is_ok(), "{attributes:?} {algorithm:?}: {der:?}");
        }
    }
}
