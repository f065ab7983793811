//! What a key may do.

use crate::{Algorithm, Usage};

/// Usage and algorithm: what a key may do (PSA Crypto API, "Key policies").
///
/// ```
/// use psa::{Algorithm, Attributes, Curve, Hash, Policy, Usage};
///
/// const IDENTITY: Policy = Policy::new(Usage::SIGN, Algorithm::ecdsa(Hash::Sha256));
/// let attributes = Attributes::ecc_key_pair(Curve::P256).policy(IDENTITY);
/// assert_eq!(attributes.permitted_policy().algorithm(), IDENTITY.algorithm());
/// assert!(attributes.permitted_policy().usage().contains(IDENTITY.usage()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Policy {
    usage: Usage,
    algorithm: Algorithm,
}

impl Policy {
    /// These uses with this algorithm.
    #[must_use]
    pub const fn new(usage: Usage, algorithm: Algorithm) -> Self {
        Self { usage, algorithm }
    }

    /// The uses.
    #[must_use]
    pub const fn usage(self) -> Usage {
        self.usage
    }

    /// The algorithm.
    #[must_use]
    pub const fn algorithm(self) -> Algorithm {
        self.algorithm
    }
}
