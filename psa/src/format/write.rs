//! Keys written as SEC1, PKCS#1, PKCS#8 and `SubjectPublicKeyInfo`.

use super::{
    algorithm::{KeyAlgorithm, write_named_curve},
    pem,
    writer::{DerWriter, context},
};
use crate::{Attributes, Curve, Error, Key, KeyType, Result};
use der::Tag;

/// Which of its two forms a private key takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PrivateForm {
    /// SEC1 or PKCS#1; PKCS#8 for the curves of RFC 8410, which have no other.
    Traditional,
    Pkcs8,
}

/// Writes the private key and answers the length of its DER and the label of its PEM.
pub(crate) fn private_key(
    key: &Key,
    attributes: &Attributes,
    form: PrivateForm,
    buffer: &mut [u8],
) -> Result<(usize, &'static str)> {
    let mut writer = DerWriter::new(buffer);
    let algorithm = match attributes.key_type() {
        KeyType::EccKeyPair(_) | KeyType::RsaKeyPair => KeyAlgorithm::of(attributes)?,
        _ => return Err(Error::UnsupportedKey),
    };
    let label = match (form, algorithm) {
        (PrivateForm::Traditional, KeyAlgorithm::Ec(curve)) => {
            sec1(key, curve, true, &mut writer)?;
            pem::EC_PRIVATE_KEY
        }
        (PrivateForm::Traditional, KeyAlgorithm::Rsa) => {
            writer.fill(|room| key.export_raw(room))?;
            pem::RSA_PRIVATE_KEY
        }
        _ => {
            pkcs8(key, algorithm, &mut writer)?;
            pem::PRIVATE_KEY
        }
    };
    Ok((writer.len(), label))
}

/// `ECPrivateKey` of RFC 5915; inside PKCS#8 the curve is not repeated.
fn sec1(key: &Key, curve: Curve, with_curve: bool, writer: &mut DerWriter<'_>) -> Result<()> {
    let start = writer.len();
    writer.element(Tag::Integer, &[1])?;
    octet_string(key, writer)?;
    if with_curve {
        let parameters = writer.len();
        write_named_curve(curve, writer)?;
        writer.wrap(context(0), parameters)?;
    }
    let public = writer.len();
    public_bit_string(key, writer)?;
    writer.wrap(context(1), public)?;
    writer.wrap(Tag::Sequence, start)
}

/// `OneAsymmetricKey` of RFC 5958, in its version 1, as OpenSSL writes it.
fn pkcs8(key: &Key, algorithm: KeyAlgorithm, writer: &mut DerWriter<'_>) -> Result<()> {
    let start = writer.len();
    writer.element(Tag::Integer, &[0])?;
    algorithm.write(writer)?;
    let private = writer.len();
    match algorithm {
        KeyAlgorithm::Ec(curve) => sec1(key, curve, false, writer)?,
        KeyAlgorithm::Curve(_) => octet_string(key, writer)?,
        KeyAlgorithm::Rsa => writer.fill(|room| key.export_raw(room))?,
    }
    writer.wrap(Tag::OctetString, private)?;
    writer.wrap(Tag::Sequence, start)
}

fn octet_string(key: &Key, writer: &mut DerWriter<'_>) -> Result<()> {
    let start = writer.len();
    writer.fill(|room| key.export_raw(room))?;
    writer.wrap(Tag::OctetString, start)
}

fn public_bit_string(key: &Key, writer: &mut DerWriter<'_>) -> Result<()> {
    let start = writer.len();
    writer.bytes(&[0])?;
    writer.fill(|room| key.export_public_raw(room))?;
    writer.wrap(Tag::BitString, start)
}

/// `SubjectPublicKeyInfo` of RFC 5280.
pub(crate) fn public_key(
    key: &Key,
    attributes: &Attributes,
    writer: &mut DerWriter<'_>,
) -> Result<()> {
    let start = writer.len();
    KeyAlgorithm::of(attributes)?.write(writer)?;
    public_bit_string(key, writer)?;
    writer.wrap(Tag::Sequence, start)
}
