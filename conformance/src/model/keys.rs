//! Keys: made, described, copied, read and destroyed.

use super::derivation::HKDF;
use super::persistent::place_of;
use super::{Expect, GONE, Model, SLOTS, Step};
use crate::Result;
use crate::check::{holds, same};
use crate::vectors::P256;
use psa::{
    Aead, Algorithm, Attributes, Cipher, Curve, Error, Hash, Key, KeyAgreement, KeyType, Mac, Sign,
    Usage,
};

/// The bytes of every secret key of 128 bits that is imported.
pub(super) const SECRET: &[u8] = b"sixteen bytes   ";

/// Kinds of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    RawData,
    Aes,
    Hmac,
    Derive,
    P256Pair,
    P256Public,
}

impl Kind {
    const ALL: [Self; 16] = [
        Self::Aes,
        Self::Hmac,
        Self::P256Pair,
        Self::RawData,
        Self::Aes,
        Self::Hmac,
        Self::P256Pair,
        Self::P256Public,
        Self::Aes,
        Self::Derive,
        Self::Hmac,
        Self::Derive,
        Self::P256Pair,
        Self::Derive,
        Self::Hmac,
        Self::P256Pair,
    ];

    pub(super) const fn attributes(self) -> Attributes {
        match self {
            Self::RawData => Attributes::new(KeyType::RawData, 128),
            Self::Aes => Attributes::new(KeyType::Aes, 128),
            Self::Hmac => Attributes::new(KeyType::Hmac, 128),
            Self::Derive => Attributes::new(KeyType::Derive, 128),
            Self::P256Pair => Attributes::ecc_key_pair(Curve::P256),
            Self::P256Public => Attributes::ecc_public_key(Curve::P256),
        }
    }

    pub(super) const fn material(self) -> &'static [u8] {
        match self {
            Self::P256Pair => P256.private,
            Self::P256Public => P256.public,
            _ => SECRET,
        }
    }

    /// One of two things that such a key is usually for.
    const fn usual(self, second: bool) -> Algorithm {
        match self {
            Self::RawData => Algorithm::None,
            Self::Aes if second => Algorithm::Cipher(Cipher::Ctr),
            Self::Aes => Algorithm::Aead(Aead::Gcm),
            Self::Hmac => Algorithm::Mac(Mac::Hmac(Hash::Sha256)),
            Self::Derive => Algorithm::KeyDerivation(HKDF),
            Self::P256Pair if second => Algorithm::RawKeyAgreement(KeyAgreement::Ecdh),
            Self::P256Pair | Self::P256Public => Algorithm::ecdsa(Hash::Sha256),
        }
    }

    const fn has_public_half(self) -> bool {
        matches!(self, Self::P256Pair | Self::P256Public)
    }

    /// This, or another that is quickly made and has no public half.
    pub(super) const fn or_symmetric(self) -> Self {
        if self.has_public_half() {
            Self::Hmac
        } else {
            self
        }
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
    Algorithm::KeyDerivation(HKDF),
];

/// What a key of the store is, as the model knows it.
#[derive(Clone, Copy)]
pub(super) struct Facts {
    pub(super) kind: Kind,
    pub(super) usage: Usage,
    pub(super) algorithm: Algorithm,
    /// Who it is; copies are the same.
    pub(super) born: u32,
    /// It was imported, so that its bytes are known.
    pub(super) known: bool,
}

/// A handle, and what it leads to.
pub(super) struct Slot {
    pub(super) key: Key,
    pub(super) facts: Facts,
    /// The key is there: nobody destroyed it through another handle.
    pub(super) lives: bool,
}

impl Slot {
    /// What the store says to whatever is asked of the key.
    pub(super) fn is_there(&self) -> Expect {
        Expect::Ok.unless(!self.lives, GONE)
    }

    /// What the store says to a use: first the usage, then the algorithm.
    pub(super) fn may(&self, usage: Usage, algorithm: Algorithm) -> Expect {
        let permitted =
            self.facts.usage.contains(usage) && permits(self.facts.algorithm, algorithm);
        self.is_there().unless(!permitted, &[Error::NotPermitted])
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

/// Usages by a byte, most of which permit everything. Signing and verifying hashes brings messages with it, as the
/// specification has it.
pub(super) fn usage(byte: u8) -> Usage {
    const FLAGS: [Usage; 7] = [
        Usage::EXPORT,
        Usage::COPY,
        Usage::ENCRYPT.union(Usage::SIGN),
        Usage::DECRYPT.union(Usage::VERIFY),
        Usage::SIGN_MESSAGE,
        Usage::VERIFY_MESSAGE,
        Usage::DERIVE,
    ];
    let chosen = if byte >= 0x60 { 0x7f } else { byte };
    FLAGS
        .iter()
        .enumerate()
        .filter(|(bit, _)| chosen >> bit & 1 != 0)
        .fold(Usage::NONE, |sum, (_, flag)| sum | *flag)
}

pub(super) fn kind(byte: u8) -> Kind {
    Kind::ALL[usize::from(byte) % Kind::ALL.len()]
}

/// Policies by a byte, three in four of which are a usual one.
pub(super) fn policy(byte: u8, kind: Kind) -> Algorithm {
    match usize::from(byte >> 4) {
        chosen @ 0..4 => POLICIES[2 * chosen + usize::from(byte & 1)],
        chosen => kind.usual(chosen >= 10),
    }
}

/// Where a step works.
pub(super) fn place(step: Step) -> usize {
    usize::from(step[1]) % SLOTS
}

impl Model {
    /// The key that a step works with.
    pub(super) fn slot(&self, step: Step) -> Option<&Slot> {
        self.slots[place(step)].as_ref()
    }

    /// The key that a step works with, or, for three in four, one of the same kind that may do what the step asks for.
    pub(super) fn slot_for(
        &self,
        step: Step,
        kind: Kind,
        usage: Usage,
        algorithm: impl Into<Algorithm>,
    ) -> Option<&Slot> {
        let algorithm = algorithm.into();
        let fits = |slot: &&Slot| {
            slot.facts.kind == kind && matches!(slot.may(usage, algorithm), Expect::Ok)
        };
        let fit = self.slots.iter().flatten().find(fits);
        fit.filter(|_| step[1] >= 0x40).or_else(|| self.slot(step))
    }

    /// The key that a step works with, or, for three in four, whoever made something before.
    pub(super) fn slot_or(
        &self,
        step: Step,
        maker: u32,
        usage: Usage,
        algorithm: impl Into<Algorithm>,
    ) -> Option<&Slot> {
        let algorithm = algorithm.into();
        let fits = |slot: &&Slot| {
            slot.facts.born == maker && matches!(slot.may(usage, algorithm), Expect::Ok)
        };
        let maker = self.slots.iter().flatten().find(fits);
        maker
            .filter(|_| step[1] >= 0x40)
            .or_else(|| self.slot(step))
    }

    /// Puts a key into a place; what was there before is dropped.
    pub(super) fn put(&mut self, place: usize, key: Key, facts: Facts) {
        let lives = true;
        let slot = Slot { key, facts, lives };
        let old = self.slots[place % SLOTS].replace(slot);
        self.dropped(old);
    }

    /// A volatile key dies with its handle.
    pub(super) fn dropped(&mut self, old: Option<Slot>) {
        if let Some(old) = old.filter(|old| place_of(old.key.id()).is_none()) {
            self.gone = Some(old.key.id());
        }
    }

    pub(super) fn newborn(&mut self) -> u32 {
        self.born += 1;
        self.born
    }

    pub(super) fn generate(&mut self, step: Step) -> Result<bool> {
        let (kind, usage) = (kind(step[3]), usage(step[2]));
        let algorithm = policy(step[3], kind);
        let attributes = kind.attributes().usage(usage).algorithm(algorithm);
        let expect = Expect::Ok.unless(kind == Kind::P256Public, &[Error::InvalidArgument]);
        let Some(key) = expect.holds(Key::generate(attributes))? else {
            return Ok(false);
        };
        let facts = Facts {
            kind,
            usage,
            algorithm,
            born: self.newborn(),
            known: false,
        };
        self.put(place(step), key, facts);
        Ok(true)
    }

    pub(super) fn import(&mut self, step: Step) -> Result<bool> {
        let (kind, usage) = (kind(step[3]), usage(step[2]));
        let algorithm = policy(step[3], kind);
        let attributes = kind.attributes().usage(usage).algorithm(algorithm);
        // One in eight is a byte short.
        let damaged = step[1] >= 0xe0;
        let material = &kind.material()[usize::from(damaged)..];
        let expect = Expect::Ok.unless(damaged, &[Error::InvalidArgument]);
        let Some(key) = expect.holds(Key::import(attributes, material))? else {
            return Ok(false);
        };
        let facts = Facts {
            kind,
            usage,
            algorithm,
            // All that were imported are the same, a pair and its public half included.
            born: 0,
            known: true,
        };
        self.put(place(step), key, facts);
        Ok(true)
    }

    pub(super) fn copy(&mut self, step: Step) -> Result<bool> {
        let Some(source) = self.slot(step) else {
            return Ok(false);
        };
        let (usage, algorithm) = (usage(step[2]), policy(step[3], source.facts.kind));
        let attributes = Attributes::from_file().usage(usage).algorithm(algorithm);
        let expect = copying(source, algorithm);
        let copy = expect.holds(source.key.copy(attributes))?;
        let Some((key, facts)) = copy.zip(source.facts.copied(usage, algorithm)) else {
            return Ok(false);
        };
        self.put(place(step) + 1, key, facts);
        Ok(true)
    }

    pub(super) fn destroy(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slots[place(step)].take() else {
            return Ok(false);
        };
        let expect = slot.is_there();
        let id = slot.key.id();
        self.lost(id);
        Ok(expect.holds(slot.key.destroy())?.is_some())
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
        Expect::Fails(GONE).holds(Key::from_id(gone))?;
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
        let Some(attributes) = slot.is_there().holds(slot.key.attributes())? else {
            return Ok(false);
        };
        let kind = slot.facts.kind.attributes();
        same(&attributes.key_type(), &kind.key_type())?;
        same(&attributes.bits(), &kind.bits())?;
        same(&attributes.permitted_usage(), &slot.facts.usage)?;
        same(&attributes.permitted_algorithm(), &slot.facts.algorithm)?;
        same(&attributes.id(), &Some(slot.key.id()))?;
        Ok(true)
    }

    pub(super) fn export(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slot(step) else {
            return Ok(false);
        };
        let material = slot.facts.kind.material();
        // Half of them into a buffer that is a byte short.
        let short = step[2] & 1;
        let exportable =
            slot.facts.usage.contains(Usage::EXPORT) || slot.facts.kind == Kind::P256Public;
        let expect = slot
            .is_there()
            .unless(!exportable, &[Error::NotPermitted])
            .unless(short == 1, &[Error::BufferTooSmall]);
        let mut buffer = [0; 65];
        let buffer = &mut buffer[..material.len() - usize::from(short)];
        if let Some(exported) = expect.holds(slot.key.export_into(buffer))? {
            same(&exported.len(), &material.len())?;
            holds(!slot.facts.known || *exported == *material)?;
            return Ok(true);
        }
        Ok(false)
    }

    pub(super) fn export_public(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slot(step) else {
            return Ok(false);
        };
        let none = !slot.facts.kind.has_public_half();
        let expect = slot.is_there().unless(none, &[Error::InvalidArgument]);
        let mut buffer = [0; 65];
        if let Some(public) = expect.holds(slot.key.export_public_into(&mut buffer))? {
            same(&public.len(), &P256.public.len())?;
            holds(!slot.facts.known || public == P256.public)?;
            return Ok(true);
        }
        Ok(false)
    }
}

/// What the store says to a copy with this algorithm.
pub(super) fn copying(source: &Slot, algorithm: Algorithm) -> Expect {
    let may_copy = source.facts.usage.contains(Usage::COPY);
    let nothing = common(algorithm, source.facts.algorithm).is_none();
    source
        .is_there()
        .unless(!may_copy, &[Error::NotPermitted])
        .unless(nothing, &[Error::InvalidArgument])
}

impl Facts {
    /// What a copy with this policy is, if there can be one.
    pub(super) fn copied(self, usage: Usage, algorithm: Algorithm) -> Option<Self> {
        let common = common(algorithm, self.algorithm)?;
        // One of two policies that permits nothing makes a copy that permits nothing.
        let none = algorithm == Algorithm::None || self.algorithm == Algorithm::None;
        Some(Self {
            usage: both(usage, self.usage),
            algorithm: if none { Algorithm::None } else { common },
            ..self
        })
    }
}

/// What both permit.
fn both(first: Usage, second: Usage) -> Usage {
    Usage::from_raw(first.to_raw() & second.to_raw())
}
