//! A storage in memory, as long as the image runs.

use core::cell::RefCell;
use cortex_m::interrupt::{Mutex, free};
use mbedtls_psa::storage::{Error, Name, Result, Storage};

/// The storage of this image.
pub static STORAGE: Memory = Memory(Mutex::new(RefCell::new([const { None }; ITEMS])));

const ITEMS: usize = 8;
const LENGTH: usize = 512;

struct Item {
    name: Name,
    len: usize,
    bytes: [u8; LENGTH],
}

/// A few items of limited length.
pub struct Memory(Mutex<RefCell<[Option<Item>; ITEMS]>>);

impl Memory {
    fn with<T>(&self, ask: impl FnOnce(&mut [Option<Item>; ITEMS]) -> Result<T>) -> Result<T> {
        free(|section| {
            let mut items = self.0.borrow(section).try_borrow_mut();
            items
                .as_deref_mut()
                .map_err(|_| Error::Failed)
                .and_then(ask)
        })
    }
}

fn is(item: &Option<Item>, name: Name) -> bool {
    item.as_ref().is_some_and(|item| item.name == name)
}

impl Storage for Memory {
    fn read(&self, name: Name, offset: usize, buffer: &mut [u8]) -> Result<usize> {
        self.with(|items| {
            let found = items.iter().flatten().find(|item| item.name == name);
            let item = found.ok_or(Error::DoesNotExist)?;
            let rest = item.bytes[..item.len].get(offset..).unwrap_or_default();
            let len = rest.len().min(buffer.len());
            buffer[..len].copy_from_slice(&rest[..len]);
            Ok(len)
        })
    }

    fn write(&self, name: Name, parts: &[&[u8]]) -> Result<()> {
        self.with(|items| {
            let mut item = Item {
                name,
                len: 0,
                bytes: [0; LENGTH],
            };
            for part in parts {
                let end = item.len + part.len();
                let room = item.bytes.get_mut(item.len..end).ok_or(Error::Full)?;
                room.copy_from_slice(part);
                item.len = end;
            }
            let place = items
                .iter()
                .position(|old| is(old, name))
                .or_else(|| items.iter().position(Option::is_none))
                .ok_or(Error::Full)?;
            items[place] = Some(item);
            Ok(())
        })
    }

    fn remove(&self, name: Name) -> Result<()> {
        self.with(|items| {
            let found = items.iter_mut().find(|item| is(item, name));
            found
                .and_then(Option::take)
                .map(drop)
                .ok_or(Error::DoesNotExist)
        })
    }
}
