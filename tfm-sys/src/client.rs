//! The client of TF-M's non-secure interface, 2.1 to 2.3, in Rust.
//!
//! Each function packs its arguments into [`call::Pack`] on the stack, passes the gate ([`lock`]) and crosses through the
//! veneer; nothing is allocated, and nothing is copied but the description. From Rust a function answers what the secure
//! side said, or one of the two statuses that only Rust sees ([`crate::STATUS_CALLED_FROM_HANDLER`],
//! [`crate::STATUS_BUSY`]); the C symbol of the same name turns those into `PSA_ERROR_BAD_STATE`.

/// Functions of the PSA APIs, each for Rust, and as the C symbol of its name where C may link it.
///
/// First comes the function that makes what C gets of what Rust gets.
macro_rules! client {
    ($for_c:path;
     $($(#[$meta:meta])* pub unsafe fn $name:ident($($arg:ident: $type:ty),* $(,)?) -> $result:ty $body:block)*) => {$(
        $(#[$meta])*
        ///
        /// # Safety
        /// Every pointer is valid for what its name and length say, as in C: inputs readable, outputs writable, an
        /// operation used by nobody else during the call.
        pub unsafe extern "C" fn $name($($arg: $type),*) -> $result $body

        #[cfg(c_symbols)]
        const _: () = {
            #[unsafe(no_mangle)]
            unsafe extern "C" fn $name($($arg: $type),*) -> $result {
                // SAFETY: the C caller makes the same promise.
                $for_c(unsafe { self::$name($($arg),*) })
            }
        };
    )*};
}

/// Where the handle of an operation is; for use where the operation is known to be valid.
macro_rules! handle {
    ($operation:expr) => {
        &raw mut (*$operation).handle
    };
}

mod aead;
mod asymmetric;
mod attestation;
mod call;
mod cipher;
mod context;
mod derivation;
mod framework;
mod hash;
mod ids;
mod keys;
mod lock;
mod mac;
mod operation;
mod platform;
mod random;
mod storage;
mod unsupported;
mod veneer;

pub use aead::*;
pub use asymmetric::*;
pub use attestation::*;
pub use cipher::*;
pub use derivation::*;
pub use framework::*;
pub use hash::*;
pub use keys::*;
pub use lock::{Lock, LockAlreadySet, set_lock};
pub use mac::*;
pub use platform::*;
pub use random::*;
pub use storage::*;
pub use unsupported::*;

/// The status that a C caller gets.
#[cfg(c_symbols)]
fn status_for_c(status: crate::psa_status_t) -> crate::psa_status_t {
    match crate::Error::check(status) {
        Err(crate::Error::CalledFromHandler | crate::Error::Busy) => crate::PSA_ERROR_BAD_STATE,
        _ => status,
    }
}
