//! Errors on the device: provoked, named as the C headers name them, and explained, without a table on a desk.
#![no_std]

use psa::{Algorithm, Attributes, Curve, Hash, Key, Sign, Usage};
use zephyr::printkln;

/// A key for signatures, which the provider never gives out.
const STAYS: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN.union(Usage::VERIFY))
    .algorithm(Algorithm::ecdsa(Hash::Sha256));

/// What the code of the C library or of the PSA Crypto API means, in one line.
fn explain(code: i32) {
    let Some(name) = mbedtls_diag::name(code) else {
        printkln!("{code}: no single code");
        return;
    };
    printkln!(
        "{code} = -{:#06x} = {name}: {}",
        code.unsigned_abs(),
        name.describe()
    );
}

/// Does what must fail, and explains how it failed.
fn provoke(what: &str, result: psa::Result<()>) {
    match result {
        Ok(()) => printkln!("{what}: it went well, and should not have"),
        Err(error) => {
            printkln!("{what}: {error}");
            if let Some(status) = error.status() {
                explain(status);
            }
        }
    }
}

fn errors() -> psa::Result<()> {
    psa::init()?;
    let key = Key::generate(STAYS)?;
    let mut buffer = [0; 512];
    let export = key.private_key_pem_into(&mut buffer).map(drop);
    provoke("exporting a key without the usage EXPORT", export);

    let mut hash = [0; 32];
    let verify = key.verify_hash(Sign::Ecdsa(Hash::Sha256), &hash, &[1; 64]);
    provoke("verifying what is no signature", verify);

    hash.fill(1);
    let other = key.sign_hash_into(Sign::Ecdsa(Hash::Sha512), &hash, &mut buffer);
    provoke("signing over another hash than the key's", other.map(drop));
    Ok(())
}

/// What Zephyr calls.
#[unsafe(no_mangle)]
extern "C" fn rust_main() {
    if let Err(error) = errors() {
        printkln!("ended early: {error}");
        return;
    }
    // As logs have it: -0x3980, cut to 16 bits. PK answers that when its build cannot write this kind of key.
    let logged = 0xc680_u16;
    printkln!("a log says {logged:#x}:");
    explain(i32::from(logged.cast_signed()));
    printkln!("explained");
}
