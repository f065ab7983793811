//! A model of the key store beside the real one: random steps, and both must agree on every status.
//!
//! A step is four bytes, and every value means something, so that a fuzzer, a property test and a generator of random
//! numbers can all drive it, and a failing sequence can be shortened by leaving steps out.

mod keys;
mod operations;
mod uses;

use crate::check::{Failure, Result};
use crate::{Ctx, Provider, Test};
use keys::Slot;
use operations::Running;
use psa::{Error, KeyId};

/// What is done next, and to what.
pub type Step = [u8; 4];

/// Keys that are held at once; below every provider's limit.
const SLOTS: usize = 6;

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
    /// The last key that was destroyed.
    gone: Option<KeyId>,
    /// Each key that was made, not copied, is somebody of its own.
    born: u32,
    running: Running,
    products: uses::Products,
}

impl Model {
    /// An empty store, of which the model uses a few places.
    pub fn new(provider: Provider) -> Self {
        Self::of(Some(provider))
    }

    const fn of(provider: Option<Provider>) -> Self {
        Self {
            provider,
            slots: [const { None }; SLOTS],
            gone: None,
            born: 0,
            running: Running::none(),
            products: uses::Products::none(),
        }
    }

    fn offers(&self, need: &str) -> bool {
        self.provider.is_some_and(|provider| provider.offers(need))
    }

    /// Does one step on both, and compares.
    ///
    /// # Errors
    /// When they disagree.
    pub fn step(&mut self, step: Step) -> Result<()> {
        // Elliptic curves come last and least: on a small core they take nearly all the time.
        match step[0] % 32 {
            0..=2 => self.generate(step),
            3..=6 => self.import(step),
            7 => self.copy(step),
            8 => self.destroy(step),
            9 => self.export(step),
            10 => self.attributes(step),
            11 => self.stale(),
            12 => self.purge(step),
            13 | 14 => self.compute_mac(step),
            15 => self.verify_mac(step),
            16 => self.encrypt(step),
            17 => self.aead_encrypt(step),
            18 => self.aead_decrypt(step),
            19..=22 => self.hash(step),
            23..=25 => self.mac(step),
            26 => Self::random(step),
            27 => self.decrypt(step),
            28 => self.sign(step),
            29 => self.verify(step),
            30 => self.agree(step),
            _ => self.export_public(step),
        }
    }
}

/// Steps of the list's own run.
const STEPS: u32 = 2_000;

pub(crate) const TESTS: &[Test] = &[Test::new(
    "2,000 random steps: a model of the key store agrees on every status",
    random_steps,
)];

fn random_steps(ctx: &mut Ctx) -> Result<()> {
    let mut model = Model::of(ctx.provider);
    // Marsaglia's xorshift: the same steps everywhere.
    let mut state = 0x2545_f491_u32;
    for _ in 0..STEPS {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        model.step(state.to_le_bytes())?;
    }
    Ok(())
}
