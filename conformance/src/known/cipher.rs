//! Ciphers: NIST SP 800-38A, FIPS 197, RFC 8439.

use crate::check::{refused, same};
use crate::vectors::hex;
use crate::{Ctx, Result, Test};
use psa::{
    Attributes, Cipher, CipherOperation, Decrypt, Direction, Encrypt, Error, Key, KeyType, Usage,
    state::TakesData,
};

/// The four blocks of SP 800-38A, which stand in SP 800-38B as well.
pub const PLAINTEXT: [u8; 64] = hex(
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
);
/// Its keys of 128, 192 and 256 bits.
const KEYS: [&[u8]; 3] = [
    &hex::<16>("2b7e151628aed2a6abf7158809cf4f3c"),
    &hex::<24>("8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"),
    &hex::<32>("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"),
];
const IV: [u8; 16] = hex("000102030405060708090a0b0c0d0e0f");
const COUNTER: [u8; 16] = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");

pub const TESTS: &[Test] = &[
    Test::new("AES-ECB: SP 800-38A", |_| {
        aes(Cipher::EcbNoPadding, &[], &[
            hex("3ad77bb40d7a3660a89ecaf32466ef97f5d3d58503b9699de785895a96fdbaaf43b1cd7f598ece23881b00e3ed0306887b0c785e27e8ad3f8223207104725dd4"),
            hex("bd334f1d6e45f25ff712a214571fa5cc974104846d0ad3ad7734ecb3ecee4eefef7afd2270e2e60adce0ba2face6444e9a4b41ba738d6c72fb16691603c18e0e"),
            hex("f3eed1bdb5d2a03c064b5a7e3db181f8591ccb10d410ed26dc5ba74a31362870b6ed21b99ca6f4f9f153e7b1beafed1d23304b7a39f9f3ff067d8d8f9e24ecc7"),
        ])
    })
    .needs(&["ECB"]),
    Test::new("AES-CBC: SP 800-38A", |_| {
        aes(Cipher::CbcNoPadding, &IV, &[
            hex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1caa1681fac09120eca307586e1a7"),
            hex("4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a571b242012fb7ae07fa9baac3df102e008b0e27988598881d920a9e64f5615cd"),
            hex("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b"),
        ])
    })
    .needs(&["CBC"]),
    Test::new("AES-CFB: SP 800-38A", |_| {
        aes(Cipher::Cfb, &IV, &[
            hex("3b3fd92eb72dad20333449f8e83cfb4ac8a64537a0b3a93fcde3cdad9f1ce58b26751f67a3cbb140b1808cf187a4f4dfc04b05357c5d1c0eeac4c66f9ff7f2e6"),
            hex("cdc80d6fddf18cab34c25909c99a417467ce7f7f81173621961a2b70171d3d7a2e1e8a1dd59b88b1c8e60fed1efac4c9c05f9f9ca9834fa042ae8fba584b09ff"),
            hex("dc7e84bfda79164b7ecd8486985d386039ffed143b28b1c832113c6331e5407bdf10132415e54b92a13ed0a8267ae2f975a385741ab9cef82031623d55b1e471"),
        ])
    })
    .needs(&["CFB"]),
    Test::new("AES-OFB: SP 800-38A", |_| {
        aes(Cipher::Ofb, &IV, &[
            hex("3b3fd92eb72dad20333449f8e83cfb4a7789508d16918f03f53c52dac54ed8259740051e9c5fecf64344f7a82260edcc304c6528f659c77866a510d9c1d6ae5e"),
            hex("cdc80d6fddf18cab34c25909c99a4174fcc28b8d4c63837c09e81700c11004018d9a9aeac0f6596f559c6d4daf59a5f26d9f200857ca6c3e9cac524bd9acc92a"),
            hex("dc7e84bfda79164b7ecd8486985d38604febdc6740d20b3ac88f6ad82a4fb08d71ab47a086e86eedf39d1c5bba97c4080126141d67f37be8538f5a8be740e484"),
        ])
    })
    .needs(&["OFB"]),
    Test::new("AES-CTR: SP 800-38A", |_| {
        aes(Cipher::Ctr, &COUNTER, &[
            hex("874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee"),
            hex("1abc932417521ca24f2b0459fe7e6e0b090339ec0aa6faefd5ccc2c6f4ce8e941e36b26bd1ebc670d1bd1d665620abf74f78a7f6d29809585a97daec58c6b050"),
            hex("601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c52b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6"),
        ])
    })
    .needs(&["CTR"]),
    Test::new("AES: FIPS 197, appendix C", fips_197).needs(&["ECB"]),
    Test::new("ChaCha20: RFC 8439, section 2.4.2", chacha20).needs(&["ChaCha20"]),
];

fn key(key_type: KeyType, data: &[u8], algorithm: Cipher) -> psa::Result<Key> {
    let attributes = Attributes::new(key_type, 0)
        .usage(Usage::ENCRYPT | Usage::DECRYPT)
        .algorithm(algorithm.into());
    Key::import(attributes, data)
}

fn aes(algorithm: Cipher, iv: &[u8], ciphertexts: &[[u8; 64]; 3]) -> Result<()> {
    for (data, ciphertext) in KEYS.into_iter().zip(ciphertexts) {
        let key = key(KeyType::Aes, data, algorithm)?;
        transforms::<Encrypt>(&key, algorithm, iv, &PLAINTEXT, ciphertext)?;
        transforms::<Decrypt>(&key, algorithm, iv, ciphertext, &PLAINTEXT)?;

        let (mut whole, mut plain) = ([0; 80], [0; 80]);
        let whole = &mut whole[..iv.len() + ciphertext.len()];
        whole[..iv.len()].copy_from_slice(iv);
        whole[iv.len()..].copy_from_slice(ciphertext);
        same(key.decrypt_into(algorithm, whole, &mut plain)?, &PLAINTEXT)?;
        // A generated initialization vector: nobody knows what comes, but it goes back.
        let sent = key.encrypt_into(algorithm, &PLAINTEXT, whole)?;
        same(&sent.len(), &(iv.len() + PLAINTEXT.len()))?;
        same(key.decrypt_into(algorithm, sent, &mut plain)?, &PLAINTEXT)?;
    }
    Ok(())
}

/// In pieces that end beside and at the ends of blocks.
fn transforms<D: Direction>(
    key: &Key,
    algorithm: Cipher,
    iv: &[u8],
    input: &[u8],
    output: &[u8],
) -> Result<()> {
    for piece in [1, 15, 16, 17, 64] {
        let mut operation = begin::<D>(key, algorithm, iv)?;
        let (mut buffer, mut len) = ([0; 96], 0);
        for part in input.chunks(piece) {
            len += operation.update_into(part, &mut buffer[len..])?.len();
        }
        len += operation.finish_into(&mut buffer[len..])?.len();
        same(&buffer[..len], output)?;
    }
    Ok(())
}

fn begin<D: Direction>(
    key: &Key,
    algorithm: Cipher,
    iv: &[u8],
) -> psa::Result<CipherOperation<D, TakesData>> {
    let operation = CipherOperation::<D>::new(key, algorithm)?;
    if iv.is_empty() {
        Ok(operation.without_iv())
    } else {
        operation.set_iv(iv)
    }
}

fn fips_197(_: &mut Ctx) -> Result<()> {
    const PLAIN: [u8; 16] = hex("00112233445566778899aabbccddeeff");
    const KEY: [u8; 32] = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    const ECB: Cipher = Cipher::EcbNoPadding;
    let mut buffer = [0; 16];
    for (bytes, ciphertext) in [
        (16, hex::<16>("69c4e0d86a7b0430d8cdb78070b4c55a")),
        (24, hex("dda97ca4864cdfe06eaf70a0ec0d7191")),
        (32, hex("8ea2b7ca516745bfeafc49904b496089")),
    ] {
        let key = key(KeyType::Aes, &KEY[..bytes], ECB)?;
        same(key.encrypt_into(ECB, &PLAIN, &mut buffer)?, &ciphertext)?;
        same(key.decrypt_into(ECB, &ciphertext, &mut buffer)?, &PLAIN)?;
    }
    Ok(())
}

fn chacha20(_: &mut Ctx) -> Result<()> {
    const KEY: [u8; 32] = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    const NONCE: [u8; 12] = hex("000000000000004a00000000");
    const CIPHERTEXT: [u8; 114] = hex(
        "6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0bf91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f530c359f0861d807ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab77937365af90bbf74a35be6b40b8eedf2785e42874d",
    );
    const STREAM: Cipher = Cipher::StreamCipher;
    let key = key(KeyType::ChaCha20, &KEY, STREAM)?;
    let mut operation = CipherOperation::<Encrypt>::new(&key, STREAM)?.set_iv(&NONCE)?;
    // The example begins with block 1, PSA with block 0.
    operation.update_into(&[0; 64], &mut [0; 64])?;
    let mut buffer = [0; 114];
    same(
        operation.update_into(super::aead::SUNSCREEN, &mut buffer)?,
        &CIPHERTEXT,
    )?;
    refused(
        CipherOperation::<Encrypt>::new(&key, STREAM)?.set_iv(&NONCE[1..]),
        &[Error::InvalidArgument],
    )
}
