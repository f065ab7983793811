//! Ciphers, AEADs and the verification of MACs in several steps, among the other steps. What they make is used at once,
//! and the other way round.

use super::keys::Kind;
use super::uses::{HEAD, HMAC, IV, MESSAGE, NONCE, TAG, WRONG_TYPE, use_of};
use super::{Expect, Model, Step};
use crate::Result;
use crate::check::{holds, same};
use psa::state::{TakesAssociatedData, TakesData};
use psa::{
    Aead, AeadOperation, Cipher, CipherOperation, Decrypt, Direction, Encrypt, Error,
    MacVerifyOperation, Usage,
};

/// How far a message has gone through an operation.
pub(super) struct Progress {
    /// What came of it.
    output: [u8; MESSAGE.len()],
    taken: usize,
    born: u32,
}

impl Progress {
    const fn of(born: u32) -> Self {
        Self {
            output: [0; MESSAGE.len()],
            taken: 0,
            born,
        }
    }

    fn is_whole(&self) -> bool {
        self.taken == MESSAGE.len()
    }

    /// The part of the input that comes next, and where its output goes.
    fn next<'p>(&'p mut self, step: Step, input: &'p [u8]) -> (&'p [u8], &'p mut [u8]) {
        let begin = self.taken;
        self.taken = MESSAGE.len().min(begin + usize::from(step[3]) % 24);
        let range = begin..self.taken;
        (&input[range.clone()], &mut self.output[range])
    }
}

pub(super) struct Verifying {
    operation: MacVerifyOperation,
    taken: usize,
    mac: [u8; 32],
    /// Whether it is the MAC of the whole message by this key.
    right: bool,
}

/// A cipher in either direction, with the initialization vector.
pub(super) enum Ciphering {
    Encrypt(CipherOperation<Encrypt, TakesData>, Progress, [u8; IV]),
    Decrypt(CipherOperation<Decrypt, TakesData>, Progress, Ciphertext),
}

pub(super) struct Ciphertext {
    bytes: [u8; IV + MESSAGE.len()],
    maker: u32,
}

/// An AEAD in either direction.
pub(super) enum Sealing {
    Encrypt(Stage<Encrypt>, Seal),
    Decrypt(Stage<Decrypt>, Seal, Sealed),
}

pub(super) enum Stage<D> {
    Head(AeadOperation<D, TakesAssociatedData>),
    Data(AeadOperation<D, TakesData>),
}

/// What an AEAD has been told.
pub(super) struct Seal {
    progress: Progress,
    lengths: bool,
    head: usize,
}

pub(super) struct Sealed {
    bytes: [u8; MESSAGE.len() + TAG],
    maker: u32,
}

impl Model {
    pub(super) fn verify_mac_in_steps(&mut self, step: Step) -> Result<bool> {
        let Some(mut verifying) = self.running.verifying.take() else {
            self.running.verifying = self.begin_verifying(step)?;
            return Ok(false);
        };
        if step[2] % 4 != 0 && verifying.taken < MESSAGE.len() {
            let end = MESSAGE.len().min(verifying.taken + 8);
            verifying.operation.update(&MESSAGE[verifying.taken..end])?;
            verifying.taken = end;
            self.running.verifying = Some(verifying);
            return Ok(false);
        }
        let right = verifying.right && verifying.taken == MESSAGE.len();
        let expect = Expect::Ok.unless(!right, &[Error::InvalidSignature]);
        Ok(expect
            .holds(verifying.operation.verify(&verifying.mac))?
            .is_some())
    }

    fn begin_verifying(&self, step: Step) -> Result<Option<Verifying>> {
        let Some((mut mac, maker)) = self.products.mac else {
            return Ok(None);
        };
        let Some(slot) = self.slot_or(step, maker, Usage::VERIFY_MESSAGE, HMAC) else {
            return Ok(None);
        };
        let expect = slot
            .may(Usage::VERIFY_MESSAGE, HMAC.into())
            .unless(slot.facts.kind != Kind::Hmac, WRONG_TYPE);
        let operation = expect.holds(MacVerifyOperation::new(&slot.key, HMAC))?;
        let damaged = step[2] % 4 == 0;
        mac[usize::from(step[3]) % 32] ^= u8::from(damaged);
        let right = !damaged && slot.facts.born == maker;
        Ok(operation.map(|operation| Verifying {
            operation,
            taken: 0,
            mac,
            right,
        }))
    }

    /// A step of a cipher; counts when a message has gone through.
    pub(super) fn cipher_in_steps(&mut self, step: Step) -> Result<bool> {
        match self.running.ciphering.take() {
            None => {
                self.running.ciphering = self.begin_cipher(step)?;
                Ok(false)
            }
            Some(Ciphering::Encrypt(mut operation, mut progress, iv)) => {
                if !progress.is_whole() {
                    if pass(&mut operation, &mut progress, step, MESSAGE)? {
                        self.running.ciphering = Some(Ciphering::Encrypt(operation, progress, iv));
                    }
                    return Ok(false);
                }
                holds(operation.finish_into(&mut [])?.is_empty())?;
                let mut bytes = [0; IV + MESSAGE.len()];
                bytes[..IV].copy_from_slice(&iv);
                bytes[IV..].copy_from_slice(&progress.output);
                self.products.ciphertext = Some((bytes, progress.born));
                Ok(true)
            }
            Some(Ciphering::Decrypt(mut operation, mut progress, input)) => {
                if !progress.is_whole() {
                    if pass(&mut operation, &mut progress, step, &input.bytes[IV..])? {
                        let running = Ciphering::Decrypt(operation, progress, input);
                        self.running.ciphering = Some(running);
                    }
                    return Ok(false);
                }
                holds(operation.finish_into(&mut [])?.is_empty())?;
                same(
                    &(progress.output == *MESSAGE),
                    &(progress.born == input.maker),
                )?;
                Ok(true)
            }
        }
    }

    fn begin_cipher(&self, step: Step) -> Result<Option<Ciphering>> {
        let offered = self.offers("CTR");
        // One in eight has no room for the initialization vector, or gives one that is too short.
        let short = usize::from(step[2] % 8 == 0);
        let aes =
            |slot: &super::Slot, usage| use_of(slot, usage, Cipher::Ctr.into(), Kind::Aes, offered);
        if let Some((bytes, maker)) = self.products.ciphertext.filter(|_| step[2] & 0x80 != 0) {
            let Some(slot) = self.slot_or(step, maker, Usage::DECRYPT, Cipher::Ctr) else {
                return Ok(None);
            };
            let operation = CipherOperation::<Decrypt>::new(&slot.key, Cipher::Ctr);
            let Some(operation) = aes(slot, Usage::DECRYPT).holds(operation)? else {
                return Ok(None);
            };
            let expect = Expect::Ok.unless(short == 1, &[Error::InvalidArgument]);
            let operation = expect.holds(operation.set_iv(&bytes[..IV - short]))?;
            let (progress, input) = (Progress::of(slot.facts.born), Ciphertext { bytes, maker });
            return Ok(operation.map(|operation| Ciphering::Decrypt(operation, progress, input)));
        }
        let Some(slot) = self.slot_for(step, Kind::Aes, Usage::ENCRYPT, Cipher::Ctr) else {
            return Ok(None);
        };
        let operation = CipherOperation::<Encrypt>::new(&slot.key, Cipher::Ctr);
        let Some(operation) = aes(slot, Usage::ENCRYPT).holds(operation)? else {
            return Ok(None);
        };
        let mut iv = [0; IV];
        let expect = Expect::Ok.unless(short == 1, &[Error::BufferTooSmall]);
        let generated = operation.generate_iv_into(&mut iv[..IV - short]);
        let operation = expect.holds(generated)?.map(|(operation, _)| operation);
        let progress = Progress::of(slot.facts.born);
        Ok(operation.map(|operation| Ciphering::Encrypt(operation, progress, iv)))
    }

    /// A step of an AEAD; counts when a message has been sealed or opened.
    pub(super) fn aead_in_steps(&mut self, step: Step) -> Result<bool> {
        match self.running.sealing.take() {
            None => {
                self.running.sealing = self.begin_sealing(step)?;
                Ok(false)
            }
            Some(Sealing::Encrypt(stage, mut seal)) => match stage {
                Stage::Data(operation) if seal.ends(step) => {
                    let mut tag = [0; TAG];
                    let expect = seal.ending();
                    let finished = expect.holds(operation.finish_into(&mut [], &mut tag))?;
                    if finished.is_some() && seal.is_whole() {
                        let mut bytes = [0; MESSAGE.len() + TAG];
                        bytes[..MESSAGE.len()].copy_from_slice(&seal.progress.output);
                        bytes[MESSAGE.len()..].copy_from_slice(&tag);
                        self.products.sealed = Some((bytes, seal.progress.born));
                        return Ok(true);
                    }
                    Ok(false)
                }
                stage => {
                    let stage = stage.next(&mut seal, step, MESSAGE)?;
                    self.running.sealing = stage.map(|stage| Sealing::Encrypt(stage, seal));
                    Ok(false)
                }
            },
            Some(Sealing::Decrypt(stage, mut seal, input)) => match stage {
                Stage::Data(operation) if seal.ends(step) => {
                    let right = seal.is_whole() && seal.progress.born == input.maker;
                    let expect = seal.ending().unless(!right, &[Error::InvalidSignature]);
                    let tag = &input.bytes[MESSAGE.len()..];
                    if expect.holds(operation.verify_into(&mut [], tag))?.is_none() {
                        return Ok(false);
                    }
                    same(&seal.progress.output[..], MESSAGE)?;
                    Ok(true)
                }
                stage => {
                    let stage = stage.next(&mut seal, step, &input.bytes)?;
                    self.running.sealing = stage.map(|stage| Sealing::Decrypt(stage, seal, input));
                    Ok(false)
                }
            },
        }
    }

    fn begin_sealing(&self, step: Step) -> Result<Option<Sealing>> {
        let lengths = step[2] & 0x40 != 0;
        let seal = |born| Seal {
            progress: Progress::of(born),
            lengths,
            head: 0,
        };
        if let Some((bytes, maker)) = self.products.sealed.filter(|_| step[2] & 0x80 != 0) {
            let Some(slot) = self.slot_or(step, maker, Usage::DECRYPT, Aead::Gcm) else {
                return Ok(None);
            };
            let (seal, input) = (seal(slot.facts.born), Sealed { bytes, maker });
            let stage = self.begin_aead(slot, Usage::DECRYPT, lengths)?;
            return Ok(stage.map(|stage| Sealing::Decrypt(stage, seal, input)));
        }
        let Some(slot) = self.slot_for(step, Kind::Aes, Usage::ENCRYPT, Aead::Gcm) else {
            return Ok(None);
        };
        let seal = seal(slot.facts.born);
        let stage = self.begin_aead(slot, Usage::ENCRYPT, lengths)?;
        Ok(stage.map(|stage| Sealing::Encrypt(stage, seal)))
    }

    fn begin_aead<D: Direction>(
        &self,
        slot: &super::Slot,
        usage: Usage,
        lengths: bool,
    ) -> Result<Option<Stage<D>>> {
        let offered = self.offers("GCM");
        let expect = use_of(slot, usage, Aead::Gcm.into(), Kind::Aes, offered);
        let operation = AeadOperation::<D>::new(&slot.key, Aead::Gcm);
        let Some(mut operation) = expect.holds(operation)? else {
            return Ok(None);
        };
        if lengths {
            operation = operation.set_lengths(HEAD.len(), MESSAGE.len())?;
        }
        Ok(Some(Stage::Head(operation.set_nonce(&NONCE)?)))
    }
}

/// Passes the next part of the input. Into a buffer that is a byte short it does not, and that ends the operation.
fn pass<D: Direction>(
    operation: &mut CipherOperation<D, TakesData>,
    progress: &mut Progress,
    step: Step,
    input: &[u8],
) -> Result<bool> {
    let (input, output) = progress.next(step, input);
    let short = usize::from(step[2] % 8 == 0 && !input.is_empty());
    let room = input.len() - short;
    let expect = Expect::Ok.unless(short == 1, &[Error::BufferTooSmall]);
    let passed = expect.holds(operation.update_into(input, &mut output[..room]))?;
    same(&passed.map(<[u8]>::len), &(short == 0).then_some(room))?;
    if short == 1 {
        let ended = Expect::Fails(&[Error::BadState]);
        ended.holds(operation.update_into(b"more", &mut [0; IV]))?;
    }
    Ok(short == 0)
}

impl Seal {
    fn is_whole(&self) -> bool {
        self.head == HEAD.len() && self.progress.is_whole()
    }

    /// Whether this is the last step: some come before all of the message.
    fn ends(&self, step: Step) -> bool {
        self.progress.is_whole() || step[2] % 8 == 0
    }

    /// What comes of the end: lengths must come true.
    fn ending(&self) -> Expect {
        Expect::Ok.unless(self.lengths && !self.is_whole(), &[Error::InvalidArgument])
    }
}

impl<D: Direction> Stage<D> {
    /// Passes a part of the associated data or of the input, and answers what goes on.
    fn next(self, seal: &mut Seal, step: Step, input: &[u8]) -> Result<Option<Self>> {
        match self {
            Self::Head(mut operation) if seal.head < HEAD.len() && step[2] % 8 != 0 => {
                let half = seal.head..seal.head + HEAD.len() / 2;
                operation.update_ad(&HEAD[half])?;
                seal.head += HEAD.len() / 2;
                Ok(Some(Self::Head(operation)))
            }
            Self::Head(mut operation) if seal.lengths && step[3] % 8 == 0 => {
                let expect = Expect::Fails(&[Error::InvalidArgument]);
                expect.holds(operation.update_ad(b"longer than it was to be"))?;
                Ok(None)
            }
            Self::Head(operation) => Ok(Some(Self::Data(operation.begin_data()))),
            Self::Data(mut operation) => {
                let missing = seal.lengths && seal.head < HEAD.len();
                let expect = Expect::Ok.unless(missing, &[Error::InvalidArgument]);
                let (input, output) = seal.progress.next(step, input);
                let length = output.len();
                let passed = expect.holds(operation.update_into(input, output))?;
                same(&passed.map(<[u8]>::len), &(!missing).then_some(length))?;
                Ok((!missing).then_some(Self::Data(operation)))
            }
        }
    }
}
