//! What is made of keys and secrets is gone with them: shared and derived secrets, plaintexts, what was in the storage.

use super::{Pattern, deep_down, found, operations::byte};
use psa::{
    Algorithm, AsymmetricEncryption, Attributes, Curve, Hash, Hkdf, HkdfExpand, HkdfExtract,
    InterruptibleSign, Jpake, JpakeRole, Key, KeyAgreement, KeyDerivation, KeyDerivationOperation,
    KeyDerivationStep, KeyId, KeyType, Pake, Pbkdf2AesCmacPrf128, Pbkdf2Hmac, Sign,
    Tls12EcjpakeToPms, Tls12Prf, Tls12PskToMs, Usage,
};
use std::task::Poll;
use zeroize::Zeroizing;

const HASH: Hash = Hash::Sha256;
const ECDSA: Sign = Sign::Ecdsa(HASH);

/// A secret of 32 bytes, made when it is needed; it is a private key of P-256 too.
fn secret() -> Zeroizing<[u8; 32]> {
    let mut secret = Zeroizing::new([0; 32]);
    for (place, byte_of_secret) in (0..).zip(secret.iter_mut()) {
        *byte_of_secret = byte(place);
    }
    secret
}

#[inline(never)]
fn import(attributes: Attributes, algorithm: impl Into<Algorithm>) -> Key {
    let usage = Usage::EXPORT
        | Usage::SIGN
        | Usage::VERIFY
        | Usage::DERIVE
        | Usage::VERIFY_DERIVATION
        | Usage::DECRYPT;
    let attributes = attributes.usage(usage).algorithm(algorithm.into());
    Key::import(attributes, &*secret()).expect("a key")
}

/// Both halves of a secret, forwards, and backwards as numbers stand in memory.
fn halves(name: &'static str, secret: &[u8]) -> Vec<Pattern> {
    let (first, second) = secret.split_at(secret.len() / 2);
    [first, second]
        .into_iter()
        .flat_map(move |half| {
            let half = &half[..16.min(half.len())];
            [
                Pattern::new(name, half.iter().copied()),
                Pattern::new(name, half.iter().rev().copied()),
            ]
        })
        .collect()
}

/// What must be gone at the end.
struct Look(Vec<Pattern>);

impl Look {
    /// For this too. While it lives it must be seen, or the test is blind.
    #[track_caller]
    fn for_secret(&mut self, name: &'static str, secret: &[u8]) {
        self.for_patterns(halves(name, secret));
    }

    #[track_caller]
    fn for_patterns(&mut self, patterns: Vec<Pattern>) {
        assert!(!found(&patterns).is_empty(), "the test is blind");
        self.0.extend(patterns);
    }
}

/// Does the work, which says what to look for beside the secret that it was given.
#[track_caller]
fn check(what: &str, work: impl FnOnce(&mut Look)) {
    let mut look = Look(halves("the secret", &*secret()));
    deep_down(|| work(&mut look));
    let found = found(&look.0);
    assert!(found.is_empty(), "{what} left {found:?}");
}

fn agreement(look: &mut Look, curve: Curve) {
    let algorithm = KeyAgreement::Ecdh;
    let key = import(Attributes::ecc_key_pair(curve), algorithm);
    let peer = Key::generate(Attributes::ecc_key_pair(curve)).unwrap();
    let peer = peer.export_public().unwrap();
    let shared = key.raw_key_agreement(algorithm, &peer).unwrap();
    let mut buffer = [0; 32];
    let again = key.raw_key_agreement_into(algorithm, &peer, &mut buffer);
    assert_eq!(**again.as_ref().unwrap(), *shared);
    drop(again);
    assert_eq!(buffer, [0; 32]);
    assert!(key.raw_key_agreement(algorithm, &peer[1..]).is_err());
    look.for_secret("the shared secret", &shared);
}

fn hkdf(look: &mut Look) {
    let hkdf = Hkdf {
        hash: HASH,
        salt: b"salt",
        info: b"info",
    };
    let key = import(
        Attributes::new(KeyType::Derive, 256),
        KeyDerivation::Hkdf(HASH),
    );
    let derived = hkdf.derive(&key).unwrap().output_bytes(64).unwrap();
    let mut buffer = [0; 64];
    let mut again = hkdf.derive(&secret()[..]).unwrap();
    assert_eq!(*again.output_bytes_into(&mut buffer).unwrap(), *derived);
    assert_eq!(buffer, [0; 64]);
    hkdf.derive(&key).unwrap().verify_bytes(&derived).unwrap();

    // To a key, which is exported.
    let attributes = Attributes::new(KeyType::Aes, 256).usage(Usage::EXPORT);
    let made = hkdf.derive(&key).unwrap().output_key(attributes).unwrap();
    assert_eq!(*made.export().unwrap(), derived[..32]);
    // One that is dropped between its inputs, and one that is refused.
    let mut operation = KeyDerivationOperation::new(KeyDerivation::Hkdf(HASH)).unwrap();
    operation
        .input_key(KeyDerivationStep::Secret, &key)
        .unwrap();
    drop(operation);
    let mut output = hkdf.derive(&key).unwrap();
    let _derived = output.output_bytes(64).unwrap();
    assert!(output.output_bytes(256 * 32).is_err());

    look.for_secret("what was derived", &derived[..32]);
    look.for_secret("what was derived", &derived[32..]);
}

fn two_halves_of_hkdf(look: &mut Look) {
    let extract = HkdfExtract {
        hash: HASH,
        salt: b"salt",
    };
    let middle = extract
        .derive(&secret()[..])
        .unwrap()
        .output_bytes(32)
        .unwrap();
    let expand = HkdfExpand {
        hash: HASH,
        info: b"info",
    };
    let derived = expand
        .derive(&middle[..])
        .unwrap()
        .output_bytes(32)
        .unwrap();
    look.for_secret("what was extracted", &middle);
    look.for_secret("what was expanded", &derived);
}

fn other_derivations(look: &mut Look) {
    let pbkdf2 = Pbkdf2Hmac {
        hash: HASH,
        iterations: 10,
        salt: b"salt",
    };
    let password = KeyDerivation::Pbkdf2Hmac(HASH);
    let password = import(Attributes::new(KeyType::Password, 256), password);
    let derived = pbkdf2.derive(&password).unwrap().output_bytes(32).unwrap();
    look.for_secret("what PBKDF2 made", &derived);

    let prf = Tls12Prf {
        hash: HASH,
        seed: b"seed",
        label: b"label",
    };
    let key = KeyDerivation::Tls12Prf(HASH);
    let key = import(Attributes::new(KeyType::Derive, 256), key);
    let derived = prf.derive(&key).unwrap().output_bytes(32).unwrap();
    look.for_secret("what the PRF of TLS made", &derived);
}

fn of_aes_cmac(look: &mut Look) {
    let pbkdf2 = Pbkdf2AesCmacPrf128 {
        iterations: 10,
        salt: b"salt",
    };
    let password = import(
        Attributes::new(KeyType::Password, 256),
        KeyDerivation::Pbkdf2AesCmacPrf128,
    );
    let derived = pbkdf2.derive(&password).unwrap().output_bytes(32).unwrap();
    look.for_secret("what PBKDF2 made", &derived);
}

fn master_secret(look: &mut Look) {
    let psk = Tls12PskToMs {
        hash: HASH,
        seed: b"seed",
        label: b"master secret",
    };
    let key = KeyDerivation::Tls12PskToMs(HASH);
    let key = import(Attributes::new(KeyType::Derive, 256), key);
    let derived = psk.derive(&key).unwrap().output_bytes(48).unwrap();
    look.for_secret("the master secret", &derived);
}

fn signing(look: &mut Look, algorithm: Sign) {
    let attributes = Attributes::from_file().algorithm(algorithm.into());
    let usage = Usage::EXPORT | Usage::SIGN | Usage::VERIFY;
    let key = Key::import_pem(attributes.usage(usage), RSA).unwrap();
    let signature = key.sign_message(algorithm, b"message").unwrap();
    key.verify_message(algorithm, b"message", &signature)
        .unwrap();
    for_rsa(look, &key);
}

/// Public: it is in this repository.
const RSA: &[u8] = include_bytes!("../../../conformance/data/rsa/pkcs1.pem");

/// The numbers of an RSA private key (RFC 8017, appendix A.1.2).
fn numbers(der: &[u8]) -> Vec<&[u8]> {
    fn field(der: &[u8]) -> (&[u8], &[u8]) {
        let (header, len) = match der[1] {
            0x82 => (4, usize::from(der[2]) << 8 | usize::from(der[3])),
            0x81 => (3, usize::from(der[2])),
            short => (2, usize::from(short)),
        };
        der[header..].split_at(len)
    }
    let (mut rest, _) = field(der);
    let mut numbers = Vec::new();
    while !rest.is_empty() {
        let (number, after) = field(rest);
        numbers.push(number);
        rest = after;
    }
    numbers
}

fn decryption(look: &mut Look, algorithm: AsymmetricEncryption) {
    let attributes = Attributes::from_file().algorithm(algorithm.into());
    let usage = Usage::EXPORT | Usage::ENCRYPT | Usage::DECRYPT;
    let key = Key::import_pem(attributes.usage(usage), RSA).unwrap();
    let ciphertext = key.asymmetric_encrypt(algorithm, &*secret(), b"").unwrap();
    let plaintext = key.asymmetric_decrypt(algorithm, &ciphertext, b"").unwrap();
    assert!(*plaintext == *secret());
    let mut buffer = [0; 256];
    let again = key.asymmetric_decrypt_into(algorithm, &ciphertext, b"", &mut buffer);
    assert!(*again.unwrap() == *plaintext);
    assert_eq!(buffer, [0; 256]);
    assert!(
        key.asymmetric_decrypt_into(algorithm, &ciphertext, b"", &mut buffer[..31])
            .is_err()
    );

    for_rsa(look, &key);
}

fn for_rsa(look: &mut Look, key: &Key) {
    let der = key.export().unwrap();
    let names = ["", "", "", "d", "p", "q", "dp", "dq", "qinv"];
    let secrets = names.into_iter().zip(numbers(&der)).skip(3);
    let ends = secrets.flat_map(|(name, number)| halves(name, &number[number.len() - 32..]));
    look.for_patterns(ends.collect());
}

fn jpake(look: &mut Look) {
    let password = import(Attributes::new(KeyType::Password, 256), Pake::Jpake);
    let (client, from_client) = Jpake::start(JpakeRole::Client, &password).unwrap();
    let (server, from_server) = Jpake::start(JpakeRole::Server, &password).unwrap();
    let (client, last_from_client) = client.round_two(&from_server).unwrap();
    let (server, last_from_server) = server.round_two(&from_client).unwrap();
    let client = client.finish(&last_from_server).unwrap();
    let mut client = Tls12EcjpakeToPms.derive(client).unwrap();
    let premaster = client.output_bytes(32).unwrap();
    // The other one is dropped with what it agreed on.
    drop(server.finish(&last_from_client).unwrap());
    drop(Jpake::start(JpakeRole::Client, &password).unwrap());
    look.for_secret("the premaster secret", &premaster);
}

fn interruptible(_: &mut Look) {
    let key = import(Attributes::ecc_key_pair(Curve::P256), ECDSA);
    psa::interruptible_set_max_ops(1000);
    let mut operation = InterruptibleSign::start(&key, ECDSA, &[7; 32]).unwrap();
    let mut buffer = [0; 64];
    let signature = loop {
        if let Poll::Ready(signature) = operation.step(&mut buffer) {
            break signature.unwrap().to_vec();
        }
    };
    key.verify_hash(ECDSA, &[7; 32], &signature).unwrap();
    let mut dropped = InterruptibleSign::start(&key, ECDSA, &[7; 32]).unwrap();
    assert!(dropped.step(&mut buffer).is_pending());
    drop(dropped);
    psa::interruptible_set_max_ops(u32::MAX);
}

/// Kept in a folder, read from there, and removed. Purged or destroyed it is gone from memory; only dropped it may stay
/// where the provider keeps what it has read.
#[cfg(feature = "storage")]
fn persistent(_: &mut Look) {
    const ID: KeyId = KeyId::user(0x5ec3).unwrap();
    let attributes = Attributes::ecc_key_pair(Curve::P256).persistent(ID);
    let key = import(attributes, ECDSA);
    key.purge().unwrap();
    drop(key);
    let key = Key::open(ID).unwrap();
    key.sign_hash(ECDSA, &[7; 32]).unwrap();
    drop(key);
    let key = Key::open(ID).unwrap();
    assert!(*key.export().unwrap() == *secret());
    key.destroy().unwrap();

    let key = import(attributes, ECDSA);
    drop(key);
    Key::open(ID).unwrap().purge().unwrap();
}

#[cfg(feature = "pkcs8")]
fn encoders(look: &mut Look) {
    use pkcs8::EncodePrivateKey;

    let key = import(Attributes::ecc_key_pair(Curve::P256), ECDSA);
    let der = key.to_pkcs8_der().unwrap();
    let pem = key.to_pkcs8_pem(pkcs8::LineEnding::LF).unwrap();
    let line = pem.lines().nth(2).unwrap();
    look.for_patterns(vec![
        Pattern::new("PKCS#8 PEM", line.bytes().take(20)),
        Pattern::new("PKCS#8 DER", der.as_bytes()[40..60].iter().copied()),
    ]);
}

pub fn leave_nothing() {
    check("agreement on P-256", |look| agreement(look, Curve::P256));
    check("agreement on Curve25519", |look| {
        agreement(look, Curve::X25519);
    });
    check("HKDF", hkdf);
    check("the halves of HKDF", two_halves_of_hkdf);
    check("PBKDF2 and the PRF of TLS", other_derivations);
    check("PBKDF2 of AES-CMAC", of_aes_cmac);
    check("the master secret of TLS", master_secret);
    check("decryption, PKCS#1", |look| {
        decryption(look, AsymmetricEncryption::RsaPkcs1v15);
    });
    check("decryption, OAEP", |look| {
        decryption(look, AsymmetricEncryption::RsaOaep(HASH));
    });
    check("signing, PKCS#1", |look| {
        signing(look, Sign::RsaPkcs1v15(HASH));
    });
    check("signing, PSS", |look| signing(look, Sign::RsaPss(HASH)));
    check("J-PAKE", jpake);
    check("interruptible signing", interruptible);
    #[cfg(feature = "storage")]
    {
        let home = tempfile::tempdir().unwrap();
        psa::storage::set_folder(home.path().join("keys")).unwrap();
        check("a persistent key", persistent);
    }
    #[cfg(feature = "pkcs8")]
    check("EncodePrivateKey", encoders);
}
