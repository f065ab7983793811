//! What must be refused, whatever the back end.

use crate::{Stream, ok};
use psa_conformance::check::{holds, same};
use psa_conformance::{Result, hex};
use psa_p256::rand_core::{TryCryptoRng, TryRng};
use psa_p256::{Backend, Error};

/// The order of the curve, and its prime (NIST SP 800-186).
const ORDER: [u8; 32] = hex("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
const PRIME: [u8; 32] = hex("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF");

/// A number, and what is to be added to its last byte.
fn plus(number: [u8; 32], more: i8) -> [u8; 32] {
    let mut sum = number;
    sum[31] = sum[31].wrapping_add_signed(more);
    sum
}

pub(crate) fn scalars(backend: Backend) -> Result<()> {
    let public = ok(backend.public_key(&[1; 32]))?;
    let invalid: [&[u8]; 7] = [
        &[0; 32],
        &ORDER,
        &plus(ORDER, 1),
        &[0xff; 32],
        &[1; 31],
        &[1; 33],
        &[],
    ];
    for scalar in invalid {
        let refused = Error::InvalidPrivateKey;
        same(&psa_p256::check_private_key(scalar), &Err(refused))?;
        same(&backend.public_key(scalar), &Err(refused))?;
        same(
            &backend.sign(scalar, &[7; 32], &mut Stream(1)),
            &Err(refused),
        )?;
        same(&backend.sign_deterministic(scalar, &[7; 32]), &Err(refused))?;
        holds(backend.agree(scalar, &public) == Err(refused))?;
    }
    // The smallest and the largest scalar, whose points are each other's mirror images.
    let mut one = [0; 32];
    one[31] = 1;
    let (first, last) = (
        ok(backend.public_key(&one))?,
        ok(backend.public_key(&plus(ORDER, -1)))?,
    );
    same(&first[..33], &last[..33])?;
    holds(first[33..] != last[33..])
}

pub(crate) fn points(backend: Backend) -> Result<()> {
    let valid = ok(backend.public_key(&[1; 32]))?;
    same(&backend.check_public_key(&valid), &Ok(()))?;
    let with = |at: usize, bytes: &[u8]| {
        let mut point = valid;
        point[at..at + bytes.len()].copy_from_slice(bytes);
        point
    };
    // x = 0 is a point of the curve, and so is x = p to who does not look.
    let zero_y: [u8; 32] = hex("66485C780E2F83D72433BD5D84A06BB6541C2AF31DAE871728BF856A174F93F4");
    let mut at_zero = [0; 65];
    at_zero[0] = 4;
    at_zero[33..].copy_from_slice(&zero_y);
    same(&backend.check_public_key(&at_zero), &Ok(()))?;
    let mut beyond = at_zero;
    beyond[1..33].copy_from_slice(&PRIME);
    let mut infinity = [0; 65];
    infinity[0] = 4;
    let invalid: [&[u8]; 12] = [
        &with(64, &[valid[64] ^ 1]),
        &with(1, &[valid[1] ^ 0x80]),
        &with(1, &[0xff; 32]),
        &with(33, &PRIME),
        &beyond,
        &infinity,
        &with(0, &[0]),
        &with(0, &[2]),
        &with(0, &[6 + (valid[64] & 1)]),
        &valid[..64],
        &valid[..33],
        &[0],
    ];
    for point in invalid {
        let refused = Error::InvalidPublicKey;
        same(&backend.check_public_key(point), &Err(refused))?;
        same(&backend.verify(point, &[7; 32], &[1; 64]), &Err(refused))?;
        holds(backend.agree(&[1; 32], point) == Err(refused))?;
    }
    Ok(())
}

pub(crate) fn signatures(backend: Backend) -> Result<()> {
    let public = ok(backend.public_key(&[1; 32]))?;
    let valid = ok(backend.sign(&[1; 32], &[7; 32], &mut Stream(1)))?;
    let with = |at: usize, number: &[u8; 32]| {
        let mut signature = valid;
        signature[at..at + 32].copy_from_slice(number);
        signature
    };
    let invalid: [&[u8]; 9] = [
        &with(0, &[0; 32]),
        &with(32, &[0; 32]),
        &with(0, &ORDER),
        &with(32, &ORDER),
        &with(0, &[0xff; 32]),
        &[0; 64],
        &valid[..63],
        &[0; 65],
        &[],
    ];
    for signature in invalid {
        same(
            &backend.verify(&public, &[7; 32], signature),
            &Err(Error::InvalidSignature),
        )?;
    }
    for bit in 0..8 {
        let mut forged = valid;
        forged[bit * 8] ^= 1 << bit;
        same(
            &backend.verify(&public, &[7; 32], &forged),
            &Err(Error::InvalidSignature),
        )?;
    }
    let other = backend.verify(&public, &[8; 32], &valid);
    same(&other, &Err(Error::InvalidSignature))
}

/// Fails after so many draws; each draw before that is this byte over and over.
struct Failing(u32, u8);

#[derive(Debug)]
struct Broken;

impl core::fmt::Display for Broken {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("broken")
    }
}

impl core::error::Error for Broken {}

impl TryRng for Failing {
    type Error = Broken;

    fn try_next_u32(&mut self) -> core::result::Result<u32, Broken> {
        Err(Broken)
    }

    fn try_next_u64(&mut self) -> core::result::Result<u64, Broken> {
        Err(Broken)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> core::result::Result<(), Broken> {
        bytes.fill(self.1);
        self.0 = self.0.checked_sub(1).ok_or(Broken)?;
        Ok(())
    }
}

impl TryCryptoRng for Failing {}

pub(crate) fn sources(backend: Backend) -> Result<()> {
    // At once; after a draw that is no scalar; and never, but without ever a scalar.
    for source in [(0, 1), (1, 0xff), (u32::MAX, 0xff), (u32::MAX, 0)] {
        let mut private = [1; 32];
        let source = || Failing(source.0, source.1);
        same(
            &psa_p256::generate(&mut private, &mut source()),
            &Err(Error::Random),
        )?;
        same(&private, &[0; 32])?;
        same(
            &backend.sign(&[1; 32], &[7; 32], &mut source()),
            &Err(Error::Random),
        )?;
    }
    Ok(())
}
