//! Claims with types.

use super::Value;
use alloc::{string::String, vec::Vec};

/// What a device says of itself (RFC 9783, section 4), whichever profile its token has.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Claims {
    /// The challenge that the token answers: 32, 48 or 64 bytes.
    pub nonce: Vec<u8>,
    /// The device: a hash of its attestation key behind a first byte of 1.
    pub instance_id: [u8; 33],
    /// The device's model: its immutable root of trust.
    pub implementation_id: [u8; 32],
    /// Who asked for the token: negative for the non-secure side, positive for a secure partition.
    pub client_id: i32,
    /// The state of the device's life.
    pub security_lifecycle: Lifecycle,
    /// A number of this boot: 8 to 32 bytes.
    pub boot_seed: Option<Vec<u8>>,
    /// The certificate of the device's model.
    pub certification_reference: Option<String>,
    /// What the device runs; empty where that was not measured.
    pub software_components: Vec<SoftwareComponent>,
    /// Where to ask about the token.
    pub verification_service: Option<String>,
    /// The profile of the token, if it names one.
    pub profile: Option<Profile>,
    /// Claims that this crate does not know: label and value, as they stand in the token.
    pub others: Vec<(Value, Value)>,
}

/// The profile of a token.
///
/// ```
/// use psa::attestation::Profile;
///
/// assert_eq!(Profile::from("PSA_IOT_PROFILE_1"), Profile::PsaIot1);
/// assert_eq!(Profile::Tfm.as_str(), "tag:psacertified.org,2023:psa#tfm");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// `PSA_IOT_PROFILE_1`, the default of TF-M.
    PsaIot1,
    /// `http://arm.com/psa/2.0.0`, of drafts of RFC 9783.
    Psa2,
    /// `tag:psacertified.org,2023:psa#tfm`, of RFC 9783.
    Tfm,
    /// Any other, by its name.
    Other(String),
}

impl Profile {
    /// The name in the token.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::PsaIot1 => "PSA_IOT_PROFILE_1",
            Self::Psa2 => "http://arm.com/psa/2.0.0",
            Self::Tfm => "tag:psacertified.org,2023:psa#tfm",
            Self::Other(name) => name,
        }
    }
}

impl From<&str> for Profile {
    fn from(name: &str) -> Self {
        [Self::PsaIot1, Self::Psa2, Self::Tfm]
            .into_iter()
            .find(|known| known.as_str() == name)
            .unwrap_or_else(|| Self::Other(name.into()))
    }
}

/// A piece of software that the device runs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SoftwareComponent {
    /// Which piece: `BL`, `PRoT`, `ARoT`, `App`, or any other name.
    pub measurement_type: Option<String>,
    /// The hash of it: 32, 48 or 64 bytes.
    pub measurement_value: Vec<u8>,
    /// Its version.
    pub version: Option<String>,
    /// The hash of the key that it is signed with: 32, 48 or 64 bytes. RFC 9783 demands it, older tokens leave it out.
    pub signer_id: Option<Vec<u8>>,
    /// How it was hashed.
    pub measurement_description: Option<String>,
}

/// The state of a device's life: one that PSA defines, and eight bits that the device's maker defines.
///
/// ```
/// use psa::attestation::{Lifecycle, LifecycleState};
///
/// let lifecycle = Lifecycle::from_raw(0x3001);
/// assert_eq!(lifecycle.state(), Some(LifecycleState::Secured));
/// assert_eq!(lifecycle.implementation_state(), 1);
/// assert_eq!(Lifecycle::from_raw(0x7000).state(), None);
/// assert_eq!(lifecycle.to_raw(), 0x3001);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lifecycle(u16);

impl Lifecycle {
    /// The state that PSA defines, if this is one.
    #[must_use]
    pub const fn state(self) -> Option<LifecycleState> {
        Some(match self.0 >> 8 {
            0x00 => LifecycleState::Unknown,
            0x10 => LifecycleState::AssemblyAndTest,
            0x20 => LifecycleState::PsaRotProvisioning,
            0x30 => LifecycleState::Secured,
            0x40 => LifecycleState::NonPsaRotDebug,
            0x50 => LifecycleState::RecoverablePsaRotDebug,
            0x60 => LifecycleState::Decommissioned,
            _ => return None,
        })
    }

    /// What the device's maker defines.
    #[must_use]
    pub const fn implementation_state(self) -> u8 {
        self.0.to_be_bytes()[1]
    }

    /// The number in the token.
    #[must_use]
    pub const fn to_raw(self) -> u16 {
        self.0
    }

    /// The lifecycle with this number.
    #[must_use]
    pub const fn from_raw(number: u16) -> Self {
        Self(number)
    }
}

/// A state of a device's life (RFC 9783, section 4.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LifecycleState {
    /// None that may occur.
    Unknown,
    /// At the factory, open.
    AssemblyAndTest,
    /// Being given its keys.
    PsaRotProvisioning,
    /// In the field: all that it says is to be trusted.
    Secured,
    /// The non-secure side or the application's root of trust can be debugged.
    NonPsaRotDebug,
    /// The root of trust can be debugged, and come back from that.
    RecoverablePsaRotDebug,
    /// For good out of use.
    Decommissioned,
}
