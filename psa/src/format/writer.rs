//! DER into a caller's buffer, from its end to its front, as Mbed TLS does it.
//!
//! When the header of an element is written, its contents stand already, so no length is computed beforehand and
//! nothing moves. An element's parts are therefore written last part first.
//!
//! What finds no room is left out and remembered: `finish` answers it, once for all.

use crate::{Error, Result};

pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OBJECT_IDENTIFIER: u8 = 0x06;
    pub(crate) const UTF8_STRING: u8 = 0x0c;
    pub(crate) const PRINTABLE_STRING: u8 = 0x13;
    pub(crate) const IA5_STRING: u8 = 0x16;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;

    /// `[number]` with plain contents.
    pub(crate) const fn context(number: u8) -> u8 {
        0x80 | number
    }

    /// `[number]` with structured contents.
    pub(crate) const fn context_constructed(number: u8) -> u8 {
        0xa0 | number
    }
}

/// Writes to the end of a buffer; what was written last stands first.
pub(crate) struct DerWriter<'b> {
    buffer: &'b mut [u8],
    start: usize,
    overfull: bool,
}

impl<'b> DerWriter<'b> {
    pub(crate) fn new(buffer: &'b mut [u8]) -> Self {
        let start = buffer.len();
        Self {
            buffer,
            start,
            overfull: false,
        }
    }

    /// Goes on in front of `len` bytes that stand at the end of the buffer already.
    pub(crate) fn resume(buffer: &'b mut [u8], len: usize) -> Self {
        let start = buffer.len().saturating_sub(len);
        Self {
            buffer,
            start,
            overfull: false,
        }
    }

    /// Bytes written so far.
    pub(crate) fn len(&self) -> usize {
        self.buffer.len() - self.start
    }

    /// The free room in front, and what was written so far.
    fn split(&mut self) -> (&mut [u8], &mut [u8]) {
        // `start` never exceeds the length, so nothing is lost; this form has no panic.
        self.buffer
            .split_at_mut_checked(self.start)
            .unwrap_or_default()
    }

    /// What was written so far.
    pub(crate) fn written(&mut self) -> &mut [u8] {
        self.split().1
    }

    /// All that was written.
    ///
    /// Fails with [`Error::BufferTooSmall`] when something found no room.
    pub(crate) fn finish(self) -> Result<&'b mut [u8]> {
        self.buffer
            .get_mut(self.start..)
            .filter(|_| !self.overfull)
            .ok_or(Error::BufferTooSmall)
    }

    /// Takes the next `len` bytes, for whoever fills them; nothing from the first time on that there is no room.
    fn take(&mut self, len: usize) -> Option<&mut [u8]> {
        match self.start.checked_sub(len) {
            Some(start) if !self.overfull => {
                self.start = start;
                self.buffer.get_mut(start..)?.get_mut(..len)
            }
            _ => {
                self.overfull = true;
                None
            }
        }
    }

    /// Takes the next `len` bytes, for whoever fills them.
    pub(crate) fn reserve(&mut self, len: usize) -> Result<&mut [u8]> {
        self.take(len).ok_or(Error::BufferTooSmall)
    }

    /// Lets `write` fill the free room from its front with a length that only it knows.
    pub(crate) fn fill(&mut self, write: &mut dyn FnMut(&mut [u8]) -> Result<usize>) -> Result<()> {
        let (room, _) = self.split();
        let len = write(room)?;
        // Two reversals bring the bytes to the end of the room, in their order.
        room.reverse();
        self.reserve(len)?.reverse();
        Ok(())
    }

    /// Takes back what was written since `mark` bytes stood, into `copy`.
    pub(crate) fn take_back<'c>(&mut self, mark: usize, copy: &'c mut [u8]) -> Result<&'c [u8]> {
        let len = self.len() - mark;
        let copy = copy.get_mut(..len).ok_or(Error::BufferTooSmall)?;
        for (to, from) in copy.iter_mut().zip(self.written()) {
            *to = *from;
        }
        self.start += len;
        Ok(copy)
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        if let Some(room) = self.take(bytes.len()) {
            room.copy_from_slice(bytes);
        }
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes(&[byte]);
    }

    /// Makes one element of everything that was written since `mark` bytes stood.
    pub(crate) fn wrap(&mut self, tag: u8, mark: usize) {
        let len = self.len() - mark;
        let bytes = len.to_be_bytes();
        let zeros = len.leading_zeros() as usize / 8;
        let significant = bytes.get(zeros..).unwrap_or_default();
        self.bytes(significant);
        match len {
            0 => self.byte(0),
            1..=0x7f => {}
            #[allow(clippy::cast_possible_truncation, reason = "at most eight")]
            _ => self.byte(0x80 | significant.len() as u8),
        }
        self.byte(tag);
    }

    pub(crate) fn element(&mut self, tag: u8, contents: &[u8]) {
        let mark = self.len();
        self.bytes(contents);
        self.wrap(tag, mark);
    }

    /// A non-negative `INTEGER` from its bytes, the most significant first.
    pub(crate) fn unsigned(&mut self, bytes: &[u8]) {
        let mut bytes = bytes;
        while let [0, rest @ ..] = bytes {
            bytes = rest;
        }
        let mark = self.len();
        self.bytes(bytes);
        if bytes.first().is_none_or(|first| first & 0x80 != 0) {
            self.byte(0);
        }
        self.wrap(tag::INTEGER, mark);
    }
}

/// Three reversals: the standard library's rotation is quicker and, on a device, a kilobyte longer.
pub(crate) fn rotate_left(bytes: &mut [u8], middle: usize) {
    if let Some((first, second)) = bytes.split_at_mut_checked(middle) {
        first.reverse();
        second.reverse();
        bytes.reverse();
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use alloc::{vec, vec::Vec};
    use der::{
        Encode,
        asn1::{OctetStringRef, UintRef},
    };

    fn written(write: impl FnOnce(&mut DerWriter<'_>)) -> Vec<u8> {
        let mut buffer = vec![0; 70_010];
        let mut writer = DerWriter::new(&mut buffer);
        write(&mut writer);
        writer.finish().unwrap().to_vec()
    }

    fn encoded(value: &impl Encode) -> Vec<u8> {
        let mut buffer = vec![0; 70_010];
        value.encode_to_slice(&mut buffer).unwrap().to_vec()
    }

    #[test]
    fn writes_the_elements_that_the_crate_der_writes() {
        for len in [0, 1, 127, 128, 255, 256, 65_535, 65_536, 70_000] {
            let contents = vec![0x5a; len];
            let element = written(|writer| writer.element(tag::OCTET_STRING, &contents));
            assert_eq!(
                element,
                encoded(&OctetStringRef::new(&contents).unwrap()),
                "{len} bytes"
            );
        }
        for integer in [
            &[0][..],
            &[0, 0],
            &[0x7f],
            &[0x80],
            &[0, 0x80],
            &[0, 1, 0],
            &[0xff; 32],
        ] {
            let element = written(|writer| writer.unsigned(integer));
            assert_eq!(
                element,
                encoded(&UintRef::new(integer).unwrap()),
                "{integer:x?}"
            );
        }
    }

    #[test]
    fn a_buffer_too_small_is_an_error_wherever_it_ends() {
        let whole = written(|writer| writer.element(tag::OCTET_STRING, &[1; 200]));
        for len in 0..whole.len() {
            let mut buffer = vec![0; len];
            let mut writer = DerWriter::new(&mut buffer);
            writer.element(tag::OCTET_STRING, &[1; 200]);
            // What would fit behind what did not is no whole either.
            writer.bytes(&[]);
            writer.byte(1);
            assert_eq!(writer.finish(), Err(Error::BufferTooSmall), "{len} bytes");
        }
    }

    #[test]
    fn what_fills_the_room_from_the_front_stands_at_its_end() {
        let mut buffer = [0; 8];
        let mut writer = DerWriter::new(&mut buffer);
        writer.byte(9);
        writer
            .fill(&mut |room| {
                room[..3].copy_from_slice(&[1, 2, 3]);
                Ok(3)
            })
            .unwrap();
        assert_eq!(writer.written(), [1, 2, 3, 9]);
        assert_eq!(writer.fill(&mut |_| Ok(5)), Err(Error::BufferTooSmall));
        assert_eq!(writer.finish(), Err(Error::BufferTooSmall));
    }
}
