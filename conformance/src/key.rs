//! How keys come, are described, and go. PSA Crypto API 1.2, "Key management reference".

use crate::check::{holds, refused, same};
use crate::vectors::{P256, hex};
use crate::{Ctx, Result, Test};
use psa::{Algorithm, Attributes, Curve, EccFamily, Error, Hash, Key, KeyType, Usage};

pub const TESTS: &[Test] = &[
    Test::new("init again is harmless", |_| Ok(psa::init()?)),
    Test::new(
        "attributes are read back as they were given",
        reads_attributes_back,
    ),
    Test::new("two generated keys differ", generates_different_keys),
    Test::new(
        "a key is exported as it was imported",
        exports_what_was_imported,
    ),
    Test::new(
        "the public key follows from the private one",
        exports_the_public_key,
    ),
    Test::new(
        "a public key is exported as it was imported",
        exports_a_public_key,
    ),
    Test::new(
        "an exact buffer suffices and a shorter one is refused",
        fits_exactly,
    ),
    Test::new(
        "a scalar of zero or of the order is refused",
        refuses_impossible_scalars,
    ),
    Test::new(
        "a point beside the curve is refused",
        refuses_points_beside_the_curve,
    ),
    Test::new("data of a wrong length are refused", refuses_wrong_lengths),
    Test::new(
        "impossible sizes and types are refused",
        refuses_impossible_attributes,
    ),
    Test::new(
        "symmetric keys have the size that was asked for",
        generates_symmetric_keys,
    ),
    Test::new(
        "a dropped key makes room for another",
        dropped_keys_make_room,
    ),
    Test::new(
        "X25519: public key of RFC 7748",
        computes_the_public_key_of_rfc_7748,
    )
    .needs(&["X25519"]),
    Test::new("secp256k1: a generated key has a point", |_| {
        generates_on(Curve::Secp256k1)
    })
    .needs(&["secp256k1"]),
    Test::new("X448: a generated key has a point", |_| {
        generates_on(Curve::X448)
    })
    .needs(&["X448"]),
];

const DEVICE_KEY: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN.union(Usage::VERIFY).union(Usage::EXPORT))
    .algorithm(Algorithm::ecdsa(Hash::Sha256));

fn reads_attributes_back(_: &mut Ctx) -> Result<()> {
    let attributes = Key::generate(DEVICE_KEY)?.attributes()?;
    same(
        &attributes.key_type(),
        &KeyType::EccKeyPair(EccFamily::SecpR1),
    )?;
    same(&attributes.bits(), &256)?;
    same(&attributes.curve(), &Some(Curve::P256))?;
    same(&attributes.permitted_usage(), &DEVICE_KEY.permitted_usage())?;
    same(
        &attributes.permitted_algorithm(),
        &Algorithm::ecdsa(Hash::Sha256),
    )
}

fn generates_different_keys(_: &mut Ctx) -> Result<()> {
    let (mut first, mut second) = ([0; 32], [0; 32]);
    let (one, other) = (Key::generate(DEVICE_KEY)?, Key::generate(DEVICE_KEY)?);
    holds(one.id() != other.id())?;
    holds(*one.export_into(&mut first)? != *other.export_into(&mut second)?)
}

fn exports_what_was_imported(_: &mut Ctx) -> Result<()> {
    let mut buffer = [0; 32];
    let key = Key::import(DEVICE_KEY, P256.private)?;
    same(&*key.export_into(&mut buffer)?, P256.private)?;
    let raw = Key::import(
        Attributes::new(KeyType::RawData, 0).usage(Usage::EXPORT),
        b"abc",
    )?;
    same(&raw.attributes()?.bits(), &24)?;
    same(&*raw.export_into(&mut buffer)?, b"abc")
}

fn exports_the_public_key(_: &mut Ctx) -> Result<()> {
    let mut buffer = [0; 65];
    let key = Key::import(DEVICE_KEY, P256.private)?;
    same(key.export_public_into(&mut buffer)?, P256.public)
}

/// A public key may leave whatever its policy says.
fn exports_a_public_key(_: &mut Ctx) -> Result<()> {
    let mut buffer = [0; 65];
    let key = Key::import(Attributes::ecc_public_key(Curve::P256), P256.public)?;
    same(key.export_public_into(&mut buffer)?, P256.public)?;
    same(&*key.export_into(&mut buffer)?, P256.public)
}

fn fits_exactly(_: &mut Ctx) -> Result<()> {
    let key = Key::import(DEVICE_KEY, P256.private)?;
    refused(key.export_into(&mut [0; 31]), &[Error::BufferTooSmall])?;
    refused(
        key.export_public_into(&mut [0; 64]),
        &[Error::BufferTooSmall],
    )?;
    same(&key.export_into(&mut [0; 32])?.len(), &32)?;
    same(&key.export_public_into(&mut [0; 65])?.len(), &65)
}

fn refuses_impossible_scalars(_: &mut Ctx) -> Result<()> {
    /// The order of P-256 (FIPS 186-4, D.1.2.3).
    const ORDER: [u8; 32] = hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
    for scalar in [[0; 32], ORDER, [0xff; 32]] {
        refused(Key::import(DEVICE_KEY, &scalar), &[Error::InvalidArgument])?;
    }
    let mut largest = ORDER;
    largest[31] -= 1;
    drop(Key::import(DEVICE_KEY, &largest)?);
    Ok(())
}

fn refuses_points_beside_the_curve(_: &mut Ctx) -> Result<()> {
    let attributes = Attributes::ecc_public_key(Curve::P256);
    let mut point = [0; 65];
    point.copy_from_slice(P256.public);
    point[64] ^= 1;
    refused(Key::import(attributes, &point), &[Error::InvalidArgument])?;
    point[1..].fill(0);
    refused(Key::import(attributes, &point), &[Error::InvalidArgument])
}

fn refuses_wrong_lengths(_: &mut Ctx) -> Result<()> {
    let errors = [Error::InvalidArgument];
    refused(Key::import(DEVICE_KEY, &P256.private[1..]), &errors)?;
    refused(Key::import(DEVICE_KEY, &[1; 33]), &errors)?;
    refused(Key::import(DEVICE_KEY, &[]), &errors)?;
    let public = Attributes::ecc_public_key(Curve::P256);
    refused(Key::import(public, &P256.public[1..]), &errors)?;
    let aes = Attributes::new(KeyType::Aes, 128);
    refused(Key::import(aes, &[1; 17]), &errors)
}

/// The specification leaves the choice between the two errors to the provider.
fn refuses_impossible_attributes(_: &mut Ctx) -> Result<()> {
    let errors = [Error::InvalidArgument, Error::NotSupported];
    for attributes in [
        Attributes::new(KeyType::EccKeyPair(EccFamily::SecpR1), 257),
        Attributes::ecc_public_key(Curve::P256),
        Attributes::new(KeyType::Aes, 100),
        Attributes::new(KeyType::None, 0),
    ] {
        refused(Key::generate(attributes), &errors)?;
    }
    Ok(())
}

fn generates_symmetric_keys(_: &mut Ctx) -> Result<()> {
    let mut buffer = [0; 32];
    for (key_type, bits) in [
        (KeyType::RawData, 40),
        (KeyType::Hmac, 256),
        (KeyType::Derive, 128),
    ] {
        let key = Key::generate(Attributes::new(key_type, bits).usage(Usage::EXPORT))?;
        same(&key.export_into(&mut buffer)?.len(), &(bits / 8))?;
        refused(
            key.export_public_into(&mut buffer),
            &[Error::InvalidArgument],
        )?;
    }
    Ok(())
}

/// More keys one after the other than any provider holds at a time.
fn dropped_keys_make_room(_: &mut Ctx) -> Result<()> {
    for _ in 0..100 {
        drop(Key::generate(Attributes::new(KeyType::RawData, 8))?);
    }
    for _ in 0..100 {
        Key::generate(Attributes::new(KeyType::RawData, 8))?.destroy()?;
    }
    Ok(())
}

/// RFC 7748, section 6.1.
fn computes_the_public_key_of_rfc_7748(_: &mut Ctx) -> Result<()> {
    const PRIVATE: [u8; 32] =
        hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    const PUBLIC: [u8; 32] =
        hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    let key = Key::import(Attributes::ecc_key_pair(Curve::X25519), &PRIVATE)?;
    same(key.export_public_into(&mut [0; 32])?, &PUBLIC)
}

fn generates_on(curve: Curve) -> Result<()> {
    let key = Key::generate(Attributes::ecc_key_pair(curve))?;
    let mut buffer = [0; 65];
    let point = key.export_public_into(&mut buffer)?;
    holds(point.iter().any(|&byte| byte != 0))
}
