//! Keys that are gone, and copies.

use super::{ALL, secret};
use crate::check::{holds, refused, same};
use crate::vectors::P256;
use crate::{Ctx, Result, Test};
use psa::{
    Aead, AeadOperation, Algorithm, AsymmetricEncryption, Attributes, Cipher, CipherOperation,
    Curve, CustomKeyParameters, Decrypt, Encrypt, Error, Hash, InterruptibleSign,
    InterruptibleVerify, Key, KeyAgreement, KeyDerivation, KeyDerivationOperation,
    KeyDerivationStep, KeyType, Mac, MacSignOperation, MacVerifyOperation, Sign, Usage,
};

pub const TESTS: &[Test] = &[
    Test::new("a key that is gone is an invalid handle", gone_keys),
    Test::new(
        "a key that is gone signs, encrypts and derives nothing",
        gone_keys_at_work,
    )
    .needs(&["HMAC", "CBC", "GCM", "HKDF", "RSA"]),
    Test::new(
        "a copy has what source and copy permit, and no more",
        copies_shrink,
    ),
    Test::new(
        "a copy takes no algorithm that the source does not permit",
        copies_keep_the_algorithm,
    ),
    Test::new("a copy is of the same type and size", copies_keep_the_type),
    Test::new("a copy outlives its source", copies_outlive),
    Test::new(
        "a key cannot be generated of a public or unknown type",
        generates_no_public_keys,
    ),
    Test::new(
        "a key is not imported under another size than it has",
        imports_by_size,
    ),
    Test::new("nothing is no key", refuses_empty_keys),
    Test::new("purging a volatile key changes nothing", purges),
];

const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);
const GONE: [Error; 1] = [Error::InvalidHandle];

const SIGNING: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(ALL)
    .algorithm(Algorithm::ecdsa(Hash::Sha256));

/// Hands a key to `ask` that somebody else has destroyed.
fn with_gone(ask: impl FnOnce(&Key) -> Result<()>) -> Result<()> {
    let key = Key::import(SIGNING, P256.private)?;
    let other = Key::from_id(key.id())?;
    key.destroy()?;
    let asked = ask(&other);
    // Its identifier may soon be that of another key, which this value must not destroy.
    let _ = other.into_id();
    asked
}

fn gone_keys(ctx: &mut Ctx) -> Result<()> {
    with_gone(|key| {
        refused(key.attributes(), &GONE)?;
        refused(key.export_into(ctx.text), &GONE)?;
        refused(key.export_public_into(ctx.text), &GONE)?;
        refused(key.copy(SIGNING), &GONE)?;
        refused(Key::from_id(key.id()), &GONE)?;
        refused(key.sign_hash_into(ECDSA, &[7; 32], ctx.text), &GONE)?;
        refused(key.sign_message_into(ECDSA, b"", ctx.text), &GONE)?;
        refused(key.verify_hash(ECDSA, &[7; 32], P256.signature), &GONE)?;
        refused(key.verify_message(ECDSA, b"", P256.signature), &GONE)?;
        // Not every provider signs in steps, and one that does not may find that first.
        let errors = [Error::InvalidHandle, Error::NotSupported];
        refused(InterruptibleSign::start(key, ECDSA, &[7; 32]), &errors)?;
        let verification = InterruptibleVerify::start(key, ECDSA, &[7; 32], P256.signature);
        refused(verification, &errors)
    })?;
    let key = Key::import(SIGNING, P256.private)?;
    let again = Key::from_id(key.id())?;
    key.destroy()?;
    refused(again.destroy(), &GONE)
}

fn gone_keys_at_work(ctx: &mut Ctx) -> Result<()> {
    const HMAC: Mac = Mac::Hmac(Hash::Sha256);
    const CBC: Cipher = Cipher::CbcPkcs7;
    const OAEP: AsymmetricEncryption = AsymmetricEncryption::RsaOaep(Hash::Sha256);
    const ECDH: KeyAgreement = KeyAgreement::Ecdh;
    // A provider that lacks one says so here.
    secret(KeyType::Hmac, HMAC)?.compute_mac_into(HMAC, b"", ctx.text)?;
    secret(KeyType::Aes, CBC)?.encrypt_into(CBC, b"", ctx.text)?;
    secret(KeyType::Aes, Aead::Gcm)?.aead_encrypt_into(Aead::Gcm, &[0; 12], b"", b"", ctx.text)?;
    let hkdf = KeyDerivation::Hkdf(Hash::Sha256);
    let mut derivation = KeyDerivationOperation::new(hkdf)?;
    with_gone(|key| {
        refused(key.compute_mac_into(HMAC, b"", ctx.text), &GONE)?;
        refused(key.verify_mac(HMAC, b"", &[0; 32]), &GONE)?;
        refused(MacSignOperation::new(key, HMAC), &GONE)?;
        refused(MacVerifyOperation::new(key, HMAC), &GONE)?;
        refused(key.encrypt_into(CBC, b"", ctx.text), &GONE)?;
        refused(key.decrypt_into(CBC, &[0; 32], ctx.text), &GONE)?;
        refused(CipherOperation::<Encrypt>::new(key, CBC), &GONE)?;
        refused(CipherOperation::<Decrypt>::new(key, CBC), &GONE)?;
        let sealed = key.aead_encrypt_into(Aead::Gcm, &[0; 12], b"", b"", ctx.text);
        refused(sealed, &GONE)?;
        let opened = key.aead_decrypt_into(Aead::Gcm, &[0; 12], b"", &[0; 16], ctx.text);
        refused(opened, &GONE)?;
        refused(AeadOperation::<Encrypt>::new(key, Aead::Gcm), &GONE)?;
        refused(AeadOperation::<Decrypt>::new(key, Aead::Gcm), &GONE)?;
        refused(key.asymmetric_encrypt_into(OAEP, b"", b"", ctx.text), &GONE)?;
        refused(
            key.asymmetric_decrypt_into(OAEP, &[0; 256], b"", ctx.text),
            &GONE,
        )?;
        refused(
            key.raw_key_agreement_into(ECDH, P256.public, ctx.text),
            &GONE,
        )?;
        refused(derivation.input_key(KeyDerivationStep::Secret, key), &GONE)
    })?;
    let mut agreement = KeyDerivationOperation::new(Algorithm::KeyAgreement(ECDH, hkdf))?;
    with_gone(|key| {
        let agreed = agreement.key_agreement(KeyDerivationStep::Secret, key, P256.public);
        refused(agreed, &GONE)
    })
}

fn copies_shrink(ctx: &mut Ctx) -> Result<()> {
    let usages = [Usage::EXPORT, Usage::SIGN_MESSAGE, Usage::VERIFY_MESSAGE];
    for source_has in 0..1_u8 << usages.len() {
        for copy_asks in 0..1_u8 << usages.len() {
            let union = |set: u8| {
                let chosen = usages
                    .iter()
                    .enumerate()
                    .filter(|(bit, _)| set >> bit & 1 == 1);
                chosen.fold(Usage::COPY, |sum, (_, usage)| sum | *usage)
            };
            let source = Key::import(SIGNING.usage(union(source_has)), P256.private)?;
            let copy = source.copy(SIGNING.usage(union(copy_asks)))?;
            let both = union(source_has & copy_asks);
            same(&copy.attributes()?.permitted_usage(), &both)?;
            same(&source.attributes()?.permitted_usage(), &union(source_has))?;
            let exported = copy.export_into(ctx.text);
            if both.contains(Usage::EXPORT) {
                same(&*exported?, P256.private)?;
            } else {
                refused(exported, &[Error::NotPermitted])?;
            }
        }
    }
    // Only a copy that asks for it can be copied again.
    let copy = Key::import(SIGNING, P256.private)?.copy(SIGNING.usage(Usage::EXPORT))?;
    refused(copy.copy(SIGNING), &[Error::NotPermitted])
}

fn copies_keep_the_algorithm(_: &mut Ctx) -> Result<()> {
    let any_hash = Algorithm::ecdsa_any_hash();
    let (one, other) = (Algorithm::ecdsa(Hash::Sha256), KeyAgreement::Ecdh.into());
    for (source, copy, result) in [
        (one, one, Some(one)),
        (any_hash, one, Some(one)),
        (one, any_hash, Some(one)),
        (any_hash, any_hash, Some(any_hash)),
        (one, other, None),
        (any_hash, other, None),
        (one, Algorithm::None, Some(Algorithm::None)),
    ] {
        let source = Key::import(SIGNING.algorithm(source), P256.private)?;
        let copy = source.copy(SIGNING.algorithm(copy));
        match result {
            Some(algorithm) => same(&copy?.attributes()?.permitted_algorithm(), &algorithm)?,
            None => refused(copy, &[Error::InvalidArgument])?,
        }
    }
    Ok(())
}

fn copies_keep_the_type(_: &mut Ctx) -> Result<()> {
    let source = Key::import(SIGNING, P256.private)?;
    let errors = [Error::InvalidArgument];
    for (key_type, bits) in [
        (KeyType::Aes, 256),
        (KeyType::EccPublicKey(Curve::P256.family()), 256),
        (KeyType::EccKeyPair(Curve::P256.family()), 384),
        (KeyType::None, 128),
    ] {
        let attributes = Attributes::new(key_type, bits)
            .usage(ALL)
            .algorithm(ECDSA.into());
        refused(source.copy(attributes), &errors)?;
    }
    let as_it_is = Attributes::new(KeyType::None, 0).algorithm(ECDSA.into());
    let copy = source.copy(as_it_is)?.attributes()?;
    same(&copy.curve(), &Some(Curve::P256))
}

fn copies_outlive(_: &mut Ctx) -> Result<()> {
    let source = Key::import(SIGNING, P256.private)?;
    let copy = source.copy(SIGNING)?;
    holds(copy.id() != source.id())?;
    source.destroy()?;
    let mut buffer = [0; 64];
    let signature = copy.sign_hash_into(ECDSA, &[7; 32], &mut buffer)?;
    Ok(copy.verify_hash(ECDSA, &[7; 32], signature)?)
}

fn generates_no_public_keys(_: &mut Ctx) -> Result<()> {
    let errors = [Error::InvalidArgument, Error::NotSupported];
    for (key_type, bits) in [
        (KeyType::EccPublicKey(Curve::P256.family()), 256),
        (KeyType::RsaPublicKey, 2048),
        (KeyType::Raw(0x7fff), 256),
        (KeyType::RawData, 7),
        (KeyType::RawData, 0),
    ] {
        let attributes = Attributes::new(key_type, bits);
        refused(Key::generate(attributes), &errors)?;
        let custom = Key::generate_custom(attributes, CustomKeyParameters::DEFAULT);
        refused(custom, &errors)?;
    }
    Ok(())
}

fn imports_by_size(_: &mut Ctx) -> Result<()> {
    let errors = [Error::InvalidArgument, Error::NotSupported];
    for (key_type, bits, bytes) in [
        (KeyType::RawData, 128, 17),
        (KeyType::Hmac, 256, 31),
        (KeyType::Derive, 64, 9),
        (KeyType::EccKeyPair(Curve::P256.family()), 384, 32),
        (KeyType::EccKeyPair(Curve::P256.family()), 0, 31),
    ] {
        let data = &[1; 32][..bytes];
        refused(Key::import(Attributes::new(key_type, bits), data), &errors)?;
    }
    Ok(())
}

fn refuses_empty_keys(_: &mut Ctx) -> Result<()> {
    for key_type in [KeyType::RawData, KeyType::Hmac, KeyType::Derive] {
        let errors = [Error::InvalidArgument, Error::NotSupported];
        refused(Key::import(Attributes::new(key_type, 0), &[]), &errors)?;
    }
    Ok(())
}

fn purges(ctx: &mut Ctx) -> Result<()> {
    let key = Key::import(SIGNING, P256.private)?;
    key.purge()?;
    same(&*key.export_into(ctx.text)?, P256.private)
}
