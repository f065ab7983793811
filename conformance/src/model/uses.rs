//! Uses of keys in one step.

use super::keys::{Kind, Slot};
use super::{Expect, Model, Step};
use crate::Result;
use crate::check::{holds, same};
use crate::vectors::P256;
use psa::{Aead, Algorithm, Cipher, Error, Hash, KeyAgreement, Mac, Sign, Usage, generate_random};

const ECDSA: Sign = Sign::Ecdsa(Hash::Sha256);
pub(super) const HMAC: Mac = Mac::Hmac(Hash::Sha256);
pub(super) const MESSAGE: &[u8] = b"a message of a few words";
const HASH: [u8; 32] = [0x5a; 32];
pub(super) const NONCE: [u8; 12] = [7; 12];
pub(super) const HEAD: &[u8] = b"head";
/// Bytes of an initialization vector of CTR.
pub(super) const IV: usize = 16;
/// Bytes of a tag of GCM.
pub(super) const TAG: usize = 16;
/// The specification says of a key of a wrong type that it is an invalid argument; providers may also say that they do
/// not support it.
pub(super) const WRONG_TYPE: &[Error] = &[Error::InvalidArgument, Error::NotSupported];

/// What keys have made and other steps use, with who made it.
pub(super) struct Products {
    signature: Option<([u8; 64], u32)>,
    pub(super) mac: Option<([u8; 32], u32)>,
    pub(super) ciphertext: Option<([u8; IV + MESSAGE.len()], u32)>,
    pub(super) sealed: Option<([u8; MESSAGE.len() + TAG], u32)>,
}

impl Products {
    pub(super) const fn none() -> Self {
        Self {
            signature: None,
            mac: None,
            ciphertext: None,
            sealed: None,
        }
    }
}

/// What comes of a use by a key that must have this kind; without the algorithm nobody can do it.
pub(super) fn use_of(
    slot: &Slot,
    usage: Usage,
    algorithm: Algorithm,
    kind: Kind,
    offered: bool,
) -> Expect {
    if !offered {
        // A provider without the algorithm may say so before it looks at the key.
        return Expect::Fails(&[
            Error::NotSupported,
            Error::InvalidHandle,
            Error::NotPermitted,
            Error::InvalidArgument,
        ]);
    }
    slot.may(usage, algorithm)
        .unless(slot.facts.kind != kind, WRONG_TYPE)
}

impl Model {
    pub(super) fn sign(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slot_for(step, Kind::P256Pair, Usage::SIGN, ECDSA) else {
            return Ok(false);
        };
        let hashed = step[2] & 1 == 0;
        let usage = if hashed {
            Usage::SIGN_HASH
        } else {
            Usage::SIGN_MESSAGE
        };
        let mut buffer = [0; 64];
        let signature = if hashed {
            slot.key.sign_hash_into(ECDSA, &HASH, &mut buffer)
        } else {
            slot.key.sign_message_into(ECDSA, MESSAGE, &mut buffer)
        };
        let expect = use_of(slot, usage, ECDSA.into(), Kind::P256Pair, true);
        let Some(signature) = expect.holds(signature)? else {
            return Ok(false);
        };
        same(&signature.len(), &64)?;
        if hashed {
            self.products.signature = Some((buffer, slot.facts.born));
        }
        Ok(true)
    }

    pub(super) fn verify(&mut self, step: Step) -> Result<bool> {
        let Some((mut signature, signer)) = self.products.signature else {
            return Ok(false);
        };
        let Some(slot) = self.slot_or(step, signer, Usage::VERIFY_HASH, ECDSA) else {
            return Ok(false);
        };
        let mut expect = slot.may(Usage::VERIFY_HASH, ECDSA.into());
        if !matches!(slot.facts.kind, Kind::P256Pair | Kind::P256Public) {
            expect = expect.unless(true, WRONG_TYPE);
        }
        let damaged = step[2] % 4 == 0;
        let expect = expect.unless(
            damaged || slot.facts.born != signer,
            &[Error::InvalidSignature],
        );
        signature[usize::from(step[3]) % 64] ^= u8::from(damaged);
        let verified = slot.key.verify_hash(ECDSA, &HASH, &signature);
        Ok(expect.holds(verified)?.is_some())
    }

    pub(super) fn compute_mac(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slot_for(step, Kind::Hmac, Usage::SIGN_MESSAGE, HMAC) else {
            return Ok(false);
        };
        let mut buffer = [0; 32];
        let short = usize::from(step[2] & 1);
        let expect = use_of(slot, Usage::SIGN_MESSAGE, HMAC.into(), Kind::Hmac, true)
            .unless(short == 1, &[Error::BufferTooSmall]);
        let mac = slot
            .key
            .compute_mac_into(HMAC, MESSAGE, &mut buffer[..32 - short]);
        let Some(mac) = expect.holds(mac)? else {
            return Ok(false);
        };
        same(&mac.len(), &32)?;
        self.products.mac = Some((buffer, slot.facts.born));

        Ok(true)
    }

    pub(super) fn verify_mac(&mut self, step: Step) -> Result<bool> {
        let Some((mut mac, maker)) = self.products.mac else {
            return Ok(false);
        };
        let Some(slot) = self.slot_or(step, maker, Usage::VERIFY_MESSAGE, HMAC) else {
            return Ok(false);
        };
        let damaged = step[2] % 4 == 0;
        mac[usize::from(step[3]) % 32] ^= u8::from(damaged);
        let expect = use_of(slot, Usage::VERIFY_MESSAGE, HMAC.into(), Kind::Hmac, true).unless(
            damaged || slot.facts.born != maker,
            &[Error::InvalidSignature],
        );
        let verified = slot.key.verify_mac(HMAC, MESSAGE, &mac);
        Ok(expect.holds(verified)?.is_some())
    }

    pub(super) fn encrypt(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slot_for(step, Kind::Aes, Usage::ENCRYPT, Cipher::Ctr) else {
            return Ok(false);
        };
        let offered = self.offers("CTR");
        let mut buffer = [0; IV + MESSAGE.len()];
        let expect = use_of(slot, Usage::ENCRYPT, Cipher::Ctr.into(), Kind::Aes, offered);
        let ciphertext = slot.key.encrypt_into(Cipher::Ctr, MESSAGE, &mut buffer);
        let Some(ciphertext) = expect.holds(ciphertext)? else {
            return Ok(false);
        };
        same(&ciphertext.len(), &(IV + MESSAGE.len()))?;
        self.products.ciphertext = Some((buffer, slot.facts.born));

        Ok(true)
    }

    pub(super) fn decrypt(&mut self, step: Step) -> Result<bool> {
        let Some((ciphertext, maker)) = self.products.ciphertext else {
            return Ok(false);
        };
        let Some(slot) = self.slot_or(step, maker, Usage::DECRYPT, Cipher::Ctr) else {
            return Ok(false);
        };
        let expect = use_of(slot, Usage::DECRYPT, Cipher::Ctr.into(), Kind::Aes, true);
        let mut buffer = [0; MESSAGE.len()];
        let plaintext = slot.key.decrypt_into(Cipher::Ctr, &ciphertext, &mut buffer);
        let Some(plaintext) = expect.holds(plaintext)? else {
            return Ok(false);
        };
        same(&(*plaintext == *MESSAGE), &(slot.facts.born == maker))?;

        Ok(true)
    }

    pub(super) fn aead_encrypt(&mut self, step: Step) -> Result<bool> {
        let Some(slot) = self.slot_for(step, Kind::Aes, Usage::ENCRYPT, Aead::Gcm) else {
            return Ok(false);
        };
        let offered = self.offers("GCM");
        let expect = use_of(slot, Usage::ENCRYPT, Aead::Gcm.into(), Kind::Aes, offered);
        let mut buffer = [0; MESSAGE.len() + TAG];
        let sealed = slot
            .key
            .aead_encrypt_into(Aead::Gcm, &NONCE, HEAD, MESSAGE, &mut buffer);
        let Some(sealed) = expect.holds(sealed)? else {
            return Ok(false);
        };
        same(&sealed.len(), &(MESSAGE.len() + TAG))?;
        self.products.sealed = Some((buffer, slot.facts.born));

        Ok(true)
    }

    pub(super) fn aead_decrypt(&mut self, step: Step) -> Result<bool> {
        let Some((mut sealed, maker)) = self.products.sealed else {
            return Ok(false);
        };
        let Some(slot) = self.slot_or(step, maker, Usage::DECRYPT, Aead::Gcm) else {
            return Ok(false);
        };
        let damaged = step[2] % 4 == 0;
        sealed[usize::from(step[3]) % (MESSAGE.len() + TAG)] ^= u8::from(damaged);
        let expect = use_of(slot, Usage::DECRYPT, Aead::Gcm.into(), Kind::Aes, true).unless(
            damaged || slot.facts.born != maker,
            &[Error::InvalidSignature],
        );
        let mut buffer = [0; MESSAGE.len()];
        let opened = slot
            .key
            .aead_decrypt_into(Aead::Gcm, &NONCE, HEAD, &sealed, &mut buffer);
        let Some(opened) = expect.holds(opened)? else {
            return Ok(false);
        };
        holds(*opened == *MESSAGE)?;

        Ok(true)
    }

    pub(super) fn agree(&mut self, step: Step) -> Result<bool> {
        let ecdh = KeyAgreement::Ecdh;
        let Some(slot) = self.slot_for(step, Kind::P256Pair, Usage::DERIVE, ecdh) else {
            return Ok(false);
        };
        let damaged = step[2] % 4 == 0;
        let mut peer = [0; 65];
        peer.copy_from_slice(P256.public);
        // A byte of the second coordinate: the point is beside the curve.
        peer[64] ^= u8::from(damaged);
        let expect = use_of(slot, Usage::DERIVE, ecdh.into(), Kind::P256Pair, true)
            .unless(damaged, &[Error::InvalidArgument]);
        let mut buffer = [0; 32];
        let secret = slot.key.raw_key_agreement_into(ecdh, &peer, &mut buffer);
        let Some(secret) = expect.holds(secret)? else {
            return Ok(false);
        };
        same(&secret.len(), &32)?;

        Ok(true)
    }

    pub(super) fn random(step: Step) -> Result<bool> {
        let mut buffer = [0; 32];
        let length = usize::from(step[1]) % 33;
        generate_random(&mut buffer[..length])?;
        holds(length < 16 || buffer[..length] != [0; 32][..length])?;
        holds(buffer[length..] == [0; 32][length..])?;
        Ok(true)
    }
}
