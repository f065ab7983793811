//! Storage that the application gives the library: memory that forgets when the board is reset.

use core::cell::{Cell, RefCell};
use cortex_m::interrupt::{self, Mutex};
use psa::storage::{Kind, Name, Storage, StorageError as Error};

type Result<T> = core::result::Result<T, Error>;

const ITEMS: usize = 4;
const ROOM: usize = 512;

struct Item {
    name: Name,
    bytes: [u8; ROOM],
    len: usize,
}

/// Four items of at most 512 bytes.
pub struct Memory {
    items: Mutex<RefCell<[Option<Item>; ITEMS]>>,
    reentered: Mutex<Cell<Option<psa::Result<()>>>>,
}

/// The storage of the image with the tests.
pub static MEMORY: Memory = Memory {
    items: Mutex::new(RefCell::new([const { None }; ITEMS])),
    reentered: Mutex::new(Cell::new(None)),
};

impl Memory {
    fn with<R>(&self, call: impl FnOnce(&mut [Option<Item>; ITEMS]) -> R) -> R {
        interrupt::free(|section| call(&mut self.items.borrow(section).borrow_mut()))
    }

    /// Flips a bit of a stored key.
    pub fn damage(&self, key: u64) {
        let uid = key;
        let kind = Kind::Key;
        self.with(|items| {
            if let Some(item) = find(items, Name { kind, uid }) {
                item.bytes[item.len - 1] ^= 1;
            }
        });
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.with(|items| items.iter().flatten().count())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the library answered when the storage, inside a call, called it.
    pub fn reentered(&self) -> Option<psa::Result<()>> {
        interrupt::free(|section| self.reentered.borrow(section).get())
    }
}

fn find(items: &mut [Option<Item>; ITEMS], name: Name) -> Option<&mut Item> {
    items.iter_mut().flatten().find(|item| item.name == name)
}

impl Storage for Memory {
    fn read(&self, name: Name, offset: usize, buffer: &mut [u8]) -> Result<usize> {
        self.with(|items| {
            let item = find(items, name).ok_or(Error::DoesNotExist)?;
            let rest = item.bytes[..item.len].get(offset..).unwrap_or_default();
            let len = rest.len().min(buffer.len());
            buffer[..len].copy_from_slice(&rest[..len]);
            Ok(len)
        })
    }

    fn write(&self, name: Name, parts: &[&[u8]]) -> Result<()> {
        let answer = psa::init();
        interrupt::free(|section| self.reentered.borrow(section).set(Some(answer)));
        let mut bytes = [0; ROOM];
        let mut len = 0;
        for part in parts {
            let room = bytes.get_mut(len..len + part.len());
            room.ok_or(Error::Full)?.copy_from_slice(part);
            len += part.len();
        }
        self.with(|items| {
            let old = items
                .iter()
                .position(|item| item.as_ref().is_some_and(|item| item.name == name));
            let free = || items.iter().position(Option::is_none);
            let place = old.or_else(free).ok_or(Error::Full)?;
            items[place] = Some(Item { name, bytes, len });
            Ok(())
        })
    }

    fn remove(&self, name: Name) -> Result<()> {
        self.with(|items| {
            let found = items
                .iter_mut()
                .find(|item| item.as_ref().is_some_and(|item| item.name == name));
            *found.ok_or(Error::DoesNotExist)? = None;
            Ok(())
        })
    }
}

/// What a call inside a call is refused with.
pub const BUSY: Option<psa::Result<()>> = Some(Err(psa::Error::Busy));
