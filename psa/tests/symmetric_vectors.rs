//! MACs, ciphers and authenticated ciphers do what RFC, NIST and the `openssl` program say.

mod common;

use common::symmetric::{BLOCK_CIPHERS, bytes, key, length};
use common::{cases, hex, openssl, openssl_text, to_hex};
use proptest::prelude::*;
use psa::{
    Aead, AeadOperation, Cipher, CipherOperation, Decrypt, Encrypt, Error, Hash, Key, KeyType, Mac,
    MacSignOperation,
};

/// SP 800-38A, "F": the key, the four blocks, and what becomes of them.
const SP_800_38A_KEY: &str = "2b7e151628aed2a6abf7158809cf4f3c";
const SP_800_38A_PLAIN: &str = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51
                                30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
const SP_800_38A: [(Cipher, &str, &str); 5] = [
    (
        Cipher::EcbNoPadding,
        "",
        "3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf
         43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4",
    ),
    (
        Cipher::CbcNoPadding,
        "000102030405060708090a0b0c0d0e0f",
        "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2
         73bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7",
    ),
    (
        Cipher::Cfb,
        "000102030405060708090a0b0c0d0e0f",
        "3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b
         26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6",
    ),
    (
        Cipher::Ofb,
        "000102030405060708090a0b0c0d0e0f",
        "3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed825
         9740051e9c5fecf64344f7a82260edcc304c6528f659c77866a510d9c1d6ae5e",
    ),
    (
        Cipher::Ctr,
        "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
        "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff
         5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee",
    ),
];

fn encrypt(key: &Key, cipher: Cipher, iv: &[u8], input: &[u8]) -> Vec<u8> {
    let operation = CipherOperation::<Encrypt>::new(key, cipher).unwrap();
    let mut operation = if iv.is_empty() {
        operation.without_iv()
    } else {
        operation.set_iv(iv).unwrap()
    };
    let mut output = operation.update(input).unwrap();
    output.extend(operation.finish().unwrap());
    output
}

#[test]
fn ciphers_encrypt_and_decrypt_the_vectors_of_sp_800_38a() {
    let plain = hex(SP_800_38A_PLAIN);
    for (cipher, iv, encrypted) in SP_800_38A {
        let key = key(KeyType::Aes, cipher, &hex(SP_800_38A_KEY));
        let (iv, encrypted) = (hex(iv), hex(encrypted));
        assert_eq!(encrypt(&key, cipher, &iv, &plain), encrypted, "{cipher:?}");
        let with_iv = [iv, encrypted].concat();
        assert_eq!(*key.decrypt(cipher, &with_iv).unwrap(), plain, "{cipher:?}");
    }
}

const SUNSCREEN: &[u8] =
    b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
sunscreen would be it.";

#[test]
fn chacha20_is_that_of_rfc_8439_section_2_4_2() {
    let secret: Vec<u8> = (0..32).collect();
    let key = key(KeyType::ChaCha20, Cipher::StreamCipher, &secret);
    // The vector begins with block 1, PSA with block 0.
    let plain = [&[0; 64], SUNSCREEN].concat();
    let output = encrypt(
        &key,
        Cipher::StreamCipher,
        &hex("000000000000004a00000000"),
        &plain,
    );
    assert_eq!(
        to_hex(&output[64..]),
        "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b357\
         1639d624e65152ab8f530c359f0861d807ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab7793736\
         5af90bbf74a35be6b40b8eedf2785e42874d"
    );
}

/// RFC 4231, test case 1, and RFC 4493, "4".
#[test]
fn macs_are_those_of_rfc_4231_and_4493() {
    for (hash, expected) in [
        (
            Hash::Sha224,
            "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22",
        ),
        (
            Hash::Sha256,
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            Hash::Sha384,
            "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6",
        ),
        (
            Hash::Sha512,
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4\
             be9d914eeb61f1702e696c203a126854",
        ),
    ] {
        let mac = Mac::Hmac(hash);
        let key = key(KeyType::Hmac, mac, &[0x0b; 20]);
        assert_eq!(
            to_hex(&key.compute_mac(mac, b"Hi There").unwrap()),
            expected
        );
        key.verify_mac(mac, b"Hi There", &hex(expected)).unwrap();
    }
    let key = key(KeyType::Aes, Mac::Cmac, &hex(SP_800_38A_KEY));
    let message = hex(SP_800_38A_PLAIN);
    for (len, expected) in [
        (0, "bb1d6929e95937287fa37d129b756746"),
        (16, "070a16b46b4d4144f79bdd9dd04a287c"),
        (40, "dfa66747de9ae63030ca32611497c827"),
        (64, "51f0bebf7e3b9d92fc49741779363cfe"),
    ] {
        let mac = key.compute_mac(Mac::Cmac, &message[..len]).unwrap();
        assert_eq!(to_hex(&mac), expected);
        let mut operation = MacSignOperation::new(&key, Mac::Cmac).unwrap();
        operation.update(&message[..len]).unwrap();
        assert_eq!(operation.finish().unwrap(), mac);
    }
}

struct Vector {
    source: &'static str,
    aead: Aead,
    key_type: KeyType,
    key: Vec<u8>,
    nonce: Vec<u8>,
    associated: Vec<u8>,
    plain: Vec<u8>,
    sealed: Vec<u8>,
}

fn vectors() -> Vec<Vector> {
    let gcm_key = "feffe9928665731c6d6a8f9467308308";
    let gcm_plain = "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
                     1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39";
    let gcm_associated = "feedfacedeadbeeffeedfacedeadbeefabaddad2";
    let gcm = |source, key: &str, nonce, plain, associated, sealed| Vector {
        source,
        aead: Aead::Gcm,
        key_type: KeyType::Aes,
        key: hex(key),
        nonce: hex(nonce),
        associated: hex(associated),
        plain: hex(plain),
        sealed: hex(sealed),
    };
    let ccm = |source,
               tag,
               nonce,
               associated: std::ops::Range<u8>,
               plain: std::ops::Range<u8>,
               sealed| Vector {
        source,
        aead: Aead::Ccm.with_tag_length(length(tag)),
        key_type: KeyType::Aes,
        key: (0x40..0x50).collect(),
        nonce: hex(nonce),
        associated: associated.collect(),
        plain: plain.collect(),
        sealed: hex(sealed),
    };
    vec![
        gcm("GCM, test case 1", &"00".repeat(16), "000000000000000000000000", "", "", "58e2fccefa7e3061367f1d57a4e7455a"),
        gcm(
            "GCM, test case 2",
            &"00".repeat(16),
            "000000000000000000000000",
            "00000000000000000000000000000000",
            "",
            "0388dace60b6a392f328c2b971b2fe78 ab6e47d42cec13bdf53a67b21257bddf",
        ),
        gcm(
            "GCM, test case 4",
            gcm_key,
            "cafebabefacedbaddecaf888",
            gcm_plain,
            gcm_associated,
            "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e
             21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091 5bc94fbc3221a5db94fae95ae7121a47",
        ),
        gcm(
            "GCM, test case 6",
            gcm_key,
            "9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728
             c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b",
            gcm_plain,
            gcm_associated,
            "8ce24998625615b603a033aca13fb894be9112a5c3a211a8ba262a3cca7e2ca7
             01e4a9a4fba43c90ccdcb281d48c7c6fd62875d2aca417034c34aee5 619cc5aefffe0bfa462af43c1699d050",
        ),
        gcm(
            "GCM, test case 16",
            &gcm_key.repeat(2),
            "cafebabefacedbaddecaf888",
            gcm_plain,
            gcm_associated,
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
             8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662 76fc6ece0f4e1768cddf8853bb2d551b",
        ),
        ccm("SP 800-38C, example 1", 4, "10111213141516", 0..8, 0x20..0x24, "7162015b 4dac255d"),
        ccm(
            "SP 800-38C, example 2",
            6,
            "1011121314151617",
            0..0x10,
            0x20..0x30,
            "d2a1f0e051ea5f62081a7792073d593d 1fc64fbfaccd",
        ),
        ccm(
            "SP 800-38C, example 3",
            8,
            "101112131415161718191a1b",
            0..0x14,
            0x20..0x38,
            "e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5 484392fbc1b09951",
        ),
        Vector {
            source: "RFC 8439, 2.8.2",
            aead: Aead::ChaCha20Poly1305,
            key_type: KeyType::ChaCha20,
            key: (0x80..0xa0).collect(),
            nonce: hex("070000004041424344454647"),
            associated: hex("50515253c0c1c2c3c4c5c6c7"),
            plain: SUNSCREEN.to_vec(),
            sealed: hex(
                "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b
                 1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc
                 3ff4def08e4b7a9de576d26586cec64b6116 1ae10b594f09e26a7e902ecbd0600691",
            ),
        },
    ]
}

#[test]
fn authenticated_ciphers_are_those_of_nist_and_rfc_8439_at_once_and_in_steps() {
    for case in vectors() {
        let key = key(case.key_type, case.aead, &case.key);
        let sealed = key
            .aead_encrypt(case.aead, &case.nonce, &case.associated, &case.plain)
            .unwrap();
        assert_eq!(sealed, case.sealed, "{}", case.source);
        let opened = key.aead_decrypt(case.aead, &case.nonce, &case.associated, &case.sealed);
        assert_eq!(*opened.unwrap(), case.plain, "{}", case.source);

        let (ciphertext, tag) = case.sealed.split_at(case.plain.len());
        let lengths = (case.associated.len(), case.plain.len());
        let mut operation = AeadOperation::<Encrypt>::new(&key, case.aead)
            .and_then(|operation| operation.set_lengths(lengths.0, lengths.1))
            .and_then(|operation| operation.set_nonce(&case.nonce))
            .unwrap();
        operation.update_ad(&case.associated).unwrap();
        let mut operation = operation.begin_data();
        let mut output = operation.update(&case.plain).unwrap();
        let (rest, made) = operation.finish().unwrap();
        output.extend(rest);
        assert_eq!(
            (&output[..], &made[..]),
            (ciphertext, tag),
            "{}",
            case.source
        );

        let mut operation = AeadOperation::<Decrypt>::new(&key, case.aead)
            .and_then(|operation| operation.set_lengths(lengths.0, lengths.1))
            .and_then(|operation| operation.set_nonce(&case.nonce))
            .unwrap();
        operation.update_ad(&case.associated).unwrap();
        let mut operation = operation.begin_data();
        let mut output = operation.update(ciphertext).unwrap().to_vec();
        output.extend_from_slice(&operation.verify(tag).unwrap());
        assert_eq!(output, case.plain, "{}", case.source);
    }
}

fn name_for_openssl(key_type: KeyType) -> &'static str {
    match key_type {
        KeyType::Aes => "aes",
        KeyType::Aria => "aria",
        KeyType::Camellia => "camellia",
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn openssl_encrypts_alike_with_every_block_cipher(
        secret: [u8; 32],
        iv: [u8; 16],
        plain in prop::collection::vec(any::<u8>(), 1..100),
        (key_type, len) in prop::sample::select(BLOCK_CIPHERS.to_vec()),
        (cipher, mode) in prop::sample::select(vec![
            (Cipher::CbcPkcs7, "cbc"),
            (Cipher::Ctr, "ctr"),
            (Cipher::Cfb, "cfb"),
        ]),
    ) {
        let secret = &secret[..len];
        let key = key(key_type, cipher, secret);
        let name = format!("-{}-{}-{mode}", name_for_openssl(key_type), 8 * len);
        let (secret, hex_iv) = (to_hex(secret), to_hex(&iv));
        let theirs = openssl(&["enc", &name, "-K", &secret, "-iv", &hex_iv], &plain);
        prop_assert_eq!(encrypt(&key, cipher, &iv, &plain), &theirs[..]);

        let ours = key.encrypt(cipher, &plain).unwrap();
        let (iv, ciphertext) = ours.split_at(16);
        let read = openssl(&["enc", "-d", &name, "-K", &secret, "-iv", &to_hex(iv)], ciphertext);
        prop_assert_eq!(read, plain);
    }

    #[test]
    fn openssl_computes_the_same_macs(
        secret in prop::collection::vec(any::<u8>(), 1..150),
        message in prop::collection::vec(any::<u8>(), 0..300),
        (hash, name) in prop::sample::select(vec![
            (Hash::Md5, "MD5"),
            (Hash::Sha1, "SHA1"),
            (Hash::Sha224, "SHA224"),
            (Hash::Sha256, "SHA256"),
            (Hash::Sha384, "SHA384"),
            (Hash::Sha512, "SHA512"),
            (Hash::Sha3_224, "SHA3-224"),
            (Hash::Sha3_256, "SHA3-256"),
            (Hash::Sha3_384, "SHA3-384"),
            (Hash::Sha3_512, "SHA3-512"),
        ]),
    ) {
        let mac = Mac::Hmac(hash);
        let key = key(KeyType::Hmac, mac, &secret);
        let option = format!("hexkey:{}", to_hex(&secret));
        let theirs = openssl_text(&["mac", "-digest", name, "-macopt", &option, "HMAC"], &message);
        prop_assert_eq!(to_hex(&key.compute_mac(mac, &message).unwrap()), theirs.trim().to_lowercase());
    }

    #[test]
    fn openssl_computes_the_same_cmac(
        secret: [u8; 32],
        message in prop::collection::vec(any::<u8>(), 0..100),
        len in prop::sample::select(vec![16_usize, 24, 32]),
    ) {
        let key = key(KeyType::Aes, Mac::Cmac, &secret[..len]);
        let (cipher, option) = (format!("AES-{}-CBC", 8 * len), format!("hexkey:{}", to_hex(&secret[..len])));
        let theirs = openssl_text(&["mac", "-cipher", &cipher, "-macopt", &option, "CMAC"], &message);
        prop_assert_eq!(to_hex(&key.compute_mac(Mac::Cmac, &message).unwrap()), theirs.trim().to_lowercase());
    }
}

#[test]
fn a_truncated_mac_is_the_start_of_the_whole_one_and_no_other_length_passes() {
    let eight = Mac::Hmac(Hash::Sha256).truncated(length(8));
    let whole = key(KeyType::Hmac, Mac::Hmac(Hash::Sha256), &bytes(1, 32));
    let short = key(KeyType::Hmac, eight, &bytes(1, 32));
    let mac = whole
        .compute_mac(Mac::Hmac(Hash::Sha256), b"message")
        .unwrap();
    assert_eq!(short.compute_mac(eight, b"message").unwrap(), mac[..8]);
    short.verify_mac(eight, b"message", &mac[..8]).unwrap();
    for len in (0..8).chain(9..32) {
        let answer = short.verify_mac(eight, b"message", &mac[..len]);
        assert_eq!(answer, Err(Error::InvalidSignature), "{len}");
    }
}

/// What the specification names and Mbed TLS 3.6 does not have, and how it says so. When one of these begins to work, the
/// documentation that says it does not is wrong.
#[test]
fn what_mbedtls_lacks_is_refused() {
    let mac =
        |key_type, len, mac: Mac| key(key_type, mac, &bytes(1, len)).compute_mac(mac, &[0; 16]);
    assert_eq!(mac(KeyType::Aes, 16, Mac::CbcMac), Err(Error::NotSupported));
    // `mbedtls_cipher_cmac_starts` has AES and triple DES, and calls the rest bad input.
    for key_type in [KeyType::Aria, KeyType::Camellia] {
        assert_eq!(mac(key_type, 16, Mac::Cmac), Err(Error::InvalidArgument));
    }

    let xts = key(KeyType::Aes, Cipher::Xts, &bytes(1, 32));
    assert_eq!(xts.encrypt(Cipher::Xts, &[0; 16]), Err(Error::NotSupported));
    let ofb = key(KeyType::Camellia, Cipher::Ofb, &bytes(1, 16));
    assert_eq!(ofb.encrypt(Cipher::Ofb, &[0; 16]), Err(Error::NotSupported));
    let short = Aead::ChaCha20Poly1305.with_tag_length(length(8));
    let chacha = key(KeyType::ChaCha20, short, &bytes(1, 32));
    let answer = chacha.aead_encrypt(short, &[0; 12], &[], &[]);
    assert_eq!(answer, Err(Error::NotSupported));
}
