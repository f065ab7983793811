//! Attestation tokens as a verifier reads them.
#![cfg(not(feature = "tfm"))]

mod common;

use coset::cbor::ser;
use proptest::prelude::*;
use psa::attestation::{
    Challenge, Claim, Lifecycle, LifecycleState, Profile, Token, TokenError, Value,
};
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Sign, Usage};

/// The example of RFC 9783 (appendix A.1), and the public half of its key as a point.
const EXAMPLE: &[u8] = include_bytes!("data/rfc9783.cbor");
const EXAMPLE_KEY: &[u8] = include_bytes!("data/rfc9783.point");
const EXAMPLE_NONCE: [u8; 32] = [1; 32];

fn public_key(point: &[u8], curve: Curve, hash: Hash) -> Key {
    psa::init().unwrap();
    let attributes = Attributes::ecc_public_key(curve)
        .usage(Usage::VERIFY_MESSAGE)
        .algorithm(Algorithm::ecdsa(hash));
    Key::import(attributes, point).unwrap()
}

fn example_key() -> Key {
    public_key(EXAMPLE_KEY, Curve::P256, Hash::Sha256)
}

fn forged() -> TokenError {
    TokenError::Verification(Error::InvalidSignature)
}

#[test]
fn the_example_of_rfc_9783_is_verified_and_read() {
    let token = Token::parse(EXAMPLE).unwrap();
    let challenge = Challenge::from(&EXAMPLE_NONCE);
    let claims = token.verify(&example_key(), challenge).unwrap();
    assert_eq!(claims.nonce, EXAMPLE_NONCE);
    assert_eq!(claims.instance_id[0], 1);
    assert_eq!(claims.instance_id[1..], [2; 32]);
    assert_eq!(claims.implementation_id, [0; 32]);
    assert_eq!(claims.client_id, 2_147_483_647);
    assert_eq!(claims.security_lifecycle.to_raw(), 12288);
    assert_eq!(claims.boot_seed.as_deref(), Some(&[0; 8][..]));
    assert_eq!(claims.certification_reference, None);
    assert_eq!(claims.verification_service, None);
    assert_eq!(claims.profile, Some(Profile::Tfm));
    assert_eq!(claims.others, []);
    let [component] = &claims.software_components[..] else {
        panic!("one component")
    };
    assert_eq!(component.measurement_type.as_deref(), Some("PRoT"));
    assert_eq!(component.measurement_value, [3; 32]);
    assert_eq!(component.signer_id.as_deref(), Some(&[4; 32][..]));
    assert_eq!(component.version, None);
    assert_eq!(component.measurement_description, None);
}

#[test]
fn another_key_another_challenge_and_a_key_that_may_not_are_refused() {
    let token = Token::parse(EXAMPLE).unwrap();
    let challenge = Challenge::from(&EXAMPLE_NONCE);
    let other = Challenge::from(&[2; 32]);
    let refused = token.verify(&example_key(), other).unwrap_err();
    assert_eq!(refused, TokenError::OtherChallenge);
    let prefix = [1; 48];
    let refused = token.verify(&example_key(), Challenge::from(&prefix));
    assert_eq!(refused, Err(TokenError::OtherChallenge));
    let stranger = common::ecdsa_key(Curve::P256);
    assert_eq!(token.verify(&stranger, challenge), Err(forged()));
    let not_permitted = public_key(EXAMPLE_KEY, Curve::P256, Hash::Sha512);
    assert_eq!(
        token.verify(&not_permitted, challenge),
        Err(TokenError::Verification(Error::NotPermitted))
    );
}

#[test]
fn a_token_with_a_flipped_bit_or_cut_short_is_never_believed() {
    let key = example_key();
    let challenge = Challenge::from(&EXAMPLE_NONCE);
    for bit in 0..EXAMPLE.len() * 8 {
        let mut damaged = EXAMPLE.to_vec();
        damaged[bit / 8] ^= 1 << (bit % 8);
        if let Ok(token) = Token::parse(&damaged) {
            token.verify(&key, challenge).unwrap_err();
        }
    }
    for len in 0..EXAMPLE.len() {
        assert_eq!(Token::parse(&EXAMPLE[..len]).unwrap_err(), TokenError::Cbor);
    }
    let longer = [EXAMPLE, &[0]].concat();
    assert_eq!(Token::parse(&longer).unwrap_err(), TokenError::Cbor);
}

fn bytes(bytes: &[u8]) -> Value {
    Value::Bytes(bytes.to_vec())
}

fn map(entries: &[(i64, Value)]) -> Value {
    let entries = entries.iter().cloned();
    Value::Map(
        entries
            .map(|(label, value)| (label.into(), value))
            .collect(),
    )
}

fn encoded(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ser::into_writer(value, &mut bytes).unwrap();
    bytes
}

/// What the stand-in secure side of `tests/firmware/spe` says: TF-M's default profile.
fn old_claims() -> Vec<(i64, Value)> {
    let component = map(&[(1, "SPE".into()), (2, bytes(&[5; 32])), (4, "0.1.0".into())]);
    vec![
        (-75008, bytes(&[9; 48])),
        (-75009, bytes(&[1; 33])),
        (-75003, bytes(&[3; 32])),
        (-75004, bytes(&[4; 32])),
        (-75001, (-1).into()),
        (-75002, 0x3000.into()),
        (-75000, "PSA_IOT_PROFILE_1".into()),
        (-75006, Value::Array(vec![component])),
    ]
}

/// `COSE_Sign1` as RFC 9052 builds it, by hand.
fn signed(claims: &Value, cose_algorithm: i64, key: &Key, algorithm: Sign) -> Vec<u8> {
    let protected = Value::Bytes(encoded(&map(&[(1, cose_algorithm.into())])));
    let payload = Value::Bytes(encoded(claims));
    let to_sign = Value::Array(vec![
        "Signature1".into(),
        protected.clone(),
        bytes(b""),
        payload.clone(),
    ]);
    let mut buffer = [0; 160];
    let signature = key
        .sign_message_into(algorithm, &encoded(&to_sign), &mut buffer)
        .unwrap();
    let parts = vec![protected, map(&[]), payload, bytes(signature)];
    encoded(&Value::Tag(18, Box::new(Value::Array(parts))))
}

fn es256(claims: &[(i64, Value)]) -> (Vec<u8>, Key) {
    let key = common::ecdsa_key(Curve::P256);
    let token = signed(&map(claims), -7, &key, Sign::Ecdsa(Hash::Sha256));
    (token, key)
}

/// What reading a token with these claims answers.
fn read(claims: &[(i64, Value)]) -> Result<Token, TokenError> {
    let parts = vec![
        Value::Bytes(encoded(&map(&[(1, (-7).into())]))),
        map(&[]),
        Value::Bytes(encoded(&map(claims))),
        bytes(&[0; 64]),
    ];
    Token::parse(&encoded(&Value::Tag(18, Box::new(Value::Array(parts)))))
}

#[test]
fn the_token_of_tf_m_s_default_profile_is_verified_and_read() {
    let (token, key) = es256(&old_claims());
    let token = Token::parse(&token).unwrap();
    let claims = token.verify(&key, Challenge::from(&[9; 48])).unwrap();
    assert_eq!(claims.client_id, -1);
    assert_eq!(
        claims.security_lifecycle.state(),
        Some(LifecycleState::Secured)
    );
    assert_eq!(claims.profile, Some(Profile::PsaIot1));
    let component = &claims.software_components[0];
    assert_eq!(component.version.as_deref(), Some("0.1.0"));
    assert_eq!(component.signer_id, None);
}

#[cfg(feature = "full")]
#[test]
fn es384_and_es512_are_verified() {
    for (curve, hash, cose) in [
        (Curve::P384, Hash::Sha384, -35),
        (Curve::P521, Hash::Sha512, -36),
    ] {
        let key = common::ecdsa_key(curve);
        let token = signed(&map(&old_claims()), cose, &key, Sign::Ecdsa(hash));
        let token = Token::parse(&token).unwrap();
        assert_eq!(token.algorithm(), Sign::Ecdsa(hash));
        token.verify(&key, Challenge::from(&[9; 48])).unwrap();
        let stranger = common::ecdsa_key(curve);
        let refused = token.verify(&stranger, Challenge::from(&[9; 48]));
        assert_eq!(refused, Err(forged()));
    }
}

#[test]
fn other_structures_are_told_apart() {
    let payload = Value::Bytes(encoded(&map(&old_claims())));
    let token = |tag: Option<u64>, protected: &[(i64, Value)], payload: &Value| {
        let protected = Value::Bytes(encoded(&map(protected)));
        let parts = Value::Array(vec![protected, map(&[]), payload.clone(), bytes(&[0; 64])]);
        let token = match tag {
            Some(tag) => Value::Tag(tag, Box::new(parts)),
            None => parts,
        };
        Token::parse(&encoded(&token)).map(drop)
    };
    let es256 = [(1, (-7).into())];
    assert_eq!(token(Some(18), &es256, &payload), Ok(()));
    assert_eq!(token(None, &es256, &payload), Err(TokenError::Structure));
    assert_eq!(token(Some(17), &es256, &payload), Err(TokenError::Mac));
    assert_eq!(
        token(Some(98), &es256, &payload),
        Err(TokenError::Structure)
    );
    // The payload is elsewhere, or is no map.
    for other in [Value::Null, bytes(&encoded(&Value::Array(vec![])))] {
        assert_eq!(token(Some(18), &es256, &other), Err(TokenError::Structure));
    }
    assert_eq!(token(Some(18), &es256, &bytes(b"")), Err(TokenError::Cbor));
    // No algorithm, EdDSA, HMAC, and a header that must be understood.
    let critical = [
        (1, (-7).into()),
        (2, Value::Array(vec![4.into()])),
        (4, bytes(b"x")),
    ];
    let headers: [&[(i64, Value)]; 4] = [&[], &[(1, (-8).into())], &[(1, 5.into())], &critical];
    for header in headers {
        assert_eq!(
            token(Some(18), header, &payload),
            Err(TokenError::Algorithm)
        );
    }
}

#[test]
fn deep_nesting_is_refused_and_not_followed() {
    for len in [100, 100_000] {
        let tags = [&vec![0xd2; len][..], &[0x80]].concat();
        assert_eq!(Token::parse(&tags).unwrap_err(), TokenError::Cbor);
        let arrays = vec![0x81; len];
        assert_eq!(Token::parse(&arrays).unwrap_err(), TokenError::Cbor);
    }
    // A length that is not there is not made room for.
    for head in [&[0x5b, 0x7f][..], &[0x9b, 0x7f], &[0xbb, 0x7f]] {
        let huge = [head, &[0xff; 7]].concat();
        assert_eq!(Token::parse(&huge).unwrap_err(), TokenError::Cbor);
    }
}

#[test]
fn each_claim_that_every_token_has_is_missed() {
    for (label, claim) in [
        (-75008, Claim::Nonce),
        (-75009, Claim::InstanceId),
        (-75003, Claim::ImplementationId),
        (-75001, Claim::ClientId),
        (-75002, Claim::SecurityLifecycle),
    ] {
        let mut claims = old_claims();
        claims.retain(|(found, _)| *found != label);
        assert_eq!(read(&claims).unwrap_err(), TokenError::Missing(claim));
    }
    let mut few = old_claims();
    few.retain(|(label, _)| ![-75000, -75004, -75006].contains(label));
    few.push((-75007, 1.into()));
    let token = read(&few).unwrap();
    let claims = token.unverified_claims();
    assert_eq!((&claims.profile, &claims.boot_seed), (&None, &None));
    assert_eq!(claims.software_components, []);
}

#[test]
fn impossible_and_double_claims_are_named() {
    let one_of = |label: i64, value: Value| {
        let mut claims = old_claims();
        claims.retain(|(found, _)| *found != label);
        claims.push((label, value));
        read(&claims).map(drop)
    };
    let components = |fields: &[(i64, Value)]| Value::Array(vec![map(fields)]);
    let measured = (2, bytes(&[5; 32]));
    let impossible: Vec<(i64, Claim, Value)> = vec![
        (-75008, Claim::Nonce, bytes(&[9; 31])),
        (-75008, Claim::Nonce, "text".into()),
        (-75009, Claim::InstanceId, bytes(&[1; 32])),
        (-75003, Claim::ImplementationId, bytes(&[3; 33])),
        (-75004, Claim::BootSeed, bytes(&[4; 7])),
        (-75004, Claim::BootSeed, bytes(&[4; 33])),
        (-75001, Claim::ClientId, 0x8000_0000u32.into()),
        (-75001, Claim::ClientId, bytes(b"")),
        (-75002, Claim::SecurityLifecycle, 0x1_0000.into()),
        (-75002, Claim::SecurityLifecycle, (-1).into()),
        (-75000, Claim::Profile, 1.into()),
        (-75005, Claim::CertificationReference, 1.into()),
        (-75010, Claim::VerificationService, bytes(b"x")),
        (-75007, Claim::NoSoftwareComponents, 1.into()),
        (-75007, Claim::NoSoftwareComponents, 0.into()),
        (-75006, Claim::SoftwareComponents, map(&[])),
        (-75006, Claim::SoftwareComponents, components(&[])),
        (
            -75006,
            Claim::SoftwareComponents,
            components(&[(2, bytes(&[5; 20]))]),
        ),
        (
            -75006,
            Claim::SoftwareComponents,
            components(&[measured.clone(), measured.clone()]),
        ),
        (
            -75006,
            Claim::SoftwareComponents,
            components(&[measured.clone(), (1, 1.into())]),
        ),
        (
            -75006,
            Claim::SoftwareComponents,
            components(&[measured.clone(), (5, bytes(b"short"))]),
        ),
    ];
    for (label, claim, value) in impossible {
        let answer = one_of(label, value.clone());
        assert_eq!(answer, Err(TokenError::Invalid(claim)), "{value:?}");
    }
    let unknown_field = components(&[measured, (7, 1.into()), (-1, 1.into())]);
    assert_eq!(one_of(-75006, unknown_field), Ok(()));

    // The same label, and the two labels of one claim.
    for label in [-75008, 10] {
        let mut claims = old_claims();
        claims.push((label, bytes(&[9; 48])));
        let twice = TokenError::Duplicate(Claim::Nonce);
        assert_eq!(read(&claims).unwrap_err(), twice);
    }
}

#[test]
fn unknown_claims_are_kept() {
    let mut claims = old_claims();
    claims.push((-80000, Value::Array(vec![1.into(), "two".into()])));
    claims.push((2397, Value::Null));
    let Value::Map(mut entries) = map(&claims) else {
        unreachable!()
    };
    entries.push(("name".into(), true.into()));
    let key = common::ecdsa_key(Curve::P256);
    let token = signed(&Value::Map(entries), -7, &key, Sign::Ecdsa(Hash::Sha256));
    let token = Token::parse(&token).unwrap();
    let others = &token
        .verify(&key, Challenge::from(&[9; 48]))
        .unwrap()
        .others;
    assert_eq!(
        others[..],
        [
            ((-80000).into(), Value::Array(vec![1.into(), "two".into()])),
            (2397.into(), Value::Null),
            ("name".into(), true.into()),
        ]
    );
}

#[test]
fn every_lifecycle_has_the_state_of_its_range() {
    // RFC 9783, figure 3.
    for (first, state) in [
        (0x0000, LifecycleState::Unknown),
        (0x1000, LifecycleState::AssemblyAndTest),
        (0x2000, LifecycleState::PsaRotProvisioning),
        (0x3000, LifecycleState::Secured),
        (0x4000, LifecycleState::NonPsaRotDebug),
        (0x5000, LifecycleState::RecoverablePsaRotDebug),
        (0x6000, LifecycleState::Decommissioned),
    ] {
        for number in [first, first + 0xff] {
            assert_eq!(Lifecycle::from_raw(number).state(), Some(state));
        }
        assert_eq!(Lifecycle::from_raw(first + 0x100).state(), None);
    }
}

proptest! {
    #![proptest_config(common::cases(2000))]

    #[test]
    fn any_bytes_are_an_error_or_a_token(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Token::parse(&bytes);
    }

    /// Near to a token, where the paths are.
    #[test]
    fn a_token_with_any_changes_is_never_believed(
        changes in prop::collection::vec((0..EXAMPLE.len(), any::<u8>()), 1..6)
    ) {
        let mut changed = EXAMPLE.to_vec();
        for (at, byte) in changes {
            changed[at] = byte;
        }
        prop_assume!(changed != EXAMPLE);
        if let Ok(token) = Token::parse(&changed) {
            let challenge = Challenge::from(&EXAMPLE_NONCE);
            prop_assert!(token.verify(&example_key(), challenge).is_err());
        }
    }
}
