//! Authenticated encryption by the traits of `aead`: `aes-gcm` opens what we seal, and we what it seals.
#![cfg(feature = "full")]

use aes_gcm::{
    Aes128Gcm, Aes256Gcm, AesGcm, KeyInit,
    aead::{Aead, AeadInOut, Payload, consts::U16, inout::InOutBuf},
    aes::Aes128,
};
use proptest::prelude::*;
use psa::aead::{Ccm, ChaCha20Poly1305, Gcm, SealingKey};
use psa::{AeadKind, Attributes, Key, KeyType, TagLength, Usage};

fn key(key_type: KeyType, algorithm: psa::Aead, bytes: &[u8]) -> Key {
    psa::init().unwrap();
    let attributes = Attributes::new(key_type, 0)
        .usage(Usage::ENCRYPT | Usage::DECRYPT)
        .algorithm(algorithm.into());
    Key::import(attributes, bytes).unwrap()
}

/// Longer than what goes to the provider at once.
fn data() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..1000)
}

fn each_opens_the_others<A: Aead>(
    ours: &(impl Aead<NonceSize = A::NonceSize, TagSize = A::TagSize> + AeadInOut),
    theirs: &A,
    nonce: &aes_gcm::aead::Nonce<A>,
    message: &[u8],
    aad: &[u8],
) {
    let sealed = ours.encrypt(nonce, Payload { msg: message, aad }).unwrap();
    assert_eq!(
        sealed,
        theirs
            .encrypt(nonce, Payload { msg: message, aad })
            .unwrap()
    );
    assert_eq!(
        theirs
            .decrypt(nonce, Payload { msg: &sealed, aad })
            .unwrap(),
        message
    );
    assert_eq!(
        ours.decrypt(nonce, Payload { msg: &sealed, aad }).unwrap(),
        message
    );
    // From one buffer to another, and in place.
    let mut apart = vec![0; message.len()];
    let tag = ours
        .encrypt_inout_detached(nonce, aad, InOutBuf::new(message, &mut apart).unwrap())
        .unwrap();
    assert_eq!([&apart[..], &tag[..]].concat(), sealed);
    for bit in [0, sealed.len() * 8 - 1] {
        let mut damaged = sealed.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(ours.decrypt(nonce, Payload { msg: &damaged, aad }).is_err());
        assert!(ours.decrypt(nonce, &damaged[..]).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn aes_gcm_agrees(
        secret: [u8; 32], nonce: [u8; 12], long_nonce: [u8; 16], message in data(), header in data(),
    ) {
        let long = key(KeyType::Aes, psa::Aead::Gcm, &secret);
        let short = key(KeyType::Aes, psa::Aead::Gcm, &secret[..16]);
        let sealing: SealingKey<&Key, Gcm> = SealingKey::new(&long);
        let theirs = Aes256Gcm::new(&secret.into());
        each_opens_the_others(&sealing, &theirs, &nonce.into(), &message, &header);
        let sealing: SealingKey<&Key, Gcm> = SealingKey::new(&short);
        let theirs = Aes128Gcm::new_from_slice(&secret[..16]).unwrap();
        each_opens_the_others(&sealing, &theirs, &nonce.into(), &message, &header);
        let sealing: SealingKey<&Key, Gcm, U16> = SealingKey::new(&short);
        let theirs = AesGcm::<Aes128, U16>::new_from_slice(&secret[..16]).unwrap();
        each_opens_the_others(&sealing, &theirs, &long_nonce.into(), &message, &header);
    }
}

#[test]
fn a_wrong_tag_leaves_no_plaintext_and_a_right_one_opens() {
    let key = key(KeyType::Aes, psa::Aead::Gcm, &[1; 16]);
    let sealing: SealingKey<&Key, Gcm> = SealingKey::new(&key);
    let nonce = [2; 12].into();
    for len in [0, 1, 15, 16, 255, 256, 257, 1000] {
        let mut buffer = vec![0x77; len];
        let mut tag = sealing
            .encrypt_inout_detached(&nonce, b"", (&mut buffer[..]).into())
            .unwrap();
        let sealed = buffer.clone();
        sealing
            .decrypt_inout_detached(&nonce, b"", (&mut buffer[..]).into(), &tag)
            .unwrap();
        assert_eq!(buffer, vec![0x77; len]);
        buffer.copy_from_slice(&sealed);
        tag[0] ^= 1;
        sealing
            .decrypt_inout_detached(&nonce, b"", (&mut buffer[..]).into(), &tag)
            .unwrap_err();
        assert_eq!(buffer, vec![0; len]);
    }
}

/// RFC 3610, packet vector 1: a tag of 8 bytes and a nonce of 13.
#[test]
fn ccm_is_that_of_rfc_3610() {
    use aes_gcm::aead::consts::{U8, U13};
    let secret: Vec<u8> = (0xc0..=0xcf).collect();
    let eight = TagLength::new(8).unwrap();
    let algorithm = psa::Aead::Shortened(AeadKind::Ccm, eight);
    let sealing: SealingKey<Key, Ccm, U13, U8> =
        SealingKey::new(key(KeyType::Aes, algorithm, &secret));
    let nonce = [
        0x00, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5,
    ];
    let packet: Vec<u8> = (0..=0x1e).collect();
    let (aad, msg) = packet.split_at(8);
    let sealed = sealing
        .encrypt(&nonce.into(), Payload { msg, aad })
        .unwrap();
    let expected = [
        0x58, 0x8c, 0x97, 0x9a, 0x61, 0xc6, 0x63, 0xd2, 0xf0, 0x66, 0xd0, 0xc2, 0xc0, 0xf9, 0x89,
        0x80, 0x6d, 0x5f, 0x6b, 0x61, 0xda, 0xc3, 0x84, 0x17, 0xe8, 0xd1, 0x2c, 0xfd, 0xf9, 0x26,
        0xe0,
    ];
    assert_eq!(sealed, expected);
    let opened = sealing.decrypt(&nonce.into(), Payload { msg: &sealed, aad });
    assert_eq!(opened.unwrap(), msg);
}

/// RFC 8439, section 2.8.2: the tag, and the first bytes of the ciphertext.
#[test]
fn chacha20_poly1305_is_that_of_rfc_8439() {
    let secret: Vec<u8> = (0x80..=0x9f).collect();
    let sealing: SealingKey<Key, ChaCha20Poly1305> =
        SealingKey::new(key(KeyType::ChaCha20, psa::Aead::ChaCha20Poly1305, &secret));
    let nonce = [
        0x07, 0x00, 0x00, 0x00, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47,
    ];
    let aad = &[
        0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7,
    ];
    let msg =
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the \
                future, sunscreen would be it.";
    let sealed = sealing
        .encrypt(&nonce.into(), Payload { msg, aad })
        .unwrap();
    assert_eq!(sealed[..4], [0xd3, 0x1a, 0x8d, 0x34]);
    let tag = [
        0x1a, 0xe1, 0x0b, 0x59, 0x4f, 0x09, 0xe2, 0x6a, 0x7e, 0x90, 0x2e, 0xcb, 0xd0, 0x60, 0x06,
        0x91,
    ];
    assert_eq!(sealed[msg.len()..], tag);
}

#[test]
fn what_the_policy_does_not_permit_leaves_the_buffer_alone() {
    let key = key(KeyType::Aes, psa::Aead::Ccm, &[1; 16]);
    let sealing: SealingKey<&Key, Gcm> = SealingKey::new(&key);
    let mut buffer = *b"hello";
    let sealed = sealing.encrypt_inout_detached(&[0; 12].into(), b"", (&mut buffer[..]).into());
    assert!(sealed.is_err());
    assert_eq!(&buffer, b"hello");
}
