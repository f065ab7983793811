//! Operations in several steps.

mod aead;
mod cipher;
mod hash;
mod mac;
pub mod state;

pub use aead::AeadOperation;
pub use cipher::CipherOperation;
pub use hash::HashOperation;
pub use mac::{MacSignOperation, MacVerifyOperation};
