//! Credentials of an nRF91 modem: what `AT%KEYGEN` answers, and the `AT%CMNG` command that stores a credential.
//!
//! The modem generates the private key and keeps it. What comes out is a request for a certificate and a statement,
//! signed by the modem's identity key, that says which device and which slot the request came from.

mod attestation;
mod cmng;
mod keygen;
mod text;

pub use attestation::{Attestation, Uuid};
pub use cmng::{CmngError, Command, CredentialType, Finding, MAX_SEC_TAG};
pub use keygen::{Answer, Check, Content, KeygenError};
pub use text::Repair;
