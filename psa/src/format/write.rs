//! Keys written as SEC1, PKCS#1, PKCS#8 and `SubjectPublicKeyInfo`.

use super::{
    algorithm::{KeyAlgorithm, write_named_curve},
    pem,
    writer::{DerWriter, tag},
};
use crate::{Attributes, Curve, Error, Key, KeyType, Result};

/// Which of its two forms a private key takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PrivateForm {
    /// SEC1 or PKCS#1; PKCS#8 for the curves of RFC 8410, which have no other.
    Traditional,
    Pkcs8,
}

/// Writes the private key and answers the label of its PEM.
pub(crate) fn private_key(
    key: &Key,
    attributes: &Attributes,
    form: PrivateForm,
    writer: &mut DerWriter<'_>,
) -> Result<&'static str> {
    let algorithm = match attributes.key_type() {
        KeyType::EccKeyPair(_) | KeyType::RsaKeyPair => KeyAlgorithm::of(attributes)?,
        _ => return Err(Error::UnsupportedKey),
    };
    match (form, algorithm) {
        (PrivateForm::Traditional, KeyAlgorithm::Ec(curve)) => {
            sec1(key, curve, true, writer)?;
            Ok(pem::EC_PRIVATE_KEY)
        }
        (PrivateForm::Traditional, KeyAlgorithm::Rsa) => {
            writer.fill(&mut |room| key.export_raw(room))?;
            Ok(pem::RSA_PRIVATE_KEY)
        }
        _ => {
            pkcs8(key, algorithm, writer)?;
            Ok(pem::PRIVATE_KEY)
        }
    }
}

/// `ECPrivateKey` of RFC 5915; inside PKCS#8 the curve is not repeated.
fn sec1(key: &Key, curve: Curve, with_curve: bool, writer: &mut DerWriter<'_>) -> Result<()> {
    let mark = writer.len();
    public_bit_string(key, KeyAlgorithm::Ec(curve), writer)?;
    writer.wrap(tag::context_constructed(1), mark);
    if with_curve {
        let parameters = writer.len();
        write_named_curve(curve, writer);
        writer.wrap(tag::context_constructed(0), parameters);
    }
    octet_string(key, curve, writer)?;
    writer.element(tag::INTEGER, &[1]);
    writer.wrap(tag::SEQUENCE, mark);
    Ok(())
}

/// `OneAsymmetricKey` of RFC 5958, in its version 1, as OpenSSL writes it.
fn pkcs8(key: &Key, algorithm: KeyAlgorithm, writer: &mut DerWriter<'_>) -> Result<()> {
    let mark = writer.len();
    match algorithm {
        KeyAlgorithm::Ec(curve) => sec1(key, curve, false, writer)?,
        KeyAlgorithm::Curve(curve) => octet_string(key, curve, writer)?,
        KeyAlgorithm::Rsa => writer.fill(&mut |room| key.export_raw(room))?,
    }
    writer.wrap(tag::OCTET_STRING, mark);
    algorithm.write(writer);
    writer.element(tag::INTEGER, &[0]);
    writer.wrap(tag::SEQUENCE, mark);
    Ok(())
}

/// The scalar goes from the provider to its place in the caller's buffer, and nowhere else.
fn octet_string(key: &Key, curve: Curve, writer: &mut DerWriter<'_>) -> Result<()> {
    let mark = writer.len();
    let room = writer.reserve(curve.bytes())?;
    exactly(room.len(), key.export_raw(room)?)?;
    writer.wrap(tag::OCTET_STRING, mark);
    Ok(())
}

fn public_bit_string(key: &Key, algorithm: KeyAlgorithm, writer: &mut DerWriter<'_>) -> Result<()> {
    let mark = writer.len();
    let point = match algorithm {
        // Uncompressed: a format byte and two coordinates.
        KeyAlgorithm::Ec(curve) => 1 + 2 * curve.bytes(),
        KeyAlgorithm::Curve(curve) => curve.bytes(),
        KeyAlgorithm::Rsa => 0,
    };
    if point == 0 {
        writer.fill(&mut |room| key.export_public_raw(room))?;
    } else {
        let room = writer.reserve(point)?;
        exactly(room.len(), key.export_public_raw(room)?)?;
    }
    // No unused bits.
    writer.byte(0);
    writer.wrap(tag::BIT_STRING, mark);
    Ok(())
}

/// A provider that answers another length than the specification prescribes is not to be trusted.
const fn exactly(expected: usize, answered: usize) -> Result<()> {
    if expected == answered {
        Ok(())
    } else {
        Err(Error::CorruptionDetected)
    }
}

/// `SubjectPublicKeyInfo` of RFC 5280.
pub(crate) fn public_key(
    key: &Key,
    attributes: &Attributes,
    writer: &mut DerWriter<'_>,
) -> Result<()> {
    let algorithm = KeyAlgorithm::of(attributes)?;
    let mark = writer.len();
    public_bit_string(key, algorithm, writer)?;
    algorithm.write(writer);
    writer.wrap(tag::SEQUENCE, mark);
    Ok(())
}
