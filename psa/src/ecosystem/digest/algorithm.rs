//! The algorithms as types.

use crate::Hash;
use ::digest::{array::ArraySize, const_oid::ObjectIdentifier, consts};

/// A hash algorithm as a type, for [`Hasher`](super::Hasher): [`Sha256`] and its like.
///
/// ```
/// use psa::{Hash, digest::{HashAlgorithm, Sha3_256}};
///
/// assert_eq!(Sha3_256::HASH, Hash::Sha3_256);
/// ```
pub trait HashAlgorithm: sealed::Sealed {
    /// The algorithm.
    const HASH: Hash;
    /// Its object identifier.
    const OID: ObjectIdentifier;
    /// Its length in bytes.
    type OutputSize: ArraySize;
    /// The length of its blocks in bytes, which HMAC needs.
    type BlockSize: ArraySize;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! algorithms {
    ($($(#[$doc:meta])* $name:ident: $output:ident, $block:ident, $oid:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
            pub struct $name;

            impl sealed::Sealed for $name {}

            impl HashAlgorithm for $name {
                const HASH: Hash = Hash::$name;
                const OID: ObjectIdentifier = ObjectIdentifier::new_unwrap($oid);
                type OutputSize = consts::$output;
                type BlockSize = consts::$block;
            }
        )*

        #[cfg(test)]
        const SIZES: &[(Hash, usize, usize)] = &[$((
            Hash::$name,
            <consts::$output as ::digest::typenum::Unsigned>::USIZE,
            <consts::$block as ::digest::typenum::Unsigned>::USIZE,
        ),)*];
    };
}

algorithms! {
    /// MD5: broken, for old formats only.
    Md5: U16, U64, "1.2.840.113549.2.5";
    /// RIPEMD-160.
    Ripemd160: U20, U64, "1.3.36.3.2.1";
    /// SHA-1: broken, for old formats only.
    Sha1: U20, U64, "1.3.14.3.2.26";
    /// SHA-224.
    Sha224: U28, U64, "2.16.840.1.101.3.4.2.4";
    /// SHA-256.
    Sha256: U32, U64, "2.16.840.1.101.3.4.2.1";
    /// SHA-384.
    Sha384: U48, U128, "2.16.840.1.101.3.4.2.2";
    /// SHA-512.
    Sha512: U64, U128, "2.16.840.1.101.3.4.2.3";
    /// SHA-512/224.
    Sha512_224: U28, U128, "2.16.840.1.101.3.4.2.5";
    /// SHA-512/256.
    Sha512_256: U32, U128, "2.16.840.1.101.3.4.2.6";
    /// SHA3-224.
    Sha3_224: U28, U144, "2.16.840.1.101.3.4.2.7";
    /// SHA3-256.
    Sha3_256: U32, U136, "2.16.840.1.101.3.4.2.8";
    /// SHA3-384.
    Sha3_384: U48, U104, "2.16.840.1.101.3.4.2.9";
    /// SHA3-512.
    Sha3_512: U64, U72, "2.16.840.1.101.3.4.2.10";
}

#[cfg(test)]
mod tests {
    use super::SIZES;

    #[test]
    fn the_sizes_are_those_of_the_specification() {
        assert_eq!(SIZES.len(), 13);
        for &(hash, output, block) in SIZES {
            assert_eq!(output, hash.len(), "{hash:?}");
            assert_eq!(
                block,
                tfm_sys::PSA_HASH_BLOCK_LENGTH(hash.to_raw()),
                "{hash:?}"
            );
        }
    }
}
