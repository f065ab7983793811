//! Items as they are stored: a header, then the bytes.
//!
//! ```text
//! 0   8 bytes  "mbpsa-1\0"
//! 8   4 bytes  length of the data, little endian like all that follow
//! 12  4 bytes  flags
//! 16  4 bytes  CRC-32 (IEEE 802.3) over kind (0: key, 1: item), 8 bytes of number, length, flags and data
//! 20           the data
//! ```
use crc::{Crc, NoTable};
use zeroize::{Zeroize, Zeroizing};

use super::{Error, Info, Kind, Name, Result, Storage};
use crate::ffi::its;
use crate::sys;

const MAGIC: [u8; 8] = *b"mbpsa-1\0";
const HEADER: usize = 20;
/// What is read at once: an elliptic curve's key whole.
const CHUNK: usize = 256;

const KNOWN_FLAGS: u32 = sys::PSA_STORAGE_FLAG_WRITE_ONCE
    | sys::PSA_STORAGE_FLAG_NO_CONFIDENTIALITY
    | sys::PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION;

static CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&crc::CRC_32_ISO_HDLC);

/// What is in a header, the checksum in progress.
struct Header {
    length: u32,
    flags: u32,
    digest: crc::Digest<'static, u32, NoTable>,
}

impl Header {
    fn new(name: Name, length: u32, flags: u32) -> Self {
        let mut digest = CRC.digest();
        digest.update(&[match name.kind {
            Kind::Key => 0,
            Kind::Item => 1,
        }]);
        digest.update(&name.uid.to_le_bytes());
        digest.update(&length.to_le_bytes());
        digest.update(&flags.to_le_bytes());
        Self {
            length,
            flags,
            digest,
        }
    }

    fn to_bytes(&self, check: u32) -> [u8; HEADER] {
        let mut bytes = [0; HEADER];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..12].copy_from_slice(&self.length.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.flags.to_le_bytes());
        bytes[16..].copy_from_slice(&check.to_le_bytes());
        bytes
    }

    /// The header at the start of what is stored, the checksum that it promises, and the data behind it.
    fn split(name: Name, bytes: &[u8]) -> Option<(Self, u32, &[u8])> {
        let (magic, rest) = bytes.split_first_chunk::<8>()?;
        let (length, rest) = rest.split_first_chunk()?;
        let (flags, rest) = rest.split_first_chunk()?;
        let (check, data) = rest.split_first_chunk()?;
        let header = Self::new(
            name,
            u32::from_le_bytes(*length),
            u32::from_le_bytes(*flags),
        );
        (*magic == MAGIC).then_some((header, u32::from_le_bytes(*check), data))
    }
}

pub(crate) fn set(name: Name, data: &[u8], flags: u32) -> Result<()> {
    if name.uid == 0 {
        return Err(Error::InvalidArgument);
    }
    if flags & !KNOWN_FLAGS != 0 {
        return Err(Error::UnknownFlags);
    }
    let length = u32::try_from(data.len()).map_err(|_| Error::Full)?;
    its::alone(|storage| {
        let was_there = is_there(storage, name)?;
        let mut header = Header::new(name, length, flags);
        header.digest.update(data);
        let check = header.digest.clone().finalize();
        let written = storage.write(name, &[&header.to_bytes(check), data]);
        if written.is_err() && !was_there {
            // It may be there all the same, as after a folder that could not be synchronised. Who was told that there is
            // no such key would find its identifier taken. The first failure is the one to tell.
            let _ = storage.remove(name);
        }
        written
    })
}

pub(crate) fn get(name: Name, offset: usize, output: &mut [u8]) -> Result<usize> {
    let copied = its::alone(|storage| {
        let info = scan(storage, name, offset, output)?;
        let rest = info
            .size
            .checked_sub(offset)
            .ok_or(Error::InvalidArgument)?;
        Ok(rest.min(output.len()))
    });
    if copied.is_err() {
        output.zeroize();
    }
    copied
}

pub(crate) fn info(name: Name) -> Result<Info> {
    its::alone(|storage| scan(storage, name, 0, &mut []))
}

pub(crate) fn remove(name: Name) -> Result<()> {
    its::alone(|storage| {
        is_there(storage, name)?;
        storage.remove(name)
    })
}

pub(crate) fn remove_damaged(name: Name) -> Result<()> {
    its::alone(|storage| match scan(storage, name, 0, &mut []) {
        Ok(_) => Err(Error::NotDamaged),
        Err(Error::Corrupt) => storage.remove(name),
        Err(error) => Err(error),
    })
}

/// Whether there is such an item, which may be changed. What is damaged may be replaced and removed: nothing else heals it.
fn is_there(storage: &dyn Storage, name: Name) -> Result<bool> {
    match scan(storage, name, 0, &mut []) {
        Ok(info) if info.flags & sys::PSA_STORAGE_FLAG_WRITE_ONCE != 0 => Err(Error::WriteOnce),
        Ok(_) | Err(Error::Corrupt) => Ok(true),
        Err(Error::DoesNotExist) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Reads the whole item, copies what falls into `output` when that begins at `offset`, and says whether all of it is as it
/// was written.
fn scan(storage: &dyn Storage, name: Name, offset: usize, output: &mut [u8]) -> Result<Info> {
    let mut buffer = Zeroizing::new([0; CHUNK]);
    let mut filled = read(storage, name, 0, &mut *buffer)?;
    let (mut header, check, mut part) =
        Header::split(name, &buffer[..filled]).ok_or(Error::Corrupt)?;
    let size = usize::try_from(header.length).map_err(|_| Error::Corrupt)?;
    let mut position = 0;
    loop {
        header.digest.update(part);
        copy(part, position, offset, output);
        position += part.len();
        if filled < CHUNK || position > size {
            break;
        }
        let next = HEADER.checked_add(position).ok_or(Error::Corrupt)?;
        filled = read(storage, name, next, &mut *buffer)?;
        part = &buffer[..filled];
    }
    if position == size && header.digest.finalize() == check {
        let flags = header.flags;
        Ok(Info { size, flags })
    } else {
        Err(Error::Corrupt)
    }
}

fn read(storage: &dyn Storage, name: Name, at: usize, buffer: &mut [u8]) -> Result<usize> {
    let filled = storage.read(name, at, buffer)?;
    if filled > buffer.len() {
        return Err(Error::Failed);
    }
    Ok(filled)
}

/// Copies the bytes of `part`, which stands at `position`, that fall into `output`, which begins at `offset`.
fn copy(part: &[u8], position: usize, offset: usize, output: &mut [u8]) {
    let (skipped, at) = if offset >= position {
        (offset - position, 0)
    } else {
        (0, position - offset)
    };
    if let (Some(part), Some(output)) = (part.get(skipped..), output.get_mut(at..)) {
        let len = part.len().min(output.len());
        output[..len].copy_from_slice(&part[..len]);
    }
}
