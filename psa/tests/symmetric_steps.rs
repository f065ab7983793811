//! Operations in steps: whatever the parts, what is done at once is done; wherever the operation is moved between two
//! steps; and no input makes them panic.

mod common;

use common::cases;
use common::symmetric::{
    HASHES, aeads, block_len, bytes, ciphers, key, macs, needs_lengths, takes_whole_blocks_only,
};
use proptest::prelude::*;
use psa::state::TakesData;
use psa::{
    Aead, AeadOperation, Cipher, CipherOperation, Decrypt, Direction, Encrypt, Error,
    HashOperation, Key, MacSignOperation, MacVerifyOperation, sizes,
};

/// The message in parts that end at these places, of which some may be the same or beyond the end.
fn parts<'m>(message: &'m [u8], cuts: &[usize]) -> Vec<&'m [u8]> {
    let mut cuts: Vec<usize> = cuts.iter().map(|cut| *cut % (message.len() + 1)).collect();
    cuts.sort_unstable();
    let mut start = 0;
    let mut parts = Vec::new();
    for cut in cuts.into_iter().chain([message.len()]) {
        parts.push(&message[start..cut]);
        start = cut;
    }
    parts
}

/// Runs an operation on the heap: after each step another one, which is in the middle of something else, takes its place
/// there, and it goes on in a new one.
fn moved<T>(operation: T, other: &mut T) -> T {
    let mut place = Box::new(operation);
    std::mem::swap(&mut *place, other);
    let mut new = Box::new(std::mem::replace(other, *place));
    std::mem::swap(&mut *new, other);
    let back = std::mem::replace(other, *new);
    std::hint::black_box(back)
}

fn hash_in_parts(operation: HashOperation, parts: &[&[u8]]) -> Vec<u8> {
    let mut operation = operation;
    for part in parts {
        operation.update(part).unwrap();
    }
    operation.finish().unwrap()
}

/// Ends with the whole output.
fn cipher_in_parts<D: Direction>(
    mut operation: CipherOperation<D, TakesData>,
    parts: &[&[u8]],
) -> Result<Vec<u8>, Error> {
    let mut output = Vec::new();
    for part in parts {
        output.extend_from_slice(&operation.update(part)?);
    }
    output.extend_from_slice(&operation.finish()?);
    Ok(output)
}

fn begin_cipher<D: Direction>(
    key: &Key,
    cipher: Cipher,
    iv: &[u8],
) -> CipherOperation<D, TakesData> {
    let operation = CipherOperation::new(key, cipher).unwrap();
    if iv.is_empty() {
        operation.without_iv()
    } else {
        operation.set_iv(iv).unwrap()
    }
}

fn begin_aead<D: Direction>(
    key: &Key,
    aead: Aead,
    nonce: &[u8],
    associated: &[&[u8]],
    plain_len: usize,
) -> AeadOperation<D, TakesData> {
    let mut operation = AeadOperation::<D>::new(key, aead).unwrap();
    if needs_lengths(aead) {
        let len = associated.iter().map(|part| part.len()).sum();
        operation = operation.set_lengths(len, plain_len).unwrap();
    }
    let mut operation = operation.set_nonce(nonce).unwrap();
    for part in associated {
        operation.update_ad(part).unwrap();
    }
    operation.begin_data()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn hashes_and_macs_do_not_depend_on_the_parts(
        message in prop::collection::vec(any::<u8>(), 0..400),
        cuts in prop::collection::vec(any::<usize>(), 0..6),
    ) {
        psa::init().unwrap();
        let parts = parts(&message, &cuts);
        for hash in HASHES {
            let at_once = hash.compute(&message).unwrap();
            let operation = HashOperation::new(hash).unwrap();
            prop_assert_eq!(&hash_in_parts(operation, &parts), &at_once);
            let mut operation = HashOperation::new(hash).unwrap();
            operation.update(&message).unwrap();
            operation.verify(&at_once).unwrap();
        }
        for (key_type, len, mac) in macs() {
            let key = key(key_type, mac, &bytes(1, len));
            let at_once = key.compute_mac(mac, &message).unwrap();
            prop_assert_eq!(at_once.len(), sizes::mac_length(key_type, 8 * len, mac));
            let mut sign = MacSignOperation::new(&key, mac).unwrap();
            let mut verify = MacVerifyOperation::new(&key, mac).unwrap();
            for part in &parts {
                sign.update(part).unwrap();
                verify.update(part).unwrap();
            }
            prop_assert_eq!(&sign.finish().unwrap(), &at_once);
            verify.verify(&at_once).unwrap();
        }
    }

    #[test]
    fn ciphers_do_not_depend_on_the_parts(
        message in prop::collection::vec(any::<u8>(), 0..200),
        cuts in prop::collection::vec(any::<usize>(), 0..6),
        more_cuts in prop::collection::vec(any::<usize>(), 0..6),
    ) {
        for (key_type, len, cipher) in ciphers() {
            let key = key(key_type, cipher, &bytes(2, len));
            let block = block_len(key_type);
            let whole = message.len() / block * block;
            let message = if takes_whole_blocks_only(cipher) { &message[..whole] } else { &message[..] };
            let at_once = key.encrypt(cipher, message).unwrap();
            prop_assert_eq!(at_once.len(), sizes::cipher_encrypt_output_size(key_type, cipher, message.len()));
            let (iv, ciphertext) = at_once.split_at(sizes::cipher_iv_length(key_type, cipher));
            let operation = begin_cipher::<Encrypt>(&key, cipher, iv);
            prop_assert_eq!(&cipher_in_parts(operation, &parts(message, &cuts)).unwrap()[..], ciphertext);
            let operation = begin_cipher::<Decrypt>(&key, cipher, iv);
            prop_assert_eq!(&cipher_in_parts(operation, &parts(ciphertext, &more_cuts)).unwrap()[..], message);
            prop_assert_eq!(&key.decrypt(cipher, &at_once).unwrap()[..], message);
        }
    }

    #[test]
    fn authenticated_ciphers_do_not_depend_on_the_parts(
        message in prop::collection::vec(any::<u8>(), 0..200),
        associated in prop::collection::vec(any::<u8>(), 0..100),
        cuts in prop::collection::vec(any::<usize>(), 0..6),
        more_cuts in prop::collection::vec(any::<usize>(), 0..6),
    ) {
        for (key_type, len, aead, nonce_len) in aeads() {
            let key = key(key_type, aead, &bytes(3, len));
            let nonce = bytes(4, nonce_len);
            let at_once = key.aead_encrypt(aead, &nonce, &associated, &message).unwrap();
            prop_assert_eq!(at_once.len(), sizes::aead_encrypt_output_size(key_type, aead, message.len()));
            let (ciphertext, tag) = at_once.split_at(message.len());

            let mut operation =
                begin_aead::<Encrypt>(&key, aead, &nonce, &parts(&associated, &more_cuts), message.len());
            let mut output = Vec::new();
            for part in parts(&message, &cuts) {
                output.extend(operation.update(part).unwrap());
            }
            let (rest, made) = operation.finish().unwrap();
            output.extend(rest);
            prop_assert_eq!((&output[..], &made[..]), (ciphertext, tag));

            let mut operation =
                begin_aead::<Decrypt>(&key, aead, &nonce, &parts(&associated, &cuts), message.len());
            let mut output = Vec::new();
            for part in parts(ciphertext, &more_cuts) {
                output.extend_from_slice(&operation.update(part).unwrap());
            }
            output.extend_from_slice(&operation.verify(tag).unwrap());
            prop_assert_eq!(&output[..], &message[..]);
            prop_assert_eq!(&key.aead_decrypt(aead, &nonce, &associated, &at_once).unwrap()[..], &message[..]);
        }
    }
}

const FIRST: &[u8] = b"of a message that is longer than";
const SECOND: &[u8] = b"one block of every hash there is: 144 bytes, of SHA3-224. Therefore it goes on here for a while,";

#[test]
fn hashes_may_be_moved_between_any_two_steps() {
    psa::init().unwrap();
    for hash in HASHES {
        let mut other = HashOperation::new(hash).unwrap();
        other.update(b"something else").unwrap();
        let mut operation = moved(HashOperation::new(hash).unwrap(), &mut other);
        operation.update(FIRST).unwrap();
        let mut operation = moved(operation, &mut other);
        let clone = moved(operation.try_clone().unwrap(), &mut other);
        operation.update(SECOND).unwrap();
        let operation = moved(operation, &mut other);
        let whole = hash.compute(&[FIRST, SECOND].concat()).unwrap();
        assert_eq!(operation.finish().unwrap(), whole, "{hash:?}");
        assert_eq!(clone.finish().unwrap(), hash.compute(FIRST).unwrap());
        let something_else = hash.compute(b"something else").unwrap();
        assert_eq!(other.finish().unwrap(), something_else);
    }
}

#[test]
fn macs_may_be_moved_between_any_two_steps() {
    for (key_type, len, mac) in macs() {
        let key = key(key_type, mac, &bytes(5, len));
        let whole = key.compute_mac(mac, &[FIRST, SECOND].concat()).unwrap();
        let something_else = key.compute_mac(mac, b"something else").unwrap();

        let mut other = MacSignOperation::new(&key, mac).unwrap();
        other.update(b"something else").unwrap();
        let mut operation = moved(MacSignOperation::new(&key, mac).unwrap(), &mut other);
        operation.update(FIRST).unwrap();
        let mut operation = moved(operation, &mut other);
        operation.update(SECOND).unwrap();
        let operation = moved(operation, &mut other);
        assert_eq!(operation.finish().unwrap(), whole, "{mac:?}");
        assert_eq!(other.finish().unwrap(), something_else, "{mac:?}");

        let mut other = MacVerifyOperation::new(&key, mac).unwrap();
        other.update(b"something else").unwrap();
        let mut operation = moved(MacVerifyOperation::new(&key, mac).unwrap(), &mut other);
        operation.update(FIRST).unwrap();
        let mut operation = moved(operation, &mut other);
        operation.update(SECOND).unwrap();
        let operation = moved(operation, &mut other);
        operation.verify(&whole).unwrap();
        other.verify(&something_else).unwrap();
    }
}

fn cipher_while_moved<D: Direction>(key: &Key, cipher: Cipher, iv: &[u8], input: &[u8]) -> Vec<u8> {
    let mut other = CipherOperation::<D>::new(key, cipher).unwrap();
    let operation = moved(CipherOperation::<D>::new(key, cipher).unwrap(), &mut other);
    let set = |operation: CipherOperation<D>| match iv {
        [] => operation.without_iv(),
        iv => operation.set_iv(iv).unwrap(),
    };
    let mut other = set(other);
    let mut output = other.update(input).unwrap().to_vec();
    let mut operation = moved(set(operation), &mut other);
    let (first, second) = input.split_at(input.len().min(21));
    let mut moved_output = operation.update(first).unwrap().to_vec();
    let mut operation = moved(operation, &mut other);
    moved_output.extend_from_slice(&operation.update(second).unwrap());
    let operation = moved(operation, &mut other);
    moved_output.extend_from_slice(&operation.finish().unwrap());
    output.extend_from_slice(&other.finish().unwrap());
    assert_eq!(moved_output, output, "{cipher:?}");
    output
}

#[test]
fn ciphers_may_be_moved_between_any_two_steps() {
    for (key_type, len, cipher) in ciphers() {
        let key = key(key_type, cipher, &bytes(6, len));
        let message = &SECOND[..48];
        let at_once = key.encrypt(cipher, message).unwrap();
        let (iv, ciphertext) = at_once.split_at(sizes::cipher_iv_length(key_type, cipher));
        let encrypted = cipher_while_moved::<Encrypt>(&key, cipher, iv, message);
        assert_eq!(encrypted, ciphertext);
        let decrypted = cipher_while_moved::<Decrypt>(&key, cipher, iv, ciphertext);
        assert_eq!(decrypted, message);
    }
}

fn aead_while_moved<D: Direction>(
    key: &Key,
    aead: Aead,
    nonce: &[u8],
    input: &[u8],
) -> (
    AeadOperation<D, TakesData>,
    AeadOperation<D, TakesData>,
    Vec<u8>,
) {
    let new = || AeadOperation::<D>::new(key, aead).unwrap();
    let mut other = new();
    let mut operation = moved(new(), &mut other);
    if needs_lengths(aead) {
        other = other.set_lengths(0, 1).unwrap();
        operation = operation.set_lengths(FIRST.len(), input.len()).unwrap();
    }
    let operation = moved(operation, &mut other);
    let mut other = other.set_nonce(nonce).unwrap();
    let mut operation = moved(operation.set_nonce(nonce).unwrap(), &mut other);
    operation.update_ad(&FIRST[..7]).unwrap();
    let mut operation = moved(operation, &mut other);
    operation.update_ad(&FIRST[7..]).unwrap();
    let operation = moved(operation, &mut other);
    let mut other = other.begin_data();
    let mut operation = moved(operation.begin_data(), &mut other);
    let mut output = operation.update(&input[..5]).unwrap().to_vec();
    let mut operation = moved(operation, &mut other);
    output.extend_from_slice(&operation.update(&input[5..]).unwrap());
    other.update(&input[..1]).unwrap();
    let operation = moved(operation, &mut other);
    (operation, other, output)
}

#[test]
fn authenticated_ciphers_may_be_moved_between_any_two_steps() {
    for (key_type, len, aead, nonce_len) in aeads() {
        let key = key(key_type, aead, &bytes(7, len));
        let nonce = bytes(8, nonce_len);
        let at_once = key.aead_encrypt(aead, &nonce, FIRST, SECOND).unwrap();
        let (ciphertext, tag) = at_once.split_at(SECOND.len());
        let short = key.aead_encrypt(aead, &nonce, &[], &SECOND[..1]).unwrap();

        let (operation, other, output) = aead_while_moved::<Encrypt>(&key, aead, &nonce, SECOND);
        assert_eq!(output, ciphertext, "{key_type:?} {aead:?}");
        assert_eq!(operation.finish().unwrap().1, tag);
        assert_eq!(other.finish().unwrap().1, short[1..]);

        let (operation, other, output) =
            aead_while_moved::<Decrypt>(&key, aead, &nonce, ciphertext);
        assert_eq!(output, SECOND);
        drop(operation.verify(tag).unwrap());
        drop(other.verify(&short[1..]).unwrap());
    }
}
