//! What a key is and may do.

use super::{Persistence, Policy};
use crate::{Algorithm, Curve, KeyId, KeyType, Lifetime, Usage};
#[cfg(provider = "mbedtls")]
use core::mem::offset_of;

/// Type, size and policy of a key, as plain data (PSA Crypto API, "Key attributes").
///
/// ```
/// use psa::{Algorithm, Attributes, Curve, Hash, Usage};
///
/// const DEVICE_KEY: Attributes = Attributes::ecc_key_pair(Curve::P256)
///     .usage(Usage::SIGN.union(Usage::VERIFY))
///     .algorithm(Algorithm::ecdsa(Hash::Sha256));
/// assert_eq!(DEVICE_KEY.bits(), 256);
/// ```
// The fields are those of `psa_key_attributes_t`, in its order and with its sizes: `ffi` passes this struct to C as it
// is, and its test holds the layout against the C library's own accessors.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes {
    key_type: u16,
    bits: u16,
    lifetime: u32,
    usage: u32,
    algorithm: u32,
    enrollment_algorithm: u32,
    id: u32,
}

impl Attributes {
    /// A key of this type and size in bits; 0 bits where imported data decides.
    ///
    /// It may be used for nothing until [`usage`](Self::usage) and [`algorithm`](Self::algorithm) say otherwise.
    ///
    /// ```
    /// use psa::{Attributes, KeyType};
    ///
    /// assert_eq!(Attributes::new(KeyType::Aes, 256).key_type(), KeyType::Aes);
    /// ```
    #[must_use]
    pub const fn new(key_type: KeyType, bits: usize) -> Self {
        // The largest size that the C struct holds means "too large", which every provider refuses.
        #[allow(clippy::cast_possible_truncation, reason = "checked in this line")]
        let bits = if bits < u16::MAX as usize {
            bits as u16
        } else {
            u16::MAX
        };
        Self {
            key_type: key_type.to_raw(),
            bits,
            lifetime: 0,
            usage: 0,
            algorithm: 0,
            enrollment_algorithm: 0,
            id: 0,
        }
    }

    /// A key pair on this curve.
    #[must_use]
    pub const fn ecc_key_pair(curve: Curve) -> Self {
        Self::new(KeyType::EccKeyPair(curve.family()), curve.bits())
    }

    /// A public key on this curve.
    ///
    /// ```
    /// # use psa::{Attributes, Curve, EccFamily, KeyType};
    /// let attributes = Attributes::ecc_public_key(Curve::P384);
    /// assert_eq!(attributes.key_type(), KeyType::EccPublicKey(EccFamily::SecpR1));
    /// ```
    #[must_use]
    pub const fn ecc_public_key(curve: Curve) -> Self {
        Self::new(KeyType::EccPublicKey(curve.family()), curve.bits())
    }

    /// An RSA key pair of this size in bits.
    ///
    /// ```
    /// assert_eq!(psa::Attributes::rsa_key_pair(2048).bits(), 2048);
    /// ```
    #[must_use]
    pub const fn rsa_key_pair(bits: usize) -> Self {
        Self::new(KeyType::RsaKeyPair, bits)
    }

    /// Type and size from the file that is imported.
    ///
    /// ```
    /// use psa::{Algorithm, Attributes, Hash, Usage};
    ///
    /// let policy = Attributes::from_file().usage(Usage::SIGN).algorithm(Algorithm::ecdsa(Hash::Sha256));
    /// # assert_eq!(policy.key_type(), psa::KeyType::None);
    /// ```
    #[must_use]
    pub const fn from_file() -> Self {
        Self::new(KeyType::None, 0)
    }

    /// What the key may be used for.
    ///
    /// As the specification has it, signing hashes permits signing messages as well, and so for verifying.
    #[must_use]
    pub const fn usage(mut self, usage: Usage) -> Self {
        self.usage = usage.extended().to_raw();
        self
    }

    /// Usage and algorithm at once.
    ///
    /// ```
    /// use psa::{Aead, Algorithm, Attributes, KeyType, Policy, Usage};
    ///
    /// const SEAL: Policy = Policy::new(Usage::ENCRYPT.union(Usage::DECRYPT), Algorithm::Aead(Aead::Gcm));
    /// let attributes = Attributes::new(KeyType::Aes, 128).policy(SEAL);
    /// assert_eq!(attributes.permitted_algorithm(), Algorithm::Aead(Aead::Gcm));
    /// ```
    #[must_use]
    pub const fn policy(self, policy: Policy) -> Self {
        self.usage(policy.usage()).algorithm(policy.algorithm())
    }

    /// A second algorithm that the key may be used with (`psa_set_key_enrollment_algorithm`, of Mbed TLS only).
    ///
    /// ```
    /// use psa::{Algorithm, Attributes, Curve, Hash, KeyAgreement};
    ///
    /// let both = Attributes::ecc_key_pair(Curve::P256)
    ///     .algorithm(Algorithm::ecdsa(Hash::Sha256))
    ///     .enrollment_algorithm(Algorithm::RawKeyAgreement(KeyAgreement::Ecdh));
    /// # assert_eq!(both.permitted_enrollment_algorithm().to_raw(), 0x0902_0000);
    /// ```
    #[must_use]
    pub const fn enrollment_algorithm(mut self, algorithm: Algorithm) -> Self {
        self.enrollment_algorithm = algorithm.to_raw();
        self
    }

    /// The key outlives the program, under this identifier, at the location that is set already (`psa_set_key_id`).
    ///
    /// ```
    /// use psa::{Attributes, Curve, KeyId, Lifetime};
    ///
    /// let device_key = Attributes::ecc_key_pair(Curve::P256).persistent(KeyId::user(1).unwrap());
    /// assert_eq!(device_key.key_lifetime(), Lifetime::PERSISTENT);
    /// assert_eq!(device_key.id(), KeyId::user(1));
    /// ```
    #[must_use]
    pub const fn persistent(mut self, id: KeyId) -> Self {
        if self.key_lifetime().is_volatile() {
            self.lifetime =
                Lifetime::new(Persistence::Default, self.key_lifetime().location()).to_raw();
        }
        self.id = id.to_raw();
        self
    }

    /// How long the key lives, and where (`psa_set_key_lifetime`). A volatile key has no identifier of the application's.
    ///
    /// ```
    /// use psa::{Attributes, KeyType, Lifetime, Location, Persistence};
    ///
    /// let lifetime = Lifetime::new(Persistence::Volatile, Location::PrimarySecureElement);
    /// assert_eq!(Attributes::new(KeyType::Aes, 256).lifetime(lifetime).key_lifetime(), lifetime);
    /// ```
    #[must_use]
    pub const fn lifetime(mut self, lifetime: Lifetime) -> Self {
        self.lifetime = lifetime.to_raw();
        if lifetime.is_volatile() {
            self.id = 0;
        }
        self
    }

    /// The algorithm that the key may be used with.
    #[must_use]
    pub const fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm.to_raw();
        self
    }

    /// The type of the key.
    #[must_use]
    pub const fn key_type(&self) -> KeyType {
        KeyType::from_raw(self.key_type)
    }

    /// The size of the key in bits.
    #[must_use]
    pub const fn bits(&self) -> usize {
        self.bits as usize
    }

    /// The curve of the key, if it is an elliptic-curve key on one that has a name.
    ///
    /// ```
    /// # use psa::{Attributes, Curve};
    /// assert_eq!(Attributes::ecc_key_pair(Curve::X25519).curve(), Some(Curve::X25519));
    /// ```
    #[must_use]
    pub const fn curve(&self) -> Option<Curve> {
        Curve::of(self.key_type(), self.bits())
    }

    /// What the key may be used for.
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Usage};
    /// let attributes = Attributes::ecc_key_pair(Curve::P256).usage(Usage::SIGN_HASH);
    /// assert!(attributes.permitted_usage().contains(Usage::SIGN_MESSAGE));
    /// ```
    #[must_use]
    pub const fn permitted_usage(&self) -> Usage {
        Usage::from_raw(self.usage)
    }

    /// Usage and algorithm at once.
    ///
    /// ```
    /// # use psa::{Attributes, Curve, Policy};
    /// # fn again(key: psa::Key) -> psa::Result<Attributes> {
    /// let policy: Policy = key.attributes()?.permitted_policy();
    /// let another = Attributes::ecc_key_pair(Curve::P384).policy(policy);
    /// # Ok(another) }
    /// ```
    #[must_use]
    pub const fn permitted_policy(&self) -> Policy {
        Policy::new(self.permitted_usage(), self.permitted_algorithm())
    }

    /// The algorithm that the key may be used with.
    ///
    /// ```
    /// # use psa::{Algorithm, Attributes, Curve, Hash};
    /// let attributes = Attributes::ecc_key_pair(Curve::P256).algorithm(Algorithm::ecdsa(Hash::Sha256));
    /// assert_eq!(attributes.permitted_algorithm(), Algorithm::ecdsa(Hash::Sha256));
    /// ```
    #[must_use]
    pub const fn permitted_algorithm(&self) -> Algorithm {
        Algorithm::from_raw(self.algorithm)
    }

    /// The algorithm that the key may be used with, if it is one of signatures. What only signs need not know the others,
    /// which saves half a KiB in a small image.
    pub(crate) const fn permitted_signature(&self) -> Option<Algorithm> {
        Algorithm::of_signature(self.algorithm)
    }

    /// The second algorithm that the key may be used with.
    #[must_use]
    pub const fn permitted_enrollment_algorithm(&self) -> Algorithm {
        Algorithm::from_raw(self.enrollment_algorithm)
    }

    /// How long the key lives, and where.
    #[must_use]
    pub const fn key_lifetime(&self) -> Lifetime {
        Lifetime::from_raw(self.lifetime)
    }

    /// The identifier, if there is one: of a persistent key always, of a volatile one when it was read back.
    #[must_use]
    pub const fn id(&self) -> Option<KeyId> {
        match self.id {
            0 => None,
            id => Some(KeyId::from_raw(id)),
        }
    }

    /// Where each field stands, in the order above: `ffi` holds it against the struct of C.
    #[cfg(provider = "mbedtls")]
    pub(crate) const OFFSETS: [usize; 7] = [
        offset_of!(Self, key_type),
        offset_of!(Self, bits),
        offset_of!(Self, lifetime),
        offset_of!(Self, usage),
        offset_of!(Self, algorithm),
        offset_of!(Self, enrollment_algorithm),
        offset_of!(Self, id),
    ];

    /// What a new key is made with: the identifier of a volatile key, which is there when the attributes were read back, was
    /// the provider's choice for another one.
    pub(crate) const fn for_new_key(self) -> Self {
        self.lifetime(self.key_lifetime())
    }

    /// The same policy for a key of this type and size.
    pub(crate) const fn with_type(mut self, key_type: KeyType, bits: usize) -> Self {
        let typed = Self::new(key_type, bits);
        self.key_type = typed.key_type;
        self.bits = typed.bits;
        self
    }
}
