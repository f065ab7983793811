//! Key agreement: RFC 7748, and RFC 5903 for the curves of NIST.

use crate::check::{refused, same};
use crate::vectors::hex;
use crate::{Result, Test};
use psa::{Attributes, Curve, Error, Key, KeyAgreement, Usage};

pub const TESTS: &[Test] = &[
    Test::new("X25519: RFC 7748, sections 5.2 and 6.1", |_| {
        agrees(
            Curve::X25519,
            &hex::<32>("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
            &hex::<32>("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
            &hex::<32>("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"),
        )?;
        exchange(
            Curve::X25519,
            [
                &hex::<32>("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"),
                &hex::<32>("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"),
            ],
            [
                &hex::<32>("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"),
                &hex::<32>("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"),
            ],
            &hex::<32>("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"),
        )
    })
    .needs(&["ECDH", "X25519"]),
    Test::new("X448: RFC 7748, section 6.2", |_| {
        exchange(
            Curve::X448,
            [
                &hex::<56>("9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b"),
                &hex::<56>("1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d"),
            ],
            [
                &hex::<56>("9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0"),
                &hex::<56>("3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609"),
            ],
            &hex::<56>("07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449a5037514a879d"),
        )
    })
    .needs(&["ECDH", "X448"]),
    Test::new("ECDH P-256: RFC 5903, section 8.1", |_| {
        exchange(
            Curve::P256,
            [
                &hex::<32>("c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433"),
                &hex::<32>("c6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53"),
            ],
            [
                &hex::<65>("04dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c37725811805271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3"),
                &hex::<65>("04d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf6356fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab"),
            ],
            &hex::<32>("d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de"),
        )
    })
    .needs(&["ECDH"]),
];

fn pair(curve: Curve, private: &[u8]) -> psa::Result<Key> {
    let attributes = Attributes::ecc_key_pair(curve)
        .usage(Usage::DERIVE)
        .algorithm(KeyAgreement::Ecdh.into());
    Key::import(attributes, private)
}

fn agrees(curve: Curve, private: &[u8], public: &[u8], shared: &[u8]) -> Result<()> {
    const ECDH: KeyAgreement = KeyAgreement::Ecdh;
    let (key, mut buffer) = (pair(curve, private)?, [0; 66]);
    let exact = &mut buffer[..shared.len()];
    same(&*key.raw_key_agreement_into(ECDH, public, exact)?, shared)?;
    let short = &mut buffer[..shared.len() - 1];
    refused(
        key.raw_key_agreement_into(ECDH, public, short),
        &[Error::BufferTooSmall],
    )?;
    let cut = &public[..public.len() - 1];
    refused(
        key.raw_key_agreement_into(ECDH, cut, &mut buffer),
        &[Error::InvalidArgument],
    )
}

/// Both sides come to the same, and their public keys follow from the private ones.
fn exchange(curve: Curve, private: [&[u8]; 2], public: [&[u8]; 2], shared: &[u8]) -> Result<()> {
    for (private, public) in private.into_iter().zip(public) {
        same(
            pair(curve, private)?.export_public_into(&mut [0; 133])?,
            public,
        )?;
    }
    agrees(curve, private[0], public[1], shared)?;
    agrees(curve, private[1], public[0], shared)
}
