//! Object identifiers of key algorithms and curves.

use super::writer::{DerWriter, tag};
#[cfg(all(feature = "signature", feature = "spki"))]
use crate::{Algorithm, SignAnyHash};
use crate::{Attributes, Curve, Error, KeyType, Result};
use der::asn1::ObjectIdentifier;

/// `id-ecPublicKey`, 1.2.840.10045.2.1.
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
/// `rsaEncryption`, 1.2.840.113549.1.1.1.
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];

/// How a key's algorithm is written: RFC 5480, RFC 8410, RFC 3279.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyAlgorithm {
    /// `id-ecPublicKey` with this named curve.
    Ec(Curve),
    /// A curve that is an algorithm of its own.
    Curve(Curve),
    /// `rsaEncryption`.
    Rsa,
}

/// The contents of each curve's object identifier: of the curve itself for `Ec`, of the algorithm for `Curve`.
const fn oid(curve: Curve) -> &'static [u8] {
    match curve {
        Curve::P192 => &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 1],
        Curve::P224 => &[0x2b, 0x81, 4, 0, 33],
        Curve::P256 => &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7],
        Curve::P384 => &[0x2b, 0x81, 4, 0, 34],
        Curve::P521 => &[0x2b, 0x81, 4, 0, 35],
        Curve::Secp192k1 => &[0x2b, 0x81, 4, 0, 31],
        Curve::Secp256k1 => &[0x2b, 0x81, 4, 0, 10],
        Curve::BrainpoolP256 => &[0x2b, 36, 3, 3, 2, 8, 1, 1, 7],
        Curve::BrainpoolP384 => &[0x2b, 36, 3, 3, 2, 8, 1, 1, 11],
        Curve::BrainpoolP512 => &[0x2b, 36, 3, 3, 2, 8, 1, 1, 13],
        Curve::X25519 => &[0x2b, 0x65, 110],
        Curve::X448 => &[0x2b, 0x65, 111],
        Curve::Ed25519 => &[0x2b, 0x65, 112],
        Curve::Ed448 => &[0x2b, 0x65, 113],
    }
}

impl KeyAlgorithm {
    pub(crate) const fn of_curve(curve: Curve) -> Self {
        match curve {
            Curve::X25519 | Curve::X448 | Curve::Ed25519 | Curve::Ed448 => Self::Curve(curve),
            _ => Self::Ec(curve),
        }
    }

    pub(crate) fn of(attributes: &Attributes) -> Result<Self> {
        match (attributes.key_type(), attributes.curve()) {
            (KeyType::RsaKeyPair | KeyType::RsaPublicKey, _) => Ok(Self::Rsa),
            (_, Some(curve)) => Ok(Self::of_curve(curve)),
            _ => Err(Error::UnsupportedKey),
        }
    }

    /// What such a key signs with unless somebody says otherwise: RSA keys do not say it, and PKCS#1 v1.5 is what X.509
    /// and most protocols have.
    #[cfg(all(feature = "signature", feature = "spki"))]
    pub(crate) fn signature(self) -> Result<Algorithm> {
        match self {
            Self::Ec(_) => Ok(SignAnyHash::Ecdsa.into()),
            Self::Rsa => Ok(SignAnyHash::RsaPkcs1v15.into()),
            Self::Curve(_) => Err(Error::UnsupportedKey),
        }
    }

    /// Writes the `AlgorithmIdentifier`.
    pub(crate) fn write(self, writer: &mut DerWriter<'_>) {
        let mark = writer.len();
        let algorithm = match self {
            Self::Ec(curve) => {
                write_named_curve(curve, writer);
                EC_PUBLIC_KEY
            }
            Self::Curve(curve) => oid(curve),
            Self::Rsa => {
                writer.element(tag::NULL, &[]);
                RSA_ENCRYPTION
            }
        };
        writer.element(tag::OBJECT_IDENTIFIER, algorithm);
        writer.wrap(tag::SEQUENCE, mark);
    }

    /// Reads an `AlgorithmIdentifier`.
    pub(crate) fn read(algorithm: &spki::AlgorithmIdentifierRef<'_>) -> Result<Self> {
        if algorithm.oid.as_bytes() == RSA_ENCRYPTION {
            return Ok(Self::Rsa);
        }
        if algorithm.oid.as_bytes() == EC_PUBLIC_KEY {
            let named = algorithm
                .parameters_oid()
                .map_err(|_| Error::UnsupportedKey)?;
            return Ok(Self::Ec(named_curve(&named)?));
        }
        match named_curve(&algorithm.oid).map(Self::of_curve) {
            Ok(curve @ Self::Curve(_)) => Ok(curve),
            _ => Err(Error::UnsupportedKey),
        }
    }
}

pub(crate) fn write_named_curve(curve: Curve, writer: &mut DerWriter<'_>) {
    writer.element(tag::OBJECT_IDENTIFIER, oid(curve));
}

pub(crate) fn named_curve(named: &ObjectIdentifier) -> Result<Curve> {
    Curve::ALL
        .iter()
        .copied()
        .find(|curve| oid(*curve) == named.as_bytes())
        .ok_or(Error::UnsupportedKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn object_identifiers_are_those_of_the_standards() {
        let standards = [
            (EC_PUBLIC_KEY, "1.2.840.10045.2.1"),
            (RSA_ENCRYPTION, "1.2.840.113549.1.1.1"),
            (oid(Curve::P192), "1.2.840.10045.3.1.1"),
            (oid(Curve::P224), "1.3.132.0.33"),
            (oid(Curve::P256), "1.2.840.10045.3.1.7"),
            (oid(Curve::P384), "1.3.132.0.34"),
            (oid(Curve::P521), "1.3.132.0.35"),
            (oid(Curve::Secp192k1), "1.3.132.0.31"),
            (oid(Curve::Secp256k1), "1.3.132.0.10"),
            (oid(Curve::BrainpoolP256), "1.3.36.3.3.2.8.1.1.7"),
            (oid(Curve::BrainpoolP384), "1.3.36.3.3.2.8.1.1.11"),
            (oid(Curve::BrainpoolP512), "1.3.36.3.3.2.8.1.1.13"),
            (oid(Curve::X25519), "1.3.101.110"),
            (oid(Curve::X448), "1.3.101.111"),
            (oid(Curve::Ed25519), "1.3.101.112"),
            (oid(Curve::Ed448), "1.3.101.113"),
        ];
        assert_eq!(standards.len(), Curve::ALL.len() + 2);
        for (bytes, text) in standards {
            assert_eq!(
                bytes,
                ObjectIdentifier::new_unwrap(text).as_bytes(),
                "{text}"
            );
        }
    }
}
