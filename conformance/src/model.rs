//! A model of the key store beside the real one: random steps, and both must agree on every status.
//!
//! A step is four bytes, and every value means something, so that a fuzzer, a property test and a generator of random
//! numbers can all drive it, and a failing sequence can be shortened by leaving steps out.

mod derivation;
mod keys;
mod operations;
mod persistent;
mod steps;
mod uses;

use crate::check::{Failure, Result, same};
use crate::{Ctx, Provider, Test};
use keys::{Facts, Slot};
use operations::Running;
use persistent::IDS;
use psa::{Error, KeyId};

/// What is done next, and to what.
pub type Step = [u8; 4];

/// Keys that are held at once; below every provider's limit.
const SLOTS: usize = 6;

/// What the store says of a key that is gone.
const GONE: &[Error] = &[Error::InvalidHandle];

/// What must come of a call.
#[derive(Clone, Copy)]
pub(crate) enum Expect {
    /// It succeeds.
    Ok,
    /// It fails, with one of these errors: where several are due the specification leaves open which comes first.
    Fails(&'static [Error]),
}

impl Expect {
    /// This, unless the condition does not hold: then it fails with `errors`.
    pub(crate) const fn unless(self, refused: bool, errors: &'static [Error]) -> Self {
        match self {
            Self::Ok if refused => Self::Fails(errors),
            first => first,
        }
    }

    /// Compares; answers what the call gave when it was to succeed.
    #[track_caller]
    pub(crate) fn holds<T>(self, result: psa::Result<T>) -> Result<Option<T>> {
        match (self, result) {
            (Self::Ok, Ok(value)) => Ok(Some(value)),
            (Self::Fails(errors), Err(error)) if errors.contains(&error) => Ok(None),
            (Self::Ok, Err(error)) => Err(Failure::must_succeed(error)),
            (Self::Fails(errors), Err(error)) => Err(Failure::must_be(error, errors[0])),
            (Self::Fails(errors), Ok(_)) => Err(Failure::must_fail(errors[0])),
        }
    }
}

/// The model, and with it the keys and operations of the real store.
pub struct Model {
    provider: Option<Provider>,
    slots: [Option<Slot>; SLOTS],
    /// Persistent keys, by their place among the identifiers, opened or not.
    stored: [Option<Facts>; IDS.len()],
    /// The last volatile key that was destroyed.
    gone: Option<KeyId>,
    /// Each key that was made, not copied, is somebody of its own.
    born: u32,
    running: Running,
    products: uses::Products,
}

impl Model {
    /// An empty store, of which the model uses a few places. Persistent keys with the model's identifiers are destroyed
    /// first, and when it is dropped.
    ///
    /// # Errors
    /// When one of them cannot be destroyed.
    pub fn new(provider: Provider) -> Result<Self> {
        Self::of(Some(provider))
    }

    fn of(provider: Option<Provider>) -> Result<Self> {
        persistent::clear()?;
        Ok(Self {
            provider,
            slots: [const { None }; SLOTS],
            stored: [None; IDS.len()],
            gone: None,
            born: 0,
            running: Running::none(),
            products: uses::Products::none(),
        })
    }

    fn offers(&self, need: &str) -> bool {
        self.provider.is_some_and(|provider| provider.offers(need))
    }

    /// Does one step on both, compares, and answers whether the store did what was asked: many a step asks for what the
    /// model knows to be refused.
    ///
    /// # Errors
    /// When they disagree.
    pub fn step(&mut self, step: Step) -> Result<bool> {
        match Self::kind(step) {
            0 => self.generate(step),
            1 => self.import(step),
            2 => self.copy(step),
            3 => self.destroy(step),
            4 => self.export(step),
            5 => self.export_public(step),
            6 => self.attributes(step),
            7 => self.stale(),
            8 => self.purge(step),
            9 => self.compute_mac(step),
            10 => self.verify_mac(step),
            11 => self.encrypt(step),
            12 => self.decrypt(step),
            13 => self.aead_encrypt(step),
            14 => self.aead_decrypt(step),
            15 => self.hash(step),
            16 => self.mac(step),
            17 => Self::random(step),
            18 => self.sign(step),
            19 => self.verify(step),
            20 => self.agree(step),
            21 => self.persist(step),
            22 => self.persist_copy(step),
            23 => self.open(step),
            24 => self.drop_key(step),
            25 => self.orphan(step),
            26 => self.verify_mac_in_steps(step),
            27 => self.cipher_in_steps(step),
            28 => self.aead_in_steps(step),
            _ => self.derive(step),
        }
    }

    /// How many kinds of steps there are.
    pub const KINDS: usize = 30;

    /// What a step is about, below [`KINDS`](Self::KINDS). Elliptic curves come least: on a small core they take nearly all
    /// the time.
    pub const fn kind(step: Step) -> usize {
        /// By the low bits of the first byte.
        const KINDS: [u8; 64] = [
            0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 9, 9, 10, 10, 11, 11, 12, 12,
            13, 13, 14, 14, 15, 15, 15, 15, 16, 16, 17, 18, 18, 19, 19, 20, 21, 21, 21, 22, 23, 23,
            24, 25, 26, 26, 26, 27, 27, 27, 27, 28, 28, 28, 28, 29, 29,
        ];
        KINDS[step[0] as usize % KINDS.len()] as usize
    }

    /// Whether a step of this kind can succeed at all, by what the provider offers.
    pub fn can(&self, kind: usize) -> bool {
        match kind {
            11 | 12 | 27 => self.offers("CTR"),
            13 | 14 | 28 => self.offers("GCM"),
            21..=23 | 25 => self.offers("persistent keys"),
            29 => self.offers("HKDF"),
            _ => true,
        }
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        // What cannot be destroyed now is in the way of the next, which says so.
        let _ = persistent::clear();
    }
}

/// Steps of the list's own run.
const STEPS: u32 = 3_000;

pub(crate) const TESTS: &[Test] = &[Test::new(
    "3,000 random steps: a model of the key store agrees on every status",
    random_steps,
)];

fn random_steps(ctx: &mut Ctx) -> Result<()> {
    let mut model = Model::of(ctx.provider)?;
    let mut succeeded = [false; Model::KINDS];
    // Marsaglia's xorshift: the same steps everywhere.
    let mut state = 0x2545_f491_u32;
    for _ in 0..STEPS {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let step = state.to_le_bytes();
        succeeded[Model::kind(step)] |= model.step(step)?;
    }
    // A model that refuses everything would agree with a store that does.
    for (kind, succeeded) in (0..).zip(succeeded) {
        let as_expected = same(&succeeded, &model.can(kind as usize));
        as_expected.map_err(|failure| failure.of_vector(kind))?;
    }
    Ok(())
}
