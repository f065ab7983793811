//! HKDF, from its inputs to bytes and to keys, among the other steps.

use super::keys::{Facts, Kind, SECRET, Slot, kind, place, policy, usage};
use super::uses::use_of;
use super::{Expect, Model, Step};
use crate::Result;
use crate::check::{holds, same};
use crate::vectors::hex;
use psa::{
    Error, Hash, Hkdf, Key, KeyDerivation, KeyDerivationOperation, KeyDerivationOutput,
    KeyDerivationStep, Usage,
};

pub(super) const HKDF: KeyDerivation = KeyDerivation::Hkdf(Hash::Sha256);
const SALT: &[u8] = b"salt";
const INFO: &[u8] = b"info";
/// How many bytes each derivation gives.
const CAPACITY: usize = 80;
/// What comes of `SECRET`, as `openssl kdf -keylen 80 -kdfopt digest:SHA256 -kdfopt hexkey:... -kdfopt salt:salt -kdfopt
/// info:info HKDF` says.
const OF_SECRET: [u8; CAPACITY] = hex(
    "4494693fa32021dc0d6ec5fd69e71812f642a14be6c27e1c0111cc2e4b38d173f33071449c1195a99d910406a044892ec79b39e2828eabceb303d5d7830db2ee7c081ec7222917a1833651f8d72edc3e",
);

/// What has taken its inputs.
pub(super) struct Deriving {
    output: KeyDerivationOutput,
    expected: [u8; CAPACITY],
    taken: usize,
    /// The secret was a key.
    makes_keys: bool,
}

impl Deriving {
    fn rest(&self) -> &[u8] {
        &self.expected[self.taken..]
    }
}

fn begun() -> psa::Result<KeyDerivationOperation> {
    let mut operation = KeyDerivationOperation::new(HKDF)?;
    operation.set_capacity(CAPACITY)?;
    operation.input_bytes(KeyDerivationStep::Salt, SALT)?;
    Ok(operation)
}

/// The whole output, in one go. Of an imported key it is known.
fn expected(slot: &Slot) -> Result<[u8; CAPACITY]> {
    let mut expected = OF_SECRET;
    if !slot.facts.known {
        let hkdf = Hkdf {
            hash: Hash::Sha256,
            salt: SALT,
            info: INFO,
        };
        let mut buffer = [0; CAPACITY];
        let output = hkdf.derive(&slot.key)?.output_bytes_into(&mut buffer)?;
        expected.copy_from_slice(&output);
    }
    Ok(expected)
}

impl Model {
    pub(super) fn derive(&mut self, step: Step) -> Result<bool> {
        match self.running.deriving.take() {
            Some(deriving) => self.take_output(step, deriving),
            None => self.begin_derivation(step),
        }
    }

    fn begin_derivation(&mut self, step: Step) -> Result<bool> {
        let offered = self.offers("HKDF");
        let expect = Expect::Ok.unless(!offered, &[Error::NotSupported]);
        let Some(mut operation) = expect.holds(begun())? else {
            return Ok(false);
        };
        let (expected, makes_keys) = match step[2] % 8 {
            0 => return wrong(operation, KeyDerivationStep::Seed, Error::InvalidArgument),
            1 => return wrong(operation, KeyDerivationStep::Salt, Error::BadState),
            2 => {
                operation.input_bytes(KeyDerivationStep::Secret, SECRET)?;
                (OF_SECRET, false)
            }
            _ => {
                let Some(slot) = self.slot_for(step, Kind::Derive, Usage::DERIVE, HKDF) else {
                    return Ok(false);
                };
                let expect = use_of(slot, Usage::DERIVE, HKDF.into(), Kind::Derive, true);
                let input = operation.input_key(KeyDerivationStep::Secret, &slot.key);
                if expect.holds(input)?.is_none() {
                    return wrong(operation, KeyDerivationStep::Info, Error::BadState);
                }
                (expected(slot)?, true)
            }
        };
        operation.input_bytes(KeyDerivationStep::Info, INFO)?;
        self.running.deriving = Some(Deriving {
            output: operation.into_output(),
            expected,
            taken: 0,
            makes_keys,
        });
        Ok(true)
    }

    /// A part of the output, as bytes or as a key. What is refused ends the derivation.
    fn take_output(&mut self, step: Step, mut deriving: Deriving) -> Result<bool> {
        match step[2] % 8 {
            0 => Ok(true),
            1..=4 => {
                let length = usize::from(step[3]) % 32;
                let rest = deriving.rest().len();
                // Of nothing left not even nothing is given: the derivation is at its end.
                let too_much = length > rest || rest == 0;
                let errors = &[Error::InsufficientData, Error::BadState];
                let expect = Expect::Ok.unless(too_much, errors);
                let mut buffer = [0; 32];
                let output = deriving.output.output_bytes_into(&mut buffer[..length]);
                let Some(output) = expect.holds(output)? else {
                    return Ok(false);
                };
                same(&*output, &deriving.rest()[..length])?;
                self.go_on(deriving, length)
            }
            _ => self.derive_key(step, deriving),
        }
    }

    fn derive_key(&mut self, step: Step, mut deriving: Deriving) -> Result<bool> {
        let (kind, usage) = (kind(step[3]).or_symmetric(), usage(step[2]));
        let algorithm = policy(step[3], kind);
        let too_much = deriving.rest().len() < SECRET.len();
        let expect = Expect::Ok
            .unless(!deriving.makes_keys, &[Error::NotPermitted])
            .unless(too_much, &[Error::InsufficientData]);
        let attributes = kind.attributes().usage(usage).algorithm(algorithm);
        let Some(key) = expect.holds(deriving.output.output_key(attributes))? else {
            return Ok(false);
        };
        is_made_of(&key, usage, &deriving.rest()[..SECRET.len()])?;
        let facts = Facts {
            kind,
            usage,
            algorithm,
            born: self.newborn(),
            known: false,
        };
        self.put(place(step), key, facts);
        self.go_on(deriving, SECRET.len())
    }

    fn go_on(&mut self, mut deriving: Deriving, taken: usize) -> Result<bool> {
        deriving.taken += taken;
        same(&deriving.output.capacity()?, &deriving.rest().len())?;
        self.running.deriving = Some(deriving);
        Ok(true)
    }
}

/// An input that is refused ends the operation, whatever is asked of it then.
fn wrong(
    mut operation: KeyDerivationOperation,
    input: KeyDerivationStep,
    error: Error,
) -> Result<bool> {
    let refused = match error {
        Error::BadState => Expect::Fails(&[Error::BadState]),
        _ => Expect::Fails(&[Error::InvalidArgument]),
    };
    refused.holds(operation.input_bytes(input, INFO))?;
    let ended = Expect::Fails(&[Error::BadState]);
    ended.holds(operation.into_output().output_bytes_into(&mut [0; 16]))?;
    Ok(false)
}

fn is_made_of(key: &Key, usage: Usage, bytes: &[u8]) -> Result<()> {
    if usage.contains(Usage::EXPORT) {
        let mut buffer = [0; 16];
        holds(*key.export_into(&mut buffer)? == *bytes)?;
    }
    Ok(())
}
