//! MACs: RFC 4231 (HMAC), RFC 4493 and NIST SP 800-38B (CMAC).

use crate::check::{refused, same};
use crate::vectors::hex;
use crate::{Result, Test};
use psa::{Attributes, Error, Hash, Key, KeyType, Mac, MacSignOperation, TagLength, Usage};

/// Keys and messages of RFC 4231, section 4, in its order but for the truncated one.
const HMAC: [(&[u8], &[u8]); 6] = [
    (&[0x0b; 20], b"Hi There"),
    (b"Jefe", b"what do ya want for nothing?"),
    (&[0xaa; 20], &[0xdd; 50]),
    (
        &hex::<25>("0102030405060708090a0b0c0d0e0f10111213141516171819"),
        &[0xcd; 50],
    ),
    (
        &[0xaa; 131],
        b"Test Using Larger Than Block-Size Key - Hash Key First",
    ),
    (
        &[0xaa; 131],
        b"This is a test using a larger than block-size key and a larger than block-size data. \
          The key needs to be hashed before being used by the HMAC algorithm.",
    ),
];
/// Key and message of its section 4.6.
const TRUNCATED: (&[u8], &[u8]) = (&[0x0c; 20], b"Test With Truncation");

macro_rules! hmacs {
    ($($name:literal: $hash:ident, $need:literal, $truncated:literal, [$($mac:literal,)*];)*) => {
        &[$(
            Test::new(concat!("HMAC, ", $name, ": RFC 4231"), |_| {
                const MACS: [&[u8]; 6] = [$(&hex::<{ $mac.len() / 2 }>($mac)),*];
                hmac(Hash::$hash, &MACS, &hex::<16>($truncated))
            })
            .needs(&["HMAC", $need]),
        )*]
    };
}

pub const TESTS: &[Test] = hmacs! {
    "SHA-224": Sha224, "SHA-224", "0e2aea68a90c8d37c988bcdb9fca6fa8", [
        "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22",
        "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
        "7fb3cb3588c6c1f6ffa9694d7d6ad2649365b0c1f65d69d1ec8333ea",
        "6c11506874013cac6a2abc1bb382627cec6a90d86efc012de7afec5a",
        "95e9a0db962095adaebe9b2d6f0dbce2d499f112f2d2b7273fa6870e",
        "3a854166ac5d9f023f54d517d0b39dbd946770db9c2b95c9f6f565d1",
    ];
    "SHA-256": Sha256, "SHA-256", "a3b6167473100ee06e0c796c2955552b", [
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ];
    "SHA-384": Sha384, "SHA-384", "3abf34c3503b2a23a46efc619baef897", [
        "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6",
        "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        "88062608d3e6ad8a0aa2ace014c8a86f0aa635d947ac9febe83ef4e55966144b2a5ab39dc13814b94e3ab6e101a34f27",
        "3e8a69b7783c25851933ab6290af6ca77a9981480850009cc5577c6e1f573b4e6801dd23c4a7d679ccf8a386c674cffb",
        "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952",
        "6617178e941f020d351e2f254e8fd32c602420feb0b8fb9adccebb82461e99c5a678cc31e799176d3860e6110c46523e",
    ];
    "SHA-512": Sha512, "SHA-512", "415fad6271580a531d4179bc891d87a6", [
        "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737",
        "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb",
        "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3dba91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd",
        "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598",
        "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58",
    ];
};

pub const CMAC_TESTS: &[Test] = &[
    Test::new("CMAC, AES-128: RFC 4493", |_| {
        cmac(
            &hex::<16>("2b7e151628aed2a6abf7158809cf4f3c"),
            &[
                hex("bb1d6929e95937287fa37d129b756746"),
                hex("070a16b46b4d4144f79bdd9dd04a287c"),
                hex("dfa66747de9ae63030ca32611497c827"),
                hex("51f0bebf7e3b9d92fc49741779363cfe"),
            ],
        )
    })
    .needs(&["CMAC"]),
    Test::new("CMAC, AES-256: SP 800-38B", |_| {
        cmac(
            &hex::<32>("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
            &[
                hex("028962f61b7bf89efc6b551f4667d983"),
                hex("28a7023f452e8f82bd4bf28d8c37c35c"),
                hex("aaf3d8f1de5640c232f5b169b9c911e6"),
                hex("e1992190549f6ed5696a2c056c315410"),
            ],
        )
    })
    .needs(&["CMAC", "AES-192 and AES-256"]),
];

fn key(key_type: KeyType, data: &[u8], algorithm: Mac) -> psa::Result<Key> {
    let attributes = Attributes::new(key_type, 0)
        .usage(Usage::SIGN_MESSAGE | Usage::VERIFY_MESSAGE)
        .algorithm(algorithm.into());
    Key::import(attributes, data)
}

fn hmac(hash: Hash, macs: &[&[u8]; 6], truncated: &[u8]) -> Result<()> {
    let full = Mac::Hmac(hash);
    for ((data, message), mac) in HMAC.into_iter().zip(macs) {
        authenticates(&key(KeyType::Hmac, data, full)?, full, message, mac)?;
    }
    let sixteen = TagLength::new(truncated.len()).ok_or(Error::InvalidArgument)?;
    let short = full.truncated(sixteen);
    let (data, message) = TRUNCATED;
    authenticates(&key(KeyType::Hmac, data, short)?, short, message, truncated)
}

fn cmac(data: &[u8], macs: &[[u8; 16]; 4]) -> Result<()> {
    let key = key(KeyType::Aes, data, Mac::Cmac)?;
    for (length, mac) in [0, 16, 40, 64].into_iter().zip(macs) {
        let message = &super::cipher::PLAINTEXT[..length];
        authenticates(&key, Mac::Cmac, message, mac)?;
    }
    Ok(())
}

fn authenticates(key: &Key, algorithm: Mac, message: &[u8], mac: &[u8]) -> Result<()> {
    let mut buffer = [0; 64];
    let exact = &mut buffer[..mac.len()];
    same(key.compute_mac_into(algorithm, message, exact)?, mac)?;
    let short = &mut buffer[..mac.len() - 1];
    let too_small = [Error::BufferTooSmall];
    refused(key.compute_mac_into(algorithm, message, short), &too_small)?;
    let mut operation = MacSignOperation::new(key, algorithm)?;
    operation.update(message)?;
    refused(operation.finish_into(short), &too_small)?;

    key.verify_mac(algorithm, message, mac)?;
    let wrong = [Error::InvalidSignature];
    refused(key.verify_mac(algorithm, message, &mac[1..]), &wrong)?;
    buffer[..mac.len()].copy_from_slice(mac);
    buffer[0] ^= 0x80;
    refused(
        key.verify_mac(algorithm, message, &buffer[..mac.len()]),
        &wrong,
    )
}
