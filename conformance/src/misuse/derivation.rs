//! Key derivation and agreement. PSA Crypto API 1.2, "Key derivation", "Key agreement".

use super::{ALL, secret};
use crate::check::{holds, refused, same};
use crate::persistent::vacate;
use crate::vectors::P256;
use crate::{Ctx, Result, Test};
use psa::{
    Algorithm, Attributes, Cipher, Curve, CustomKeyParameters, Error, Hash, Hkdf, Key,
    KeyAgreement, KeyDerivation, KeyDerivationOperation, KeyDerivationOutput,
    KeyDerivationStep as Step, KeyId, KeyType, Usage,
};

pub const TESTS: &[Test] = &[
    Test::new(
        "derivation: an algorithm that is none is refused",
        no_algorithm,
    ),
    Test::new(
        "derivation: an input that the algorithm does not have is refused",
        wrong_inputs,
    )
    .needs(&["HKDF"]),
    Test::new("derivation: an input comes once", repeated_inputs).needs(&["HKDF"]),
    Test::new(
        "derivation: without all inputs there is no output",
        missing_inputs,
    )
    .needs(&["HKDF"]),
    Test::new("derivation: a secret is a key for derivation", wrong_keys).needs(&["HKDF"]),
    Test::new(
        "derivation: a capacity can shrink, not grow, and is the end",
        capacities,
    )
    .needs(&["HKDF"]),
    Test::new(
        "derivation: a key is derived as its bytes are",
        derives_keys,
    )
    .needs(&["HKDF", "HMAC"]),
    Test::new("derivation: of bytes no key is derived", no_keys_from_bytes).needs(&["HKDF"]),
    Test::new(
        "derivation: a derived key takes no identifier that is taken",
        taken_identifiers,
    )
    .needs(&["HKDF", "HMAC", "persistent keys"]),
    Test::new(
        "derivation: keys of impossible types are refused",
        impossible_keys,
    )
    .needs(&["HKDF"]),
    Test::new("derivation: bytes are compared", compares).needs(&["HKDF"]),
    Test::new("derivation: what is agreed is a secret input", agrees).needs(&["ECDH", "HKDF"]),
    Test::new(
        "agreement: key, algorithm and peer belong together",
        wrong_agreements,
    )
    .needs(&["ECDH"]),
    Test::new("derivation: PBKDF2 costs something", costs).needs(&["PBKDF2"]),
];

const HKDF: KeyDerivation = KeyDerivation::Hkdf(Hash::Sha256);
const ECDH: KeyAgreement = KeyAgreement::Ecdh;
const HKDF_INPUTS: Hkdf = Hkdf {
    hash: Hash::Sha256,
    salt: b"salt",
    info: b"info",
};
const WRONG: [Error; 2] = [Error::InvalidArgument, Error::NotSupported];

fn no_algorithm(_: &mut Ctx) -> Result<()> {
    refused(KeyDerivationOperation::new(Cipher::Ctr), &WRONG)?;
    refused(KeyDerivationOperation::new(Algorithm::None), &WRONG)?;
    refused(KeyDerivationOperation::new(ECDH), &WRONG)?;
    let no_hash = KeyDerivation::Hkdf(Hash::Raw(0x0200_00fe));
    refused(KeyDerivationOperation::new(no_hash), &WRONG)
}

fn wrong_inputs(_: &mut Ctx) -> Result<()> {
    for step in [Step::Label, Step::Seed, Step::Password, Step::Cost] {
        let mut operation = KeyDerivationOperation::new(HKDF)?;
        refused(operation.input_bytes(step, b"x"), &[Error::InvalidArgument])?;
        // And that is the end of it.
        refused(operation.input_bytes(Step::Salt, b"x"), &[Error::BadState])?;
    }
    let mut operation = KeyDerivationOperation::new(HKDF)?;
    refused(
        operation.input_integer(Step::Cost, 1),
        &[Error::InvalidArgument],
    )
}

fn repeated_inputs(_: &mut Ctx) -> Result<()> {
    let mut operation = KeyDerivationOperation::new(HKDF)?;
    operation.input_bytes(Step::Salt, b"x")?;
    refused(operation.input_bytes(Step::Salt, b"x"), &[Error::BadState])?;
    let mut operation = KeyDerivationOperation::new(HKDF)?;
    operation.input_bytes(Step::Secret, b"x")?;
    refused(
        operation.input_bytes(Step::Secret, b"x"),
        &[Error::BadState],
    )?;
    // HKDF takes its salt before its secret.
    let mut operation = KeyDerivationOperation::new(HKDF)?;
    operation.input_bytes(Step::Secret, b"x")?;
    refused(operation.input_bytes(Step::Salt, b"x"), &[Error::BadState])
}

fn missing_inputs(_: &mut Ctx) -> Result<()> {
    let errors = [Error::BadState];
    for steps in [&[][..], &[Step::Salt], &[Step::Secret], &[Step::Info]] {
        let mut operation = KeyDerivationOperation::new(HKDF)?;
        for step in steps {
            operation.input_bytes(*step, b"x")?;
        }
        let mut output = operation.into_output();
        refused(output.output_bytes_into(&mut [0; 16]), &errors)?;
    }
    Ok(())
}

fn wrong_keys(_: &mut Ctx) -> Result<()> {
    for key_type in [KeyType::RawData, KeyType::Hmac, KeyType::Aes] {
        let key = secret(key_type, HKDF)?;
        let mut operation = KeyDerivationOperation::new(HKDF)?;
        refused(
            operation.input_key(Step::Secret, &key),
            &[Error::InvalidArgument],
        )?;
    }
    let key = secret(KeyType::Derive, KeyDerivation::Hkdf(Hash::Sha512))?;
    let mut operation = KeyDerivationOperation::new(HKDF)?;
    refused(
        operation.input_key(Step::Secret, &key),
        &[Error::NotPermitted],
    )
}

fn output() -> psa::Result<KeyDerivationOutput> {
    HKDF_INPUTS.derive(&secret(KeyType::Derive, HKDF)?)
}

fn capacities(ctx: &mut Ctx) -> Result<()> {
    let mut output = output()?;
    same(&output.capacity()?, &(255 * 32))?;
    refused(output.set_capacity(255 * 32 + 1), &[Error::InvalidArgument])?;
    output.set_capacity(100)?;
    refused(output.set_capacity(101), &[Error::InvalidArgument])?;
    drop(output.output_bytes_into(&mut ctx.text[..60])?);
    same(&output.capacity()?, &40)?;
    refused(
        output.output_bytes_into(&mut ctx.text[..41]),
        &[Error::InsufficientData],
    )?;
    // The stream is at its end then: only nothing can be read of it.
    refused(
        output.output_bytes_into(&mut ctx.text[..1]),
        &[Error::InsufficientData],
    )
}

fn derives_keys(_: &mut Ctx) -> Result<()> {
    let mut bytes = [0; 64];
    drop(output()?.output_bytes_into(&mut bytes[..48])?);
    let (mut output, mut buffer) = (output()?, [0; 32]);
    let exportable = |key_type, bits| Attributes::new(key_type, bits).usage(Usage::EXPORT);
    let first = output.output_key(exportable(KeyType::Hmac, 128))?;
    let second = output.output_key(exportable(KeyType::Derive, 256))?;
    // The buffer of the first call was wiped with its secret.
    holds(bytes.iter().all(|byte| *byte == 0))?;
    let mut again = super::derivation::output()?;
    let expected = again.output_bytes_into(&mut bytes[..48])?;
    same(&*first.export_into(&mut buffer)?, &expected[..16])?;
    same(&*second.export_into(&mut buffer)?, &expected[16..])?;
    // A derived key has its own policy.
    let closed = output.output_key(Attributes::new(KeyType::Hmac, 128))?;
    refused(closed.export_into(&mut buffer), &[Error::NotPermitted])
}

fn no_keys_from_bytes(_: &mut Ctx) -> Result<()> {
    let mut output = HKDF_INPUTS.derive(b"not from a key")?;
    let attributes = Attributes::new(KeyType::Hmac, 128);
    refused(output.output_key(attributes), &[Error::NotPermitted])?;
    let mut output = HKDF_INPUTS.derive(b"not from a key")?;
    let key = output.output_key_custom(attributes, CustomKeyParameters::DEFAULT);
    refused(key, &[Error::NotPermitted])
}

fn taken_identifiers(_: &mut Ctx) -> Result<()> {
    let id = KeyId::user(0x2468).ok_or(Error::InvalidArgument)?;
    vacate(id)?;
    let attributes = Attributes::new(KeyType::Hmac, 128).persistent(id);
    let key = output()?.output_key(attributes)?;
    let errors = [Error::AlreadyExists];
    let again = output()?.output_key(attributes);
    let custom = output()?.output_key_custom(attributes, CustomKeyParameters::DEFAULT);
    key.destroy()?;
    refused(again, &errors)?;
    refused(custom, &errors)
}

fn impossible_keys(_: &mut Ctx) -> Result<()> {
    for attributes in [
        Attributes::new(KeyType::Hmac, 0),
        Attributes::new(KeyType::Hmac, 7),
        Attributes::new(KeyType::None, 128),
        Attributes::ecc_public_key(Curve::P256),
        Attributes::rsa_key_pair(2048),
    ] {
        refused(output()?.output_key(attributes), &WRONG)?;
        let custom = output()?.output_key_custom(attributes, CustomKeyParameters::DEFAULT);
        refused(custom, &WRONG)?;
    }
    let too_long = Attributes::new(KeyType::RawData, 8 * (255 * 32 + 1));
    // It may also be more than the provider has memory for.
    let errors = [Error::InsufficientData, Error::InsufficientMemory];
    refused(output()?.output_key(too_long), &errors)?;
    let custom = output()?.output_key_custom(too_long, CustomKeyParameters::DEFAULT);
    refused(custom, &errors)
}

fn compares(_: &mut Ctx) -> Result<()> {
    let mut bytes = [0; 40];
    let expected = output()?.output_bytes_into(&mut bytes)?.len();
    same(&expected, &40)?;
    let mut again = [0; 40];
    let mut stream = output()?;
    let known = stream.output_bytes_into(&mut again)?;
    output()?.verify_bytes(&known)?;
    let wrong = [Error::InvalidSignature];
    refused(output()?.verify_bytes(&[0; 40]), &wrong)?;
    let mut output = output()?;
    output.set_capacity(39)?;
    refused(output.verify_bytes(&known), &[Error::InsufficientData])
}

fn pair(curve: Curve, algorithm: Algorithm, private: &[u8]) -> psa::Result<Key> {
    let attributes = Attributes::ecc_key_pair(curve).usage(ALL);
    Key::import(attributes.algorithm(algorithm), private)
}

fn agrees(_: &mut Ctx) -> Result<()> {
    let algorithm = Algorithm::KeyAgreement(ECDH, HKDF);
    let key = pair(Curve::P256, algorithm, P256.private)?;
    let begin = || KeyDerivationOperation::new(algorithm);
    begin()?.key_agreement(Step::Secret, &key, P256.public)?;
    let cut = &P256.public[..64];
    refused(
        begin()?.key_agreement(Step::Secret, &key, cut),
        &[Error::InvalidArgument],
    )?;
    let salted = begin()?.key_agreement(Step::Salt, &key, P256.public);
    refused(salted, &[Error::InvalidArgument])?;
    // What is agreed for a derivation is not had otherwise.
    refused(
        key.raw_key_agreement_into(ECDH, P256.public, &mut [0; 32]),
        &[Error::NotPermitted],
    )?;
    let other = Algorithm::KeyAgreement(ECDH, KeyDerivation::Hkdf(Hash::Sha512));
    let other = pair(Curve::P256, other, P256.private)?;
    let agreed = begin()?.key_agreement(Step::Secret, &other, P256.public);
    refused(agreed, &[Error::NotPermitted])?;
    // But whoever may have the secret itself may derive from it as well.
    let raw = pair(Curve::P256, ECDH.into(), P256.private)?;
    Ok(begin()?.key_agreement(Step::Secret, &raw, P256.public)?)
}

fn wrong_agreements(ctx: &mut Ctx) -> Result<()> {
    let key = secret(KeyType::Hmac, ECDH)?;
    refused(
        key.raw_key_agreement_into(ECDH, P256.public, ctx.text),
        &WRONG,
    )?;
    let key = pair(Curve::P256, ECDH.into(), P256.private)?;
    let errors = [Error::InvalidArgument];
    refused(key.raw_key_agreement_into(ECDH, &[], ctx.text), &errors)?;
    refused(
        key.raw_key_agreement_into(ECDH, &[4; 65], ctx.text),
        &errors,
    )?;
    refused(
        key.raw_key_agreement_into(ECDH, &[4; 97], ctx.text),
        &errors,
    )?;
    let none = KeyAgreement::Raw(Cipher::Ctr.to_raw());
    let key = pair(Curve::P256, Cipher::Ctr.into(), P256.private)?;
    refused(
        key.raw_key_agreement_into(none, P256.public, ctx.text),
        &WRONG,
    )
}

fn costs(_: &mut Ctx) -> Result<()> {
    let pbkdf2 = KeyDerivation::Pbkdf2Hmac(Hash::Sha256);
    let mut operation = KeyDerivationOperation::new(pbkdf2)?;
    refused(
        operation.input_integer(Step::Cost, 0),
        &[Error::InvalidArgument],
    )?;
    let mut operation = KeyDerivationOperation::new(pbkdf2)?;
    refused(
        operation.input_integer(Step::Salt, 1),
        &[Error::InvalidArgument],
    )?;
    let mut operation = KeyDerivationOperation::new(pbkdf2)?;
    let too_much = operation.input_integer(Step::Cost, u64::MAX);
    refused(too_much, &WRONG)
}
