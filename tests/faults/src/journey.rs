//! The journey: a key and its files, a key that never leaves and its request, the certificate that comes back.
#[cfg(feature = "full")]
use mbedtls_psa::{
    pk::{Curve as PkCurve, KeyType, Pk},
    x509::csr::Csr,
    x509::{Certificate, CertificateBuilder, Time},
};
#[cfg(feature = "full")]
use psa::KeyId;
use psa::storage::{Flags, Uid, internal};
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Usage};

use crate::case::{Case, Ended, ended, holds, refused};

pub const CASES: &[Case] = &[
    Case::new("journey: a key and its files", || ended(files())),
    #[cfg(feature = "full")]
    Case::new("journey: a request and its certificate", || {
        ended(certificate())
    }),
    Case::new("journey: items of the application", || ended(items())),
];

const SIGNING: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN)
    .algorithm(Algorithm::ecdsa(Hash::Sha256));
const EXPORTABLE: Attributes = SIGNING.usage(Usage::SIGN.union(Usage::EXPORT));
#[cfg(feature = "full")]
const DEVICE_KEY: KeyId = KeyId::user(7).unwrap();

fn files() -> Result<(), Ended> {
    psa::init()?;
    let key = Key::generate(EXPORTABLE)?;
    let public = key.public_key_pem()?;
    for pem in [key.private_key_pem()?, key.private_key_pkcs8_pem()?] {
        let again = Key::import_pem(EXPORTABLE, &*pem)?;
        holds(again.public_key_pem()? == public, "another key was read")?;
    }
    for der in [key.private_key_der()?, key.private_key_pkcs8_der()?] {
        let again = Key::import_der(EXPORTABLE, &*der)?;
        holds(again.public_key_pem()? == public, "another key was read")?;
    }
    Ok(())
}

#[cfg(feature = "full")]
fn certificate() -> Result<(), Ended> {
    let clear = || match Key::open(DEVICE_KEY) {
        Ok(key) => key.destroy(),
        Err(Error::InvalidHandle) => Ok(()),
        Err(error) => Err(error),
    };
    clear()?;
    let key = Key::generate(SIGNING.persistent(DEVICE_KEY))?;
    let left = key.private_key_pem();
    refused(left, Error::NotPermitted, "a key left that may not")?;
    let request = key.csr("CN=device-0001,O=Example")?.to_pem()?;
    drop(key);

    let (from, to) = (
        Time::new(2025, 1, 1, 0, 0, 0)?,
        Time::new(2049, 12, 31, 0, 0, 0)?,
    );
    let ca_key = Pk::generate(KeyType::Ec(PkCurve::P256))?;
    let ca = CertificateBuilder::self_signed(&ca_key, &"CN=Example CA".parse()?, from, to);
    let ca = Certificate::parse(&ca.authority(None).der()?)?;
    let request = Csr::parse(request.as_bytes())?;
    let certificate = CertificateBuilder::for_request(&ca, &ca_key, &request, from, to)?.pem()?;
    Certificate::parse(certificate.as_bytes())?.verify(&ca, None)?;

    let key = Key::open(DEVICE_KEY)?;
    key.matches_certificate(&certificate)?;
    let another = Key::generate(SIGNING)?.matches_certificate(&certificate);
    refused(
        another,
        Error::DifferentKey,
        "another key's certificate was taken",
    )?;
    #[cfg(feature = "mbedtls")]
    Certificate::parse(certificate.as_bytes())?.check_key(&key.to_pk()?)?;
    Ok(key.destroy()?)
}

fn items() -> Result<(), Ended> {
    const UID: Uid = Uid::new(7).unwrap();
    match internal::remove(UID) {
        Ok(()) | Err(Error::DoesNotExist) => {}
        Err(error) => return Err(error.into()),
    }
    let removed = internal::get(UID);
    refused(
        removed,
        Error::DoesNotExist,
        "an item is there that was removed",
    )?;
    for item in [&[7; 700][..], b"another", b""] {
        internal::set(UID, item, Flags::NONE)?;
        holds(internal::get(UID)? == item, "another item was read")?;
        let size = internal::info(UID)?.size;
        holds(size == item.len(), "the size is another one")?;
    }
    Ok(internal::remove(UID)?)
}
