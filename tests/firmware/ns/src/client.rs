//! Each function of the raw client that the images call, with slices instead of pointers.

mod operations;
mod services;

pub use operations::{Aead, Cipher, Derivation, Hash, Mac};
pub use services::{
    call, connect, export_and_destroy, increment_counter, purge_by_c_symbol, read_counter,
};

use psa::{Error, Result};

/// What a status says.
///
/// # Errors
/// Any status but success.
pub fn check(status: i32) -> Result<()> {
    if status == tfm_sys::PSA_SUCCESS {
        Ok(())
    } else {
        Err(Error::from_status(status))
    }
}

/// The first bytes of a buffer, as many as the secure side says it wrote.
///
/// # Errors
/// [`Error::CorruptionDetected`] when they are more than there are.
fn first(buffer: &mut [u8], length: usize) -> Result<&[u8]> {
    buffer.get(..length).ok_or(Error::CorruptionDetected)
}
