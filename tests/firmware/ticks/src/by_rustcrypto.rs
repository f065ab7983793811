//! By the crates of `RustCrypto`, as an application without an allocator writes it; their random numbers are those of psa.

use core::hint::black_box;

use p256::ecdsa::signature::hazmat::{PrehashVerifier as _, RandomizedPrehashSigner as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::elliptic_curve::Generate as _;
use p256::elliptic_curve::sec1::ToSec1Point as _;
use p256::{PublicKey, SecretKey, ecdh};
use pem_rfc7468::LineEnding;
use psa::rand_core::Rng;
use sec1::der::Encode as _;
use sec1::{EcParameters, EcPrivateKey};
use sha2::{Digest as _, Sha256};

/// What went wrong; no run of this goes wrong.
#[derive(Debug)]
pub struct Failed;

type Result<T> = core::result::Result<T, Failed>;

pub type Operation = fn(&State) -> Result<()>;

/// Metric, how often it runs, and what.
pub const OPERATIONS: &[(&str, u32, Operation)] = &[
    ("key", 16, |_| key().map(drop)),
    ("key+pem", 4, key_pem),
    ("sign", 4, sign),
    ("verify", 4, verify),
    ("ecdh", 4, agree),
    ("sha256-1k", 16, sha256),
];

/// What the operations work on.
pub struct State {
    signer: SigningKey,
    verifier: VerifyingKey,
    agreer: SecretKey,
    point: [u8; 65],
    hash: [u8; 32],
    signature: Signature,
    message: [u8; 1024],
}

impl State {
    pub fn new() -> Result<Self> {
        psa::init().map_err(|_| Failed)?;
        let signer = SigningKey::from(key()?);
        let verifier = *signer.verifying_key();
        let hash = [0xAF; 32];
        let signature = signer
            .sign_prehash_with_rng(&mut Rng, &hash)
            .map_err(|_| Failed)?;
        let mut point = [0; 65];
        point.copy_from_slice(verifier.to_sec1_point(false).as_bytes());
        Ok(Self {
            signer,
            verifier,
            agreer: key()?,
            point,
            hash,
            signature,
            message: [0x55; 1024],
        })
    }
}

fn key() -> Result<SecretKey> {
    SecretKey::try_generate_from_rng(&mut Rng).map_err(|_| Failed)
}

fn key_pem(_: &State) -> Result<()> {
    let key = key()?;
    let secret = key.to_bytes();
    let point = key.public_key().to_sec1_point(false);
    let document = EcPrivateKey {
        private_key: &secret,
        parameters: Some(EcParameters::NamedCurve(
            sec1::der::asn1::ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7"),
        )),
        public_key: Some(point.as_bytes()),
    };
    let (mut der, mut text) = ([0; 160], [0; 512]);
    let der = document.encode_to_slice(&mut der).map_err(|_| Failed)?;
    let pem = pem_rfc7468::encode("EC PRIVATE KEY", LineEnding::LF, der, &mut text);
    black_box(pem.map_err(|_| Failed)?);
    Ok(())
}

fn sign(state: &State) -> Result<()> {
    let signature: Signature = state
        .signer
        .sign_prehash_with_rng(&mut Rng, &state.hash)
        .map_err(|_| Failed)?;
    black_box(signature);
    Ok(())
}

fn verify(state: &State) -> Result<()> {
    let verified = state.verifier.verify_prehash(&state.hash, &state.signature);
    verified.map_err(|_| Failed)
}

fn agree(state: &State) -> Result<()> {
    let peer = PublicKey::from_sec1_bytes(&state.point).map_err(|_| Failed)?;
    black_box(ecdh::diffie_hellman(
        state.agreer.to_nonzero_scalar(),
        peer.as_affine(),
    ));
    Ok(())
}

#[allow(clippy::unnecessary_wraps, reason = "an operation like the others")]
fn sha256(state: &State) -> Result<()> {
    black_box(Sha256::digest(state.message));
    Ok(())
}
