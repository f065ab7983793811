//! What only a library in the same image can promise: its heap, and its lock.

use core::sync::atomic::{AtomicU32, Ordering};
use firmware_common::ticks;
use mbedtls_psa::md::Md;
use mbedtls_psa::{Busy, exclusive, platform};
use psa::{Algorithm, Attributes, Curve, Error, Hash, HashOperation, Key, Sign, Usage};
use psa_conformance::check::{holds, same};
use psa_conformance::{Ctx, Result, Test};

pub const TESTS: &[Test] = &[
    Test::new("the heap gets back what a key took", gives_memory_back),
    Test::new("a call inside a call is refused", refuses_nested_calls),
    Test::new(
        "what is dropped inside a call is ended by the next one",
        ends_what_was_dropped_inside,
    ),
    Test::new(
        "an interrupt handler is refused while a call is in progress",
        refuses_handlers,
    ),
];

const SIGNING: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN)
    .algorithm(Algorithm::ecdsa(Hash::Sha256));

fn sign() -> psa::Result<()> {
    let key = Key::generate(SIGNING)?;
    let mut signature = [0; 64];
    key.sign_message_into(Sign::Ecdsa(Hash::Sha256), b"hello", &mut signature)?;
    Ok(())
}

fn gives_memory_back(_: &mut Ctx) -> Result<()> {
    sign()?;
    let before = platform::heap_use().now;
    sign()?;
    same(&platform::heap_use().now, &before)
}

fn refuses_nested_calls(_: &mut Ctx) -> Result<()> {
    same(&exclusive(psa::init), &Ok(Err(Error::Busy)))?;
    let hash = exclusive(|| Md::Sha256.hash(b"").map(drop).map_err(|error| error.code()));
    same(&hash, &Ok(Err(-137)))?;
    same(&exclusive(|| exclusive(|| ())), &Ok(Err(Busy)))?;
    Ok(psa::init()?)
}

fn ends_what_was_dropped_inside(_: &mut Ctx) -> Result<()> {
    psa::init()?;
    let before = platform::heap_use().now;
    let mut hash = HashOperation::new(Hash::Sha256)?;
    hash.update(b"message")?;
    let (ended, destroyed) = (HashOperation::new(Hash::Sha256)?, Key::generate(SIGNING)?);
    let (key, id) = (Key::generate(SIGNING)?, destroyed.id());
    let held = platform::heap_use().now;
    let refused = exclusive(move || {
        drop((hash, key));
        let finished = ended.finish_into(&mut [0; 32]).map(drop);
        (finished, destroyed.destroy())
    });
    same(&refused, &Ok((Err(Error::Busy), Err(Error::Busy))))?;
    same(&platform::heap_use().now, &held)?;
    psa::init()?;
    same(&platform::heap_use().now, &before)?;
    holds(Key::from_id(id).is_err())
}

/// How the calls of the handler ended.
static REFUSED: AtomicU32 = AtomicU32::new(0);
static OTHERWISE: AtomicU32 = AtomicU32::new(0);

fn call_from_handler() {
    let by_psa = psa::init();
    let by_pk = Md::Sha256.hash(b"").map(drop).map_err(|error| error.code());
    match (by_psa, by_pk) {
        (Err(Error::Busy), Err(-137)) => _ = REFUSED.fetch_add(1, Ordering::Relaxed),
        // Between two calls of the thread.
        (Ok(()), Ok(())) => {}
        _ => _ = OTHERWISE.fetch_add(1, Ordering::Relaxed),
    }
}

fn refuses_handlers(_: &mut Ctx) -> Result<()> {
    ticks::start(1_000, Some(call_from_handler));
    let signed = (0..5).try_for_each(|_| sign());
    ticks::stop();
    signed?;
    holds(REFUSED.load(Ordering::Relaxed) >= 5)?;
    same(&OTHERWISE.load(Ordering::Relaxed), &0)
}
