//! Signatures and shared secrets of one implementation, judged by another that has never seen its private keys.
//!
//! The two exchange files of [`Given`] records; each refuses what was altered, whoever made it. `src/main.rs` is Mbed TLS's half,
//! `tests/firmware/p256` that of `psa-p256` on a Cortex-M.

use crate::{Stream, ok};
use psa_conformance::Result;
use psa_conformance::check::{holds, same};
use psa_p256::{Backend, Error, Zeroizing};

/// What Mbed TLS makes, and the device reads.
pub const FROM_MBEDTLS: &core::ffi::CStr = c"from-mbedtls";
/// What the device makes, and Mbed TLS reads.
pub const FROM_DEVICE: &core::ffi::CStr = c"from-device";

const PUBLIC: usize = psa_p256::PUBLIC_KEY_SIZE;
const HASH: usize = 32;
const SIGNATURE: usize = psa_p256::SIGNATURE_SIZE;
const SECRET: usize = psa_p256::SHARED_SECRET_SIZE;

/// A public key, a hash and its signature by that key; and what that key has agreed on with the other side's key of the same
/// number. Who begins knows no key of the other side, and its secrets are zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// The key of the signature, and of the secret.
    pub public: [u8; PUBLIC],
    /// What is signed.
    pub hash: [u8; HASH],
    /// r and s.
    pub signature: [u8; SIGNATURE],
    /// The first coordinate.
    pub secret: [u8; SECRET],
}

/// The bytes of a record, field after field.
pub type Record = [u8; PUBLIC + HASH + SIGNATURE + SECRET];

impl Given {
    /// As it stands in a file.
    #[must_use]
    pub fn to_record(&self) -> Record {
        let mut record = [0; size_of::<Record>()];
        let fields: [&[u8]; 4] = [&self.public, &self.hash, &self.signature, &self.secret];
        let bytes = fields.into_iter().flatten();
        for (byte, field) in record.iter_mut().zip(bytes) {
            *byte = *field;
        }
        record
    }

    /// From a file.
    #[must_use]
    pub fn from_record(record: &Record) -> Self {
        let mut given = Self {
            public: [0; PUBLIC],
            hash: [0; HASH],
            signature: [0; SIGNATURE],
            secret: [0; SECRET],
        };
        let fields: [&mut [u8]; 4] = [
            &mut given.public,
            &mut given.hash,
            &mut given.signature,
            &mut given.secret,
        ];
        let bytes = fields.into_iter().flatten();
        for (field, byte) in bytes.zip(record) {
            *field = *byte;
        }
        given
    }

    /// The same with one bit of the signature or of the hash changed: all of them in turn.
    #[must_use]
    pub fn altered(&self, number: u32) -> Self {
        // A prime step, so that a few records already touch each field.
        const BITS: usize = 8 * (SIGNATURE + HASH);
        let mut altered = *self;
        let bit = number as usize % BITS * 331 % BITS;
        let mut bytes = altered.signature.iter_mut().chain(&mut altered.hash);
        if let Some(byte) = bytes.nth(bit / 8) {
            *byte ^= 1 << (bit % 8);
        }
        altered
    }
}

/// The hash with this number: every eighth is one of the least and the largest that there are.
#[must_use]
pub fn hash(side: &str, seed: u32, number: u32) -> [u8; HASH] {
    match number % 16 {
        3 => [0; HASH],
        11 => [0xff; HASH],
        _ => bytes(side, "hash", seed, number),
    }
}

/// The private key with this number; it is below the order of the curve but for one case in 2³².
#[must_use]
pub fn private_key(side: &str, seed: u32, number: u32) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(bytes(side, "key", seed, number))
}

/// Bytes that both runs of a program can make, and that are nobody's secret.
fn bytes(side: &str, what: &str, seed: u32, number: u32) -> [u8; 32] {
    use sha2::Digest as _;
    let hasher = sha2::Sha256::new_with_prefix(side)
        .chain_update(what)
        .chain_update(seed.to_be_bytes())
        .chain_update(number.to_be_bytes());
    hasher.finalize().into()
}

/// The half of a back end of `psa-p256`: judges what is given, and answers with its own.
///
/// # Errors
/// The signature is refused, or an altered one is not.
pub fn answer(backend: Backend, seed: u32, number: u32, given: &Given) -> Result<Given> {
    judge(backend, number, given)?;
    let private = private_key("device", seed, number);
    let hash = hash("device", seed, number);
    // The nonces' seed is never zero, at which the stream would stand still.
    let mut nonces = Stream(seed.wrapping_add(number) | 1);
    let mut made = Given {
        public: ok(backend.public_key(&*private))?,
        hash,
        signature: ok(backend.sign(&*private, &hash, &mut nonces))?,
        secret: [0; SECRET],
    };
    ok(backend.agree_into(&*private, &given.public, &mut made.secret))?;
    judge(backend, number, &made)?;
    Ok(made)
}

fn judge(backend: Backend, number: u32, given: &Given) -> Result<()> {
    let verify = |given: &Given| backend.verify(&given.public, &given.hash, &given.signature);
    ok(verify(given))?;
    let altered = given.altered(number);
    holds(altered != *given)?;
    same(&verify(&altered), &Err(Error::InvalidSignature))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_as_it_was_written_and_altered_in_every_bit_of_two_fields() {
        let given = Given {
            public: [1; PUBLIC],
            hash: [2; HASH],
            signature: [3; SIGNATURE],
            secret: [4; SECRET],
        };
        assert_eq!(Given::from_record(&given.to_record()), given);
        let (mut in_hash, mut in_signature) = (0, 0);
        for number in 0..768 {
            let altered = given.altered(number);
            in_hash += u32::from(altered.hash != given.hash);
            in_signature += u32::from(altered.signature != given.signature);
            for other in 0..number {
                assert_ne!(altered, given.altered(other));
            }
        }
        assert_eq!((in_hash, in_signature), (256, 512));
    }
}
