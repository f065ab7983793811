//! What is wrong with a token.

use crate::Error;
use core::fmt;

/// A claim of a PSA attestation token (RFC 9783, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Claim {
    /// The challenge that the token answers.
    Nonce,
    /// The device.
    InstanceId,
    /// The device's model: its immutable root of trust.
    ImplementationId,
    /// Who asked for the token.
    ClientId,
    /// The state of the device's life.
    SecurityLifecycle,
    /// A number of this boot.
    BootSeed,
    /// The certificate of the device's model.
    CertificationReference,
    /// What the device runs.
    SoftwareComponents,
    /// That what the device runs was not measured.
    NoSoftwareComponents,
    /// Where to ask about the token.
    VerificationService,
    /// The profile of the token.
    Profile,
}

/// What is wrong with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenError {
    /// It is no CBOR, or there is more behind it.
    Cbor,
    /// It is CBOR, and not a tagged `COSE_Sign1` with a payload.
    Structure,
    /// It is a `COSE_Mac0`: only who has the device's secret key could check it.
    Mac,
    /// Its header names no algorithm, or one other than ES256, ES384 and ES512, or demands what this crate does not know.
    Algorithm,
    /// It lacks a claim that every token has.
    Missing(Claim),
    /// A claim has a type, size or value that it may not have.
    Invalid(Claim),
    /// A claim is there twice.
    Duplicate(Claim),
    /// It answers another challenge.
    OtherChallenge,
    /// The signature is wrong, or could not be checked.
    Verification(Error),
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cbor => f.write_str("the token is no CBOR, or there is more behind it"),
            Self::Structure => f.write_str("the token is no tagged COSE_Sign1 with a payload"),
            Self::Mac => f.write_str(
                "the token is a COSE_Mac0, which only the owner of its secret key can check",
            ),
            Self::Algorithm => f.write_str("the token is not signed with ES256, ES384 or ES512"),
            Self::Missing(claim) => write!(f, "the token lacks the claim {claim:?}"),
            Self::Invalid(claim) => write!(f, "the claim {claim:?} has an impossible value"),
            Self::Duplicate(claim) => write!(f, "the claim {claim:?} is there twice"),
            Self::OtherChallenge => {
                f.write_str("the token answers another challenge: it may be an old one")
            }
            Self::Verification(error) => write!(f, "the token is not to be trusted: {error}"),
        }
    }
}

impl core::error::Error for TokenError {}
