//! The journey through the C library: PEM by PK, the request and the certificate by X.509, the device's key opaque.
//!
//! It prints what the journey of `firmware-checks` prints, so the host checks both alike.

use firmware_checks::{say_error, wait_for_certificate};
use firmware_common::say;
use mbedtls_psa::x509::Certificate;
use mbedtls_psa::x509::csr::CsrBuilder;
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Result, Usage};

const SIGNING: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN)
    .algorithm(Algorithm::ecdsa(Hash::Sha256));
const EXPORTABLE: Attributes = SIGNING.usage(Usage::SIGN.union(Usage::EXPORT));

/// Goes the whole way and answers the image's exit status.
pub fn journey() -> i32 {
    match whole_way() {
        Ok(()) => 0,
        Err(error) => {
            say_error("the journey ended early: ", error);
            1
        }
    }
}

fn pk<T>(result: mbedtls_psa::Result<T>) -> Result<T> {
    result.map_err(|error| Error::from_status(error.code()))
}

fn whole_way() -> Result<()> {
    let mut text = [0; 1024];
    psa::init()?;

    let exportable = Key::generate(EXPORTABLE)?;
    let other = pk(exportable.to_pk())?;
    say("== private key, SEC1");
    say(pk(other.write_key_pem(&mut text))?);
    // PK does not write PKCS#8; psa does, of the same key.
    say("== private key, PKCS#8");
    say(&exportable.private_key_pkcs8_pem_into(&mut text)?);
    say("== its public key");
    say(pk(other.write_pubkey_pem(&mut text))?);

    let key = Key::generate(SIGNING)?;
    let device = pk(key.to_pk())?;
    // PK answers MBEDTLS_ERR_ECP_BAD_INPUT_DATA, psa says why.
    if device.write_key_pem(&mut text).is_ok() {
        return Err(Error::CorruptionDetected);
    }
    match key.private_key_pem_into(&mut text) {
        Err(error) => say_error("without EXPORT: ", error),
        Ok(_) => return Err(Error::CorruptionDetected),
    }
    say("== public key of the device");
    say(pk(device.write_pubkey_pem(&mut text))?);
    say("== request of the device");
    let subject = pk("CN=device-0001,O=Example".parse())?;
    say(pk(CsrBuilder::new(&device, &subject).write_pem(&mut text))?);

    say("waiting for the certificate");
    let certificate = pk(Certificate::parse(wait_for_certificate(&mut text)))?;
    pk(certificate.check_key(&device))?;
    say("the certificate is the device's");
    if certificate.check_key(&other).is_ok() {
        return Err(Error::CorruptionDetected);
    }
    say("and not the other key's");
    Ok(())
}
