//! Hashes that there are none of. The known ones are in `known`.

use crate::check::refused;
use crate::{Ctx, Result, Test};
use psa::{Error, Hash};

pub const TESTS: &[Test] = &[Test::new(
    "a number that names no hash is refused",
    refuses_unknown_hashes,
)];

fn refuses_unknown_hashes(_: &mut Ctx) -> Result<()> {
    /// ECDSA with SHA-256: an algorithm, but no hash.
    const NO_HASH: Hash = Hash::Raw(0x0600_0609);
    let errors = [Error::InvalidArgument, Error::NotSupported];
    refused(NO_HASH.compute_into(b"abc", &mut [0; 64]), &errors)?;
    refused(
        Hash::Raw(0x0200_00fe).compute_into(b"abc", &mut [0; 64]),
        &errors,
    )
}
