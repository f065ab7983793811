//! Where an operation in several steps has been, nothing is left of its key, nor of what was made of the key.

use super::{Pattern, deep_down, found};
use psa::{
    Aead, AeadOperation, Algorithm, Attributes, Cipher, CipherOperation, Decrypt, Encrypt, Hash,
    Key, KeyType, Mac, MacSignOperation, MacVerifyOperation, Usage,
};
use zeroize::Zeroizing;

fn byte(place: u8) -> u8 {
    place.wrapping_mul(73).wrapping_add(41)
}

#[inline(never)]
fn import(key_type: KeyType, algorithm: impl Into<Algorithm>) -> Key {
    let mut bytes = Zeroizing::new([0; 32]);
    for (place, byte_of_key) in (0..).zip(bytes.iter_mut()) {
        *byte_of_key = byte(place);
    }
    let usage = Usage::ENCRYPT | Usage::DECRYPT | Usage::SIGN_MESSAGE | Usage::VERIFY_MESSAGE;
    let attributes = Attributes::new(key_type, 256)
        .usage(usage)
        .algorithm(algorithm.into());
    Key::import(attributes, &*bytes).expect("a key")
}

/// Not the hash key of GCM, of which `gcm_gen_table` of Mbed TLS 3.6.5 leaves a copy on its own stack, at once as in steps.
fn patterns() -> [Pattern; 4] {
    let padded = |pad: u8| (0..16).map(move |place| byte(place) ^ pad);
    [
        Pattern::new("key", (0..16).map(byte)),
        Pattern::new("end of the key", (16..32).map(byte)),
        Pattern::new("inner pad of HMAC", padded(0x36)),
        Pattern::new("outer pad of HMAC", padded(0x5c)),
    ]
}

fn mac(key_type: KeyType, mac: Mac) {
    let key = import(key_type, mac);
    let mut operation = MacSignOperation::new(&key, mac).unwrap();
    operation.update(b"message").unwrap();
    let made = operation.finish().unwrap();
    let mut operation = MacVerifyOperation::new(&key, mac).unwrap();
    operation.update(b"message").unwrap();
    operation.verify(&made).unwrap();
    // One that is refused, and one that is dropped.
    let operation = MacVerifyOperation::new(&key, mac).unwrap();
    assert!(operation.verify(&made).is_err());
    drop(MacSignOperation::new(&key, mac).unwrap());
}

fn cipher(key_type: KeyType, cipher: Cipher) {
    let key = import(key_type, cipher);
    let operation = CipherOperation::<Encrypt>::new(&key, cipher).unwrap();
    let (mut operation, iv) = operation.generate_iv().unwrap();
    let mut output = operation.update(b"message").unwrap();
    output.extend(operation.finish().unwrap());
    let begin = || CipherOperation::<Decrypt>::new(&key, cipher).unwrap();
    let mut operation = begin().set_iv(&iv).unwrap();
    drop(operation.update(&output).unwrap());
    drop(operation.finish().unwrap());
    assert!(begin().set_iv(&[]).is_err());
    drop(begin().set_iv(&iv).unwrap());
}

fn aead(key_type: KeyType, aead: Aead) {
    let key = import(key_type, aead);
    let operation = AeadOperation::<Encrypt>::new(&key, aead).unwrap();
    let (operation, nonce) = operation
        .set_lengths(0, 7)
        .unwrap()
        .generate_nonce()
        .unwrap();
    let mut operation = operation.begin_data();
    let output = operation.update(b"message").unwrap();
    let (_, tag) = operation.finish().unwrap();
    let begin = || {
        let operation = AeadOperation::<Decrypt>::new(&key, aead).unwrap();
        let operation = operation.set_lengths(0, 7).unwrap();
        operation.set_nonce(&nonce).unwrap().begin_data()
    };
    let mut operation = begin();
    drop(operation.update(&output).unwrap());
    drop(operation.verify(&tag).unwrap());
    let mut operation = begin();
    drop(operation.update(&output).unwrap());
    assert!(operation.verify(&[0; 16]).is_err());
    drop(begin());
}

pub fn leave_nothing() {
    let patterns = patterns();
    let check = |what: &str, work: fn()| {
        deep_down(work);
        let found = found(&patterns);
        assert!(found.is_empty(), "{what} left {found:?}");
    };

    // The test can find them at all: while they live, the operations have them.
    let hmac = Mac::Hmac(Hash::Sha256);
    let hmac = MacSignOperation::new(&import(KeyType::Hmac, hmac), hmac).unwrap();
    let chacha = Aead::ChaCha20Poly1305;
    let chacha = AeadOperation::<Encrypt>::new(&import(KeyType::ChaCha20, chacha), chacha).unwrap();
    let seen = found(&patterns);
    for name in ["outer pad of HMAC", "key", "end of the key"] {
        assert!(
            seen.iter().any(|place| place.starts_with(name)),
            "the test is blind to the {name}"
        );
    }
    drop((hmac, chacha));

    check("HMAC", || mac(KeyType::Hmac, Mac::Hmac(Hash::Sha256)));
    // Not ARIA nor Camellia, whose key setup in Mbed TLS 3.6.5 leaves bytes of the key on its stack.
    check("CBC and CMAC", || {
        mac(KeyType::Aes, Mac::Cmac);
        cipher(KeyType::Aes, Cipher::CbcPkcs7);
    });
    check("CCM and GCM", || {
        aead(KeyType::Aes, Aead::Ccm);
        aead(KeyType::Aes, Aead::Gcm);
    });
    check("ChaCha20 and ChaCha20-Poly1305", || {
        cipher(KeyType::ChaCha20, Cipher::StreamCipher);
        aead(KeyType::ChaCha20, Aead::ChaCha20Poly1305);
    });
}
