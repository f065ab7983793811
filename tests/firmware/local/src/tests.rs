//! What only a library in the same image can promise: its heap, and its lock.

use core::sync::atomic::{AtomicU32, Ordering};
use firmware_common::ram::{self, Pattern};
use firmware_common::ticks;
use firmware_local::heap_addresses;
use mbedtls_psa::md::Md;
use mbedtls_psa::x509::csr::{Csr, CsrBuilder};
use mbedtls_psa::{Busy, exclusive, platform};
use psa::{Algorithm, Attributes, Curve, Error, Hash, HashOperation, Key, Sign, Usage};
use psa_conformance::check::{holds, same};
use psa_conformance::{Ctx, Result, Test};

pub const TESTS: &[Test] = &[
    Test::new("the heap gets back what a key took", gives_memory_back),
    Test::new("what the heap gets back is wiped", wipes_what_comes_back),
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

/// Whether the end of these bytes stands in the heap.
fn is_in_heap(bytes: &[u8]) -> Result<bool> {
    let end = bytes.last_chunk().ok_or(Error::BufferTooSmall)?;
    let place = ram::find_in(heap_addresses(), &[Pattern::of(end)], true);
    Ok(place.is_some())
}

/// The C library frees the signature of a request as it stands.
fn wipes_what_comes_back(_: &mut Ctx) -> Result<()> {
    let pk = |error: mbedtls_psa::Error| Error::from_status(error.code());
    let key = Key::generate(SIGNING)?;
    let subject = "CN=device".parse().map_err(pk)?;
    let mut buffer = [0; 512];
    let opaque = key.to_pk().map_err(pk)?;
    let request = CsrBuilder::new(&opaque, &subject).write_der(&mut buffer);
    let request = request.map_err(pk)?;
    holds(!is_in_heap(request)?)?;
    // It would be seen there.
    let parsed = Csr::parse(request).map_err(pk)?;
    holds(is_in_heap(request)?)?;
    drop(parsed);
    holds(!is_in_heap(request)?)
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
