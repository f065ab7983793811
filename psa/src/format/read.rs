//! Keys read from SEC1, PKCS#1, PKCS#8 and `SubjectPublicKeyInfo`.

use super::{
    algorithm::{KeyAlgorithm, named_curve},
    damaged, pem,
};
use crate::{Attributes, Curve, Error, Key, KeyType, Result};
use der::{Decode, Header, Reader, SliceReader, Tag};
use pem_rfc7468::Decoder;
use pkcs8::PrivateKeyInfoRef;
use sec1::EcPrivateKey;
use spki::SubjectPublicKeyInfoRef;
use zeroize::Zeroizing;

/// PKCS#8 of the largest curve fits here, with room for attributes.
const CURVE_DER_MAX: usize = 320;
/// PKCS#8 of the largest RSA key fits here.
const RSA_DER_MAX: usize =
    tfm_sys::PSA_KEY_EXPORT_RSA_KEY_PAIR_MAX_SIZE(tfm_sys::PSA_VENDOR_RSA_MAX_KEY_BITS) + 64;
/// The longest scalar: P-521.
const SCALAR_MAX: usize = 66;

const LABELS: &[&str] = &[
    pem::EC_PRIVATE_KEY,
    pem::PRIVATE_KEY,
    pem::PUBLIC_KEY,
    pem::ENCRYPTED_PRIVATE_KEY,
    pem::RSA_PRIVATE_KEY,
    pem::RSA_PUBLIC_KEY,
];

pub(crate) fn import_pem(attributes: Attributes, pem: &[u8]) -> Result<Key> {
    let (label, decoder) = pem::find(pem, LABELS)?;
    if label == pem::ENCRYPTED_PRIVATE_KEY {
        return Err(Error::Encrypted);
    }
    // Two frames, so that a curve's key does not need the stack of the largest RSA key.
    let len = decoder.remaining_len();
    match len {
        _ if len <= CURVE_DER_MAX => decode_and_import::<CURVE_DER_MAX>(attributes, decoder),
        _ if len <= RSA_DER_MAX => decode_and_import::<RSA_DER_MAX>(attributes, decoder),
        _ => Err(Error::UnsupportedKey),
    }
}

#[inline(never)]
fn decode_and_import<const MAX: usize>(
    attributes: Attributes,
    mut decoder: Decoder<'_>,
) -> Result<Key> {
    let mut buffer = Zeroizing::new([0; MAX]);
    let len = decoder.remaining_len();
    let der = decoder
        .decode(buffer.get_mut(..len).ok_or(Error::Pem)?)
        .map_err(|_| Error::Pem)?;
    import_der(attributes, der)
}

pub(crate) fn import_der(attributes: Attributes, der: &[u8]) -> Result<Key> {
    match structure(der)? {
        Structure::Sec1 => import_sec1(attributes, None, der),
        Structure::Pkcs8 => import_private_key(
            attributes,
            &PrivateKeyInfoRef::from_der(der).map_err(damaged)?,
        ),
        Structure::Spki => import_public_key(
            attributes,
            &SubjectPublicKeyInfoRef::from_der(der).map_err(damaged)?,
        ),
        Structure::RsaPrivate => import_as(attributes, KeyType::RsaKeyPair, 0, der),
        Structure::RsaPublic => import_as(attributes, KeyType::RsaPublicKey, 0, der),
    }
}

enum Structure {
    Sec1,
    Pkcs8,
    Spki,
    RsaPrivate,
    RsaPublic,
}

/// Tells the structures apart by their first two elements.
fn structure(der: &[u8]) -> Result<Structure> {
    let mut reader = SliceReader::new(der).map_err(damaged)?;
    let whole = Header::decode(&mut reader).map_err(damaged)?;
    if whole.tag() != Tag::Sequence || whole.length() != reader.remaining_len() {
        return Err(Error::Der);
    }
    let first = Header::decode(&mut reader).map_err(damaged)?;
    match first.tag() {
        Tag::Sequence => return Ok(Structure::Spki),
        Tag::Integer => reader.drain(first.length()).map_err(damaged)?,
        _ => return Err(Error::Der),
    }
    match Tag::peek(&reader).map_err(damaged)? {
        Tag::OctetString => Ok(Structure::Sec1),
        Tag::Sequence => Ok(Structure::Pkcs8),
        // The version of a private key, or the modulus of a public one.
        Tag::Integer if first.length() == der::Length::ONE => Ok(Structure::RsaPrivate),
        Tag::Integer => Ok(Structure::RsaPublic),
        _ => Err(Error::Der),
    }
}

pub(crate) fn import_private_key(
    attributes: Attributes,
    info: &PrivateKeyInfoRef<'_>,
) -> Result<Key> {
    let private = info.private_key.as_bytes();
    match KeyAlgorithm::read(&info.algorithm)? {
        KeyAlgorithm::Ec(curve) => import_sec1(attributes, Some(curve), private),
        KeyAlgorithm::Curve(curve) => {
            let scalar = <&der::asn1::OctetStringRef>::from_der(private).map_err(damaged)?;
            import_as(
                attributes,
                KeyType::EccKeyPair(curve.family()),
                curve.bits(),
                scalar.as_bytes(),
            )
        }
        KeyAlgorithm::Rsa => import_as(attributes, KeyType::RsaKeyPair, 0, private),
    }
}

pub(crate) fn import_public_key(
    attributes: Attributes,
    info: &SubjectPublicKeyInfoRef<'_>,
) -> Result<Key> {
    let public = info.subject_public_key.as_bytes().ok_or(Error::Der)?;
    match KeyAlgorithm::read(&info.algorithm)? {
        KeyAlgorithm::Ec(curve) | KeyAlgorithm::Curve(curve) => import_as(
            attributes,
            KeyType::EccPublicKey(curve.family()),
            curve.bits(),
            public,
        ),
        KeyAlgorithm::Rsa => import_as(attributes, KeyType::RsaPublicKey, 0, public),
    }
}

/// The curve stands outside in PKCS#8, inside otherwise; a bare file without one leaves it to the attributes.
pub(crate) fn import_sec1(
    attributes: Attributes,
    outside: Option<Curve>,
    der: &[u8],
) -> Result<Key> {
    let private = EcPrivateKey::from_der(der).map_err(damaged)?;
    let inside = match private.parameters {
        Some(parameters) => Some(named_curve(
            &parameters.named_curve().ok_or(Error::UnsupportedKey)?,
        )?),
        None => None,
    };
    let curve = match (outside, inside) {
        (Some(outside), Some(inside)) if outside != inside => return Err(Error::Der),
        (outside, inside) => outside
            .or(inside)
            .or(attributes.curve())
            .ok_or(Error::UnsupportedKey)?,
    };
    // Some writers leave leading zeros out, which PSA's format does not allow.
    let mut padded = Zeroizing::new([0; SCALAR_MAX]);
    let scalar = padded
        .get_mut(..curve.bytes())
        .ok_or(Error::UnsupportedKey)?;
    let missing = scalar
        .len()
        .checked_sub(private.private_key.len())
        .ok_or(Error::Der)?;
    scalar[missing..].copy_from_slice(private.private_key);
    import_as(
        attributes,
        KeyType::EccKeyPair(curve.family()),
        curve.bits(),
        scalar,
    )
}

fn import_as(attributes: Attributes, key_type: KeyType, bits: usize, data: &[u8]) -> Result<Key> {
    let wanted = attributes.key_type();
    if wanted == KeyType::None {
        return Key::import(attributes.with_type(key_type, bits), data);
    }
    // The size of an RSA key is known only to whoever reads it: the provider compares it.
    if wanted != key_type || (bits != 0 && attributes.bits() != 0 && attributes.bits() != bits) {
        return Err(Error::DifferentKeyType);
    }
    let bits = if bits == 0 { attributes.bits() } else { bits };
    Key::import(attributes.with_type(key_type, bits), data)
}
