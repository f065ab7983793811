//! Persistent keys and items in the application's storage.

use firmware_local::storage::{BUSY, MEMORY};
use psa::storage::{self, Flags, Uid, internal};
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, KeyId, Sign, Usage};
use psa_conformance::check::{holds, refused, same};
use psa_conformance::{Ctx, Result, Test};

pub const TESTS: &[Test] = &[
    Test::new("a persistent key lives in the application's storage", lives),
    Test::new("a damaged key is noticed, and its place freed", is_noticed),
    Test::new("a full storage is named", is_full),
    Test::new("items of the application are apart from keys", are_apart),
    Test::new("a storage that calls the library is refused", is_refused),
];

const ID: KeyId = KeyId::user(7).unwrap();
const UID: Uid = Uid::new(7).unwrap();
const SIGNER: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN.union(Usage::VERIFY))
    .algorithm(Algorithm::ecdsa(Hash::Sha256))
    .persistent(ID);

fn lives(_: &mut Ctx) -> Result<()> {
    let mut public = [0; 65];
    let mut again = [0; 65];
    let key = Key::generate(SIGNER)?;
    key.export_public_into(&mut public)?;
    refused(Key::generate(SIGNER), &[Error::AlreadyExists])?;
    key.purge()?;
    drop(key);
    let key = Key::open(ID)?;
    same(key.export_public_into(&mut again)?, &public)?;
    let mut signature = [0; 64];
    key.sign_message_into(Sign::Ecdsa(Hash::Sha256), b"hello", &mut signature)?;
    same(&MEMORY.len(), &1)?;
    key.destroy()?;
    refused(Key::open(ID), &[Error::InvalidHandle])?;
    holds(MEMORY.is_empty())
}

fn is_noticed(_: &mut Ctx) -> Result<()> {
    Key::generate(SIGNER)?.purge()?;
    MEMORY.damage(ID.to_raw().into());
    refused(Key::open(ID), &[Error::DataCorrupt])?;
    refused(Key::generate(SIGNER), &[Error::DataCorrupt])?;
    storage::remove_damaged_key(ID)?;
    Ok(Key::generate(SIGNER)?.destroy()?)
}

fn is_full(_: &mut Ctx) -> Result<()> {
    for number in 1..=4 {
        let uid = Uid::new(number).ok_or(Error::InvalidArgument)?;
        internal::set(uid, &[0; 400], Flags::NONE)?;
    }
    let full = [Error::InsufficientStorage];
    refused(Key::generate(SIGNER), &full)?;
    for number in 1..=4 {
        let uid = Uid::new(number).ok_or(Error::InvalidArgument)?;
        internal::remove(uid)?;
    }
    refused(internal::set(UID, &[0; 600], Flags::NONE), &full)?;
    Ok(Key::generate(SIGNER)?.destroy()?)
}

fn are_apart(_: &mut Ctx) -> Result<()> {
    let mut buffer = [0; 300];
    let key = Key::generate(SIGNER)?;
    refused(internal::info(UID), &[Error::DoesNotExist])?;
    internal::set(UID, &[5; 300], Flags::NONE)?;
    same(internal::get_into(UID, 0, &mut buffer)?, &[5; 300])?;
    same(internal::get_into(UID, 299, &mut buffer)?, &[5])?;
    internal::remove(UID)?;
    key.purge()?;
    key.destroy()?;
    holds(MEMORY.is_empty())
}

fn is_refused(_: &mut Ctx) -> Result<()> {
    Key::generate(SIGNER)?.destroy()?;
    same(&MEMORY.reentered(), &BUSY)
}
