//! The public key of a certificate, read as a stream: a certificate of any length needs no buffer.

use super::{
    pem, write,
    writer::{DerWriter, context},
};
use crate::{Error, Key, Result};
use der::{Decode, EncodingRules, ErrorKind, Header, Length, Reader, Tag};
use pem_rfc7468::Decoder;

/// `SubjectPublicKeyInfo` of the largest RSA key fits here.
const SPKI_MAX: usize = 600;

pub(crate) fn matches(key: &Key, certificate: &[u8]) -> Result<()> {
    let mut expected = [0; SPKI_MAX];
    let mut writer = DerWriter::new(&mut expected);
    write::public_key(key, &key.attributes()?, &mut writer)?;
    let mut reader = Stream::new(certificate)?;
    skip_to_public_key(&mut reader)?;
    compare(&mut reader, writer.as_bytes())
}

/// Leaves the reader in front of `subjectPublicKeyInfo` (RFC 5280, section 4.1).
fn skip_to_public_key(reader: &mut Stream<'_>) -> Result<()> {
    let certificate = sequence(reader)?;
    if certificate != reader.remaining_len() {
        return Err(Error::Der);
    }
    sequence(reader)?;
    if Header::peek(reader)?.tag() == context(0) {
        skip(reader)?;
    }
    // serialNumber, signature, issuer, validity, subject
    for tag in [
        Tag::Integer,
        Tag::Sequence,
        Tag::Sequence,
        Tag::Sequence,
        Tag::Sequence,
    ] {
        if skip(reader)? != tag {
            return Err(Error::Der);
        }
    }
    Ok(())
}

/// Compares the next element with the key's own: DER has one encoding only, so bytes decide.
fn compare(reader: &mut Stream<'_>, expected: &[u8]) -> Result<()> {
    let header = Header::peek(reader)?;
    if header.tag() != Tag::Sequence {
        return Err(Error::Der);
    }
    let mut same = true;
    let mut chunk = [0; 16];
    for part in expected.chunks(chunk.len()) {
        let chunk = &mut chunk[..part.len()];
        match reader.read_into(chunk) {
            Ok(read) => same &= *read == *part,
            // A shorter key at the end of a shorter certificate is another key; a torn one was refused above.
            Err(_) => same = false,
        }
    }
    if same {
        Ok(())
    } else {
        Err(Error::DifferentKey)
    }
}

fn sequence(reader: &mut Stream<'_>) -> Result<Length> {
    let header = Header::decode(reader)?;
    if header.tag() == Tag::Sequence {
        Ok(header.length())
    } else {
        Err(Error::Der)
    }
}

fn skip(reader: &mut Stream<'_>) -> Result<Tag> {
    let header = Header::decode(reader)?;
    reader.drain(header.length())?;
    Ok(header.tag())
}

/// Reads DER, or PEM line by line; one type for both, so that the code above exists once.
#[derive(Clone)]
struct Stream<'i> {
    input: Input<'i>,
    position: Length,
    end: Length,
}

#[derive(Clone)]
enum Input<'i> {
    Der(&'i [u8]),
    Pem(Decoder<'i>),
}

impl<'i> Stream<'i> {
    fn new(certificate: &'i [u8]) -> Result<Self> {
        // No PEM begins with the tag of a sequence followed by a long length; text before the block might begin with '0'.
        let input = match certificate {
            [0x30, 0x80..=0xff, ..] => Input::Der(certificate),
            _ => Input::Pem(pem::find(certificate, &[pem::CERTIFICATE])?.1),
        };
        let end = match &input {
            Input::Der(der) => der.len(),
            Input::Pem(decoder) => decoder.remaining_len(),
        };
        Ok(Self {
            input,
            position: Length::ZERO,
            end: Length::try_from(end)?,
        })
    }
}

impl Reader<'static> for Stream<'_> {
    const CAN_READ_SLICE: bool = false;

    fn encoding_rules(&self) -> EncodingRules {
        EncodingRules::Der
    }

    fn input_len(&self) -> Length {
        self.end
    }

    fn position(&self) -> Length {
        self.position
    }

    fn read_nested<T, F, E>(&mut self, len: Length, f: F) -> Result<T, E>
    where
        E: From<der::Error>,
        F: FnOnce(&mut Self) -> Result<T, E>,
    {
        let outer = self.end;
        self.end = (self.position + len)?.min(outer);
        let value = f(self);
        self.end = outer;
        value
    }

    fn read_slice(&mut self, _len: Length) -> der::Result<&'static [u8]> {
        Err(self.error(ErrorKind::Reader))
    }

    fn read_into<'o>(&mut self, output: &'o mut [u8]) -> der::Result<&'o [u8]> {
        let position = (self.position + output.len())?;
        if position > self.end {
            let expected_len = position;
            let actual_len = self.end;
            return Err(self.error(ErrorKind::Incomplete {
                expected_len,
                actual_len,
            }));
        }
        match &mut self.input {
            Input::Der(der) => match der.split_at_checked(output.len()) {
                Some((read, rest)) => {
                    output.copy_from_slice(read);
                    *der = rest;
                }
                None => return Err(self.error(ErrorKind::Failed)),
            },
            Input::Pem(decoder) => {
                if decoder.decode(output).is_err() {
                    return Err(self.error(ErrorKind::Failed));
                }
            }
        }
        self.position = position;
        Ok(output)
    }
}
