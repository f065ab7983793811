#![doc = include_str!("../README.md")]
#![cfg_attr(any(not(feature = "std"), target_os = "none"), no_std)]
#![deny(unsafe_code)]

mod backend;
mod count;
#[cfg(feature = "deterministic")]
mod deterministic;
mod error;
mod public;
mod random;
mod scalar;
mod wipe;

pub use backend::Backend;
#[cfg(feature = "count")]
pub use count::multiplications;
pub use error::{Error, Result};
#[cfg(feature = "constant-time-test")]
#[doc(hidden)]
pub use public::set_public_hook;
pub use rand_core::{self, TryCryptoRng};
pub use zeroize::Zeroizing;

/// Bytes of a private key: the scalar, big-endian.
pub const PRIVATE_KEY_SIZE: usize = 32;
/// Bytes of a public key: 4, and the coordinates of the point, big-endian.
pub const PUBLIC_KEY_SIZE: usize = 65;
/// Bytes of a signature: r and s, big-endian.
pub const SIGNATURE_SIZE: usize = 64;
/// Bytes of what two keys agree on: the first coordinate, big-endian.
pub const SHARED_SECRET_SIZE: usize = 32;

/// Draws a private key: 32 bytes of the random source at a time, until they are a scalar (FIPS 186-5, A.2.2).
///
/// # Errors
/// [`Error::Random`] when the source fails, or gives no scalar in many draws. `private` is zero then.
///
/// ```
/// # mod rng { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/rng.rs")); }
/// # use rng::Counter;
/// let mut private = psa_p256::Zeroizing::new([0; 32]);
/// psa_p256::generate(&mut private, &mut Counter(1))?;
/// assert!(psa_p256::check_private_key(&*private).is_ok());
/// # Ok::<(), psa_p256::Error>(())
/// ```
pub fn generate<R: TryCryptoRng + ?Sized>(
    private: &mut [u8; PRIVATE_KEY_SIZE],
    rng: &mut R,
) -> Result<()> {
    random::scalar(private, rng)
}

/// Whether these bytes are a private key: 32, and in 1..n.
///
/// # Errors
/// [`Error::InvalidPrivateKey`].
///
/// ```
/// use psa_p256::{Error, check_private_key};
///
/// assert_eq!(check_private_key(&[1; 32]), Ok(()));
/// assert_eq!(check_private_key(&[0; 32]), Err(Error::InvalidPrivateKey));
/// assert_eq!(check_private_key(&[0xff; 32]), Err(Error::InvalidPrivateKey));
/// assert_eq!(check_private_key(&[1; 31]), Err(Error::InvalidPrivateKey));
/// ```
pub fn check_private_key(private: &[u8]) -> Result<()> {
    scalar::check(private).map(drop)
}

/// Whether these bytes are a public key: an uncompressed point of the curve, and not infinity.
///
/// # Errors
/// [`Error::InvalidPublicKey`].
///
/// ```
/// use psa_p256::{Error, check_public_key, public_key};
///
/// let mut point = public_key(&[1; 32])?;
/// assert_eq!(check_public_key(&point), Ok(()));
/// point[64] ^= 1;
/// assert_eq!(check_public_key(&point), Err(Error::InvalidPublicKey));
/// # Ok::<(), psa_p256::Error>(())
/// ```
pub fn check_public_key(public: &[u8]) -> Result<()> {
    Backend::current().check_public_key(public)
}

/// The public key of a private key.
///
/// # Errors
/// [`Error::InvalidPrivateKey`].
///
/// ```
/// let point = psa_p256::public_key(&[1; 32])?;
/// assert_eq!(point[0], 4);
/// # Ok::<(), psa_p256::Error>(())
/// ```
pub fn public_key(private: &[u8]) -> Result<[u8; PUBLIC_KEY_SIZE]> {
    Backend::current().public_key(private)
}

/// Signs a hash (ECDSA, FIPS 186-5). Of a hash with more than 32 bytes the first 32 count; one with fewer is a number as
/// it stands.
///
/// The nonce is drawn from `rng` as a private key is; with the feature `deterministic`, `sign_deterministic` needs none.
///
/// # Errors
/// [`Error::InvalidPrivateKey`], or [`Error::Random`] when the source fails.
///
/// ```
/// # mod rng { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/rng.rs")); }
/// # use rng::Counter;
/// let (private, hash) = ([1; 32], [7; 32]);
/// let signature = psa_p256::sign(&private, &hash, &mut Counter(1))?;
/// psa_p256::verify(&psa_p256::public_key(&private)?, &hash, &signature)?;
/// # Ok::<(), psa_p256::Error>(())
/// ```
pub fn sign<R: TryCryptoRng + ?Sized>(
    private: &[u8],
    hash: &[u8],
    rng: &mut R,
) -> Result<[u8; SIGNATURE_SIZE]> {
    Backend::current().sign(private, hash, rng)
}

/// Signs a SHA-256 hash with the nonce that RFC 6979 prescribes (deterministic ECDSA): a key gives each hash one signature,
/// and no random source is needed.
///
/// The same signature for the same hash helps who can disturb the processor while it signs; where a good random source is,
/// [`sign`] is the better choice.
///
/// # Errors
/// [`Error::InvalidPrivateKey`].
///
/// ```
/// let (private, hash) = ([1; 32], [7; 32]);
/// let signature = psa_p256::sign_deterministic(&private, &hash)?;
/// assert_eq!(signature, psa_p256::sign_deterministic(&private, &hash)?);
/// psa_p256::verify(&psa_p256::public_key(&private)?, &hash, &signature)?;
/// # Ok::<(), psa_p256::Error>(())
/// ```
#[cfg(feature = "deterministic")]
pub fn sign_deterministic(private: &[u8], hash: &[u8; 32]) -> Result<[u8; SIGNATURE_SIZE]> {
    Backend::current().sign_deterministic(private, hash)
}

/// Verifies the signature of a hash.
///
/// # Errors
/// [`Error::InvalidPublicKey`], or [`Error::InvalidSignature`] when it is wrong or has not 64 bytes.
///
/// ```
/// use psa_p256::{Error, public_key, verify};
///
/// let public = public_key(&[1; 32])?;
/// assert_eq!(verify(&public, &[7; 32], &[1; 64]), Err(Error::InvalidSignature));
/// # Ok::<(), psa_p256::Error>(())
/// ```
pub fn verify(public: &[u8], hash: &[u8], signature: &[u8]) -> Result<()> {
    Backend::current().verify(public, hash, signature)
}

/// What this private key and the public key of a peer agree on (ECDH, NIST SP 800-56A).
///
/// The secret moves to the caller, and a copy may stay on the stack where it was made; [`agree_into`] leaves none.
///
/// # Errors
/// [`Error::InvalidPrivateKey`] or [`Error::InvalidPublicKey`].
///
/// ```
/// use psa_p256::{agree, public_key};
///
/// let (here, there) = ([1; 32], [2; 32]);
/// assert_eq!(agree(&here, &public_key(&there)?)?, agree(&there, &public_key(&here)?)?);
/// # Ok::<(), psa_p256::Error>(())
/// ```
pub fn agree(private: &[u8], public: &[u8]) -> Result<Zeroizing<[u8; SHARED_SECRET_SIZE]>> {
    Backend::current().agree(private, public)
}

/// The same, made where the caller will wipe it. Without an agreement `shared` is zero.
///
/// # Errors
/// [`Error::InvalidPrivateKey`] or [`Error::InvalidPublicKey`].
///
/// ```
/// use psa_p256::{Zeroizing, agree, agree_into, public_key};
///
/// let (here, there) = ([1; 32], public_key(&[2; 32])?);
/// let mut shared = Zeroizing::new([0; 32]);
/// agree_into(&here, &there, &mut shared)?;
/// assert_eq!(shared, agree(&here, &there)?);
/// # Ok::<(), psa_p256::Error>(())
/// ```
pub fn agree_into(
    private: &[u8],
    public: &[u8],
    shared: &mut [u8; SHARED_SECRET_SIZE],
) -> Result<()> {
    Backend::current().agree_into(private, public, shared)
}
