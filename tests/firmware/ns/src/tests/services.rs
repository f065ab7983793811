//! The other services: storage, attestation, counters, versions.

use crate::client::{connect, increment_counter, read_counter};
use psa::Error;
use psa::attestation::{self, Challenge};
use psa::storage::{Flags, Info, Uid, internal, protected};
use psa_conformance::check::{holds, refused, same};
use psa_conformance::{Ctx, Result, Test};
use tfm_sys::{PSA_FRAMEWORK_VERSION, PSA_VERSION_NONE, sid};

pub const TESTS: &[Test] = &[
    Test::new("ITS: written, read back, overwritten, removed", |_| {
        keeps_an_item(INTERNAL)
    }),
    Test::new("PS: written, read back, overwritten, removed", |_| {
        keeps_an_item(PROTECTED)
    }),
    Test::new("ITS: what is written once stays", |_| writes_once(INTERNAL)),
    Test::new("PS: what is written once stays", |_| writes_once(PROTECTED)),
    Test::new("ITS: impossible requests are refused", |_| {
        refuses(INTERNAL)
    }),
    Test::new("PS: impossible requests are refused", |_| {
        refuses(PROTECTED)
    }),
    Test::new("the two storages do not see each other", are_apart),
    Test::new("attestation: a token as long as announced", attests),
    Test::new("a counter counts up by one", counts_up).needs(&["NV counters"]),
    Test::new(
        "versions: the framework's, each service's, and none",
        has_versions,
    ),
];

const UID: Uid = Uid::new(0x0123_4567_89AB_CDEF).unwrap();
const ONCE: Uid = Uid::new(0x0123_4567_89AB_CDF0).unwrap();

/// One of the two storages.
#[derive(Clone, Copy)]
struct Storage {
    set: fn(Uid, &[u8], Flags) -> psa::Result<()>,
    get_into: fn(Uid, usize, &mut [u8]) -> psa::Result<&mut [u8]>,
    info: fn(Uid) -> psa::Result<Info>,
    remove: fn(Uid) -> psa::Result<()>,
}

const INTERNAL: Storage = Storage {
    set: internal::set,
    get_into: internal::get_into,
    info: internal::info,
    remove: internal::remove,
};

const PROTECTED: Storage = Storage {
    set: protected::set,
    get_into: protected::get_into,
    info: protected::info,
    remove: protected::remove,
};

fn keeps_an_item(storage: Storage) -> Result<()> {
    let mut buffer = [0; 64];
    refused(
        (storage.get_into)(UID, 0, &mut buffer),
        &[Error::DoesNotExist],
    )?;
    (storage.set)(UID, b"a certificate", Flags::NONE)?;
    same((storage.get_into)(UID, 0, &mut buffer)?, b"a certificate")?;
    same((storage.get_into)(UID, 2, &mut buffer[..4])?, b"cert")?;
    same(&(storage.info)(UID)?.size, &13)?;
    (storage.set)(UID, b"another", Flags::NONE)?;
    same((storage.get_into)(UID, 0, &mut buffer)?, b"another")?;
    (storage.remove)(UID)?;
    refused(
        (storage.get_into)(UID, 0, &mut buffer),
        &[Error::DoesNotExist],
    )?;
    refused((storage.remove)(UID), &[Error::DoesNotExist])?;
    refused((storage.info)(UID), &[Error::DoesNotExist])
}

fn writes_once(storage: Storage) -> Result<()> {
    let mut buffer = [0; 8];
    (storage.set)(ONCE, b"for ever", Flags::WRITE_ONCE)?;
    let info = (storage.info)(ONCE)?;
    same(&(info.size, info.flags), &(8, Flags::WRITE_ONCE))?;
    let again = (storage.set)(ONCE, b"not so", Flags::NONE);
    refused(again, &[Error::NotPermitted])?;
    refused((storage.remove)(ONCE), &[Error::NotPermitted])?;
    same((storage.get_into)(ONCE, 0, &mut buffer)?, b"for ever")
}

fn refuses(storage: Storage) -> Result<()> {
    let errors = [Error::InvalidArgument];
    (storage.set)(UID, b"short", Flags::NONE)?;
    refused((storage.get_into)(UID, 6, &mut [0; 8]), &errors)?;
    Ok((storage.remove)(UID)?)
}

fn are_apart(_: &mut Ctx) -> Result<()> {
    (INTERNAL.set)(UID, b"inside", Flags::NONE)?;
    refused(
        (PROTECTED.get_into)(UID, 0, &mut [0; 8]),
        &[Error::DoesNotExist],
    )?;
    Ok((INTERNAL.remove)(UID)?)
}

fn attests(ctx: &mut Ctx) -> Result<()> {
    /// Tag 18, `COSE_Sign1` (RFC 9052, section 4.2).
    const COSE_SIGN1: u8 = 0xd2;
    let challenge = [0x5a; 32];
    let size = attestation::token_size(Challenge::from(&challenge))?;
    let token = attestation::token_into(Challenge::from(&challenge), ctx.text)?;
    same(&token.len(), &size)?;
    same(&token[0], &COSE_SIGN1)?;
    holds(token.windows(challenge.len()).any(|part| part == challenge))?;
    let short = attestation::token_into(Challenge::from(&challenge), &mut ctx.text[..size - 1]);
    refused(short, &[Error::BufferTooSmall])
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
