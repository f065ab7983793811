//! Keys of the PSA core in this image, above the driver.
use crate::look::{Look, secret, with};
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicU32, Ordering};
use firmware_common::ram::{Pattern, deep_down};
use mbedtls_psa::platform::{self, NoRandom};
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, KeyAgreement, Result, Sign, Usage};

const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);
const HEAP: usize = 16 * 1024;
/// Secrets by their numbers: a key that is imported, and its peer.
const IMPORTED: u32 = 1;
const PEER: u32 = 3;
const ALL: Usage = Usage::EXPORT
    .union(Usage::SIGN)
    .union(Usage::VERIFY)
    .union(Usage::DERIVE);

fn attributes(algorithm: impl Into<Algorithm>) -> Attributes {
    Attributes::ecc_key_pair(Curve::P256)
        .usage(ALL)
        .algorithm(algorithm.into())
}

/// Not random at all: this board has no generator, and the keys of a test need not be secret.
#[allow(clippy::unnecessary_wraps, reason = "as a random source is")]
fn test_entropy_not_random(output: &mut [u8]) -> core::result::Result<(), NoRandom> {
    static STATE: AtomicU32 = AtomicU32::new(0x2545_F491);
    let mut state = STATE.load(Ordering::Relaxed);
    for byte in output {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = state.to_be_bytes()[0];
    }
    STATE.store(state, Ordering::Relaxed);
    Ok(())
}

fn set_up() -> bool {
    let heap = cortex_m::singleton!(: [MaybeUninit<u8>; HEAP] = [MaybeUninit::uninit(); HEAP]);
    platform::set_random_source(test_entropy_not_random).is_ok()
        && heap.is_some_and(|heap| platform::set_heap(heap).is_ok())
        && psa::init().is_ok()
}

fn import(algorithm: impl Into<Algorithm>) -> Result<Key> {
    with(IMPORTED, |scalar| {
        Key::import(attributes(algorithm), scalar)
    })
}

/// Imports the key, does the work with it, destroys it, and looks.
fn with_key(look: &mut Look, name: &str, work: impl FnOnce(&Key) -> Result<()>) {
    look.after(name, &[secret(IMPORTED)], || {
        import(ECDSA)
            .and_then(|key| {
                work(&key)?;
                key.destroy()
            })
            .is_ok()
    });
}

fn signed(key: &Key) -> Result<()> {
    let mut signature = [0; 64];
    let signature = key.sign_message_into(ECDSA, b"message", &mut signature)?;
    key.verify_message(ECDSA, b"message", signature)
}

fn written_and_read(key: &Key) -> Result<()> {
    let mut text = [0; 512];
    drop(key.private_key_der_into(&mut text)?);
    drop(key.private_key_pkcs8_der_into(&mut text)?);
    drop(key.private_key_pem_into(&mut text)?);
    let pem = key.private_key_pkcs8_pem_into(&mut text)?;
    Key::import_pem(Attributes::from_file(), pem.as_bytes()).map(drop)
}

pub fn tested(look: &mut Look) {
    firmware_common::println!("PSA core:");
    look.side_by_side = true;
    look.after("setting up", &[], set_up);
    with_key(look, "importing and destroying", |_| Ok(()));
    with_key(look, "exporting", |key| {
        let mut buffer = [0; 32];
        key.export_into(&mut buffer).map(drop)
    });
    with_key(look, "exporting the public key", |key| {
        let mut buffer = [0; 65];
        key.export_public_into(&mut buffer).map(drop)
    });
    with_key(look, "signing and verifying", signed);
    with_key(look, "a request", |key| {
        let mut text = [0; 1024];
        key.csr("CN=device-0001")?.pem_into(&mut text).map(drop)
    });
    with_key(look, "writing and reading files", written_and_read);
    with_key(look, "what is refused", |key| {
        let mut short = [0; 31];
        match key.export_into(&mut short) {
            Err(Error::BufferTooSmall) => Ok(()),
            _ => Err(Error::CorruptionDetected),
        }
    });

    let agreed = || {
        let mut point = [0; 65];
        let peer = with(PEER, |peer| psa_p256::public_key(peer));
        point.copy_from_slice(&peer.map_err(|_| Error::CorruptionDetected)?);
        let key = import(KeyAgreement::Ecdh)?;
        let mut shared = [0; 32];
        let shared = key.raw_key_agreement_into(KeyAgreement::Ecdh, &point, &mut shared)?;
        let shared = <&[u8; 32]>::try_from(&*shared).map_err(|_| Error::CorruptionDetected)?;
        Ok::<_, Error>(Pattern::of(shared))
    };
    match deep_down(agreed) {
        Err(_) => look.after("agreeing on a secret", &[], || false),
        Ok(shared) => {
            look.after("agreeing on a secret", &[secret(IMPORTED), shared], || {
                agreed().is_ok()
            });
        }
    }

    // What was generated is known from its export, and gone with the key.
    let generated = deep_down(|| {
        let key = Key::generate(attributes(ECDSA))?;
        signed(&key)?;
        let mut buffer = [0; 32];
        let scalar = key.export_into(&mut buffer)?;
        let scalar = <&[u8; 32]>::try_from(&*scalar).map_err(|_| Error::CorruptionDetected)?;
        Ok::<_, Error>(Pattern::of(scalar))
    });
    match generated {
        Err(_) => look.after("generating", &[], || false),
        Ok(pattern) => look.after(
            "generating, signing, exporting, dropping",
            &[pattern],
            || true,
        ),
    }
    // While a key lives, the core has it.
    let living = deep_down(|| import(ECDSA));
    let seen = firmware_common::ram::find(&[secret(IMPORTED)], true).is_some();
    look.after("a living key is seen", &[], || living.is_ok() && seen);
}
