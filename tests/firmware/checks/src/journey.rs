//! A key and its PEM, a key that never leaves and its request, and the certificate that comes back.
//!
//! The host reads what is printed, checks it with openssl, and answers the request with a certificate. Nothing here
//! needs `core::fmt` but the names of errors: the image's size is measured.

use core::ffi::CStr;
use core::fmt::Write as _;
use firmware_common::{Console, read_file, say};
use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, Result, Usage};

/// What the host calls the certificate, in the folder that QEMU runs in.
const CERTIFICATE: &CStr = c"certificate.pem";

/// Keeps a certificate where it outlives the image, and reads it back into the buffer.
pub type Store = for<'b> fn(certificate: &[u8], buffer: &'b mut [u8]) -> Result<&'b [u8]>;

const SIGNING: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN)
    .algorithm(Algorithm::ecdsa(Hash::Sha256));
const EXPORTABLE: Attributes = SIGNING.usage(Usage::SIGN.union(Usage::EXPORT));

/// Goes the whole way and answers the image's exit status.
pub fn journey(store: Option<Store>) -> i32 {
    match whole_way(store) {
        Ok(()) => 0,
        Err(error) => {
            say_error("the journey ended early: ", error);
            1
        }
    }
}

fn whole_way(store: Option<Store>) -> Result<()> {
    let mut text = [0; 1024];
    psa::init()?;

    let exportable = Key::generate(EXPORTABLE)?;
    say("== private key, SEC1");
    say(&exportable.private_key_pem_into(&mut text)?);
    say("== private key, PKCS#8");
    say(&exportable.private_key_pkcs8_pem_into(&mut text)?);
    say("== its public key");
    say(exportable.public_key_pem_into(&mut text)?);

    let device = Key::generate(SIGNING)?;
    match device.private_key_pem_into(&mut text) {
        Err(error) => say_error("without EXPORT: ", error),
        Ok(_) => return Err(Error::CorruptionDetected),
    }
    say("== public key of the device");
    say(device.public_key_pem_into(&mut text)?);
    say("== request of the device");
    say(device
        .csr("CN=device-0001,O=Example")?
        .pem_into(&mut text)?);

    say("waiting for the certificate");
    let certificate = wait_for_certificate(&mut text);
    device.matches_certificate(certificate)?;
    say("the certificate is the device's");
    match exportable.matches_certificate(certificate) {
        Err(Error::DifferentKey) => say("and not the other key's"),
        other => return other.and(Err(Error::CorruptionDetected)),
    }
    if let Some(store) = store {
        let mut again = [0; 1024];
        if store(certificate, &mut again)? != certificate {
            return Err(Error::DataCorrupt);
        }
        say("and it is stored");
    }
    Ok(())
}

/// Waits until the host has answered the request, and reads the certificate. The run has a limit of time, this has none.
pub fn wait_for_certificate(buffer: &mut [u8]) -> &[u8] {
    let length = loop {
        if let Some(certificate) = read_file(CERTIFICATE, buffer) {
            break certificate.len();
        }
    };
    &buffer[..length]
}

/// Prints what the C headers call the error.
pub fn say_error(what: &str, error: Error) {
    // Not as one format: formatting a text brings what pads it.
    let _ = Console.write_str(what);
    if let Some(name) = error.status().and_then(mbedtls_diag::name) {
        let _ = write!(Console, "{name}");
    }
    say("");
}
