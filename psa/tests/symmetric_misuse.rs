//! What is wrong is refused with the status that the specification names, and nothing panics.

mod common;

use common::symmetric::{aeads, bytes, ciphers, key, length, macs, needs_lengths};
use common::{cases, hex};
use proptest::prelude::*;
use psa::{
    Aead, AeadOperation, Algorithm, Attributes, Cipher, CipherOperation, Decrypt, Encrypt, Error,
    Hash, HashOperation, Key, KeyType, Mac, MacSignOperation, MacVerifyOperation, Usage, sizes,
};

const GARBAGE: u8 = 0xa5;

#[test]
fn a_wrong_tag_leaves_no_plaintext_in_the_buffer() {
    for (key_type, len, aead, nonce_len) in aeads() {
        let key = key(key_type, aead, &bytes(1, len));
        let (nonce, plain) = (bytes(2, nonce_len), bytes(3, 40));
        let sealed = key.aead_encrypt(aead, &nonce, b"header", &plain).unwrap();
        let (ciphertext, tag) = sealed.split_at(plain.len());
        for place in 0..sealed.len() {
            let mut forged = sealed.clone();
            forged[place] ^= 0x10;
            let mut output = [GARBAGE; 64];
            let answer = key.aead_decrypt_into(aead, &nonce, b"header", &forged, &mut output);
            assert_eq!(answer, Err(Error::InvalidSignature), "{aead:?}");
            assert_eq!(output, [0; 64]);
        }
        for wrong in [
            &[&tag[..tag.len() - 1], &[tag[tag.len() - 1] ^ 1]].concat()[..],
            &tag[..tag.len() - 1],
            &[tag, &[0]].concat(),
            &[],
        ] {
            let mut operation = AeadOperation::<Decrypt>::new(&key, aead).unwrap();
            if needs_lengths(aead) {
                operation = operation.set_lengths(6, plain.len()).unwrap();
            }
            let mut operation = operation.set_nonce(&nonce).unwrap();
            operation.update_ad(b"header").unwrap();
            let mut operation = operation.begin_data();
            drop(operation.update(ciphertext).unwrap());
            let mut output = [GARBAGE; 64];
            let answer = operation.verify_into(&mut output, wrong);
            assert_eq!(answer, Err(Error::InvalidSignature), "{aead:?} {wrong:?}");
            assert_eq!(output, [0; 64]);
        }
    }
}

#[test]
fn ccm_without_lengths_is_refused_before_data() {
    let key = key(KeyType::Aes, Aead::Ccm, &bytes(1, 16));
    let begin = || {
        AeadOperation::<Encrypt>::new(&key, Aead::Ccm)
            .unwrap()
            .set_nonce(&[0; 13])
            .unwrap()
    };
    assert_eq!(begin().update_ad(b"header"), Err(Error::BadState));
    assert_eq!(begin().begin_data().update(b"data"), Err(Error::BadState));
}

#[test]
fn lengths_that_do_not_come_true_are_refused() {
    for aead in [Aead::Ccm, Aead::Gcm] {
        let key = key(KeyType::Aes, aead, &bytes(1, 16));
        let begin = || {
            AeadOperation::<Encrypt>::new(&key, aead)
                .and_then(|operation| operation.set_lengths(2, 4))
                .and_then(|operation| operation.set_nonce(&[0; 12]))
                .unwrap()
        };
        // More or less associated data.
        assert_eq!(begin().update_ad(b"abc"), Err(Error::InvalidArgument));
        let mut operation = begin();
        operation.update_ad(b"a").unwrap();
        let mut operation = operation.begin_data();
        let mut output = [GARBAGE; 16];
        let answer = operation.update_into(b"data", &mut output);
        assert_eq!(answer, Err(Error::InvalidArgument));
        assert_eq!(output, [0; 16]);
        assert_eq!(operation.update(b"data"), Err(Error::BadState));
        // More or less data.
        let mut operation = begin();
        operation.update_ad(b"ab").unwrap();
        let mut operation = operation.begin_data();
        assert_eq!(operation.update(b"data+"), Err(Error::InvalidArgument));
        let mut operation = begin();
        operation.update_ad(b"ab").unwrap();
        let mut operation = operation.begin_data();
        operation.update(b"dat").unwrap();
        assert_eq!(operation.finish(), Err(Error::InvalidArgument));
        // Twice.
        let again = AeadOperation::<Encrypt>::new(&key, aead)
            .and_then(|operation| operation.set_lengths(2, 4))
            .and_then(|operation| operation.set_lengths(2, 4));
        assert_eq!(again.err(), Some(Error::BadState));
    }
}

#[test]
fn an_initialization_vector_or_nonce_of_another_length_is_refused() {
    let ctr = key(KeyType::Aes, Cipher::Ctr, &bytes(1, 16));
    for len in (0..16).chain([17, 64]) {
        let operation = CipherOperation::<Encrypt>::new(&ctr, Cipher::Ctr).unwrap();
        let answer = operation.set_iv(&bytes(1, len));
        assert_eq!(answer.err(), Some(Error::InvalidArgument), "{len}");
    }
    let ecb = key(KeyType::Aes, Cipher::EcbNoPadding, &bytes(1, 16));
    let begin = || CipherOperation::<Encrypt>::new(&ecb, Cipher::EcbNoPadding).unwrap();
    assert_eq!(begin().set_iv(&[0; 16]).err(), Some(Error::BadState));
    assert_eq!(begin().generate_iv().err(), Some(Error::BadState));
    let begin = || CipherOperation::<Encrypt>::new(&ctr, Cipher::Ctr).unwrap();
    let mut short = [0; 15];
    let answer = begin().generate_iv_into(&mut short).err();
    assert_eq!(answer, Some(Error::BufferTooSmall));
    assert_eq!(begin().without_iv().finish(), Err(Error::BadState));

    for (aead, wrong) in [(Aead::Ccm, 14), (Aead::Ccm, 6), (Aead::Gcm, 0)] {
        let key = key(KeyType::Aes, aead, &bytes(1, 16));
        let answer = key.aead_encrypt(aead, &bytes(1, wrong), &[], &[]);
        assert_eq!(answer, Err(Error::InvalidArgument), "{aead:?} {wrong}");
        let operation = AeadOperation::<Encrypt>::new(&key, aead).unwrap();
        let answer = operation.set_nonce(&bytes(1, wrong));
        assert_eq!(answer.err(), Some(Error::InvalidArgument));
    }
}

#[test]
fn damaged_padding_is_refused() {
    let key = key(KeyType::Aes, Cipher::CbcPkcs7, &bytes(1, 16));
    let mut sent = key.encrypt(Cipher::CbcPkcs7, b"hello").unwrap();
    sent[15] ^= 0x80; // The last byte of the only block: the padding.
    let answer = key.decrypt(Cipher::CbcPkcs7, &sent);
    assert_eq!(answer.err(), Some(Error::InvalidPadding));
    let mut output = [GARBAGE; 64];
    let answer = key.decrypt_into(Cipher::CbcPkcs7, &sent, &mut output);
    assert_eq!(answer, Err(Error::InvalidPadding));
    assert_eq!(output, [0; 64]);
    let begin = || {
        let operation = CipherOperation::<Decrypt>::new(&key, Cipher::CbcPkcs7).unwrap();
        operation.set_iv(&sent[..16]).unwrap()
    };
    let mut operation = begin();
    operation.update_into(&sent[16..], &mut output).unwrap();
    output = [GARBAGE; 64];
    assert_eq!(
        operation.finish_into(&mut output),
        Err(Error::InvalidPadding)
    );
    assert_eq!(output, [0; 64]);
    let mut operation = begin();
    let (mut one, mut small) = ([0; 16], [GARBAGE; 15]);
    operation.update_into(&sent[16..], &mut one).unwrap();
    let answer = operation.update_into(&sent[16..], &mut small);
    assert_eq!(answer, Err(Error::BufferTooSmall));
    assert_eq!(small, [0; 15]);
    let operation = CipherOperation::<Decrypt>::new(&key, Cipher::CbcPkcs7).unwrap();
    let mut operation = operation.set_iv(&sent[..16]).unwrap();
    drop(operation.update(&sent[16..]).unwrap());
    assert_eq!(operation.finish().err(), Some(Error::InvalidPadding));
}

#[test]
fn what_the_policy_does_not_permit_is_refused() {
    psa::init().unwrap();
    let key = |usage, algorithm: Algorithm| {
        Key::generate(
            Attributes::new(KeyType::Aes, 128)
                .usage(usage)
                .algorithm(algorithm),
        )
        .unwrap()
    };
    let refused = Some(Error::NotPermitted);
    let decrypts = key(Usage::DECRYPT, Cipher::Ctr.into());
    assert_eq!(decrypts.encrypt(Cipher::Ctr, b"data").err(), refused);
    assert_eq!(
        CipherOperation::<Encrypt>::new(&decrypts, Cipher::Ctr).err(),
        refused
    );
    assert_eq!(
        CipherOperation::<Decrypt>::new(&decrypts, Cipher::Cfb).err(),
        refused
    );
    let encrypts = key(Usage::ENCRYPT, Aead::Gcm.into());
    assert_eq!(
        encrypts
            .aead_decrypt(Aead::Gcm, &[0; 12], &[], &[0; 16])
            .err(),
        refused
    );
    assert_eq!(
        AeadOperation::<Decrypt>::new(&encrypts, Aead::Gcm).err(),
        refused
    );
    let short = Aead::Gcm.with_tag_length(length(8));
    assert_eq!(
        AeadOperation::<Encrypt>::new(&encrypts, short).err(),
        refused
    );
    let signs = key(Usage::SIGN_MESSAGE, Mac::Cmac.into());
    assert_eq!(signs.verify_mac(Mac::Cmac, &[], &[0; 16]).err(), refused);
    assert_eq!(MacVerifyOperation::new(&signs, Mac::Cmac).err(), refused);
}

#[test]
fn an_operation_outlives_its_key() {
    let key = key(
        KeyType::Aes,
        Cipher::EcbNoPadding,
        &hex("2b7e151628aed2a6abf7158809cf4f3c"),
    );
    let operation = CipherOperation::<Encrypt>::new(&key, Cipher::EcbNoPadding).unwrap();
    let mut operation = operation.without_iv();
    key.destroy().unwrap();
    let output = operation.update(&hex("6bc1bee22e409f96e93d7e117393172a"));
    assert_eq!(output.unwrap(), hex("3ad77bb40d7a3660a89ecaf32466ef97"));
}

#[test]
fn debug_prints_nothing_secret() {
    let hmac = Mac::Hmac(Hash::Sha256);
    let mac_key = key(KeyType::Hmac, hmac, &[0x41; 32]);
    let ctr = key(KeyType::Aes, Cipher::Ctr, &[0x41; 16]);
    let gcm = key(KeyType::Aes, Aead::Gcm, &[0x41; 16]);
    let mut texts = vec![
        format!("{:?}", HashOperation::new(Hash::Sha256).unwrap()),
        format!("{:?}", MacSignOperation::new(&mac_key, hmac).unwrap()),
        format!("{:?}", MacVerifyOperation::new(&mac_key, hmac).unwrap()),
    ];
    let operation = CipherOperation::<Encrypt>::new(&ctr, Cipher::Ctr).unwrap();
    texts.push(format!("{operation:?}"));
    texts.push(format!("{:?}", operation.generate_iv().unwrap().0));
    let operation = AeadOperation::<Encrypt>::new(&gcm, Aead::Gcm).unwrap();
    texts.push(format!("{operation:?}"));
    texts.push(format!(
        "{:?}",
        operation.generate_nonce().unwrap().0.begin_data()
    ));
    for text in texts {
        let name = text.strip_suffix("(..)").expect("a name and no more");
        assert!(name.chars().all(char::is_alphabetic), "{text}");
    }
}

#[test]
fn operations_can_be_sent_and_shared() {
    fn check<T: Send + Sync>() {}
    check::<HashOperation>();
    check::<MacSignOperation>();
    check::<MacVerifyOperation>();
    check::<CipherOperation<Encrypt>>();
    check::<AeadOperation<Decrypt>>();
}

/// Room for an output: none, too little, just enough, more.
fn room() -> impl Strategy<Value = usize> {
    prop_oneof![Just(0_usize), 0..80_usize]
}

proptest! {
    #![proptest_config(cases(2000))]

    /// Nothing is asserted of the answers but that there is one, and that no answer is longer than its buffer.
    #[test]
    fn nothing_panics(
        secret in prop::collection::vec(any::<u8>(), 32),
        input in prop::collection::vec(any::<u8>(), 0..70),
        second in prop::collection::vec(any::<u8>(), 0..40),
        nonce in prop::collection::vec(any::<u8>(), 0..20),
        rooms in prop::collection::vec(room(), 6),
        lengths in prop::option::of((prop_oneof![0..40_usize, any::<usize>()], prop_oneof![0..80_usize, any::<usize>()])),
        (cipher_type, cipher_len, cipher) in prop::sample::select(ciphers()),
        (aead_type, aead_len, aead, _) in prop::sample::select(aeads()),
        (mac_type, mac_len, mac) in prop::sample::select(macs()),
        any_number: u32,
    ) {
        let secret: Vec<u8> = secret.iter().cycle().take(200).copied().collect();
        let mut buffers: Vec<Vec<u8>> = rooms.iter().map(|len| vec![GARBAGE; *len]).collect();
        let [b0, b1, b2, b3, b4, b5] = &mut buffers[..] else { unreachable!("six") };

        let mac_key = key(mac_type, mac, &secret[..mac_len]);
        let _ = mac_key.compute_mac_into(mac, &input, b0);
        let _ = mac_key.verify_mac(mac, &input, &second);
        let mut operation = MacSignOperation::new(&mac_key, mac).unwrap();
        let _ = operation.update(&input);
        let _ = operation.update(&[]);
        let _ = operation.finish_into(b0);
        let mut operation = MacVerifyOperation::new(&mac_key, mac).unwrap();
        let _ = operation.update(&input);
        let _ = operation.verify(&second);

        let cipher_key = key(cipher_type, cipher, &secret[..cipher_len]);
        let _ = cipher_key.encrypt_into(cipher, &input, b1);
        let _ = cipher_key.decrypt_into(cipher, &input, b2);
        for with_iv in [true, false] {
            let operation = CipherOperation::<Encrypt>::new(&cipher_key, cipher).unwrap();
            let operation = if with_iv {
                operation.generate_iv_into(b0).map(|(operation, _)| operation)
            } else {
                Ok(operation.without_iv())
            };
            if let Ok(mut operation) = operation {
                let _ = operation.update_into(&input, b1);
                let _ = operation.update_into(&second, b2);
                let _ = operation.finish_into(b3);
            }
            let operation = CipherOperation::<Decrypt>::new(&cipher_key, cipher).unwrap();
            if let Ok(mut operation) = operation.set_iv(&nonce) {
                let _ = operation.update_into(&input, b1);
                let _ = operation.update_into(&second, b2);
                let _ = operation.finish_into(b3);
            }
        }

        let aead_key = key(aead_type, aead, &secret[..aead_len]);
        let _ = aead_key.aead_encrypt_into(aead, &nonce, &second, &input, b4);
        let _ = aead_key.aead_decrypt_into(aead, &nonce, &second, &input, b5);
        let mut operation = AeadOperation::<Encrypt>::new(&aead_key, aead);
        if let Some((associated, plain)) = lengths {
            operation = operation.and_then(|operation| operation.set_lengths(associated, plain));
        }
        if let Ok((mut operation, _)) = operation.and_then(|operation| operation.generate_nonce_into(b0)) {
            let _ = operation.update_ad(&second);
            let mut operation = operation.begin_data();
            let _ = operation.update_into(&input, b4);
            let _ = operation.update_into(&second, b5);
            let _ = operation.finish_into(b1, b2);
        }
        let mut operation = AeadOperation::<Decrypt>::new(&aead_key, aead);
        if let Some((associated, plain)) = lengths {
            operation = operation.and_then(|operation| operation.set_lengths(associated, plain));
        }
        if let Ok(mut operation) = operation.and_then(|operation| operation.set_nonce(&nonce)) {
            let _ = operation.update_ad(&second);
            let mut operation = operation.begin_data();
            let _ = operation.update_into(&input, b4);
            let _ = operation.update_into(&second, b5);
            let _ = operation.verify_into(b1, &nonce);
        }

        // Algorithms that are none, with keys that have nothing to do with them.
        let _ = mac_key.compute_mac(Mac::Raw(any_number), &input);
        let _ = cipher_key.encrypt(Cipher::Raw(any_number), &input);
        let _ = aead_key.aead_encrypt(Aead::Raw(any_number), &nonce, &second, &input);
        let _ = CipherOperation::<Decrypt>::new(&mac_key, cipher);
        let _ = AeadOperation::<Decrypt>::new(&cipher_key, Aead::Raw(any_number));
        let _ = HashOperation::new(Hash::Raw(any_number));
        let key_type = KeyType::from_raw(any_number.to_le_bytes()[0].into());
        let _ = sizes::mac_length(key_type, 0, Mac::Raw(any_number));
        let _ = sizes::cipher_update_output_size(key_type, Cipher::Raw(any_number), usize::MAX);
        let _ = sizes::aead_encrypt_output_size(key_type, Aead::Raw(any_number), usize::MAX);
    }
}
