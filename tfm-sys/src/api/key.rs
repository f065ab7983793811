//! Lifetimes, identifiers, usage flags and derivation steps.

use super::types::{
    psa_key_derivation_step_t, psa_key_id_t, psa_key_lifetime_t, psa_key_location_t,
    psa_key_persistence_t, psa_key_usage_t,
};

/// A key that lives until it is destroyed or the device resets.
pub const PSA_KEY_LIFETIME_VOLATILE: psa_key_lifetime_t = 0;
/// A key in the default persistent storage.
pub const PSA_KEY_LIFETIME_PERSISTENT: psa_key_lifetime_t = 1;
/// The persistence of a volatile key.
pub const PSA_KEY_PERSISTENCE_VOLATILE: psa_key_persistence_t = 0;
/// The default persistence of a stored key.
pub const PSA_KEY_PERSISTENCE_DEFAULT: psa_key_persistence_t = 1;
/// The persistence of a key that can be neither changed nor destroyed.
pub const PSA_KEY_PERSISTENCE_READ_ONLY: psa_key_persistence_t = 0xff;
/// The location of keys without extra protection.
pub const PSA_KEY_LOCATION_LOCAL_STORAGE: psa_key_location_t = 0;
/// The bit that marks locations of a vendor's own.
pub const PSA_KEY_LOCATION_VENDOR_FLAG: psa_key_location_t = 0x80_0000;

/// The persistence part of a lifetime.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the persistence is the low byte"
)]
#[inline]
pub const fn PSA_KEY_LIFETIME_GET_PERSISTENCE(
    lifetime: psa_key_lifetime_t,
) -> psa_key_persistence_t {
    lifetime as psa_key_persistence_t
}

/// The location part of a lifetime.
#[inline]
pub const fn PSA_KEY_LIFETIME_GET_LOCATION(lifetime: psa_key_lifetime_t) -> psa_key_location_t {
    lifetime >> 8
}

/// Whether a key of this lifetime vanishes at a reset.
#[inline]
pub const fn PSA_KEY_LIFETIME_IS_VOLATILE(lifetime: psa_key_lifetime_t) -> bool {
    PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime) == PSA_KEY_PERSISTENCE_VOLATILE
}

/// Whether a key of this lifetime can be neither changed nor destroyed.
#[inline]
pub const fn PSA_KEY_LIFETIME_IS_READ_ONLY(lifetime: psa_key_lifetime_t) -> bool {
    PSA_KEY_LIFETIME_GET_PERSISTENCE(lifetime) == PSA_KEY_PERSISTENCE_READ_ONLY
}

/// The lifetime of a persistence at a location.
#[inline]
pub const fn PSA_KEY_LIFETIME_FROM_PERSISTENCE_AND_LOCATION(
    persistence: psa_key_persistence_t,
    location: psa_key_location_t,
) -> psa_key_lifetime_t {
    (location << 8) | persistence as psa_key_lifetime_t
}

/// No key.
pub const PSA_KEY_ID_NULL: psa_key_id_t = 0;
/// The lowest identifier that an application may give a persistent key.
pub const PSA_KEY_ID_USER_MIN: psa_key_id_t = 1;
/// The highest identifier that an application may give a persistent key.
pub const PSA_KEY_ID_USER_MAX: psa_key_id_t = 0x3fff_ffff;
/// The lowest identifier that the implementation gives.
pub const PSA_KEY_ID_VENDOR_MIN: psa_key_id_t = 0x4000_0000;
/// The highest identifier that the implementation gives.
pub const PSA_KEY_ID_VENDOR_MAX: psa_key_id_t = 0x7fff_ffff;

/// The key may be exported; a public key always may.
pub const PSA_KEY_USAGE_EXPORT: psa_key_usage_t = 0x0000_0001;
/// The key may be copied.
pub const PSA_KEY_USAGE_COPY: psa_key_usage_t = 0x0000_0002;
/// The key may encrypt.
pub const PSA_KEY_USAGE_ENCRYPT: psa_key_usage_t = 0x0000_0100;
/// The key may decrypt.
pub const PSA_KEY_USAGE_DECRYPT: psa_key_usage_t = 0x0000_0200;
/// The key may sign messages.
pub const PSA_KEY_USAGE_SIGN_MESSAGE: psa_key_usage_t = 0x0000_0400;
/// The key may verify signatures of messages.
pub const PSA_KEY_USAGE_VERIFY_MESSAGE: psa_key_usage_t = 0x0000_0800;
/// The key may sign hashes.
pub const PSA_KEY_USAGE_SIGN_HASH: psa_key_usage_t = 0x0000_1000;
/// The key may verify signatures of hashes.
pub const PSA_KEY_USAGE_VERIFY_HASH: psa_key_usage_t = 0x0000_2000;
/// The key may be the secret of a derivation or an agreement.
pub const PSA_KEY_USAGE_DERIVE: psa_key_usage_t = 0x0000_4000;
/// The key may be compared with the result of a derivation.
pub const PSA_KEY_USAGE_VERIFY_DERIVATION: psa_key_usage_t = 0x0000_8000;

/// The step that takes the secret.
pub const PSA_KEY_DERIVATION_INPUT_SECRET: psa_key_derivation_step_t = 0x0101;
/// The step that takes a password.
pub const PSA_KEY_DERIVATION_INPUT_PASSWORD: psa_key_derivation_step_t = 0x0102;
/// The step that takes a second secret.
pub const PSA_KEY_DERIVATION_INPUT_OTHER_SECRET: psa_key_derivation_step_t = 0x0103;
/// The step that takes a label.
pub const PSA_KEY_DERIVATION_INPUT_LABEL: psa_key_derivation_step_t = 0x0201;
/// The step that takes a salt.
pub const PSA_KEY_DERIVATION_INPUT_SALT: psa_key_derivation_step_t = 0x0202;
/// The step that takes the information string of HKDF.
pub const PSA_KEY_DERIVATION_INPUT_INFO: psa_key_derivation_step_t = 0x0203;
/// The step that takes a seed.
pub const PSA_KEY_DERIVATION_INPUT_SEED: psa_key_derivation_step_t = 0x0204;
/// The step that takes the iteration count of PBKDF2.
pub const PSA_KEY_DERIVATION_INPUT_COST: psa_key_derivation_step_t = 0x0205;
/// The capacity of a derivation without a limit.
pub const PSA_KEY_DERIVATION_UNLIMITED_CAPACITY: usize = usize::MAX;
