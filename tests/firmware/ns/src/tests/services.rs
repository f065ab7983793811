//! The other services: storage, attestation, counters, versions.

use crate::client::{
    Storage, attestation_token, attestation_token_size, connect, increment_counter, read_counter,
};
use psa::Error;
use psa_conformance::check::{holds, refused, same};
use psa_conformance::{Ctx, Result, Test};
use tfm_sys::{
    PSA_FRAMEWORK_VERSION, PSA_STORAGE_FLAG_NONE, PSA_STORAGE_FLAG_WRITE_ONCE, PSA_VERSION_NONE,
    sid,
};

pub const TESTS: &[Test] = &[
    Test::new("ITS: written, read back, overwritten, removed", |_| {
        keeps_an_item(Storage::INTERNAL)
    }),
    Test::new("PS: written, read back, overwritten, removed", |_| {
        keeps_an_item(Storage::PROTECTED)
    }),
    Test::new("ITS: what is written once stays", |_| {
        writes_once(Storage::INTERNAL)
    }),
    Test::new("PS: what is written once stays", |_| {
        writes_once(Storage::PROTECTED)
    }),
    Test::new("ITS: impossible requests are refused", |_| {
        refuses(Storage::INTERNAL)
    }),
    Test::new("PS: impossible requests are refused", |_| {
        refuses(Storage::PROTECTED)
    }),
    Test::new("the two storages do not see each other", are_apart),
    Test::new("attestation: a token as long as announced", attests),
    Test::new("a counter counts up by one", counts_up).needs(&["NV counters"]),
    Test::new(
        "versions: the framework's, each service's, and none",
        has_versions,
    ),
];

const UID: u64 = 0x0123_4567_89AB_CDEF;

fn keeps_an_item(storage: Storage) -> Result<()> {
    let mut buffer = [0; 64];
    refused(storage.get(UID, 0, &mut buffer), &[Error::DoesNotExist])?;
    storage.set(UID, b"a certificate", PSA_STORAGE_FLAG_NONE)?;
    same(storage.get(UID, 0, &mut buffer)?, b"a certificate")?;
    same(storage.get(UID, 2, &mut buffer[..4])?, b"cert")?;
    same(&storage.info(UID)?.0, &13)?;
    storage.set(UID, b"another", PSA_STORAGE_FLAG_NONE)?;
    same(storage.get(UID, 0, &mut buffer)?, b"another")?;
    storage.remove(UID)?;
    refused(storage.get(UID, 0, &mut buffer), &[Error::DoesNotExist])?;
    refused(storage.remove(UID), &[Error::DoesNotExist])?;
    refused(storage.info(UID), &[Error::DoesNotExist])
}

fn writes_once(storage: Storage) -> Result<()> {
    const ONCE: u64 = UID + 1;
    let mut buffer = [0; 8];
    storage.set(ONCE, b"for ever", PSA_STORAGE_FLAG_WRITE_ONCE)?;
    same(&storage.info(ONCE)?, &(8, PSA_STORAGE_FLAG_WRITE_ONCE))?;
    let again = storage.set(ONCE, b"not so", PSA_STORAGE_FLAG_NONE);
    refused(again, &[Error::NotPermitted])?;
    refused(storage.remove(ONCE), &[Error::NotPermitted])?;
    same(storage.get(ONCE, 0, &mut buffer)?, b"for ever")
}

fn refuses(storage: Storage) -> Result<()> {
    let errors = [Error::InvalidArgument];
    refused(storage.set(0, b"no uid", PSA_STORAGE_FLAG_NONE), &errors)?;
    storage.set(UID, b"short", PSA_STORAGE_FLAG_NONE)?;
    refused(storage.get(UID, 6, &mut [0; 8]), &errors)?;
    Ok(storage.remove(UID)?)
}

fn are_apart(_: &mut Ctx) -> Result<()> {
    Storage::INTERNAL.set(UID, b"inside", PSA_STORAGE_FLAG_NONE)?;
    refused(
        Storage::PROTECTED.get(UID, 0, &mut [0; 8]),
        &[Error::DoesNotExist],
    )?;
    Ok(Storage::INTERNAL.remove(UID)?)
}

fn attests(ctx: &mut Ctx) -> Result<()> {
    /// Tag 18, `COSE_Sign1` (RFC 9052, section 4.2).
    const COSE_SIGN1: u8 = 0xd2;
    let challenge = [0x5a; 32];
    let size = attestation_token_size(challenge.len())?;
    let token = attestation_token(&challenge, ctx.text)?;
    same(&token.len(), &size)?;
    same(&token[0], &COSE_SIGN1)?;
    holds(token.windows(challenge.len()).any(|part| part == challenge))?;
    refused(
        attestation_token(&[0; 31], ctx.text),
        &[Error::InvalidArgument],
    )
}

/// Without counters for the non-secure side, TF-M's default, the platform service answers that it failed.
fn counts_up(_: &mut Ctx) -> Result<()> {
    const COUNTER: u32 = 0;
    let before = read_counter(COUNTER).map_err(|_| Error::NotSupported)?;
    increment_counter(COUNTER)?;
    same(&read_counter(COUNTER)?, &(before + 1))
}

fn has_versions(_: &mut Ctx) -> Result<()> {
    const NOBODY: u32 = 0x7777;
    same(&tfm_sys::framework_version(), &Ok(PSA_FRAMEWORK_VERSION))?;
    for service in [
        sid::CRYPTO,
        sid::INTERNAL_TRUSTED_STORAGE,
        sid::PROTECTED_STORAGE,
        sid::ATTESTATION,
        sid::PLATFORM,
    ] {
        same(&tfm_sys::service_version(service), &Ok(1))?;
    }
    same(&tfm_sys::service_version(NOBODY), &Ok(PSA_VERSION_NONE))?;
    // Services of TF-M are connection-less.
    refused(connect(sid::CRYPTO), &[Error::from_status(-134)])
}
