//! EC J-PAKE, in the form that Mbed TLS 3.6 has.

use crate::ffi::pake::{CipherSuite, Pake};
use crate::{EccFamily, Error, Hash, Key, Result};
use core::fmt;
use tfm_sys as raw;

/// A side of an exchange with EC J-PAKE. Mbed TLS 3.6 knows these two, by the names `client` and `server`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JpakeRole {
    /// The side that begins; in Thread the joiner or commissioner that sends the first hello.
    Client,
    /// The other side.
    Server,
}

impl JpakeRole {
    const fn name(self) -> &'static [u8] {
        match self {
            Self::Client => b"client",
            Self::Server => b"server",
        }
    }

    const fn peer(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}

const POINT: usize = 65;
const SCALAR: usize = 32;

/// A public key of EC J-PAKE and the proof that its sender has the private one (RFC 8235, RFC 8236).
///
/// ```
/// use psa::JpakeShare;
///
/// let share = JpakeShare::from_parts(&[4; 65], &[4; 65], &[7; 31]).unwrap();
/// assert_eq!(share.proof()[..2], [0, 7]); // a short number, filled up
/// assert_eq!(JpakeShare::from_bytes(&share.to_bytes()), share);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JpakeShare {
    key_share: [u8; POINT],
    zk_public: [u8; POINT],
    zk_proof: [u8; SCALAR],
}

impl JpakeShare {
    /// The length of a share in bytes, all of its parts together.
    pub const LEN: usize = 2 * POINT + SCALAR;

    /// A share from its parts, as a protocol brings them: the key share and the proof's public key as uncompressed points,
    /// the proof as a number of up to 32 bytes, big-endian.
    ///
    /// # Errors
    /// [`Error::InvalidArgument`] when a part has another length.
    pub fn from_parts(key_share: &[u8], zk_public: &[u8], zk_proof: &[u8]) -> Result<Self> {
        Ok(Self {
            key_share: point(key_share)?,
            zk_public: point(zk_public)?,
            zk_proof: scalar(zk_proof)?,
        })
    }

    /// A share from all of its parts in a row.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; Self::LEN]) -> Self {
        let mut share = Self::EMPTY;
        let (key_share, proof) = bytes.split_at(POINT);
        let (zk_public, zk_proof) = proof.split_at(POINT);
        share.key_share.copy_from_slice(key_share);
        share.zk_public.copy_from_slice(zk_public);
        share.zk_proof.copy_from_slice(zk_proof);
        share
    }

    /// All parts in a row.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        let (key_share, proof) = bytes.split_at_mut(POINT);
        let (zk_public, zk_proof) = proof.split_at_mut(POINT);
        key_share.copy_from_slice(&self.key_share);
        zk_public.copy_from_slice(&self.zk_public);
        zk_proof.copy_from_slice(&self.zk_proof);
        bytes
    }

    /// The key share (`PSA_PAKE_STEP_KEY_SHARE`): an uncompressed point.
    #[must_use]
    pub const fn key_share(&self) -> &[u8; POINT] {
        &self.key_share
    }

    /// The public key of the proof (`PSA_PAKE_STEP_ZK_PUBLIC`): an uncompressed point.
    #[must_use]
    pub const fn public(&self) -> &[u8; POINT] {
        &self.zk_public
    }

    /// The proof (`PSA_PAKE_STEP_ZK_PROOF`): a number, big-endian.
    #[must_use]
    pub const fn proof(&self) -> &[u8; SCALAR] {
        &self.zk_proof
    }

    const EMPTY: Self = Self {
        key_share: [0; POINT],
        zk_public: [0; POINT],
        zk_proof: [0; SCALAR],
    };

    fn output(pake: &mut Pake) -> Result<Self> {
        let mut buffer = [0; POINT];
        let mut share = Self::EMPTY;
        let key_share = output(pake, raw::PSA_PAKE_STEP_KEY_SHARE, &mut buffer)?;
        share.key_share = point(key_share)?;
        let zk_public = output(pake, raw::PSA_PAKE_STEP_ZK_PUBLIC, &mut buffer)?;
        share.zk_public = point(zk_public)?;
        let zk_proof = output(pake, raw::PSA_PAKE_STEP_ZK_PROOF, &mut buffer)?;
        share.zk_proof = scalar(zk_proof)?;
        Ok(share)
    }

    fn input(&self, pake: &mut Pake) -> Result<()> {
        pake.input(raw::PSA_PAKE_STEP_KEY_SHARE, &self.key_share)?;
        pake.input(raw::PSA_PAKE_STEP_ZK_PUBLIC, &self.zk_public)?;
        pake.input(raw::PSA_PAKE_STEP_ZK_PROOF, &self.zk_proof)
    }
}

fn output<'b>(pake: &mut Pake, step: u8, buffer: &'b mut [u8]) -> Result<&'b [u8]> {
    let len = pake.output(step, buffer)?;
    buffer.get(..len).ok_or(Error::CorruptionDetected)
}

fn point(bytes: &[u8]) -> Result<[u8; POINT]> {
    bytes.try_into().map_err(|_| Error::InvalidArgument)
}

/// Numbers come without their leading zeros, or with them.
fn scalar(bytes: &[u8]) -> Result<[u8; SCALAR]> {
    let mut scalar = [0; SCALAR];
    let start = SCALAR
        .checked_sub(bytes.len())
        .ok_or(Error::InvalidArgument)?;
    let (_, end) = scalar.split_at_mut(start);
    end.copy_from_slice(bytes);
    Ok(scalar)
}

/// A password-authenticated key exchange with EC J-PAKE (RFC 8236) on P-256 with SHA-256, as in Thread and in TLS
/// (draft-cragie-tls-ecjpake-01), in the form that Mbed TLS 3.6 has, which PSA Crypto API 1.2 did not take over: the sides
/// are named `client` and `server`, and only bytes can be derived from the secret.
///
/// Each side sends two shares, then one; after that both have the same secret if both had the same password. Whether they
/// had shows the first message that a key derived from it protects. The provider needs the feature `ecjpake`; TF-M does not
/// have it.
///
/// It is [`Send`] and [`Sync`]: any thread may make its next step, one at a time.
///
/// ```
/// use psa::{Attributes, Jpake, JpakeRole, Key, KeyType, Pake, Tls12EcjpakeToPms, Usage};
///
/// # #[cfg(feature = "full")] {
/// psa::init()?;
/// let attributes = Attributes::new(KeyType::Password, 0).usage(Usage::DERIVE).algorithm(Pake::Jpake.into());
/// let password = Key::import(attributes, b"threadjpaketest")?;
///
/// let (client, client_hello) = Jpake::start(JpakeRole::Client, &password)?;
/// let (server, server_hello) = Jpake::start(JpakeRole::Server, &password)?;
/// let (client, client_exchange) = client.round_two(&server_hello)?;
/// let (server, server_exchange) = server.round_two(&client_hello)?;
/// let client = Tls12EcjpakeToPms.derive(client.finish(&server_exchange)?)?.output_bytes(32)?;
/// let server = Tls12EcjpakeToPms.derive(server.finish(&client_exchange)?)?.output_bytes(32)?;
/// assert_eq!(*client, *server);
/// # }
/// # Ok::<(), psa::Error>(())
/// ```
///
/// The second round cannot come before the first, nor the secret before the second:
///
/// ```compile_fail,E0599
/// # use psa::{Jpake, JpakeRole, JpakeShare, Key};
/// # fn exchange(password: &Key, theirs: &JpakeShare) -> psa::Result<()> {
/// let (client, hello) = Jpake::start(JpakeRole::Client, password)?;
/// let secret = client.finish(theirs)?;
/// # Ok(())
/// # }
/// ```
#[must_use = "an exchange that is dropped is aborted"]
pub struct Jpake(Pake);

impl Jpake {
    /// Begins with a password and makes the two shares of the first round, which go to the peer.
    ///
    /// # Errors
    /// [`Error::NotPermitted`] when the policy of `password` lacks [`Usage::DERIVE`](crate::Usage::DERIVE) or has another
    /// algorithm than [`Pake::Jpake`](crate::Pake::Jpake), [`Error::InvalidArgument`] when it has another type than
    /// [`KeyType::Password`](crate::KeyType::Password) and [`KeyType::PasswordHash`](crate::KeyType::PasswordHash),
    /// [`Error::NotSupported`] when the provider does not have EC J-PAKE.
    pub fn start(role: JpakeRole, password: &Key) -> Result<(Self, [JpakeShare; 2])> {
        let mut pake = Pake::new(&CipherSuite {
            algorithm: raw::PSA_ALG_JPAKE,
            primitive_type: raw::PSA_PAKE_PRIMITIVE_TYPE_ECC,
            family: EccFamily::SecpR1.to_raw(),
            bits: 256,
            hash: Hash::Sha256.to_raw(),
        })?;
        pake.set_user(role.name())?;
        pake.set_peer(role.peer().name())?;
        pake.set_password_key(password.id().to_raw())?;
        let shares = [
            JpakeShare::output(&mut pake)?,
            JpakeShare::output(&mut pake)?,
        ];
        Ok((Self(pake), shares))
    }

    /// Takes the two shares of the peer's first round and makes the one of the second, which goes to the peer.
    ///
    /// # Errors
    /// [`Error::DataInvalid`] when a share or its proof is wrong, or is one that we have sent.
    pub fn round_two(self, peer: &[JpakeShare; 2]) -> Result<(JpakeRoundTwo, JpakeShare)> {
        let mut pake = self.0;
        for share in peer {
            share.input(&mut pake)?;
        }
        let share = JpakeShare::output(&mut pake)?;
        Ok((JpakeRoundTwo(pake), share))
    }
}

impl fmt::Debug for Jpake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Jpake(..)")
    }
}

/// An exchange with EC J-PAKE that waits for the peer's second round. [`Jpake`] shows it.
#[must_use = "an exchange that is dropped is aborted"]
pub struct JpakeRoundTwo(Pake);

impl JpakeRoundTwo {
    /// Takes the share of the peer's second round.
    ///
    /// # Errors
    /// [`Error::DataInvalid`] when the share or its proof is wrong. A wrong password is no error here.
    pub fn finish(self, peer: &JpakeShare) -> Result<JpakeSecret> {
        let mut pake = self.0;
        peer.input(&mut pake)?;
        Ok(JpakeSecret(pake))
    }
}

impl fmt::Debug for JpakeRoundTwo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JpakeRoundTwo(..)")
    }
}

/// The secret of an exchange with EC J-PAKE, which stays in the provider: for a key derivation
/// ([`Tls12EcjpakeToPms`](crate::Tls12EcjpakeToPms), [`Hkdf`](crate::Hkdf) and others). [`Jpake`] shows it.
#[must_use = "an exchange that is dropped is aborted"]
pub struct JpakeSecret(pub(super) Pake);

impl fmt::Debug for JpakeSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JpakeSecret(..)")
    }
}
