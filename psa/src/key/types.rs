//! Key types, families of curves and groups, and the named curves.

use tfm_sys as raw;

/// The type of a key (PSA Crypto API, "Key types").
///
/// ```
/// use psa::{EccFamily, KeyType};
///
/// assert_eq!(KeyType::EccKeyPair(EccFamily::SecpR1).to_raw(), 0x7112);
/// assert_eq!(KeyType::from_raw(0x2400), KeyType::Aes);
/// assert_eq!(KeyType::from_raw(0x8001), KeyType::Raw(0x8001));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyType {
    /// No type yet: where a file is imported, the type that the file says.
    None,
    /// Bytes without a use in cryptography.
    RawData,
    /// A key for HMAC.
    Hmac,
    /// A secret to derive keys from.
    Derive,
    /// A password: a secret of low entropy to derive keys from.
    Password,
    /// What is stored to verify a password.
    PasswordHash,
    /// A secret that is added to passwords.
    Pepper,
    /// An AES key.
    Aes,
    /// An ARIA key.
    Aria,
    /// A DES or triple-DES key.
    Des,
    /// A Camellia key.
    Camellia,
    /// A key for `ChaCha20`, with or without Poly1305.
    ChaCha20,
    /// An RSA key pair.
    RsaKeyPair,
    /// An RSA public key.
    RsaPublicKey,
    /// A key pair on an elliptic curve of this family.
    EccKeyPair(EccFamily),
    /// A public key on an elliptic curve of this family.
    EccPublicKey(EccFamily),
    /// A Diffie-Hellman key pair.
    DhKeyPair(DhFamily),
    /// A Diffie-Hellman public key.
    DhPublicKey(DhFamily),
    /// Any other type, by its number; vendors' types have bit 15 set.
    Raw(u16),
}

macro_rules! plain_types {
    ($($name:ident = $raw:ident,)*) => {
        impl KeyType {
            /// The number of this type in the PSA Crypto API.
            #[must_use]
            pub const fn to_raw(self) -> u16 {
                match self {
                    $(Self::$name => raw::$raw,)*
                    Self::EccKeyPair(family) => raw::PSA_KEY_TYPE_ECC_KEY_PAIR(family.to_raw()),
                    Self::EccPublicKey(family) => raw::PSA_KEY_TYPE_ECC_PUBLIC_KEY(family.to_raw()),
                    Self::DhKeyPair(family) => raw::PSA_KEY_TYPE_DH_KEY_PAIR(family.to_raw()),
                    Self::DhPublicKey(family) => raw::PSA_KEY_TYPE_DH_PUBLIC_KEY(family.to_raw()),
                    Self::Raw(number) => number,
                }
            }

            /// The type with this number.
            #[must_use]
            pub const fn from_raw(number: u16) -> Self {
                match number {
                    $(raw::$raw => Self::$name,)*
                    _ if raw::PSA_KEY_TYPE_IS_ECC_KEY_PAIR(number) => {
                        Self::EccKeyPair(EccFamily::from_raw(raw::PSA_KEY_TYPE_ECC_GET_FAMILY(number)))
                    }
                    _ if raw::PSA_KEY_TYPE_IS_ECC_PUBLIC_KEY(number) => {
                        Self::EccPublicKey(EccFamily::from_raw(raw::PSA_KEY_TYPE_ECC_GET_FAMILY(number)))
                    }
                    _ if raw::PSA_KEY_TYPE_IS_DH_KEY_PAIR(number) => {
                        Self::DhKeyPair(DhFamily::from_raw(raw::PSA_KEY_TYPE_DH_GET_FAMILY(number)))
                    }
                    _ if raw::PSA_KEY_TYPE_IS_DH_PUBLIC_KEY(number) => {
                        Self::DhPublicKey(DhFamily::from_raw(raw::PSA_KEY_TYPE_DH_GET_FAMILY(number)))
                    }
                    _ => Self::Raw(number),
                }
            }
        }
    };
}

plain_types! {
    None = PSA_KEY_TYPE_NONE,
    RawData = PSA_KEY_TYPE_RAW_DATA,
    Hmac = PSA_KEY_TYPE_HMAC,
    Derive = PSA_KEY_TYPE_DERIVE,
    Password = PSA_KEY_TYPE_PASSWORD,
    PasswordHash = PSA_KEY_TYPE_PASSWORD_HASH,
    Pepper = PSA_KEY_TYPE_PEPPER,
    Aes = PSA_KEY_TYPE_AES,
    Aria = PSA_KEY_TYPE_ARIA,
    Des = PSA_KEY_TYPE_DES,
    Camellia = PSA_KEY_TYPE_CAMELLIA,
    ChaCha20 = PSA_KEY_TYPE_CHACHA20,
    RsaKeyPair = PSA_KEY_TYPE_RSA_KEY_PAIR,
    RsaPublicKey = PSA_KEY_TYPE_RSA_PUBLIC_KEY,
}

impl KeyType {
    /// The type of the public half: of a key pair its public key's, of anything else itself.
    ///
    /// ```
    /// # use psa::KeyType;
    /// assert_eq!(KeyType::RsaKeyPair.public(), KeyType::RsaPublicKey);
    /// ```
    #[must_use]
    pub const fn public(self) -> Self {
        match self {
            Self::RsaKeyPair => Self::RsaPublicKey,
            Self::EccKeyPair(family) => Self::EccPublicKey(family),
            Self::DhKeyPair(family) => Self::DhPublicKey(family),
            other => other,
        }
    }
}

macro_rules! families {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $raw:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            /// Any other family, by its number.
            Raw(u8),
        }

        impl $name {
            /// The number of this family in the PSA Crypto API.
            #[must_use]
            pub const fn to_raw(self) -> u8 {
                match self {
                    $(Self::$variant => raw::$raw,)*
                    Self::Raw(number) => number,
                }
            }

            /// The family with this number.
            #[must_use]
            pub const fn from_raw(number: u8) -> Self {
                match number {
                    $(raw::$raw => Self::$variant,)*
                    _ => Self::Raw(number),
                }
            }
        }
    };
}

families! {
    /// A family of elliptic curves; with the size in bits it names one curve.
    ///
    /// ```
    /// assert_eq!(psa::EccFamily::SecpR1.to_raw(), 0x12);
    /// assert_eq!(psa::EccFamily::from_raw(0x41), psa::EccFamily::Montgomery);
    /// ```
    EccFamily {
        /// SEC random curves over prime fields: P-192, P-224, P-256, P-384, P-521.
        SecpR1 = PSA_ECC_FAMILY_SECP_R1,
        /// SEC Koblitz curves over prime fields: secp256k1 and smaller ones.
        SecpK1 = PSA_ECC_FAMILY_SECP_K1,
        /// SEC additional random curve over a prime field: secp160r2.
        SecpR2 = PSA_ECC_FAMILY_SECP_R2,
        /// SEC Koblitz curves over binary fields.
        SectK1 = PSA_ECC_FAMILY_SECT_K1,
        /// SEC random curves over binary fields.
        SectR1 = PSA_ECC_FAMILY_SECT_R1,
        /// SEC additional random curve over a binary field.
        SectR2 = PSA_ECC_FAMILY_SECT_R2,
        /// Brainpool P random curves.
        BrainpoolPR1 = PSA_ECC_FAMILY_BRAINPOOL_P_R1,
        /// Curve25519 and Curve448 for key agreement.
        Montgomery = PSA_ECC_FAMILY_MONTGOMERY,
        /// Ed25519 and Ed448 for signatures.
        TwistedEdwards = PSA_ECC_FAMILY_TWISTED_EDWARDS,
    }
}

families! {
    /// A family of Diffie-Hellman groups; with the size in bits it names one group.
    ///
    /// ```
    /// assert_eq!(psa::DhFamily::Rfc7919.to_raw(), 0x03);
    /// ```
    DhFamily {
        /// The groups of RFC 7919.
        Rfc7919 = PSA_DH_FAMILY_RFC7919,
    }
}

macro_rules! curves {
    ($($(#[$doc:meta])* $name:ident = $family:ident, $bits:literal;)*) => {
        /// A named elliptic curve: family and size.
        ///
        /// ```
        /// use psa::{Curve, EccFamily};
        ///
        /// assert_eq!(Curve::P521.bits(), 521);
        /// assert_eq!(Curve::new(EccFamily::SecpK1, 256), Some(Curve::Secp256k1));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Curve {
            $($(#[$doc])* $name,)*
        }

        impl Curve {
            pub(crate) const ALL: &[Self] = &[$(Self::$name,)*];

            /// The curve of this family with this size in bits.
            #[must_use]
            pub const fn new(family: EccFamily, bits: usize) -> Option<Self> {
                match (family, bits) {
                    $((EccFamily::$family, $bits) => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// The family that the curve belongs to.
            #[must_use]
            pub const fn family(self) -> EccFamily {
                match self {
                    $(Self::$name => EccFamily::$family,)*
                }
            }

            /// The size in bits, as PSA counts it: 255 for X25519 and Ed25519.
            #[must_use]
            pub const fn bits(self) -> usize {
                match self {
                    $(Self::$name => $bits,)*
                }
            }
        }
    };
}

curves! {
    /// NIST P-192, secp192r1.
    P192 = SecpR1, 192;
    /// NIST P-224, secp224r1.
    P224 = SecpR1, 224;
    /// NIST P-256, secp256r1, prime256v1.
    P256 = SecpR1, 256;
    /// NIST P-384, secp384r1.
    P384 = SecpR1, 384;
    /// NIST P-521, secp521r1.
    P521 = SecpR1, 521;
    /// secp192k1.
    Secp192k1 = SecpK1, 192;
    /// secp256k1, of Bitcoin.
    Secp256k1 = SecpK1, 256;
    /// brainpoolP256r1.
    BrainpoolP256 = BrainpoolPR1, 256;
    /// brainpoolP384r1.
    BrainpoolP384 = BrainpoolPR1, 384;
    /// brainpoolP512r1.
    BrainpoolP512 = BrainpoolPR1, 512;
    /// X25519, for key agreement.
    X25519 = Montgomery, 255;
    /// X448, for key agreement.
    X448 = Montgomery, 448;
    /// Ed25519, for signatures.
    Ed25519 = TwistedEdwards, 255;
    /// Ed448, for signatures.
    Ed448 = TwistedEdwards, 448;
}

impl Curve {
    /// The curve of a key with this type and size.
    ///
    /// ```
    /// # use psa::{Curve, EccFamily, KeyType};
    /// assert_eq!(Curve::of(KeyType::EccPublicKey(EccFamily::SecpR1), 256), Some(Curve::P256));
    /// assert_eq!(Curve::of(KeyType::Aes, 256), None);
    /// ```
    #[must_use]
    pub const fn of(key_type: KeyType, bits: usize) -> Option<Self> {
        match key_type {
            KeyType::EccKeyPair(family) | KeyType::EccPublicKey(family) => Self::new(family, bits),
            _ => None,
        }
    }

    /// The length in bytes of a private key on this curve, and of a coordinate.
    pub(crate) const fn bytes(self) -> usize {
        match self {
            Self::Ed448 => 57,
            _ => self.bits().div_ceil(8),
        }
    }
}
