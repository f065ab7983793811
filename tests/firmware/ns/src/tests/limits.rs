//! What runs out, says so, and is whole again afterwards.

use crate::client::Hash;
use core::array;
use psa::{Attributes, Error, Key, KeyType};
use psa_conformance::check::refused;
use psa_conformance::{Ctx, Result, Test};
use tfm_sys::PSA_ALG_SHA_256;

pub const TESTS: &[Test] = &[
    Test::new(
        "limits: 32 keys, no 33rd, and all come back",
        runs_out_of_keys,
    ),
    Test::new(
        "limits: 8 operations, no 9th, and all come back",
        runs_out_of_operations,
    ),
    Test::new(
        "limits: a failed setup takes no operation",
        failed_setups_take_nothing,
    ),
];

/// `MBEDTLS_PSA_KEY_SLOT_COUNT` and `CRYPTO_CONC_OPER_NUM` of TF-M's profiles medium and large.
const KEYS: usize = 32;
const OPERATIONS: usize = 8;

fn new_key() -> psa::Result<Key> {
    Key::generate(Attributes::new(KeyType::RawData, 8))
}

/// Twice, so that whatever the first round leaks is missing in the second.
fn runs_out_of_keys(_: &mut Ctx) -> Result<()> {
    for _ in 0..2 {
        let mut keys: [Option<Key>; KEYS] = array::from_fn(|_| None);
        for place in &mut keys {
            *place = Some(new_key()?);
        }
        refused(new_key(), &[Error::InsufficientMemory])?;
        keys[7] = None;
        keys[7] = Some(new_key()?);
        refused(new_key(), &[Error::InsufficientMemory])?;
    }
    Ok(())
}

fn runs_out_of_operations(_: &mut Ctx) -> Result<()> {
    for _ in 0..2 {
        let mut operations = [const { Hash::new() }; OPERATIONS];
        for operation in &mut operations {
            operation.setup(PSA_ALG_SHA_256)?;
            operation.update(b"abc")?;
        }
        let mut ninth = Hash::new();
        refused(ninth.setup(PSA_ALG_SHA_256), &[Error::NotPermitted])?;
        operations[3].abort()?;
        ninth.setup(PSA_ALG_SHA_256)?;
    }
    Ok(())
}

fn failed_setups_take_nothing(_: &mut Ctx) -> Result<()> {
    const NO_HASH: u32 = 0x0200_00fe;
    for _ in 0..=OPERATIONS {
        let setup = Hash::new().setup(NO_HASH);
        refused(setup, &[Error::InvalidArgument, Error::NotSupported])?;
    }
    let mut hash = Hash::new();
    hash.setup(PSA_ALG_SHA_256)?;
    Ok(())
}
