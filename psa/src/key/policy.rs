//! What a key may do.

use crate::{Algorithm, Usage};

/// Usage and algorithm: what a key may do (PSA Crypto API, "Key policies").
///
/// ```
/// use psa::{Algorithm, Attributes, Curve, Hash, Policy, Usage};
///
/// const IDENTITY: Policy = Policy::new(Usage::SIGN, Algorithm::ecdsa(Hash::Sha256));
/// let attributes = Attributes::ecc_key_pair(Curve::P256).policy(IDENTITY);
/// assert!(attributes.permitted_usage().contains(Usage::SIGN));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Policy {
    pub(super) usage: Usage,
    pub(super) algorithm: Algorithm,
}

impl Policy {
    /// These uses with this algorithm.
    #[must_use]
    pub const fn new(usage: Usage, algorithm: Algorithm) -> Self {
        Self { usage, algorithm }
    }
}
