//! Keys: made, described, copied, read and destroyed.

use super::{Expect, Model, SLOTS, Step};
use crate::Result;
use crate::check::{holds, same};
use crate::vectors::P256;
use psa::{
    Aead, Algorithm, Attributes, Cipher, Curve, Error, Hash, Key, KeyAgreement, KeyType, Mac, Sign,
    Usage,
};

/// Kinds of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    RawData,
    Aes,
    Hmac,
    P256Pair,
    P256Public,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Aes,
        Self::Hmac,
        Self::P256Pair,
        Self::RawData,
        Self::Aes,
        Self::Hmac,
        Self::P256Pair,
        Self::P256Public,
    ];

    const fn attributes(self) -> Attributes {
        match self {
            Self::RawData => Attributes::new(KeyType::RawData, 128),
            Self::Aes => Attributes::new(KeyType::Aes, 128),
            Self::Hmac => Attributes::new(KeyType::Hmac, 128),
            Self::P256Pair => Attributes::ecc_key_pair(Curve::P256),
            Self::P256Public => Attributes::ecc_public_key(Curve::P256),
        }
    }

    const fn material(self) -> &'static [u8] {
        match self {
            Self::P256Pair => P256.private,
            Self::P256Public => P256.public,
            _ => b"sixteen bytes   ",
        }
    }

    /// One of two things that such a key is usually for.
    const fn usual(self, second: bool) -> Algorithm {
        match self {
            Self::RawData => Algorithm::None,
            Self::Aes if second => Algorithm::Cipher(Cipher::Ctr),
            Self::Aes => Algorithm::Aead(Aead::Gcm),
            Self::Hmac => Algorithm::Mac(Mac::Hmac(Hash::Sha256)),
            Self::P256Pair if second => Algorithm::RawKeyAgreement(KeyAgreement::Ecdh),
            Self::P256Pair | Self::P256Public => Algorithm::ecdsa(Hash::Sha256),
        }
    }

    const fn has_public_half(self) -> bool {
        matches!(self, Self::P256Pair | Self::P256Public)
    }
}

/// Algorithms that a policy may permit.
const POLICIES: [Algorithm; 8] = [
    Algorithm::Sign(Sign::Ecdsa(Hash::Sha256)),
    Algorithm::Mac(Mac::Hmac(Hash::Sha256)),
    Algorithm::Cipher(Cipher::Ctr),
    Algorithm::Aead(Aead::Gcm),
    Algorithm::None,
    Algorithm::ecdsa_any_hash(),
    Algorithm::RawKeyAgreement(KeyAgreement::Ecdh),
    Algorithm::Mac(Mac::Hmac(Hash::Sha256)),
];

/// What a key of the store is, as the model knows it.
pub(super) struct Slot {
    pub(super) key: Key,
    pub(super) kind: Kind,
    pub(super) usage: Usage,
    pub(super) algorithm: Algorithm,
    /// Who it is; copies are the same.
    pub(super) born: u32,
    /// It was imported, so that its bytes are known.
    known: bool,
}

impl Slot {
    /// What the store says to a use: first the usage, then the algorithm.
    pub(super) fn may(&self, usage: Usage, algorithm: Algorithm) -> Expect {
        let permitted = self.usage.contains(usage) && permits(self.algorithm, algorithm);
        Expect::Ok.unless(!permitted, &[Error::NotPermitted])
    }
}

/// Whether a policy permits an algorithm.
fn permits(policy: Algorithm, algorithm: Algorithm) -> bool {
    policy != Algorithm::None && (policy == algorithm || is_wildcard_of(policy, algorithm))
}

fn is_wildcard_of(policy: Algorithm, algorithm: Algorithm) -> bool {
    policy == Algorithm::ecdsa_any_hash() && matches!(algorithm, Algorithm::Sign(Sign::Ecdsa(_)))
}

/// What both policies permit, if they have anything in common.
fn common(first: Algorithm, second: Algorithm) -> Option<Algorithm> {
    if first == second || first == Algorithm::None || is_wildcard_of(second, first) {
        Some(first)
    } else if second == Algorithm::None || is_wildcard_of(first, second) {
        Some(second)
    } else {
        None
    }
}

/// Usages by a byte, half of which permit everything. Signing and verifying hashes brings messages with it, as the
/// specification has it.
fn usage(byte: u8) -> Usage {
    const FLAGS: [Usage; 7] = [
        Usage::EXPORT,
        Usage::COPY,
        Usage::ENCRYPT.union(Usage::SIGN),
        Usage::DECRYPT.union(Usage::VERIFY),
        Usage::SIGN_MESSAGE,
        Usage::VERIFY_MESSAGE,
        Usage::DERIVE,
    ];
    let chosen = if byte >= 0x80 { 0x7f } else { byte };
    FLAGS
        .iter()
        .enumerate()
        .filter(|(bit, _)| chosen >> bit & 1 != 0)
        .fold(Usage::NONE, |sum, (_, flag)| sum | *flag)
}

fn kind(byte: u8) -> Kind {
    Kind::ALL[usize::from(byte) % Kind::ALL.len()]
}

/// Policies by a byte, half of which are the usual one.
fn policy(byte: u8, kind: Kind) -> Algorithm {
    match byte >> 4 {
        chosen @ 0..8 => POLICIES[usize::from(chosen)],
        chosen => kind.usual(chosen >= 12),
    }
}

/// Where a step works.
fn place(step: Step) -> usize {
    usize::from(step[1]) % SLOTS
}

impl Model {
    /// The key that a step works with.
    pub(super) fn slot(&self, step: Step) -> Option<&Slot> {
        self.slots[place(step)].as_ref()
    }

    /// The key that a step works with, or, for half of them, whoever made something before.
    pub(super) fn slot_or(&self, step: Step, maker: u32, kind: Kind) -> Option<&Slot> {
        let is_maker = |slot: &&Slot| slot.born == maker && slot.kind == kind;
        let maker = self.slots.iter().flatten().find(is_maker);
        maker
            .filter(|_| step[1] & 1 != 0)
            .or_else(|| self.slot(step))
    }

    fn put(&mut self, step: Step, slot: Slot) {
        if let Some(old) = self.slots[place(step)].replace(slot) {
            self.gone = Some(old.key.id());
        }
    }

    fn newborn(&mut self) -> u32 {
        self.born += 1;
        self.born
    }

    pub(super) fn generate(&mut self, step: Step) -> Result<bool> {
        let (kind, usage) = (kind(step[3]), usage(step[2]));
        let algorithm = policy(step[3], kind);
        let attributes = kind.attributes().usage(usage).algorithm(algorithm);
        let expect = Expect::Ok.unless(kind == Kind::P256Public, &[Error::InvalidArgument]);
        if let Some(key) = expect.holds(Key::generate(attributes))? {
            let born = self.newborn();
            let known = false;
            self.put(
                step,
                Slot {
                    key,
                    kind,
                    usage,
                    algorithm,
                    born,
                    known,
                },
            );
            return Ok(true);
        }
        Ok(false)
    }

    pub(super) fn import(&mut self, step: Step) -> Result<bool> {
        let (kind, usage) = (kind(step[3]), usage(step[2]));
        let algorithm = policy(step[3], kind);
        let attributes = kind.attributes().usage(usage).algorithm(algorithm);
        // One in eight is a byte short.
        let damaged = step[1] >= 0xe0;
        let material = &kind.material()[usize::from(damaged)..];
        let expect = Expect::Ok.unless(damaged, &[Error::InvalidArgument]);
        if let Some(key) = expect.holds(Key::import(attributes, material))? {
            // All that were imported are the same, a pair and its public half included.
            let (born, known) = (0, true);
            self.put(
                step,
                Slot {
                    key,
                    kind,
                    usage,
                    algorithm,
                    born,
                    known,
                },
            );
            return Ok(true);
        }
        Ok(false)
    }

    pub(super) fn copy(&mut self, step: Step) -> Result<bool> {
        let Some(source) = self.slot(step) else {
            return Ok(false);
        };
        let (usage, algorithm) = (usage(step[2]), policy(step[3], source.kind));
        let common = common(algorithm, source.algorithm);
        let expect = Expect::Ok
            .unless(!source.usage.contains(Usage::COPY), &[Error::NotPermitted])
            .unless(common.is_none(), &[Error::InvalidArgument]);
        let attributes = Attributes::from_file().usage(usage).algorithm(algorithm);
        let copy = expect.holds(source.key.copy(attributes))?;
        if let (Some(key), Some(common)) = (copy, common) {
            let copy = Slot {
                key,
                kind: source.kind,
                usage: both(usage, source.usage),
                // One of two policies that permits nothing makes a copy that permits nothing.
                algorithm: if algorithm == Algorithm::None || source.algorithm == Algorithm::None {
                    Algorithm::None
                } else {
                    common
                },
                born: source.born,
                known: source.known,
            };
            let next = (place(step) + 1) % SLOTS;
            if let Some(old) = self.slots[next].replace(copy) {
                self.gone = Some(old.key.id());
            }
            return Ok(true);
        }
        Ok(false)
    }

    pub(super) fn destroy(&mut self, step: Step) -> Result<bool> {
        if let Some(slot) = self.slots[place(step)].take() {
            self.gone = Some(slot.key.id());
            slot.key.destroy()?;
            return Ok(true);
        }
        Ok(false)
    }

    /// A key that was destroyed is gone, unless its number was given to another.
    pub(super) fn stale(&mut self) -> Result<bool> {
        let Some(gone) = self.gone else {
            return Ok(false);
        };
        if self
            .slots
            .iter()
            .flatten()
            .any(|slot| slot.key.id() == gone)
        {
            return Ok(false);
        }
        Expect::Fails(&[Error::InvalidHandle]).holds(Key::from_id(gone))?;
        Ok(true)
    }

    pub(super) fn purge(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slot(step) else {
            return Ok(false);
        };
        slot.key.purge()?;
        Ok(true)
    }

    pub(super) fn attributes(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slot(step) else {
            return Ok(false);
        };
        let attributes = slot.key.attributes()?;
        let kind = slot.kind.attributes();
        same(&attributes.key_type(), &kind.key_type())?;
        same(&attributes.bits(), &kind.bits())?;
        same(&attributes.permitted_usage(), &slot.usage)?;
        same(&attributes.permitted_algorithm(), &slot.algorithm)?;
        same(&attributes.id(), &Some(slot.key.id()))?;
        Ok(true)
    }

    pub(super) fn export(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slot(step) else {
            return Ok(false);
        };
        let material = slot.kind.material();
        // Half of them into a buffer that is a byte short.
        let short = step[2] & 1;
        let exportable = slot.usage.contains(Usage::EXPORT) || slot.kind == Kind::P256Public;
        let expect = Expect::Ok
            .unless(!exportable, &[Error::NotPermitted])
            .unless(short == 1, &[Error::BufferTooSmall]);
        let mut buffer = [0; 65];
        let buffer = &mut buffer[..material.len() - usize::from(short)];
        if let Some(exported) = expect.holds(slot.key.export_into(buffer))? {
            same(&exported.len(), &material.len())?;
            holds(!slot.known || *exported == *material)?;
            return Ok(true);
        }
        Ok(false)
    }

    pub(super) fn export_public(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slot(step) else {
            return Ok(false);
        };
        let expect = Expect::Ok.unless(!slot.kind.has_public_half(), &[Error::InvalidArgument]);
        let mut buffer = [0; 65];
        if let Some(public) = expect.holds(slot.key.export_public_into(&mut buffer))? {
            same(&public.len(), &P256.public.len())?;
            holds(!slot.known || public == P256.public)?;
            return Ok(true);
        }
        Ok(false)
    }
}

/// What both permit.
fn both(first: Usage, second: Usage) -> Usage {
    Usage::from_raw(first.to_raw() & second.to_raw())
}
