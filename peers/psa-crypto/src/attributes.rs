//! What both programs ask keys to be.

use psa_crypto::types::algorithm::Algorithm;
use psa_crypto::types::key::{Attributes, Lifetime, Policy, Type, UsageFlags};

/// Attributes of a volatile key.
pub fn attributes(
    key_type: Type,
    bits: usize,
    algorithm: impl Into<Algorithm>,
    usage: impl FnOnce(&mut UsageFlags),
) -> Attributes {
    let mut usage_flags = UsageFlags::default();
    usage(&mut usage_flags);
    Attributes {
        lifetime: Lifetime::Volatile,
        key_type,
        bits,
        policy: Policy {
            usage_flags,
            permitted_algorithms: algorithm.into(),
        },
    }
}
