//! DER into a caller's buffer, front to back: contents first, then their header in front of them.

use crate::{Error, Result};
use der::{Encode, Header, Length, SliceWriter, Tag, Writer, asn1::ObjectIdentifier};

/// The longest header of this writer: a tag of one byte and a length of five.
const HEADER_MAX: usize = 6;

pub(crate) struct DerWriter<'b> {
    bytes: &'b mut [u8],
    len: usize,
}

impl<'b> DerWriter<'b> {
    pub(crate) fn new(bytes: &'b mut [u8]) -> Self {
        Self { bytes, len: 0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.fill(|room| {
            room.get_mut(..bytes.len())
                .ok_or(Error::BufferTooSmall)?
                .copy_from_slice(bytes);
            Ok(bytes.len())
        })
    }

    /// Lets `write` append; it answers how many bytes it wrote.
    pub(crate) fn fill(&mut self, write: impl FnOnce(&mut [u8]) -> Result<usize>) -> Result<()> {
        self.fill_from(|_, room| write(room))
    }

    /// Lets `write` append something that is made of what was written before.
    pub(crate) fn fill_from(
        &mut self,
        write: impl FnOnce(&[u8], &mut [u8]) -> Result<usize>,
    ) -> Result<()> {
        let (written, room) = self.bytes.split_at_mut(self.len);
        let added = write(written, room)?;
        if added > room.len() {
            return Err(Error::CorruptionDetected);
        }
        self.len += added;
        Ok(())
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// Turns everything from `start` on into the contents of one element.
    pub(crate) fn wrap(&mut self, tag: Tag, start: usize) -> Result<()> {
        let contents = self.len - start;
        let mut header = [0; HEADER_MAX];
        let mut writer = SliceWriter::new(&mut header);
        Header::new(tag, Length::try_from(contents)?).encode(&mut writer)?;
        let header = writer.finish()?;
        let end = self.len + header.len();
        if end > self.bytes.len() {
            return Err(Error::BufferTooSmall);
        }
        self.bytes
            .copy_within(start..self.len, start + header.len());
        self.bytes[start..start + header.len()].copy_from_slice(header);
        self.len = end;
        Ok(())
    }

    pub(crate) fn element(&mut self, tag: Tag, contents: &[u8]) -> Result<()> {
        let start = self.len;
        self.bytes(contents)?;
        self.wrap(tag, start)
    }

    pub(crate) fn oid(&mut self, oid: &ObjectIdentifier) -> Result<()> {
        self.element(Tag::ObjectIdentifier, oid.as_bytes())
    }

    /// Moves what was written from `middle` on in front of what was written from `start` to `middle`.
    pub(crate) fn move_to_front(&mut self, start: usize, middle: usize) {
        self.bytes[start..self.len].rotate_left(middle - start);
    }
}

impl Writer for DerWriter<'_> {
    fn write(&mut self, slice: &[u8]) -> der::Result<()> {
        self.bytes(slice)
            .map_err(|_| der::ErrorKind::Overlength.into())
    }
}

/// `[number]` with structured contents.
pub(crate) const fn context(number: u32) -> Tag {
    Tag::ContextSpecific {
        constructed: true,
        number: der::TagNumber(number),
    }
}

/// `[number]` with plain contents.
pub(crate) const fn context_primitive(number: u32) -> Tag {
    Tag::ContextSpecific {
        constructed: false,
        number: der::TagNumber(number),
    }
}
