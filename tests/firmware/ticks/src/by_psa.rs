//! Through the safe API, as an application writes it.

use core::hint::black_box;

use psa::{
    Aead, Algorithm, Attributes, Curve, Hash, Key, KeyAgreement, KeyType, Result, Sign, Usage,
};

pub type Operation = fn(&State) -> Result<()>;

/// Metric, how often it runs, and what.
pub const OPERATIONS: &[(&str, u32, Operation)] = &[
    ("key", 16, key),
    ("key+pem", 4, key_pem),
    ("csr", 4, csr),
    ("key+pem+csr", 4, key_pem_csr),
    ("sign", 4, sign),
    ("verify", 4, verify),
    ("ecdh", 4, ecdh),
    ("sha256-1k", 16, sha256),
    ("aes-gcm-1k", 16, aes_gcm),
];

const SIGN: Sign = Sign::Ecdsa(Hash::Sha256);
const SIGNING: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN.union(Usage::EXPORT))
    .algorithm(Algorithm::ecdsa(Hash::Sha256));
const SUBJECT: &str = "CN=device-0001,O=Example";

/// What the operations work on.
pub struct State {
    signer: Key,
    verifier: Key,
    agreer: Key,
    cipher: Key,
    point: [u8; 65],
    hash: [u8; 32],
    signature: [u8; 64],
    message: [u8; 1024],
}

impl State {
    pub fn new() -> Result<Self> {
        psa::init()?;
        let signer = Key::generate(SIGNING)?;
        let mut point = [0; 65];
        signer.export_public_into(&mut point)?;
        let public = Attributes::ecc_public_key(Curve::P256)
            .usage(Usage::VERIFY)
            .algorithm(Algorithm::Sign(SIGN));
        let verifier = Key::import(public, &point)?;
        let agreer = Key::generate(
            Attributes::ecc_key_pair(Curve::P256)
                .usage(Usage::DERIVE)
                .algorithm(KeyAgreement::Ecdh.into()),
        )?;
        let aes = Attributes::new(KeyType::Aes, 128)
            .usage(Usage::ENCRYPT)
            .algorithm(Aead::Gcm.into());
        let cipher = Key::import(aes, &[0x42; 16])?;
        let hash = [0xAF; 32];
        let mut signature = [0; 64];
        signer.sign_hash_into(SIGN, &hash, &mut signature)?;
        Ok(Self {
            signer,
            verifier,
            agreer,
            cipher,
            point,
            hash,
            signature,
            message: [0x55; 1024],
        })
    }
}

fn key(_: &State) -> Result<()> {
    Key::generate(SIGNING)?.destroy()
}

fn key_pem(_: &State) -> Result<()> {
    let mut text = [0; 1024];
    let key = Key::generate(SIGNING)?;
    black_box(&key.private_key_pem_into(&mut text)?);
    key.destroy()
}

fn csr(state: &State) -> Result<()> {
    let mut text = [0; 1024];
    black_box(state.signer.csr(SUBJECT)?.pem_into(&mut text)?);
    Ok(())
}

fn key_pem_csr(_: &State) -> Result<()> {
    let mut text = [0; 1024];
    let key = Key::generate(SIGNING)?;
    black_box(&key.private_key_pem_into(&mut text)?);
    black_box(key.csr(SUBJECT)?.pem_into(&mut text)?);
    key.destroy()
}

fn sign(state: &State) -> Result<()> {
    let mut signature = [0; 64];
    black_box(
        state
            .signer
            .sign_hash_into(SIGN, &state.hash, &mut signature)?,
    );
    Ok(())
}

fn verify(state: &State) -> Result<()> {
    state
        .verifier
        .verify_hash(SIGN, &state.hash, &state.signature)
}

fn ecdh(state: &State) -> Result<()> {
    let mut secret = [0; 32];
    let agreer = &state.agreer;
    black_box(&agreer.raw_key_agreement_into(KeyAgreement::Ecdh, &state.point, &mut secret)?);
    Ok(())
}

fn sha256(state: &State) -> Result<()> {
    black_box(Hash::Sha256.compute_into(&state.message, &mut [0; 32])?);
    Ok(())
}

fn aes_gcm(state: &State) -> Result<()> {
    let mut sealed = [0; 1024 + 16];
    let cipher = &state.cipher;
    black_box(cipher.aead_encrypt_into(Aead::Gcm, &[7; 12], b"", &state.message, &mut sealed)?);
    Ok(())
}
