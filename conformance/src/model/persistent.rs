//! Persistent keys: made, opened by several, dropped and destroyed.

use super::keys::{Facts, copying, kind, place, policy, usage};
use super::{Expect, GONE, Model, Step};
use crate::Result;
use crate::check::same;
use crate::persistent::vacate;
use psa::{Attributes, Error, Key, KeyId};

/// Identifiers that belong to the model.
pub(super) const IDS: [KeyId; 3] = [id(0), id(1), id(2)];

const fn id(place: u32) -> KeyId {
    match KeyId::user(0x2000_0000 + place) {
        Some(id) => id,
        None => panic!("an identifier for users"),
    }
}

/// The place of an identifier; volatile keys have none.
pub(super) fn place_of(id: KeyId) -> Option<usize> {
    IDS.iter().position(|known| *known == id)
}

/// Destroys whatever has one of the identifiers.
pub(super) fn clear() -> Result<()> {
    IDS.into_iter().try_for_each(vacate)
}

impl Model {
    /// Which persistent key a step is about.
    fn number(step: Step) -> usize {
        usize::from(step[1] >> 2) % IDS.len()
    }

    /// What the store says to a new key with this identifier; what is wrong with the call itself may come before.
    fn creating(&self, number: usize, call: Expect) -> Expect {
        let offered = self.offers("persistent keys");
        let taken = self.stored[number].is_some();
        let either: &[Error] = match call {
            Expect::Fails([Error::NotPermitted]) => &[Error::NotPermitted, Error::AlreadyExists],
            Expect::Fails([Error::InvalidArgument]) => {
                &[Error::InvalidArgument, Error::AlreadyExists]
            }
            Expect::Fails(errors) => errors,
            Expect::Ok => &[Error::AlreadyExists],
        };
        let created = if taken { Expect::Fails(either) } else { call };
        created.unless(!offered, &[Error::NotSupported])
    }

    /// A key with this identifier is there: for whoever has a handle, an old one too.
    fn store(&mut self, number: usize, place: usize, key: Key, facts: Facts) -> Result<()> {
        let id = key.id();
        same(&id, &IDS[number])?;
        self.stored[number] = Some(facts);
        for slot in self.slots.iter_mut().flatten() {
            if slot.key.id() == id {
                (slot.facts, slot.lives) = (facts, true);
            }
        }
        self.put(place, key, facts);
        Ok(())
    }

    /// The key with this identifier is gone: for whoever has a handle.
    pub(super) fn lost(&mut self, id: KeyId) {
        let Some(number) = place_of(id) else {
            self.gone = Some(id);
            return;
        };
        self.stored[number] = None;
        for slot in self.slots.iter_mut().flatten() {
            slot.lives &= slot.key.id() != id;
        }
    }

    /// Generates or imports a persistent key.
    pub(super) fn persist(&mut self, step: Step) -> Result<bool> {
        let (kind, usage) = (kind(step[3]).or_symmetric(), usage(step[2]));
        let algorithm = policy(step[3], kind);
        let number = Self::number(step);
        let attributes = kind.attributes().usage(usage).algorithm(algorithm);
        let attributes = attributes.persistent(IDS[number]);
        let known = step[1] & 0x80 != 0;
        let key = if known {
            Key::import(attributes, kind.material())
        } else {
            Key::generate(attributes)
        };
        let Some(key) = self.creating(number, Expect::Ok).holds(key)? else {
            return Ok(false);
        };
        let facts = Facts {
            kind,
            usage,
            algorithm,
            born: if known { 0 } else { self.newborn() },
            known,
        };
        self.store(number, place(step), key, facts)?;
        Ok(true)
    }

    /// Copies a key, volatile or persistent, into the storage.
    pub(super) fn persist_copy(&mut self, step: Step) -> Result<bool> {
        let number = Self::number(step);
        let symmetric = |slot: &&super::Slot| slot.facts.kind.or_symmetric() == slot.facts.kind;
        let Some(source) = self.slot(step).filter(symmetric) else {
            return Ok(false);
        };
        let (usage, algorithm) = (usage(step[2]), policy(step[3], source.facts.kind));
        let attributes = Attributes::from_file().usage(usage).algorithm(algorithm);
        let copy = source.key.copy(attributes.persistent(IDS[number]));
        let expect = self.creating(number, copying(source, algorithm));
        let copy = expect.holds(copy)?;
        let Some((key, facts)) = copy.zip(source.facts.copied(usage, algorithm)) else {
            return Ok(false);
        };
        self.store(number, place(step) + 1, key, facts)?;
        Ok(true)
    }

    /// Opens a persistent key, of which there may be handles already.
    pub(super) fn open(&mut self, step: Step) -> Result<bool> {
        let number = Self::number(step);
        let stored = self.stored[number];
        let expect = Expect::Ok.unless(stored.is_none(), GONE);
        let key = expect.holds(Key::open(IDS[number]))?;
        let Some((key, facts)) = key.zip(stored) else {
            return Ok(false);
        };
        same(&key.id(), &IDS[number])?;
        self.put(place(step), key, facts);
        Ok(true)
    }

    /// Drops a handle: a volatile key dies with it, a persistent one is still there.
    pub(super) fn drop_key(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slots[place(step)].take() else {
            return Ok(false);
        };
        let id = slot.key.id();
        let expect = Expect::Ok.unless(!slot.lives || place_of(id).is_none(), GONE);
        self.dropped(Some(slot));
        if let Some(key) = expect.holds(Key::from_id(id))? {
            drop(key);
        }
        Ok(true)
    }

    /// Destroys a persistent key through one of two handles; the other one leads nowhere then, and stays for later steps.
    pub(super) fn orphan(&mut self, step: Step) -> Result<bool> {
        let first = place(step);
        let persistent = |place: &usize| {
            let slot = self.slots[*place].as_ref();
            slot.is_some_and(|slot| slot.lives && place_of(slot.key.id()).is_some())
        };
        // Whatever is there from this place on.
        let mut places = (first..self.slots.len()).chain(0..first);
        let Some(place) = places.find(persistent) else {
            return Ok(false);
        };
        let Some(slot) = self.slots[place].take() else {
            return Ok(false);
        };
        let id = slot.key.id();
        let second = Key::open(id)?;
        slot.key.destroy()?;
        self.put(place, second, slot.facts);
        self.lost(id);
        let Some(slot) = &self.slots[place] else {
            return Ok(false);
        };
        Expect::Fails(GONE).holds(slot.key.attributes())?;
        Expect::Fails(GONE).holds(slot.key.export_into(&mut [0; 16]))?;
        Expect::Fails(GONE).holds(Key::open(id))?;
        Ok(true)
    }
}
