//! Key derivation and key agreement, step by step.

use crate::client::{Derivation, export_and_destroy};
use psa::{Algorithm, Attributes, Curve, Error, Key, KeyType, Usage};
use psa_conformance::check::{refused, same};
use psa_conformance::{Ctx, Result, Test, hex};
use tfm_sys::{
    PSA_ALG_ECDH, PSA_ALG_HKDF, PSA_ALG_KEY_AGREEMENT, PSA_ALG_SHA_256,
    PSA_KEY_DERIVATION_INPUT_INFO, PSA_KEY_DERIVATION_INPUT_SALT, PSA_KEY_DERIVATION_INPUT_SECRET,
};

pub const TESTS: &[Test] = &[
    Test::new("derivation: HKDF in parts as RFC 5869", derives_as_rfc_5869),
    Test::new(
        "derivation: HKDF from bytes instead of a key",
        derives_from_bytes,
    ),
    Test::new(
        "derivation: its capacity can be limited",
        limits_the_capacity,
    ),
    Test::new("derivation: HKDF into a key", derives_a_key),
    Test::new(
        "derivation: ECDH inside equals its secret of RFC 5903",
        agrees_as_rfc_5903,
    ),
];

const HKDF: u32 = PSA_ALG_HKDF(PSA_ALG_SHA_256);

// RFC 5869, appendix A.1.
const SECRET: [u8; 22] = [0x0b; 22];
const SALT: [u8; 13] = hex("000102030405060708090a0b0c");
const INFO: [u8; 10] = hex("f0f1f2f3f4f5f6f7f8f9");
const OUTPUT: [u8; 42] =
    hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");

fn secret_key() -> psa::Result<Key> {
    let attributes = Attributes::new(KeyType::Derive, 0)
        .usage(Usage::DERIVE)
        .algorithm(Algorithm::from_raw(HKDF));
    Key::import(attributes, &SECRET)
}

/// A derivation that waits for its secret, with the salt and info of the RFC.
fn begin(
    algorithm: u32,
    secret: impl FnOnce(&mut Derivation) -> psa::Result<()>,
) -> psa::Result<Derivation> {
    let mut derivation = Derivation::new();
    derivation.setup(algorithm)?;
    derivation.input_bytes(PSA_KEY_DERIVATION_INPUT_SALT, &SALT)?;
    secret(&mut derivation)?;
    derivation.input_bytes(PSA_KEY_DERIVATION_INPUT_INFO, &INFO)?;
    Ok(derivation)
}

fn begin_with(key: &Key) -> psa::Result<Derivation> {
    begin(HKDF, |derivation| {
        derivation.input_key(PSA_KEY_DERIVATION_INPUT_SECRET, key)
    })
}

fn derives_as_rfc_5869(_: &mut Ctx) -> Result<()> {
    let mut derivation = begin_with(&secret_key()?)?;
    let mut output = [0; 42];
    let (first, second) = output.split_at_mut(5);
    derivation.output_bytes(first)?;
    derivation.output_bytes(second)?;
    derivation.abort()?;
    same(&output, &OUTPUT)
}

fn derives_from_bytes(_: &mut Ctx) -> Result<()> {
    let mut derivation = begin(HKDF, |derivation| {
        derivation.input_bytes(PSA_KEY_DERIVATION_INPUT_SECRET, &SECRET)
    })?;
    let mut output = [0; 42];
    derivation.output_bytes(&mut output)?;
    same(&output, &OUTPUT)
}

fn limits_the_capacity(_: &mut Ctx) -> Result<()> {
    let mut derivation = begin_with(&secret_key()?)?;
    // RFC 5869, section 2.3: at most 255 hashes.
    same(&derivation.capacity()?, &(255 * 32))?;
    derivation.set_capacity(42)?;
    refused(derivation.set_capacity(43), &[Error::InvalidArgument])?;
    derivation.output_bytes(&mut [0; 40])?;
    same(&derivation.capacity()?, &2)?;
    refused(
        derivation.output_bytes(&mut [0; 3]),
        &[Error::InsufficientData],
    )
}

fn derives_a_key(_: &mut Ctx) -> Result<()> {
    let mut derivation = begin_with(&secret_key()?)?;
    let id = derivation.output_hmac_key(128)?;
    let mut buffer = [0; 16];
    let exported = export_and_destroy(id, &mut buffer)?;
    same(exported, &OUTPUT[..16])
}

fn agrees_as_rfc_5903(_: &mut Ctx) -> Result<()> {
    // RFC 5903, section 8.1: i, and the point of r.
    const OURS: [u8; 32] = hex("C88F01F510D9AC3F70A292DAA2316DE544E9AAB8AFE84049C62A9C57862D1433");
    const THEIRS: [u8; 65] = hex(concat!(
        "04",
        "D12DFB5289C8D4F81208B70270398C342296970A0BCCB74C736FC7554494BF63",
        "56FBF3CA366CC23E8157854C13C58D6AAC23F046ADA30F8353E74F33039872AB"
    ));
    const SHARED: [u8; 32] =
        hex("D6840F6B42F6EDAFD13116E0E12565202FEF8E9ECE7DCE03812464D04B9442DE");
    const AGREEMENT: u32 = PSA_ALG_KEY_AGREEMENT(PSA_ALG_ECDH, HKDF);

    let attributes = Attributes::ecc_key_pair(Curve::P256)
        .usage(Usage::DERIVE)
        .algorithm(Algorithm::from_raw(AGREEMENT));
    let key = Key::import(attributes, &OURS)?;
    let mut agreed = begin(AGREEMENT, |derivation| {
        derivation.key_agreement(PSA_KEY_DERIVATION_INPUT_SECRET, &key, &THEIRS)
    })?;
    let mut known = begin(HKDF, |derivation| {
        derivation.input_bytes(PSA_KEY_DERIVATION_INPUT_SECRET, &SHARED)
    })?;
    let (mut one, mut other) = ([0; 32], [0; 32]);
    agreed.output_bytes(&mut one)?;
    known.output_bytes(&mut other)?;
    same(&one, &other)
}
