//! A storage in memory that fails when it is told to.
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use mbedtls_psa::storage::{Error as StorageError, Kind, Name, Storage};

use crate::plan::{Fault, Point, reached};

/// The storage of this process; give it to `mbedtls_psa::storage::set_storage`.
pub static STORAGE: Memory = Memory(Mutex::new(BTreeMap::new()));

/// A storage in memory. A call that the plan names fails with [`Failed`](StorageError::Failed), or when it is to fail with a number
/// with [`Full`](StorageError::Full); it is cut to half of what it should read or write; or a bit is wrong in what it reads or
/// writes. What is cut or wrong is reported as a success.
pub struct Memory(Mutex<BTreeMap<Name, Vec<u8>>>);

impl Memory {
    fn items(&self) -> MutexGuard<'_, BTreeMap<Name, Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The identifiers of the keys that are stored.
    pub fn keys(&self) -> Vec<u64> {
        let items = self.items();
        let keys = items.keys().filter(|name| name.kind == Kind::Key);
        keys.map(|name| name.uid).collect()
    }

    /// Everything that is stored.
    pub fn contents(&self) -> Vec<(Name, Vec<u8>)> {
        let items = self.items();
        items
            .iter()
            .map(|(name, bytes)| (*name, bytes.clone()))
            .collect()
    }
}

type Result<T> = std::result::Result<T, StorageError>;

/// The fault of this call, unless it is one that ends it.
fn fault() -> Result<Option<Fault>> {
    match reached(Point::Storage) {
        Some(Fault::Fails) => Err(StorageError::Failed),
        Some(Fault::With(_)) => Err(StorageError::Full),
        other => Ok(other),
    }
}

fn damage(bytes: &mut Vec<u8>, fault: Option<Fault>) {
    match fault {
        Some(Fault::Cut) => bytes.truncate(bytes.len() / 2),
        Some(Fault::Flipped) => {
            let middle = bytes.len() / 2;
            if let Some(byte) = bytes.get_mut(middle) {
                *byte ^= 0x10;
            }
        }
        _ => {}
    }
}

impl Storage for Memory {
    fn read(&self, name: Name, offset: usize, buffer: &mut [u8]) -> Result<usize> {
        let fault = fault()?;
        let mut bytes = self
            .items()
            .get(&name)
            .map(|bytes| bytes.get(offset..).unwrap_or_default().to_vec())
            .ok_or(StorageError::DoesNotExist)?;
        bytes.truncate(buffer.len());
        damage(&mut bytes, fault);
        buffer[..bytes.len()].copy_from_slice(&bytes);
        Ok(bytes.len())
    }

    fn write(&self, name: Name, parts: &[&[u8]]) -> Result<()> {
        let fault = fault()?;
        let mut bytes = parts.concat();
        damage(&mut bytes, fault);
        self.items().insert(name, bytes);
        Ok(())
    }

    fn remove(&self, name: Name) -> Result<()> {
        fault()?;
        self.items()
            .remove(&name)
            .map(drop)
            .ok_or(StorageError::DoesNotExist)
    }
}
