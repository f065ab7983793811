//! Hashes, MACs, ciphers and authenticated encryption in parts.

use crate::client::{Aead, Cipher, Hash, Mac};
use psa::{Algorithm, Attributes, Error, Key, KeyType, Usage};
use psa_conformance::check::{refused, same};
use psa_conformance::{Ctx, Result, Test, hex};
use tfm_sys::{
    PSA_ALG_AEAD_WITH_SHORTENED_TAG, PSA_ALG_CBC_NO_PADDING, PSA_ALG_CCM, PSA_ALG_CTR, PSA_ALG_GCM,
    PSA_ALG_HMAC, PSA_ALG_SHA_256,
};

pub const TESTS: &[Test] = &[
    Test::new("multi-part hash: the parts make the whole", hashes_in_parts),
    Test::new("multi-part hash: a clone goes its own way", clones_a_hash),
    Test::new(
        "multi-part hash: verifies, and refuses what is wrong",
        verifies_a_hash,
    ),
    Test::new(
        "multi-part hash: an operation that is not active is refused",
        refuses_inactive_operations,
    ),
    Test::new("multi-part MAC: signs as RFC 4231", signs_as_rfc_4231),
    Test::new(
        "multi-part MAC: verifies, and refuses what is wrong",
        verifies_a_mac,
    ),
    Test::new("multi-part CTR: both ways as SP 800-38A", |_| {
        cipher(PSA_ALG_CTR, &hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"), &CTR)
    })
    .needs(&["CTR"]),
    Test::new("multi-part CBC: both ways as SP 800-38A", |_| {
        cipher(
            PSA_ALG_CBC_NO_PADDING,
            &hex("000102030405060708090a0b0c0d0e0f"),
            &CBC,
        )
    })
    .needs(&["CBC"]),
    Test::new("multi-part CTR: generated IVs differ", generates_ivs).needs(&["CTR"]),
    Test::new("multi-part CCM: both ways as SP 800-38C", |_| aead(&CCM)),
    Test::new("multi-part GCM: both ways as its specification", |_| {
        aead(&GCM)
    })
    .needs(&["GCM"]),
    Test::new(
        "multi-part CCM: a wrong tag is refused",
        refuses_a_wrong_tag,
    ),
    Test::new(
        "multi-part CCM: a generated nonce serves both ways",
        generates_a_nonce,
    ),
];

/// SHA-256 of "abc" (FIPS 180-4).
const ABC: [u8; 32] = hex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");

fn hash_of(parts: &[&[u8]]) -> psa::Result<Hash> {
    let mut hash = Hash::new();
    hash.setup(PSA_ALG_SHA_256)?;
    for part in parts {
        hash.update(part)?;
    }
    Ok(hash)
}

fn hashes_in_parts(_: &mut Ctx) -> Result<()> {
    let mut buffer = [0; 32];
    same(hash_of(&[b"a", b"", b"bc"])?.finish(&mut buffer)?, &ABC)?;
    same(hash_of(&[b"abc"])?.finish(&mut buffer)?, &ABC)?;
    let mut hash = hash_of(&[b"a", b"bc"])?;
    refused(hash.finish(&mut buffer[..31]), &[Error::BufferTooSmall])
}

fn clones_a_hash(_: &mut Ctx) -> Result<()> {
    let mut buffer = [0; 32];
    let mut first = hash_of(&[b"a"])?;
    let mut second = Hash::new();
    first.clone_into(&mut second)?;
    first.update(b"nother")?;
    second.update(b"bc")?;
    first.abort()?;
    same(second.finish(&mut buffer)?, &ABC)
}

fn verifies_a_hash(_: &mut Ctx) -> Result<()> {
    hash_of(&[b"ab", b"c"])?.verify(&ABC)?;
    refused(
        hash_of(&[b"ab", b"d"])?.verify(&ABC),
        &[Error::InvalidSignature],
    )
}

fn refuses_inactive_operations(_: &mut Ctx) -> Result<()> {
    let mut hash = Hash::new();
    refused(hash.update(b"abc"), &[Error::BadState])?;
    hash.abort()?;
    hash.setup(PSA_ALG_SHA_256)?;
    refused(hash.setup(PSA_ALG_SHA_256), &[Error::BadState])
}

const HMAC: u32 = PSA_ALG_HMAC(PSA_ALG_SHA_256);

/// RFC 4231, section 4.3.
const HMAC_PARTS: [&[u8]; 3] = [b"what do ya want", b" for ", b"nothing?"];
const HMAC_OF_PARTS: [u8; 32] =
    hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

fn hmac_key() -> psa::Result<Key> {
    let attributes = Attributes::new(KeyType::Hmac, 0)
        .usage(Usage::SIGN_MESSAGE | Usage::VERIFY_MESSAGE)
        .algorithm(Algorithm::from_raw(HMAC));
    Key::import(attributes, b"Jefe")
}

fn signs_as_rfc_4231(_: &mut Ctx) -> Result<()> {
    let key = hmac_key()?;
    let mut mac = Mac::new();
    mac.sign_setup(&key, HMAC)?;
    for part in HMAC_PARTS {
        mac.update(part)?;
    }
    same(mac.sign_finish(&mut [0; 32])?, &HMAC_OF_PARTS)
}

fn verifies_a_mac(_: &mut Ctx) -> Result<()> {
    let key = hmac_key()?;
    let mut mac = Mac::new();
    mac.verify_setup(&key, HMAC)?;
    for part in HMAC_PARTS {
        mac.update(part)?;
    }
    mac.verify_finish(&HMAC_OF_PARTS)?;
    mac.verify_setup(&key, HMAC)?;
    mac.update(HMAC_PARTS[0])?;
    refused(
        mac.verify_finish(&HMAC_OF_PARTS),
        &[Error::InvalidSignature],
    )
}

/// SP 800-38A: the key of appendix F, two blocks of its plaintext, and what F.2.1 and F.5.1 make of them.
const AES_KEY: [u8; 16] = hex("2b7e151628aed2a6abf7158809cf4f3c");
const PLAIN: [u8; 32] = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
const CTR: [u8; 32] = hex("874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff");
const CBC: [u8; 32] = hex("7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2");

fn aes_key(algorithm: u32, key: &[u8]) -> psa::Result<Key> {
    let attributes = Attributes::new(KeyType::Aes, 8 * key.len())
        .usage(Usage::ENCRYPT | Usage::DECRYPT)
        .algorithm(Algorithm::from_raw(algorithm));
    Key::import(attributes, key)
}

fn cipher(algorithm: u32, iv: &[u8; 16], expected: &[u8; 32]) -> Result<()> {
    let key = aes_key(algorithm, &AES_KEY)?;
    let mut cipher = Cipher::new();
    cipher.encrypt_setup(&key, algorithm)?;
    cipher.set_iv(iv)?;
    same(&all_parts(&mut cipher, &PLAIN)?, expected)?;
    cipher.decrypt_setup(&key, algorithm)?;
    cipher.set_iv(iv)?;
    same(&all_parts(&mut cipher, expected)?, &PLAIN)
}

/// In two parts of unlike length; a block cipher keeps back what is no whole block.
fn all_parts(cipher: &mut Cipher, input: &[u8; 32]) -> psa::Result<[u8; 32]> {
    let (mut whole, mut buffer, mut length) = ([0; 32], [0; 48], 0);
    let mut append = |part: &[u8]| {
        whole[length..length + part.len()].copy_from_slice(part);
        length += part.len();
    };
    append(cipher.update(&input[..7], &mut buffer)?);
    append(cipher.update(&input[7..], &mut buffer)?);
    append(cipher.finish(&mut buffer)?);
    Ok(whole)
}

fn generates_ivs(_: &mut Ctx) -> Result<()> {
    let key = aes_key(PSA_ALG_CTR, &AES_KEY)?;
    let mut ivs = [[0; 16]; 2];
    for iv in &mut ivs {
        let mut cipher = Cipher::new();
        cipher.encrypt_setup(&key, PSA_ALG_CTR)?;
        same(&cipher.generate_iv(iv)?.len(), &16)?;
    }
    same(&(ivs[0] == ivs[1]), &false)
}

struct AeadVectors {
    algorithm: u32,
    key: &'static [u8],
    nonce: &'static [u8],
    ad: &'static [u8],
    plain: &'static [u8],
    encrypted: &'static [u8],
    tag: &'static [u8],
}

/// SP 800-38C, appendix C.2.
const CCM: AeadVectors = AeadVectors {
    algorithm: PSA_ALG_AEAD_WITH_SHORTENED_TAG(PSA_ALG_CCM, 6),
    key: &hex::<16>("404142434445464748494a4b4c4d4e4f"),
    nonce: &hex::<8>("1011121314151617"),
    ad: &hex::<16>("000102030405060708090a0b0c0d0e0f"),
    plain: &hex::<16>("202122232425262728292a2b2c2d2e2f"),
    encrypted: &hex::<16>("d2a1f0e051ea5f62081a7792073d593d"),
    tag: &hex::<6>("1fc64fbfaccd"),
};

/// `McGrew` and Viega, "The Galois/Counter Mode of Operation", test case 4.
const GCM: AeadVectors = AeadVectors {
    algorithm: PSA_ALG_GCM,
    key: &hex::<16>("feffe9928665731c6d6a8f9467308308"),
    nonce: &hex::<12>("cafebabefacedbaddecaf888"),
    ad: &hex::<20>("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
    plain: &hex::<60>(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    ),
    encrypted: &hex::<60>(
        "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091",
    ),
    tag: &hex::<16>("5bc94fbc3221a5db94fae95ae7121a47"),
};

/// The longest text of these vectors, and a block that a provider may keep back until the end.
const TEXT_MAX: usize = 60 + 16;

/// Gives nonce, additional data and text in two parts each, and answers how much output there was.
fn feed(
    aead: &mut Aead,
    vectors: &AeadVectors,
    input: &[u8],
    output: &mut [u8],
) -> psa::Result<usize> {
    aead.set_lengths(vectors.ad.len(), input.len())?;
    aead.set_nonce(vectors.nonce)?;
    let (first, second) = vectors.ad.split_at(3);
    aead.update_ad(first)?;
    aead.update_ad(second)?;
    let (first, second) = input.split_at(5);
    let length = aead.update(first, output)?.len();
    Ok(length + aead.update(second, &mut output[length..])?.len())
}

fn aead(vectors: &AeadVectors) -> Result<()> {
    let key = aes_key(vectors.algorithm, vectors.key)?;
    let (mut buffer, mut tag) = ([0; TEXT_MAX], [0; 16]);
    let mut aead = Aead::new();
    aead.encrypt_setup(&key, vectors.algorithm)?;
    let length = feed(&mut aead, vectors, vectors.plain, &mut buffer)?;
    let (rest, tag) = aead.finish(&mut buffer[length..], &mut tag)?;
    same(tag, vectors.tag)?;
    let length = length + rest.len();
    same(&buffer[..length], vectors.encrypted)?;

    aead.decrypt_setup(&key, vectors.algorithm)?;
    let length = feed(&mut aead, vectors, vectors.encrypted, &mut buffer)?;
    let length = length + aead.verify(&mut buffer[length..], vectors.tag)?.len();
    same(&buffer[..length], vectors.plain)
}

fn refuses_a_wrong_tag(_: &mut Ctx) -> Result<()> {
    let key = aes_key(CCM.algorithm, CCM.key)?;
    let mut buffer = [0; TEXT_MAX];
    let mut aead = Aead::new();
    aead.decrypt_setup(&key, CCM.algorithm)?;
    let length = feed(&mut aead, &CCM, CCM.encrypted, &mut buffer)?;
    let verified = aead.verify(&mut buffer[length..], &[0; 6]);
    refused(verified, &[Error::InvalidSignature])
}

fn generates_a_nonce(_: &mut Ctx) -> Result<()> {
    let key = aes_key(PSA_ALG_CCM, &AES_KEY)?;
    let (mut nonce, mut encrypted, mut tag) = ([0; 16], [0; 19], [0; 16]);
    let mut aead = Aead::new();
    aead.encrypt_setup(&key, PSA_ALG_CCM)?;
    aead.set_lengths(0, 3)?;
    let nonce = aead.generate_nonce(&mut nonce)?;
    let length = aead.update(b"abc", &mut encrypted)?.len();
    let (rest, tag) = aead.finish(&mut encrypted[length..], &mut tag)?;
    same(&(length + rest.len()), &3)?;

    aead.decrypt_setup(&key, PSA_ALG_CCM)?;
    aead.set_lengths(0, 3)?;
    aead.set_nonce(nonce)?;
    let mut plain = [0; 19];
    let length = aead.update(&encrypted[..3], &mut plain)?.len();
    let length = length + aead.verify(&mut plain[length..], tag)?.len();
    same(&plain[..length], b"abc")
}
