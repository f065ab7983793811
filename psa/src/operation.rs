//! Operations in several steps.

mod aead;
mod cipher;
mod derivation;
mod hash;
mod interruptible;
mod jpake;
mod kdf;
mod mac;
pub mod state;

pub use aead::AeadOperation;
pub use cipher::CipherOperation;
pub use derivation::{KeyDerivationOperation, KeyDerivationOutput, KeyDerivationStep};
pub use hash::HashOperation;
pub use interruptible::{
    InterruptibleSign, InterruptibleVerify, interruptible_get_max_ops, interruptible_set_max_ops,
};
pub use jpake::{Jpake, JpakeRole, JpakeRoundTwo, JpakeSecret, JpakeShare};
pub use kdf::{
    Agreement, DerivationPassword, DerivationSecret, Hkdf, HkdfExpand, HkdfExtract,
    Pbkdf2AesCmacPrf128, Pbkdf2Hmac, Tls12EcjpakeToPms, Tls12Prf, Tls12PskToMs,
};
pub use mac::{MacSignOperation, MacVerifyOperation};
