//! Who does the arithmetic. Here stands what is common: what is refused, what is drawn, and what is wiped.

#[cfg(backend = "asm")]
mod asm;
#[cfg(backend = "rust")]
mod rust;

use crate::{
    Error, PRIVATE_KEY_SIZE, PUBLIC_KEY_SIZE, Result, SHARED_SECRET_SIZE, SIGNATURE_SIZE, count,
    random, scalar,
};
use rand_core::TryCryptoRng;
use zeroize::{Zeroize as _, Zeroizing};

/// An implementation of the curve.
///
/// The functions of this crate use [`Backend::current`]; with `auto` a test can ask each.
///
/// ```
/// use psa_p256::Backend;
///
/// for backend in Backend::available() {
///     assert_eq!(backend.public_key(&[1; 32]), psa_p256::public_key(&[1; 32]));
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Backend {
    /// P256-Cortex-M4, assembly.
    #[cfg(backend = "asm")]
    Asm,
    /// `RustCrypto`.
    #[cfg(backend = "rust")]
    Rust,
}

/// A public key, checked for its form only.
pub(crate) type Point = [u8; PUBLIC_KEY_SIZE];

/// The bytes of an uncompressed point.
fn uncompressed(public: &[u8]) -> Result<&Point> {
    public
        .try_into()
        .ok()
        .filter(|point: &&Point| point[0] == 4)
        .ok_or(Error::InvalidPublicKey)
}

impl Backend {
    /// The one that the functions of this crate use: the assembly where the processor has its instructions and no data cache
    /// at work.
    ///
    /// Both stand in registers for privileged code (`ID_ISAR2`, `CCR`). Unprivileged code gets what privileged code was
    /// answered last, and before that the one of `RustCrypto`.
    #[must_use]
    pub fn current() -> Self {
        #[cfg(all(backend = "asm", backend = "rust"))]
        return if asm::is_right() {
            Self::Asm
        } else {
            Self::Rust
        };
        #[cfg(all(backend = "asm", not(backend = "rust")))]
        return Self::Asm;
        #[cfg(all(backend = "rust", not(backend = "asm")))]
        return Self::Rust;
    }

    /// Those that are right for this processor.
    pub fn available() -> impl Iterator<Item = Self> {
        [
            #[cfg(backend = "asm")]
            asm::is_right().then_some(Self::Asm),
            #[cfg(backend = "rust")]
            Some(Self::Rust),
        ]
        .into_iter()
        .flatten()
    }

    /// As [`check_public_key`](crate::check_public_key).
    ///
    /// # Errors
    /// Those of that function.
    pub fn check_public_key(self, public: &[u8]) -> Result<()> {
        let point = uncompressed(public)?;
        let valid = match self {
            #[cfg(backend = "asm")]
            Self::Asm => asm::is_on_curve(point),
            #[cfg(backend = "rust")]
            Self::Rust => rust::is_on_curve(point),
        };
        valid.then_some(()).ok_or(Error::InvalidPublicKey)
    }

    /// As [`public_key`](crate::public_key).
    ///
    /// # Errors
    /// Those of that function.
    pub fn public_key(self, private: &[u8]) -> Result<Point> {
        let private = scalar::check(private)?;
        count::one();
        let point = match self {
            #[cfg(backend = "asm")]
            Self::Asm => asm::public_key(private),
            #[cfg(backend = "rust")]
            Self::Rust => rust::public_key(private),
        };
        point.ok_or(Error::InvalidPrivateKey)
    }

    /// As [`sign`](crate::sign).
    ///
    /// # Errors
    /// Those of that function.
    pub fn sign<R: TryCryptoRng + ?Sized>(
        self,
        private: &[u8],
        hash: &[u8],
        rng: &mut R,
    ) -> Result<[u8; SIGNATURE_SIZE]> {
        let private = scalar::check(private)?;
        let mut nonce = Zeroizing::new([0; PRIVATE_KEY_SIZE]);
        for _ in 0..random::MOST_DRAWS {
            random::scalar(&mut nonce, rng)?;
            count::one();
            let signature = match self {
                #[cfg(backend = "asm")]
                Self::Asm => asm::sign(private, hash, &nonce),
                #[cfg(backend = "rust")]
                Self::Rust => rust::sign(private, hash, &nonce),
            };
            // With this nonce r or s is zero, which never happens by chance.
            if let Some(signature) = signature {
                return Ok(signature);
            }
        }
        Err(Error::Random)
    }

    /// As [`sign_deterministic`](crate::sign_deterministic).
    ///
    /// # Errors
    /// Those of that function.
    #[cfg(feature = "deterministic")]
    pub fn sign_deterministic(
        self,
        private: &[u8],
        hash: &[u8; 32],
    ) -> Result<[u8; SIGNATURE_SIZE]> {
        crate::deterministic::sign(self, private, hash)
    }

    /// As [`verify`](crate::verify).
    ///
    /// # Errors
    /// Those of that function.
    pub fn verify(self, public: &[u8], hash: &[u8], signature: &[u8]) -> Result<()> {
        let point = uncompressed(public)?;
        let signature: Result<&[u8; SIGNATURE_SIZE]> =
            signature.try_into().map_err(|_| Error::InvalidSignature);
        count::one();
        let valid = match (self, signature) {
            #[cfg(backend = "asm")]
            (Self::Asm, Ok(signature)) => asm::verify(point, hash, signature),
            #[cfg(backend = "rust")]
            (Self::Rust, Ok(signature)) => rust::verify(point, hash, signature),
            (_, Err(_)) => false,
        };
        if valid {
            return Ok(());
        }
        // What is wrong, the key or the signature? This costs nothing where all is well.
        self.check_public_key(point)?;
        Err(Error::InvalidSignature)
    }

    /// As [`agree`](crate::agree).
    ///
    /// # Errors
    /// Those of that function.
    pub fn agree(
        self,
        private: &[u8],
        public: &[u8],
    ) -> Result<Zeroizing<[u8; SHARED_SECRET_SIZE]>> {
        let mut shared = Zeroizing::new([0; SHARED_SECRET_SIZE]);
        self.agree_into(private, public, &mut shared)?;
        Ok(shared)
    }

    /// As [`agree_into`](crate::agree_into).
    ///
    /// # Errors
    /// Those of that function.
    pub fn agree_into(
        self,
        private: &[u8],
        public: &[u8],
        shared: &mut [u8; SHARED_SECRET_SIZE],
    ) -> Result<()> {
        shared.zeroize();
        let private = scalar::check(private)?;
        let point = uncompressed(public)?;
        count::one();
        let valid = match self {
            #[cfg(backend = "asm")]
            Self::Asm => asm::agree(private, point, shared),
            #[cfg(backend = "rust")]
            Self::Rust => rust::agree(private, point, shared),
        };
        if !valid {
            shared.zeroize();
            return Err(Error::InvalidPublicKey);
        }
        Ok(())
    }
}
