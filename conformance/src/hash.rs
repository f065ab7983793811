//! Hashes. PSA Crypto API 1.2, "Message digests".

use crate::check::{refused, same};
use crate::vectors::hex;
use crate::{Ctx, Result, Test};
use psa::{Error, Hash};

// The examples of FIPS 180-4 for "abc" (RFC 6234, section 8.5).
const SHA224: [u8; 28] = hex("23097D223405D8228642A477BDA255B32AADBCE4BDA0B3F7E36C9DA7");
const SHA256: [u8; 32] = hex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
const SHA384: [u8; 48] = hex(
    "CB00753F45A35E8BB5A03D699AC65007272C32AB0EDED1631A8B605A43FF5BED8086072BA1E7CC2358BAECA134C825A7",
);
const SHA512: [u8; 64] = hex(
    "DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA20A9EEEE64B55D39A2192992A274FC1A836BA3C23A3FEEBBD454D4423643CE80E2A9AC94FA54CA49F",
);
/// SHA-256 of nothing.
const OF_NOTHING: [u8; 32] =
    hex("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855");

pub const TESTS: &[Test] = &[
    Test::new("SHA-224 of abc", |_| hashes_abc(Hash::Sha224, &SHA224)).needs(&["SHA-224"]),
    Test::new("SHA-256 of abc", |_| hashes_abc(Hash::Sha256, &SHA256)).needs(&["SHA-256"]),
    Test::new("SHA-384 of abc", |_| hashes_abc(Hash::Sha384, &SHA384)).needs(&["SHA-384"]),
    Test::new("SHA-512 of abc", |_| hashes_abc(Hash::Sha512, &SHA512)).needs(&["SHA-512"]),
    Test::new("a hash of nothing is a hash", hashes_nothing),
    Test::new(
        "a number that names no hash is refused",
        refuses_unknown_hashes,
    ),
];

fn hashes_abc(hash: Hash, expected: &[u8]) -> Result<()> {
    let mut buffer = [0; 64];
    same(hash.compute(b"abc", &mut buffer)?, expected)?;
    same(
        hash.compute(b"abc", &mut buffer[..expected.len()])?,
        expected,
    )?;
    let short = &mut buffer[..expected.len() - 1];
    refused(hash.compute(b"abc", short), &[Error::BufferTooSmall])
}

fn hashes_nothing(_: &mut Ctx) -> Result<()> {
    same(Hash::Sha256.compute(&[], &mut [0; 32])?, &OF_NOTHING)
}

fn refuses_unknown_hashes(_: &mut Ctx) -> Result<()> {
    /// ECDSA with SHA-256: an algorithm, but no hash.
    const NO_HASH: Hash = Hash::Raw(0x0600_0609);
    let errors = [Error::InvalidArgument, Error::NotSupported];
    refused(NO_HASH.compute(b"abc", &mut [0; 64]), &errors)?;
    refused(
        Hash::Raw(0x0200_00fe).compute(b"abc", &mut [0; 64]),
        &errors,
    )
}
