//! Object identifiers of key algorithms and curves.

use crate::{Attributes, Curve, Error, KeyType, Result};
use der::{Tag, asn1::ObjectIdentifier};

use super::writer::DerWriter;

const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

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

/// The object identifier of each curve: of the curve itself for `Ec`, of the algorithm for `Curve`.
const fn oid(curve: Curve) -> &'static ObjectIdentifier {
    macro_rules! oid {
        ($oid:literal) => {{
            const OID: ObjectIdentifier = ObjectIdentifier::new_unwrap($oid);
            &OID
        }};
    }
    match curve {
        Curve::P192 => oid!("1.2.840.10045.3.1.1"),
        Curve::P224 => oid!("1.3.132.0.33"),
        Curve::P256 => oid!("1.2.840.10045.3.1.7"),
        Curve::P384 => oid!("1.3.132.0.34"),
        Curve::P521 => oid!("1.3.132.0.35"),
        Curve::Secp192k1 => oid!("1.3.132.0.31"),
        Curve::Secp256k1 => oid!("1.3.132.0.10"),
        Curve::BrainpoolP256 => oid!("1.3.36.3.3.2.8.1.1.7"),
        Curve::BrainpoolP384 => oid!("1.3.36.3.3.2.8.1.1.11"),
        Curve::BrainpoolP512 => oid!("1.3.36.3.3.2.8.1.1.13"),
        Curve::X25519 => oid!("1.3.101.110"),
        Curve::X448 => oid!("1.3.101.111"),
        Curve::Ed25519 => oid!("1.3.101.112"),
        Curve::Ed448 => oid!("1.3.101.113"),
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

    /// Writes the `AlgorithmIdentifier`.
    pub(crate) fn write(self, writer: &mut DerWriter<'_>) -> Result<()> {
        let start = writer.len();
        match self {
            Self::Ec(curve) => {
                writer.oid(&EC_PUBLIC_KEY)?;
                writer.oid(oid(curve))?;
            }
            Self::Curve(curve) => writer.oid(oid(curve))?,
            Self::Rsa => {
                writer.oid(&RSA_ENCRYPTION)?;
                writer.element(Tag::Null, &[])?;
            }
        }
        writer.wrap(Tag::Sequence, start)
    }

    /// Reads an `AlgorithmIdentifier`.
    pub(crate) fn read(algorithm: &spki::AlgorithmIdentifierRef<'_>) -> Result<Self> {
        if algorithm.oid == RSA_ENCRYPTION {
            return Ok(Self::Rsa);
        }
        if algorithm.oid == EC_PUBLIC_KEY {
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

pub(crate) fn write_named_curve(curve: Curve, writer: &mut DerWriter<'_>) -> Result<()> {
    writer.oid(oid(curve))
}

pub(crate) fn named_curve(named: &ObjectIdentifier) -> Result<Curve> {
    Curve::ALL
        .iter()
        .copied()
        .find(|curve| oid(*curve) == named)
        .ok_or(Error::UnsupportedKey)
}
