//! Keys that outlive their owner. PSA Crypto API 1.2, "Key lifetimes", "Key identifiers".

use crate::check::{refused, same};
use crate::vectors::P256;
use crate::{Ctx, Result, Test};
use psa::{
    Algorithm, Attributes, Curve, CustomKeyParameters, Error, Hash, Key, KeyId, KeyType, Lifetime,
    Location, Persistence, Sign, Usage,
};

pub const TESTS: &[Test] = &[
    Test::new("persistent: a dropped key can be opened again", survives)
        .needs(&["persistent keys"]),
    Test::new("persistent: an identifier is taken once", taken).needs(&["persistent keys"]),
    Test::new("persistent: a destroyed key is gone", destroyed).needs(&["persistent keys"]),
    Test::new("persistent: a purged key is there", purged).needs(&["persistent keys"]),
    Test::new(
        "persistent: a policy persists with its key",
        keeps_its_policy,
    )
    .needs(&["persistent keys"]),
    Test::new("persistent: copies go in and out", copies).needs(&["persistent keys"]),
    Test::new("persistent: identifiers are a user's", refuses_identifiers)
        .needs(&["persistent keys"]),
    Test::new("a place that there is not is refused", refuses_locations),
];

const ONE: KeyId = match KeyId::user(0x1357_9bd0) {
    Some(id) => id,
    None => KeyId::USER_MAX,
};
const OTHER: KeyId = KeyId::USER_MAX;
const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);
const SIGNING: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN.union(Usage::VERIFY).union(Usage::COPY))
    .algorithm(Algorithm::ecdsa(Hash::Sha256));

/// Destroys what an earlier run may have left under an identifier.
pub(crate) fn vacate(id: KeyId) -> Result<()> {
    match Key::open(id) {
        Ok(key) => Ok(key.destroy()?),
        Err(Error::InvalidHandle | Error::DoesNotExist) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn clear() -> Result<()> {
    [ONE, OTHER].into_iter().try_for_each(vacate)
}

/// Runs between two clean-ups.
fn cleanly(test: impl FnOnce() -> Result<()>) -> Result<()> {
    clear()?;
    let result = test();
    clear()?;
    result
}

fn signs(key: &Key) -> Result<()> {
    let mut buffer = [0; 64];
    let signature = key.sign_hash_into(ECDSA, &[7; 32], &mut buffer)?;
    Ok(key.verify_hash(ECDSA, &[7; 32], signature)?)
}

fn survives(_: &mut Ctx) -> Result<()> {
    cleanly(|| {
        let key = Key::import(SIGNING.persistent(ONE), P256.private)?;
        same(&key.id(), &ONE)?;
        drop(key);
        let key = Key::open(ONE)?;
        same(key.export_public_into(&mut [0; 65])?, P256.public)?;
        signs(&key)?;
        let attributes = key.attributes()?;
        same(&attributes.id(), &Some(ONE))?;
        same(&attributes.key_lifetime(), &Lifetime::PERSISTENT)?;
        same(&attributes.curve(), &Some(Curve::P256))?;
        // Another one beside it, generated.
        drop(Key::generate(SIGNING.persistent(OTHER))?);
        signs(&Key::open(OTHER)?)?;
        signs(&Key::open(ONE)?)
    })
}

fn taken(_: &mut Ctx) -> Result<()> {
    cleanly(|| {
        let first = Key::import(SIGNING.persistent(ONE), P256.private)?;
        let errors = [Error::AlreadyExists];
        refused(Key::import(SIGNING.persistent(ONE), P256.private), &errors)?;
        refused(Key::generate(SIGNING.persistent(ONE)), &errors)?;
        let custom = Key::generate_custom(SIGNING.persistent(ONE), CustomKeyParameters::DEFAULT);
        refused(custom, &errors)?;
        refused(first.copy(SIGNING.persistent(ONE)), &errors)?;
        // The first is none the worse.
        signs(&first)?;
        first.destroy()?;
        drop(Key::generate(SIGNING.persistent(ONE))?);
        Ok(())
    })
}

fn destroyed(_: &mut Ctx) -> Result<()> {
    cleanly(|| {
        refused(Key::open(ONE), &[Error::InvalidHandle])?;
        let key = Key::import(SIGNING.persistent(ONE), P256.private)?;
        let again = Key::open(ONE)?;
        key.destroy()?;
        // A persistent key that is gone is one that there is not, or no handle.
        let gone = [Error::InvalidHandle, Error::DoesNotExist];
        refused(again.sign_hash_into(ECDSA, &[7; 32], &mut [0; 64]), &gone)?;
        refused(again.destroy(), &gone)?;
        refused(Key::open(ONE), &gone)
    })
}

fn purged(_: &mut Ctx) -> Result<()> {
    cleanly(|| {
        let key = Key::import(SIGNING.persistent(ONE), P256.private)?;
        key.purge()?;
        signs(&key)?;
        key.purge()?;
        signs(&Key::open(ONE)?)
    })
}

fn keeps_its_policy(_: &mut Ctx) -> Result<()> {
    cleanly(|| {
        let attributes = SIGNING.usage(Usage::VERIFY_MESSAGE).persistent(ONE);
        let key = Key::import(attributes, P256.private)?;
        key.purge()?;
        drop(key);
        let key = Key::open(ONE)?;
        let errors = [Error::NotPermitted];
        refused(key.export_into(&mut [0; 32]), &errors)?;
        refused(key.sign_hash_into(ECDSA, &[7; 32], &mut [0; 64]), &errors)?;
        refused(key.copy(SIGNING), &errors)?;
        key.verify_message(ECDSA, crate::vectors::MESSAGE, P256.signature)?;
        same(&key.attributes()?.permitted_usage(), &Usage::VERIFY_MESSAGE)
    })
}

fn copies(_: &mut Ctx) -> Result<()> {
    cleanly(|| {
        let volatile = Key::import(SIGNING, P256.private)?;
        drop(volatile.copy(SIGNING.persistent(ONE))?);
        volatile.destroy()?;
        let stored = Key::open(ONE)?;
        let volatile = stored.copy(SIGNING)?;
        drop(stored.copy(SIGNING.persistent(OTHER))?);
        stored.destroy()?;
        signs(&volatile)?;
        signs(&Key::open(OTHER)?)
    })
}

fn refuses_identifiers(_: &mut Ctx) -> Result<()> {
    cleanly(|| {
        // The provider has them.
        drop(Key::generate(SIGNING.persistent(ONE))?);
        let errors = [Error::InvalidArgument];
        for id in [0, 0x4000_0000, 0x8000_0000, u32::MAX] {
            let attributes = SIGNING.persistent(KeyId::from_raw(id));
            refused(Key::import(attributes, P256.private), &errors)?;
            refused(Key::generate(attributes), &errors)?;
        }
        Ok(())
    })
}

fn refuses_locations(_: &mut Ctx) -> Result<()> {
    let nowhere = Lifetime::new(Persistence::Volatile, Location::Raw(0x7f_fffe));
    let attributes = Attributes::new(KeyType::RawData, 8).lifetime(nowhere);
    let errors = [Error::InvalidArgument, Error::NotSupported];
    refused(Key::generate(attributes), &errors)?;
    refused(Key::import(attributes, &[1]), &errors)
}
