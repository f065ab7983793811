//! Authenticated encryption: NIST SP 800-38C, RFC 3610, the test cases of GCM's authors, RFC 8439.

use crate::check::{holds, refused, same};
use crate::vectors::hex;
use crate::{Result, Test};
use psa::{Aead, Attributes, Error, Key, KeyType, TagLength, Usage};

/// The message of RFC 8439, sections 2.4.2 and 2.8.2.
pub const SUNSCREEN: &[u8] =
    b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip \
for the future, sunscreen would be it.";

/// A message and what becomes of it.
struct Known {
    key: &'static [u8],
    nonce: &'static [u8],
    data: &'static [u8],
    message: &'static [u8],
    /// With the tag at its end.
    ciphertext: &'static [u8],
    tag: usize,
}

macro_rules! known {
    ($key:literal, $nonce:literal, $data:literal, $message:literal => $ciphertext:literal, $tag:literal) => {
        Known {
            key: &hex::<{ $key.len() / 2 }>($key),
            nonce: &hex::<{ $nonce.len() / 2 }>($nonce),
            data: &hex::<{ $data.len() / 2 }>($data),
            message: &hex::<{ $message.len() / 2 }>($message),
            ciphertext: &hex::<{ $ciphertext.len() / 2 }>($ciphertext),
            tag: $tag,
        }
    };
}

/// Test cases 1, 4 and 16 of "The Galois/Counter Mode of Operation".
const GCM: &[Known] = &[
    known!(
        "00000000000000000000000000000000", "000000000000000000000000", "", ""
        => "58e2fccefa7e3061367f1d57a4e7455a", 16
    ),
    known!(
        "feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
        => "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47", 16
    ),
    known!(
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
        => "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b", 16
    ),
];

/// Examples 1 to 3 of SP 800-38C, and the first packet of RFC 3610.
const CCM: &[Known] = &[
    known!(
        "404142434445464748494a4b4c4d4e4f", "10111213141516", "0001020304050607", "20212223"
        => "7162015b4dac255d", 4
    ),
    known!(
        "404142434445464748494a4b4c4d4e4f", "1011121314151617", "000102030405060708090a0b0c0d0e0f",
        "202122232425262728292a2b2c2d2e2f"
        => "d2a1f0e051ea5f62081a7792073d593d1fc64fbfaccd", 6
    ),
    known!(
        "404142434445464748494a4b4c4d4e4f", "101112131415161718191a1b",
        "000102030405060708090a0b0c0d0e0f10111213",
        "202122232425262728292a2b2c2d2e2f3031323334353637"
        => "e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5484392fbc1b09951", 8
    ),
    known!(
        "c0c1c2c3c4c5c6c7c8c9cacbcccdcecf", "00000003020100a0a1a2a3a4a5", "0001020304050607",
        "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e"
        => "588c979a61c663d2f066d0c2c0f989806d5f6b61dac38417e8d12cfdf926e0", 8
    ),
];

/// RFC 8439, section 2.8.2.
const CHACHA20_POLY1305: &[Known] = &[Known {
    message: SUNSCREEN,
    ..known!(
        "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f", "070000004041424344454647",
        "50515253c0c1c2c3c4c5c6c7", ""
        => "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b61161ae10b594f09e26a7e902ecbd0600691", 16
    )
}];

pub const TESTS: &[Test] = &[
    Test::new("AES-GCM: test cases 1, 4 and 16 of its authors", |_| {
        seals(KeyType::Aes, Aead::Gcm, GCM)
    })
    .needs(&["GCM"]),
    Test::new("AES-CCM: SP 800-38C and RFC 3610", |_| {
        seals(KeyType::Aes, Aead::Ccm, CCM)
    })
    .needs(&["CCM"]),
    Test::new("ChaCha20-Poly1305: RFC 8439, section 2.8.2", |_| {
        seals(KeyType::ChaCha20, Aead::ChaCha20Poly1305, CHACHA20_POLY1305)
    })
    .needs(&["ChaCha20-Poly1305"]),
];

/// At once; in steps it is done with the vectors of Wycheproof.
fn seals(key_type: KeyType, full: Aead, known: &[Known]) -> Result<()> {
    for case in known {
        let algorithm = match case.tag {
            16 => full,
            tag => full.with_tag_length(TagLength::new(tag).ok_or(Error::InvalidArgument)?),
        };
        let attributes = Attributes::new(key_type, 0)
            .usage(Usage::ENCRYPT | Usage::DECRYPT)
            .algorithm(algorithm.into());
        let key = Key::import(attributes, case.key)?;
        let Known {
            nonce,
            data,
            message,
            ciphertext,
            ..
        } = *case;
        let (too_small, mut buffer) = ([Error::BufferTooSmall], [0; 160]);
        let exact = &mut buffer[..ciphertext.len()];
        same(
            key.aead_encrypt_into(algorithm, nonce, data, message, exact)?,
            ciphertext,
        )?;
        let short = &mut buffer[..ciphertext.len() - 1];
        let sealed = key.aead_encrypt_into(algorithm, nonce, data, message, short);
        refused(sealed, &too_small)?;

        let exact = &mut buffer[..message.len()];
        same(
            key.aead_decrypt_into(algorithm, nonce, data, ciphertext, exact)?,
            message,
        )?;
        if let Some((_, short)) = exact.split_first_mut() {
            let opened = key.aead_decrypt_into(algorithm, nonce, data, ciphertext, short);
            refused(opened, &too_small)?;
        }
        let wrong = [Error::InvalidSignature];
        let opened = key.aead_decrypt_into(algorithm, nonce, b"other", ciphertext, &mut buffer);
        refused(opened, &wrong)?;
        // No plaintext is left of what was not authentic.
        holds(buffer[..message.len()].iter().all(|byte| *byte == 0))?;
    }
    Ok(())
}
