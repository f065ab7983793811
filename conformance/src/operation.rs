//! Operations in steps, as values: they are moved like any other, several go on at a time, and whoever drops one gives it
//! back.

use crate::check::{Failure, holds, same};
use crate::vectors::{MESSAGE, P256, hex};
use crate::{Ctx, Result, Test};
use core::hint::black_box;
use core::task::Poll;
use psa::{
    Aead, AeadOperation, Algorithm, Attributes, Cipher, CipherOperation, Curve, Decrypt, Encrypt,
    Error, Hash, HashOperation, Hkdf, InterruptibleSign, InterruptibleVerify, Jpake, JpakeRole,
    JpakeSecret, JpakeShare, Key, KeyDerivation, KeyDerivationOperation, KeyDerivationStep,
    KeyType, Mac, MacSignOperation, MacVerifyOperation, Pake, Sign, Tls12EcjpakeToPms, Usage,
};

pub const TESTS: &[Test] = &[
    Test::new("moved between any two steps: hash", moves_hashes),
    Test::new("moved between any two steps: MAC", moves_macs).needs(&["HMAC"]),
    Test::new("moved between any two steps: cipher", moves_ciphers).needs(&["CBC"]),
    Test::new("moved between any two steps: CCM", |_| {
        moves_aead(Aead::Ccm)
    })
    .needs(&["CCM"]),
    Test::new("moved between any two steps: GCM", |_| {
        moves_aead(Aead::Gcm)
    })
    .needs(&["GCM"]),
    Test::new(
        "moved between any two steps: key derivation",
        moves_derivations,
    )
    .needs(&["HKDF"]),
    Test::new(
        "moved between any two steps: signature in steps, that of RFC 6979",
        moves_signatures,
    )
    .needs(&["signatures in steps", "deterministic ECDSA"]),
    Test::new("moved between any two steps: J-PAKE", moves_jpake).needs(&["J-PAKE"]),
    Test::new("eight operations go on at a time", eight_at_a_time),
    Test::new(
        "a dropped operation makes room for another",
        dropped_operations_make_room,
    ),
    Test::new("an operation outlives its key", outlives_its_key).needs(&["HMAC", "CBC"]),
    Test::new(
        "J-PAKE: another password is another secret",
        other_passwords,
    )
    .needs(&["J-PAKE"]),
    Test::new("J-PAKE: a share that is none is refused", wrong_shares).needs(&["J-PAKE"]),
];

/// To another place in memory, and from there to a third.
#[inline(never)]
fn moved<T>(value: T) -> T {
    let mut places = [None, None];
    places[0] = Some(value);
    black_box(&mut places);
    let [first, second] = &mut places;
    core::mem::swap(first, second);
    black_box(&mut places);
    let [_, second] = places;
    // It was put there five lines above.
    second.unwrap_or_else(|| unreachable!())
}

fn key(key_type: KeyType, algorithm: impl Into<Algorithm>) -> psa::Result<Key> {
    let usage = Usage::ENCRYPT | Usage::DECRYPT | Usage::SIGN | Usage::VERIFY | Usage::DERIVE;
    let attributes = Attributes::new(key_type, 0).usage(usage);
    Key::import(attributes.algorithm(algorithm.into()), &[7; 32])
}

/// SHA-256 of "abc".
const ABC: [u8; 32] = hex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");

fn moves_hashes(_: &mut Ctx) -> Result<()> {
    let mut operation = moved(HashOperation::new(Hash::Sha256)?);
    for letter in [b"a", b"b", b"c"] {
        operation.update(letter)?;
        operation = moved(operation);
    }
    let clone = moved(moved(operation.try_clone()?).try_clone()?);
    moved(operation).verify(&ABC)?;
    same(clone.finish_into(&mut [0; 32])?, &ABC)
}

fn moves_macs(ctx: &mut Ctx) -> Result<()> {
    const HMAC: Mac = Mac::Hmac(Hash::Sha256);
    let key = key(KeyType::Hmac, HMAC)?;
    let mut operation = moved(MacSignOperation::new(&key, HMAC)?);
    let mut verification = moved(MacVerifyOperation::new(&key, HMAC)?);
    for letter in [b"a", b"b", b"c"] {
        operation.update(letter)?;
        verification.update(letter)?;
        (operation, verification) = (moved(operation), moved(verification));
    }
    let mut mac = [0; 32];
    operation.finish_into(&mut mac)?;
    verification.verify(&mac)?;
    same(key.compute_mac_into(HMAC, b"abc", ctx.text)?, &mac)
}

fn moves_ciphers(ctx: &mut Ctx) -> Result<()> {
    const CBC: Cipher = Cipher::CbcPkcs7;
    let (key, mut buffer) = (key(KeyType::Aes, CBC)?, [0; 64]);
    let operation = moved(CipherOperation::<Encrypt>::new(&key, CBC)?);
    let (iv, rest) = buffer.split_at_mut(16);
    let (operation, _) = operation.generate_iv_into(iv)?;
    let (mut operation, mut len) = (moved(operation), 0);
    for part in MESSAGE.chunks(5) {
        len += operation.update_into(part, &mut rest[len..])?.len();
        operation = moved(operation);
    }
    len += operation.finish_into(&mut rest[len..])?.len();

    let operation = moved(CipherOperation::<Decrypt>::new(&key, CBC)?);
    let mut operation = moved(operation.set_iv(iv)?);
    let mut written = operation.update_into(&rest[..len], ctx.text)?.len();
    let operation = moved(operation);
    written += operation.finish_into(&mut ctx.text[written..])?.len();
    same(&ctx.text[..written], MESSAGE)
}

fn moves_aead(algorithm: Aead) -> Result<()> {
    let key = key(KeyType::Aes, algorithm)?;
    let (mut nonce, mut sealed, mut rest, mut tag) = ([0; 16], [0; 64], [0; 16], [0; 16]);
    let operation = moved(AeadOperation::<Encrypt>::new(&key, algorithm)?);
    let operation = moved(operation.set_lengths(6, MESSAGE.len())?);
    let (operation, nonce) = operation.generate_nonce_into(&mut nonce)?;
    let mut operation = moved(operation);
    operation.update_ad(b"head")?;
    operation = moved(operation);
    operation.update_ad(b"er")?;
    let mut operation = moved(moved(operation).begin_data());
    let mut len = operation.update_into(MESSAGE, &mut sealed)?.len();
    let (last, _) = moved(operation).finish_into(&mut rest, &mut tag)?;
    sealed[len..][..last.len()].copy_from_slice(last);
    len += last.len();
    same(&len, &MESSAGE.len())?;

    let operation = moved(AeadOperation::<Decrypt>::new(&key, algorithm)?);
    let operation = moved(operation.set_lengths(6, MESSAGE.len())?);
    let mut operation = moved(operation.set_nonce(nonce)?);
    operation.update_ad(b"header")?;
    let mut operation = moved(moved(operation).begin_data());
    let mut plain = [0; 64];
    let mut written = operation.update_into(&sealed[..len], &mut plain)?.len();
    let last = moved(operation).verify_into(&mut plain[written..], &tag)?;
    written += last.len();
    same(&plain[..written], MESSAGE)
}

fn moves_derivations(_: &mut Ctx) -> Result<()> {
    let algorithm = KeyDerivation::Hkdf(Hash::Sha256);
    let secret = key(KeyType::Derive, algorithm)?;
    let mut operation = moved(KeyDerivationOperation::new(algorithm)?);
    operation.input_bytes(KeyDerivationStep::Salt, b"salt")?;
    operation = moved(operation);
    operation.input_key(KeyDerivationStep::Secret, &secret)?;
    operation = moved(operation);
    operation.input_bytes(KeyDerivationStep::Info, b"info")?;
    let mut output = moved(moved(operation).into_output());
    let (mut first, mut second, mut whole) = ([0; 20], [0; 20], [0; 40]);
    let first = output.output_bytes_into(&mut first)?;
    output = moved(output);
    let second = output.output_bytes_into(&mut second)?;
    let hkdf = Hkdf {
        hash: Hash::Sha256,
        salt: b"salt",
        info: b"info",
    };
    let mut output = hkdf.derive(&secret)?;
    let whole = output.output_bytes_into(&mut whole)?;
    same(&whole[..20], &*first)?;
    same(&whole[20..], &*second)
}

fn moves_signatures(_: &mut Ctx) -> Result<()> {
    const ECDSA: Sign = Sign::DeterministicEcdsa(Hash::Sha256);
    let attributes = Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN | Usage::VERIFY);
    let key = Key::import(attributes.algorithm(ECDSA.into()), P256.private)?;
    let (mut hash, mut buffer) = ([0; 32], [0; 64]);
    let hash = Hash::Sha256.compute_into(MESSAGE, &mut hash)?;
    psa::interruptible_set_max_ops(500);
    let signed = sign_in_steps(&key, ECDSA, hash, &mut buffer);
    let verified = verify_in_steps(&key, ECDSA, hash);
    psa::interruptible_set_max_ops(u32::MAX);
    holds(signed? > 1)?;
    same(&buffer[..], P256.signature)?;
    holds(verified? > 1)
}

/// Answers the number of steps.
fn sign_in_steps(key: &Key, algorithm: Sign, hash: &[u8], buffer: &mut [u8]) -> Result<usize> {
    let mut operation = moved(InterruptibleSign::start(key, algorithm, hash)?);
    for step in 1.. {
        if let Poll::Ready(signature) = operation.step(buffer) {
            same(&signature?.len(), &64)?;
            return Ok(step);
        }
        operation = moved(operation);
    }
    Err(Failure::from(Error::OperationIncomplete))
}

fn verify_in_steps(key: &Key, algorithm: Sign, hash: &[u8]) -> Result<usize> {
    let start = InterruptibleVerify::start(key, algorithm, hash, P256.signature)?;
    let mut operation = moved(start);
    for step in 1.. {
        if let Poll::Ready(verified) = operation.step() {
            verified?;
            return Ok(step);
        }
        operation = moved(operation);
    }
    Err(Failure::from(Error::OperationIncomplete))
}

fn password(text: &[u8]) -> psa::Result<Key> {
    let attributes = Attributes::new(KeyType::Password, 0).usage(Usage::DERIVE);
    Key::import(attributes.algorithm(Pake::Jpake.into()), text)
}

/// The secrets of both sides.
fn exchange(ours: &Key, theirs: &Key) -> psa::Result<[JpakeSecret; 2]> {
    let (client, client_hello) = moved(Jpake::start(JpakeRole::Client, ours)?);
    let (server, server_hello) = moved(Jpake::start(JpakeRole::Server, theirs)?);
    let (client, client_share) = moved(moved(client).round_two(&server_hello)?);
    let (server, server_share) = moved(moved(server).round_two(&client_hello)?);
    Ok([
        moved(moved(client).finish(&server_share)?),
        moved(moved(server).finish(&client_share)?),
    ])
}

fn are_equal([one, other]: [JpakeSecret; 2]) -> psa::Result<bool> {
    let (mut first, mut second) = ([0; 32], [0; 32]);
    let (mut one, mut other) = (
        Tls12EcjpakeToPms.derive(one)?,
        Tls12EcjpakeToPms.derive(other)?,
    );
    let first = one.output_bytes_into(&mut first)?;
    let second = other.output_bytes_into(&mut second)?;
    Ok(*first == *second)
}

fn moves_jpake(_: &mut Ctx) -> Result<()> {
    let (one, other) = (password(b"threadjpaketest")?, password(b"threadjpaketest")?);
    holds(are_equal(exchange(&one, &other)?)?)
}

fn other_passwords(_: &mut Ctx) -> Result<()> {
    let (one, other) = (password(b"threadjpaketest")?, password(b"threadjpaketesT")?);
    holds(!are_equal(exchange(&one, &other)?)?)
}

fn wrong_shares(_: &mut Ctx) -> Result<()> {
    let password = password(b"threadjpaketest")?;
    let (_, mut hello) = Jpake::start(JpakeRole::Server, &password)?;
    let mut bytes = hello[1].to_bytes();
    bytes[JpakeShare::LEN - 1] ^= 1;
    hello[1] = JpakeShare::from_bytes(&bytes);
    let (client, own_hello) = Jpake::start(JpakeRole::Client, &password)?;
    holds(client.round_two(&hello).is_err())?;
    let (client, _) = Jpake::start(JpakeRole::Client, &password)?;
    holds(client.round_two(&own_hello).is_err())
}

/// As many as TF-M has room for; what they do is mingled.
fn eight_at_a_time(_: &mut Ctx) -> Result<()> {
    for _ in 0..2 {
        let mut operations: [Option<HashOperation>; 8] = [const { None }; 8];
        for operation in &mut operations {
            *operation = Some(HashOperation::new(Hash::Sha256)?);
        }
        for letter in [b"a", b"b", b"c"] {
            for operation in operations.iter_mut().flatten() {
                operation.update(letter)?;
            }
        }
        for operation in operations.into_iter().flatten() {
            operation.verify(&ABC)?;
        }
    }
    Ok(())
}

/// At each point, more often than any provider has room for.
fn dropped_operations_make_room(_: &mut Ctx) -> Result<()> {
    for round in 0..40 {
        let mut operation = HashOperation::new(Hash::Sha256)?;
        match round % 4 {
            0 => {}
            1 => operation.update(b"abc")?,
            2 => drop(operation.try_clone()?),
            _ => holds(operation.verify(&ABC) == Err(Error::InvalidSignature))?,
        }
    }
    Ok(())
}

fn outlives_its_key(ctx: &mut Ctx) -> Result<()> {
    const HMAC: Mac = Mac::Hmac(Hash::Sha256);
    let (mac_key, cipher_key) = (
        key(KeyType::Hmac, HMAC)?,
        key(KeyType::Aes, Cipher::CbcPkcs7)?,
    );
    let mut expected = [0; 32];
    mac_key.compute_mac_into(HMAC, b"abc", &mut expected)?;
    let mut mac = MacSignOperation::new(&mac_key, HMAC)?;
    let cipher = CipherOperation::<Encrypt>::new(&cipher_key, Cipher::CbcPkcs7)?;
    mac_key.destroy()?;
    cipher_key.destroy()?;
    mac.update(b"abc")?;
    same(mac.finish_into(&mut [0; 32])?, &expected)?;
    let cipher = cipher.set_iv(&[0; 16])?;
    same(&cipher.finish_into(ctx.text)?.len(), &16)
}
