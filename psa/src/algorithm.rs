//! Algorithms: enumerations whose parameters cannot be combined wrongly.

mod aead;
mod cipher;
mod derivation;
mod encryption;
mod hash;
mod length;
mod mac;
mod sign;

pub use aead::{Aead, AeadKind};
pub use cipher::Cipher;
pub use derivation::{KeyAgreement, KeyDerivation, Pake};
pub use encryption::AsymmetricEncryption;
pub use hash::Hash;
pub use length::TagLength;
pub use mac::{Mac, MacKind};
pub use sign::{Sign, SignAnyHash};

use tfm_sys as raw;

macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $raw:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            /// Any other, by its number.
            Raw(u32),
        }

        impl $name {
            /// The number in the PSA Crypto API.
            #[must_use]
            pub const fn to_raw(self) -> u32 {
                match self {
                    $(Self::$variant => raw::$raw,)*
                    Self::Raw(number) => number,
                }
            }

            /// The one with this number.
            #[must_use]
            pub const fn from_raw(number: u32) -> Self {
                match number {
                    $(raw::$raw => Self::$variant,)*
                    _ => Self::Raw(number),
                }
            }
        }
    };
}

use numbered;

/// The algorithm that a key's policy permits (PSA Crypto API, "Permitted algorithms").
///
/// Every algorithm for keys becomes one by [`From`]; beside them stand the policies that permit several.
///
/// ```
/// use psa::{Aead, Algorithm, Hash, KeyAgreement, KeyDerivation, Mac, Sign};
///
/// assert_eq!(Algorithm::ecdsa(Hash::Sha256), Algorithm::Sign(Sign::Ecdsa(Hash::Sha256)));
/// assert_eq!(Algorithm::from(Sign::RsaPkcs1v15Raw).to_raw(), 0x0600_0200);
/// assert_eq!(Algorithm::from(Aead::Gcm), Algorithm::Aead(Aead::Gcm));
/// assert_eq!(Algorithm::from(Mac::Hmac(Hash::Sha256)).to_raw(), 0x0380_0009);
/// let agreement = Algorithm::KeyAgreement(KeyAgreement::Ecdh, KeyDerivation::Hkdf(Hash::Sha256));
/// assert_eq!(agreement.to_raw(), 0x0902_0109);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// None: the key can be stored and exported, no more.
    None,
    /// One signature algorithm with one hash.
    Sign(Sign),
    /// One signature algorithm with any hash.
    SignAnyHash(SignAnyHash),
    /// One MAC.
    Mac(Mac),
    /// A MAC of at least this length.
    MacAtLeast(MacKind, TagLength),
    /// One cipher.
    Cipher(Cipher),
    /// One authenticated cipher.
    Aead(Aead),
    /// An authenticated cipher with a tag of at least this length.
    AeadAtLeast(AeadKind, TagLength),
    /// Encryption with a public key.
    AsymmetricEncryption(AsymmetricEncryption),
    /// One key derivation.
    KeyDerivation(KeyDerivation),
    /// Key agreement whose shared secret is an output of its own.
    RawKeyAgreement(KeyAgreement),
    /// Key agreement whose shared secret goes into this derivation, and nowhere else.
    ///
    /// It cannot be PBKDF2, whose number does not fit beside an agreement and would become HKDF's: with it the number is 0,
    /// which permits nothing and begins nothing. So with a `Raw` that does not fit.
    KeyAgreement(KeyAgreement, KeyDerivation),
    /// Password-authenticated key exchange.
    Pake(Pake),
    /// Any other, by its number.
    Raw(u32),
}

impl Algorithm {
    /// ECDSA with random nonces over this hash.
    #[must_use]
    pub const fn ecdsa(hash: Hash) -> Self {
        Self::Sign(Sign::Ecdsa(hash))
    }

    /// ECDSA with random nonces over any hash.
    ///
    /// ```
    /// assert_eq!(psa::Algorithm::ecdsa_any_hash().to_raw(), 0x0600_06ff);
    /// ```
    #[must_use]
    pub const fn ecdsa_any_hash() -> Self {
        Self::SignAnyHash(SignAnyHash::Ecdsa)
    }

    /// The number in the PSA Crypto API.
    #[must_use]
    pub const fn to_raw(self) -> u32 {
        match self {
            Self::None => raw::PSA_ALG_NONE,
            Self::Sign(sign) => sign.to_raw(),
            Self::SignAnyHash(sign) => sign.with(Hash::Raw(raw::PSA_ALG_ANY_HASH)).to_raw(),
            Self::Mac(mac) => mac.to_raw(),
            Self::MacAtLeast(kind, length) => {
                raw::PSA_ALG_AT_LEAST_THIS_LENGTH_MAC(kind.to_raw(), length.bytes())
            }
            Self::Cipher(cipher) => cipher.to_raw(),
            Self::Aead(aead) => aead.to_raw(),
            Self::AeadAtLeast(kind, length) => {
                raw::PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG(kind.to_raw(), length.bytes())
            }
            Self::AsymmetricEncryption(encryption) => encryption.to_raw(),
            Self::KeyDerivation(derivation) => derivation.to_raw(),
            Self::RawKeyAgreement(agreement) => agreement.to_raw(),
            Self::KeyAgreement(agreement, derivation) => {
                let (agreement, derivation) = (agreement.to_raw(), derivation.to_raw());
                let both = raw::PSA_ALG_KEY_AGREEMENT(agreement, derivation);
                if raw::PSA_ALG_KEY_AGREEMENT_GET_BASE(both) == agreement
                    && raw::PSA_ALG_KEY_AGREEMENT_GET_KDF(both) == derivation
                {
                    both
                } else {
                    raw::PSA_ALG_NONE
                }
            }
            Self::Pake(pake) => pake.to_raw(),
            Self::Raw(number) => number,
        }
    }

    /// The algorithm with this number; of a number that no variant has, nothing is lost.
    ///
    /// ```
    /// # use psa::{Algorithm, Hash, SignAnyHash};
    /// assert_eq!(Algorithm::from_raw(0x0600_0609), Algorithm::ecdsa(Hash::Sha256));
    /// assert_eq!(Algorithm::from_raw(0x0600_02ff), Algorithm::SignAnyHash(SignAnyHash::RsaPkcs1v15));
    /// ```
    #[must_use]
    pub const fn from_raw(number: u32) -> Self {
        let known = match number & raw::PSA_ALG_CATEGORY_MASK {
            raw::PSA_ALG_CATEGORY_SIGN => Self::signature(number),
            raw::PSA_ALG_CATEGORY_MAC => Self::mac(number),
            raw::PSA_ALG_CATEGORY_CIPHER => Self::Cipher(Cipher::from_raw(number)),
            raw::PSA_ALG_CATEGORY_AEAD => Self::aead(number),
            raw::PSA_ALG_CATEGORY_ASYMMETRIC_ENCRYPTION => {
                Self::AsymmetricEncryption(AsymmetricEncryption::from_raw(number))
            }
            raw::PSA_ALG_CATEGORY_KEY_DERIVATION => {
                Self::KeyDerivation(KeyDerivation::from_raw(number))
            }
            raw::PSA_ALG_CATEGORY_KEY_AGREEMENT => Self::agreement(number),
            raw::PSA_ALG_CATEGORY_PAKE => Self::Pake(Pake::from_raw(number)),
            _ if number == raw::PSA_ALG_NONE => Self::None,
            _ => Self::Raw(number),
        };
        // What no category knows is `Raw` itself, not `Raw` of a category.
        match known {
            Self::Sign(Sign::Raw(_))
            | Self::Mac(Mac::Raw(_))
            | Self::Cipher(Cipher::Raw(_))
            | Self::Aead(Aead::Raw(_))
            | Self::AsymmetricEncryption(AsymmetricEncryption::Raw(_))
            | Self::KeyDerivation(KeyDerivation::Raw(_))
            | Self::RawKeyAgreement(KeyAgreement::Raw(_))
            | Self::KeyAgreement(KeyAgreement::Raw(_), _)
            | Self::KeyAgreement(_, KeyDerivation::Raw(_))
            | Self::Pake(Pake::Raw(_)) => Self::Raw(number),
            known => known,
        }
    }

    const fn signature(number: u32) -> Self {
        if number & raw::PSA_ALG_HASH_MASK != raw::PSA_ALG_HASH_MASK {
            return Self::Sign(Sign::from_raw(number));
        }
        Self::SignAnyHash(if raw::PSA_ALG_IS_RANDOMIZED_ECDSA(number) {
            SignAnyHash::Ecdsa
        } else if raw::PSA_ALG_IS_DETERMINISTIC_ECDSA(number) {
            SignAnyHash::DeterministicEcdsa
        } else if raw::PSA_ALG_IS_RSA_PKCS1V15_SIGN(number) {
            SignAnyHash::RsaPkcs1v15
        } else if raw::PSA_ALG_IS_RSA_PSS_STANDARD_SALT(number) {
            SignAnyHash::RsaPss
        } else if raw::PSA_ALG_IS_RSA_PSS_ANY_SALT(number) {
            SignAnyHash::RsaPssAnySalt
        } else {
            return Self::Raw(number);
        })
    }

    const fn mac(number: u32) -> Self {
        if number & raw::PSA_ALG_MAC_AT_LEAST_THIS_LENGTH_FLAG == 0 {
            return Self::Mac(Mac::from_raw(number));
        }
        let kind = MacKind::from_full(raw::PSA_ALG_FULL_LENGTH_MAC(number));
        match (kind, TagLength::new(raw::PSA_MAC_TRUNCATED_LENGTH(number))) {
            (Some(kind), Some(length)) => Self::MacAtLeast(kind, length),
            _ => Self::Raw(number),
        }
    }

    const fn aead(number: u32) -> Self {
        if number & raw::PSA_ALG_AEAD_AT_LEAST_THIS_LENGTH_FLAG == 0 {
            return Self::Aead(Aead::from_raw(number));
        }
        match (
            AeadKind::of(number),
            TagLength::new(raw::PSA_ALG_AEAD_GET_TAG_LENGTH(number)),
        ) {
            (Some(kind), Some(length)) => Self::AeadAtLeast(kind, length),
            _ => Self::Raw(number),
        }
    }

    const fn agreement(number: u32) -> Self {
        let agreement = KeyAgreement::from_raw(raw::PSA_ALG_KEY_AGREEMENT_GET_BASE(number));
        if raw::PSA_ALG_IS_RAW_KEY_AGREEMENT(number) {
            return Self::RawKeyAgreement(agreement);
        }
        let derivation = raw::PSA_ALG_KEY_AGREEMENT_GET_KDF(number);
        Self::KeyAgreement(agreement, KeyDerivation::from_raw(derivation))
    }
}

macro_rules! becomes_algorithm {
    ($($name:ident as $variant:ident,)*) => {$(
        impl From<$name> for Algorithm {
            fn from(algorithm: $name) -> Self {
                Self::$variant(algorithm)
            }
        }
    )*};
}

becomes_algorithm! {
    Sign as Sign,
    SignAnyHash as SignAnyHash,
    Mac as Mac,
    Cipher as Cipher,
    Aead as Aead,
    AsymmetricEncryption as AsymmetricEncryption,
    KeyDerivation as KeyDerivation,
    KeyAgreement as RawKeyAgreement,
    Pake as Pake,
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use proptest::prelude::*;
    use std::vec::Vec;

    fn interesting() -> Vec<u32> {
        let mut numbers = Vec::new();
        for category in 0_u32..=0x0b {
            for subcategory in [
                0, 0x01, 0x02, 0x10, 0x40, 0x48, 0x50, 0x51, 0x80, 0x88, 0x90, 0xc0, 0xc8, 0xd0,
                0xff,
            ] {
                for low in 0_u32..=0xffff {
                    numbers.push(category << 24 | subcategory << 16 | low);
                }
            }
        }
        numbers
    }

    #[test]
    fn no_number_is_lost_and_no_policy_has_two_forms() {
        for number in interesting() {
            let algorithm = Algorithm::from_raw(number);
            assert_eq!(algorithm.to_raw(), number, "{algorithm:?}");
            // What one algorithm says of a number, the policy says too.
            assert_eq!(Sign::from_raw(number).to_raw(), number);
            assert_eq!(Mac::from_raw(number).to_raw(), number);
            assert_eq!(Aead::from_raw(number).to_raw(), number);
            assert_eq!(KeyDerivation::from_raw(number).to_raw(), number);
            assert_eq!(AsymmetricEncryption::from_raw(number).to_raw(), number);
        }
    }

    proptest! {
        #[test]
        fn no_number_at_all_is_lost(number: u32) {
            prop_assert_eq!(Algorithm::from_raw(number).to_raw(), number);
        }
    }

    #[test]
    fn an_agreement_that_has_no_number_does_not_get_that_of_another() {
        for derivation in [
            KeyDerivation::Pbkdf2Hmac(Hash::Sha256),
            KeyDerivation::Pbkdf2AesCmacPrf128,
            KeyDerivation::Raw(0x0900_0109),
        ] {
            for agreement in [KeyAgreement::Ecdh, KeyAgreement::Ffdh] {
                let both = Algorithm::KeyAgreement(agreement, derivation);
                assert_eq!(both.to_raw(), 0, "{both:?}");
            }
        }
        let no_agreement = KeyAgreement::Raw(0x0902_0001);
        let hkdf = KeyDerivation::Hkdf(Hash::Sha256);
        assert_eq!(Algorithm::KeyAgreement(no_agreement, hkdf).to_raw(), 0);
    }

    #[test]
    fn variants_are_found_by_their_number() {
        let eight = TagLength::new(8).unwrap();
        for algorithm in [
            Algorithm::None,
            Mac::Cmac.into(),
            Mac::CbcMac.into(),
            Mac::Hmac(Hash::Sha3_512).truncated(eight).into(),
            Algorithm::MacAtLeast(MacKind::Hmac(Hash::Sha256), eight),
            Aead::ChaCha20Poly1305.into(),
            Aead::Gcm.with_tag_length(eight).into(),
            Algorithm::AeadAtLeast(AeadKind::Ccm, eight),
            Cipher::CcmStarNoTag.into(),
            AsymmetricEncryption::RsaOaep(Hash::Sha1).into(),
            KeyDerivation::Pbkdf2AesCmacPrf128.into(),
            KeyDerivation::Tls12EcjpakeToPms.into(),
            KeyDerivation::HkdfExpand(Hash::Sha512).into(),
            KeyAgreement::Ffdh.into(),
            Algorithm::KeyAgreement(KeyAgreement::Ecdh, KeyDerivation::Tls12Prf(Hash::Sha384)),
            Pake::Jpake.into(),
            SignAnyHash::RsaPss.into(),
        ] {
            assert_eq!(Algorithm::from_raw(algorithm.to_raw()), algorithm);
        }
    }
}
