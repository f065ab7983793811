//! The journey in an image: what it prints goes to the host, and the certificate is a file that the host writes.

use core::ffi::CStr;
use core::fmt;
use firmware_common::{Console, read_file};
use provision_journey::Device;
use psa::{Error, Result};

/// What the host calls the certificate, in the folder that QEMU runs in.
const CERTIFICATE: &CStr = c"certificate.pem";

/// Keeps a certificate where it outlives the image, and reads it back into the buffer.
pub type Store = for<'b> fn(certificate: &[u8], buffer: &'b mut [u8]) -> Result<&'b [u8]>;

struct Image {
    store: Option<Store>,
    answered: bool,
}

impl fmt::Write for Image {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        Console.write_str(text)
    }
}

impl Device for Image {
    fn certificate(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if core::mem::replace(&mut self.answered, true) {
            // The file would be the same one.
            return Err(Error::DoesNotExist);
        }
        Ok(wait_for_certificate(buffer).len())
    }

    fn store<'b>(&mut self, certificate: &[u8], buffer: &'b mut [u8]) -> Result<Option<&'b [u8]>> {
        self.store
            .map(|store| store(certificate, buffer))
            .transpose()
    }
}

/// Goes the whole way and answers the image's exit status.
pub fn journey(store: Option<Store>) -> i32 {
    let answered = false;
    let way = provision_journey::journey(&mut Image { store, answered });
    i32::from(way.is_err())
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
    let (store, answered) = (None, false);
    Image { store, answered }.say_error(what, error);
}
