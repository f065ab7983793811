//! Key agreement, against RFC 7748 and against `openssl`.
#![cfg(not(feature = "tfm"))]

mod common;

use common::{Files, hex, openssl, openssl_text};
use psa::{
    Algorithm, Attributes, Curve, DhFamily, Error, Hash, Key, KeyAgreement, KeyDerivation, KeyType,
    Usage, sizes,
};

fn policy(attributes: Attributes, algorithm: impl Into<Algorithm>) -> Attributes {
    psa::init().expect("the provider starts");
    attributes
        .usage(Usage::DERIVE | Usage::EXPORT)
        .algorithm(algorithm.into())
}

fn agree(key: &Key, peer: &[u8]) -> Vec<u8> {
    key.raw_key_agreement(KeyAgreement::Ecdh, peer)
        .expect("a secret")
        .to_vec()
}

#[test]
fn x25519_and_x448_give_what_rfc_7748_says() {
    // Sections 6.1 and 6.2: private and public key of Alice and of Bob, and what they share.
    let cases = [
        (
            Curve::X25519,
            "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
            "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
            "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
        ),
        (
            Curve::X448,
            "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b",
            "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0",
            "1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d",
            "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
            "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449a5037514a879d",
        ),
    ];
    for (curve, alice, alice_public, bob, bob_public, shared) in cases {
        let attributes = policy(Attributes::ecc_key_pair(curve), KeyAgreement::Ecdh);
        let import = |scalar| Key::import(attributes, &hex(scalar)).unwrap();
        let (alice, bob) = (import(alice), import(bob));
        assert_eq!(alice.export_public().unwrap(), hex(alice_public));
        assert_eq!(bob.export_public().unwrap(), hex(bob_public));
        assert_eq!(agree(&alice, &hex(bob_public)), hex(shared));
        assert_eq!(agree(&bob, &hex(alice_public)), hex(shared));
    }
}

#[test]
fn openssl_and_we_agree_on_every_curve() {
    let files = Files::new();
    for curve in [
        Curve::P256,
        Curve::P384,
        Curve::P521,
        Curve::Secp256k1,
        Curve::BrainpoolP256,
        Curve::BrainpoolP384,
        Curve::BrainpoolP512,
        Curve::X25519,
        Curve::X448,
    ] {
        let attributes = policy(Attributes::ecc_key_pair(curve), KeyAgreement::Ecdh);
        let (ours, theirs) = (
            Key::generate(attributes).unwrap(),
            Key::generate(attributes).unwrap(),
        );
        let private = files.write("theirs.pem", theirs.private_key_pkcs8_pem().unwrap());
        let public = files.write("ours.pem", ours.public_key_pem().unwrap());
        let their_public = theirs.export_public().unwrap();
        let by_openssl = openssl(
            &[
                "pkeyutl", "-derive", "-inkey", &private, "-peerkey", &public,
            ],
            "",
        );
        assert_eq!(agree(&ours, &their_public), by_openssl, "{curve:?}");
        assert_eq!(agree(&theirs, &ours.export_public().unwrap()), by_openssl);
        let size = sizes::raw_key_agreement_output_size(attributes.key_type(), curve.bits());
        assert_eq!(size, by_openssl.len());

        // A buffer that is larger holds the secret at its start, and is wiped.
        let mut buffer = [0xff; 80];
        let secret = ours
            .raw_key_agreement_into(KeyAgreement::Ecdh, &their_public, &mut buffer)
            .unwrap();
        assert_eq!(*secret, *by_openssl);
        drop(secret);
        assert_eq!(buffer, [0; 80]);
        let mut short = vec![0xff; size - 1];
        let too_small = ours.raw_key_agreement_into(KeyAgreement::Ecdh, &their_public, &mut short);
        assert_eq!(too_small.err(), Some(Error::BufferTooSmall));
        assert!(short.iter().all(|byte| *byte == 0));
    }
}

/// A number that `openssl pkey -text` prints below this title, as long as the group.
fn number(text: &str, title: &str, len: usize) -> Vec<u8> {
    let digits: String = text
        .lines()
        .skip_while(|line| *line != title)
        .skip(1)
        .take_while(|line| line.starts_with(' '))
        .collect();
    let number = hex(&digits);
    let number = number.strip_prefix(&[0]).unwrap_or(&number);
    [vec![0; len - number.len()], number.to_vec()].concat()
}

#[test]
fn openssl_and_we_agree_in_the_groups_of_rfc_7919() {
    let files = Files::new();
    for (bits, group) in [(2048, "group:ffdhe2048"), (3072, "group:ffdhe3072")] {
        let [ours, theirs] = ["ours.pem", "theirs.pem"].map(|name| {
            let key = openssl(&["genpkey", "-algorithm", "DH", "-pkeyopt", group], "");
            files.write(name, key)
        });
        let public = files.write(
            "public.pem",
            openssl(&["pkey", "-in", &theirs, "-pubout"], ""),
        );
        let by_openssl = openssl(
            &["pkeyutl", "-derive", "-inkey", &ours, "-peerkey", &public],
            "",
        );

        let attributes = policy(
            Attributes::new(KeyType::DhKeyPair(DhFamily::Rfc7919), bits),
            KeyAgreement::Ffdh,
        );
        let ours = openssl_text(&["pkey", "-in", &ours, "-text", "-noout"], "");
        let theirs = openssl_text(&["pkey", "-in", &theirs, "-text", "-noout"], "");
        let key = Key::import(attributes, &number(&ours, "private-key:", bits / 8)).unwrap();
        assert_eq!(
            key.export_public().unwrap(),
            number(&ours, "public-key:", bits / 8)
        );
        let secret = key.raw_key_agreement(
            KeyAgreement::Ffdh,
            &number(&theirs, "public-key:", bits / 8),
        );
        assert_eq!(*secret.unwrap(), *by_openssl);
    }
}

#[test]
fn what_does_not_fit_is_refused_as_the_specification_says() {
    let attributes = policy(Attributes::ecc_key_pair(Curve::P256), KeyAgreement::Ecdh);
    let key = Key::generate(attributes).unwrap();
    let peer = key.export_public().unwrap();
    let agree = |key: &Key, peer: &[u8]| key.raw_key_agreement(KeyAgreement::Ecdh, peer).err();
    assert_eq!(agree(&key, &peer), None);
    assert_eq!(agree(&key, &peer[1..]), Some(Error::InvalidArgument));
    assert_eq!(agree(&key, b""), Some(Error::InvalidArgument));
    let mut off_the_curve = peer.clone();
    off_the_curve[64] ^= 1;
    assert_eq!(agree(&key, &off_the_curve), Some(Error::InvalidArgument));
    let other = key.raw_key_agreement(KeyAgreement::Ffdh, &peer).err();
    assert_eq!(other, Some(Error::NotPermitted));
    let unknown = key
        .raw_key_agreement(KeyAgreement::Raw(0x0600_0600), &peer)
        .err();
    assert_eq!(unknown, Some(Error::InvalidArgument));

    // The right curve, and a policy that does not let the secret out.
    let with_hkdf = Algorithm::KeyAgreement(KeyAgreement::Ecdh, KeyDerivation::Hkdf(Hash::Sha256));
    let bound = Key::generate(policy(Attributes::ecc_key_pair(Curve::P256), with_hkdf)).unwrap();
    assert_eq!(agree(&bound, &peer), Some(Error::NotPermitted));
    let signer = Attributes::ecc_key_pair(Curve::P256)
        .usage(Usage::SIGN)
        .algorithm(Algorithm::ecdsa(Hash::Sha256));
    assert_eq!(
        agree(&Key::generate(signer).unwrap(), &peer),
        Some(Error::NotPermitted)
    );
    let public = Key::import(
        policy(Attributes::ecc_public_key(Curve::P256), KeyAgreement::Ecdh),
        &peer,
    )
    .unwrap();
    assert_eq!(agree(&public, &peer), Some(Error::InvalidArgument));
    // A point of order one: the secret would be no secret.
    let x25519 = Key::generate(policy(
        Attributes::ecc_key_pair(Curve::X25519),
        KeyAgreement::Ecdh,
    ))
    .unwrap();
    assert_eq!(agree(&x25519, &[0; 32]), Some(Error::InvalidArgument));
}
