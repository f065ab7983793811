//! Encryption with RSA, against `openssl`.
#![cfg(not(feature = "tfm"))]

mod common;

use common::{Files, openssl, to_hex, try_openssl};
use psa::{
    AsymmetricEncryption, Attributes, CustomKeyParameters, Error, Hash, Key, KeyType, Usage, sizes,
};

const PKCS1: AsymmetricEncryption = AsymmetricEncryption::RsaPkcs1v15;

fn attributes(bits: usize, algorithm: AsymmetricEncryption) -> Attributes {
    Attributes::rsa_key_pair(bits)
        .usage(Usage::ENCRYPT | Usage::DECRYPT | Usage::EXPORT)
        .algorithm(algorithm.into())
}

/// A key that openssl has made, which is quicker.
fn generate(bits: usize, algorithm: AsymmetricEncryption) -> Key {
    psa::init().expect("the provider starts");
    let size = format!("rsa_keygen_bits:{bits}");
    let pem = openssl(&["genpkey", "-algorithm", "RSA", "-pkeyopt", &size], "");
    Key::import_pem(attributes(bits, algorithm), pem).expect("a key")
}

/// The options of `openssl pkeyutl` for this padding and label.
fn options(algorithm: AsymmetricEncryption, label: &[u8]) -> Vec<String> {
    let options = match algorithm {
        AsymmetricEncryption::RsaOaep(hash) => {
            let hash = match hash {
                Hash::Sha1 => "sha1",
                Hash::Sha384 => "sha384",
                Hash::Sha512 => "sha512",
                _ => "sha256",
            };
            let mut options = vec![
                "rsa_padding_mode:oaep".to_owned(),
                format!("rsa_oaep_md:{hash}"),
                format!("rsa_mgf1_md:{hash}"),
            ];
            if !label.is_empty() {
                options.push(format!("rsa_oaep_label:{}", to_hex(label)));
            }
            options
        }
        _ => vec!["rsa_padding_mode:pkcs1".to_owned()],
    };
    options
        .into_iter()
        .flat_map(|option| ["-pkeyopt".to_owned(), option])
        .collect()
}

#[test]
fn openssl_decrypts_what_we_encrypt_and_we_decrypt_what_it_encrypts() {
    let files = Files::new();
    for algorithm in [
        PKCS1,
        AsymmetricEncryption::RsaOaep(Hash::Sha1),
        AsymmetricEncryption::RsaOaep(Hash::Sha256),
        AsymmetricEncryption::RsaOaep(Hash::Sha384),
        AsymmetricEncryption::RsaOaep(Hash::Sha512),
    ] {
        let key = generate(2048, algorithm);
        let file = files.write("key.pem", key.private_key_pem().unwrap());
        let longest = sizes::asymmetric_decrypt_output_size(KeyType::RsaKeyPair, 2048, algorithm);
        // The macro's bound for OAEP is one more than RFC 8017 permits.
        let longest = longest - usize::from(algorithm != PKCS1);
        let labels: &[&[u8]] = if algorithm == PKCS1 {
            &[b""]
        } else {
            &[b"", b"a label"]
        };
        for label in labels {
            for len in [0, 1, 32, longest] {
                let message: Vec<u8> = (0..len)
                    .map(|byte| u8::try_from(byte % 251).unwrap())
                    .collect();
                let options = options(algorithm, label);
                let options: Vec<&str> = options.iter().map(String::as_str).collect();
                let run = |what: &str, input: &[u8]| {
                    let arguments = [&["pkeyutl", what, "-inkey", &file], &options[..]].concat();
                    openssl(&arguments, input)
                };
                let ours = key.asymmetric_encrypt(algorithm, &message, label).unwrap();
                assert_eq!(ours.len(), 256);
                assert_eq!(run("-decrypt", &ours), message, "{algorithm:?} {len}");
                let theirs = run("-encrypt", &message);
                let decrypted = key.asymmetric_decrypt(algorithm, &theirs, label).unwrap();
                assert_eq!(*decrypted, *message, "{algorithm:?} {len}");
            }
            let too_long = vec![1; longest + 1];
            let answer = key.asymmetric_encrypt(algorithm, &too_long, label);
            assert_eq!(answer.err(), Some(Error::InvalidArgument));
        }
    }
}

#[test]
fn a_public_key_encrypts_and_does_not_decrypt() {
    let oaep = AsymmetricEncryption::RsaOaep(Hash::Sha256);
    let pair = generate(1024, oaep);
    let public = Key::import(
        Attributes::new(KeyType::RsaPublicKey, 0)
            .usage(Usage::ENCRYPT | Usage::DECRYPT)
            .algorithm(oaep.into()),
        &pair.export_public().unwrap(),
    )
    .unwrap();
    let ciphertext = public.asymmetric_encrypt(oaep, b"message", b"").unwrap();
    assert_eq!(
        *pair.asymmetric_decrypt(oaep, &ciphertext, b"").unwrap(),
        *b"message"
    );
    let answer = public.asymmetric_decrypt(oaep, &ciphertext, b"");
    assert_eq!(answer.err(), Some(Error::InvalidArgument));
}

#[test]
fn what_is_damaged_or_does_not_fit_is_refused_and_leaves_nothing() {
    let oaep = AsymmetricEncryption::RsaOaep(Hash::Sha256);
    for algorithm in [oaep, PKCS1] {
        let key = generate(1024, algorithm);
        let other = generate(1024, algorithm);
        let ciphertext = key.asymmetric_encrypt(algorithm, b"message", b"").unwrap();
        let mut damaged = ciphertext.clone();
        damaged[100] ^= 1;
        let mut buffer = [0xff; 128];
        let answer = key.asymmetric_decrypt_into(algorithm, &damaged, b"", &mut buffer);
        assert_eq!(answer.err(), Some(Error::InvalidPadding));
        assert_eq!(buffer, [0; 128]);
        let answer = other.asymmetric_decrypt(algorithm, &ciphertext, b"").err();
        assert!(
            matches!(answer, Some(Error::InvalidPadding | Error::InvalidArgument)),
            "{answer:?}"
        );
        let answer = key.asymmetric_decrypt(algorithm, &ciphertext[1..], b"");
        assert_eq!(answer.err(), Some(Error::InvalidArgument));

        let mut buffer = [0xff; 128];
        let message = key
            .asymmetric_decrypt_into(algorithm, &ciphertext, b"", &mut buffer)
            .unwrap();
        assert_eq!(*message, *b"message");
        drop(message);
        assert_eq!(buffer, [0; 128]);
        let mut short = [0xff; 6];
        let answer = key.asymmetric_decrypt_into(algorithm, &ciphertext, b"", &mut short);
        assert_eq!(answer.err(), Some(Error::BufferTooSmall));
        assert_eq!(short, [0; 6]);
        let mut short = [0; 127];
        let answer = key.asymmetric_encrypt_into(algorithm, b"message", b"", &mut short);
        assert_eq!(answer.err(), Some(Error::BufferTooSmall));

        let different = if algorithm == PKCS1 { oaep } else { PKCS1 };
        let answer = key.asymmetric_encrypt(different, b"message", b"").err();
        assert_eq!(answer, Some(Error::NotPermitted));
        let decrypts = attributes(1024, algorithm).usage(Usage::DECRYPT);
        let wrong_usage = Key::import(decrypts, &other.export().unwrap()).unwrap();
        let answer = wrong_usage
            .asymmetric_encrypt(algorithm, b"message", b"")
            .err();
        assert_eq!(answer, Some(Error::NotPermitted));
    }
    let key = generate(1024, PKCS1);
    let answer = key.asymmetric_encrypt(PKCS1, b"message", b"a label").err();
    assert_eq!(
        answer,
        Some(Error::InvalidArgument),
        "PKCS#1 v1.5 has no label"
    );
    let unknown = AsymmetricEncryption::Raw(0x0700_0700);
    assert_eq!(
        key.asymmetric_encrypt(unknown, b"", b"").err(),
        Some(Error::NotPermitted)
    );
}

#[test]
fn openssl_finds_the_public_exponent_that_was_asked_for() {
    psa::init().unwrap();
    for (exponent, text) in [
        (&[3][..], "3 (0x3)"),
        (&[1, 0, 1], "65537 (0x10001)"),
        (&[0, 0x11], "17 (0x11)"),
    ] {
        let custom = CustomKeyParameters::rsa_public_exponent(exponent);
        let key = Key::generate_custom(attributes(1024, PKCS1), custom).unwrap();
        let pem = key.private_key_pem().unwrap();
        let printed = try_openssl(&["pkey", "-text", "-noout", "-check"], &*pem);
        assert!(printed.status.success());
        let printed = String::from_utf8(printed.stdout).unwrap();
        assert!(
            printed.contains(&format!("publicExponent: {text}")),
            "{printed}"
        );
    }
    let generate = |attributes, custom| Key::generate_custom(attributes, custom).err();
    let exponent = CustomKeyParameters::rsa_public_exponent;
    for wrong in [&[1][..], &[2], &[4], &[0x80, 0, 0, 1], &[1, 0, 0, 0, 1]] {
        let answer = generate(attributes(1024, PKCS1), exponent(wrong));
        assert!(
            matches!(answer, Some(Error::InvalidArgument | Error::NotSupported)),
            "{wrong:?}: {answer:?}"
        );
    }
    let aes = Attributes::new(KeyType::Aes, 128);
    assert_eq!(generate(aes, exponent(&[3])), Some(Error::InvalidArgument));
    assert_eq!(
        generate(aes, CustomKeyParameters::raw(1, b"")),
        Some(Error::InvalidArgument)
    );
    assert_eq!(generate(aes, CustomKeyParameters::DEFAULT), None);
}
