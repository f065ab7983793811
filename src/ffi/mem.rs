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
    /// Tells PEM by its first words, as the C library does, but not inside of DER: a name may have those words in it.
    pub(crate) fn new(bytes: &'a [u8], on_failure: i32, entered: &'a Entered) -> Result<Self> {
        const BEGIN: &[u8] = b"-----BEGIN ";
        if !is_der(bytes) && bytes.windows(BEGIN.len()).any(|window| window == BEGIN) {
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

/// Whether this is a sequence of DER from its first byte to its last.
fn is_der(bytes: &[u8]) -> bool {
    let [0x30, first, rest @ ..] = bytes else {
        return false;
    };
    let (octets, short) = match usize::from(*first) {
        length @ 0..0x80 => (0, length),
        long => (long - 0x80, 0),
    };
    let Some((length, content)) = rest.split_at_checked(octets) else {
        return false;
    };
    let digit = |sum: usize, byte: &u8| sum.checked_mul(256)?.checked_add(usize::from(*byte));
    length.iter().try_fold(short, digit) == Some(content.len())
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
    use super::is_der;

    #[test]
    fn der_is_a_sequence_that_ends_where_the_input_does() {
        let mut long = [0; 4 + 256];
        long[..4].copy_from_slice(&[0x30, 0x82, 1, 0]);
        for der in [&[0x30, 0][..], &[0x30, 1, 0], &[0x30, 0x81, 1, 0], &long] {
            assert!(is_der(der), "{der:?}");
        }
        // The last is text in front of PEM, as openssl writes it.
        for other in [
            &[][..],
            &[0x30],
            &[0x31, 0],
            &[0x30, 1],
            &[0x30, 0, 0],
            &[0x30, 0x82, 1],
            &[0x30, 0x89, 1, 0, 0, 0, 0, 0, 0, 0, 0],
            b"0 s:CN = device",
        ] {
            assert!(!is_der(other), "{other:?}");
        }
    }
}
