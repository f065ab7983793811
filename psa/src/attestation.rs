//! Initial attestation: a signed token in which the device says what it is and what it runs (PSA Attestation API 1.0).
//!
//! A verifier sends a challenge that it never sent before, the device answers with a token, and the verifier checks that
//! the signature is that of a device it knows and that the token answers its challenge. The device needs the provider
//! TF-M (feature `tfm`); the verifier, with feature `attestation-claims`, any.

#[cfg(feature = "attestation-claims")]
mod claims;
#[cfg(feature = "attestation-claims")]
mod error;
#[cfg(feature = "attestation-claims")]
mod labels;
#[cfg(feature = "attestation-claims")]
mod read;
#[cfg(feature = "attestation-claims")]
mod token;

#[cfg(feature = "attestation-claims")]
pub use claims::{Claims, Lifecycle, LifecycleState, Profile, SoftwareComponent};
/// A piece of CBOR, as the crate `ciborium` has it: the claims that this crate does not know.
#[cfg(feature = "attestation-claims")]
pub use coset::cbor::Value;
#[cfg(feature = "attestation-claims")]
pub use error::{Claim, TokenError};
#[cfg(feature = "attestation-claims")]
pub use token::Token;

/// A challenge: 32, 48 or 64 bytes that the verifier chose at random.
///
/// ```
/// use psa::attestation::Challenge;
///
/// let nonce = [7; 32];
/// assert_eq!(Challenge::from(&nonce).as_bytes(), nonce);
/// assert_eq!(Challenge::new(&nonce), Some(Challenge::from(&nonce)));
/// assert_eq!(Challenge::new(&nonce[1..]), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Challenge<'a>(&'a [u8]);

impl<'a> Challenge<'a> {
    /// A challenge of these bytes, if there are 32, 48 or 64 of them.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Option<Self> {
        match bytes.len() {
            32 | 48 | 64 => Some(Self(bytes)),
            _ => None,
        }
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(self) -> &'a [u8] {
        self.0
    }
}

macro_rules! challenges {
    ($($len:literal)*) => {$(
        impl<'a> From<&'a [u8; $len]> for Challenge<'a> {
            fn from(bytes: &'a [u8; $len]) -> Self {
                Self(bytes)
            }
        }
    )*};
}

challenges! { 32 48 64 }

/// Writes the token that answers a challenge to the start of `buffer` and answers that part of it
/// (`psa_initial_attest_get_token`).
///
/// # Errors
/// [`Error::BufferTooSmall`](crate::Error::BufferTooSmall) when `buffer` is shorter than [`token_size`] says, and what the
/// service answers.
#[cfg_attr(
    not(target_os = "none"),
    doc = "",
    doc = "```",
    doc = "use psa::attestation;",
    doc = "",
    doc = "# use tfm_sys::recorder::{Answer, Recorder, with};",
    doc = "# fn main() -> Result<(), psa::Error> {",
    doc = "# // On a host there is no secure side: it answers what this says.",
    doc = "# let side = std::sync::Arc::new(Recorder::new());",
    doc = "# side.answer(Answer::new(0).output(&3u32.to_le_bytes()));",
    doc = "# side.answer(Answer::new(0).output(&[0xd2, 0x84, 0x43]));",
    doc = "# with(side, || {",
    doc = "# let nonce = [0; 32];",
    doc = "let mut buffer = [0; 1024];",
    doc = "let size = attestation::token_size((&nonce).into())?;",
    doc = "let token = attestation::token_into((&nonce).into(), &mut buffer)?;",
    doc = "assert_eq!(token.len(), size);",
    doc = "# Ok(()) })",
    doc = "# }",
    doc = "```"
)]
#[cfg(any(feature = "tfm", zephyr))]
pub fn token_into<'b>(challenge: Challenge<'_>, buffer: &'b mut [u8]) -> crate::Result<&'b [u8]> {
    let len = crate::ffi::attestation::token(challenge.0, buffer)?;
    buffer.get(..len).ok_or(crate::Error::CorruptionDetected)
}

/// Bytes of the token that would answer a challenge (`psa_initial_attest_get_token_size`).
///
/// # Errors
/// What the service answers.
#[cfg(any(feature = "tfm", zephyr))]
pub fn token_size(challenge: Challenge<'_>) -> crate::Result<usize> {
    crate::ffi::attestation::token_size(challenge.0.len())
}

/// The token that answers a challenge.
///
/// # Errors
/// What the service answers.
#[cfg(all(any(feature = "tfm", zephyr), feature = "alloc"))]
pub fn token(challenge: Challenge<'_>) -> crate::Result<alloc::vec::Vec<u8>> {
    let mut buffer = alloc::vec![0; token_size(challenge)?];
    let len = token_into(challenge, &mut buffer)?.len();
    buffer.truncate(len);
    Ok(buffer)
}
