//! Memory of the library's own heap.
use core::ffi::CStr;
use core::ptr::NonNull;

use zeroize::Zeroize;

use crate::error::{Error, Result};
use crate::ffi::Entered;
use crate::sys;

/// A zero-terminated copy of some bytes, wiped when it is dropped.
pub(crate) struct Terminated<'e> {
    start: NonNull<u8>,
    len: usize,
    _entered: &'e Entered,
}

impl<'e> Terminated<'e> {
    /// Copies `bytes`; `on_failure` is the error if there is no memory.
    pub(crate) fn new(bytes: &[u8], on_failure: i32, entered: &'e Entered) -> Result<Self> {
        let failed = Error::from_code(on_failure);
        let len = bytes.len().checked_add(1).ok_or(failed)?;
        // SAFETY: asks for memory.
        let start = NonNull::new(unsafe { sys::mbedtls_psa_rs_calloc(len) })
            .ok_or(failed)?
            .cast::<u8>();
        // SAFETY: `start` points to `bytes.len() + 1` fresh bytes, all zero: the last one stays so.
        unsafe { start.copy_from_nonoverlapping(NonNull::from(bytes).cast(), bytes.len()) };
        Ok(Self {
            start,
            len,
            _entered: entered,
        })
    }

    /// The bytes, the final zero included.
    pub(crate) fn as_slice(&self) -> &[u8] {
        // SAFETY: `len` initialised bytes that belong to this value alone.
        unsafe { core::slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }
}

impl Drop for Terminated<'_> {
    fn drop(&mut self) {
        // SAFETY: allocated by `new` with this length and not freed elsewhere.
        unsafe {
            sys::mbedtls_platform_zeroize(self.start.as_ptr().cast(), self.len);
            sys::mbedtls_psa_rs_free(self.start.as_ptr().cast());
        }
    }
}

/// The bytes of a PEM text with the final zero that the C parsers need; everything else as it is.
pub(crate) enum Input<'a> {
    Der(&'a [u8]),
    Pem(Terminated<'a>),
}

impl<'a> Input<'a> {
    /// Tells PEM by its first words, as the C library does, but not inside of DER: a name may have those words in it, and
    /// the C library would read such DER with the zero that belongs to PEM.
    pub(crate) fn new(bytes: &'a [u8], on_failure: i32, entered: &'a Entered) -> Result<Self> {
        const BEGIN: &[u8] = b"-----BEGIN ";
        if is_text(bytes) && bytes.windows(BEGIN.len()).any(|window| window == BEGIN) {
            Terminated::new(bytes, on_failure, entered).map(Self::Pem)
        } else {
            Ok(Self::Der(bytes))
        }
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        match self {
            Self::Der(bytes) => bytes,
            Self::Pem(copy) => copy.as_slice(),
        }
    }
}

/// Whether these may be bytes of a text, its final zeros aside. Whatever is read here has, as DER, the tag of a number or of
/// an object identifier in it, and these two are characters of no text, as a zero is none.
fn is_text(bytes: &[u8]) -> bool {
    let end = bytes.iter().rposition(|byte| *byte != 0);
    let text = bytes.get(..=end.unwrap_or_default()).unwrap_or_default();
    !text.iter().any(|byte| matches!(byte, 0 | 2 | 6))
}

/// Moves DER, which the library writes at the end of a buffer, to its front, and wipes the rest.
pub(crate) fn to_front(buffer: &mut [u8], len: usize) -> usize {
    let start = buffer.len() - len;
    buffer.copy_within(start.., 0);
    buffer[len..].zeroize();
    len
}

/// The length of the text that the library wrote, without its final zero.
pub(crate) fn text_len(buffer: &[u8]) -> Result<usize> {
    CStr::from_bytes_until_nul(buffer)
        .map(CStr::count_bytes)
        .map_err(|_| Error::from_code(sys::MBEDTLS_ERR_ERROR_CORRUPTION_DETECTED))
}

#[cfg(test)]
mod tests {
    use super::is_text;

    #[test]
    fn text_has_no_characters_that_der_cannot_do_without() {
        for text in [
            &b""[..],
            b"0 s:CN = device\r\n\t-----BEGIN CERTIFICATE-----\n",
            "friendlyName: Ger\u{e4}t\n".as_bytes(),
            b"-----BEGIN CERTIFICATE-----\n\x1a\0\0",
        ] {
            assert!(is_text(text), "{text:?}");
        }
        // A number, an object identifier, a zero in the middle.
        for other in [&b"0\x03\x02\x01\x00"[..], b"0 \x06\x08-----BEGIN ", b"a\0a"] {
            assert!(!is_text(other), "{other:?}");
        }
    }
}
