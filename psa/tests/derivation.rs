//! Key derivation, against the vectors of the RFCs and against `openssl kdf`.
#![cfg(not(feature = "tfm"))]

mod common;

use common::{hex, openssl_text, to_hex};
use psa::{
    Attributes, CustomKeyParameters, Error, Hash, Hkdf, HkdfExpand, HkdfExtract, Key,
    KeyDerivation, KeyDerivationOutput, KeyType, Pbkdf2AesCmacPrf128, Pbkdf2Hmac, Result,
    Tls12EcjpakeToPms, Tls12Prf, Tls12PskToMs, Usage,
};

fn init() {
    psa::init().expect("the provider starts");
}

/// A key that may be the secret of this derivation.
fn secret(key_type: KeyType, derivation: KeyDerivation, bytes: &[u8]) -> Key {
    let attributes = Attributes::new(key_type, 0)
        .usage(Usage::DERIVE)
        .algorithm(derivation.into());
    Key::import(attributes, bytes).expect("a secret")
}

/// All of it at once, byte for byte, in two unequal parts, and through a key that is exported: every time the same.
fn derives(expected: &[u8], derive: impl Fn() -> Result<KeyDerivationOutput>) {
    assert_eq!(
        *derive().unwrap().output_bytes(expected.len()).unwrap(),
        *expected
    );

    let mut output = derive().unwrap();
    let mut bytes = Vec::new();
    for _ in 0..expected.len() {
        let mut byte = [0xff];
        bytes.push(output.output_bytes_into(&mut byte).unwrap()[0]);
        assert_eq!(byte, [0], "wiped");
    }
    assert_eq!(bytes, expected);

    let mut output = derive().unwrap();
    let part = expected.len() / 3;
    let (first, second) = expected.split_at(part);
    assert_eq!(*output.output_bytes(first.len()).unwrap(), *first);
    assert_eq!(*output.output_bytes(second.len()).unwrap(), *second);

    derive().unwrap().verify_bytes(expected).unwrap();
    for wrong in [0, expected.len() / 2, expected.len() - 1] {
        let mut other = expected.to_vec();
        other[wrong] ^= 1;
        let verified = derive().unwrap().verify_bytes(&other);
        assert_eq!(verified, Err(Error::InvalidSignature));
    }
}

/// The same, and as a key: the secret came from one.
fn derives_from_key(expected: &[u8], derive: impl Fn() -> Result<KeyDerivationOutput>) {
    derives(expected, &derive);
    let attributes = Attributes::new(KeyType::Derive, expected.len() * 8).usage(Usage::EXPORT);
    let key = derive().unwrap().output_key(attributes).unwrap();
    assert_eq!(*key.export().unwrap(), *expected);
    let usual = CustomKeyParameters::DEFAULT;
    let key = derive()
        .unwrap()
        .output_key_custom(attributes, usual)
        .unwrap();
    assert_eq!(*key.export().unwrap(), *expected);
}

struct Rfc5869 {
    hash: Hash,
    secret: Vec<u8>,
    salt: Vec<u8>,
    info: Vec<u8>,
    pseudorandom_key: &'static str,
    output: &'static str,
}

/// RFC 5869, appendix A: test cases 1 to 6.
fn rfc5869() -> [Rfc5869; 6] {
    let range = |first: u8, last: u8| (first..=last).collect::<Vec<u8>>();
    [
        Rfc5869 {
            hash: Hash::Sha256,
            secret: vec![0x0b; 22],
            salt: range(0x00, 0x0c),
            info: range(0xf0, 0xf9),
            pseudorandom_key: "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
            output: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        },
        Rfc5869 {
            hash: Hash::Sha256,
            secret: range(0x00, 0x4f),
            salt: range(0x60, 0xaf),
            info: range(0xb0, 0xff),
            pseudorandom_key: "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
            output: "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09
                     da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        },
        Rfc5869 {
            hash: Hash::Sha256,
            secret: vec![0x0b; 22],
            salt: vec![],
            info: vec![],
            pseudorandom_key: "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
            output: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        },
        Rfc5869 {
            hash: Hash::Sha1,
            secret: vec![0x0b; 11],
            salt: range(0x00, 0x0c),
            info: range(0xf0, 0xf9),
            pseudorandom_key: "9b6c18c432a7bf8f0e71c8eb88f4b30baa2ba243",
            output: "085a01ea1b10f36933068b56efa5ad81a4f14b822f5b091568a9cdd4f155fda2c22e422478d305f3f896",
        },
        Rfc5869 {
            hash: Hash::Sha1,
            secret: range(0x00, 0x4f),
            salt: range(0x60, 0xaf),
            info: range(0xb0, 0xff),
            pseudorandom_key: "8adae09a2a307059478d309b26c4115a224cfaf6",
            output: "0bd770a74d1160f7c9f12cd5912a06ebff6adcae899d92191fe4305673ba2ffe8fa3f1a4e5ad79f3f334b3b202b2173c
                     486ea37ce3d397ed034c7f9dfeb15c5e927336d0441f4c4300e2cff0d0900b52d3b4",
        },
        Rfc5869 {
            hash: Hash::Sha1,
            secret: vec![0x0b; 22],
            salt: vec![],
            info: vec![],
            pseudorandom_key: "da8c8a73c7fa77288ec6f5e7c297786aa0d32d01",
            output: "0ac1af7002b3d761d1e55298da9d0506b9ae52057220a306e07b6b87e8df21d0ea00033de03984d34918",
        },
    ]
}

#[test]
fn hkdf_and_both_of_its_steps_give_what_rfc_5869_says() {
    init();
    for case in rfc5869() {
        let hash = case.hash;
        let output = hex(case.output);
        let hkdf = Hkdf {
            hash,
            salt: &case.salt,
            info: &case.info,
        };
        let key = secret(KeyType::Derive, KeyDerivation::Hkdf(hash), &case.secret);
        derives(&output, || hkdf.derive(&*case.secret));
        derives_from_key(&output, || hkdf.derive(&key));

        let pseudorandom_key = hex(case.pseudorandom_key);
        let extract = HkdfExtract {
            hash,
            salt: &case.salt,
        };
        let key = secret(
            KeyType::Derive,
            KeyDerivation::HkdfExtract(hash),
            &case.secret,
        );
        derives(&pseudorandom_key, || extract.derive(&*case.secret));
        derives_from_key(&pseudorandom_key, || extract.derive(&key));
        assert_eq!(extract.derive(&key).unwrap().capacity(), Ok(hash.len()));

        let expand = HkdfExpand {
            hash,
            info: &case.info,
        };
        let key = secret(
            KeyType::Derive,
            KeyDerivation::HkdfExpand(hash),
            &pseudorandom_key,
        );
        derives(&output, || expand.derive(&*pseudorandom_key));
        derives_from_key(&output, || expand.derive(&key));
        assert_eq!(
            expand.derive(&key).unwrap().capacity(),
            Ok(255 * hash.len())
        );
    }
}

#[test]
fn pbkdf2_gives_what_rfc_6070_and_rfc_7914_say() {
    init();
    let cases = [
        (
            Hash::Sha1,
            "password",
            "salt",
            1,
            "0c60c80f961f0e71f3a9b524af6012062fe037a6",
        ),
        (
            Hash::Sha1,
            "password",
            "salt",
            2,
            "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957",
        ),
        (
            Hash::Sha1,
            "password",
            "salt",
            4096,
            "4b007901b765489abead49d926f721d065a429c1",
        ),
        (
            Hash::Sha1,
            "passwordPASSWORDpassword",
            "saltSALTsaltSALTsaltSALTsaltSALTsalt",
            4096,
            "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038",
        ),
        (
            Hash::Sha1,
            "pass\0word",
            "sa\0lt",
            4096,
            "56fa6aa75548099dcc37d7f03425e0c3",
        ),
        (
            Hash::Sha256,
            "passwd",
            "salt",
            1,
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc
             49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783",
        ),
        (
            Hash::Sha256,
            "Password",
            "NaCl",
            80000,
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56
             a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d",
        ),
    ];
    for (hash, password, salt, iterations, output) in cases {
        let output = hex(output);
        let pbkdf2 = Pbkdf2Hmac {
            hash,
            iterations,
            salt: salt.as_bytes(),
        };
        let whole = pbkdf2
            .derive(password.as_bytes())
            .unwrap()
            .output_bytes(output.len());
        assert_eq!(*whole.unwrap(), *output, "{password}");
        if iterations < 100 {
            let algorithm = KeyDerivation::Pbkdf2Hmac(hash);
            let key = secret(KeyType::Password, algorithm, password.as_bytes());
            derives(&output, || pbkdf2.derive(password.as_bytes()));
            derives_from_key(&output, || pbkdf2.derive(&key));
        }
    }
}

/// AES-CMAC-PRF-128 (RFC 4615) by the program `openssl`.
fn cmac_prf(key: &[u8], message: &[u8]) -> Vec<u8> {
    let cmac = |key: &[u8], message: &[u8]| {
        let key = format!("hexkey:{}", to_hex(key));
        hex(&openssl_text(
            &["mac", "-cipher", "AES-128-CBC", "-macopt", &key, "CMAC"],
            message,
        ))
    };
    if key.len() == 16 {
        cmac(key, message)
    } else {
        cmac(&cmac(&[0; 16], key), message)
    }
}

#[test]
fn pbkdf2_with_cmac_gives_what_openssl_makes_of_the_formula() {
    init();
    // RFC 8018 section 5.2, by hand: T_i = U_1 ^ U_2 ^ ..., each U a PRF of the one before.
    let formula = |password: &[u8], salt: &[u8], iterations: u64, len: usize| {
        let mut output = Vec::new();
        for block in 1_u32.. {
            let mut u = cmac_prf(password, &[salt, &block.to_be_bytes()].concat());
            let mut t = u.clone();
            for _ in 1..iterations {
                u = cmac_prf(password, &u);
                t.iter_mut().zip(&u).for_each(|(t, u)| *t ^= u);
            }
            output.extend(t);
            if output.len() >= len {
                break;
            }
        }
        output.truncate(len);
        output
    };
    // What Mbed TLS's own tests have, computed with PyCryptodome, for the inputs of RFC 6070.
    assert_eq!(
        formula(b"password", b"salt", 1, 20),
        hex("1b72f6419173a06e27777606a315876ec71227de")
    );
    for (password, iterations) in [
        (&b"password"[..], 1),
        (b"password", 3),
        (b"sixteen bytes !!", 2),
        (b"", 1),
    ] {
        let pbkdf2 = Pbkdf2AesCmacPrf128 {
            iterations,
            salt: b"salt",
        };
        let expected = formula(password, b"salt", iterations, 20);
        derives(&expected, || pbkdf2.derive(password));
        if !password.is_empty() {
            let key = secret(
                KeyType::Password,
                KeyDerivation::Pbkdf2AesCmacPrf128,
                password,
            );
            derives_from_key(&expected, || pbkdf2.derive(&key));
        }
    }
}

/// The pseudorandom function of TLS 1.2 by the program `openssl`.
fn openssl_prf(digest: &str, secret: &[u8], label: &[u8], seed: &[u8], len: usize) -> Vec<u8> {
    let len = len.to_string();
    let digest = format!("digest:{digest}");
    let secret = format!("hexsecret:{}", to_hex(secret));
    let seed = format!("hexseed:{}{}", to_hex(label), to_hex(seed));
    let options = [
        "kdf", "-keylen", &len, "-kdfopt", &digest, "-kdfopt", &secret, "-kdfopt", &seed,
        "TLS1-PRF",
    ];
    hex(&openssl_text(&options, ""))
}

#[test]
fn the_prf_of_tls_1_2_gives_what_was_published_and_what_openssl_gives() {
    init();
    // IETF mailing list tls, "Test vectors for TLS 1.2 PRF" of 2009.
    let cases = [
        (
            Hash::Sha256,
            "9bbe436ba940f017b17652849a71db35",
            "a0ba9f936cda311827a6f796ffd5198c",
            "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7
             077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66",
        ),
        (
            Hash::Sha384,
            "b80b733d6ceefcdc71566ea48e5567df",
            "cd665cf6a8447dd6ff8b27555edb7465",
            "7b0c18e9ced410ed1804f2cfa34a336a1c14dffb4900bb5fd7942107e81c83cde9ca0faa60be9fe34f82b1233c9146a0e534cb40
             0fed2700884f9dc236f80edd8bfa961144c9e8d792eca722a7b32fc3d416d473ebc2c5fd4abfdad05d9184259b5bf8cd4d90fa0d
             31e2dec479e4f1a26066f2eea9a69236a3e52655c9e9aee691c8f3a26854308d5eaa3be85e0990703d73e56f",
        ),
    ];
    for (hash, key, seed, output) in cases {
        let (key, seed, output) = (hex(key), hex(seed), hex(output));
        let prf = Tls12Prf {
            hash,
            label: b"test label",
            seed: &seed,
        };
        let held = secret(KeyType::Derive, KeyDerivation::Tls12Prf(hash), &key);
        derives(&output, || prf.derive(&*key));
        derives_from_key(&output, || prf.derive(&held));
        let digest = format!("SHA2-{}", hash.len() * 8);
        assert_eq!(
            openssl_prf(&digest, &key, b"test label", &seed, output.len()),
            output
        );
        let prf = Tls12Prf {
            hash,
            label: b"extended master secret",
            seed: b"another",
        };
        let theirs = openssl_prf(&digest, &key, b"extended master secret", b"another", 75);
        derives(&theirs, || prf.derive(&*key));
        assert_eq!(prf.derive(&*key).unwrap().capacity(), Ok(usize::MAX));
    }
    let other = Tls12Prf {
        hash: Hash::Sha512,
        label: b"",
        seed: b"",
    };
    assert_eq!(other.derive(b"secret").err(), Some(Error::NotSupported));
}

#[test]
fn a_master_secret_from_a_pre_shared_key_is_what_openssl_makes_of_rfc_4279() {
    init();
    let seed = b"client random and server random";
    for (hash, digest) in [(Hash::Sha256, "SHA2-256"), (Hash::Sha384, "SHA2-384")] {
        let master = Tls12PskToMs {
            hash,
            label: b"master secret",
            seed,
        };
        let algorithm = KeyDerivation::Tls12PskToMs(hash);
        let psk = b"a pre-shared key";
        let held = secret(KeyType::Derive, algorithm, psk);
        let len = [0, 16];

        let alone = [&len[..], &[0; 16], &len, psk].concat();
        let expected = openssl_prf(digest, &alone, b"master secret", seed, 48);
        derives(&expected, || master.derive(psk));
        derives_from_key(&expected, || master.derive(&held));

        let mixed = [&[0, 7], &b"another"[..], &len, psk].concat();
        let expected = openssl_prf(digest, &mixed, b"master secret", seed, 48);
        derives(&expected, || master.derive_with(b"another", psk));
        derives_from_key(&expected, || master.derive_with(b"another", &held));

        let mut output = master.derive(psk).unwrap();
        assert_eq!(output.output_bytes(49).err(), Some(Error::InsufficientData));
        assert!(master.derive(&[7; 128]).is_ok());
        assert_eq!(master.derive(&[7; 129]).err(), Some(Error::InvalidArgument));
    }
}

#[test]
fn the_premaster_secret_of_a_point_is_the_hash_of_its_first_coordinate() {
    init();
    let mut point = [7; 65];
    point[0] = 4;
    let mut buffer = [0; 32];
    let expected = Hash::Sha256
        .compute_into(&point[1..33], &mut buffer)
        .unwrap();
    // The last step of the exchange that Mbed TLS's own tests have, computed by a Thread implementation.
    let shared = hex(
        "0401abe9f2c73a9914cb1f80fb9ddb7e0012a89c2f392779f964401475eac13128
         438fe11241d6c1e55f7b808894c9c027a33441f5cba1fe6cc7e61217c3de27b4",
    );
    let premaster = hex("f3d47f599844db92a569bbe7981e39d931fd743bf22e98f9b438f719d3c4f351");
    let mut output = Tls12EcjpakeToPms.derive(&*shared).unwrap();
    assert_eq!(*output.output_bytes(32).unwrap(), *premaster);

    let derive = |point| Tls12EcjpakeToPms.derive(point);
    assert_eq!(
        *derive(&point).unwrap().output_bytes(32).unwrap(),
        *expected
    );
    derive(&point).unwrap().verify_bytes(expected).unwrap();
    let wrong = derive(&point).unwrap().verify_bytes(&[7; 32]);
    assert_eq!(wrong, Err(Error::InvalidSignature));
    // Mbed TLS gives all of it or nothing.
    let half = derive(&point).unwrap().output_bytes(16).err();
    assert_eq!(half, Some(Error::InvalidArgument));
    point[0] = 2;
    assert_eq!(
        Tls12EcjpakeToPms.derive(&point).err(),
        Some(Error::InvalidArgument)
    );
    assert_eq!(
        Tls12EcjpakeToPms.derive(&[4; 64]).err(),
        Some(Error::InvalidArgument)
    );
}

#[test]
fn openssl_derives_the_same_with_every_hash() {
    init();
    for (hash, digest) in [
        (Hash::Md5, "MD5"),
        (Hash::Ripemd160, "RIPEMD160"),
        (Hash::Sha224, "SHA2-224"),
        (Hash::Sha384, "SHA2-384"),
        (Hash::Sha512, "SHA2-512"),
        (Hash::Sha3_256, "SHA3-256"),
        (Hash::Sha3_512, "SHA3-512"),
    ] {
        let digest = format!("digest:{digest}");
        let hkdf = [
            "kdf",
            "-keylen",
            "100",
            "-kdfopt",
            &digest,
            "-kdfopt",
            "key:secret",
            "-kdfopt",
            "salt:salt",
            "-kdfopt",
            "info:info",
            "HKDF",
        ];
        let theirs = hex(&openssl_text(&hkdf, ""));
        derives(&theirs, || {
            Hkdf {
                hash,
                salt: b"salt",
                info: b"info",
            }
            .derive(b"secret")
        });
        let pbkdf2 = [
            "kdf",
            "-keylen",
            "100",
            "-kdfopt",
            &digest,
            "-kdfopt",
            "pass:secret",
            "-kdfopt",
            "salt:salt",
            "-kdfopt",
            "iter:17",
            "PBKDF2",
        ];
        let theirs = hex(&openssl_text(&pbkdf2, ""));
        derives(&theirs, || {
            Pbkdf2Hmac {
                hash,
                iterations: 17,
                salt: b"salt",
            }
            .derive(b"secret")
        });
    }
}
