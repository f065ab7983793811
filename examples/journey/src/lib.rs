//! The journey of a device's key: a key and its PEM, a key that never leaves and its request, and the certificate that
//! comes back, which must be the key's before it is kept.
//!
//! This one source runs on a host (`cargo run --example console`), in the bare-metal images of `tests/firmware`, and in
//! Zephyr (`samples/provision`); each brings a [`Device`]. Whoever stands at the other end of the console signs the
//! request. Nothing here needs `core::fmt` but the names of errors: an image's size is measured.
#![no_std]
#![forbid(unsafe_code)]

mod paste;

use core::fmt;

use psa::{Algorithm, Attributes, Curve, Error, Hash, Key, KeyId, Result, Usage};

pub use paste::read_certificate;

/// Bytes that suffice for the PEM of every key, request and certificate here.
pub const TEXT: usize = 1024;

const SIGNING: Attributes = Attributes::ecc_key_pair(Curve::P256)
    .usage(Usage::SIGN)
    .algorithm(Algorithm::ecdsa(Hash::Sha256));
const EXPORTABLE: Attributes = SIGNING.usage(Usage::SIGN.union(Usage::EXPORT));

/// What a device brings: the console, as [`fmt::Write`], whence the certificate comes, and what outlives a restart.
pub trait Device: fmt::Write {
    /// Under which id the device's key outlives a restart. Without one a restart makes another key.
    fn key_id(&self) -> Option<KeyId> {
        None
    }

    /// Waits for a certificate, writes its PEM to the beginning of the buffer, and answers its length.
    ///
    /// # Errors
    /// When none can come any more. The journey ends then.
    fn certificate(&mut self, buffer: &mut [u8]) -> Result<usize>;

    /// Keeps the certificate where it outlives a restart, and reads it back into the buffer; `None` where nothing does.
    ///
    /// # Errors
    /// Those of the storage.
    fn store<'b>(&mut self, certificate: &[u8], buffer: &'b mut [u8]) -> Result<Option<&'b [u8]>> {
        let _ = (certificate, buffer);
        Ok(None)
    }

    /// Prints the text as a line.
    fn say(&mut self, text: &str) {
        // A console that does not listen cannot be told so.
        let _ = self.write_str(text);
        let _ = self.write_str("\n");
    }

    /// Prints the text, and what the C headers call the error, as a line.
    fn say_error(&mut self, what: &str, error: Error) {
        // Not as one format: formatting a text brings what pads it.
        let _ = self.write_str(what);
        self.say(error.name().unwrap_or_default());
    }
}

/// Goes the whole way.
///
/// # Errors
/// The first one, which is printed too. A certificate of another key is refused, and the next is waited for.
pub fn journey(device: &mut impl Device) -> Result<()> {
    whole_way(device).inspect_err(|error| device.say_error("the journey ended early: ", *error))
}

fn whole_way(device: &mut impl Device) -> Result<()> {
    let mut text = [0; TEXT];
    psa::init()?;

    let exportable = Key::generate(EXPORTABLE)?;
    device.say("== private key, SEC1");
    device.say(&exportable.private_key_pem_into(&mut text)?);
    device.say("== private key, PKCS#8");
    device.say(&exportable.private_key_pkcs8_pem_into(&mut text)?);
    device.say("== its public key");
    device.say(exportable.public_key_pem_into(&mut text)?);

    let key = device_key(device.key_id())?;
    match key.private_key_pem_into(&mut text) {
        Err(error) => device.say_error("without EXPORT: ", error),
        Ok(_) => return Err(Error::CorruptionDetected),
    }
    device.say("== public key of the device");
    device.say(key.public_key_pem_into(&mut text)?);
    device.say("== request of the device");
    let request = key.csr("CN=device-0001,O=Example")?;
    device.say(request.pem_into(&mut text)?);

    let certificate = loop {
        device.say("waiting for the certificate");
        let length = device.certificate(&mut text)?;
        let certificate = text.get(..length).ok_or(Error::CorruptionDetected)?;
        match key.matches_certificate(certificate) {
            Ok(()) => break certificate,
            Err(error) => device.say_error("refused: ", error),
        }
    };
    device.say("the certificate is the device's");
    match exportable.matches_certificate(certificate) {
        Err(Error::DifferentKey) => device.say("and not the other key's"),
        other => return other.and(Err(Error::CorruptionDetected)),
    }
    match device.store(certificate, &mut [0; TEXT])? {
        Some(stored) if stored == certificate => device.say("and it is stored"),
        Some(_) => return Err(Error::DataCorrupt),
        None => device.say("and gone with a restart"),
    }
    Ok(())
}

/// The key that never leaves: the one of before the restart, if there is one.
fn device_key(id: Option<KeyId>) -> Result<Key> {
    let Some(id) = id else {
        return Key::generate(SIGNING);
    };
    match Key::open(id) {
        Err(Error::DoesNotExist | Error::InvalidHandle) => Key::generate(SIGNING.persistent(id)),
        found => found,
    }
}
