//! PEM (RFC 7468): written over its own DER, so that a key needs no second buffer, and read block by block.

use crate::{Error, Result, ffi::text::ascii};
use base64ct::{Base64, Encoding};
use pem_rfc7468::Decoder;
use zeroize::Zeroizing;

/// Bytes of DER in a line, and characters that they become.
const LINE_BYTES: usize = 48;
const LINE_CHARS: usize = 64;

pub(crate) const EC_PRIVATE_KEY: &str = "EC PRIVATE KEY";
pub(crate) const RSA_PRIVATE_KEY: &str = "RSA PRIVATE KEY";
pub(crate) const RSA_PUBLIC_KEY: &str = "RSA PUBLIC KEY";
pub(crate) const PRIVATE_KEY: &str = "PRIVATE KEY";
pub(crate) const ENCRYPTED_PRIVATE_KEY: &str = "ENCRYPTED PRIVATE KEY";
pub(crate) const PUBLIC_KEY: &str = "PUBLIC KEY";
pub(crate) const CERTIFICATE_REQUEST: &str = "CERTIFICATE REQUEST";
pub(crate) const CERTIFICATE: &str = "CERTIFICATE";

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// The length in bytes of the PEM for this many bytes of DER.
pub(crate) const fn encoded_len(label: &str, der_len: usize) -> usize {
    let lines = der_len.div_ceil(LINE_BYTES);
    let boundaries = BEGIN.len() + END.len() + 2 * (label.len() + DASHES.len() + 1);
    boundaries + der_len.div_ceil(3) * 4 + lines
}

/// Writes the PEM of the DER in the last `der_len` bytes of `buffer` to its front, and answers the PEM's length.
///
/// Lines are longer than the DER in them, but what is still to be read stands at the end of a buffer that holds the
/// whole text: a line never reaches it.
pub(crate) fn encode_in_place(label: &str, buffer: &mut [u8], der_len: usize) -> Result<usize> {
    if buffer.len() < encoded_len(label, der_len) {
        return Err(Error::BufferTooSmall);
    }
    let mut text = Text { buffer, len: 0 };
    text.boundary(BEGIN, label)?;
    let mut line = Zeroizing::new([0; LINE_BYTES]);
    let mut chars = Zeroizing::new([0; LINE_CHARS]);
    let mut left = der_len;
    while left > 0 {
        let rest = text
            .buffer
            .get(text.buffer.len() - left..)
            .unwrap_or_default();
        let taken = left.min(LINE_BYTES);
        for (to, from) in line.iter_mut().zip(rest) {
            *to = *from;
        }
        left -= taken;
        let line = line.get(..taken).unwrap_or_default();
        let len = Base64::encode(line, &mut *chars)
            .map_err(|_| Error::Pem)?
            .len();
        let chars = chars.get_mut(..len).ok_or(Error::Pem)?;
        // ASCII, whatever it encodes: then a look at whether this is text sees nothing of the secret.
        for char in &mut *chars {
            *char &= 0x7f;
        }
        text.put(chars)?;
        text.put(b"\n")?;
    }
    text.boundary(END, label)?;
    Ok(text.len)
}

/// Text that grows from the front of a buffer.
struct Text<'b> {
    buffer: &'b mut [u8],
    len: usize,
}

impl Text<'_> {
    fn put(&mut self, part: &[u8]) -> Result<()> {
        let room = self
            .buffer
            .get_mut(self.len..)
            .and_then(|room| room.get_mut(..part.len()));
        room.ok_or(Error::BufferTooSmall)?.copy_from_slice(part);
        self.len += part.len();
        Ok(())
    }

    fn boundary(&mut self, begin_or_end: &[u8], label: &str) -> Result<()> {
        for part in [begin_or_end, label.as_bytes(), DASHES, b"\n"] {
            self.put(part)?;
        }
        Ok(())
    }
}

/// The first `len` bytes, which are PEM.
pub(crate) fn as_text(buffer: &[u8], len: usize) -> Result<&str> {
    let text = buffer.get(..len).ok_or(Error::Pem)?;
    ascii(text).ok_or(Error::Pem)
}

/// The last `len` bytes.
pub(crate) fn tail(buffer: &[u8], len: usize) -> &[u8] {
    buffer
        .len()
        .checked_sub(len)
        .and_then(|start| buffer.get(start..))
        .unwrap_or_default()
}

/// The first block whose label is one of `labels`, and that label.
///
/// Text before, between and after blocks is skipped, as OpenSSL does.
pub(crate) fn find<'p, 'l>(pem: &'p [u8], labels: &[&'l str]) -> Result<(&'l str, Decoder<'p>)> {
    let mut rest = pem;
    while let Some(start) = position(rest, BEGIN) {
        let block = &rest[start..];
        rest = &block[BEGIN.len()..];
        let Some(label_len) = position(rest, DASHES) else {
            break;
        };
        let Some(label) = labels
            .iter()
            .find(|label| label.as_bytes() == &rest[..label_len])
        else {
            continue;
        };
        let end = position(block, END).ok_or(Error::Pem)?;
        let after = end + END.len() + label_len + DASHES.len();
        let block = block.get(..after).ok_or(Error::Pem)?;
        // A legacy encrypted key says so in a header, which RFC 7468 does not allow. No key without a header is compared
        // with letters: how soon that ends would depend on the key's.
        if position(block, b":").is_some() && position(block, b"Proc-Type:").is_some() {
            return Err(Error::Encrypted);
        }
        return Decoder::new_detect_wrap(block)
            .map(|decoder| (*label, decoder))
            .map_err(|_| Error::Pem);
    }
    Err(Error::Pem)
}

fn position(text: &[u8], pattern: &[u8]) -> Option<usize> {
    text.windows(pattern.len())
        .position(|window| window == pattern)
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use alloc::{vec, vec::Vec};

    #[test]
    fn writes_what_the_crate_pem_rfc7468_writes_for_every_length() {
        for len in 0_usize..400 {
            let der: Vec<u8> = (0..len).map(|byte| (byte * 7).to_le_bytes()[0]).collect();
            let total = encoded_len(PRIVATE_KEY, len);
            let mut expected = vec![0; total + 80];
            let expected = pem_rfc7468::encode(
                PRIVATE_KEY,
                pem_rfc7468::LineEnding::LF,
                &der,
                &mut expected,
            )
            .unwrap();
            for room in [total, total + 1, total + 77] {
                let mut buffer = vec![0; room];
                buffer[room - len..].copy_from_slice(&der);
                let written = encode_in_place(PRIVATE_KEY, &mut buffer, len).unwrap();
                if len == 0 {
                    continue; // That crate writes an empty line for an empty body.
                }
                assert_eq!(&buffer[..written], expected.as_bytes(), "{len} bytes");
            }
            let mut short = vec![0; total - 1];
            assert_eq!(
                encode_in_place(PRIVATE_KEY, &mut short, len),
                Err(Error::BufferTooSmall)
            );
        }
    }
}
