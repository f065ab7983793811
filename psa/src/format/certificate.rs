//! The public key of a certificate, read as a stream: a certificate of any length needs no buffer.

use super::{
    pem, write,
    writer::{DerWriter, tag},
};
use crate::{Error, Key, Result};
use pem_rfc7468::Decoder;

/// `SubjectPublicKeyInfo` of the largest RSA key fits here.
const SPKI_MAX: usize = 600;

/// `version`, which version 1 leaves out.
const VERSION: u8 = tag::context_constructed(0);

pub(crate) fn matches(key: &Key, certificate: &[u8]) -> Result<()> {
    let mut expected = [0; SPKI_MAX];
    let mut writer = DerWriter::new(&mut expected);
    write::public_key(key, &key.attributes()?, &mut writer)?;
    let mut expected = Stream::der(writer.finish()?);
    let mut certificate = Stream::new(certificate)?;
    let len = enter_public_key(&mut certificate)?;
    // DER has one encoding only, so bytes decide.
    let mut same = len == expected.enter(tag::SEQUENCE)?;
    let mut ours = [0; CHUNK];
    let mut theirs = [0; CHUNK];
    while same && expected.left > 0 {
        let len = expected.left.min(CHUNK);
        same = expected.read(&mut ours, len)? == certificate.read(&mut theirs, len)?;
    }
    if same {
        Ok(())
    } else {
        Err(Error::DifferentKey)
    }
}

/// Leaves the stream at the contents of `subjectPublicKeyInfo` (RFC 5280, section 4.1) and answers their length.
fn enter_public_key(certificate: &mut Stream<'_>) -> Result<usize> {
    if certificate.enter(tag::SEQUENCE)? != certificate.left {
        return Err(Error::Der);
    }
    certificate.enter(tag::SEQUENCE)?;
    let (mut next, mut len) = certificate.header()?;
    if next == VERSION {
        certificate.skip(len)?;
        (next, len) = certificate.header()?;
    }
    if next != tag::INTEGER {
        return Err(Error::Der);
    }
    // serialNumber, then signature, issuer, validity and subject.
    certificate.skip(len)?;
    for _ in 0..4 {
        let len = certificate.enter(tag::SEQUENCE)?;
        certificate.skip(len)?;
    }
    certificate.enter(tag::SEQUENCE)
}

/// Bytes that are read at once.
const CHUNK: usize = 48;

/// DER, or PEM that becomes DER as it is read.
struct Stream<'i> {
    input: Input<'i>,
    left: usize,
}

enum Input<'i> {
    Der(&'i [u8]),
    Pem(Decoder<'i>),
}

impl<'i> Stream<'i> {
    fn new(certificate: &'i [u8]) -> Result<Self> {
        // A sequence of more than 127 bytes; text in front of PEM may begin with its tag, a zero, but not go on so.
        if let [tag::SEQUENCE, 0x80..=0xff, ..] = certificate {
            return Ok(Self::der(certificate));
        }
        let (_, decoder) = pem::find(certificate, &[pem::CERTIFICATE])?;
        let left = decoder.remaining_len();
        Ok(Self {
            input: Input::Pem(decoder),
            left,
        })
    }

    fn der(der: &'i [u8]) -> Self {
        Self {
            input: Input::Der(der),
            left: der.len(),
        }
    }

    /// Reads the next `len` bytes, at most a chunk, into `output` and answers them.
    fn read<'o>(&mut self, output: &'o mut [u8; CHUNK], len: usize) -> Result<&'o [u8]> {
        let output = output.get_mut(..len).ok_or(Error::Der)?;
        self.left = self.left.checked_sub(len).ok_or(Error::Der)?;
        match &mut self.input {
            Input::Der(der) => {
                let (read, rest) = der.split_at_checked(len).ok_or(Error::Der)?;
                output.copy_from_slice(read);
                *der = rest;
            }
            Input::Pem(decoder) => {
                decoder.decode(output).map_err(|_| Error::Pem)?;
            }
        }
        Ok(output)
    }

    fn byte(&mut self) -> Result<u8> {
        self.read(&mut [0; CHUNK], 1)?
            .first()
            .copied()
            .ok_or(Error::Der)
    }

    fn skip(&mut self, len: usize) -> Result<()> {
        let mut left = len;
        while left > 0 {
            let part = left.min(CHUNK);
            self.read(&mut [0; CHUNK], part)?;
            left -= part;
        }
        Ok(())
    }

    /// Reads a tag of one byte and the length of the contents, which must all be there.
    fn header(&mut self) -> Result<(u8, usize)> {
        let tag = self.byte()?;
        let first = self.byte()?;
        let mut len = usize::from(first & 0x7f);
        if first & 0x80 != 0 {
            let count = len;
            len = 0;
            for _ in 0..count {
                len = len.checked_mul(256).ok_or(Error::Der)? | usize::from(self.byte()?);
            }
        }
        if len <= self.left {
            Ok((tag, len))
        } else {
            Err(Error::Der)
        }
    }

    fn enter(&mut self, tag: u8) -> Result<usize> {
        match self.header()? {
            (found, len) if found == tag => Ok(len),
            _ => Err(Error::Der),
        }
    }
}
