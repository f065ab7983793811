//! Operations in several steps, among the other steps.

use super::uses::{HMAC, MESSAGE, WRONG_TYPE};
use super::{Model, Step};
use crate::Result;
use crate::check::same;
use crate::model::keys::Kind;
use psa::{Error, Hash, HashOperation, MacSignOperation, Usage};

/// What was begun and not ended.
pub(super) struct Running {
    hashes: [Option<Hashing>; 2],
    mac: Option<MacSignOperation>,
}

struct Hashing {
    operation: HashOperation,
    taken: Taken,
}

/// What a hash has taken.
#[derive(Clone, Copy)]
struct Taken {
    bytes: [u8; 128],
    len: usize,
}

impl Taken {
    const NOTHING: Self = Self {
        bytes: [0; 128],
        len: 0,
    };

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Adds as much of `more` as there is room for, and answers that.
    fn add<'m>(&mut self, more: &'m [u8]) -> &'m [u8] {
        let more = &more[..more.len().min(self.bytes.len() - self.len)];
        self.bytes[self.len..][..more.len()].copy_from_slice(more);
        self.len += more.len();
        more
    }
}

impl Running {
    pub(super) const fn none() -> Self {
        Self {
            hashes: [None, None],
            mac: None,
        }
    }
}

impl Model {
    /// A step of one of two hashes: begin, take a part, clone, and end in each way.
    pub(super) fn hash(&mut self, step: Step) -> Result<bool> {
        let place = usize::from(step[1]) % 2;
        let hashes = &mut self.running.hashes;
        let Some(hashing) = &mut hashes[place] else {
            hashes[place] = Some(Hashing {
                operation: HashOperation::new(Hash::Sha256)?,
                taken: Taken::NOTHING,
            });
            return Ok(true);
        };
        match step[2] % 8 {
            0..=3 => {
                let part = hashing
                    .taken
                    .add(&MESSAGE[..usize::from(step[3]) % MESSAGE.len()]);
                hashing.operation.update(part)?;
                Ok(true)
            }
            4 => {
                let clone = Hashing {
                    operation: hashing.operation.try_clone()?,
                    taken: hashing.taken,
                };
                hashes[1 - place] = Some(clone);
                Ok(true)
            }
            5 => {
                hashes[place] = None;
                Ok(true)
            }
            ending => match hashes[place].take() {
                Some(hashing) => hashing.end(ending == 6),
                None => Ok(false),
            },
        }
    }

    /// A step of a MAC. Its key may be gone before it ends.
    pub(super) fn mac(&mut self, step: Step) -> Result<bool> {
        if let Some(mut operation) = self.running.mac.take() {
            if step[2] % 4 != 0 {
                operation.update(&MESSAGE[..usize::from(step[3]) % MESSAGE.len()])?;
                self.running.mac = Some(operation);
                return Ok(true);
            }
            let mut buffer = [0; 32];
            same(&operation.finish_into(&mut buffer)?.len(), &32)?;
            return Ok(true);
        }
        let Some(slot) = self.slot(step) else {
            return Ok(false);
        };
        let expect = slot
            .may(Usage::SIGN_MESSAGE, HMAC.into())
            .unless(slot.kind != Kind::Hmac, WRONG_TYPE);
        self.running.mac = expect.holds(MacSignOperation::new(&slot.key, HMAC))?;
        Ok(self.running.mac.is_some())
    }
}

impl Hashing {
    fn end(self, compare: bool) -> Result<bool> {
        let mut expected = [0; 32];
        Hash::Sha256.compute_into(self.taken.bytes(), &mut expected)?;
        if compare {
            let mut damaged = expected;
            damaged[31] ^= u8::from(self.taken.len % 2 == 0);
            let expect = super::Expect::Ok.unless(damaged != expected, &[Error::InvalidSignature]);
            return Ok(expect.holds(self.operation.verify(&damaged))?.is_some());
        }
        same(self.operation.finish_into(&mut [0; 32])?, &expected)?;
        Ok(true)
    }
}
